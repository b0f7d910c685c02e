"""Several indicators in one cell: «1.培训期数 2.培训人数» beside «1.≥6期 2.≥300人».

Numbers tell them, or that each line of the value is a whole value («≥6期», «300人»). A cell whose lines are only
wrapped, or whose parts do not pair with those beside it, is one indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.layouts.grid.slots import rejoin

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMBER = r"(?:(?:指标)?[ 　]*[(（]?%d[)）.．、:：]|%s)\s*"
_ANY = re.compile(
    r"(?:^|(?<=[\s；;，,。]))(?:(?:指标)?[ 　]*[(（]?(\d{1,2})(?:[)）、:：]|[.．](?!\d))|([①-⑩]))"
)
_PARTS = (re.compile(r"\n"), re.compile(r"[；;]"))
_SIGNED = re.compile(r"\s*[≥≤＝=<>＜＞≧≦]")
# A figure with its unit, a whole date; «2025年⏎10月» is one date that wraps, and so do bare figures
_WHOLE = re.compile(
    r"\s*(?:不[低少高大小]于|不超过)?(?:\d[\d.,]*[万亿]?|[一二两三四五六七八九十百千]+)"
    r"(?![年月日号时点分季\-至~～—])[^\d\s;；,，]{1,6}$"
    r"|\s*20\d\d年(?:\d{1,2}月(?:\d{1,2}日|[底初末]|[上中下]旬)?|[一二三四]季度|[底末])[之以]?前?完?成?$"
)
_LEAST_NAME = 3  # signs; a shorter line is the rest of a wrapped name
_JOINTS = ("及", "和", "与", "或", "的", "、", "（", "(")
_DECIMAL = re.compile(r"\s*\d+[.．]\d")
_ENDS = " \t\n　；;，,。、"


def items_of(name: str, value: str) -> list[tuple[str, str]]:
    """The indicators of a row's name and value cells (texts with their line breaks); [] for
    one indicator."""
    names = numbered(name)
    if names:
        values = numbered(value) or _of_count(value, len(names))
    else:
        names, values = next((both for both in _beside(name, value) if _are_whole(*both)), ([], []))
    if len(names) < 2 or len(names) != len(values):
        return []
    return [(rejoin(n), rejoin(v)) for n, v in zip(names, values, strict=True)]


def _are_whole(names: list[str], values: list[str]) -> bool:
    """Whether the parts of two cells are indicators, not the wrapped lines of one."""
    if len(names) < 2 or len(names) != len(values):
        return False
    if all(map(_SIGNED.match, values)):
        return True
    figures = all(_SIGNED.match(value) or _WHOLE.match(value) for value in values)
    return figures and all(_is_whole_name(name) for name in names)


def _is_whole_name(line: str) -> bool:
    return len(line) >= _LEAST_NAME and not line.startswith(_JOINTS) and not line.endswith(_JOINTS)


def numbered(text: str) -> list[str]:
    """The parts numbered 1, 2, … of a text that begins with 1."""
    for separator in _PARTS:
        parts = [part for part in separator.split(text) if part.strip(_ENDS)]
        if bare := _without_numbers(parts):
            return bare
    found = list(_ANY.finditer(text))
    numbers = [int(m[1]) if m[1] else _CIRCLES.index(m[2]) + 1 for m in found]
    if numbers != list(range(1, len(found) + 1)) or not found or text[: found[0].start()].strip():
        return []
    ends = [*(m.start() for m in found[1:]), len(text)]
    return [text[m.end() : end].strip(_ENDS) for m, end in zip(found, ends, strict=True)]


def _without_numbers(parts: list[str]) -> list[str]:
    """The parts if each begins with its number; «1.5%;2.5%» may be two plain values."""
    if len(parts) < 2 or len(parts) > len(_CIRCLES) or all(map(_DECIMAL.match, parts)):
        return []
    heads = [re.compile(_NUMBER % (n, sign)) for n, sign in enumerate(_CIRCLES, start=1)]
    found = [head.match(part.strip(_ENDS)) for head, part in zip(heads, parts, strict=False)]
    return [m.string[m.end() :].strip(_ENDS) for m in found if m] if all(found) else []


def _of_count(text: str, count: int) -> list[str]:
    """A text of ``count`` parts without numbers."""
    found = (_parted(text, separator) for separator in _PARTS)
    return next((parts for parts in found if len(parts) == count), [])


def _beside(name: str, value: str) -> Iterator[tuple[list[str], list[str]]]:
    """The two cells parted alike, at their lines or at their semicolons."""
    for separator in _PARTS:
        yield _parted(name, separator), _parted(value, separator)


def _parted(text: str, separator: re.Pattern[str]) -> list[str]:
    return [part.strip(_ENDS) for part in separator.split(text) if part.strip(_ENDS)]
