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


def ladders(lines: Sequence[Edge], pieces: Sequence[Piece]) -> Iterator[Ladder]:
    """The lines parted where a title, or much white space, stands between two full ones."""
    for group in _of_one_width(lines):
        inside = [p for p in pieces if group[0].at < _middle(p) < group[-1].at]
        sizes = sorted(piece.height for piece in inside)
        if len(group) < LEAST_LINES or not sizes:
            continue
        usual = sizes[len(sizes) // 2]
        start = 0
        for n in range(1, len(group) + 1):
            if n == len(group) or _parts(group, n, inside, usual):
                part = group[start:n]
                if len({line.at for line in part}) >= LEAST_LINES:
                    part = _with_open_rows(part, pieces)
                    yield Ladder(part, _spots(part, pieces))
                start = n


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
    """Whether what stands between line ``n`` and the one above is no row of the table."""
    upper, lower = group[n - 1], group[n]
    full = max(e.high for e in group) - min(e.low for e in group) - 2 * SNAP
    if upper.high - upper.low < full or lower.high - lower.low < full:
        return False
    between = [p for p in pieces if upper.at < _middle(p) < lower.at]
    if not between:
        return lower.at - upper.at > _HOLLOW * usual
    if any(_is_title(piece, between, usual) for piece in between):
        return True
    edges = [upper.at, *(at for p in between for at in (p.top, p.bottom)), lower.at]
    return edges[1] - edges[0] > _HOLLOW * usual or edges[-1] - edges[-2] > _HOLLOW * usual


def _is_title(piece: Piece, pieces: Sequence[Piece], usual: float) -> bool:
    """Of larger type throughout, with nothing beside it."""
    if min(word.height for word in piece.words) <= _TITLE * usual:
        return False
    return not any(p is not piece and p.top < piece.bottom and piece.top < p.bottom for p in pieces)


def _with_open_rows(lines: list[Edge], pieces: Sequence[Piece]) -> list[Edge]:
    """The lines, one more where a row stands above the first or below the last of them: each
    row of such a table has its line on one side only."""
    full = max(lines, key=lambda line: line.high - line.low)
    first, last = lines[0].at, lines[-1].at
    inside = [p for p in pieces if first < _middle(p) < last]
    pad = _usual_pad(lines, inside)
    above = [p for p in pieces if 0 <= first - p.bottom <= _PAD * pad]
    below = [p for p in pieces if 0 <= p.top - last <= _PAD * pad]
    found = list(lines)
    if _is_row(above, full):
        found.insert(0, full._replace(at=min(p.top for p in above) - pad))
    if _is_row(below, full):
        found.append(full._replace(at=max(p.bottom for p in below) + pad))
    return found


def _usual_pad(lines: Sequence[Edge], pieces: Sequence[Piece]) -> float:
    """The white space that most rows keep to the line below them."""
    pads = []
    for line in lines[1:]:
        over = [line.at - p.bottom for p in pieces if p.bottom <= line.at]
        pads += [min(over)] if over else []
    return sorted(pads)[len(pads) // 2] if pads else 0.0


def _is_row(pieces: Sequence[Piece], full: Edge) -> bool:
    """Texts side by side, none of them a label with its text («单位：万元» above the table)."""
    if len(pieces) < 2 or any(_SAID.search(_text(p)) for p in pieces):
        return False
    apart = all(a.x1 <= b.x0 for a, b in itertools.pairwise(sorted(pieces, key=lambda p: p.x0)))
    return apart and all(full.low <= p.x0 and p.x1 <= full.high for p in pieces)


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
