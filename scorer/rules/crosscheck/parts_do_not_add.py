"""X609: the parts of a sum, in the narrative or in a budget table, do not add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Amount, Breakdown, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import slack, step_of
from scorer.rules.tables import Gap, gaps
from scorer.rules.wording import wan

RULE = Rule(
    code="X609",
    name="分项相加不等于合计",
    checks="情况说明里「其中」各项、预算表里各行各列相加，与合计不等。",
    item="",
    severity="error",
    basis="预算法第十四条",
    bad="政府采购预算总额30万元，其中：货物10万元，服务15万元",
    good="政府采购预算总额25万元，其中：货物10万元，服务15万元",
    status="stable",
    false_alarms=(
        "四舍五入造成的尾差（项数乘以末位的一半以内）不算。",
        "「等」结尾、只列一项、「主要包括」的，不要求加齐；加起来超过合计的仍然指出。",
        "预算收入总表里上年结转在合计之外。",
        "只读到一部分行的表不比较。",
    ),
    scope="document",
)
_PARTIAL = re.compile(r"主要(?:包括|用于|有|是|为)")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield sums of the narrative, then sums of the tables, that do not add up."""
    for breakdown in submission.ledger.breakdowns:
        yield from _breakdown(breakdown)
    ledger = submission.ledger
    for total, lines in (
        (ledger.projects_total, ledger.projects),
        (ledger.carryover_total, ledger.carryover),
    ):
        yield from _projects(total, lines)
    for table in ledger.tables:
        for gap in gaps(table):
            yield _table(table.title, gap)


def _projects(total: Amount | None, lines: tuple[Amount, ...]) -> Iterator[Hit]:
    if total is None or not lines:
        return
    sums = [Decimal(line.yuan) for line in lines]
    added = sum(sums, Decimal(0))
    if abs(added - total.yuan) > slack(len(sums), step_of([total.yuan, *sums])):
        gap = Gap("合计", "", f"{len(sums)}个项目", Decimal(total.yuan), added, total.place)
        yield _table(total.section or "项目支出预算表", gap)


def _breakdown(item: Breakdown) -> Iterator[Hit]:
    parts = [Decimal(part.yuan) for part in item.parts]
    whole, added = Decimal(item.whole.yuan), sum(parts, Decimal(0))
    gap = added - whole
    if abs(gap) <= slack(len(parts), step_of([whole, *parts])):
        return
    start = item.text.find(item.whole.name) if item.whole.name else 0
    partial = item.open or bool(_PARTIAL.search(item.text, max(start, 0)))
    if gap < 0 and partial:
        return
    # A part as large as the whole is another way of saying the whole, not one of its parts.
    if gap > 0 and any(part == whole for part in parts) and len(parts) > 1:
        return
    listed = "、".join(f"{part.name}{wan(part.yuan)}" for part in item.parts[:6] if part.yuan)
    yield Hit(
        field="breakdowns",
        place=item.place,
        evidence=f"{item.whole.name} {wan(whole)}",
        message=f"「{item.whole.name}」{wan(whole)}，所列各项（{listed}）相加是{wan(added)}，"
        f"{'多' if gap > 0 else '少'}{wan(abs(gap))}。",
        advice="请核对合计与各项；没有列全的请写「等」或补全。",
        severity=None if gap > 0 else "warning",
    )


def _table(title: str, gap: Gap) -> Hit:
    return Hit(
        field="tables",
        place=gap.place,
        evidence=f"{title} {gap.name}",
        message=f"{title}：「{gap.name}」{gap.column}是{wan(gap.whole)}，"
        f"{gap.parts}相加是{wan(gap.added)}，差{wan(abs(gap.whole - gap.added))}。",
        advice="请核对合计与各项，改到相等。",
        severity="warning",
    )
