"""Tables with a line under every row and none, or only some, between the columns.

The lines give the rows, and how far a merged cell reaches down; where they begin and end, and
the white space between texts side by side, give the columns. Lines that stand beside merged
cells alone, with the table's sides left open, part columns like white space. A table with lines only around
its head, or around groups of rows, is left to ``rivers``.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from scorer.readers import gutters
from scorer.readers.blocks import Piece, piece_of, pieces_of, unglued
from scorer.readers.ladders import LEAST_LINES, Ladder, Spot, ladders
from scorer.readers.pdf_edges import PageLines
from scorer.readers.ruling import SNAP, Edge, Ruled, cover, tidy
from scorer.readers.words import Run, Word, rows

_LEAST_COLUMNS = 2
_FRAME = 2  # column edges of a frame around rows
_STRIPE = 3  # rows; a table with fewer may be shaded rows of a larger one
_MAX_PIECES = 1500  # on one page: texts side by side are compared
_GAP = 12.0  # points between the lines of two cells side by side
_WRAP_PITCH = 1.65  # in text heights: lines of one cell are not further apart
_PARTED = 0.8  # of the texts side by side with a line between them: a table that has its columns
_SAME_LINES = 4  # columns with so many lines each are rows, not wrapped texts
_MAX_GROUPED = 0.25  # of the texts may stand in rows without a line between them
_POINT = 0.5
_NEAR = 3.0  # points by which a text may reach out of its cell
_BREAK = 0.12  # in text heights: the least space between two cells' texts

Signs = Mapping[Word, Callable[[], list[Word]]]
Joints = dict[float, list[tuple[float, float]]]


def with_rungs(
    ruled: Sequence[Ruled],
    drawn: PageLines,
    runs: Sequence[Run],
    before: Sequence[float],
) -> list[Ruled]:
    """The page's ruled tables with those that have lines under their rows only; ``before`` are
    the column edges of one that may go on from the page before.

    Shaded rows look like small tables, a frame around the rows like one of a single column, and
    so do lines beside merged cells: they are such a table's where it has lines between them.
    """
    across, down = drawn.across, tidy(drawn.down)
    inner = [t for t in ruled if _is_open(t, down)]
    stripes = [t for t in ruled if len(t.ys) - 1 <= _STRIPE or len(t.xs) == _FRAME or t in inner]
    solid = [t for t in ruled if t not in stripes]
    free = [e for e in across if not any(t.ys[0] - SNAP <= e.at <= t.ys[-1] + SNAP for t in solid)]
    lines = tidy(free)
    if len({line.at for line in lines}) < (1 if before else LEAST_LINES):
        return list(ruled)
    printed = rows([run.whole for run in runs])
    pieces = [piece for line in unglued(printed, runs) for piece in pieces_of(line)]
    if len(pieces) > _MAX_PIECES:
        return list(ruled)
    signs = {run.whole: run.pieces for run in runs}
    found: list[Ruled] = []
    for ladder in ladders(lines, pieces, before):
        inside = [t for t in stripes if _is_within(t, ladder)]
        shaded = [t for t in inside if t not in inner]
        if any(_is_whole(t, ladder) for t in shaded) or (
            shaded and not _is_striped(ladder, inside)
        ):
            continue
        parts = [e for e in down if any(_stands_in(e, t) for t in inside if t in inner)]
        if len(shaded) < len(inside) and _has_columns(ladder, parts):
            continue
        table = _table(ladder, free, parts, signs, before if not found else (), bool(shaded))
        if table is not None:
            found.append(table)
            stripes = [t for t in stripes if t not in inside]
    return sorted([*solid, *stripes, *found], key=lambda t: (t.ys[0], t.xs[0]))


def _is_open(table: Ruled, down: Sequence[Edge]) -> bool:
    """Whether nothing is drawn at the sides of a table."""
    sides = (table.xs[0], table.xs[-1])
    return not any(abs(e.at - x) <= SNAP and _stands_in(e, table) for e in down for x in sides)


def _stands_in(edge: Edge, table: Ruled) -> bool:
    """Whether a vertical line stands between the first and the last row of a table."""
    middle = (edge.low + edge.high) / 2
    across = table.xs[0] - SNAP <= edge.at <= table.xs[-1] + SNAP
    return across and table.ys[0] <= middle <= table.ys[-1]


def _has_columns(ladder: Ladder, down: Sequence[Edge]) -> bool:
    """Whether the vertical lines part nearly all texts that stand side by side."""
    pairs = list(_side_by_side(ladder.spots))
    parted = [
        any(e.low <= a.piece.bottom and a.piece.top <= e.high for e in down
            if a.piece.x1 <= e.at + SNAP and e.at - SNAP <= b.piece.x0)
        for a, b in pairs
    ]  # fmt: skip
    return sum(parted) > _PARTED * len(pairs)


def _is_within(table: Ruled, ladder: Ladder) -> bool:
    return ladder.ys[0] - SNAP <= table.ys[0] and table.ys[-1] <= ladder.ys[-1] + SNAP


def _is_whole(table: Ruled, ladder: Ladder) -> bool:
    """Whether a table is all of the ladder: a small one that has its own columns drawn."""
    return len(table.xs) > _FRAME and all(
        table.ys[0] - SNAP <= y <= table.ys[-1] + SNAP for y in ladder.ys
    )


def _is_striped(ladder: Ladder, stripes: Sequence[Ruled]) -> bool:
    """Whether the rows between shaded ones are rows of the same table: most have texts side by
    side, as a paragraph between two tables has not."""
    bands = [
        (top, bottom)
        for top, bottom in itertools.pairwise(ladder.ys)
        if not any(t.ys[0] - SNAP <= top and bottom <= t.ys[-1] + SNAP for t in stripes)
    ]
    filled = [[s.piece for s in ladder.spots if s.top < b and s.bottom > t] for t, b in bands]
    return all(len({round(p.x0) for p in found}) > 1 for found in filled if found)


# --- columns and cells ----------------------------------------------------------------


def _table(
    ladder: Ladder,
    edges: Sequence[Edge],
    down: Sequence[Edge],
    signs: Signs,
    before: Sequence[float],
    striped: bool,
) -> Ruled | None:
    """The table of a ladder; ``edges`` are all lines across, ``down`` the few between columns."""
    if len(ladder.ys) <= 1:  # one line is no row
        return None
    own = [e for e in edges if ladder.ys[0] - SNAP <= e.at <= ladder.ys[-1] + SNAP]
    joints, pieced = _joints(ladder, own)
    if pieced:
        spots = [part for spot in ladder.spots for part in _cut(spot, joints, signs)]
        ladder = ladder._replace(spots=spots)
    xs = _columns(ladder, joints, down, before)
    if len(xs) <= _LEAST_COLUMNS or _is_grouped(ladder, xs):
        return None
    walls = [*_walls(ladder, xs, joints if pieced else None), *down]
    lines = [*ladder.lines, *_unshaded(ladder, xs)] if striped else ladder.lines
    return Ruled(xs, ladder.ys, cover(xs, ladder.ys, lines, walls, _POINT), rungs=True)


def _unshaded(ladder: Ladder, xs: Sequence[float]) -> Iterator[Edge]:
    """Where two cells of a column that are both not shaded meet: no line, but wide space."""
    for a, b in itertools.permutations(ladder.spots, 2):
        upper, lower = a.piece, b.piece
        apart = lower.bottom - upper.bottom > _WRAP_PITCH * max(upper.height, lower.height)
        if a[1:] != b[1:] or not apart or upper.x1 <= lower.x0 or lower.x1 <= upper.x0:
            continue
        between = [y for y in ladder.ys if upper.bottom <= y <= lower.top]
        columns = [x for x in itertools.pairwise(xs) if x[0] < upper.x1 and upper.x0 < x[1]]
        yield from (Edge(y, columns[0][0], columns[-1][1]) for y in between[:1] if columns)


def _joints(ladder: Ladder, edges: Sequence[Edge]) -> tuple[Joints, bool]:
    """By line: where its pieces begin, end or meet inside the table, as (low, high); and
    whether each cell has pieces of its own."""
    found: Joints = {}
    pieced = 0
    for at in ladder.ys:
        pieces = sorted((e.low, e.high) for e in edges if abs(e.at - at) <= SNAP)
        ends = sorted({x for low, high in pieces for x in (low, high)})
        inner = [x for x in ends if ladder.left + SNAP < x < ladder.right - SNAP]
        met: list[list[float]] = []
        for x in inner:
            if not met or x - met[-1][0] > _GAP:
                met.append([])
            met[-1].append(x)
        found[at] = [(group[0] - gutters.EDGE, group[-1] + gutters.EDGE) for group in met]
        pieced += bool(met) and len(pieces) > len(met)
    for open_end, beside in ((0, 1), (-1, -2)):  # a row that has its line on one side only
        if not found[ladder.ys[open_end]]:
            found[ladder.ys[open_end]] = found[ladder.ys[beside]]
    return found, 2 * pieced > len(ladder.ys)


def _columns(
    ladder: Ladder, joints: Joints, down: Sequence[Edge], before: Sequence[float]
) -> tuple[float, ...]:
    gaps = [gap for found in joints.values() for gap in found]
    gaps += [(e.at - gutters.EDGE, e.at + gutters.EDGE) for e in down]
    gaps += [(a.piece.x1, b.piece.x0) for a, b in _side_by_side(ladder.spots)]
    texts = [(spot.piece.x0, spot.piece.x1) for spot in ladder.spots]
    free = [gutters.calmest(*gap, texts) for gap in gutters.stabs(gaps)]
    inner = [(max(low, high - 3 * gutters.EDGE) + high) / 2 for low, high in free]
    own = (ladder.left, *inner, ladder.right)
    return gutters.as_before(own, free, texts, before)


def _side_by_side(spots: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Pairs of texts between the same lines, the left one first."""
    ordered = sorted(spots, key=lambda spot: spot.top)
    for n, a in enumerate(ordered):
        for b in itertools.islice(ordered, n + 1, None):
            if b.top >= a.bottom:
                break
            if a.piece.x1 <= b.piece.x0:
                yield a, b
            elif b.piece.x1 <= a.piece.x0:
                yield b, a


def _cut(spot: Spot, joints: Joints, signs: Signs) -> Iterator[Spot]:
    """A text cut where the pieces of the lines above and below it meet, if it has a space
    there: texts of two cells, the first of them filled to the brim."""
    piece, top, bottom = spot
    for low, high in joints[bottom]:
        x = (low + high) / 2
        inside = piece.x0 + _NEAR < low and high < piece.x1 - _NEAR
        if not inside or not _meets(joints[top], x):
            continue
        words = [w for word in piece.words for w in (signs[word]() if word in signs else [word])]
        for n, (a, b) in enumerate(itertools.pairwise(words), start=1):
            near = a.x1 - _NEAR <= high and low <= b.x0 + _NEAR
            if near and b.x0 - a.x1 > _BREAK * a.height:
                left, right = piece_of(words[:n]), piece_of(words[n:])
                yield Spot(left._replace(x1=min(left.x1, x)), top, bottom)
                rest = right._replace(x0=max(right.x0, x))
                yield from _cut(Spot(rest, top, bottom), joints, signs)
                return
    yield spot


def _meets(joints: Sequence[tuple[float, float]], x: float) -> bool:
    return any(low - SNAP <= x <= high + SNAP for low, high in joints)


def _is_grouped(ladder: Ladder, xs: Sequence[float]) -> bool:
    """Whether much of the table has rows without a line between them."""
    cells: dict[tuple[float, float], dict[int, list[Piece]]] = {}
    for piece, top, bottom in ladder.spots:
        column = bisect_right(xs, piece.x0 + gutters.EDGE)
        cells.setdefault((top, bottom), {}).setdefault(column, []).append(piece)
    grouped = [band for band in cells.values() if _has_rows(band)]
    count = sum(len(found) for band in grouped for found in band.values())
    return count > _MAX_GROUPED * len(ladder.spots)


def _has_rows(band: dict[int, list[Piece]]) -> bool:
    several = [found for found in band.values() if len(found) > 1]
    loose = [
        found
        for found in several
        if all(
            b.bottom - a.bottom > _WRAP_PITCH * max(a.height, b.height)
            for a, b in itertools.pairwise(found)
        )
    ]
    return len(loose) > 1 or sum(len(found) >= _SAME_LINES for found in several) > 2


def _walls(ladder: Ladder, xs: Sequence[float], joints: Joints | None) -> list[Edge]:
    """Where two cells of a row are parted: no text goes over the edge, and where each cell has
    lines of its own, those above and below end there."""
    ys = ladder.ys
    crossed: set[tuple[int, float]] = set()
    bands: list[list[Piece]] = [[] for _ in ys[1:]]
    for piece, top, bottom in ladder.spots:
        over = [x for x in xs if piece.x0 + gutters.EDGE < x < piece.x1 - gutters.EDGE]
        for n in range(bisect_left(ys, top), bisect_left(ys, bottom)):
            crossed.update((n, x) for x in over)
            bands[n].append(piece)
    walls = []
    for n, band in enumerate(bands):
        free = [x for x in xs[1:-1] if (n, x) not in crossed]
        kept = free if joints is None else _needed(ladder, n, free, joints, band)
        middle = (ys[n] + ys[n + 1]) / 2
        walls += [Edge(x, middle, middle) for x in kept]
    return walls


def _needed(
    ladder: Ladder, n: int, xs: Sequence[float], joints: Joints, band: Sequence[Piece]
) -> list[float]:
    """The edges of row ``n`` at which lines end, and one more between texts that these leave
    together."""
    ends = {x: [_meets(joints[y], x) for y in _around(ladder, n, x)] for x in xs}
    kept = [x for x in xs if all(ends[x])]
    texts = sorted(band, key=lambda piece: piece.x0)
    for a, b in itertools.pairwise(texts):
        low, high = a.x1 - gutters.EDGE, b.x0 + gutters.EDGE
        between = [x for x in xs if low <= x <= high]
        if between and not any(low <= x <= high for x in kept):
            kept.append(max(between, key=lambda x: (any(ends[x]), x)))
    return sorted(kept)


def _around(ladder: Ladder, n: int, x: float) -> tuple[float, ...]:
    """The lines above and below row ``n`` at a column edge."""
    over = [line.at for line in ladder.lines if line.low - SNAP <= x <= line.high + SNAP]
    at = bisect_right(over, ladder.ys[n])
    return tuple(over[max(0, at - 1) : at + 1])
