"""X607: a row's annual number is larger than the whole period's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell, normalise
from scorer.targets import Target

RULE = Rule(
    code="X607",
    name="年度指标值大于实施期",
    checks="同一条指标，年度的数量或金额比整个实施期的还大。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="实施期：建成道路20公里；年度：建成道路25公里",
    good="实施期：建成道路20公里；年度：建成道路8公里",
    status="stable",
    false_alarms=(
        "比率、满意度、频次和每年、每月、人均的数，年度可以不小于实施期，不比较。",
        "在册人数、保有量这类时点数，不是逐年累加的，不比较。",
        "单位不同的两个数不比较；≤的上限不比较。",
        "一年期项目两半不同，由 X614 说明。",
    ),
)

_PER_YEAR = re.compile(
    r"每|年均|月均|日均|人均|户均|平均|/|单价|标准|在册|保有|存量|现有|累计|时间|时长|天数"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield annual rows that promise more than the same row of the whole period."""
    if ctx.facts.one_year:
        return
    whole = {
        (row.level2, normalise(row.name)): amount
        for _, row, target in ctx.rows()
        if row.phase == "period" and (amount := _amount(row, target)) is not None
    }
    for index, row, target in ctx.rows():
        own = _amount(row, target) if row.phase == "annual" else None
        total = whole.get((row.level2, normalise(row.name)))
        if own and total and own[1] == total[1] and own[0] > total[0]:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}年度填「{row.value}」，比实施期的{total[0]:g}{total[1]}还大。",
                advice="请核对：实施期写总量，年度写今年的量，年度不应大于实施期。",
            )


def _amount(row: Indicator, target: Target) -> tuple[Decimal, str] | None:
    """The one number of a row that adds up over the years, with its unit."""
    if len(target.quantities) != 1 or _PER_YEAR.search(f"{row.name}{row.value}"):
        return None
    quantity = target.quantities[0]
    if quantity.comparator in ("≤", "<") or quantity.unit_kind in ("rate", "time", ""):
        return None
    if target.kind not in ("number", "money") or target.frequency:
        return None
    return quantity.value, quantity.unit
