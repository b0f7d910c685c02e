"""M202: a 数量指标 without a number."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.verifiable import cannot_miss
from scorer.rules.wording import cell

RULE = Rule(
    code="M202",
    name="数量指标没有数量",
    checks="数量指标的值里没有数，说不清要办多少。",
    item="指标科学性",
    severity="error",
    basis="财预〔2021〕101号",
    bad="计算机数量：按需要",
    good="计算机数量：≥120台",
    status="stable",
    false_alarms=(
        "数写在名称里、指标值填「完成」的，不算没有数。",
        "完成率、覆盖率写成百分数的，不算没有数。",
        "写明按已批复的数量执行的，不算没有数。",
    ),
    topic="unverifiable",
    rank=10,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield count rows whose value nobody could count."""
    for index, row, target in ctx.rows("数量指标"):
        if ctx.unverifiable(index):
            trouble = "怎么做都算完成" if cannot_miss(row, target) else "没有数量"
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{trouble}，年底无法核对。",
                advice="请填「≥ ___」加计量单位，数字按计划、编制数或采购清单填。",
            )
