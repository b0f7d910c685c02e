"""How much of a project's money its own prices and numbers account for.

«护理员工资 ≤2700元/人·月» and «护理员 28名» explain 907 200 of 910 000 yuan; a form that only
says «不超预算» explains nothing. Reviewers multiply in this way before they believe that money and
targets fit. Nothing is demanded here: what a form leaves open only stays to be checked by hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.library import pairs_of
from scorer.rules.counted import core_of, same_unit
from scorer.rules.money import COST_CLASSES, YUAN, share_of_year
from scorer.rules.stated import all_numbers, texts_of
from scorer.rules.trades import pairs_in
from scorer.soundness import own_words, telling
from scorer.targets import Quantity, target_of

_FIELDS = ("overview", "goal_annual", "goal_period", "plan")
_PERIODS = {"年": 1, "年度": 1, "学年": 1, "季": 4, "季度": 4, "月": 12, "个月": 12, "学期": 2}
_FOR_ONE = re.compile(
    r"[人户亩]均|[单每](?P<thing>公里|千米|平方米|平米|立方米|人次|家次|(?![价位独])[一-龥])"
)
_PRICE = re.compile(r"单价|标准|[人户亩]均|单(?![位独])[一-龥]|每|(?:补助|补贴|津贴|工资)$")
_STUDENTS = frozenset(("生", "名", "位", "人员", "人次"))  # units that count persons too
_WHOLE = Decimal("0.95")  # a sum above this part of the money only repeats it
_MOST = Decimal("1.05")  # rounded prices may come to a little more than the money
_PRICES, _COUNTS = 5, 4  # as many prices, and numbers for one price, are tried


@dataclass(frozen=True)
class _Number:
    """A number of the form with the words that say of what."""

    quantity: Quantity
    about: str


def accounted(form: Form, strange: Collection[int] = ()) -> Decimal | None:
    """The share (0–1) of the year's money that the form's prices times its numbers, and its
    partial sums, come to; None where the form states no money.

    ``strange``: rows, by index, that may be another project's and account for nothing here.
    """
    stated = form.annual_yuan or form.total_yuan
    if not stated or stated <= 0:
        return None
    money = Decimal(stated)
    rows = _rows(form, strange)
    numbers = list(_numbers(form, rows))
    sums = {_yuan(n) for n in _parts(rows) if _yuan(n) < money * _WHOLE}
    priced = [found for n in numbers if (found := _products(n, numbers, money))]
    best = Decimal(0)
    for chosen in product(*([Decimal(0), *found] for found in priced[:_PRICES])):
        for parts in (Decimal(0), sum(sums, Decimal(0))):
            together = sum(chosen, parts)
            if best < together <= money * _MOST:
                best = together
    return min(Decimal(1), best / money)


def _numbers(form: Form, rows: Sequence[Indicator]) -> Iterator[_Number]:
    """The numbers of one half's rows and of the form's texts."""
    for row in rows:
        for quantity in target_of(row.name, row.value).quantities:
            if quantity.high is None and quantity.value > 0:
                yield _Number(quantity, f"{row.name}{row.value}")
    for stated in all_numbers(texts_of(form, _FIELDS)):
        if stated.quantity.value > 0:
            yield _Number(stated.quantity, stated.before[-8:] + stated.after[:8])


def _rows(form: Form, strange: Collection[int]) -> list[Indicator]:
    """The rows of the 年度 half (of all, where there is none) that speak of this project, or of
    nothing that only another would have («补助标准»), and are more than the money by months."""
    words = own_words(form)
    stated = form.annual_yuan or form.total_yuan or 0
    own = [
        row
        for n, row in enumerate(form.indicators)
        if n not in strange
        and not share_of_year(row, target_of(row.name, row.value), stated)
        and (not (told := telling(pairs_in([core_of(row.name)]))) or told & words)
    ]
    return [row for row in own if row.phase == "annual"] or own


def _parts(rows: Sequence[Indicator]) -> Iterator[_Number]:
    """Sums of money in cost rows that are no price of one piece."""
    for row in rows:
        quantities = target_of(row.name, row.value).quantities
        plain = len(quantities) == 1 and quantities[0].unit in YUAN
        if row.level2 in COST_CLASSES and plain and not _PRICE.search(bare_name(row.name)):
            yield _Number(quantities[0], row.name)


def _yuan(number: _Number) -> Decimal:
    return number.quantity.value * YUAN[number.quantity.unit.split("/")[0]]


def _products(price: _Number, numbers: list[_Number], money: Decimal) -> list[Decimal]:
    """What a price comes to with each number of its thing; empty where it is no price."""
    unit, _, per = price.quantity.unit.partition("/")
    if unit not in YUAN or not (per or _PRICE.search(price.about)):
        return []
    words = [w for w in re.split(r"[·/]", per) if w]
    times = Decimal(1)
    for word in words:
        times *= _PERIODS.get(word, 1)
    things = [w for w in words if w not in _PERIODS] or [_one_of(price.about)]
    found = [_yuan(price) * times]
    for thing in things:
        counts = _counts(price, thing, numbers)
        found = [value * count for value in found for count in counts]
    return [value for value in found if value <= money * _MOST][:_COUNTS]


def _one_of(about: str) -> str:
    """The thing that «人均», «单次», «每套» in a name are for; "" where the name has none."""
    named = _FOR_ONE.search(about)
    if named is None:
        return ""
    return named["thing"] or named[0][0]


def _counts(price: _Number, thing: str, numbers: list[_Number]) -> list[Decimal]:
    """Numbers of the thing: those whose words share a noun with the price's, else all.

    «单站» is for what is counted in 座 or 个 where no unit says 站.
    """
    things = [n for n in numbers if n.quantity.unit_kind not in ("money", "rate")]
    all_of_it = [n for n in things if _unit(n.quantity.unit) == _unit(thing)]
    all_of_it = all_of_it or [n for n in things if n.quantity.unit.endswith(thing)]
    all_of_it = all_of_it or [n for n in things if thing and thing in n.about]
    shared = [n for n in all_of_it if pairs_of(price.about) & pairs_of(n.about)]
    return list(dict.fromkeys(n.quantity.value for n in shared or all_of_it))[:_COUNTS]


def _unit(unit: str) -> str:
    return "人" if unit in _STUDENTS else same_unit(unit)
