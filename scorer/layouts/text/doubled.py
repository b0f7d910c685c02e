"""Signs that stand twice: «项项目目名名称称».

Some programs print bold type as the same text set twice, a little apart, and what copies such a
page gives every sign of it two times. In Chinese «家家户户» is a word, so only a text in which
several labels stand so is mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Line
from scorer.layouts.text.lines import LONGEST
from scorer.layouts.words import Words

_DOUBLED = re.compile(r"(?<!\S)(?:(\S)\1){2,}(?!\S)")
_LABELS = 3  # labels at least that stand so


def without_doubles(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines with each such text once."""
    found = [_DOUBLED.finditer(x.text) for x in lines if len(x.text) < LONGEST]
    labels = sum(_is_label(match[0][::2], words) for matches in found for match in matches)
    if labels < _LABELS:
        return list(lines)
    return [replace(x, text=_DOUBLED.sub(lambda m: m[0][::2], x.text)) for x in lines]


def _is_label(text: str, words: Words) -> bool:
    return bool(words.field_of(text) or words.column_of(text) or words.amount_of(text))
