"""A312: the cost rows are parts of one project and together more than its money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import PHASES, Form, Phase
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import OTHER_MONEY, cost_rows, funding_of, whole_sum
from scorer.rules.wording import wan

RULE = Rule(
    code="A312",
    name="分项成本加起来超过资金",
    checks="几条成本指标各管一项支出，加起来比项目资金还多。",
    item="资金匹配性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目资金16万元，服务器≤6万元、取证箱≤7万元、软件≤8万元",
    good="项目资金21万元，服务器≤6万元、取证箱≤7万元、软件≤8万元",
    false_alarms=(
        "单价、每人每亩的标准不相加；总成本是合计，不与分项相加。",
        "含自筹、社会投资、其他年度资金的，不算。",
        "分项是上限，合计超过不到百分之二的，不算。",
    ),
)

_NO_PART = re.compile(
    r"总|合计|全部|整体|项目成本|项目支出|项目投入|标准|单价|价格$|均|每|单[位台套个件次人]|[/／]|控制数|预算|概算"
)
_NOT_SPENT = re.compile(
    r"自筹|社会|撬动|带动|产值|收入|收益|节约|节省|减少|降低|挽回|贷款|融资|保额"
)
_SLACK = Decimal("1.02")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half whose parts of the cost are more than the whole."""
    if OTHER_MONEY.search(ctx.facts.own_text + (form.safeguards or "")):
        return
    for phase in PHASES:
        money = funding_of(form, phase)
        parts = _parts(ctx, phase)
        if money is None or len(parts) < 2:
            continue
        together = sum(parts.values())
        # A part that is too much by itself has its own remark.
        if max(parts.values()) <= money < together / _SLACK:
            said = "、".join(f"「{name}」{wan(yuan)}" for name, yuan in parts.items())
            yield Hit(
                field=f"indicators_{phase}",
                evidence=said,
                message=f"成本指标{said}加起来{wan(together)}，多于项目资金{wan(money)}。",
                advice="请核对各项控制数和项目资金；含其他资金的，请在名称里写明。",
            )


def _parts(ctx: Context, phase: Phase) -> dict[str, Decimal]:
    """The sums of the rows that each cover one head of the spending."""
    found = {}
    for _, row, target in cost_rows(ctx):
        quantity = whole_sum(row, target)
        if row.phase != phase or quantity is None or quantity.comparator in ("≥", ">"):
            continue
        if not _NO_PART.search(row.name) and not _NOT_SPENT.search(row.name):
            found[row.name] = quantity.value
    return found
