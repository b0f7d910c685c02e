"""R412: a value that does not answer its name, as the trained model sees it."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="R412",
    name="指标值与名称对不上（模型）",
    checks="指标值答非所问、方向反了、不可能做到，或者与表内写的数、年份不一致。由训练好的模型判断。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="火情误报率：≥20%",
    good="火情误报率：≤5%",
    false_alarms=(
        "规则已经说清楚的，只说一次。",
        "软话填在该填数的地方，是没有量化，不算。",
        "模型把握不到0.6的不报，不到0.8的只请核对，不扣分。",
    ),
    status="stable",
    topic="unverifiable",
    rank=60,
    label="incoherent",
    options={"least": 0.6, "sure": 0.8},
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows of which the model says that the value cannot be the name's answer."""
    for index, row, target in ctx.rows():
        verdict = ctx.verdict(index)
        if verdict is None or not row.name or target.kind in ("blank", "placeholder"):
            continue
        chance = verdict.incoherent or 0.0
        if chance < ctx.options["least"]:
            continue
        sure = chance >= ctx.options["sure"]
        words = "、".join(f"「{w}」" for w in verdict.why_incoherent[:3])
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}填的「{row.value}」与名称对不上。"
            if sure
            else f"{cell(row)}填的「{row.value}」与名称可能对不上，请核对。",
            advice="请核对方向、单位、年份，以及与项目概况和目标里写的数是否一致。",
            why=f"模型看的是：{words}。" if words else "",
            severity=None if sure else "advice",
            confidence=chance,
        )
