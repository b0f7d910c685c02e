"""Which horizontal lines belong to one table that has no others, and the texts between them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scorer.readers.blocks import Piece
from scorer.readers.ruling import SNAP, Edge

LEAST_LINES = 4
_TITLE = 1.07  # times the table's type: so large a text parts two tables
_HOLLOW = 3.0  # in heights of the type: an empty space so high parts two tables
_FEW = 3  # lines of running heads
_CLOSE = 0.65  # in text heights: the space between lines of one cell is no higher
_PAD = 1.5  # times the usual space between a row and its line
_SAID = re.compile(r"[：:]\S")


class Spot(NamedTuple):
    """A text and the stretch (top, bottom) between the lines above and below it."""

    piece: Piece
    top: float
    bottom: float


class Ladder(NamedTuple):
    """The lines of one table from top to bottom, and the texts between them."""

    lines: list[Edge]
    spots: list[Spot]

    @property
    def ys(self) -> tuple[float, ...]:
        return tuple(dict.fromkeys(line.at for line in self.lines))

    @property
    def left(self) -> float:
        return min(line.low for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.high for line in self.lines)


def ladders(
    lines: Sequence[Edge], pieces: Sequence[Piece], before: Sequence[float]
) -> Iterator[Ladder]:
    """The lines parted where a title, or much white space, stands between two full ones.

    ``before`` are the column edges of a table that may go on at the head of the page: of that
    one a single line will do, as it will of one that begins below another at its foot.
    """
    sizes = sorted(piece.height for piece in pieces)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for group in _of_one_width(lines):
        start, more = 0, False
        for n in range(1, len(group) + 1):
            if n < len(group) and not _parts(group, n, pieces, usual):
                continue
            part = group[start:n]
            more = more or (start == 0 and _is_rest(part, pieces, before))
            if more or len({line.at for line in part}) >= LEAST_LINES:
                more = True
                part = _with_open_rows(part, pieces, usual)
                yield Ladder(part, _spots(part, pieces))
            start = n


def _is_rest(lines: Sequence[Edge], pieces: Sequence[Piece], before: Sequence[float]) -> bool:
    """Whether the lines may be the rest of a table: as wide, and hardly any text above them."""
    if not before:
        return False
    low, high = min(e.low for e in lines), max(e.high for e in lines)
    above = {round(p.bottom) for p in pieces if p.bottom < lines[0].at}
    return abs(low - before[0]) <= SNAP and abs(high - before[-1]) <= SNAP and len(above) <= _FEW


def _of_one_width(lines: Sequence[Edge]) -> list[list[Edge]]:
    """Lines below each other within the reach of the widest."""
    groups: list[list[Edge]] = []
    for line in sorted(lines):
        group = groups[-1] if groups else []
        low = min((e.low for e in group), default=line.low)
        high = max((e.high for e in group), default=line.high)
        within = low - SNAP <= line.low and line.high <= high + SNAP
        over = line.low <= low + SNAP and high - SNAP <= line.high
        if group and (within or over):
            group.append(line)
        else:
            groups.append([line])
    return groups


def _parts(group: Sequence[Edge], n: int, pieces: Sequence[Piece], usual: float) -> bool:
    """Whether what stands between line ``n`` and the one above is no row of the table: a title,
    or white space. Line ``n`` is then the first of the next table."""
    upper, lower = group[n - 1], group[n]
    full = max(e.high for e in group) - min(e.low for e in group) - 2 * SNAP
    if lower.high - lower.low < full:
        return False
    between = [p for p in pieces if upper.at < _middle(p) < lower.at]
    if any(_is_title(piece, between, usual) for piece in between):
        return True
    if upper.high - upper.low < full or _side_by_side(between):
        return False
    edges = [upper.at, *(at for p in between for at in (p.top, p.bottom)), lower.at]
    return max(edges[1] - edges[0], edges[-1] - edges[-2]) > _HOLLOW * usual


def _is_title(piece: Piece, pieces: Sequence[Piece], usual: float) -> bool:
    """Of larger type throughout, with nothing beside it."""
    if min(word.height for word in piece.words) <= _TITLE * usual:
        return False
    return not any(p is not piece and p.top < piece.bottom and piece.top < p.bottom for p in pieces)


def _with_open_rows(lines: list[Edge], pieces: Sequence[Piece], usual: float) -> list[Edge]:
    """The lines, one more where a row stands above the first or below the last of them: each
    row of such a table has its line on one side only."""
    full = max(lines, key=lambda line: line.high - line.low)
    first, last = lines[0].at, lines[-1].at
    pad = _usual_pad(lines, pieces) or usual
    above = _chain([p for p in pieces if p.bottom <= first][::-1], first, pad, usual)
    below = _chain([p for p in pieces if p.top >= last], last, pad, usual)
    found = list(lines)
    if _is_row(above, full):
        found.insert(0, full._replace(at=min(p.top for p in above) - pad))
    if _is_row(below, full):
        found.append(full._replace(at=max(p.bottom for p in below) + pad))
    return found


def _usual_pad(lines: Sequence[Edge], pieces: Sequence[Piece]) -> float:
    """The white space that most rows keep to the line below them."""
    pads = []
    for upper, line in itertools.pairwise(lines):
        over = [line.at - p.bottom for p in pieces if upper.at < p.bottom <= line.at]
        pads += [min(over)] if over else []
    return sorted(pads)[len(pads) // 2] if pads else 0.0


def _chain(pieces: Sequence[Piece], line: float, pad: float, usual: float) -> list[Piece]:
    """The texts next to a line, with those set close to them: the wrapped lines of one row."""
    found: list[Piece] = []
    for piece in pieces:
        near = min(abs(piece.top - line), abs(piece.bottom - line)) <= _PAD * pad
        close = any(
            piece.top - p.bottom <= _CLOSE * usual and p.top - piece.bottom <= _CLOSE * usual
            for p in found
        )
        if near or close:
            found.append(piece)
    return found


def _is_row(pieces: Sequence[Piece], full: Edge) -> bool:
    """Texts side by side, none of them a label with its text («单位：万元» above the table)."""
    if any(_SAID.search(_text(p)) for p in pieces):
        return False
    inside = all(full.low <= p.x0 and p.x1 <= full.high for p in pieces)
    return inside and _side_by_side(pieces)


def _side_by_side(pieces: Sequence[Piece]) -> bool:
    return any(
        a.x1 <= b.x0 and a.top < b.bottom and b.top < a.bottom for a in pieces for b in pieces
    )


def _text(piece: Piece) -> str:
    return "".join(word.text for word in piece.words)


def _spots(lines: Sequence[Edge], pieces: Sequence[Piece]) -> list[Spot]:
    found = []
    for piece in pieces:
        x, y = (piece.x0 + piece.x1) / 2, _middle(piece)
        over = [line.at for line in lines if line.low <= x <= line.high]
        at = bisect_right(over, y)
        if 0 < at < len(over):
            found.append(Spot(piece, over[at - 1], over[at]))
    return found


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2
