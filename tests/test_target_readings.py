"""Values as clerks write them, each with the reading that a person gave it by hand.

``tests/targets/readings.tsv``: value, kind (``a|b``: either is right, ``?``: not judged) and
parts: quantities as «≥95%», «90..95%», «≤300元/人·天»; moments as «before:2025-12-31»,
«during:2025q3», «at:-12» (no year), «before:--10» (day of a month); «freq», «up», «down»,
«base». A part «?» leaves the rest unjudged; ``*`` at a unit's end stands for any tail.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from scorer.targets import Moment, Quantity, Target, join_target, parse_target

READINGS = [
    line.split("\t")
    for line in (Path(__file__).parent / "targets" / "readings.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def misread(value: str, kind: str, parts: str) -> str:
    """What is wrong with the parser's reading, "" if nothing."""
    target = parse_target(value)
    if kind != "?" and target.kind not in kind.split("|"):
        return f"kind is {target.kind}, not {kind}"
    return "" if "?" in parts.split() else _parts_wrong(target, parts.split())


def _parts_wrong(target: Target, parts: list[str]) -> str:
    signs = {"freq": bool(target.frequency), "base": bool(target.base)}
    signs |= {"up": target.change == "up", "down": target.change == "down"}
    for sign, there in signs.items():
        if sign in parts and not there:
            return f"{sign} is missing"
    rest = [p for p in parts if p not in signs]
    moments = [p for p in rest if re.match(r"(?:before|at|during|after):", p)]
    amounts = [p for p in rest if p not in moments]
    said = [_quantity(q) for q in target.quantities]
    if len(said) != len(amounts) or not all(map(_same, target.quantities, amounts)):
        return f"quantities are {said}, not {amounts}"
    times = [_moment(m) for m in target.moments]
    if len(times) != len(moments) or not all(
        t in m.split("|") for t, m in zip(times, moments, strict=True)
    ):
        return f"moments are {times}, not {moments}"
    return ""


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _quantity(q: Quantity) -> str:
    sign = q.comparator if q.stated_comparator else ""
    high = "" if q.high is None else f"..{_plain(q.high)}"
    return f"{sign}{_plain(q.value)}{high}{q.unit}"


def _same(q: Quantity, said: str) -> bool:
    first, *others = said.split("|")
    stem = first.rstrip("*")
    number = re.match(r"[≥≤=<>]?[\d.]+(?:\.\.[\d.]+)?", first)
    ways = [stem, *((number.group() if number else "") + unit for unit in others)]
    return any(
        _quantity(q) == way or (first.endswith("*") and _quantity(q).startswith(way))
        for way in ways
    )


def _moment(m: Moment) -> str:
    year = "" if m.year is None else str(m.year)
    if m.quarter:
        return f"{m.limit}:{year}q{m.quarter}"
    month = "" if m.month is None else f"-{m.month}"
    day = "" if m.day is None else f"{'' if month else '-'}-{m.day}"
    return f"{m.limit}:{year}{month}{day}"


@pytest.mark.parametrize(("value", "kind", "parts"), READINGS, ids=[r[0] for r in READINGS])
def test_reading(value: str, kind: str, parts: str) -> None:
    assert misread(value, kind, parts) == ""


_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("value", [r[0] for r in READINGS])
def test_full_width_says_the_same(value: str) -> None:
    assert _said(parse_target(value.translate(_WIDE))) == _said(parse_target(value))


_CELLS = re.compile(r"([≥≤=<>]|不低于|不超过)?\s*(\d[\d,.]*)\s*(\D*)")
APART = [m.groups(default="") for r in READINGS if (m := _CELLS.fullmatch(r[0]))]


@pytest.mark.parametrize("cells", APART, ids="".join)
def test_sign_value_and_unit_in_three_cells_are_one_value(cells: tuple[str, str, str]) -> None:
    assert _said(parse_target(join_target(*cells))) == _said(parse_target("".join(cells)))


def _said(target: Target) -> tuple[object, ...]:
    quantities = [_quantity(q) for q in target.quantities]
    return target.kind, quantities, [_moment(m) for m in target.moments], target.change
