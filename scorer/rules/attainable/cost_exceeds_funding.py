"""A307: a cost row above the project's money, or off by a power of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Yuan
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import COST_CLASSES, funding_of, near, whole_sum
from scorer.rules.wording import cell, wan
from scorer.targets import Quantity

RULE = Rule(
    code="A307",
    name="成本与项目资金对不上",
    checks="成本指标大于项目资金，或总成本与资金差十倍、万倍（元、万元弄混）。",
    item="资金匹配性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目资金36.5万元，项目总成本：≤365000万元",
    good="项目资金36.5万元，项目总成本：≤36.5万元",
    false_alarms=(
        "含自筹、社会投资、其他年度的总投资，可以大于本年资金，不算。",
        "带动投资、产值、收入等不是成本，不算。",
        "写着「/人」「/台」的单价，只在比全部资金还大时才算。",
        "多年项目的年度数与实施期总额相比，不算小。",
    ),
    status="stable",
    label="incoherent",
)

_WHOLE = re.compile(
    r"(?:项目|工程|年度|全年)?(?:总成本|总投入|总支出|总投资|总造价|成本合计|总费用|项目成本|项目投入|项目支出|补助总额|奖补总额|支出总额|总额)$"
)
_ALL = re.compile(r"(?:项目|工程|年度|全年)?总?(?:成本|投入|支出|投资|造价|费用)")
_NOT_SPENT = re.compile(
    r"自筹|社会|撬动|带动|拉动|产值|收入|收益|节约|节省|减少|降低|挽回|贷款|融资|保额|保障金额|合同额|总投资|资产|评审|审减|采购额"
)
TENS = tuple(Decimal(10) ** n for n in (1, 2, 3, 4, 5, 6))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows of cost whose sum cannot belong to this project's money."""
    most = max((y for y in (form.total_yuan, form.annual_yuan) if y), default=None)
    if most is None:
        return
    for index, row, target in ctx.rows():
        if row.level2 not in COST_CLASSES and not _WHOLE.search(row.name):
            continue
        sums = [q for q in target.quantities if q.unit_kind == "money" and q.unit.startswith("元")]
        if len(sums) != 1 or target.change or target.base:
            continue
        slipped = any(near(sums[0].value / ten, most, "0.001") for ten in TENS[3:])
        if _NOT_SPENT.search(row.name) and not slipped:
            continue
        own = funding_of(form, row.phase) or most
        whole = whole_sum(row, target) if _WHOLE.search(row.name) else None
        trouble = _too_much(sums[0], most) or (
            _too_little(whole, own, bool(_ALL.fullmatch(row.name)))
            if whole
            else _without_wan(sums[0], own, row.name)
        )
        if trouble:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{trouble}。",
                advice="请核对数值和单位（元、万元）；含其他资金或其他年度的，请在名称里写明。",
            )


def _too_much(quantity: Quantity, most: Yuan) -> str:
    """How a sum exceeds all the money that the form has, "" if it does not."""
    value = quantity.value
    if value <= Decimal(most) * Decimal("1.01"):
        return ""
    if any(near(value / ten, most, "0.03") for ten in TENS):
        return f"正好是项目资金{wan(most)}的{_times(value, most)}倍，像是单位写错"
    return f"大于项目资金{wan(most)}"


def _too_little(quantity: Quantity, own: Yuan, is_all: bool) -> str:
    """How the whole cost falls short of the money, "" if it does not by much. ``is_all``:
    the name says that it is the cost of the project, not of one head of it."""
    value = quantity.value
    if value <= 0 or value > Decimal(own) * Decimal("0.5"):
        return ""
    if any(near(value * ten, own, "0.03") for ten in TENS):
        return f"只有项目资金{wan(own)}的{_times(own, value)}分之一，像是单位写错"
    if not is_all:
        return ""
    return f"不到项目资金{wan(own)}的一半，总成本与资金对不上"


_FOR_EACH = re.compile(r"每|均|单|标准|补[贴助]")


def _without_wan(quantity: Quantity, own: Yuan, name: str) -> str:
    """A cost with the very figures of the money, in 元 where that is in 万元: «76元» of 76万元; what
    each one costs may have them by chance."""
    slipped = quantity.unit == "元" and quantity.value * 10_000 == own
    if _FOR_EACH.search(name):
        return ""
    return f"与项目资金{wan(own)}只差一个「万」字，像是单位写错" if slipped else ""


def _times(more: Yuan, less: Yuan) -> str:
    return f"{round(Decimal(more) / Decimal(less)):,}"
