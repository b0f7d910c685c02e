"""A standard that the form's own text states (每生每天5元), and a row that states another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit
from scorer.rules.context import Context
from scorer.rules.stated import Stated, all_numbers, texts_of
from scorer.rules.trades import pairs_in
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Quantity, Target, parse_target

_FIELDS = ("overview", "goal_annual", "goal_period")
_EARLIER = re.compile(
    r"[上去]年|现有|目前|现行|此前|原|[由从]|提高|提标|市场|最[高低]|不超|以内|左右|约|平均|人均|另"
)
_MEASURED = frozenset(("length", "area", "weight", "volume"))
# Words of every price, which do not say of what.
_OF_PRICES = frozenset(
    "标准 补助 补贴 助标 贴标 成本 单位 位成 单价 费用 支出 经费 资金 人均 平均 均成 均费 均补 发放 给予 每人 每年 每月 每天".split()
)


def other_prices(form: Form, ctx: Context) -> Iterator[Hit]:
    """Cost rows whose price for a unit is none of those that the form's texts state of the same."""
    for index, row, target in ctx.rows():
        price = _price(target)
        if price is None or not price.value or row.level2 not in ("成本指标", "经济成本指标"):
            continue
        stated = all_numbers(texts_of(form, _FIELDS))
        if other := _of_another_measure(row, price, stated):
            yield _hit(index, row, other)
            continue
        same = [
            s
            for s in stated
            if s.quantity.value and s.quantity.unit == price.unit and _about(row, s)
        ]
        if not same or any(s.quantity.value == price.value for s in stated):
            continue
        if all(_contradicts(price, s.quantity) for s in same):
            yield _hit(index, row, same[0])


def _of_another_measure(row: Indicator, price: Quantity, stated: Sequence[Stated]) -> Stated | None:
    """The same price that the form's texts set on another measure: «≤210元/公里», where they say
    210元/平方米."""
    alike = [s for s in stated if s.quantity.value == price.value and "/" in s.quantity.unit]
    kinds = [(_kind_per(s.quantity), s) for s in alike if _about(row, s)]
    own = _kind_per(price)
    if not own or not kinds or any(not kind or kind == own for kind, _ in kinds):
        return None
    return kinds[0][1]


def _kind_per(price: Quantity) -> str:
    """What a price is counted by, as a kind of unit: «元/公里» by length; "" for plain counts."""
    per = parse_target(f"1{price.unit.partition('/')[2]}").quantities
    kind = per[0].unit_kind if per else ""
    return kind if kind in _MEASURED else ""


def _price(target: Target) -> Quantity | None:
    """The money for a unit that is all of a value: «=8元/生·天»."""
    price = target.only
    if price is None or price.unit_kind != "money" or "/" not in price.unit:
        return None
    return None if price.high is not None or target.change else price


def _about(row: Indicator, stated: Stated) -> bool:
    """Whether the clause speaks of the row's thing, and of what is paid now."""
    if _EARLIER.search(stated.clause):
        return False
    return bool((pairs_in([row.name]) & pairs_in([stated.clause])) - _OF_PRICES)


def _contradicts(price: Quantity, stated: Quantity) -> bool:
    """A ceiling above the standard, or a floor below it, leaves room for it; ten times more or less
    is a slip, of which R419 speaks."""
    if price.value in (stated.value * 10, stated.value / 10):
        return False
    if price.comparator in ("≤", "<"):
        return price.value < stated.value
    if price.comparator in ("≥", ">"):
        return price.value > stated.value
    return True


def _hit(index: int, row: Indicator, stated: Stated) -> Hit:
    said = stated.clause.strip()
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}填的是「{row.value}」，「{FIELD_NAMES[stated.field]}」里写的是「{said[:30]}」，标准不一样。",
        advice=f"请与「{FIELD_NAMES[stated.field]}」和文件核对后改一致；分档的，请在名称里写明是哪一档。",
        confidence=0.85,
    )
