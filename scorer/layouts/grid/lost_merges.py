"""Rows that lost the cells which a merged one above them covers.

What turns a web page into text writes a merged cell in its first row and leaves it out of the others:
«住院救助人次 | ≥2100人次» under «一级指标 | 二级指标 | 三级指标 | 指标值».
"""

from __future__ import annotations

from dataclasses import replace

from scorer.forms import Cell, Grid
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.labels import label_of
from scorer.layouts.words import Words

_HEADS = 3  # from which a row heads an indicator table


def with_lost_merges(grid: Grid, words: Words) -> Grid:
    """The grid with such rows moved under their own heads. Only rows that have fewer cells than
    the head row are touched; blank cells are cells."""
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in grid.cells):
        return grid
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    roles: list[str | None] = []
    found: list[Cell] = []
    for cells in rows.values():
        own = [role_of(cell.text, words) for cell in cells]
        if sum(role is not None for role in own) >= _HEADS:
            roles = own
        lost = _lost_in_front([cell.text for cell in cells], roles, words)
        found += [replace(cell, column=cell.column + lost) for cell in cells]
    return replace(grid, cells=tuple(found))


def _lost_in_front(texts: list[str], roles: list[str | None], words: Words) -> int:
    """How many cells a row lacks in front, where its first text stands under another's head."""
    lost = len(roles) - len(texts)
    if lost <= 0 or len(texts) < 2 or not texts[0] or label_of(texts[0], words):
        return 0
    first = "level2" if words.level2_of(texts[0]) else "name"
    if first == "name" and words.level1_of(texts[0]):
        return 0
    return lost if first in roles and roles.index(first) == lost else 0
