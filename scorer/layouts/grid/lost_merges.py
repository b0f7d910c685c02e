"""Rows that lost the cells which a merged one above them covers.

What turns a web page into text writes a merged cell in its first row and leaves it out of the others:
«住院救助人次 | ≥2100人次» under «一级指标 | 二级指标 | 三级指标 | 指标值». What turns a Word table into tabs may
leave it out in front and write as many blanks behind.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from scorer.forms import Grid
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.labels import label_of
from scorer.layouts.words import Words

_LIST = 2  # columns left of level 1 that only a list of projects has
_HEADS = 3  # from which a row heads an indicator table


def with_lost_merges(grid: Grid, words: Words, *, blanks_behind: bool = False) -> Grid:
    """The grid with such rows moved under their own heads. Only rows that have fewer cells than
    the head row are touched, since blank cells are cells; with ``blanks_behind`` also those that
    have so many blanks at their end."""
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in grid.cells):
        return grid
    roles: list[str | None] = []
    above: list[str] = []  # the row before
    moved: dict[int, int] = {}  # row -> how far
    for row, line in groupby(grid.cells, key=lambda cell: cell.row):
        texts = [cell.text for cell in line]
        if not any(texts):
            continue
        own = [role_of(text, words) for text in texts]
        if sum(role is not None for role in own) >= _HEADS:
            roles = own
        lost = _lost_in_front(texts, roles, words, tabs=blanks_behind) or _lost_below_goals(
            texts, above, words
        )
        above = texts
        if lost := lost or (_shifted(texts, roles, words) if blanks_behind else 0):
            moved[row] = lost
    if not moved:
        return grid
    cells = (replace(c, column=c.column + moved.get(c.row, 0)) for c in grid.cells)
    return replace(grid, cells=tuple(c for c in cells if c.column < grid.n_columns))


def _lost_in_front(texts: list[str], roles: list[str | None], words: Words, *, tabs: bool) -> int:
    """How many cells a row lacks in front, where its first text stands under another's head. In a
    text with ``tabs`` a level 1 is one only in a list of projects: other rows may have been put
    together wrongly."""
    lost = len(roles) - len(texts)
    if lost <= 0 or len(texts) < 2 or not texts[0] or label_of(texts[0], words):
        return 0
    said = {"level1": words.level1_of(texts[0]), "level2": words.level2_of(texts[0])}
    first = [role for role, known in said.items() if known] or ["name"]
    if tabs and said["level1"] and not said["level2"] and lost < _LIST:
        return 0
    return lost if roles[lost] in first and roles.index(roles[lost]) == lost else 0


def _lost_below_goals(texts: list[str], above: list[str], words: Words) -> int:
    """How many cells a row of two goals lacks in front, the labels of both right above: «总体绩效目标»
    reaches over them and their texts."""
    at = [
        n for n, text in enumerate(above) if words.field_of(text) in ("goal_period", "goal_annual")
    ]
    lost = len(above) - len(texts)
    filled = [n for n, text in enumerate(texts) if text]
    return lost if len(at) > 1 and at[0] == lost > 0 and [n + lost for n in filled] == at else 0


def _shifted(texts: list[str], roles: list[str | None], words: Words) -> int:
    """How far a name and its value stand left of their heads, with so many blanks behind them."""
    filled = [n for n, text in enumerate(texts) if text]
    if len(texts) != len(roles) or "name" not in roles or len(filled) < 2:
        return 0
    lost = roles.index("name") - filled[0]
    known = any(words.level1_of(text) or words.level2_of(text) for text in texts if text)
    value = texts[filled[1]]
    if lost <= 0 or known or label_of(texts[filled[0]], words) or filled[1] != filled[0] + 1:
        return 0
    if any(sign in "，。；" for sign in value):
        return 0  # a project and its goal
    room = len(texts) - 1 - filled[-1]
    return lost if room >= lost and any(sign.isdigit() for sign in value) else 0
