"""How a row agrees with the form's own facts: its year, its money, its stated numbers."""

from __future__ import annotations

import math
import re
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
]
_NUMBER = re.compile(r"\d[\d,.]*")
_SPLIT = re.compile(r"[。;；,，、\n]")
_YEARS = re.compile(r"(\d+)\s*年")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number that the overview or the goal states, with the words around it."""

    quantity: Quantity
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
            near = clause[max(0, start - 12) : start] + "|" + clause[end : end + 8]
            out.append(Mention(quantity, _pairs(near)))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says that facts can be held against."""

    name: str
    years: tuple[int, ...]
    unit: str
    amount: float | None
    money: bool


@lru_cache(maxsize=200_000)
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
    )


def fact_cues(form: Form) -> NDArray[np.float32]:
    """The numbers of FACT_CUES for each row of one form."""
    stated: dict[str, list[Mention]] = {}
    for text in (form.overview, form.goal.annual, form.goal.period):
        for mention in mentions(text) if text else ():
            stated.setdefault(mention.quantity.unit, []).append(mention)
    first, last = _years(form)
    total = float(form.total_yuan or form.annual_yuan or 0)
    rows = [said(normalise(i.name), normalise(i.value)) for i in form.indicators]
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
        value = float(mention.quantity.value)
        if value == amount:
            same = 1.0
        if near > best:
            best = near
            ratio = math.log((amount + 1e-9) / (value + 1e-9)) if amount > 0 and value > 0 else 0.0
    ratio = max(-5.0, min(5.0, ratio))
    return same, best, ratio, float(ratio > 1e-6) * best, float(ratio < -1e-6) * best


def _spread(amounts: list[float]) -> float:
    """How far apart the numbers are that rows of one name give (0 if they agree)."""
    if len(amounts) < 2 or min(amounts) <= 0:
        return 0.0
    return min(5.0, math.log(max(amounts) / min(amounts)))


def _years(form: Form) -> tuple[int | None, int]:
    """First and last year the form may speak of; (None, 0) if it names no year."""
    if form.fiscal_year is None:
        return None, 0
    length = max((int(n) for n in _YEARS.findall(form.period or "") if int(n) < 30), default=1)
    return form.fiscal_year, form.fiscal_year + max(length, 1) - 1


@lru_cache(maxsize=100_000)
def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese letters."""
    return frozenset(
        text[k : k + 2]
        for k in range(len(text) - 1)
        if "\u4e00" <= text[k] <= "\u9fff" and "\u4e00" <= text[k + 1] <= "\u9fff"
    )
