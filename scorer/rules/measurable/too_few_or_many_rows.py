"""M209: too few rows for the money, or so many that nobody can follow them."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import PHASE_NAMES, PHASES, Form, Severity
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import funding_of
from scorer.rules.wording import normalise, wan

RULE = Rule(
    code="M209",
    name="指标过少或过多",
    checks="资金多而填写的指标不足4条，或一半表里超过20条。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="资金500万元，只有2条指标",
    good="每项主要支出至少一条产出，再加效益和满意度，共6至15条",
    status="stable",
    false_alarms=(
        "人员类、小额项目，条数少是正常的，不算。",
        "同一指标按地点、对象分列的长表，按一条计。",
    ),
    options={"few": 4, "many": 20, "few_from_yuan": 1_000_000},
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half with too few or too many filled rows."""
    severity: Severity | None
    for phase in PHASES:
        rows = [r for r in form.of_phase(phase) if r.name.strip() and r.value.strip()]
        money = funding_of(form, phase)
        # Rows of one measure for several places or groups differ in their first letters only.
        kinds = {(r.level2, normalise(r.name)[-6:]) for r in rows}
        if 0 < len(rows) < ctx.options["few"]:
            if money is None or money < ctx.options["few_from_yuan"] or ctx.facts.internal:
                continue
            said = f"{PHASE_NAMES[phase]}只有{len(rows)}条指标，项目资金{wan(money)}，看不全钱用在哪里、效果如何"
            advice = "请给每项主要支出补一条产出，并补效益、满意度等缺的类别。"
            severity = None
        elif len(kinds) > ctx.options["many"]:
            said = f"{PHASE_NAMES[phase]}有{len(rows)}条指标，太多，重点不突出"
            advice = "请留下与资金和目标最相关的，一般6至15条。"
            severity = "advice"
        else:
            continue
        yield Hit(
            field=f"indicators_{phase}",
            evidence=f"{PHASE_NAMES[phase]}{len(rows)}条",
            message=said + "。",
            advice=advice,
            severity=severity,
        )
