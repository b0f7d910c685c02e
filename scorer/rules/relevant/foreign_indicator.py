"""R401: an indicator that has nothing to do with what this project is for (model)."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="R401",
    name="指标与项目不相干",
    checks="指标说的不是这个项目的事：别的项目的产出，或项目带不来的效益。由训练好的模型判断。",
    item="目标相关性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="乡镇档案室建设：社会效益指标 丰富群众业余生活",
    good="乡镇档案室建设：社会效益指标 群众查档等候时间 ≤15分钟",
    status="stable",
    false_alarms=(
        "满意度、预算控制、按时完成这类哪个项目都能用的指标，不算。",
        "换了说法、说的还是这个项目用处的，不算。",
        "模型把握不到0.8的只请核对，不扣分。",
    ),
    label="mismatch",
    options={"sure": 0.8},
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows that the relevance model calls foreign to the project."""
    if not form.project:
        return
    for index, row, _ in ctx.rows():
        verdict = ctx.verdict(index)
        if verdict is None or "mismatch" not in verdict.says or not row.name:
            continue
        words = "、".join(f"「{w}」" for w in verdict.why_mismatch[:3])
        sure = (verdict.mismatch or 0.0) >= ctx.options["sure"]
        why = f"模型看的是：{words}与项目名称、概况、目标里的事对不上。" if words else ""
        yield Hit(
            indicator=index,
            field="name",
            message=f"{cell(row)}看不出与「{form.project}」有什么关系。"
            if sure
            else f"{cell(row)}与「{form.project}」的关系不明显，请核对。",
            advice="请核对是不是从别的项目抄来的；换成这个项目自己的产出或效益。",
            why=why,
            severity=None if sure else "advice",
            confidence=verdict.mismatch or 0.0,
        )
