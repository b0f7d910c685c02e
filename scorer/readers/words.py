"""Placed pieces of text -> lines of text, in reading order.

Used for PDF text layers and for OCR. Coordinates run right and down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

COLUMN_GAP = 1.6  # in character heights: a wider gap is another column (a tab)
HAN_GAP = 0.7  # between Chinese characters: less is only spread-out setting
STACKED = 0.2  # between left edges: less is one sign upon another
WORD_GAP = 0.12  # between Latin letters or digits; narrow Song fonts set a space of 0.15

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]")


class Word(NamedTuple):
    """A piece of text on one line and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """Box height, close to the font size."""
        return self.bottom - self.top


class Run(NamedTuple):
    """Words set without a gap, as one and, measured only when asked for, one by one.

    ``shown_at`` is a height in the cell they belong to, where they themselves stand outside
    it (and are not seen).
    """

    whole: Word
    pieces: Callable[[], list[Word]]
    shown_at: float | None = None


def is_han(sign: str) -> bool:
    """Whether a sign is a Chinese character or a full-width one."""
    return bool(_HAN.match(sign))


def rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped into printed lines, top to bottom, each from left to right."""
    found: list[list[Word]] = []
    middle = 0.0
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        centre = (word.top + word.bottom) / 2
        if found and centre - middle <= 0.45 * max(word.height, found[-1][0].height):
            found[-1].append(word)
        else:
            found.append([word])
            middle = centre
    return [_left_to_right(row, words) for row in found]


def _left_to_right(row: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """One line's words by their left edges; those that stand one upon another (upright text that
    a cell had no room for) in the order in which they were written."""
    ordered = sorted(row, key=lambda w: w.x0)
    if len(row) < 2 or ordered[-1].x0 - ordered[0].x0 > STACKED * ordered[0].height:
        return ordered
    return [word for word in words if word in ordered]


def join(row: Sequence[Word], columns: bool = False) -> str:
    """One printed line as text. With ``columns`` a wide gap becomes a tab, else a space."""
    parts: list[str] = []
    before: Word | None = None
    for word in row:
        if before is not None:
            parts.append(_between(before, word, columns))
        parts.append(word.text)
        before = word
    return "".join(parts).strip()


def text_of(words: Sequence[Word]) -> str:
    """The text of one cell, its printed lines divided by line breaks."""
    if len(words) == 1:
        return words[0].text
    return "\n".join(join(row) for row in rows(words))


def _between(left: Word, right: Word, columns: bool) -> str:
    size = min(left.height, right.height) or 1.0
    gap = (right.x0 - left.x1) / size
    if columns and gap >= COLUMN_GAP:
        return "\t"
    han = _HAN.match(left.text[-1]) or _HAN.match(right.text[0])
    return " " if gap >= (HAN_GAP if han else WORD_GAP) else ""
