"""The text layer of one PDF page as upright words; what is no text of the author's is dropped.

Dropped: slanted text (watermarks), light oversized or often repeated text (watermarks),
characters printed twice for boldness, text outside the visible page.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import NamedTuple

import pypdfium2.raw as pdfium

from scorer.readers import limits
from scorer.readers.base import too_big
from scorer.readers.words import Word

Point = tuple[float, float]

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
_BREAKS = frozenset("\r\n\t \xa0\u3000\x00")
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


class Run:
    """Characters that follow each other without a gap, in PDF space."""

    __slots__ = ("boxes", "chars", "first")

    def __init__(self, first: int) -> None:
        self.first = first
        self.chars: list[str] = []
        self.boxes: list[tuple[float, float, float, float]] = []


class PageText(NamedTuple):
    """Words of a page, how it is turned, and how many characters had no mapping."""

    words: list[list[Word]]  # each run as its characters' boxes
    turn: Turn
    characters: int
    unmapped: int


def read_text(text_page: ctypes.c_void_p) -> PageText:
    """Runs of characters of a text page, upright, cleaned of what is not the author's."""
    runs, unmapped = _runs(text_page)
    angles = [_quarter_angle(text_page, run.first) for run in runs]
    weights: Counter[int] = Counter()
    for run, angle in zip(runs, angles, strict=True):
        if angle is not None:
            weights[angle] += len(run.chars)
    turn = Turn(weights.most_common(1)[0][0] if weights else 0)
    straight = [r for r, a in zip(runs, angles, strict=True) if a is not None]
    kept = _without_light(text_page, straight)
    words = [_upright(run, turn) for run in _without_doubles(kept)]
    return PageText(words, turn, sum(len(r.chars) for r in runs), unmapped)


def _runs(page: ctypes.c_void_p) -> tuple[list[Run], int]:
    count = pdfium.FPDFText_CountChars(page)
    if count > limits.MAX_PAGE_CHARS:
        raise too_big("一页的字数", limits.MAX_PAGE_CHARS)
    text = _clean(_characters(page, count))
    rect = pdfium.FS_RECTF()
    reference, loose = ctypes.byref(rect), pdfium.FPDFText_GetLooseCharBox
    runs: list[Run] = []
    run: Run | None = None
    unmapped = 0
    for index, char in enumerate(text):
        if char in _BREAKS:
            run = None
            continue
        if char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
            unmapped += 1
        if not loose(page, index, reference):
            continue
        if run is None:
            run = Run(index)
            runs.append(run)
        run.chars.append(char)
        run.boxes.append((rect.left, rect.bottom, rect.right, rect.top))
    return runs, unmapped


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


def _upright(run: Run, turn: Turn) -> list[Word]:
    if turn.quarters == 0:
        return [
            Word(c, left, -top, right, -bottom)
            for c, (left, bottom, right, top) in zip(run.chars, run.boxes, strict=True)
        ]
    return [Word(c, *turn.box(*box)) for c, box in zip(run.chars, run.boxes, strict=True)]


def _without_light(page: ctypes.c_void_p, runs: list[Run]) -> list[Run]:
    """Drop light text that is oversized or repeated over the page: a watermark."""
    if not runs:
        return runs
    heights = [abs(r.boxes[0][3] - r.boxes[0][1]) for r in runs]
    usual = sorted(heights)[len(heights) // 2]
    texts = Counter("".join(r.chars) for r in runs)
    kept = []
    for run, height in zip(runs, heights, strict=True):
        text = "".join(run.chars)
        suspect = height > 1.6 * usual or (texts[text] >= _REPEATS and len(text) > 2)
        if not (suspect and _is_light(page, run.first)):
            kept.append(run)
    return kept


def _is_light(page: ctypes.c_void_p, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ok = pdfium.FPDFText_GetFillColor(page, index, red, green, blue, alpha)
    if not ok:
        return False
    return alpha.value < 140 or min(red.value, green.value, blue.value) > _LIGHT


def _without_doubles(runs: list[Run]) -> list[Run]:
    """Drop characters that are printed a second time on nearly the same spot (fake bold)."""
    total = sum(len(r.chars) for r in runs)
    rough = {
        (c, int(b[0] / 2), int(b[1] / 2))
        for r in runs
        for c, b in zip(r.chars, r.boxes, strict=True)
    }
    if len(rough) >= total:
        return runs
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        keep: list[int] = []
        for i, (char, box) in enumerate(zip(run.chars, run.boxes, strict=True)):
            # A quarter of the width away at most: a really doubled character stands a full
            # width further on.
            step = max(0.5, (box[2] - box[0]) / 4)
            x, y = round(box[0] / step), round(box[1] / step)
            near = ((char, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
            if not any(key in seen for key in near):
                keep.append(i)
                seen.add((char, x, y))
        run.chars = [run.chars[i] for i in keep]
        run.boxes = [run.boxes[i] for i in keep]
    return [r for r in runs if r.chars]


def _clean(text: str) -> str:
    """Radicals as the characters they look like, lost hyphens back; the length stays."""
    return text if text.isascii() and "\x02" not in text else text.translate(_CLEAN)
