"""X606: the narrative's number or sum of projects is not that of the forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from scorer.forms import Form, Statement, Submission, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import form_yuan
from scorer.rules.wording import wan

RULE = Rule(
    code="X606",
    name="说明里的项目数、金额与表不符",
    checks="绩效管理情况说明写的项目个数、涉及金额，与所附绩效目标表的张数、合计不同。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="说明写3个项目240万元，附表4张248万元",
    good="说明写4个项目248万元，附表4张248万元",
    status="stable",
    false_alarms=(
        "差额正好是一个项目的，多半是人员类或不公开项目未计入：点名请单位说明。",
        "舍入造成的差额（每个项目不到100元）不算。",
        "与项目支出预算表一致、只是表没有附全的，由 X605 说明；公开的个数由 X616 说明。",
    ),
    scope="document",
    options={"tolerance_yuan": 100},
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Compare each statement about all projects with the forms of the document."""
    forms, lines = submission.forms, submission.ledger.projects
    if not forms:
        return
    amounts = [form_yuan(form) or 0 for form in forms]
    for said in submission.ledger.managed:
        if said.kind != "projects" or not _off(said, amounts, ctx):
            continue
        if lines and not _off(said, [line.yuan for line in lines], ctx):
            continue  # right by the budget table; X605 names what has no form
        yield Hit(
            field="managed",
            place=said.place,
            evidence=said.text,
            message=_message(said, len(forms), sum(amounts)) + _likely(said, forms, amounts),
            advice="请把说明与附表改一致；未计入的项目请写明原因。",
        )


def _off(said: Statement, amounts: Sequence[Yuan], ctx: Context) -> bool:
    """Whether number or sum are not those of these projects."""
    tolerance = ctx.options["tolerance_yuan"] * len(amounts)
    count_off = said.count is not None and said.count != len(amounts)
    sum_off = said.yuan is not None and abs(Decimal(said.yuan) - sum(amounts)) > tolerance
    return count_off or sum_off


def _message(said: Statement, count: int, total: Yuan) -> str:
    stated = "、".join(
        part
        for part in (
            f"{said.count}个项目" if said.count is not None else "",
            wan(said.yuan) if said.yuan is not None else "",
        )
        if part
    )
    return f"绩效管理情况说明写{stated}，所附绩效目标表是{count}张、合计{wan(total)}。"


def _likely(said: Statement, forms: tuple[Form, ...], amounts: list[Yuan]) -> str:
    """Name the one or two projects that would explain the gap."""
    if said.yuan is None:
        return ""
    gap = sum(amounts) - said.yuan
    for size in (1, 2):
        for chosen in combinations(range(len(forms)), size):
            if gap > 0 and abs(Decimal(sum(amounts[i] for i in chosen)) - gap) < 100:
                names = "、".join(f"「{forms[i].project}」" for i in chosen)
                return f"差额{wan(gap)}正好是{names}，可能没有计入。"
    return ""
