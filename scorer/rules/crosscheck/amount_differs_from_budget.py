"""X604: the form's amount is not the one in 项目支出预算表."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Submission, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.facts import Facts
from scorer.rules.names import match_projects
from scorer.rules.wording import wan

RULE = Rule(
    code="X604",
    name="金额与项目支出预算表不一致",
    checks="绩效目标表的年度资金总额与同一份文件项目支出预算表里这个项目的金额不同。",
    item="资金匹配性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="绩效目标表15万元，项目支出预算表12万元",
    good="绩效目标表15万元，项目支出预算表15.00万元",
    status="stable",
    false_alarms=(
        "预算表以万元保留两位小数，相差不到100元是舍入。",
        "上年结转资金单列在另一张表里，加上后相等的不算。",
        "名称对不上的项目由 X605 说明，不在此重复。",
        "跨年度项目只填了实施期总额的，与当年预算本来就不同，不比较。",
    ),
    scope="document",
    options={"tolerance_yuan": 100},
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield forms whose annual amount differs from their budget line."""
    ledger, limit = submission.ledger, ctx.options["tolerance_yuan"]
    carried = {
        id(form): line for form, line in match_projects(submission.forms, ledger.carryover).pairs
    }
    for form, line in match_projects(submission.forms, ledger.projects).pairs:
        amount = form.annual_yuan
        if amount is None and (Facts(form, ctx.lexicon).years or 1) == 1:
            amount = form.total_yuan
        if amount is None or abs(Decimal(amount) - line.yuan) < limit:
            continue
        extra = carried.get(id(form))
        if extra is not None and abs(Decimal(amount) - line.yuan - extra.yuan) < limit:
            continue
        yield Hit(
            project=form.project,
            field="annual_yuan",
            place=form.places.get("annual_yuan", form.place),
            evidence=f"{amount:,}",
            message=f"「{form.project}」绩效目标表是{wan(amount)}，项目支出预算表是{wan(line.yuan)}"
            f"（{line.place.label()}）。{_unit(amount, line.yuan)}",
            advice="请核对两张表，把金额改一致。",
        )


def _unit(one: Yuan, other: Yuan) -> str:
    """A gap of exactly 元 against 万元 names its likely cause."""
    small, large = sorted((Decimal(one), Decimal(other)))
    return "两数正好差一万倍，像是元和万元填混了。" if small and large == small * 10_000 else ""
