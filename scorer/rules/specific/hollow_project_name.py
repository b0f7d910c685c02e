"""S112: a project's name says nothing of what is done («拨付工作经费»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Place, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context

RULE = Rule(
    code="S112",
    name="项目名称看不出办什么",
    checks="项目名称只有拨付、工作、专项、经费一类的字，没有事由。",
    item="明确清晰性",
    severity="advice",
    basis="",
    bad="拨付专项工作经费",
    good="乡镇便民服务中心运行经费",
    status="stable",
    false_alarms=(
        "名称里有单位、地方、事由、对象的，不算。",
        "预算系统固定的公用经费、人员经费名称，不算。",
    ),
    scope="document",
)
_EMPTY = re.compile(
    r"(?:20\d\d年度?|拨付|下达|安排|追加|上级|其他|其它|年初|本级|预算|财政|专项|日常|一般|工作|业务|项目|支出|经费|资金|费用|费|补助|款|的)+"
)
_FIXED = re.compile(r"公用经费|人员经费|基本支出")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield hollow names of forms and of budget lines, each name once."""
    forms = [
        (f.project or "", f.places.get("project", f.place), f.project) for f in submission.forms
    ]
    lines = (*submission.ledger.projects, *submission.ledger.carryover)
    named: list[tuple[str, Place, str | None]] = [*forms, *((a.name, a.place, None) for a in lines)]
    said: set[str] = set()
    for name, place, project in named:
        if not name or name in said or _FIXED.search(name) or not _EMPTY.fullmatch(name):
            continue
        said.add(name)
        yield Hit(
            project=project,
            field="project",
            place=place,
            evidence=name,
            message=f"项目名称「{name}」看不出办什么事、为谁办。",
            advice="请在名称里写明事由或对象。",
        )
