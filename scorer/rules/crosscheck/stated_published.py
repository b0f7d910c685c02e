"""X616: what the narrative says is published, or set for the whole unit, is not what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Statement, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import form_yuan
from scorer.rules.wording import wan

RULE = Rule(
    code="X616",
    name="公开的绩效目标、整体绩效目标与实际不符",
    checks="说明写公开项目绩效目标若干个、若干万元，与所附的表不同；或整体绩效目标涉及的资金不是单位的全部预算。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="公开项目绩效目标6个，实际附表4张；整体绩效目标涉及资金80万元，单位预算总额500万元",
    good="公开项目绩效目标4个，附表4张；整体绩效目标涉及资金500万元",
    status="stable",
    false_alarms=(
        "每张表不到100元的舍入不算。",
        "整体绩效目标不含上年结转的，算作一致。",
        "有没读出来的表时，张数只请单位核对。",
    ),
    scope="document",
    options={"tolerance_yuan": 100},
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Compare «公开…N个» with the forms, and the unit's own target with its budget."""
    for said in submission.ledger.managed:
        if said.kind == "published" and submission.forms:
            yield from _published(said, submission, ctx)
        elif said.kind == "unit" and said.yuan:
            yield from _unit(said, submission, ctx)


def _published(said: Statement, submission: Submission, ctx: Context) -> Iterator[Hit]:
    forms = submission.forms
    total = sum((Decimal(form_yuan(form) or 0) for form in forms), Decimal(0))
    count_off = said.count is not None and said.count != len(forms)
    limit = ctx.options["tolerance_yuan"] * len(forms)
    sum_off = bool(said.yuan) and abs(total - (said.yuan or 0)) > limit
    if not (count_off or sum_off):
        return
    money = f"、{wan(said.yuan)}" if said.yuan is not None else ""
    unread = any(problem.lost for problem in submission.problems)
    yield Hit(
        field="managed",
        place=said.place,
        evidence=said.text,
        message=f"说明写公开{said.count if said.count is not None else '若干'}个项目的绩效目标{money}，"
        f"所附是{len(forms)}张、合计{wan(total)}。",
        advice="请补附缺的表，或把个数、金额改对；按规定不公开的请注明。",
        severity="advice" if unread else None,
    )


def _unit(said: Statement, submission: Submission, ctx: Context) -> Iterator[Hit]:
    totals = submission.ledger.totals
    whole = totals.get("支出总计") or totals.get("收入总计")
    if whole is None or not whole.yuan or said.yuan is None:
        return
    known = [whole, totals.get("本年支出合计"), totals.get("本年收入合计")]
    if any(t and abs(Decimal(t.yuan) - said.yuan) <= ctx.options["tolerance_yuan"] for t in known):
        return
    listed = sum((Decimal(name.yuan) for name in said.names), Decimal(0))
    only = said.names and abs(listed - said.yuan) <= ctx.options["tolerance_yuan"]
    yield Hit(
        field="managed",
        place=said.place,
        evidence=said.text,
        message=f"整体绩效目标涉及资金{wan(said.yuan)}，单位预算总额（{whole.place.label()}）是{wan(whole.yuan)}"
        + ("，只算了所列的项目支出。" if only else "。"),
        advice="整体绩效目标应覆盖单位的全部预算，包括基本支出；请核对金额或写明口径。",
    )
