"""Does a table go on over the page break? Told from geometry, never from words.

It does when the table before ends at the foot of its page with nothing but a running
footer below, the next begins at the head of its page with nothing but the same running
header above, and both have the same outer borders and column edges.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scorer.forms import Grid, Line
from scorer.readers.ruling import Ruled

_SAME = 3.0  # points by which edges of the two parts may differ
_HEADER_ZONE = 0.075  # running headers and footers stand in this outer part of the page
_LEAST_ZONE = 45.0  # and at least within so many points of its edge
_FOOT = 0.13  # white space that may stay below a broken table, as a part of the page
_DIGITS = re.compile(r"\d+")

Frame = tuple[float, float, float, float]


class Blocks(NamedTuple):
    """Blocks of a page in reading order; ``tops`` are their upper edges, ``sizes`` the
    text height of lines, ``ruled`` the table behind each grid by block index."""

    blocks: tuple[Line | Grid, ...]
    tops: tuple[float, ...] = ()
    sizes: tuple[float, ...] = ()
    ruled: dict[int, Ruled] = {}  # noqa: RUF012  # never changed


class Seam(NamedTuple):
    """How a page ends: its last table, the page's frame, and its running headers."""

    table: Ruled
    frame: Frame
    headers: frozenset[str]


def seam(page: Blocks, frame: Frame) -> Seam | None:
    """The open end of a page, None where something follows its last table."""
    if not page.ruled:
        return None
    last = max(page.ruled)
    zone = frame[3] - _zone(frame)
    if any(page.tops[i] < zone for i in range(last + 1, len(page.blocks))):
        return None
    return Seam(page.ruled[last], frame, frozenset(_headers(page, frame)))


def continues(before: Seam | None, page: Blocks, frame: Frame) -> int | None:
    """The index of the block that goes on from the page before, or None."""
    if before is None or not page.ruled:
        return None
    first = min(page.ruled)
    running = _headers(page, frame)
    above = [b.text for b in page.blocks[:first] if isinstance(b, Line)]
    if not {_DIGITS.sub("", text) for text in above} <= before.headers & set(running):
        return None
    table = page.ruled[first]
    height = before.frame[3] - before.frame[1]
    left = before.frame[3] - before.table.ys[-1]
    # A row that may not be broken leaves room as high as itself.
    room = _FOOT * height + (table.ys[1] - table.ys[0])
    return first if left <= room and _same_columns(before.table, table) else None


def _zone(frame: Frame) -> float:
    return max(_LEAST_ZONE, _HEADER_ZONE * (frame[3] - frame[1]))


def _headers(page: Blocks, frame: Frame) -> list[str]:
    """Lines of body size or smaller in the page's upper margin, digits left out."""
    zone = frame[1] + _zone(frame)
    sizes = sorted(s for s in page.sizes if s)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return [
        _DIGITS.sub("", b.text)
        for b, top, size in zip(page.blocks, page.tops, page.sizes, strict=True)
        if isinstance(b, Line) and top < zone and size <= usual * 1.05
    ]


def _same_columns(a: Ruled, b: Ruled) -> bool:
    if a.unruled and b.unruled:  # the last column ends where its longest text does
        a, b = a._replace(xs=a.xs[:-1]), b._replace(xs=b.xs[:-1])
        few, many = sorted((a.xs, b.xs), key=len)
        same = all(any(abs(x - y) <= _SAME for y in many) for x in few)
        return same and abs(few[0] - many[0]) <= _SAME
    if a.rungs != b.rungs:
        return False
    outer = abs(a.xs[0] - b.xs[0]) <= _SAME and abs(a.xs[-1] - b.xs[-1]) <= _SAME
    few, many = sorted((a.xs, b.xs), key=len)
    return outer and (a.rungs or all(any(abs(x - y) <= _SAME for y in many) for x in few))
