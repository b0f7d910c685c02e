"""A314: a main part of the spending that the overview names has no output row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scorer.forms import Form
from scorer.library import pairs_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import core_of, parts_of
from scorer.rules.sums import form_yuan
from scorer.rules.wording import wan
from scorer.targets import parse_target

RULE = Rule(
    code="A314",
    name="主要支出没有产出指标",
    checks="项目概况写明某一项花了大部分钱、办多少，数量、质量指标里没有一条说到它。",
    item="资金匹配性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="概况「护岸9公里（480万元）、清淤1500米（15万元）」，数量指标只有清淤长度",
    good="再加一条「护岸长度：=9公里」",
    false_alarms=(
        "占不到三成的支出可以没有自己的指标，不算。",
        "换了说法、简称的，只要有一处用词或数量相同，就算有指标。",
        "概况没有分项列钱的，不查。",
    ),
    options={"share": 0.3},
)

# «浆砌护岸9公里（480万元）», «护岸9公里480万元»: a thing, how much of it, what it costs.
_ITEM = re.compile(
    r"(?P<thing>[一-龥]{2,14}?)(?P<amount>\d[\d.,]*万?[一-龥㎡]{1,4}?)[（(，,]?\s*(?:共|计|合计|投资|资金|预算|安排|需)*(?P<money>\d[\d.]*)\s*(?P<unit>万元|元|亿元)"
)
_PRICE = re.compile(r"[每各均]|单价|标准|[/／]")


@dataclass(frozen=True, slots=True)
class _Item:
    """One head of the spending as the overview lists it."""

    words: str
    thing: str
    amounts: frozenset[Decimal]
    yuan: Decimal


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each head of at least a third of the money that no row takes up."""
    money = form_yuan(form)
    items = list(_items(form.overview or ""))
    if not money or len(items) < 2 or not form.indicators:
        return
    said = pairs_of("\n".join(f"{row.name} {row.value}" for _, row, _ in ctx.rows()))
    numbers = {q.value for target in ctx.targets for q in target.quantities}
    outputs = pairs_of("\n".join(r.name for _, r, _ in ctx.rows() if r.level2 in _OUTPUTS))
    for item in items:
        share = item.yuan / Decimal(money)
        if not Decimal(str(ctx.options["share"])) <= share <= 1:
            continue
        if item.amounts & numbers or pairs_of(_noun(item.thing)) & (outputs or said):
            continue
        yield Hit(
            field="indicators",
            evidence=item.words,
            message=f"「项目概况」里「{item.words}」占资金的{share:.0%}，没有一条数量、质量指标说到它。",
            advice=f"请补一条数量指标，如「{item.thing}：= ___」，与{wan(int(item.yuan))}相配。",
            confidence=0.8,
        )


def _noun(thing: str) -> str:
    """What was bought or built, without the verb that stands in every row."""
    return parts_of(core_of(thing))[1][-4:]


_OUTPUTS = frozenset(("数量指标", "质量指标"))


def _items(text: str) -> Iterator[_Item]:
    for found in _ITEM.finditer(text):
        if _PRICE.search(text[max(0, found.start() - 2) : found.end() + 2]):
            continue
        money = parse_target(f"{found['money']}{found['unit']}").quantities
        amounts = parse_target(found["amount"]).quantities
        if money and amounts:
            yield _Item(
                found[0].strip("（(，,"),
                found["thing"],
                frozenset(q.value for q in amounts),
                money[0].value,
            )
