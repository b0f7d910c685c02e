"""M203: an indicator that names a rate, with a word for a value (合格率: 合格)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="M203",
    name="率没有百分数",
    checks="名称问的是率、比例，指标值却是文字。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="设备验收合格率：合格",
    good="设备验收合格率：=100%",
    status="stable",
    false_alarms=("写「全部合格」的等于100%，有批件可查，不算。", "频率、功率不是比例。"),
    topic="unverifiable",
    rank=8,
    label="vague",
)

_RATE = re.compile(r"(?:(?<![频功速效汇税费利])率|比例|占比|比重|百分比)(?:（[^）]*）|\([^)]*\))?$")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose name ends in a rate and whose value cannot be checked."""
    for index, row, target in ctx.rows():
        if _RATE.search(row.name) and ctx.unverifiable(index) and target.kind != "change":
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}问的是比例，填的却是「{row.value}」，没有百分数。",
                advice="请填百分数，如「≥ ___ %」；必须全部做到的填「=100%」。",
            )
