"""S108: several measures in one cell."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Target

RULE = Rule(
    code="S108",
    name="一格里堆了几个指标",
    checks="一个指标值里写了几样不同的量，年底只完成一半时没法打分。",
    item="指标科学性",
    severity="advice",
    basis="财预〔2021〕101号",
    bad="培训情况：6场300人合格率95%",
    good="培训场次：≥6场；培训人数：≥300人；培训合格率：≥95%",
    status="stable",
    false_alarms=(
        "一个量带说明（≤8分钟，2024年为25分钟）、单价带单位、分项合计的，不算堆砌。",
        "频次加数量（每月2次）说的是一件事。",
    ),
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose value holds three or more measures of different kinds."""
    for index, row, target in ctx.rows():
        if _stacked(target):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}一格里写了几样不同的量：「{row.value}」。",
                advice="请拆成几行，一行只写一样，各有名称和指标值。",
            )


def _stacked(target: Target) -> bool:
    """Three targets or more, each with a unit of its own."""
    if target.change or target.base or "其中" in target.text or "（" in target.text:
        return False
    units = {q.unit for q in target.quantities if q.unit and q.unit_kind not in ("time", "money")}
    return len(units) >= 3
