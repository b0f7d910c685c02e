"""M206: a bare number, a share without its percent sign, a unit written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator, Severity
from scorer.rules.asks import asked_by
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Quantity, Target

RULE = Rule(
    code="M206",
    name="单位缺失或重复",
    checks="数字没有单位，比例没有百分号或写成小数，单位写了两遍、元和万元混写。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="购置设备：12",
    good="购置设备：12台",
    status="stable",
    false_alarms=(
        "人数、次数、天数等名称本身带出单位的，不算。",
        "单位写在名称括号里的，不算。",
        "满意度、合格率不带百分号，大家都看得懂，只提建议。",
        "事故数、投诉数为0，不需要单位。",
    ),
)

_SELF_UNIT = re.compile(
    r"人数|人次|[户家次期场班轮套台件份册卷页条篇本张株头只盏座处间栋宗起批组门所个天月年辆项]数|场次|班次|批次|频次|天数|[（(][^（）()]{1,8}[)）]|指数|系数|评分|得分|倍数|排名|位次|比值"
    r"|pH|PH|浓度|等级"
)
# Classes whose numbers carry a unit; elsewhere ratios and scores without one are honest.
_UNITED = frozenset(("数量指标", "成本指标", "经济成本指标", "经济效益指标"))
_LETTER = re.compile(r"[一-龥A-Za-z]")
_DOUBLED = re.compile(
    r"%\s*%|％\s*％|百分之\s*[\d.]+\s*[%％]|(?<=\d)\s*([一-龥]{1,3})\s*[/／]?\s*\1(?![一-龥])"
    r"|(?<=\d)\s*[万亿千百]*元\s*[/／]?\s*[万亿千百]*元(?![一-龥])|(?<=\d)\s*万\s*万"
)
_FRACTION = Decimal("0.5")  # smaller ones may be honest shares of a hundred or a thousand
_ABOUT = re.compile(r"以上|以下|以内|左右|及|不[低高少多]于|不超过|至少")
_CODE = re.compile(r"[A-Za-z]|\d\s*[:：.、·]\s*\d+\D|\d-\d|\+")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose number says not of what."""
    for index, row, target in ctx.rows():
        if found := _DOUBLED.search(row.value):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，单位「{found[0].strip()}」写重了。",
                advice="请只留一个单位。",
            )
        elif (number := _bare_number(row, target)) is not None and (
            hit := _without_unit(index, row, number)
        ):
            yield hit


def _bare_number(row: Indicator, target: Target) -> Quantity | None:
    """The only number of a value, where it has no unit; None otherwise."""
    if len(target.quantities) != 1 or target.moments or target.frequency or target.standards:
        return None
    quantity = target.quantities[0]
    rest = target.text[: quantity.span[0]] + target.text[quantity.span[1] :]
    if quantity.unit or quantity.unit_kind or _LETTER.search(_ABOUT.sub("", rest)):
        return None
    return (
        quantity if quantity.value != 0 and not _CODE.search(_ABOUT.sub("", target.text)) else None
    )


def _without_unit(index: int, row: Indicator, number: Quantity) -> Hit | None:
    """What to say of a number without unit; None where the name gives the unit."""
    severity: Severity
    asked = asked_by(row.name)
    if asked == "rate":
        if not 1 < number.value <= 100 and not _FRACTION <= number.value < 1:
            return None
        said = "没有百分号" if number.value > 1 else "写成了小数，没有百分号"
        mend, severity = "请写成百分数，如「≥ ___ %」。", "advice"
    elif row.level2 not in _UNITED or _SELF_UNIT.search(row.name):
        return None
    elif re.search(r"[万亿]", row.value):
        return None  # «50万» of a cost or a count is understood by all
    else:
        said, mend, severity = "没有单位", "请补上单位（台、人、场、万元等）。", "warning"
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}填的是「{row.value}」，{said}。",
        advice=mend,
        severity=severity,
    )
