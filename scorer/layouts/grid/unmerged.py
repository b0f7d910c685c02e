"""Grids whose format knows no merged cells.

Markdown and some exports repeat a merged cell's text in every slot: equal neighbours are
one cell again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from scorer.forms import Cell, Grid
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.labels import label_of
from scorer.layouts.words import Words

MIN_COLUMNS = 3  # heads of columns that make a row a header


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
