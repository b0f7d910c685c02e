"""X601: the sources of a form's money do not add up to its total, or this year's is larger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import FUNDING_NAMES, PHASE_NAMES, Form, Funding, Phase, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import CENT_OF_WAN, step_of
from scorer.rules.wording import wan

RULE = Rule(
    code="X601",
    name="资金来源与总额不符",
    checks="中央、省、市县、自筹、其他资金相加不等于资金总额，或年度资金大于实施期资金。",
    item="规范完整性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="资金总额60万元，其中市县财政50万元、单位自筹8万元",
    good="资金总额58万元，其中市县财政50万元、单位自筹8万元",
    status="stable",
    false_alarms=(
        "按万元填的表，来源相加差0.1万元以内是舍入。",
        "来源一格都没有填的表样，无从比较。",
        "一年期项目的两个总额由 X602 说明，不在此重复。",
        "上年结转另列一行而本表没有这一格的，先请单位说明。",
    ),
    options={"tolerance_wan": 1000},
)
_HALVES: tuple[tuple[Phase, str], ...] = (("period", "total_yuan"), ("annual", "annual_yuan"))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield halves whose sources do not add up, and a year dearer than the whole period."""
    for phase, field in _HALVES:
        total: Yuan | None = getattr(form, field)
        funding = form.funding_period if phase == "period" else form.funding_annual
        sources = funding.stated()
        if total and sources:
            yield from _compare(phase, field, total, funding, ctx)
    total, annual = form.total_yuan, form.annual_yuan
    if total and annual and annual > total and not ctx.facts.one_year:
        yield Hit(
            field="annual_yuan",
            evidence=f"{annual:,} / {total:,}",
            message=f"年度资金{wan(annual)}大于实施期资金总额{wan(total)}。",
            advice="请核对两个数；含上年结转的，请在资金来源里写明。",
        )


def _compare(
    phase: Phase, field: str, total: Yuan, funding: Funding, ctx: Context
) -> Iterator[Hit]:
    sources = funding.stated()
    added = sum(sources.values(), 0)
    gap = abs(Decimal(added) - total)
    in_wan = step_of((total, *sources.values())) == CENT_OF_WAN
    # One per cent caps the tolerance, so that it never hides a gap in a small sum.
    limit = min(Decimal(ctx.options["tolerance_wan"]), Decimal(total) / 100) if in_wan else 0
    if gap <= limit:
        return
    listed = "、".join(f"{FUNDING_NAMES[k]}{wan(v)}" for k, v in sources.items() if v)
    half = PHASE_NAMES[phase]
    if not added:
        message = f"{half}资金总额{wan(total)}，各项资金来源却都是0或空着。"
    else:
        message = (
            f"{half}资金总额{wan(total)}，各项来源相加是{wan(added)}（{listed}），差{wan(gap)}。"
        )
    yield Hit(
        field=field,
        evidence=f"{total:,} / {added:,}",
        message=message,
        advice="请核对总额和各项来源，改到相等；有上年结转的请单列写明。",
        severity="warning" if added < total and len(sources) == 1 else None,
    )
