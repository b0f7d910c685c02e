"""Corrections that need no knowledge of the project: spelling of signs, a % that a rate lacks,
a unit printed twice, several measures in one cell. Pure: a form in, a corrected form out.

Whoever knows nothing of the work must be able to say that the corrected value means the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scorer.forms import Form, Indicator, Place
from scorer.heads import direction_of, head_of
from scorer.lexicon import default_lexicon
from scorer.target_types import Target
from scorer.targets import parse_target

_SIGNS = (
    (re.compile(r"大于或?等于|[>＞﹥]\s*[=＝]|[=＝]\s*[>＞]|[≧⩾]"), "≥"),
    (re.compile(r"小于或?等于|[<＜﹤]\s*[=＝]|[=＝]\s*[<＜]|[≦⩽]"), "≤"),
    (re.compile(r"[=＝]\s*[=＝]"), "="),
)
_FULL = str.maketrans("０１２３４５６７８９％＝＞＜", "0123456789%=><")
_FULL_POINT = re.compile(r"(?<=\d)[．](?=\d)")
_FULL_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_BARE = re.compile(r"^([≥≤=><]?)\s*(\d{1,3}(?:\.\d+)?)$")
_TWICE = re.compile(r"^(.*\d)\s*([^\d\s,.，。、]{1,4}?)\s*\2$")
_PARTS = re.compile(r"\s*[、；;\n]\s*")
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Fix:
    """One cell corrected: where, what it said, what it says now, and why in a few words."""

    place: Place
    was: str
    now: str
    why: str


def fixed(form: Form, *, split: bool = True) -> tuple[Form, tuple[Fix, ...]]:
    """The form with every correction that is sure, and the list of them.

    ``split`` parts stacked cells too; the further rows have no place and need a blank row.
    """
    rows: list[Indicator] = []
    fixes: list[Fix] = []
    for row in form.indicators:
        value, own = _value(row)
        if own:
            fixes.append(Fix(_at(row), row.value, value, "、".join(own)))
        row = replace(row, value=value)
        parts = list(stacked(row)) if split else []
        if parts:
            said = "；".join(f"{name}：{target}" for name, target in parts)
            fixes.append(Fix(row.place, f"{row.name}：{row.value}", said, "一行拆成几行"))
            rows += [
                replace(row, name=name, value=target)
                if n == 0
                else Indicator(row.level1, row.level2, name, target, row.phase)
                for n, (name, target) in enumerate(parts)
            ]
        else:
            rows.append(row)
    return replace(form, indicators=tuple(rows)), tuple(fixes)


def _at(row: Indicator) -> Place:
    return row.cells["value"][0] if row.cells.get("value") else row.place


def _value(row: Indicator) -> tuple[str, list[str]]:
    """The row's value corrected, and what was done."""
    value, done = row.value, []
    for why, correct in _CORRECTIONS:
        new = correct(value, row)
        if new != value:
            value = new
            done.append(why)
    return value, done


def half_width(value: str, _: Indicator) -> str:
    """«９５％» -> «95%»; text that is no figure keeps its full-width signs."""
    if not re.search(r"[０-９％＝＞＜．，]", value):
        return value
    value = value.translate(_FULL)
    return _FULL_COMMA.sub(",", _FULL_POINT.sub(".", value))


def plain_signs(value: str, _: Indicator) -> str:
    """«>=95%», «大于等于95%» -> «≥95%»; only before a figure."""
    for pattern, sign in _SIGNS:
        value = re.sub(rf"(?:{pattern.pattern})\s*(?=\d)", sign, value)
    return value


def with_percent(value: str, row: Indicator) -> str:
    """«95» for a rate or a satisfaction -> «95%». Only where more is better: a rate that should
    be low (差错率3) may be meant per mille and stays."""
    head, match = head_of(row.name), _BARE.match(value.strip())
    if match is None or head is None or head.asks != ("rate",):
        return value
    if direction_of(row.name) != "higher" or not 1 < float(match[2]) <= 100:
        return value
    return f"{value.strip()}%"


def unit_once(value: str, _: Indicator) -> str:
    """«120台台», «95%%» -> the unit once, where it is a unit that we know."""
    match = _TWICE.match(value.strip())
    if match is None:
        return value
    unit = match[2]
    known = unit == "%" or unit in default_lexicon().unit_kinds
    return f"{match[1]}{unit}" if known else value


_CORRECTIONS: tuple[tuple[str, Callable[[str, Indicator], str]], ...] = (
    ("全角改半角", half_width),
    ("统一符号", plain_signs),
    ("单位重复", unit_once),
    ("补百分号", with_percent),
)


def stacked(row: Indicator) -> Iterator[tuple[str, str]]:
    """«培训场次、培训人数 | 6场、300人» -> its parts, where each name has just one value: as many
    names as values, each value one figure with a unit of its own. Nothing if in doubt."""
    names, values = _PARTS.split(row.name.strip()), _PARTS.split(row.value.strip())
    if not 2 <= len(names) == len(values) <= _MOST_PARTS:
        return
    targets = [parse_target(value) for value in values]
    if any(len(name) < 3 for name in names) or not all(map(_is_whole, targets)):
        return
    if len({target.quantities[0].unit for target in targets}) < len(targets):
        return  # equal units: which value is whose is a guess
    if not all(_answers(name, target) for name, target in zip(names, targets, strict=True)):
        return
    yield from zip(names, values, strict=True)


def _is_whole(target: Target) -> bool:
    return len(target.quantities) == 1 and bool(target.quantities[0].unit)


def _answers(name: str, target: Target) -> bool:
    """The name asks for this kind of value."""
    head = head_of(name)
    kinds = {"rate": "rate", "money": "money", "time": "time", "number": "count"}
    return head is not None and kinds.get(target.kind) in head.asks
