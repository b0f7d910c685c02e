"""S110: the value says the name again (促进…: 促进)."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell, normalise

RULE = Rule(
    code="S110",
    name="指标值重复名称",
    checks="指标值只是把名称里的字再说一遍，没有给出标准。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="促进网络安全：促进",
    good="网络安全事件：=0起",
    status="stable",
    false_alarms=("名称里已有数量或标准，指标值填「完成」「达到」的，不算重复。",),
    topic="unverifiable",
    rank=20,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose value is part of the name and cannot be checked."""
    for index, row, _ in ctx.rows():
        value, name = normalise(row.value), normalise(row.name)
        if len(value) > 1 and value in name and ctx.unverifiable(index):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的「{row.value}」只是重复名称，没有给出标准，年底无法核对。",
                advice="请换成能数的结果，或一个查得到的标准、事件。",
            )
