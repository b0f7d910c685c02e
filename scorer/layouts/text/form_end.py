"""Where the rows of a form stop: the one place that tells a form's last row from what stands below.

The lines below the last name of a level are that level's rows, their wrapped cells, or no rows any
more: the labels of the foot, a note («注：…»), the unit that signs, or a word to the reader. A line
that only may be such (a unit's name, a date or a sentence below a whole row, a line below a blank
one) ends the rows where nothing below it reads as a row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from scorer.forms import Place
from scorer.layouts.text.entries import mark_of
from scorer.layouts.text.lines import TextLine
from scorer.layouts.text.typed import name_in_front
from scorer.layouts.words import Words, fold, squeeze

_FOOT = frozenset(("leader", "handler", "phone", "filled_at"))
_BELOW = frozenset(("safeguards", "plan"))  # fields that may follow the indicators
_NOTE = re.compile(
    r"^[(*※]?(?:附|备)?(?:注|说明)\s?(?:\d{0,2}[:：]|\d{1,2}[.、])|^填[表报写]?说明|^[(]?(?:单位|部门)?(?:公章|盖章|签章)"
)
_BOUND = re.compile(r"^[≥≤=<>≧≦]|\d")
_SAID = re.compile(r"^20\d\d年\d{1,2}月\d{1,2}日$|^.{6,}。$")
_LEAST = 4  # signs of a level's name that is no word of a row


def foot_start(lines: Sequence[TextLine], start: int, words: Words) -> int:
    """Index of the first line below the indicators with a label of the foot; «实施方案» above a further
    level is a row's cell."""
    for i in range(start, len(lines)):
        for piece in lines[i].pieces[:2]:
            name = words.field_of(_label(piece.text))
            below = name in _BELOW and piece is lines[i].pieces[0]
            if name in _FOOT or (below and not any(_names_level(x, words) for x in lines[i + 1 :])):
                return i
    return len(lines)


def rows_end(lines: Sequence[TextLine], start: int, spaced: Collection[Place], words: Words) -> int:
    """Index of the first line from ``start`` on that is below all rows. ``spaced`` are the places
    of lines with a blank line above."""
    foot = foot_start(lines, start, words)
    named = [i for i in range(start, foot) if _names_level(lines[i], words)]
    if not named:
        return foot
    rows = lines[start : named[-1] + 1]
    close = not any(line.place in spaced for line in rows[1:])
    offices = _offices(lines[:start], words)
    for i in range(named[-1] + 1, foot):
        if _is_below(lines[i], words):
            return i
        parted = close and lines[i].place in spaced and len(lines[i].pieces) == 1
        said = squeeze(lines[i].text) in offices or _is_said(lines[i], lines[i - 1])
        if (parted or said) and not any(map(_reads_as_row, lines[i:foot])):
            return i
    return foot


def notes_start(lines: Sequence[TextLine], words: Words) -> int:
    """Index of the first note («备注：…») below the last name of a level in a list, or the number
    of lines."""
    named = [i for i, line in enumerate(lines) if _names_level(line, words)]
    below = range(named[-1] + 1, len(lines)) if named else range(0)
    return next((i for i in below if _NOTE.match(fold(lines[i].text))), len(lines))


def _label(text: str) -> str:
    return re.split(r"[:：]", text)[0]


def _names_level(line: TextLine, words: Words) -> bool:
    """A level's name is one of the line's cells, opens one, or stands in front of an entry."""
    if name_in_front(line.text[len(mark_of(line.text)) :], words):
        return True
    texts = [piece.text for piece in line.pieces if len(piece.text) >= _LEAST]
    return any(words.level1_of(t) or words.level2_of(t) or words.level2_prefix(t) for t in texts)


def _is_below(line: TextLine, words: Words) -> bool:
    """A note, or a label of what follows the indicators («审核意见», «其他需要说明的问题»)."""
    return bool(_NOTE.match(fold(line.text)) or words.field_of(_label(line.pieces[0].text)))


def _offices(head: Sequence[TextLine], words: Words) -> set[str]:
    """The names of units in the form's head, as compared: one of them signs below."""
    texts = (re.split(r"[:：]", piece.text)[-1] for line in head for piece in line.pieces)
    return {squeeze(text) for text in texts if words.is_unit_name(text)}


def _is_said(line: TextLine, above: TextLine) -> bool:
    """A date or a sentence on a line of its own below a whole row."""
    alone = len(line.pieces) == 1 and _reads_as_row(above)
    return alone and bool(_SAID.search(fold(line.text)))


def _reads_as_row(line: TextLine) -> bool:
    """A name and a value side by side."""
    return len(line.pieces) > 1 and bool(_BOUND.search(fold(line.pieces[-1].text)))
