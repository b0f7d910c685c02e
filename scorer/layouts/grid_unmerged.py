"""Grids whose format knows no merged cells, and lines of text that are a table.

Markdown and some exports repeat a merged cell's text in every slot: equal neighbours are
one cell again. Tab- or pipe-separated lines become a grid where their cells stand under
the right heads; where they do not, the reader of plain text knows better.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from scorer.forms import Cell, Grid, Line, Place
from scorer.layouts.grid_header import Heading, read_heading, role_of
from scorer.layouts.grid_indicators import assign
from scorer.layouts.grid_labels import label_of
from scorer.layouts.grid_slots import Row, grid_rows, is_ditto
from scorer.layouts.words import Words

_GOALS = ("goal_period", "goal_annual")
MIN_ROWS, MIN_COLUMNS = 3, 3
_PIPE = re.compile(r"\s*\|\s*")


def restored(grid: Grid, words: Words) -> Grid:
    """The grid with repeated cells merged again, if it is of the repeating kind."""
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in grid.cells):
        return grid
    cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    if not any(_repeats(a, b) and _is_label(a.text, words) for a, b in pairwise(cells)):
        return grid
    return replace(grid, cells=tuple(_merged_down(_merged_across(cells, words), words)))


def _merged_across(cells: Sequence[Cell], words: Words) -> list[Cell]:
    """Equal neighbours as one cell; below a header only within one column of the header."""
    wide: list[Cell] = []
    starts: set[int] | None = None  # of the header's columns, while its rows go on
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = list(group)
        texts = [cell.text for cell in row if cell.text]
        roles = sum(role_of(text, words) is not None for text in texts)
        if roles >= MIN_COLUMNS and roles * 2 >= len(texts):
            changes = {b.column for a, b in pairwise(row) if a.text != b.text}
            starts = (starts or set()) | changes | {row[0].column}
            merged = _run_together(row, set())
        else:
            if texts and label_of(texts[0], words):
                starts = None
            merged = _run_together(row, starts or set())
        wide += merged
    return wide


def _run_together(row: Sequence[Cell], starts: set[int]) -> list[Cell]:
    found: list[Cell] = []
    for cell in row:
        if found and _repeats(found[-1], cell) and cell.column not in starts:
            found[-1] = replace(found[-1], col_span=found[-1].col_span + 1)
        else:
            found.append(cell)
    return found


def _repeats(a: Cell, b: Cell) -> bool:
    return (
        bool(a.text) and (a.row, a.text) == (b.row, b.text) and (a.column + a.col_span == b.column)
    )


def _is_label(text: str, words: Words) -> bool:
    return bool(label_of(text, words) or role_of(text, words) or words.level2_of(text))


def _merged_down(cells: Sequence[Cell], words: Words) -> list[Cell]:
    """Equal labels one below the other are one cell; texts and values stay single."""
    above: dict[tuple[int, int], Cell] = {}
    found: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        key = (cell.column, cell.col_span)
        top = above.get(key)
        joins = (
            top is not None
            and top.text == cell.text
            and top.row + top.row_span == cell.row
            and _is_label(cell.text, words)
        )
        if joins and top is not None:
            above[key] = replace(top, row_span=top.row_span + 1)
            found[top.row, top.column] = above[key]
        else:
            above[key] = found[cell.row, cell.column] = cell
    return list(found.values())


def separator_of(line: Line) -> str | None:
    """What parts the cells of a table's line: tab, pipe or comma; None for other text."""
    if line.text.count("\t") >= MIN_COLUMNS - 1:
        return "\t"
    if line.text.count("|") >= MIN_COLUMNS:
        return "|"
    return "," if line.text.count(",") >= MIN_COLUMNS else None


def grid_of_lines(lines: Sequence[Line], separator: str) -> Grid:
    """The lines as a grid, blank cells included."""
    cells: list[Cell] = []
    columns = 0
    for r, line in enumerate(lines):
        texts = _cells_of(line.text, separator)
        columns = max(columns, len(texts))
        cells += [Cell(text.strip(), r, c, place=line.place) for c, text in enumerate(texts)]
    return Grid(tuple(cells), len(lines), columns, lines[0].place if lines else Place())


def _cells_of(text: str, separator: str) -> list[str]:
    if separator == "|":
        texts = _PIPE.split(text.strip())
        return texts[1:-1] if len(texts) > 1 and texts[0] == texts[-1] == "" else texts
    if separator == "," and '"' in text:
        return next(csv.reader([text]), [])
    return text.split(separator)


def is_aligned(grid: Grid, words: Words) -> bool:
    """True if every line has as many cells as the others, the levels stand under their own
    heads, and the two goals under theirs. Lines that lost their empty cells do not pass."""
    rows = grid_rows(grid)
    if len({len(row.slots) for row in rows}) != 1:
        return False
    heading: Heading | None = None
    seen = False
    for n, row in enumerate(rows):
        below = rows[n + 1] if n + 1 < len(rows) else None
        found = read_heading(row, below, None, words)
        if found:
            heading, seen = found[0], True
        elif below is not None and not _goals_fit(row, below, words):
            return False
        elif heading is not None and row.filled:
            if label_of(row.filled[0].text, words) and not words.level2_of(row.filled[0].text):
                heading = None
            elif not _fits(row, heading, words):
                return False
    return seen


def _goals_fit(row: Row, below: Row, words: Words) -> bool:
    """Two goal labels side by side: no text below them stands between their columns."""
    found = [(label_of(slot.text, words), slot.start) for slot in row.filled]
    goals = {label.name: start for label, start in found if label and label.name in _GOALS}
    if len(goals) != 2 or len(found) > 3:
        return True
    texts = [slot.start for slot in below.filled if not label_of(slot.text, words)]
    return set(texts) <= set(goals.values())


def _fits(row: Row, heading: Heading, words: Words) -> bool:
    """Under the level-2 heads stand level-2 names or blanks, and level-2 names of the
    official wording («…指标») stand nowhere else."""
    cells = assign(row, heading.columns)
    under = {
        id(slot): column.role for column, slots in cells.items() for slot in slots if slot.text
    }
    for slot in row.filled:
        role = under.get(id(slot))
        known = words.level2_of(slot.text) is not None
        if role == "level2" and not known and not is_ditto(slot.text):
            return False
        if known and role not in ("level1", "level2") and slot.text.endswith("指标"):
            return False
    return True
