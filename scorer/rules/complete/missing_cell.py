"""C103: a row with a name and no value, or a value and no name."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="C103",
    name="指标行缺名称或指标值",
    checks="三级指标有名称没有指标值，或有指标值没有名称。",
    item="规范完整性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="数量指标 培训场次：（空）",
    good="数量指标 培训场次：≥6场",
    status="stable",
    false_alarms=("整行空着是表样留的空行，不算缺。",),
    topic="unverifiable",
    rank=1,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows of which one half is blank."""
    for index, row, target in ctx.rows():
        if row.name and target.kind == "blank":
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}没有填指标值。",
                advice="请补填指标值，写明数量、比例或完成时间。",
            )
        elif not row.name and target.kind != "blank":
            yield Hit(
                indicator=index,
                field="name",
                message=f"{cell(row)}填了「{row.value}」，没有写三级指标名称。",
                advice="请写明这个值说的是什么，如「培训场次」「验收合格率」。",
            )
