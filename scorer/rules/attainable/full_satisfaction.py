"""A303: satisfaction set at 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="A303",
    name="满意度定为100%",
    checks="满意度要求人人满意，抽样问卷做不到，也看不出差别。",
    item="绩效合理性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="参训学员满意度：=100%",
    good="参训学员满意度：≥95%",
    status="stable",
    false_alarms=(
        "服务对象只有几个人、可以逐一问到的补助类项目，只提建议。",
        "满意率以外的指标（合格率、发放率）定100%，不在此列。",
        "「≤100%」不是要求，不算。",
    ),
)

_SATISFACTION = re.compile(r"(?<!不)满意(?:度|率|程度)?|好评率")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield satisfaction rows that ask for everybody."""
    for index, row, target in ctx.rows():
        if not _SATISFACTION.search(row.name) or len(target.quantities) != 1:
            continue
        quantity = target.quantities[0]
        full = quantity.value == 100 and quantity.unit in ("%", "", "分")
        if full and quantity.comparator in ("=", "≥"):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}定为「{row.value}」，要求人人满意，难以做到，也没有区分度。",
                advice="一般写「≥ ___ %」（多在90%至98%之间），按历史调查结果定。",
                severity="advice" if ctx.facts.internal else None,
            )
