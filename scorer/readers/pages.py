"""Words and ruled tables of one page -> blocks in reading order (PDF and scans alike)."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scorer.forms import Cell, Grid, Line, Place
from scorer.readers import columns, overflow, quick, rivers
from scorer.readers.bare_heads import with_heads
from scorer.readers.blocks import pieces_of, unglued
from scorer.readers.ruling import Box, Ruled
from scorer.readers.stitch import Blocks, Frame
from scorer.readers.words import Run, Word, join, rows, text_of

_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*(第\s*)?\d{1,4}(\s*页)?([\s,，/]*(共|of)?\s*\d{1,4}\s*页?)?[-—–·\s]*$"
)
# Character distances, in heights, up to which neighbours belong to one text.
_TIGHT = 0.12
_NESTED = 9  # words: fewer in a cell are no table within it
_MARGIN = 0.1  # page numbers stand in the outer tenth of the page

Owner = tuple[int | None, Box | None]  # index of the table, its cell


def assemble(
    runs: Sequence[Run],
    tables: Sequence[Ruled],
    page: int,
    frame: Frame,
    before: Sequence[float] = (),
) -> Blocks:
    """Put each run into its cell or among the page's lines.

    ``frame`` is the visible page (x0, top, x1, bottom), ``before`` the column edges of a
    table without ruling that may go on from the page before.
    """
    tables = with_heads(tables, runs)
    inner_first = sorted(range(len(tables)), key=lambda i: tables[i].area)
    maps = [_SlotMap(table) for table in tables]
    outside: list[Word] = []
    for run in runs:
        for piece, (owner, box) in _split(run, maps, inner_first):
            if owner is None or box is None:
                outside.append(piece)
            else:
                maps[owner].words.setdefault(box, []).append(piece)
    for slots in maps:
        overflow.settle(slots.table, slots.words)
    placed = _loose(outside, runs, frame, tables, before)
    maps += [inner for outer in maps for inner in _within(outer, runs)]
    placed += [_Placed(m.ys[0], m.xs[0], 0.0, m) for m in maps]
    placed.sort(key=lambda p: (p.top, p.left))
    return _numbered(placed, page)


class _Placed(NamedTuple):
    top: float
    left: float
    size: float  # text height of a line
    block: str | _SlotMap | columns.Found


def _loose(
    outside: list[Word],
    runs: Sequence[Run],
    frame: Frame,
    tables: Sequence[Ruled],
    before: Sequence[float],
) -> list[_Placed]:
    """Words outside ruled tables as lines, and as tables where they stand in columns."""
    lines = [row for row in rows(outside) if not _is_page_number(join(row), row, frame)]
    margin = _MARGIN * (frame[3] - frame[1])
    placed: list[_Placed] = []
    at = 0
    for first, last in columns.regions(lines, bool(before)):
        part = lines[first:last]
        top, bottom = part[0][0].top, part[-1][0].bottom
        if any(t.ys[0] < bottom and t.ys[-1] > top for t in tables):
            continue  # notes beside a ruled table, or text between two of them
        placed += _lines(lines[at:first])
        is_head = all(line[0].bottom < frame[1] + margin for line in lines[:first])
        placed += _columned(part, runs, before if is_head else ())
        at = last
    return placed + _lines(lines[at:])


def _columned(
    lines: Sequence[list[Word]], runs: Sequence[Run], before: Sequence[float]
) -> list[_Placed]:
    """Lines with columns as tables, as far as their rows and columns can be told."""
    found = rivers.find([pieces_of(line) for line in unglued(lines, runs)], before)
    if found is not None:
        maps = [_SlotMap(table.ruled, table.words) for table in found.tables]
        return _lines(rows(found.rest)) + [_Placed(m.ys[0], m.xs[0], 0.0, m) for m in maps]
    simple = columns.table(lines)
    if simple is None:
        return _lines(lines)
    return [_Placed(lines[0][0].top, lines[0][0].x0, 0.0, simple)]


def _within(outer: _SlotMap, runs: Sequence[Run]) -> list[_SlotMap]:
    """Tables without ruling inside a cell of a ruled one; their words leave the cell."""
    inner: list[_SlotMap] = []
    for box, words in outer.words.items():
        if len(words) < _NESTED:
            continue
        lines = rows(words)
        kept: list[Word] = []
        at = 0
        for first, last in columns.regions(lines):
            found = rivers.find([pieces_of(line) for line in unglued(lines[first:last], runs)])
            if found is not None:
                kept += itertools.chain(*lines[at:first], found.rest)
                at = last
                inner += [_SlotMap(table.ruled, table.words) for table in found.tables]
        outer.words[box] = [*kept, *itertools.chain(*lines[at:])]
    return inner


def _lines(found: Sequence[list[Word]]) -> list[_Placed]:
    texts = ((row, join(row, columns=True)) for row in found)
    return [_Placed(row[0].top, row[0].x0, row[0].height, text) for row, text in texts if text]


def _numbered(placed: list[_Placed], page: int) -> Blocks:
    blocks: list[Line | Grid] = []
    ruled: dict[int, Ruled] = {}
    lines = tables = 0
    for item in placed:
        if isinstance(item.block, str):
            lines += 1
            blocks.append(Line(item.block, Place(page=page, line=lines)))
            continue
        tables += 1
        if isinstance(item.block, columns.Found):
            blocks.append(_column_grid(item.block, page, tables))
        else:
            ruled[len(blocks)] = item.block.table
            blocks.append(item.block.grid(page, tables))
    tops, sizes = tuple(p.top for p in placed), tuple(p.size for p in placed)
    return Blocks(tuple(blocks), tops, sizes, ruled)


def _column_grid(found: columns.Found, page: int, table: int) -> Grid:
    """A table without ruling lines as a Grid with every slot filled."""
    by_slot = {(r, c): (span, words) for r, c, span, words in found.cells}
    cells: list[Cell] = []
    for r in range(found.n_rows):
        c = 0
        while c < found.n_columns:
            span, words = by_slot.get((r, c), (1, []))
            text = text_of(words) if words else ""
            cells.append(
                Cell(text, r, c, 1, span, Place(page, None, None, None, table, r + 1, c + 1))
            )
            c += span
    return Grid(tuple(cells), found.n_rows, found.n_columns, Place(page=page, table=table))


def _is_page_number(text: str, row: Sequence[Word], frame: Frame) -> bool:
    edge = _MARGIN * (frame[3] - frame[1])
    outer = row[0].bottom < frame[1] + edge or row[0].top > frame[3] - edge
    return outer and bool(_PAGE_NUMBER.match(text))


class _SlotMap:
    """Finds a point's cell in a table and collects the words of each cell."""

    def __init__(self, table: Ruled, words: dict[Box, list[Word]] | None = None) -> None:
        self.table = table
        self.xs, self.ys = table.xs, table.ys
        self.inner_xs, self.inner_ys = table.xs[1:-1], table.ys[1:-1]
        self.box_at: list[list[Box | None]] = [[None] * (len(self.xs) - 1) for _ in self.ys[1:]]
        for box in table.boxes:
            filler = [box] * box.col_span
            for row in self.box_at[box.row : box.row + box.row_span]:
                row[box.column : box.column + box.col_span] = filler
        self.words: dict[Box, list[Word]] = words or {}

    def find(self, x: float, y: float) -> Box | None:
        """The cell at a point, None outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        return self.box_at[bisect_right(self.inner_ys, y)][bisect_right(self.inner_xs, x)]

    def holds(self, box: Box, x: float) -> bool:
        """Whether a point at the height of ``box`` and right of its left side is in it."""
        return x <= self.xs[box.column + box.col_span]

    def grid(self, page: int, table: int) -> Grid:
        """The finished Grid."""
        cells = tuple(
            quick.cell(
                text_of(self.words[box]) if self.words.get(box) else "",
                *box,
                quick.table_place(page, table, box.row + 1, box.column + 1),
            )
            for box in self.table.boxes
        )
        return Grid(cells, len(self.ys) - 1, len(self.xs) - 1, Place(page=page, table=table))


def _split(run: Run, maps: Sequence[_SlotMap], order: Sequence[int]) -> list[tuple[Word, Owner]]:
    """Cut a run where it passes into another cell with a gap (columns set close together).

    Without a gap it is one text too wide for its cell, and stays whole in the cell that
    holds most of it.
    """
    word = run.whole
    y = (word.top + word.bottom) / 2 if run.shown_at is None else run.shown_at
    inset = min(0.25 * word.height, 0.5 * (word.x1 - word.x0))
    start = owner, box = _owner(word.x0 + inset, y, maps, order)
    if owner is not None and box is not None:
        # With tables in tables the end may stand in an inner one: then look again.
        inside = maps[owner].holds(box, word.x1 - inset) and len(maps) == 1
    else:
        inside = not maps
    if inside or start == _owner(word.x1 - inset, y, maps, order):
        return [(word, start)]
    words = run.pieces()
    pieces: list[tuple[Word, Owner]] = []
    at = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or _breaks(words[i - 1], words[i]):
            owners = Counter(
                _owner((w.x0 + w.x1) / 2, y + (w.top - word.top) / 2, maps, order)
                for w in words[at:i]
            )
            pieces.append((_merge(words[at:i]), owners.most_common(1)[0][0]))
            at = i
    return pieces


def _owner(x: float, y: float, maps: Sequence[_SlotMap], order: Sequence[int]) -> Owner:
    """The innermost table with a cell at a point, and that cell."""
    for index in order:
        if (box := maps[index].find(x, y)) is not None:
            return index, box
    return None, None


def _breaks(left: Word, right: Word) -> bool:
    """Whether two neighbours of a run are not set as one text."""
    gap, height = right.x0 - left.x1, max(left.height, right.height)
    return abs(left.bottom - right.bottom) > height or abs(gap) > _TIGHT * height


def _merge(run: Sequence[Word]) -> Word:
    if len(run) == 1:
        return run[0]
    return Word(
        "".join([w.text for w in run]),
        run[0].x0,
        min(w.top for w in run),
        run[-1].x1,
        max(w.bottom for w in run),
    )
