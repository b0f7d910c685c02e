"""C102: no row at all where every project needs one: 产出, 效益, 满意度, 数量, 质量."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import BENEFIT, OUTPUT, SATISFACTION, Form, Severity
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.slogans import substance

RULE = Rule(
    code="C102",
    name="缺少一类指标",
    checks="产出、效益、满意度三类一级指标缺了一类，或产出里没有数量、质量、时效指标。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="整张表没有一条效益指标",
    good="社会效益指标 持证上岗率：≥85%",
    status="stable",
    false_alarms=(
        "项目用不到的二级指标（经济、生态效益等）空着，不算缺；表样没有二级指标这一列的，不查。",
        "看不出直接服务公众的项目可以没有满意度指标，只作建议；人员补助不查。",
    ),
)


# People outside the unit whom anybody could ask.
_SERVED = re.compile(
    r"群众|居民|村民|市民|[农用住牧渔商]户|养殖户|种植户|学生|学员|幼儿|儿童|老年?人|残疾人|患者|病人|妇女|企业|游客|读者|旅客|乘客|消费者|受益|惠及|军人|考生|家长|选手|参赛|参训|参展|观众|听众|公众"
)

# Things of households, and what a place builds for all who live there: whoever works on them works
# for somebody who can be asked.
_THEIRS = re.compile(
    r"[生肉]猪|家禽|户厕|农房|住宅|公厕|公共厕所|路灯|公园|农贸市场|饮水|自来水|校舍|卫生院|养老院|敬老院|小区"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each missing level of the half that is filled best (年度 first)."""
    if not any(ctx.rows()):
        yield Hit(
            field="indicators",
            message="整张表没有一条绩效指标。",
            advice="请按产出、效益、满意度分别填写三级指标和指标值。",
            severity="error",
        )
        return
    level1 = {row.level1 for _, row, _ in ctx.rows()}
    # Whose satisfaction it is decides: another project's people are not asked about this one.
    asked = [n for n, row, _ in ctx.rows() if row.level1 == SATISFACTION]
    copied = bool(asked) and not any(map(ctx.answers, asked))
    level2 = {row.level2 for _, row, _ in ctx.rows()}
    severities: tuple[tuple[str, Severity], ...] = (
        (OUTPUT, "error"),
        (BENEFIT, "error"),
        (SATISFACTION, "advice"),
    )
    for name, severity in severities:
        if name in level1 and not (name == SATISFACTION and copied):
            continue
        if name == SATISFACTION and ctx.facts.internal:
            continue
        served = name == SATISFACTION and _serves(form, ctx, name not in level1)
        # A row elsewhere asks for the class that is blank; it excuses no row of another project in it.
        if served and (copied or not _elsewhere(ctx)):
            severity = "warning"
        yield Hit(
            field=name,
            message=f"没有一条{'本项目的' if name in level1 else ''}{name}。",
            advice=_ADVICE[name],
            severity=severity,
        )
    # A template without 二级指标 asks for none of them.
    if not any(row.level2 for _, row, _ in ctx.rows() if row.level1 == OUTPUT):
        return
    if "数量指标" not in level2:
        yield Hit(
            field="数量指标",
            message="产出里没有数量指标，看不出要办多少事。",
            advice="请写明数量，如「≥ ___ 场」「≥ ___ 人」，按计划或清单填。",
        )
    if not ctx.facts.internal:
        yield from _wanting_outputs(level2)


def _wanting_outputs(level2: set[str]) -> Iterator[Hit]:
    """质量 and 时效, without which nobody can say how well and by when the work is to be done."""
    for name, message, advice in (
        ("质量指标", "看不出办到什么程度算合格", "请写明质量标准，如「验收合格率 ≥ ___ %」。"),
        ("时效指标", "看不出什么时候办完", "请写明完成时间，如「___月___日前」。"),
    ):
        if name not in level2:
            yield Hit(field=name, message=f"产出里没有{name}，{message}。", advice=advice)


def _serves(form: Form, ctx: Context, unasked: bool) -> bool:
    """Whether the work itself is for people; who is named as a reason (necessity) is not served.

    The rows are asked in the goal's place: one made worse, so that it names nobody, excuses no gap.
    """
    texts = [form.project, form.overview]
    texts += [row.name for n, row, _ in ctx.rows() if row.level1 != SATISFACTION and ctx.answers(n)]
    said = [substance(text) for text in texts if text]
    return any(_SERVED.search(t) or (unasked and _THEIRS.search(t)) for t in said)


def _elsewhere(ctx: Context) -> bool:
    """Whether satisfaction is asked for in another class: that is said at the row."""
    return any("满意" in row.name and row.level1 != SATISFACTION for _, row, _ in ctx.rows())


_ADVICE = {
    OUTPUT: "请写明要完成什么：数量、质量、时效至少各一条。",
    BENEFIT: "请写一条与项目对得上的效益：谁得到什么好处，怎么核对。",
    SATISFACTION: "服务对象能调查的，请写明对象和比例，如「参训学员满意度 ≥ ___ %」。",
}
