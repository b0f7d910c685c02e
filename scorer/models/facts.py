"""How a row agrees with the form's own facts: its year, its money, its stated numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scorer.forms import Form
from scorer.models.text import normalise
from scorer.targets import Quantity, parse_target

FACT_CUES = [
    "year_before",
    "year_after",
    "over_funding",
    "is_funding",
    "fact_same",
    "fact_near",
    "fact_ratio",
    "fact_above",
    "fact_below",
    "row_ratio",
    "year_known",
    "unit_mentions",
    "unit_apart",
    "lone_differs",
]
_COUNTED = frozenset({"count", "area", "length", "weight", "volume"})
_ALIKE = 0.7  # numbers further apart than twice or half (as a logarithm) are of other things
_NUMBER = re.compile(r"\d[\d,.]*")
_SPLIT = re.compile(r"[。;；,，、\n]")
# «各建1处»: the number is of one of several, not of the project.
_OF_EACH = re.compile(r"(?:[各每均]|分别)[^\d一二两三四五六七八九十]{0,6}$")
_YEARS = re.compile(r"(\d+)\s*年")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that the overview or the goal states, with the words around it."""

    quantity: Quantity
    value: float
    around: frozenset[str]


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """The quantities of a running text, clause by clause."""
    out = []
    for clause in _SPLIT.split(normalise(text)):
        if not _NUMBER.search(clause):
            continue
        for quantity in parse_target(clause).quantities:
            start, end = quantity.span
            if _OF_EACH.search(clause[:start]):
                continue
            near = clause[max(0, start - 12) : start] + "|" + clause[end : end + 8]
            out.append(Mention(quantity, float(quantity.value), _pairs(near)))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says that facts can be held against."""

    name: str
    years: tuple[int, ...]
    unit: str
    amount: float | None
    money: bool
    counted: bool
    sign: str


@lru_cache(maxsize=40_000)
def said(name: str, value: str) -> Said:
    """Years and first quantity of a normalised row."""
    target = parse_target(value)
    first = target.quantities[0] if target.quantities else None
    return Said(
        name,
        tuple(m.year for m in target.moments if m.year is not None),
        first.unit if first else "",
        float(first.value) if first else None,
        first is not None and first.unit_kind == "money",
        first is not None and first.unit_kind in _COUNTED,
        first.comparator if first else "",
    )


def fact_cues(form: Form) -> NDArray[np.float32]:
    """The numbers of FACT_CUES for each row of one form."""
    stated: dict[str, list[Mention]] = {}
    for text in (form.overview, form.goal.annual, form.goal.period):
        for mention in mentions(text) if text else ():
            stated.setdefault(mention.quantity.unit, []).append(mention)
    rows = [said(normalise(i.name), normalise(i.value)) for i in form.indicators]
    first, last = _years(form, [year for row in rows for year in row.years])
    total = float(form.total_yuan or form.annual_yuan or 0)
    by_name: dict[str, list[float]] = {}
    for row in rows:
        if row.amount is not None:
            by_name.setdefault(row.name, []).append(row.amount)
    out = np.zeros((len(rows), len(FACT_CUES)), np.float32)
    for k, row in enumerate(rows):
        if first is not None and row.years:
            out[k, 0] = min(row.years) < first
            out[k, 1] = max(row.years) > last
            out[k, 10] = 1
        if row.amount is None:
            continue
        if total and row.money:
            out[k, 2] = row.amount > total * 1.005
            out[k, 3] = abs(row.amount - total) <= total * 0.01
        if row.unit in stated:
            out[k, 4:9] = _against(row.name, row.amount, stated[row.unit])
            out[k, 11] = math.log1p(len(stated[row.unit]))
            out[k, 12] = min(abs(_ratio(row.amount, m)) for m in stated[row.unit])
            out[k, 13] = _lone_differs(row, row.amount, stated[row.unit])
        if len(by_name[row.name]) > 1:
            out[k, 9] = _spread(by_name[row.name])
    return out


def _against(name: str, amount: float, stated: list[Mention]) -> tuple[float, ...]:
    """Same number stated; closeness of the nearest mention of this thing; its log ratio.

    ``stated`` holds the mentions in the row's own unit.
    """
    words = _pairs(name)
    if not words:
        return (0.0,) * 5
    same, best, ratio = 0.0, 0.0, 0.0
    for mention in stated:
        near = len(words & mention.around) / len(words)
        if mention.value == amount:
            same = 1.0
        if near > best:
            best = near
            ratio = _ratio(amount, mention)
    return same, best, ratio, float(ratio > 1e-6) * best, float(ratio < -1e-6) * best


def _lone_differs(row: Said, amount: float, stated: list[Mention]) -> bool:
    """Whether the text counts this unit with one number only, and the row has another near it.

    A floor below the stated number and a ceiling above it contradict nothing.
    """
    values = {mention.value for mention in stated}
    if not row.counted or len(values) != 1 or amount in values:
        return False
    ratio = _ratio(amount, stated[0])
    if (row.sign in ("≥", ">") and ratio < 0) or (row.sign in ("≤", "<") and ratio > 0):
        return False
    return 0 < abs(ratio) < _ALIKE


def _ratio(amount: float, mention: Mention) -> float:
    """How many times the stated number, as a logarithm within ±5 (0 if either is not positive)."""
    if amount <= 0 or mention.value <= 0:
        return 0.0
    return max(-5.0, min(5.0, math.log(amount / mention.value)))


def _spread(amounts: list[float]) -> float:
    """How far apart the numbers are that rows of one name give (0 if they agree)."""
    if len(amounts) < 2 or min(amounts) <= 0:
        return 0.0
    return min(5.0, math.log(max(amounts) / min(amounts)))


def _years(form: Form, of_rows: list[int]) -> tuple[int | None, int]:
    """First and last year the form may speak of; (None, 0) if that cannot be told.

    A form that names no year means the one that its rows name, if most of several agree.
    """
    start = form.fiscal_year
    if start is None and of_rows:
        year, count = Counter(of_rows).most_common(1)[0]
        start = year if count > 1 and count > len(of_rows) / 2 else None
    if start is None:
        return None, 0
    length = max((int(n) for n in _YEARS.findall(form.period or "") if int(n) < 30), default=1)
    return start, start + max(length, 1) - 1


@lru_cache(maxsize=40_000)
def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese letters."""
    return frozenset(
        text[k : k + 2]
        for k in range(len(text) - 1)
        if "\u4e00" <= text[k] <= "\u9fff" and "\u4e00" <= text[k + 1] <= "\u9fff"
    )
