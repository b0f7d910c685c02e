"""S109: routine management demands set as performance (制度健全, 专款专用)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.routine import of_management, office_routine
from scorer.rules.wording import cell

RULE = Rule(
    code="S109",
    name="把常规管理要求当绩效",
    checks="制度健全、资金到位、专款专用、采购合规，开例会、写总结、值班、学习等日常管理和机关事务写成了绩效指标。",
    item="指标科学性",
    severity="advice",
    basis="财预〔2021〕101号",
    bad="质量指标 资金使用合规率：=100%",
    good="质量指标 设备一次验收合格率：≥98%",
    status="stable",
    false_alarms=(
        "自评表的管理类指标用得对，不查自评表。",
        "项目本身就是建制度、查资金的，或者就是办会、培训、值班的，不算。",
    ),
)

_SUBJECT = re.compile(
    r"制度|审计|监督|监管|检查|财务|采购|评审|绩效|档案|拨付|补助|补贴|奖补|专项资金"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield routine rows of projects that are about something else."""
    if form.layout == "H" or _SUBJECT.search(form.project or ""):
        return
    for index, row, _ in ctx.rows():
        if of_management(row.name) or office_routine(row, ctx.facts.own_text):
            yield Hit(
                indicator=index,
                field="name",
                message=f"{cell(row)}是日常管理要求，不反映这个项目办成了什么。",
                advice="请换成项目本身的产出或效果；管理要求由内控制度去管。",
            )
