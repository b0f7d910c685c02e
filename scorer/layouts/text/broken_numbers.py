"""Amounts that a narrow cell broke inside a group of three digits: «1,860,00» above «0»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Line

_CUT = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,(?:\d{1,2})?(?![\d,.])")
_REST = re.compile(r"\d{1,3}(?:\.\d+)?|\.\d+")
_GROUP = 3


def with_whole_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines with such amounts whole, and without the lines that held nothing but their rests."""
    out: list[Line] = []
    n = 0
    while n < len(lines):
        whole = _whole(lines[n].text, lines[n + 1].text) if n + 1 < len(lines) else None
        out.append(lines[n] if whole is None else replace(lines[n], text=whole))
        n += 1 if whole is None else 2
    return out


def _whole(text: str, below: str) -> str | None:
    """The text with the rests behind its cut numbers, None where the line below is not theirs."""
    cuts, rests = list(_CUT.finditer(text)), below.split()
    if not cuts or len(cuts) != len(rests) or not all(map(_REST.fullmatch, rests)):
        return None
    if any(_last_group(cut[0] + rest) != _GROUP for cut, rest in zip(cuts, rests, strict=True)):
        return None
    for cut, rest in zip(reversed(cuts), reversed(rests), strict=True):
        text = text[: cut.end()] + rest + text[cut.end() :]
    return text


def _last_group(number: str) -> int:
    """How many digits stand behind the last comma, before the point."""
    return len(number.rsplit(",", 1)[1].split(".")[0])
