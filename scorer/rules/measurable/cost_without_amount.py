"""M205: a cost row without an amount."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import COST, Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="M205",
    name="成本指标没有金额",
    checks="成本指标没有金额、单价或控制比例。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="资金使用规模：不超额",
    good="台式计算机单价：≤5000元/台",
    status="stable",
    false_alarms=("写明不超过批复概算、年初预算的，背后有批准的数，不算没有金额。",),
    topic="unverifiable",
    rank=10,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield cost rows (成本 under 产出, or 成本 as level 1) without any figure."""
    for index, row, _ in ctx.rows():
        if (row.level2 == "成本指标" or row.level1 == COST) and ctx.unverifiable(index):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，没有金额，年底无法核对。",
                advice="请写单价或分项控制数，如「≤ ___ 元/台」「≤ ___ 万元」。",
            )
