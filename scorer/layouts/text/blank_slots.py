"""Template rows that nobody filled in («指标 2：», «……»), where they stand on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, fold, squeeze

_SLOT = re.compile(r"指标\d{1,2}[:.、]?")
_SLOTS = re.compile(r"(?:指标\d{1,2}[:.、]?){2,}")
_DOTS = re.compile(r"[.…·]{2,}")
_LABEL_LINES = 4  # of a level's name between the slots of both halves


def without_blank_slots(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines without those of nothing but the slots of both halves, unless the text of one goes
    on below. A slot of one half alone is made one piece: it tells which half is blank."""
    texts = [re.sub(r"\s", "", fold(line.text)) for line in lines]
    blank = _in_both_halves(texts, words)
    out = []
    for n, line in enumerate(lines):
        if n in blank or _DOTS.fullmatch(texts[n]):
            continue
        if _SLOT.fullmatch(texts[n]):
            out.append(replace(line, pieces=(Piece(texts[n], line.pieces[0].at),)))
        elif not _SLOTS.fullmatch(texts[n]) or not _opens(texts[n + 1 : n + 2], words):
            out.append(line)
    return out


def _in_both_halves(texts: Sequence[str], words: Words) -> set[int]:
    """The slots of a level that both halves leave blank: its name and the slot, and again."""
    singles = [n for n, text in enumerate(texts) if _SLOT.fullmatch(text)]
    found: set[int] = set()
    for one, other in pairwise(singles):
        size = other - one - 1
        name = "".join(texts[one + 1 : other])
        same = texts[one - size : one] == texts[one + 1 : other] if one >= size else False
        if 0 < size <= _LABEL_LINES and same and words.level2_of(squeeze(name)):
            found |= {one, other}
    return found


def _opens(below: Sequence[str], words: Words) -> bool:
    """A level's name, whole or its first part, a slot or dots begin the line, or none is left."""
    if not below:
        return True
    text = below[0]
    named = words.level1_of(text) or words.level2_of(text) or words.opens_level2(text)
    return bool(named or words.opens_level(text) or _SLOT.match(text) or _DOTS.match(text))
