"""X613: money carried over from last year has projects, and none of them has a form."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.names import match_projects
from scorer.rules.sums import carried_total
from scorer.rules.wording import named, wan

RULE = Rule(
    code="X613",
    name="结转项目没有绩效目标表",
    checks="项目支出预算表（上年结转）里有项目，却没有绩效目标表，也没有计入绩效管理的项目数。",
    item="",
    severity="advice",
    basis="",
    bad="结转项目3个、200万元，没有绩效目标表",
    good="结转项目沿用上年批复的绩效目标表，一并附后，或注明已随上年公开",
    status="stable",
    false_alarms=(
        "结转项目的绩效目标多已随上年预算批复公开：只请单位说明。",
        "文件里一张绩效目标表也没有的，不在此列。",
    ),
    scope="document",
)
# Carried projects bear names near to this year's («工作经费» and «办公经费»): near is not the same.
_SAME = 0.9


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield one remark on all carried lines without a form, the largest first."""
    ledger = submission.ledger
    if not submission.forms:
        return
    left = match_projects(submission.forms, ledger.carryover, _SAME).lines
    lines = sorted((line for line in left if line.yuan), key=lambda line: -line.yuan)
    if not lines:
        return
    every = len(lines) == len(ledger.carryover)
    total = carried_total(submission) if every else sum(line.yuan for line in lines)
    listed = named([f"{line.name} {wan(line.yuan)}" for line in lines])
    yield Hit(
        field="carryover",
        place=lines[0].place,
        evidence="、".join(line.name for line in lines),
        more=tuple(line.place for line in lines[1:]),
        message=f"上年结转的{len(lines)}个项目（合计{wan(total)}）没有绩效目标表，也没有计入绩效管理的项目：{listed}。",
        advice="请附上年批复的绩效目标表，或写明已随上年预算公开、今年是否调整。",
    )
