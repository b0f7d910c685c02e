"""R416: satisfaction stands in for the effect: the benefit rows ask nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import BENEFIT, Form
from scorer.rules.attainable.idle_completion import idle
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.routine import of_management

RULE = Rule(
    code="R416",
    name="用满意度代替效益",
    checks="效益指标里写的全是满意度，没有一条说项目带来什么变化。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="社会效益指标 学员满意度：≥90%，此外没有别的效益指标",
    good="社会效益指标 持证上岗率：≥85%；服务对象满意度指标 学员满意度：≥90%",
    status="stable",
    false_alarms=("效益里另有一条说变化的，不算（那一条满意度只是放错了类）。",),
)

_SATISFIED = re.compile(r"满意|认可度|好评")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark where every benefit row that says anything is about satisfaction."""
    rows = [
        row
        for _, row, target in ctx.rows()
        if row.level1 == BENEFIT
        and row.name
        and not idle(row, target)
        and not of_management(row.name)
    ]
    if rows and all(_SATISFIED.search(row.name) for row in rows):
        yield Hit(
            field=BENEFIT,
            message=f"效益指标只有「{rows[0].name}」，满意不满意代替不了效益。",
            advice="请另写一条效益：谁得到什么、发生什么变化；满意度移到服务对象满意度指标。",
            evidence=rows[0].name,
        )
