"""Sums of money in text: numbers, units, yuan. Exact (int or Decimal), never float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from scorer.forms import Yuan
from scorer.layouts.words import fold

UNITS: dict[str, int] = {
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
}

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:亿元|千万元|百万元|万元|千元|元)"
# «300元/人·天» is a price, not a sum; «5元钱» does not occur in budgets.
MONEY = rf"-?{NUMBER}{_UNIT}(?![/／每])"
PERCENT = r"-?\d+(?:\.\d+)?%"

_MONEY = re.compile(rf"(?<![\d.,])(-?{NUMBER})({_UNIT})(?![/／每])")
_CELL = re.compile(rf"([-+]?)({NUMBER})")
_BRACKETED = re.compile(rf"\(({NUMBER})\)")
_STATED_UNIT = re.compile(
    rf"单位[:为是]?\(?(?:人民币)?({_UNIT})|\((?:单位:)?(?:人民币)?({_UNIT})\)"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Money:
    """One sum found in a text: yuan, and where it stands in that text."""

    yuan: Yuan
    start: int
    end: int


def to_yuan(number: Decimal, factor: int) -> Yuan:
    """``number`` times ``factor`` as int, or as Decimal where fen remain."""
    value = number * factor
    return int(value) if value == value.to_integral_value() else value.normalize()


def parse_number(text: str) -> Decimal | None:
    """The number a table cell holds, None for a blank, a dash or words.

    Understands thousands separators, full width, a sign, and brackets for a negative.
    """
    body = re.sub(r"\s", "", fold(text))
    if match := _BRACKETED.fullmatch(body):
        return -_decimal(match[1])
    if match := _CELL.fullmatch(body):
        return -_decimal(match[2]) if match[1] == "-" else _decimal(match[2])
    return None


def parse_count(text: str) -> int | None:
    """A whole number in digits or Chinese numerals below ten thousand («十二» -> 12)."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + digit if text else None


def find_money(text: str) -> list[Money]:
    """All sums with a unit in ``text`` (already folded), in order."""
    return [
        Money(to_yuan(_decimal(m[1]), UNITS[m[2]]), m.start(), m.end())
        for m in _MONEY.finditer(text)
    ]


def stated_unit(text: str) -> int | None:
    """The factor to yuan that «单位：万元» or «金额（万元）» states, None where none is stated."""
    match = _STATED_UNIT.search(re.sub(r"\s", "", fold(text)))
    return UNITS[match[1] or match[2]] if match else None


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
