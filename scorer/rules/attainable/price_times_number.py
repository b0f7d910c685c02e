"""A315: unit price times number is more than the project's money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.library import pairs_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import OTHER_MONEY, YUAN, funding_of, near
from scorer.rules.relevant.contradicts_own_facts import spans_years
from scorer.rules.wording import cell, wan
from scorer.targets import Quantity, Target

RULE = Rule(
    code="A315",
    name="单价乘数量超过资金",
    checks="成本指标里的单价乘上数量指标里同一样东西的数，比项目资金还多：单价、数量或资金写错了。",
    item="资金匹配性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目资金420万元，灭菌器4台，灭菌器单价≤380万元/台",
    good="项目资金420万元，灭菌器4台，灭菌器单价≤38万元/台",
    status="stable",
    false_alarms=(
        "名称不是同一样东西的、单位不同的，不乘。",
        "单价是上限，超过不到百分之十五的，不算。",
        "按月的标准只看一个人、一年是不是超过全部资金；按天、按次的，含自筹等其他资金的，不算；多年项目只查年度一栏填了全部年份总数的。",
    ),
    topic="own_facts",
    rank=30,
)

_OFTEN = re.compile(r"[·月年次天日时/]")
_ABOUT = re.compile(
    r"单价|标准|成本|费用?|补助|补贴|造价|价格|人均|户均|亩均|购置|数量|人数|面积|[户台套]数"
)
_MONTHLY = re.compile(r"[人名户个处村家台辆][·/／•.]?每?个?月")
_SLACK = Decimal("1.15")
_FAR = 5  # times the money: so far off is no other thing's price
_SAME = 0.75  # part of the price's pairs of letters that the number's name has: 一级 is not 二级


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield cost rows whose price, times the number of the same thing (or, by the month, twelve
    times for one), is more than there is."""
    several_years = spans_years(form, ctx)
    if OTHER_MONEY.search(ctx.facts.own_text):
        return
    counts = [
        (row, target.quantities[0])
        for _, row, target in ctx.rows("数量指标")
        if len(target.quantities) == 1 and not target.change
    ]
    for index, row, target in ctx.rows():
        price = _price(row, target)
        money = funding_of(form, row.phase)
        if money and not several_years and (yuan_of_one := _a_year(row, target)) > money:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，只算一个、一年就要{wan(yuan_of_one)}，超过项目资金{wan(money)}。",
                advice="请核对标准的单位（元还是万元）和项目资金，把写错的一处改过来。",
                confidence=0.9,
            )
            continue
        if price is None or not money:
            continue
        yuan, thing = price
        for other, quantity in counts:
            together = yuan * quantity.value
            same = quantity.unit == thing and other.phase == row.phase
            # Of several years only the whole sum in one year's half is surely wrong.
            whole = row.phase == "annual" and near(together, form.total_yuan or 0, "0.03")
            granted = whole and bool(_GRANT.search(row.name))
            lone = granted and _only_one(counts, thing)
            of_unit = [q.value for r, q in counts if q.unit == thing and r.phase == row.phase]
            far = same and not several_years and yuan * min(of_unit, default=0) > money * _FAR
            far = far and _akin(row, other)
            same = same and (_same(row, other) or lone) and not _OF_ALL_YEARS.search(other.name)
            if far or (same and together > money * _SLACK and (granted or not several_years)):
                yield Hit(
                    indicator=index,
                    field="value",
                    message=f"{cell(row)}填的是「{row.value}」，乘上「{other.name}」的「{other.value}」要{wan(together)}，超过项目资金{wan(money)}。",
                    advice="请核对单价、数量和项目资金，把写错的一处改过来；含其他资金的，请写明。",
                    confidence=0.85,
                )
                break


_GRANT = re.compile(r"补助|补贴|奖|救助|资助")
_OF_ALL_YEARS = re.compile(r"实施期|[总共]|全部|[二两三四五]年")


def _only_one(counts: list[tuple[Indicator, Quantity]], thing: str) -> bool:
    """Whether one number alone is of what the price is for («户均补助», «改造户厕 6000户»)."""
    return sum(quantity.unit == thing for _, quantity in counts) == 1


def _price(row: Indicator, target: Target) -> tuple[Decimal, str] | None:
    """Yuan for one, and one of what («台»); None where the row is no plain unit price."""
    paid = _paid(row, target)
    return None if paid is None or _OFTEN.search(paid[1]) else paid


def _paid(row: Indicator, target: Target) -> tuple[Decimal, str] | None:
    """The yuan of a cost row, and for what («台», «人·月»); None where it names nothing."""
    if "成本" not in row.level2 or len(target.quantities) != 1 or target.change:
        return None
    quantity: Quantity = target.quantities[0]
    money, _, thing = quantity.unit.partition("/")
    return (quantity.value * YUAN[money], thing) if money in YUAN and thing else None


def _a_year(row: Indicator, target: Target) -> Decimal:
    """Yuan a year for one person or thing paid by the month («500元/人·月»); 0 for other rows."""
    paid = _paid(row, target)
    return paid[0] * 12 if paid and _MONTHLY.fullmatch(paid[1]) else Decimal(0)


def _akin(row: Indicator, other: Indicator) -> bool:
    """Whether two names share a word that says something: «设施改造费用», «改造户数»."""
    first, second = (pairs_of(_ABOUT.sub("|", bare_name(r.name))) for r in (row, other))
    return any("|" not in pair and "完" not in pair for pair in first & second)


def _same(row: Indicator, other: Indicator) -> bool:
    """Whether price and number are of one thing, by the letters of their names."""
    names = (_ABOUT.sub("|", bare_name(r.name)) for r in (row, other))
    first, second = ({p for p in pairs_of(name) if "|" not in p} for name in names)
    return bool(first) and len(first & second) >= _SAME * len(first)
