"""R401: an indicator that has nothing to do with what this project is for (model)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import COST, SATISFACTION, Form, Indicator, Verdict
from scorer.library import pairs_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import SURE, Context
from scorer.rules.echoes import strangers_together
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
        "模型把握不到0.8的只请核对，不扣分；不到一半的不问。",
        "时效、成本、满意度和可持续影响各项目写法相近，没有0.8的把握不问。",
        "模型都有些怀疑、又有一个词在三条以上指标里出现而表里别处没有的，合起来算。",
    ),
    label="mismatch",
    options={"least": 0.5, "sure": SURE},
)

# Dates, costs, satisfaction and permanence read alike in all trades: a doubt about them is
# right in one of three cases only (cross-validated), about the other classes in two of three.
_ALIKE = frozenset(("时效指标", "可持续影响指标"))

# Whatever is made of these words alone fits every project: «项目总成本», «工程验收合格率».
_GENERIC = re.compile(
    r"年度|全年|项目|工程|工作|任务|计划|资金|经费|预算|财政|成本|投资|支出|费用|总额|总量|总|控制|节约|完成|实施|建设|支付|拨付|拨款|到位|使用|执行|发放"
    r"|及时|按时|按期|准时|时间|时限|进度|周期|验收|质量|合格|达标|数量|满意|程度|情况|指标|[率度性数量]|[（()）\s]"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows that the relevance model calls foreign to the project."""
    if not form.project:
        return
    together = strangers_together(form, ctx)
    for index, row, _ in ctx.rows():
        verdict = ctx.verdict(index)
        told = index in together or (verdict is not None and "mismatch" in verdict.says)
        if verdict is None or not told or not _GENERIC.sub("", row.name):
            continue
        chance = ctx.doubt(index)
        sure = chance >= ctx.options["sure"] and not _own_slogan(index, row, form, ctx)
        sure = sure or index in together
        alike = row.level2 in _ALIKE or row.level1 in (COST, SATISFACTION) or row.level2 == COST
        if not sure and (alike or chance < ctx.options["least"]):
            continue
        yield Hit(
            indicator=index,
            field="name",
            message=f"{cell(row)}看不出与「{form.project}」有什么关系。"
            if sure
            else f"{cell(row)}与「{form.project}」的关系不明显，请核对。",
            advice="请核对是不是从别的项目抄来的；换成这个项目自己的产出或效益。",
            why=_why(verdict, together.get(index)),
            severity=None if sure else "advice",
            confidence=max(chance, SURE) if index in together else chance,
        )


def _why(verdict: Verdict, shared: str | None) -> str:
    if shared:
        return f"「{shared}」在几条指标里出现，项目名称、概况、目标里都没有。"
    words = "、".join(f"「{w}」" for w in verdict.why_mismatch[:3])
    return f"模型看的是：{words}与项目名称、概况、目标里的事对不上。" if words else ""


def _own_slogan(index: int, row: Indicator, form: Form, ctx: Context) -> bool:
    """A phrase with a word of the project's name («促进文化事业发展» of a 文化站): empty, not foreign."""
    shared = pairs_of(row.name) & pairs_of(form.project or "")
    return bool(shared) and ctx.unverifiable(index)
