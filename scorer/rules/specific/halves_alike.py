"""S104: a project of several years whose two halves are the same."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.stated import stated_numbers, texts_of
from scorer.rules.wording import normalise

RULE = Rule(
    code="S104",
    name="实施期与年度两半雷同",
    checks="项目期不止一年，而实施期目标、指标与年度的一字不差，分不出今年办多少。",
    item="明确清晰性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="三年计划，两边都写建成30公里",
    good="实施期：建成30公里；年度：建成12公里",
    status="stable",
    false_alarms=(
        "一年期项目两半相同是对的。",
        "跨年度施工而资金全在今年的（两个总额相同），两半相同也说得通。",
        "表格宽度截断造成的差异不算不同。",
    ),
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield once where a longer project has equal goals and equal quantities."""
    if (ctx.facts.years or 1) <= 1 or form.total_yuan == form.annual_yuan is not None:
        return
    goals = {normalise(g) for g in (form.goal.period, form.goal.annual) if g}
    period = [normalise(i.value) for i in form.of_phase("period")]
    annual = [normalise(i.value) for i in form.of_phase("annual")]
    same_rows = bool(period) and period == annual
    same_goal = bool(form.goal.period and form.goal.annual) and len(goals) == 1
    # An amount is of the whole or of the year; words like «按计划采购新书» may be of both.
    amounts = same_goal and bool(stated_numbers(texts_of(form, ("goal_annual",))))
    if same_rows or amounts or (same_goal and not (period and annual)):
        yield Hit(
            field="goal_annual",
            message=f"项目期是{ctx.facts.years}年，实施期与年度{'两半却完全一样' if same_rows else '目标却写得一样'}，看不出今年要完成多少。",
            advice="请在实施期写总量，在年度写今年的量。",
        )
