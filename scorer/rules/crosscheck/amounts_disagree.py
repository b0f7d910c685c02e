"""X610: one figure, stated twice with different sums: narrative against table, or twice told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Amount, Place, Submission, Table, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import carried_total
from scorer.rules.wording import wan

RULE = Rule(
    code="X610",
    name="同一个数前后不一",
    checks="收支总计、基本支出、项目支出、机关运行经费、三公经费等，说明里写的与表里的，或前后两处写的不同。",
    item="",
    severity="warning",
    basis="预算法第十四条",
    bad="机关运行经费表12.50万元，情况说明写15.20万元",
    good="机关运行经费表12.50万元，情况说明写12.50万元",
    status="stable",
    false_alarms=(
        "只差末位的舍入，或说明里取了整数的，不算。",
        "差额正好是上年结转的，是口径不同：只请写明含不含结转。",
        "「一般公共预算当年拨款」与「财政拨款」名称不同，不比较。",
        "写明是别的年度的数，不比较。",
    ),
    scope="document",
    options={"tolerance_yuan": 100},
)
_WHOLE_WAN = 10_000
_OWN_WORDS = re.compile(r"^(?:\d{4}年度?)?(?:本?(?:部门|单位)|全年|我[局委办院校])*")
_TAIL = re.compile(r"(?:(?:财政拨款)?预算(?:数|总额|安排)?|收入|数|金额)$")
# What may be compared by its name alone; other names mean different things in their sections.
_NAMES = re.compile(
    r"^(?:预算)?(?:收入总计|支出总计)$|^(?:基本支出|项目支出|机关运行经费)$|^[“\"]?三公[”\"]?经费$"
    r"|^(?:一般公共预算|政府性基金预算|国有资本经营预算)(?:财政)?拨款$"
)
_TWO_SIDES = (("收入总计", "支出总计"),)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield figures that differ from the table, from an earlier sentence, or between sides."""
    printed = _of_tables(submission)
    seen: dict[str, Amount] = {}
    for figure in submission.ledger.figures:
        name = _core(figure.name)
        if not _NAMES.match(name) or figure.year not in (None, submission.fiscal_year):
            continue
        before = printed.get(name) or seen.setdefault(name, figure)
        if _differ(figure.yuan, before.yuan, ctx):
            yield _hit(name, figure, before, submission, from_table=name in printed)
    for one, other in _TWO_SIDES:
        left, right = printed.get(one), printed.get(other)
        if left and right and _differ(left.yuan, right.yuan, ctx):
            yield Hit(
                field="tables",
                place=right.place,
                evidence=f"{one} {wan(left.yuan)}",
                message=f"预算收支总表{one}{wan(left.yuan)}，{other}{wan(right.yuan)}，两边不平。",
                advice="请核对收支总表，收入总计应等于支出总计。",
                severity="error",
            )


def _core(name: str) -> str:
    text = _OWN_WORDS.sub("", name.replace(" ", ""))
    while (shorter := _TAIL.sub("", text)) != text and len(shorter) >= 4:
        text = shorter
    return text.removeprefix("预算")


def _of_tables(submission: Submission) -> dict[str, Amount]:
    """The figures that tables print for the names we know."""
    ledger = submission.ledger
    found = {n: a for n in ("收入总计", "支出总计") if (a := ledger.totals.get(n)) is not None}
    if ledger.operating is not None:
        found["机关运行经费"] = ledger.operating
    for name, amount in ledger.three_public.items():
        if re.match(r"^(?:合计|总计|.{0,4}三公.{0,4}合计)", name):
            found["三公经费"] = found["“三公”经费"] = amount
    for table in ledger.tables:
        if "预算支出总表" in table.title.replace("部门", "").replace("单位", ""):
            for name in ("基本支出", "项目支出"):
                if (total := _total_of(table, name)) is not None:
                    found.setdefault(name, total)
    return found


def _total_of(table: Table, column: str) -> Amount | None:
    if column not in table.columns:
        return None
    k = table.columns.index(column)
    for n, (label, values) in enumerate(table.rows):
        if re.match(r"^\s*合\s*计\s*$", label) and values[k] is not None:
            place = table.cells[n][k] if table.cells else table.place
            return Amount(column, values[k] or 0, place, section=table.title)
    return None


def _differ(one: Yuan, other: Yuan, ctx: Context) -> bool:
    gap = abs(Decimal(one) - other)
    if gap <= ctx.options["tolerance_yuan"]:
        return False
    rounded = not one % _WHOLE_WAN or not other % _WHOLE_WAN
    return not (rounded and gap <= _WHOLE_WAN / 2)


def _hit(
    name: str, figure: Amount, before: Amount, submission: Submission, *, from_table: bool
) -> Hit:
    gap = abs(Decimal(figure.yuan) - before.yuan)
    where = "表里" if from_table else "前面"
    carried = bool(gap) and abs(gap - carried_total(submission)) <= 100
    likely = "差额正好是上年结转，像是一处含结转、一处不含。" if carried else ""
    return Hit(
        field="figures",
        place=figure.place,
        evidence=f"{figure.name} {wan(figure.yuan)}",
        message=f"「{name}」这里写{wan(figure.yuan)}，{where}（{_label(before.place)}）是{wan(before.yuan)}。{likely}",
        advice="请写明两处各含什么，口径不同的换个名称。"
        if carried
        else "请核对两处，改成同一个数。",
        severity="advice" if carried or not from_table else None,
    )


def _label(place: Place) -> str:
    return place.label() or "另一处"
