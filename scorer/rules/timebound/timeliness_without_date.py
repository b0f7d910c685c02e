"""T501: a 时效指标 without date, limit or frequency."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="T501",
    name="时效指标没有时间点",
    checks="时效指标只写及时、按时、保证，没有日期、期限或频次。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="项目完成及时性：及时",
    good="设备到货时间：2025年9月30日前",
    status="stable",
    false_alarms=(
        "每月一次、按季发放、24小时内等频次和时限，算有时间点。",
        "及时率 ≥ 95% 有比例可查，不在此列。",
        "时间写在名称里、指标值填「完成」的，不算没有时间。",
    ),
    topic="unverifiable",
    rank=10,
    label="vague",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield timeliness rows without any time."""
    for index, row, _ in ctx.rows("时效指标"):
        if ctx.unverifiable(index):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，没有日期或期限，年底无法核对。",
                advice="请写完成日期（如「___月___日前」）；常年的工作写频次或时限（如「每月___日前」「___小时内」）。",
            )
