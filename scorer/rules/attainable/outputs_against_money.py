"""A308: much money behind few or unquantified outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import OUTPUT, PHASES, Form, Phase, Severity
from scorer.rules.attainable.idle_completion import idle
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import funding_of
from scorer.rules.wording import wan

RULE = Rule(
    code="A308",
    name="资金量大而产出说不清",
    checks="项目资金数额大，数量指标却没有一条有数，或只有一条。",
    item="资金匹配性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="资金1000万元，数量指标只有「设备数量：按需要」",
    good="资金1000万元，列出每一项主要支出买了什么、多少",
    status="stable",
    false_alarms=(
        "一个大件的工程、一次发放的补助，一条数量也许就够，只提建议。",
        "人员类项目，不算。",
        "数写在名称里、值填「完成」的，算有数。",
    ),
    options={"none_from_yuan": 1_000_000, "one_from_yuan": 10_000_000},
)

_ONE_THING = re.compile(
    r"补助|补贴|救助|奖励|工资|养老|保险|津贴|还本|付息|偿还|债|建设|工程|贴息|资本金"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half whose money has next to no counted output."""
    if ctx.facts.internal:
        return
    severity: Severity | None
    for phase in PHASES:
        money = funding_of(form, phase)
        if money is None or not form.of_phase(phase):
            continue
        counted = _counted_outputs(ctx, phase)
        if counted == 0 and money >= ctx.options["none_from_yuan"]:
            severity, said = None, "没有一条有数"
        elif counted == 1 and money >= ctx.options["one_from_yuan"]:
            one_thing = _ONE_THING.search(form.project or "")
            if one_thing:
                continue
            severity, said = "advice", "只有一条有数"
        else:
            continue
        yield Hit(
            field=f"indicators_{phase}",
            evidence=form.project or "",
            message=f"项目资金{wan(money)}，数量指标{said}，看不出这些钱办成多少事。",
            advice="请按主要支出逐项列出数量，如「购置___ ≥ ___ 台」「改造___ ≥ ___ 平方米」。",
            severity=severity,
        )


def _counted_outputs(ctx: Context, phase: Phase) -> int:
    """Rows of 数量 (all outputs where the template has no 二级指标) whose value or name holds a
    number; another project's rows count nothing."""
    outputs = [(n, row, t) for n, row, t in ctx.rows() if row.level1 == OUTPUT]
    leveled = any(row.level2 for _, row, _ in outputs)
    return sum(
        1
        for index, row, target in (ctx.rows("数量指标") if leveled else outputs)
        if row.phase == phase
        and ctx.answers(index)
        and not idle(row, target)
        and target.text.strip()
        and not ctx.unverifiable(index)
    )
