"""X602: a one-year project whose 实施期 and 年度 amounts differ."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import wan

RULE = Rule(
    code="X602",
    name="一年期项目两个总额不同",
    checks="项目期只有一年，实施期资金总额与年度资金总额应当相同。",
    item="规范完整性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目期1年，实施期30万元，年度15万元",
    good="项目期1年，实施期15万元，年度15万元",
    status="stable",
    false_alarms=("跨年度项目两个总额本来就不同。", "只填了一个总额的表样，无从比较。"),
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one-year forms with two different totals."""
    total, annual = form.total_yuan, form.annual_yuan
    if ctx.facts.one_year and total is not None and annual is not None and total != annual:
        yield Hit(
            field="total_yuan",
            evidence=f"{total:,} / {annual:,}",
            message=f"项目期是一年，实施期资金总额{wan(total)}，年度资金总额却是{wan(annual)}。",
            advice="请核对哪个数对；确是跨年度项目的，请改项目期。",
        )
