"""X619: one form was filled in long after the others of the same unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from statistics import median_low

from scorer.forms import Form, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context

RULE = Rule(
    code="X619",
    name="填报日期与其他表相差很远",
    checks="一张表的填报日期比同一单位其他表晚一个月以上，或其他表在年前填报而这一张在预算年度开始以后。",
    item="",
    severity="advice",
    basis="",
    bad="五张表填报日期2024年12月，一张填2025年3月",
    good="各表随部门预算同时填报；年中追加的项目注明「追加」",
    status="stable",
    false_alarms=(
        "填报日期在预算年度的上一年是正常的。",
        "年中追加的项目补填绩效目标是对的：只请单位注明。",
        "只有两张表的，看不出哪张特别，不比较。",
    ),
    scope="document",
    options={"days": 30},
)
_DAY = re.compile(r"(20\d\d)\D{0,1}(\d{1,2}|\d{2})\D{0,1}(\d{2}|\d{1,2})")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield forms filled in much later than the middle one."""
    dated = [(form, day) for form in submission.forms if (day := _day(form)) is not None]
    if len(dated) < 3:
        return
    middle = median_low([day for _, day in dated])
    late = [(form, day) for form, day in dated if (day - middle).days > ctx.options["days"]]
    if len(late) * 3 > len(dated):
        return
    for form, day in late:
        begun = (
            submission.fiscal_year is not None and day.year >= submission.fiscal_year > middle.year
        )
        yield Hit(
            project=form.project,
            field="filled_at",
            place=form.places.get("filled_at", form.place),
            evidence=form.filled_at or "",
            message=f"「{form.project}」{day:%Y年%m月%d日}填报，其他表多在{middle:%Y年%m月}"
            + ("，这时预算年度已经开始。" if begun else "。"),
            advice="请说明是否年中追加；随年初预算安排的，请核对填报日期。",
        )


def _day(form: Form) -> dt.date | None:
    text = re.sub(r"\D", "", form.filled_at or "")
    if len(text) >= 8:
        match = re.match(r"(20\d\d)(\d\d)(\d\d)", text)
    else:
        match = _DAY.match(form.filled_at or "")
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
