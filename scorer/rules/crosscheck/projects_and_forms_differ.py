"""X605: a budget line without a form, or a form without a budget line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorer.forms import Amount, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.names import match_projects
from scorer.rules.wording import named, wan

RULE = Rule(
    code="X605",
    name="项目与绩效目标表对不上",
    checks="项目支出预算表里有的项目没有绩效目标表，或有绩效目标表的项目不在预算表里。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="预算表有8个项目，只附了7张绩效目标表",
    good="预算表的每个项目都附绩效目标表",
    status="stable",
    false_alarms=(
        "涉密项目、上年结转项目可以不公开绩效目标表，先请单位说明。",
        "文件里没有项目支出预算表的，无从比较；有没读出来的表时，只请单位核对。",
        "名称只差年份、编号、「经费」「项目」字样的，算同一个项目。",
    ),
    scope="document",
)
ONE_BY_ONE = 3  # from this many projects on, one remark names them all


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield what is left over on either side; nothing where one side is absent."""
    ledger = submission.ledger
    if not ledger.projects or not submission.forms:
        return
    matched = match_projects(submission.forms, ledger.projects)
    unread = any(problem.lost for problem in submission.problems)
    yield from _without_form([line for line in matched.lines if line.yuan], unread)
    carried = {id(f) for f, _ in match_projects(matched.forms, ledger.carryover).pairs}
    for form in matched.forms:
        if id(form) in carried:
            continue
        yield Hit(
            project=form.project,
            field="project",
            place=form.places.get("project", form.place),
            evidence=form.project or "",
            message=f"「{form.project}」有绩效目标表，项目支出预算表里却没有这个项目。",
            advice="请核对项目名称是否与预算表一致；没有安排预算的，请撤下这张表。",
        )


def _without_form(lines: Sequence[Amount], unread: bool) -> Iterator[Hit]:
    """One remark for each project, or one for all where there are many."""
    groups = [[line] for line in lines] if len(lines) < ONE_BY_ONE else [list(lines)]
    for group in groups:
        listed = named([f"{line.name} {wan(line.yuan)}" for line in group])
        count = f"有{len(group)}个" if len(group) > 1 else ""
        yield Hit(
            field="project",
            place=group[0].place,
            more=tuple(line.place for line in group[1:]),
            evidence="、".join(line.name for line in group),
            message=f"项目支出预算表里{count}{listed}没有附绩效目标表。",
            advice="请补报绩效目标表；涉密或按规定不公开的，请注明。",
            severity="advice" if unread else None,
        )
