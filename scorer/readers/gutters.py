"""Where the rows and columns of a table without ruling lines are parted.

Two texts side by side have a column edge somewhere between them, two texts one above the
other a row edge. The fewest edges that part all such pairs are the table's; where in the
white space they lie is told by the texts around.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from scorer.readers.blocks import Block, Piece, block_of

EDGE = 1.0  # points by which a text may lap over an edge without crossing it
_STACK = 3  # so many single characters one below the other are a text set downwards
_CLEAR = 0.6  # of the space between rows: a text so far from others has its own row


def slots(edges: Sequence[float], low: float, high: float) -> tuple[int, int]:
    """The slots between ``edges`` that a text takes, as (first, end)."""
    first = max(0, bisect_right(edges, low + EDGE) - 1)
    return first, max(first + 1, bisect_left(edges, high - EDGE))


def columns(blocks: list[Block], before: Sequence[float]) -> tuple[list[Block], tuple[float, ...]]:
    """Column edges, and the blocks with those joined that only a wide space had parted."""
    while True:
        gaps = _side_by_side(blocks)
        texts = [(b.x0, b.x1) for b in blocks]
        free = [calmest(*gap, texts) for gap in stabs([(a.x1, b.x0) for a, b in gaps])]
        # Left-aligned texts begin close to their edge, on every page of the table alike.
        inner = [(max(low, high - 3 * EDGE) + high) / 2 for low, high in free]
        weak = _weak(blocks, gaps, inner)
        if weak is None:
            low, high = min(b.x0 for b in blocks), max(b.x1 for b in blocks)
            own = (low - 2 * EDGE, *inner, high + 2 * EDGE)
            return blocks, as_before(own, free, texts, before)
        blocks = _joined(blocks, *weak)


def as_before(
    own: tuple[float, ...],
    free: Sequence[tuple[float, float]],
    texts: Sequence[tuple[float, float]],
    before: Sequence[float],
) -> tuple[float, ...]:
    """The edges of the page before, and own ones where it has none; only own ones if these
    are other columns."""
    reach = 2 * EDGE
    common = [[x for x in before if low - reach <= x <= high + reach] for low, high in free]
    if not before or own[0] < before[0] - reach or 2 * sum(map(bool, common)) < len(free):
        return own
    kept = [x for x, other in zip(own[1:-1], common, strict=True) if not other]
    kept += [x for found in common for x in found[:1]]
    kept += [x for x in before[1:-1] if all(a >= x or b <= x for a, b in texts)]
    return (before[0], *sorted(set(kept)), max(own[-1], before[-1]))


def _side_by_side(blocks: Sequence[Block]) -> list[tuple[Block, Block]]:
    """All pairs of blocks at one height, the left one first."""
    found = []
    for n, a in enumerate(blocks):
        for b in itertools.islice(blocks, n + 1, None):
            if b.top >= a.bottom - EDGE:
                break
            if a.x1 <= b.x0:
                found.append((a, b))
            elif b.x1 <= a.x0:
                found.append((b, a))
    for side in _labels_of_many_rows(blocks):
        found += [(side, b) for b in _beside(side, blocks)]
    return found


def _labels_of_many_rows(blocks: Sequence[Block]) -> list[Block]:
    """Texts whose cells may reach far over their own height: set downwards, or at the left
    edge of the table («绩效指标» beside all rows of indicators)."""
    left = min((b.x0 for b in blocks), default=0.0)

    def is_stack(block: Block) -> bool:
        return len(block.lines) >= _STACK and all(len(p.words[0].text) == 1 for p in block.lines)

    return [b for b in blocks if b.x0 <= left + 2 * b.lines[0].height or is_stack(b)]


def _beside(label: Block, blocks: Sequence[Block]) -> list[Block]:
    """Blocks to the right of a label, up to the next ones above and below it."""
    same = [b for b in blocks if b.x0 < label.x1 and b.x1 > label.x0 and b is not label]
    top = max((b.bottom for b in same if b.top < label.top), default=float("-inf"))
    bottom = min((b.top for b in same if b.top > label.top), default=float("inf"))
    return [b for b in blocks if b.x0 >= label.x1 and top <= b.top and b.bottom <= bottom]


def stabs(gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The fewest stretches of which every gap holds at least one whole."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(gaps, key=lambda gap: gap[1]):
        if found and start <= found[-1][1]:
            found[-1] = (max(found[-1][0], start), found[-1][1])
        else:
            found.append((start, end))
    return found


def calmest(low: float, high: float, texts: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The part of a stretch that the fewest texts (low, high) lie over, the last among equals."""
    near = [text for text in texts if text[0] < high and text[1] > low]
    cuts = sorted({low, high, *(at for text in near for at in text if low < at < high)})
    parts = list(itertools.pairwise(cuts)) or [(low, high)]
    return min(
        reversed(parts),
        key=lambda part: sum(t[0] < part[1] - 0.1 and t[1] > part[0] + 0.1 for t in near),
    )


def _weak(
    blocks: Sequence[Block], gaps: Sequence[tuple[Block, Block]], inner: Sequence[float]
) -> tuple[Block, Block] | None:
    """Two blocks of one line whose edge nothing else needs and other texts cross: they are
    one text with a space in it."""
    for edge in inner:
        needed = [(a, b) for a, b in gaps if a.x1 <= edge <= b.x0]
        (a, b) = min(needed, key=lambda pair: pair[1].x0 - pair[0].x1)
        others = [pair for pair in needed if pair[0] != a and pair[1] != b]
        near = b.x0 - a.x1 < 1.3 * a.lines[0].height and len(a.lines) == len(b.lines) == 1
        if near and not others and sum(c.x0 < edge - EDGE < c.x1 - 2 * EDGE for c in blocks) > 1:
            return a, b
    return None


def _joined(blocks: Sequence[Block], a: Block, b: Block) -> list[Block]:
    line = Piece(
        a.lines[0].words + b.lines[0].words, a.x0, min(a.top, b.top), b.x1, max(a.bottom, b.bottom)
    )
    rest = [block for block in blocks if block not in (a, b)]
    return sorted([*rest, block_of([line])], key=lambda block: (block.top, block.x0))


def rows(
    blocks: Sequence[Block], across: Sequence[tuple[int, int]], n_columns: int
) -> tuple[float, ...]:
    """Inner row edges, roughly."""
    last: list[Block | None] = [None] * n_columns
    gaps = set()
    for block, (left, right) in sorted(zip(blocks, across, strict=True), key=lambda p: p[0].top):
        for above in {last[c] for c in range(left, right)} - {None}:
            assert above is not None
            gaps.add((min(above.bottom, block.top), block.top))
        last[left:right] = [block] * (right - left)
    gaps |= _standing_off(blocks, _row_gap(gaps))
    texts = [(b.top, b.bottom) for b in blocks]
    free = [calmest(*gap, texts) for gap in stabs(sorted(gaps))]
    return tuple((low + high) / 2 for low, high in free)


def _row_gap(gaps: Iterable[tuple[float, float]]) -> float:
    """The white space that the table keeps between two rows."""
    widths = sorted(high - low for low, high in gaps if high > low)
    return widths[len(widths) // 10] if widths else 0.0


def _standing_off(blocks: Sequence[Block], gap: float) -> set[tuple[float, float]]:
    """The white space above and below texts in a row that has nothing more to the right.

    A text centred in merged rows does not fit between what stands right of it: rows keep
    less space between them than a line is high.
    """
    found = set()
    for block in blocks:
        right = [b for b in blocks if b.x0 >= block.x1]
        beside = [b for b in right if abs(b.middle - block.middle) <= EDGE]
        if any(b.text != block.text for b in beside):  # two like halves repeat it
            continue
        others = [b for b in right if b not in beside]
        above = max((b.bottom for b in others if b.middle < block.middle), default=float("-inf"))
        below = min((b.top for b in others if b.middle > block.middle), default=float("inf"))
        clear = _CLEAR * gap
        if above + clear <= block.top and block.bottom + clear <= below:
            if above > float("-inf"):
                found.add((above, block.top))
            if below < float("inf"):
                found.add((block.bottom, below))
    return found


def row_edges(
    blocks: Sequence[Block], down: Sequence[tuple[int, int]], inner: Sequence[float]
) -> tuple[float, ...]:
    """Row edges half way between the texts above and below; those over rows do not count."""
    n_rows = len(inner) + 1
    tops, bottoms = [float("inf")] * n_rows, [float("-inf")] * n_rows
    for block, (first, end) in zip(blocks, down, strict=True):
        if end == first + 1:
            tops[first] = min(tops[first], block.top)
            bottoms[first] = max(bottoms[first], block.bottom)
    edges = [
        (upper + lower) / 2 if -float("inf") < upper < lower < float("inf") else rough
        for upper, lower, rough in zip(bottoms[:-1], tops[1:], inner, strict=True)
    ]
    pads = [t - e for t, e in zip(tops[1:], edges, strict=True) if 0 < t - e < float("inf")]
    pad = min(pads, default=2.0)
    top, bottom = min(b.top for b in blocks), max(b.bottom for b in blocks)
    return (top - pad, *edges, bottom + pad)
