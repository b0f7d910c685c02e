"""Tables without ruling lines: printed lines whose pieces stand in the same columns.

Taken for a table only where several lines agree on at least three columns; running text
never does. What does not agree stays a line, its columns kept apart by tabs.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scorer.readers.blocks import pieces_of
from scorer.readers.words import COLUMN_GAP, Word

_MIN_COLUMNS = 3
_MIN_ROWS = 3
_FAR = 3.5  # in text heights: a wider step between lines ends a table
_FAR_STEPS = 2.2  # the same in steps of the page's lines, where rows are set wide apart
_CLOSE = 1.3  # in text heights: lines of one cell
_FLUSH = 3.0  # points within which texts start at the same place
_LABELS = 6  # so many lines of a label and its text make a table
_INTERLEAVED = 0.9  # in text heights: lines of cells side by side
_WRAPPED = 0.8  # of the usual step between lines: closer lines belong to one row
_MIN_GUTTER = 2.0  # free width between columns, in points

Row = list[Word]


class Found(NamedTuple):
    """A table's cells as (row, column, span, words)."""

    n_rows: int
    n_columns: int
    cells: list[tuple[int, int, int, list[Word]]]


def table(rows: Sequence[Row]) -> Found | None:
    """The table that a region's printed lines make up, None where they do not agree."""
    pieces = [_pieces(row) for row in rows]
    columns = _columns(pieces)
    return _table(pieces, columns) if len(columns) >= _MIN_COLUMNS else None


def regions(rows: Sequence[Row], goes_on: bool = False) -> list[tuple[int, int]]:
    """Runs of lines (first, end), close to each other, with several of many pieces; they
    begin and end with a line of more than one, or with the wrapped text of its cells.

    With ``goes_on`` the page may begin with the rest of a table, be it a single line.
    """
    pieces = [_pieces(row) for row in rows]
    found: list[tuple[int, int]] = []
    start = 0
    wide = _FAR_STEPS * _usual_step(rows)
    for end in range(1, len(rows) + 1):
        if end < len(rows):
            step = rows[end][0].top - rows[end - 1][0].top
            far = _FAR * max(rows[end][0].height, rows[end - 1][0].height)
            if step <= max(far, wide):
                continue
        first, last = start, end
        rest = goes_on and not found and any(len(p) > 1 for p in pieces[start:end])
        while first < last and len(pieces[first]) < 2 and not rest:
            first += 1
        while last > first and len(pieces[last - 1]) < 2:
            last -= 1
        if rest or _in_columns(rows[first:last], pieces[first:last]):
            above = _reach([rows[first], *reversed(rows[start:first])])
            found.append((first - above, last + _reach(rows[last - 1 : end])))
        start = end
    return found


def _usual_step(rows: Sequence[Row]) -> float:
    """The step between most lines of the page; the half of them that are set closest."""
    steps = sorted(b[0].top - a[0].top for a, b in itertools.pairwise(rows))
    return steps[len(steps) // 2] if steps else 0.0


def _in_columns(rows: Sequence[Row], pieces: Sequence[list[Row]]) -> bool:
    """Whether lines look like a table's: several of many pieces, or, where one has, many
    whose second pieces start at the same place (labels and their texts)."""
    many = sum(len(p) >= _MIN_COLUMNS for p in pieces)
    if not many or many >= _MIN_ROWS:
        return bool(many)
    seconds = Counter(
        round(parts[1].x0 / _FLUSH) for row in rows if len(parts := pieces_of(row)) > 1
    )
    return max(seconds.values(), default=0) >= _LABELS


def _reach(rows: Sequence[Row]) -> int:
    """How many lines after the first still are its table's: lines of one cell, or lines
    closer than their own height, as only cells side by side have them."""
    steps = [
        abs(b[0].bottom - a[0].bottom) / max(a[0].height, b[0].height)
        for a, b in itertools.pairwise(rows)
    ]
    for n, step in enumerate(steps):
        if step > _CLOSE and not (n + 1 < len(steps) and steps[n + 1] < _INTERLEAVED):
            return n
    return len(steps)


def _pieces(row: Row) -> list[Row]:
    """A line cut at its wide gaps."""
    found: list[Row] = [[row[0]]]
    for left, right in itertools.pairwise(row):
        if right.x0 - left.x1 >= COLUMN_GAP * 0.6 * min(left.height, right.height):
            found.append([])
        found[-1].append(right)
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


def _table(pieces: Sequence[list[Row]], columns: list[tuple[float, float]]) -> Found | None:
    """The lines as rows of cells, None where too many pieces lie across columns."""
    steps = [b[0][0].top - a[0][0].top for a, b in itertools.pairwise(pieces)]
    usual = sorted(steps)[len(steps) // 2]
    cells: dict[tuple[int, int], tuple[int, list[Word]]] = {}
    row, across = -1, 0
    for index, line in enumerate(pieces):
        placed = [(*_span(piece, columns), piece) for piece in line]
        wrapped = index > 0 and steps[index - 1] < _WRAPPED * usual
        if not (wrapped and placed[0][0] > 0):
            row += 1
        for column, span, piece in placed:
            across += span > 1
            if (row, column) in cells:
                cells[row, column][1].extend(piece)
            else:
                cells[row, column] = (span, list(piece))
    if across * 4 > len(pieces):
        return None
    listed = [(r, c, span, words) for (r, c), (span, words) in sorted(cells.items())]
    return Found(row + 1, len(columns), listed)


def _span(piece: Row, columns: list[tuple[float, float]]) -> tuple[int, int]:
    """The first column a piece stands in or nearest to, and over how many it reaches."""
    x0, x1 = piece[0].x0, piece[-1].x1
    met = [i for i, (left, right) in enumerate(columns) if x0 < right and x1 > left]
    if met:
        return met[0], met[-1] - met[0] + 1
    middle = (x0 + x1) / 2
    distances = [abs((left + right) / 2 - middle) for left, right in columns]
    return distances.index(min(distances)), 1
