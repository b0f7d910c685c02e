"""Ruling lines -> cells with spans: pure geometry, the same for PDF pages and scans.

A chain of small steps: edges -> snapped -> joined -> tables (edges that meet) -> slots
-> rectangles. Coordinates run right and *down*; the unit is the caller's (points for
PDF, pixels for scans), tolerances are given in it.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scorer.readers import limits

SNAP = 3.0  # lines closer than this are one line (double borders, shading beside a border)
JOIN = 4.0  # collinear pieces with a smaller gap are one line (dashes, per-cell borders)
MIN_EDGE = 4.0  # shorter pieces are dots, ticks, parts of drawn characters


class Edge(NamedTuple):
    """A straight line at ``at`` (its y when horizontal, its x when vertical), low to high."""

    at: float
    low: float
    high: float


class Box(NamedTuple):
    """A cell of a ruled table: its rectangle and the slots it covers."""

    row: int
    column: int
    row_span: int
    col_span: int


class Ruled(NamedTuple):
    """One table: column edges, row edges, and its cells in row order.

    ``unruled`` marks edges that are not drawn but told from the white space, ``rungs`` a table
    of which only the rows are drawn.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    unruled: bool = False
    rungs: bool = False

    @property
    def area(self) -> float:
        """The table's area, to find the innermost of nested tables."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def rectangles(self) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of each cell."""
        return [
            (self.xs[b.column], self.ys[b.row],
             self.xs[b.column + b.col_span], self.ys[b.row + b.row_span])
            for b in self.boxes
        ]  # fmt: skip


def tables(across: Iterable[Edge], down: Iterable[Edge], snap: float = SNAP) -> list[Ruled]:
    """All tables that horizontal (``across``) and vertical (``down``) edges draw.

    A lone rectangle is no table. Tables come sorted from top to bottom.
    """
    rows, columns = tidy(across, snap), tidy(down, snap)
    found = []
    for part_rows, part_columns in _connected(rows, columns, snap):
        xs = _positions(part_columns, part_rows, snap)
        ys = _positions(part_rows, part_columns, snap)
        slots = (len(xs) - 1) * (len(ys) - 1)
        if len(xs) < 2 or len(ys) < 2 or slots < 2 or slots > limits.MAX_TABLE_CELLS:
            continue
        boxes = cover(xs, ys, part_rows, part_columns, snap)
        if len(boxes) > 1:
            found.append(Ruled(xs, ys, boxes))
    return sorted(found, key=lambda t: (t.ys[0], t.xs[0]))


def tidy(edges: Iterable[Edge], snap: float = SNAP) -> list[Edge]:
    """Snap nearly equal positions together and join the collinear pieces."""
    joined: list[Edge] = []
    for group in _near(sorted(edges), snap):
        at = sum(e.at for e in group) / len(group)
        pieces = sorted((e.low, e.high) for e in group)
        low, high = pieces[0]
        for next_low, next_high in pieces[1:]:
            if next_low > high + JOIN:
                joined.append(Edge(at, low, high))
                low, high = next_low, next_high
            else:
                high = max(high, next_high)
        joined.append(Edge(at, low, high))
    return [e for e in joined if e.high - e.low >= MIN_EDGE]


def _near(edges: Sequence[Edge], snap: float) -> Iterable[list[Edge]]:
    """Groups of edges whose positions follow each other within ``snap``."""
    group: list[Edge] = []
    for edge in edges:
        # Against the group's first, so that many close lines do not chain into one.
        if group and edge.at - group[0].at > snap:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group


def _connected(
    rows: list[Edge], columns: list[Edge], snap: float
) -> list[tuple[list[Edge], list[Edge]]]:
    """Sets of horizontal and vertical edges that touch each other, directly or not."""
    parent = list(range(len(rows) + len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [e.at for e in rows]
    for j, column in enumerate(columns, start=len(rows)):
        for i in range(bisect_left(heights, column.low - snap), len(rows)):
            row = rows[i]
            if row.at > column.high + snap:
                break
            if row.low - snap <= column.at <= row.high + snap:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, edge in enumerate((*rows, *columns)):
        groups.setdefault(root(i), ([], []))[i >= len(rows)].append(edge)
    return [g for g in groups.values() if g[0] and g[1]]


def _positions(edges: list[Edge], crossing: list[Edge], snap: float) -> tuple[float, ...]:
    """Where the slots begin and end along one axis.

    Where crossing lines reach clearly beyond the outermost edge, the table's border was
    left open there. Two of them must agree: merged cells keep most lines from the border.
    """
    found = [group[0].at for group in _near(sorted(edges), snap)]
    lows = sorted(e.low for e in crossing)[:2]
    highs = sorted((e.high for e in crossing), reverse=True)[:2]
    beyond = 2 * snap
    if lows[-1] < found[0] - beyond and lows[-1] - lows[0] <= snap:
        found.insert(0, lows[-1])
    if highs[-1] > found[-1] + beyond and highs[0] - highs[-1] <= snap:
        found.append(highs[-1])
    return tuple(found)


def cover(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    rows: list[Edge],
    columns: list[Edge],
    snap: float,
) -> tuple[Box, ...]:
    """Cover the slots with rectangles that no drawn line cuts, in row order.

    Masks are bytearrays with 1 for «here», so that ``find`` looks along a row in one call.
    """
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    wall = _walls(columns, xs, ys, snap)  # by row: 1 at a column edge with a line on it
    floor = _floors(rows, ys, xs, snap)  # by row edge: 1 at a column with a line on it
    taken = [bytearray(n_columns) for _ in range(n_rows)]
    boxes = []
    for r in range(n_rows):
        c = taken[r].find(0)
        while c >= 0:
            right = _first(wall[r], c + 1, n_columns)
            right = _first(taken[r], c + 1, right)
            bottom = r + 1
            while (
                bottom < n_rows
                and floor[bottom].find(1, c, right) < 0
                and taken[bottom].find(1, c, right) < 0
                and wall[bottom].find(1, c + 1, right) < 0
            ):
                bottom += 1
            for row in range(r, bottom):
                taken[row][c:right] = b"\1" * (right - c)
            boxes.append(Box(r, c, bottom - r, right - c))
            c = taken[r].find(0, right)
    return tuple(boxes)


def _first(mask: bytearray, start: int, stop: int) -> int:
    """Where the next 1 stands, ``stop`` if there is none."""
    at = mask.find(1, start, stop)
    return stop if at < 0 else at


def _walls(
    columns: list[Edge], xs: tuple[float, ...], ys: tuple[float, ...], snap: float
) -> list[bytearray]:
    middles = _middles(ys)
    found = [bytearray(len(xs)) for _ in middles]
    for edge in columns:
        at = _nearest(xs, edge.at)
        first = bisect_left(middles, edge.low - snap)
        for row in range(first, bisect_left(middles, edge.high + snap)):
            found[row][at] = 1
    return found


def _floors(
    rows: list[Edge], ys: tuple[float, ...], xs: tuple[float, ...], snap: float
) -> list[bytearray]:
    middles = _middles(xs)
    found = [bytearray(len(middles)) for _ in ys]
    for edge in rows:
        first, last = bisect_left(middles, edge.low - snap), bisect_left(middles, edge.high + snap)
        found[_nearest(ys, edge.at)][first:last] = b"\1" * (last - first)
    return found


def _middles(positions: tuple[float, ...]) -> list[float]:
    return [(a + b) / 2 for a, b in itertools.pairwise(positions)]


def _nearest(positions: tuple[float, ...], value: float) -> int:
    at = min(bisect_left(positions, value), len(positions) - 1)
    return at - 1 if at and value - positions[at - 1] < positions[at] - value else at
