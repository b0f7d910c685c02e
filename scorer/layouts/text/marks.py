"""The signs of a slanted watermark, which a copy of a page's layout scatters over its lines.

Each sign stands alone on some line, further right from line to line; read along the slope they
are words of watermarks. They are taken out; one that fell into a cell's text cannot be told
from it, so the reader is warned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorer.forms import Place
from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words

_LEAST = 4  # signs that make a slope
_SHARE = 0.5  # of them that are words of watermarks
_UPRIGHT = 2.0  # half-widths: signs so near below each other are a label set downwards
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Sign:
    line: int
    piece: Piece


def without_scattered(
    lines: Sequence[TextLine], words: Words
) -> tuple[list[TextLine], Place | None]:
    """The lines without the signs of a slanted watermark, and where its first one stood."""
    slopes = [x for x in _slopes(_alone(lines)) if len(x) >= _LEAST and _is_mark(x, words)]
    if not slopes:
        return list(lines), None
    signs = [sign for slope in slopes for sign in slope]
    gone = {(sign.line, sign.piece) for sign in signs}
    kept = [
        replace(line, pieces=tuple(p for p in line.pieces if (n, p) not in gone))
        for n, line in enumerate(lines)
    ]
    return kept, lines[signs[0].line].place


def _alone(lines: Sequence[TextLine]) -> list[_Sign]:
    """Signs that are a piece of their own, those of labels set downwards left out."""
    found = [
        _Sign(n, piece)
        for n, line in enumerate(lines)
        for piece in line.pieces
        if len(piece.text) == 1 and _HAN.match(piece.text)
    ]
    return [
        one
        for one in found
        if not any(
            other is not one and abs(other.piece.at - one.piece.at) <= _UPRIGHT for other in found
        )
    ]


def _slopes(signs: Sequence[_Sign]) -> list[list[_Sign]]:
    """Signs line below line, all further left or all further right: one watermark a page."""
    found: list[list[_Sign]] = []
    for sign in signs:
        slope = found[-1] if found else []
        if slope and sign.line > slope[-1].line and _goes_on(slope, sign):
            slope.append(sign)
        else:
            found.append([sign])
    return found


def _goes_on(slope: Sequence[_Sign], sign: _Sign) -> bool:
    step = sign.piece.at - slope[-1].piece.at
    return len(slope) < 2 or step * (slope[1].piece.at - slope[0].piece.at) > 0


def _is_mark(signs: Sequence[_Sign], words: Words) -> bool:
    """Read from left to right, half of the signs or more are words of watermarks."""
    text = "".join(s.piece.text for s in sorted(signs, key=lambda sign: sign.piece.at))
    known: list[str] = words.data["noise"]["watermarks"]
    covered: set[int] = set()
    for word in known:
        for match in re.finditer(re.escape(word), text):
            covered.update(range(*match.span()))
    return len(covered) >= _SHARE * len(text)
