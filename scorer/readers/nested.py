"""Tables inside the cells of a table that holds text itself: one grid in their place.

An office draws its form and puts a table of its own into a cell. Read one after the other
the two part what belongs together; here the cell is cut into the cells of its table. A
table that only lays out a page is another matter (:func:`holds_text` tells).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from scorer.forms import Cell, Grid

_TEXT_ROWS = 2  # rows of text only: fewer, and the table may be a frame
_LONGEST = 1000  # signs in a cell of such a row

Slot = tuple[int, int]  # row and column of a cell
Inner = Mapping[Slot, Sequence[Grid]]


def holds_text(grid: Grid, with_tables: Iterable[Slot]) -> bool:
    """True for a table with rows of its own, two texts or more in each, beside those that
    hold tables."""
    taken = {row for row, _ in with_tables}
    texts = [0] * grid.n_rows
    for cell in grid.cells:
        if cell.row not in taken and 0 < len(cell.text) <= _LONGEST:
            texts[cell.row] += 1
    return sum(count >= 2 for count in texts) >= _TEXT_ROWS


def expanded(grid: Grid, inner: Inner) -> Grid:
    """The grid with the tables of its cells in their place."""
    boxes = {(cell.row, cell.column): cell for cell in grid.cells}
    parts = {slot: _stacked(boxes[slot].text, tables) for slot, tables in inner.items()}
    rows, columns = [1] * grid.n_rows, [1] * grid.n_columns
    for slot, (height, width) in parts.items():
        cell = boxes[slot]
        _make_room(rows, cell.row, cell.row_span, height)
        _make_room(columns, cell.column, cell.col_span, width)
    tops, lefts = [0, *accumulate(rows)], [0, *accumulate(columns)]
    cells: list[Cell] = []
    for slot, cell in boxes.items():
        ys = _edges(tops, cell.row, cell.row_span)
        xs = _edges(lefts, cell.column, cell.col_span)
        if slot not in parts:
            cells.append(_placed(cell, ys[0], ys[-1], xs[0], xs[-1]))
        else:
            cells += _filled(cell, inner[slot], ys, xs)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, cells=tuple(cells), n_rows=tops[-1], n_columns=lefts[-1])


def _stacked(text: str, tables: Sequence[Grid]) -> Slot:
    """Rows and columns that a cell's text and tables take, one below the other."""
    height = sum(table.n_rows for table in tables) + bool(text)
    return height, max(table.n_columns for table in tables)


def _make_room(sizes: list[int], first: int, span: int, wanted: int) -> None:
    """Cut the last slot of a cell so finely that ``wanted`` parts fit in."""
    last = first + span - 1
    sizes[last] = max(sizes[last], wanted - sum(sizes[first:last]))


def _edges(sums: Sequence[int], first: int, span: int) -> range:
    return range(sums[first], sums[first + span] + 1)


def _filled(cell: Cell, tables: Sequence[Grid], ys: range, xs: range) -> list[Cell]:
    """The cell's own text in a row of its own, then its tables' cells; the last row and
    column of a table reach to the cell's edge."""
    found: list[Cell] = []
    row = 0
    if cell.text:
        found.append(_placed(cell, ys[0], ys[1], xs[0], xs[-1]))
        row = 1
    for n, table in enumerate(tables, start=1):
        for part in table.cells:
            top, bottom = row + part.row, row + part.row + part.row_span
            right = part.column + part.col_span
            at_end = n == len(tables) and part.row + part.row_span >= table.n_rows
            bottom = len(ys) - 1 if at_end else bottom
            right = len(xs) - 1 if right >= table.n_columns else right
            found.append(_placed(part, ys[top], ys[bottom], xs[part.column], xs[right]))
        row += table.n_rows
    return found


def _placed(cell: Cell, top: int, bottom: int, left: int, right: int) -> Cell:
    return replace(cell, row=top, column=left, row_span=bottom - top, col_span=right - left)
