"""Tables without ruling lines: blocks of text -> a grid, from the white space between them.

Two texts side by side have a column edge somewhere between them, two texts one above the
other a row edge. The fewest edges that part all such pairs are the table's; a text that
reaches over an edge stands in a merged cell. ``spans`` finds the merged cells whose text
is short.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from scorer.readers import gutters
from scorer.readers.blocks import Block, Piece, blocks_of
from scorer.readers.ruling import Box, Ruled
from scorer.readers.spans import Cells, merged
from scorer.readers.words import Word

_MIN_COLUMNS = 3
_MIN_ROWS = 3
_APART = 0.3  # in text heights: texts of different rows keep this distance
_MAX_BLOCKS = 1500  # on one page: pairs of texts are compared
_TITLE = 1.07  # times the table's type: a lone text so large is a title, not a cell
_PARAGRAPH = 0.75  # of the table's width: a lone wrapped text so wide is no cell
_MAX_SHARED = 0.03  # of the texts may fall into a slot that is taken: else the edges are wrong


class Table(NamedTuple):
    """A table without lines: its geometry, and the words of each of its cells."""

    ruled: Ruled
    words: dict[Box, list[Word]]


class Found(NamedTuple):
    """The tables among some printed lines, and the words of the lines around them."""

    tables: list[Table]
    rest: list[Word]


def find(lines: Sequence[Sequence[Piece]], before: Sequence[float] = ()) -> Found | None:
    """The tables that printed lines make up; None where their rows cannot be told.

    ``before`` are the column edges of a table that may go on here from the page before.
    """
    blocks = blocks_of(lines)
    if blocks is None or len(blocks) > _MAX_BLOCKS:
        return None
    parts = [_trimmed(part) for part in _parts(blocks)]
    rest = [word for _, around in parts for block in around for word in block.words]
    whole = [_table(body, before if n == 0 else ()) for n, (body, _) in enumerate(parts)]
    if not any(table is not None and _is_large(table.ruled, before) for table in whole):
        return None
    for table, (body, _) in zip(whole, parts, strict=True):
        rest += [word for block in body for word in block.words if table is None]
    return Found([table for table in whole if table is not None], rest)


def _is_large(table: Ruled, before: Sequence[float]) -> bool:
    """Whether texts in columns are a table beyond doubt; the rest of one may be small."""
    return bool(before) or (len(table.xs) > _MIN_COLUMNS and len(table.ys) > _MIN_ROWS)


# --- which blocks make one table ------------------------------------------------------


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of each table: a title or a paragraph between two tables parts them."""
    sizes = sorted(block.lines[0].height for block in blocks)
    usual = sizes[len(sizes) // 2]
    width = max(b.x1 for b in blocks) - min(b.x0 for b in blocks)
    parts: list[list[Block]] = [[]]
    for block, alone in _with_alone(blocks):
        title = block.lines[0].height > _TITLE * usual
        paragraph = len(block.lines) > 1 and block.x1 - block.x0 > _PARAGRAPH * width
        if alone and (title or paragraph):
            parts.append([])
        parts[-1].append(block)
    return [part for part in parts if part]


def _with_alone(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """Each block with whether nothing stands beside it."""
    found = []
    reach = float("-inf")  # how far down the blocks before this one go
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        apart = _APART * block.lines[0].height
        alone = reach + apart <= block.top and (after is None or after.top >= block.bottom + apart)
        found.append((block, alone))
        reach = max(reach, block.bottom)
    return found


def _trimmed(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The table's blocks, and the lone ones above and below it."""
    alone = [lone for _, lone in _with_alone(blocks)]
    if all(alone):
        return [], list(blocks)
    first = alone.index(False)
    last = len(alone) - alone[::-1].index(False)
    return list(blocks[first:last]), [*blocks[:first], *blocks[last:]]


# --- edges ------------------------------------------------------------------------------


def _table(blocks: list[Block], before: Sequence[float]) -> Table | None:
    """The blocks as one table, None where no grid fits them."""
    if not blocks:
        return None
    blocks, xs = gutters.columns(blocks, before)
    if len(xs) < 3:
        return None
    across = [gutters.slots(xs, b.x0, b.x1) for b in blocks]
    inner = gutters.rows(blocks, across, len(xs) - 1)
    down = [gutters.slots((float("-inf"), *inner, float("inf")), b.top, b.bottom) for b in blocks]
    ys = gutters.row_edges(blocks, down, inner)
    cells: Cells = {}
    shared: list[tuple[Box, Block]] = []
    taken: dict[tuple[int, int], Box] = {}
    for block, (left, right), (top, bottom) in zip(blocks, across, down, strict=True):
        box = Box(top, left, bottom - top, right - left)
        slots = list(itertools.product(range(top, bottom), range(left, right)))
        met = [taken[slot] for slot in slots if slot in taken]
        if met:
            shared.append((met[0], block))
            continue
        cells[box] = block
        taken |= dict.fromkeys(slots, box)
    if len(shared) > _MAX_SHARED * len(blocks):
        return None
    return _finished(xs, ys, cells, shared, bool(before))


def _finished(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    cells: Cells,
    shared: Sequence[tuple[Box, Block]],
    goes_on: bool,
) -> Table:
    size = sorted(block.lines[0].height for block in cells.values())[len(cells) // 2]
    grown = merged(cells, ys, len(xs) - 1, size, goes_on)
    words: dict[Box, list[Word]] = {}
    covered: set[tuple[int, int]] = set()
    for box, block in cells.items():
        words[grown[box]] = block.words
        r, c, rows, columns = grown[box]
        covered |= set(itertools.product(range(r, r + rows), range(c, c + columns)))
    for box, block in shared:
        words[grown[box]] += block.words
    blank = itertools.product(range(len(ys) - 1), range(len(xs) - 1))
    boxes = [*words, *(Box(r, c, 1, 1) for r, c in blank if (r, c) not in covered)]
    return Table(Ruled(xs, ys, tuple(sorted(boxes)), unruled=True), words)
