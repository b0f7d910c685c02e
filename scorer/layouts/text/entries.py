"""Name and value of the indicators in a typed entry: «培训人数：200人；培训期数：4期».

A colon parts them, or «指标值», or the sign or figure that the value begins with. A list without
colons has its own way instead («宣讲场次 / ≥240场», «会诊例数，≥260例», «结业率 ≥85%»), which all
its entries share: only that tells the name from a value without a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scorer.layouts.grid.indicator_rows import is_nothing
from scorer.layouts.words import fold

_SAID = re.compile(
    r"^(.{2,}?)\s*[,;]?\s*(?:年度|年初|预期|计划)?(?:指标|目标)值\s*(?:为|是|:)?\s*(.+)$"
)
_COLON = re.compile(r"^([^:]{2,}?)\s*(?::|——|--)\s*(.+)$")
_SIGNED = re.compile(
    r"^(.{2,}?)\s*((?:[≥≤＝=<>±]|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|等于|达到|控制在).+)$"
)
_FIGURE = re.compile(r"^(\D{2,}?)\s*(\d.{0,14})$")
_SPACED = re.compile(r"^(\S{2,})\s+(\S+)$")
_WAYS = (
    re.compile(r"^(.{2,}?)\s+/\s+(.+)$"),
    re.compile(r"^([^/]{2,}?)/(.+)$"),
    re.compile(r"^([^,]{2,}?)\s*,\s*([^,]+)$"),
    re.compile(r"^([^—→]{2,}?)\s*(?:—|→|->)\s*(.+)$"),
    re.compile(r"^([^()]{2,}?)\(([^()]+)\)$"),
    _SPACED,
)
_LEAST = 3  # entries without a colon that show the list's own way
_NEARLY = 0.7  # of them
_TEMPLATE = re.compile(r"^指标\d{0,2}$")
_MARK = re.compile(
    r"^\s*(?:[(](?:[\d一二三四五六七八九十]{1,2})[)]|(?:\d{1,2}|[一二三四五六七八九十]{1,2})[、.)](?!\d)|[①-⑳]|[·•●◆■◇□▪*]|[-–—]\s)\s*"
)
_ENDS = " \u3000;；,，。"
_SEMICOLON = re.compile(r"[;；]\s*(?=\S)")

Way = re.Pattern[str]


def mark_of(text: str) -> str:
    """What numbers an entry, with the spaces around it; "" for nothing."""
    mark = _MARK.match(fold(text))
    return mark[0] if mark else ""


def way_of(entries: Iterable[str]) -> Way | None:
    """How a list parts names and values without colons; None where its entries do not agree."""
    parts = [fold(p.strip(_ENDS)) for entry in entries for p in _SEMICOLON.split(entry)]
    plain = [part for part in parts if not is_nothing(part) and not colon(part)]
    if len(plain) < _LEAST:
        return None
    return next(
        (w for w in _WAYS if sum(map(bool, map(w.match, plain))) >= _NEARLY * len(plain)), None
    )


def opens_entry(text: str, way: Way | None) -> bool:
    """True for a text that says which is the name and which the value, beyond a mere space."""
    parted = way is not None and way is not _SPACED and way.match(fold(text))
    return bool(colon(text) or parted)


def names_indicator(text: str, way: Way | None = None) -> bool:
    """True for an entry with a name and a value."""
    if way is not None and way.match(fold(text)):
        return True
    return bool(colon(text) or _SIGNED.match(fold(text)) or _FIGURE.match(fold(text)))


def parts_of(entry: str, way: Way | None = None) -> list[str]:
    """The indicators of one entry: «培训人数：200人；培训期数：4期» are two. A semicolon inside
    a value parts no names and values that are said alike."""
    entry = entry.strip(_ENDS)
    parts = [part.strip(_ENDS) for part in _SEMICOLON.split(entry)]
    said = all(colon(p) or _SIGNED.match(fold(p)) for p in parts)
    alike = all(way.match(fold(p)) for p in parts) if way else False
    figures = all(_FIGURE.match(fold(p)) for p in parts)
    return [p for p in (parts if said or alike or figures else [entry]) if p]


def colon(text: str) -> re.Match[str] | None:
    """Name and value of an entry that says which is which; the template's «指标1：» does not."""
    text = fold(text)
    match = _SAID.match(text) or _COLON.match(text)
    return None if match is None or _TEMPLATE.match(match[1].strip()) else match


def name_and_value(text: str, way: Way | None = None) -> tuple[str, str, bool]:
    """(name, value, whether that is sure) of one indicator, as printed."""
    text = text[len(mark_of(text)) :]
    folded = fold(text)
    match = (way.match(folded) if way else None) or colon(folded) or _SIGNED.match(folded)
    guess = match or _FIGURE.match(folded)
    if guess is None:
        return text, "", False
    name, value = text[slice(*guess.span(1))], text[slice(*guess.span(2))]
    return name.strip(_ENDS), value.strip(_ENDS), match is not None
