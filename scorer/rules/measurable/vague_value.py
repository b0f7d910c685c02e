"""M201: the value is words that nobody could check in December."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.verifiable import cannot_miss
from scorer.rules.wording import cell

RULE = Rule(
    code="M201",
    name="指标值含糊",
    checks="指标值没有数量、时间、可查的标准或事件，年底无法核对是否完成。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="公共服务水平：有所提高",
    good="群众办事平均等候时间：≤15分钟",
    status="stable",
    false_alarms=("有名称的标准（符合GB/T 9704）、可查的事件（通过市级验收）不算含糊。",),
    topic="unverifiable",
    rank=60,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose value, read with its name, gives nothing to check."""
    for index, row, target in ctx.rows():
        if ctx.unverifiable(index):
            open_ended = cannot_miss(row, target)
            trouble = "怎么做都算完成" if open_ended else "没有数，也没有可查的标准"
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{trouble}，年底无法核对。",
                advice="请写明数量、时间，或写一个能查到结果的标准、事件。",
            )
