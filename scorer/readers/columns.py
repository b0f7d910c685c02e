"""Tables without ruling lines: printed lines whose pieces stand in the same columns.

Taken for a table only where several lines agree on at least three columns; running text
never does. What does not agree stays a line, its columns kept apart by tabs.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from scorer.readers.words import COLUMN_GAP, Word

_MIN_COLUMNS = 3
_MIN_ROWS = 3
_FAR = 3.5  # in text heights: a wider step between lines ends a table
_WRAPPED = 0.8  # of the usual step between lines: closer lines belong to one row
_MIN_GUTTER = 2.0  # free width between columns, in points

Row = list[Word]


class Found(NamedTuple):
    """A table: which lines it takes, and its cells as (row, column, span, lines of words)."""

    first: int
    last: int  # exclusive
    n_rows: int
    n_columns: int
    cells: list[tuple[int, int, int, list[Word]]]


def find(rows: Sequence[Row]) -> list[Found]:
    """All tables among printed lines, in order."""
    pieces = [_pieces(row) for row in rows]
    found: list[Found] = []
    for first, last in _blocks(rows, pieces):
        columns = _columns(pieces[first:last])
        if len(columns) >= _MIN_COLUMNS and (table := _table(pieces, first, last, columns)):
            found.append(table)
    return found


def _pieces(row: Row) -> list[Row]:
    """A line cut at its wide gaps."""
    found: list[Row] = [[row[0]]]
    for left, right in itertools.pairwise(row):
        if right.x0 - left.x1 >= COLUMN_GAP * 0.6 * min(left.height, right.height):
            found.append([])
        found[-1].append(right)
    return found


def _blocks(rows: Sequence[Row], pieces: Sequence[list[Row]]) -> list[tuple[int, int]]:
    """Runs of lines, close to each other, that begin and end with a line of several pieces."""
    found = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows):
            step = rows[end][0].top - rows[end - 1][0].top
            if step <= _FAR * max(rows[end][0].height, rows[end - 1][0].height):
                continue
        first, last = start, end
        while first < last and len(pieces[first]) < _MIN_COLUMNS:
            first += 1
        while last > first and len(pieces[last - 1]) < 2:
            last -= 1
        if sum(len(p) >= _MIN_COLUMNS for p in pieces[first:last]) >= _MIN_ROWS:
            found.append((first, last))
        start = end
    return found


def _columns(pieces: Sequence[list[Row]]) -> list[tuple[float, float]]:
    """Column extents: those of the fullest lines, provided that these agree."""
    most = max(len(p) for p in pieces)
    full = [p for p in pieces if len(p) == most]
    if len(full) < 2:
        return []
    extents = [(min(p[i][0].x0 for p in full), max(p[i][-1].x1 for p in full)) for i in range(most)]
    apart = all(a[1] + _MIN_GUTTER <= b[0] for a, b in itertools.pairwise(extents))
    return extents if apart else []


def _table(
    pieces: Sequence[list[Row]], first: int, last: int, columns: list[tuple[float, float]]
) -> Found | None:
    """The lines as rows of cells, None where too many pieces lie across columns."""
    steps = [b[0][0].top - a[0][0].top for a, b in itertools.pairwise(pieces[first:last])]
    usual = sorted(steps)[len(steps) // 2]
    cells: dict[tuple[int, int], tuple[int, list[Word]]] = {}
    row, across = -1, 0
    for index in range(first, last):
        placed = [(*_span(piece, columns), piece) for piece in pieces[index]]
        wrapped = index > first and steps[index - first - 1] < _WRAPPED * usual
        if not (wrapped and placed[0][0] > 0):
            row += 1
        for column, span, piece in placed:
            across += span > 1
            if (row, column) in cells:
                cells[row, column][1].extend(piece)
            else:
                cells[row, column] = (span, list(piece))
    if across * 4 > last - first:
        return None
    listed = [(r, c, span, words) for (r, c), (span, words) in sorted(cells.items())]
    return Found(first, last, row + 1, len(columns), listed)


def _span(piece: Row, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """The first column a piece stands in or nearest to, and over how many it reaches."""
    x0, x1 = piece[0].x0, piece[-1].x1
    met = [i for i, (left, right) in enumerate(columns) if x0 < right and x1 > left]
    if met:
        return met[0], met[-1] - met[0] + 1
    middle = (x0 + x1) / 2
    distances = [abs((left + right) / 2 - middle) for left, right in columns]
    return distances.index(min(distances)), 1
