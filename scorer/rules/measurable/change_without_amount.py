"""M204: a rise or fall without how much, or without compared to what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="M204",
    name="升降没有幅度",
    checks="只写较上年提高、逐年下降，没有写提高多少。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="建议采纳次数：较上年提高",
    good="建议采纳次数：较2024年增加2次以上",
    status="stable",
    false_alarms=("写明不低于上年决算数、持平的，有数可对，不算。", "幅度写在名称里的，不算。"),
    topic="unverifiable",
    rank=5,
    label="vague",
)

_EVERY_YEAR = re.compile(r"逐[年步月季]|同比|环比|上年|往年|去年")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows that promise a change and name no amount in value or name."""
    for index, row, target in ctx.rows():
        compares = target.change and (target.base or _EVERY_YEAR.search(row.value))
        if compares and not target.quantities and ctx.unverifiable(index):
            base = target.base or "较上年"
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，没有写多少，年底无法核对。",
                advice=f"请写明幅度和基数，如「{base}提高 ___ %」或写绝对数「≥ ___」。",
            )
