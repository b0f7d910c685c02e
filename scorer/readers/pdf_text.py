"""The text layer of one PDF page as upright words; what is no text of the author's is dropped.

Dropped: slanted text (watermarks), light oversized or often repeated text (watermarks),
characters printed twice for boldness, text outside the visible page. Text that a page break
hides says in which cell it would be seen (:mod:`pdf_clips`).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from typing import NamedTuple

import pypdfium2.raw as pdfium

from scorer.readers import limits
from scorer.readers.base import too_big
from scorer.readers.pdf_clips import Box, Clips
from scorer.readers.pdf_strays import as_type, stray_boxes
from scorer.readers.radicals import RADICALS
from scorer.readers.words import Run, Word

_CLEAN = RADICALS | {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0x200B: " ", 0xFEFF: " "}
_RUN = re.compile(r"[^\s\x00]+")
_UNCLEAN = re.compile("[\u2e80-\u2fd5\x02\ufffe\xad\u200b\ufeff]")
# Without a table from glyphs to characters a font gives private or control characters, or
# the upper half of Latin-1, of which Chinese documents know only a few signs.
_UNMAPPED = re.compile(
    "[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f\x7f-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff]"
)
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
    """A run of characters without a gap: index of the first, text, quarter, box, size.

    ``quarter`` is its direction where the run itself shows it, else None; ``size`` the
    first character's extent across the line.
    """

    first: int
    text: str
    quarter: int | None
    box: Box
    size: float


class PageText:
    """The upright runs of an open text page, and how the page is turned.

    Only the ends of a run are measured at first: asking pdfium for every character's box
    costs more than all the rest. ``Run.pieces`` measures the others where needed.
    """

    def __init__(self, text_page: ctypes.c_void_p) -> None:
        self._page = text_page
        self._rect = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        self._clips = Clips(text_page)
        count = pdfium.FPDFText_CountChars(text_page)
        if count > limits.MAX_PAGE_CHARS:
            raise too_big("一页的字数", limits.MAX_PAGE_CHARS)
        text = _clean(_characters(text_page, count))
        self.unmapped = len(_UNMAPPED.findall(text))
        self._strays = stray_boxes(text_page, text)
        pieces = self._measured(text)
        self.characters = sum([len(p.text) for p in pieces])
        usual = _usual_size(pieces)
        self.turn = self._main_turn(pieces)
        pieces = [p for piece in pieces for p in self._unstacked(piece)]
        kept = self._without_marks(pieces, usual)
        self.runs = [self._run(piece) for piece in self._without_doubles(kept)]

    def _box(self, index: int) -> Box:
        if index in self._strays:
            return self._strays[index]
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._reference)
        return rect.left, rect.bottom, rect.right, rect.top

    def _measured(self, text: str) -> list[_Piece]:
        """The runs of a page; single characters where a run's ends are not on one line."""
        found: list[_Piece] = []
        measure = self._box
        for match in _RUN.finditer(text):
            start, run = match.start(), match.group()
            left, bottom, right, top = box = measure(start)
            size = top - bottom
            if len(run) == 1:
                found.append(_Piece(start, run, None, box, size))
                continue
            x0, y0, x1, y1 = measure(start + len(run) - 1)
            if abs(y0 - bottom) < 0.5 * size and x0 >= left:
                box = (left, min(bottom, y0), max(right, x1), max(top, y1))
                found.append(_Piece(start, run, 0, box, size))
            else:
                found += self._turned(start, run, box, (x0, y0, x1, y1))
        return found

    def _turned(self, start: int, text: str, first: Box, last: Box) -> list[_Piece]:
        """A run that goes to the left, up or down; one piece a character if it does neither."""
        left, bottom, right, top = first
        x0, y0, x1, y1 = last
        box = (min(left, x0), min(bottom, y0), max(right, x1), max(top, y1))
        if abs(y0 - bottom) < 0.5 * (top - bottom):
            return [_Piece(start, text, 2, box, top - bottom)]
        if abs(x0 - left) < 0.5 * (right - left):
            quarter = None if len(text) == 2 else 1 if y0 > bottom else 3
            return [_Piece(start, text, quarter, box, right - left)]
        return self._characters_of(start, text)

    def _characters_of(self, start: int, text: str) -> list[_Piece]:
        boxes = as_type(text, [self._box(index) for index in range(start, start + len(text))])
        return [
            _Piece(start + n, char, None, box, box[3] - box[1])
            for n, (char, box) in enumerate(zip(text, boxes, strict=True))
        ]

    def _unstacked(self, piece: _Piece) -> list[_Piece]:
        """Upright characters one below the other, one by one: they may pass into other cells."""
        across = piece.quarter is None or (piece.quarter - self.turn.quarters) % 2 == 0
        if across or _quarter(self._page, piece.first) != self.turn.quarters:
            return [piece]
        return self._characters_of(piece.first, piece.text)

    def _main_turn(self, pieces: list[_Piece]) -> Turn:
        """The direction of most characters, asked of pdfium where the runs do not show it."""
        weights: Counter[int] = Counter()
        for piece in pieces:
            if piece.quarter is not None:
                weights[piece.quarter] += len(piece.text)
        if sum(weights.values()) > 0.5 * self.characters and weights.keys() == {0}:
            return Turn(0)
        angles = (_quarter(self._page, p.first) for p in pieces)
        weights = Counter(a for a in angles if a is not None)
        return Turn(weights.most_common(1)[0][0] if weights else 0)

    def _without_marks(self, pieces: list[_Piece], usual: float) -> list[_Piece]:
        """Drop watermarks: slanted text, and light text that is oversized or repeated."""
        texts = Counter([p.text for p in pieces])
        often = {text for text, n in texts.items() if n >= _REPEATS and len(text) > 2}
        large = 1.35 * usual
        tiles: dict[str, bool] = {}  # repeated text -> it is light
        kept = []
        for piece in pieces:
            if piece.size > large:
                slanted = piece.quarter is None and _quarter(self._page, piece.first) is None
                if slanted or _is_light(self._page, piece.first):
                    continue
            elif piece.text in often:
                if piece.text not in tiles:
                    tiles[piece.text] = _is_light(self._page, piece.first)
                if tiles[piece.text]:
                    continue
            kept.append(piece)
        return kept

    def _without_doubles(self, pieces: list[_Piece]) -> list[_Piece]:
        """Drop what is printed a second time on nearly the same spot (fake bold)."""
        kept: list[_Piece] = []
        seen: dict[str, list[Box]] = {}
        for piece in pieces:
            if _is_crowded(piece):
                once: dict[str, list[Box]] = {}
                characters = self._characters_of(piece.first, piece.text)
                kept += [p for p in characters if not _again(p, once)]
            elif not _again(piece, seen):
                kept.append(piece)
        return kept

    def _run(self, piece: _Piece) -> Run:
        seen_at = self._clips.seen_at(piece.first, piece.box)
        if seen_at is None:
            return Run(self._word(piece), lambda: self._words(piece))
        left, _, right, _ = piece.box
        return Run(
            self._word(piece),
            lambda: self._words(piece),
            self.turn.box(left, seen_at, right, seen_at)[1],
        )

    def placed(self, text: str, box: Box) -> Run:
        """A text that is none of the layer's at its place on the page, as one run."""
        word = Word(text, *self.turn.box(*box))
        return Run(word, lambda: [word])

    def _words(self, piece: _Piece) -> list[Word]:
        return [self._word(p) for p in self._characters_of(piece.first, piece.text)]

    def _word(self, piece: _Piece) -> Word:
        left, bottom, right, top = piece.box
        if self.turn.quarters == 0:
            return Word(piece.text, left, -top, right, -bottom)
        return Word(piece.text, *self.turn.box(left, bottom, right, top))


def _usual_size(pieces: list[_Piece]) -> float:
    """The height of most of the type. Single characters count only where there are no runs:
    a slanted watermark comes in single ones, and may outnumber the runs of a short page."""
    sizes = sorted([p.size for p in pieces if p.quarter is not None])
    sizes = sizes or sorted([p.size for p in pieces])
    return sizes[len(sizes) // 2] if sizes else 0.0


def _again(piece: _Piece, seen: dict[str, list[Box]]) -> bool:
    """Whether the same text was seen at most a quarter of its size away; remembers it."""
    others = seen.get(piece.text)
    if others is None:
        seen[piece.text] = [piece.box]
        return False
    left, bottom, _, _ = piece.box
    near = 0.25 * piece.size
    if any(abs(o[0] - left) <= near and abs(o[1] - bottom) <= near for o in others):
        return True
    others.append(piece.box)
    return False


def _is_crowded(piece: _Piece) -> bool:
    """Whether a run has more characters than its length can hold side by side."""
    left, bottom, right, top = piece.box
    count = len(piece.text)
    if count < 3 or right - left > 0.55 * count * piece.size:
        return False
    length = max(right - left, top - bottom)
    return length < (0.2 if piece.text.isascii() else 0.55) * count * piece.size


def _characters(page: ctypes.c_void_p, count: int) -> str:
    """One str character per pdfium character, in one call where they match up."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(page, 0, count, buffer)
    try:
        text = bytes(buffer)[: max(0, got - 1) * 2].decode("utf-16-le")
        if len(text) == count:
            return text
    except UnicodeDecodeError:
        pass  # half a surrogate pair
    one = pdfium.FPDFText_GetUnicode
    codes = (one(page, index) for index in range(count))
    return "".join(chr(c) if 0 < c < 0xD800 or 0xDFFF < c < 0x110000 else "\ufffd" for c in codes)


def _quarter(page: ctypes.c_void_p, index: int) -> int | None:
    """The run's direction in quarters anticlockwise, None when slanted."""
    quarters = pdfium.FPDFText_GetCharAngle(page, index) / (math.pi / 2)
    nearest = round(quarters)
    # pdfium counts clockwise.
    return -nearest % 4 if abs(quarters - nearest) < 0.07 else None


def _is_light(page: ctypes.c_void_p, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ok = pdfium.FPDFText_GetFillColor(page, index, red, green, blue, alpha)
    if not ok:
        return False
    return alpha.value < 140 or min(red.value, green.value, blue.value) > _LIGHT


def _clean(text: str) -> str:
    """Radicals as the characters they look like, lost hyphens back; the length stays."""
    return text.translate(_CLEAN) if _UNCLEAN.search(text) else text
