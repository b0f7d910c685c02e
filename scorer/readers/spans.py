"""Merged cells of a table without lines: a text that stands in the middle of several rows.

A text is taken for a merged cell only where the rows above and below it are blank in its
column up to the next text, where it is centred in all of them, and where the columns to
the left do not part these rows.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from scorer.readers.blocks import Block
from scorer.readers.ruling import Box

_OFF = 0.35  # in text heights: how far a text may stand from its cell's middle
_HEADS = 2  # so many heads over two rows make a header of two rows

Cells = dict[Box, Block]


class _Plan(NamedTuple):
    """Rows (first, end) for the boxes of a column; the least is the best."""

    blank: int  # the fewer, the more rows are covered
    off: float  # how far the texts stand from the middle, in text heights
    rows: tuple[tuple[int, int], ...]


def merged(
    cells: Cells, ys: tuple[float, ...], n_columns: int, size: float, goes_on: bool = False
) -> dict[Box, Box]:
    """Each cell's box, grown over the blank slots that belong to it.

    ``size`` is the height of the type; ``goes_on`` tells that the table may have begun on
    the page before, so that its first rows may belong to cells whose text stands there.
    """
    grid = _Slots(cells, len(ys) - 1, n_columns)
    off_middle = _off_middle(cells)
    centred = off_middle <= 0
    for column in range(n_columns if centred else 0):
        _Column(grid, cells, column, ys, size).grow()
    for column in range(n_columns if centred and goes_on and grid.extents else 0):
        _Column(grid, cells, column, ys, size).grow(from_before=True)
    if off_middle == 0 and grid.hang():
        grid = _Slots(cells, len(ys) - 1, n_columns)
    for box in sorted(cells):
        grid.widen(box)
    return grid.grown


def _off_middle(cells: Cells) -> int:
    """How many more short texts begin at the height of the longest in their row than stand in
    its middle: above 0 the text of a merged cell stands in its first row, and the blank slots
    below tell nothing more."""
    rows: dict[int, list[Block]] = {}
    for box, block in cells.items():
        if box.row_span == 1:
            rows.setdefault(box.row, []).append(block)
    top = middle = 0
    for row in rows.values():
        tallest = max(row, key=lambda block: len(block.lines))
        for block in row:
            if len(block.lines) < len(tallest.lines):
                off = abs(block.middle - tallest.middle), abs(block.top - tallest.top)
                top += off[1] < off[0]
                middle += off[1] >= off[0]
    return top - middle


class _Slots:
    """Which cell owns each slot of the table."""

    def __init__(self, cells: Cells, n_rows: int, n_columns: int) -> None:
        self.n_rows, self.n_columns = n_rows, n_columns
        self.texts = {box: block.text for box, block in cells.items()}
        self.grown = {box: box for box in cells}
        self.owner: list[list[Box | None]] = [[None] * n_columns for _ in range(n_rows)]
        self.extents: set[tuple[int, int, str]] = set()  # (first row, end, text) over rows
        for box in cells:
            self._claim(box, box)

    def _claim(self, box: Box, area: Box) -> None:
        self.grown[box] = area
        for row in self.owner[area.row : area.row + area.row_span]:
            row[area.column : area.column + area.col_span] = [box] * area.col_span
        if area.row_span > 1:
            self.extents.add((area.row, area.row + area.row_span, self.texts[box]))

    def stretch(self, box: Box, first: int, end: int) -> None:
        """Give a cell the rows from ``first`` to ``end`` (exclusive)."""
        self._claim(box, Box(first, box.column, end - first, box.col_span))

    def release(self, box: Box) -> None:
        """Take back the rows that a cell was given."""
        area = self.grown[box]
        for row in self.owner[area.row : area.row + area.row_span]:
            row[area.column : area.column + area.col_span] = [None] * area.col_span
        self._claim(box, box)

    def is_free(self, row: int, box: Box) -> bool:
        """Whether a row is there and blank in all columns of ``box``."""
        if not 0 <= row < self.n_rows:
            return False
        return not any(self.owner[row][box.column : box.column + box.col_span])

    def is_whole(self, first: int, end: int, box: Box) -> bool:
        """Whether the columns to the left keep these rows together; where they part them, the
        same text must stand over the same rows there (a table of two like halves)."""
        if (first, end, self.texts[box]) in self.extents:
            return True
        for c in range(box.column - 1, -1, -1):
            owners = {self.owner[r][c] for r in range(first, end)}
            if owners != {None}:
                return len(owners) == 1
        return True

    def hang(self) -> bool:
        """Whether the texts rather stand in the first rows of their cells, where no wrapped
        text tells: left of the fullest column, where the levels stand, more slots below a text
        stay blank than cells grown from their middles have covered."""
        filled = [sum(box.column <= c < box.column + box.col_span for box in self.texts)
                  for c in range(self.n_columns)]  # fmt: skip
        names = filled.index(max(filled, default=0)) if filled else 0
        covered = sum(area.row_span - 1 for area in self.grown.values() if area.column < names)
        blank = 0
        for column in range(names):
            owners = [row[column] for row in self.owner]
            first = next((n for n, owner in enumerate(owners) if owner is not None), len(owners))
            blank += owners[first:].count(None)
        return blank > covered

    def widen(self, box: Box) -> None:
        """A head over several columns: grows to the right where the row below it is cut
        finer, and other heads reach over both rows."""
        area = self.grown[box]
        below = area.row + area.row_span
        end = area.column + area.col_span
        if area.row_span > 1 or below >= self.n_rows:
            return
        both = {owner for owner in self.owner[area.row][: area.column] if owner is not None}
        heads = [self.grown[owner] for owner in both]
        if sum((head.row, head.row_span) == (area.row, 2) for head in heads) < _HEADS:
            return
        while end < self.n_columns and self.owner[area.row][end] is None:
            end += 1
        finer = {self.owner[below][c] for c in range(area.column, end)} - {None}
        if len(finer) > 1:
            self._claim(box, Box(area.row, area.column, 1, end - area.column))


class _Column:
    """Finds how far the texts of one column reach, each blank run of slots taken whole."""

    def __init__(
        self, grid: _Slots, cells: Cells, column: int, ys: tuple[float, ...], size: float
    ) -> None:
        self.grid, self.cells = grid, cells
        self.ys, self.size = ys, size
        self.boxes = sorted(box for box in cells if box.column == column)
        self.from_before = False

    def grow(self, from_before: bool = False) -> None:
        """Stretch the boxes of this column over the blank rows around them: as many rows as
        can be, then as well centred as can be. With ``from_before`` some of the first rows
        may be left to a cell of the page before."""
        self.from_before = from_before
        for box in self.boxes:
            self.grid.release(box)

        @cache
        def best(index: int, start: int) -> _Plan | None:
            """The plan for boxes from ``index`` on; rows before ``start`` are taken."""
            if index == len(self.boxes):
                return _Plan(0, 0.0, ())
            plans = []
            for first, end, off in self._choices(index, start):
                rest = best(index + 1, end)
                if rest is not None:
                    blank = rest.blank - (end - first)
                    plans.append(_Plan(blank, rest.off + off, ((first, end), *rest.rows)))
            return min(plans, default=None)

        plan = best(0, 0)
        assert plan is not None  # no box grown is always a plan
        for box, (first, end) in zip(self.boxes, plan.rows, strict=True):
            if (first, end) != (box.row, box.row + box.row_span):
                self.grid.stretch(box, first, end)

    def _choices(self, index: int, start: int) -> list[tuple[int, int, float]]:
        """Extents (first row, end, how far off centre) that a box may take. A blank run that
        the box above has begun to take must be finished by this one."""
        box = self.boxes[index]
        top, bottom = box.row, box.row + box.row_span
        above, below = self._blank(box, -1), self._blank(box, 1)
        firsts = [start] if start > above else sorted({above, top})
        if self.from_before and above == 0:
            firsts = list(range(above, top + 1))
        shared = index + 1 < len(self.boxes) and self.boxes[index + 1].row == below
        found = []
        for first in firsts:
            for end in range(bottom, below + 1) if shared else sorted({bottom, below}):
                if (first, end) == (top, bottom):
                    found.append((first, end, 0.0))
                    continue
                middle = (self.ys[first] + self.ys[end]) / 2
                off = abs(middle - self.cells[box].middle) / self.size
                if off <= _OFF and self.grid.is_whole(first, end, box):
                    found.append((first, end, off))
        return found

    def _blank(self, box: Box, step: int) -> int:
        """Where the blank rows above (-1) or below (1) a box end."""
        row = box.row if step < 0 else box.row + box.row_span
        while self.grid.is_free(row - 1 if step < 0 else row, box):
            row += step
        return row
