"""M210: 指标属性 says 定量 and the value is words, or says 定性 and the value is a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Target

RULE = Rule(
    code="M210",
    name="定量、定性属性与值不符",
    checks="指标属性填「定量」而值是文字，或填「定性」而值是数。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="定量指标，设备运行情况：良好",
    good="定性指标，设备运行情况：良好",
    status="stable",
    false_alarms=(
        "是、否用1、0表示的，定性也可以，不算。",
        "定性指标按等级折成100%的，不算。",
        "日期、频次、编号标准，定量定性都说得通，不算。",
    ),
)

_NUMBERS = frozenset(("number", "money", "rate"))
_WORDS = frozenset(("words", "scale", "yes_no"))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows of flat lists whose declared kind is not that of the value."""
    for index, row, target in ctx.rows():
        declared = row.declared_kind or ""
        if "定量" in declared and target.kind in _WORDS and not re.search(r"\d", row.value):
            said, advice = "是文字", "请改填数和单位，或把属性改为「定性指标」。"
        elif "定性" in declared and target.kind in _NUMBERS and not _coded(target):
            said, advice = "是数", "请把属性改为「定量指标」。"
        else:
            continue
        yield Hit(
            indicator=index,
            field="declared_kind",
            evidence=declared,
            message=f"{cell(row)}的属性填「{declared}」，值「{row.value}」却{said}。",
            advice=advice,
        )


def _coded(target: Target) -> bool:
    """A yes, a no or a grade written as a number: 1, 0, 100%."""
    if len(target.quantities) != 1:
        return True
    quantity = target.quantities[0]
    plain = not quantity.stated_comparator or quantity.comparator == "="
    return plain and (
        (not quantity.unit and quantity.value in (0, 1))
        or (quantity.unit == "%" and quantity.value == 100)
    )
