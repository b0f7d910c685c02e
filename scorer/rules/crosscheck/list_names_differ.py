"""X617: projects listed in the narrative bear other names or sums than in the table or forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Amount, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.names import core, match_projects
from scorer.rules.sums import form_yuan
from scorer.rules.wording import wan

RULE = Rule(
    code="X617",
    name="说明所列项目与表不一致",
    checks="情况说明逐个列出的项目，名称或金额与项目支出预算表、绩效目标表不同。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="说明：档案数字化加工扫描费20万元。预算表：档案数字化扫描加工费18万元",
    good="说明、预算表、绩效目标表都写：档案数字化扫描加工费18万元",
    status="stable",
    false_alarms=(
        "只差年份、编号、「项目」「经费」字样的，算同一个名称。",
        "不足100元的舍入不算。",
        "名称完全对不上的，由 X605 说明。",
    ),
    scope="document",
    options={"tolerance_yuan": 100},
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Compare every listed project with the budget table, else with the forms."""
    ledger = submission.ledger
    lines = ledger.projects or tuple(
        Amount(f.project or "", form_yuan(f) or 0, f.place) for f in submission.forms
    )
    for said in ledger.managed:
        listed = match_projects(said.names, lines)
        for name, line in listed.pairs:
            if core(name.name) != core(line.name):
                yield Hit(
                    field="managed",
                    place=name.place,
                    evidence=name.name,
                    message=f"这里写「{name.name}」，表里（{line.place.label()}）是「{line.name}」，名称不一致。",
                    advice=f"请统一写成「{line.name}」，或一并改正。",
                )
            elif abs(Decimal(name.yuan) - line.yuan) > ctx.options["tolerance_yuan"]:
                yield Hit(
                    field="managed",
                    place=name.place,
                    evidence=f"{name.name} {wan(name.yuan)}",
                    message=f"「{name.name}」这里写{wan(name.yuan)}，表里（{line.place.label()}）是{wan(line.yuan)}。",
                    advice="请核对两处金额，改一致。",
                )
