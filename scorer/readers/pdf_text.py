"""The text layer of one PDF page as upright words; what is no text of the author's is dropped.

Dropped: slanted text (watermarks), light oversized or often repeated text (watermarks),
characters printed twice for boldness, text outside the visible page.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from typing import NamedTuple

import pypdfium2.raw as pdfium

from scorer.readers import limits
from scorer.readers.base import too_big
from scorer.readers.words import Run, Word

# Fonts often map to look-alike radicals instead of the characters themselves. Unicode knows
# the Kangxi block; the simplified radicals of the supplement have no mapping there.
_RADICALS = {n: unicodedata.normalize("NFKC", chr(n)) for n in range(0x2F00, 0x2FD6)}
_RADICALS |= {
    ord(a): b
    for a, b in zip(
        "⺁⺇⺈⺌⺟⺠⺫⺬⺮⺹⻁⻄⻅⻆⻉⻋⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂几刀小母民目示竹老虎西见角贝车长门阝青韦页风飞饣马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
}
_CLEAN = _RADICALS | {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x200B: " ", 0xFEFF: " "}
_RUN = re.compile(r"[^\s\x00]+")
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
_LIGHT = 170  # all three colour parts above it: too light for body text
_REPEATS = 3  # the same light text so often on one page is a tiled watermark


class Turn(NamedTuple):
    """How a page must be turned so that its text stands upright (quarters, anticlockwise)."""

    quarters: int

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of PDF space (y up) as (x0, top, x1, bottom) of the upright page (y down)."""
        if self.quarters == 0:
            return left, -top, right, -bottom
        if self.quarters == 1:
            return bottom, left, top, right
        if self.quarters == 2:
            return -right, bottom, -left, top
        return -top, -right, -bottom, -left


class _Piece(NamedTuple):
    """A run of characters without a gap: indices first to last, box in PDF space."""

    first: int
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.0)


class PageText:
    """The upright runs of an open text page, and how the page is turned.

    Only the ends of a run are measured at first: asking pdfium for every character's box
    costs more than all the rest. ``Run.pieces`` measures the others where needed.
    """

    def __init__(self, text_page: ctypes.c_void_p) -> None:
        self._page = text_page
        self._rect = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        count = pdfium.FPDFText_CountChars(text_page)
        if count > limits.MAX_PAGE_CHARS:
            raise too_big("一页的字数", limits.MAX_PAGE_CHARS)
        text = _clean(_characters(text_page, count))
        self.characters = sum(map(len, _RUN.findall(text)))
        self.unmapped = len(_UNMAPPED.findall(text))
        pieces = [p for match in _RUN.finditer(text) for p in self._measured(match)]
        angles = [_quarter_angle(text_page, p.first) for p in pieces]
        self.turn = _main_turn(pieces, angles)
        straight = [p for p, angle in zip(pieces, angles, strict=True) if angle is not None]
        kept = self._without_doubles(self._without_light(straight))
        self.runs = [self._run(piece) for piece in kept]

    def _box(self, index: int) -> tuple[float, float, float, float]:
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._reference)
        return rect.left, rect.bottom, rect.right, rect.top

    def _measured(self, match: re.Match[str]) -> list[_Piece]:
        """One piece, or one a character where the ends do not stand on one line."""
        start, text = match.start(), match.group()
        left, bottom, right, top = a = self._box(start)
        if len(text) == 1:
            return [_Piece(start, text, left, bottom, right, top)]
        b = self._box(start + len(text) - 1)
        x0, y0, x1, y1 = min(left, b[0]), min(bottom, b[1]), max(right, b[2]), max(top, b[3])
        thin = min(x1 - x0, y1 - y0)
        if thin > 1.6 * min(a[3] - a[1], b[3] - b[1]) and thin > 1.6 * min(
            a[2] - a[0], b[2] - b[0]
        ):
            return self._characters_of(_Piece(start, text, *a))
        return [_Piece(start, text, x0, y0, x1, y1)]

    def _characters_of(self, piece: _Piece) -> list[_Piece]:
        return [
            _Piece(index, char, *self._box(index))
            for index, char in enumerate(piece.text, start=piece.first)
        ]

    def _run(self, piece: _Piece) -> Run:
        return Run(self._word(piece), lambda: [self._word(p) for p in self._characters_of(piece)])

    def _word(self, piece: _Piece) -> Word:
        _, text, left, bottom, right, top = piece
        if self.turn.quarters == 0:
            return Word(text, left, -top, right, -bottom)
        return Word(text, *self.turn.box(left, bottom, right, top))

    def _without_light(self, pieces: list[_Piece]) -> list[_Piece]:
        """Drop light text that is oversized or repeated over the page: a watermark."""
        if not pieces:
            return pieces
        usual = sorted(p.height for p in pieces)[len(pieces) // 2]
        texts = Counter(p.text for p in pieces)
        return [
            p
            for p in pieces
            if not (
                (p.height > 1.6 * usual or (len(p.text) > 2 and texts[p.text] >= _REPEATS))
                and _is_light(self._page, p.first)
            )
        ]

    def _without_doubles(self, pieces: list[_Piece]) -> list[_Piece]:
        """Drop what is printed a second time on nearly the same spot (fake bold)."""
        kept: list[_Piece] = []
        seen = _Seen()
        for piece in pieces:
            if not _is_crowded(piece):
                if not seen.again(piece):
                    kept.append(piece)
                continue
            once = _Seen()
            kept += [p for p in self._characters_of(piece) if not once.again(p)]
        return kept


class _Seen:
    """Remembers texts by place; a copy stands at most a quarter of its height away."""

    def __init__(self) -> None:
        self._places: dict[str, list[_Piece]] = {}

    def again(self, piece: _Piece) -> bool:
        """Whether the same text was seen at this place; remembers it otherwise."""
        others = self._places.setdefault(piece.text, [])
        near = 0.25 * piece.height
        for other in others:
            if abs(other.left - piece.left) <= near and abs(other.bottom - piece.bottom) <= near:
                return True
        others.append(piece)
        return False


def _is_crowded(piece: _Piece) -> bool:
    """Whether a run has more characters than its length can hold side by side."""
    size = min(piece.right - piece.left, piece.height)
    length = max(piece.right - piece.left, piece.height)
    least = 0.2 if piece.text.isascii() else 0.55
    return len(piece.text) > 2 and length < least * size * len(piece.text)


def _main_turn(pieces: list[_Piece], angles: list[int | None]) -> Turn:
    """The direction of most characters."""
    weights: Counter[int] = Counter()
    for piece, angle in zip(pieces, angles, strict=True):
        if angle is not None:
            weights[angle] += len(piece.text)
    return Turn(weights.most_common(1)[0][0] if weights else 0)


def _characters(page: ctypes.c_void_p, count: int) -> str:
    """One str character per pdfium character, in one call where they match up."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: max(0, got - 1) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count and not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    one = pdfium.FPDFText_GetUnicode
    codes = (one(page, index) for index in range(count))
    return "".join(chr(c) if 0 < c < 0xD800 or 0xDFFF < c < 0x110000 else "\ufffd" for c in codes)


def _quarter_angle(page: ctypes.c_void_p, index: int) -> int | None:
    """The run's direction in quarters anticlockwise, None when slanted."""
    quarters = pdfium.FPDFText_GetCharAngle(page, index) / (math.pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.07 else None


def _is_light(page: ctypes.c_void_p, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ok = pdfium.FPDFText_GetFillColor(page, index, red, green, blue, alpha)
    if not ok:
        return False
    return alpha.value < 140 or min(red.value, green.value, blue.value) > _LIGHT


def _clean(text: str) -> str:
    """Radicals as the characters they look like, lost hyphens back; the length stays."""
    return text if text.isascii() and "\x02" not in text else text.translate(_CLEAN)
