"""The money of a form against which its cost rows are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator, Phase, Yuan
from scorer.rules.context import Context
from scorer.targets import Quantity, Target

COST_CLASSES = frozenset(("成本指标", "经济成本指标"))
YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
# Where the form's own text names these, the cost may be paid from more than the project's money.
OTHER_MONEY = re.compile(r"自筹|配套|社会资本|贷款|上级资金|企业出资|合作社出|以前年度|分年")
_PER = re.compile(r"[/每]|均|单价|标准|单位")


def funding_of(form: Form, phase: Phase) -> Yuan | None:
    """The amount that a row of this half may spend: the year's, or the whole project's."""
    first, second = (
        (form.annual_yuan, form.total_yuan)
        if phase == "annual"
        else (form.total_yuan, form.annual_yuan)
    )
    amount = first if first is not None else second
    return amount if amount and amount > 0 else None


def cost_rows(ctx: Context) -> Iterator[tuple[int, Indicator, Target]]:
    """All rows of the cost classes."""
    for index, row, target in ctx.rows():
        if row.level2 in COST_CLASSES:
            yield index, row, target


def whole_sum(row: Indicator, target: Target) -> Quantity | None:
    """The sum of money of a value that is no price of one piece; None if there is none.

    Values in yuan: 万 and 亿 are already worked out.
    """
    sums = [q for q in target.quantities if q.unit_kind == "money" or _bare(row, target, q)]
    if len(sums) != 1 or len(target.quantities) != 1 or target.change or target.base:
        return None
    quantity = sums[0]
    foreign = quantity.unit not in ("元", "人民币", "圆", "")
    if foreign or _PER.search(row.name + target.text) or quantity.high is not None:
        return None
    return quantity


def _bare(row: Indicator, target: Target, quantity: Quantity) -> bool:
    """«36.5万» as a cost: yuan, though the word is left out."""
    said = target.text[slice(*quantity.span)].strip()
    return row.level2 in COST_CLASSES and not quantity.unit and said.endswith(("万", "亿"))


def near(one: Yuan, other: Yuan, share: str) -> bool:
    """Whether two sums differ by no more than a share («0.01») of the second."""
    return abs(Decimal(one) - Decimal(other)) <= Decimal(other) * Decimal(share)


_SHARES = (("半年", 2), ("季", 4), ("月", 12))  # of a year


def share_of_year(row: Indicator, target: Target, own: Yuan) -> bool:
    """Whether a row is the project's money divided by the months, quarters or halves of a year."""
    quantity = target.only
    parts = next((n for word, n in _SHARES if word in row.name + target.text), 0)
    if quantity is None or not parts or quantity.unit_kind != "money":
        return False
    return "/" not in quantity.unit and near(quantity.value * parts, own, "0.01")
