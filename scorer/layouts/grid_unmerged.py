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
from itertools import pairwise

from scorer.forms import Cell, Grid, Line, Place
from scorer.layouts.grid_header import Heading, read_heading, role_of
from scorer.layouts.grid_indicators import assign
from scorer.layouts.grid_labels import label_of
from scorer.layouts.grid_slots import Row, grid_rows, is_ditto
from scorer.layouts.words import Words

MIN_ROWS, MIN_COLUMNS = 3, 3
_PIPE = re.compile(r"\s*\|\s*")


def restored(grid: Grid, words: Words) -> Grid:
    """The grid with repeated cells merged again, if it is of the repeating kind."""
    if any(cell.row_span > 1 or cell.col_span > 1 for cell in grid.cells):
        return grid
    cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    if not any(_repeats(a, b) and _is_label(a.text, words) for a, b in pairwise(cells)):
        return grid
    wide: list[Cell] = []
    for cell in cells:
        if wide and _repeats(wide[-1], cell):
            wide[-1] = replace(wide[-1], col_span=wide[-1].col_span + 1)
        else:
            wide.append(cell)
    return replace(grid, cells=tuple(_merged_down(wide, words)))


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
    """True if below every indicator header the levels stand under their own heads. Lines
    that lost their empty cells do not pass."""
    rows = grid_rows(grid)
    heading: Heading | None = None
    seen = False
    for n, row in enumerate(rows):
        below = rows[n + 1] if n + 1 < len(rows) else None
        found = read_heading(row, below, None, words)
        if found:
            heading, seen = found[0], True
        elif heading is not None and row.filled:
            if label_of(row.filled[0].text, words) and not words.level2_of(row.filled[0].text):
                heading = None
            elif not _fits(row, heading, words):
                return False
    return seen


def _fits(row: Row, heading: Heading, words: Words) -> bool:
    """Level names under the level heads, and nothing else there."""
    cells = assign(row, heading.columns)
    placed = {id(slot) for slots in cells.values() for slot in slots}
    for column, slots in cells.items():
        for slot in slots:
            level = words.level2_of(slot.text) or words.level1_of(slot.text)
            if not slot.text or is_ditto(slot.text):
                continue
            if (level is None) == (column.role in ("level1", "level2")):
                return column.role == "level2" and len(row.filled) == 1
    return not any(
        words.level2_of(slot.text) or words.level1_of(slot.text)
        for slot in row.filled
        if id(slot) not in placed
    )
