"""A306: the only cost row repeats the project's amount, or says 不超预算."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import PHASES, Form, Indicator, Yuan
from scorer.library import pairs_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import YUAN, cost_rows, funding_of, near, share_of_year, whole_sum
from scorer.rules.wording import cell, wan
from scorer.targets import Quantity, Target

RULE = Rule(
    code="A306",
    name="成本只写了预算总额",
    checks="唯一的成本指标（或每一条成本指标）等于项目资金，或者只写不超预算，看不出单位成本。",
    item="资金匹配性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="项目总成本：≤85万元（项目资金正好85万元）",
    good="印刷成本：≤0.35元/页；培训成本：≤450元/人·天",
    status="stable",
    false_alarms=(
        "同时写了单价、人均或分项控制数的，不算。",
        "只买一样东西、只有一份合同的，只提建议。",
        "人员补助类项目按人数和标准发放，不算。",
    ),
)


_OF_ANY_COST = re.compile(
    r"[总单人每户均次件套台]|成本|单价|均价|造价|费用|标准|价格|投资|控制|经费|支出|项目|资金|预算|采购|购置|培训|维护|维修|运维|服务|人员|劳务|印刷|会议|宣传|材料|设备|物资"
)
_BUDGET_RATE = re.compile(r"(?:预算|超支|资金|经费)(?![一-龥]*节约)[一-龥]{0,6}率$")
LEAST_TOLD = 25  # signs of overview and goal from which a cost can be known as strange


def _controls(name: str, ctx: Context) -> bool:
    """Whether a cost row says how this money is held: «预算超支率» only says that it will not be
    exceeded, the price of something that the form's own text nowhere names was copied in."""
    if _BUDGET_RATE.search(name):
        return False
    form = ctx.form
    about = "".join(t for t in (form.overview, form.goal.annual, form.goal.period) if t)
    parts = [part for part in _OF_ANY_COST.split(name) if len(part) > 3]
    thing = {pair for part in parts for pair in pairs_of(part)}
    strange = bool(thing) and not thing & pairs_of(ctx.facts.own_text)
    return len(about) < LEAST_TOLD or not strange


def _adds_nothing(row: Indicator, target: Target, own: Yuan | None, ctx: Context) -> str:
    """How a cost row only says the project's money once more, "" where it says something."""
    whole = whole_sum(row, target) or _for_one(target, ctx)
    if whole and own is not None and near(whole.value, own, "0.01"):
        return f"就是项目资金{wan(own)}"
    if own is not None and share_of_year(row, target, own):
        return f"只是把项目资金{wan(own)}按月、季分开"
    return "等于没有另设成本指标" if target.kind == "approved" and "预算" in target.text else ""


_ANY_PIECE = frozenset("项 个 批 年 次 套 宗 户 处".split())


def _for_one(target: Target, ctx: Context) -> Quantity | None:
    """The price of one of several, or of one «项»: «≤85万元/项» may be the whole sum as well."""
    quantity = target.only
    if quantity is None:
        return None
    money, _, thing = quantity.unit.partition("/")
    counts = [q for _, _, t in ctx.rows("数量指标") for q in t.quantities if q.unit == thing]
    one = any(q.value == 1 for q in counts) or not (counts or thing in _ANY_PIECE)
    return quantity if thing and money in YUAN and not one else None


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the lonely cost row of a half that adds nothing to the funding cell."""
    if ctx.facts.internal:
        return
    for phase in PHASES:
        rows = [
            (i, r, t)
            for i, r, t in cost_rows(ctx)
            if r.phase == phase
            and t.text.strip()
            and (whole_sum(r, t) is not None or (ctx.answers(i) and _controls(r.name, ctx)))
        ]
        own = funding_of(form, phase)
        idle = [_adds_nothing(r, t, own, ctx) for _, r, t in rows]
        if not idle or not all(idle):
            continue
        (index, row, _), said = rows[0], idle[0]
        counts = [t for _, r, t in ctx.rows("数量指标") if r.phase == phase]
        single = len(counts) == 1 and counts[0].quantities and counts[0].quantities[0].value == 1
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}{'是唯一的成本指标，' if len(rows) == 1 else '等成本指标都没有另外控制什么，'}填的「{row.value}」{said}，看不出花得是否合理。",
            advice="请拆成单位成本或分项控制数，如「___ ≤ ___ 元/台（人·天、平方米）」。",
            severity="advice" if single else None,
        )
