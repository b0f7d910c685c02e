"""A306: the only cost row repeats the project's amount, or says 不超预算."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import PHASES, Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import cost_rows, funding_of, near, whole_sum
from scorer.rules.wording import cell, wan

RULE = Rule(
    code="A306",
    name="成本只写了预算总额",
    checks="唯一的成本指标等于项目资金，或者只写不超预算，看不出单位成本。",
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


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the lonely cost row of a half that adds nothing to the funding cell."""
    if ctx.facts.internal:
        return
    for phase in PHASES:
        rows = [(i, r, t) for i, r, t in cost_rows(ctx) if r.phase == phase and t.text.strip()]
        if len(rows) != 1:
            continue
        index, row, target = rows[0]
        own = funding_of(form, phase)
        whole = whole_sum(row, target)
        if whole and own is not None and near(whole.value, own, "0.01"):
            said = f"就是项目资金{wan(own)}"
        elif target.kind == "approved" and "预算" in target.text:
            said = "等于没有另设成本指标"
        else:
            continue
        counts = [t for _, r, t in ctx.rows("数量指标") if r.phase == phase]
        single = len(counts) == 1 and counts[0].quantities and counts[0].quantities[0].value == 1
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}是唯一的成本指标，填的「{row.value}」{said}，看不出花得是否合理。",
            advice="请拆成单位成本或分项控制数，如「___ ≤ ___ 元/台（人·天、平方米）」。",
            severity="advice" if single else None,
        )
