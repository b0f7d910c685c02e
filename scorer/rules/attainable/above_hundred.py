"""A302: a share above 100 %, a fall by more than 100 %, more days than a year has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.heads import may_exceed
from scorer.rules.asks import asked_by
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Target

RULE = Rule(
    code="A302",
    name="指标值不可能达到",
    checks="比率超过100%，降幅超过100%，一年超过366天，人数、起数写成小数。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2021〕101号",
    bad="培训覆盖率：≥120%",
    good="培训覆盖率：≥95%",
    false_alarms=(
        "计划完成率、增长率、投入产出比、上座率等可以超过100%，不算。",
        "较上年增长、提高的幅度可以超过100%，不算。",
        "人均、每户平均的数可以有小数，不算。",
        "写成倍数或不带百分号的数，不算。",
    ),
    status="stable",
    label="incoherent",
)

_MAY_GROW = re.compile(
    r"增|提[高升]|超|完成|产出|回报|收益|杠杆|撬动|带动|倍|指数|负荷|利用|使用|溢价|报名|竞争|流动|速动|偿付|拨备|储备|库存|保值|对比|相当"
)
# Things that come whole: no half accident, no half person.
_HALVED = re.compile(r"[≥≤=<>]?\s*\d+\.(?!0+\D)\d+\s*(?:起|人|名|人次|户|例|案|辆|台|场|座|所)")
_BELOW = re.compile(r"\s*[≥≤=<>＝]?\s*[-－−]\s*\d")
_SIGNED = re.compile(r"[增升降减负]|偏差|误差|变化|差额|结余|利润|盈亏|温|海拔")
_MEAN = re.compile(r"均|每|率|指数|当量")
_YEARLY_DAYS = re.compile(
    r"(?:年|全年)[一-龥]{0,6}天数|优良天数|年[一-龥]{0,4}日数"
    r"|(?:开放|开馆|运行|运营|营业|值守|值班|巡护|供水|供电|供暖)天数$"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose number no honest count could reach."""
    for index, row, target in ctx.rows():
        if trouble := _impossible(row.name, target):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{trouble}。",
                advice="请核对数值；若量的是增长幅度，请在名称里写明「较上年增长」。",
            )


def _impossible(name: str, target: Target) -> str:
    """Why the number cannot be, "" if it can."""
    for quantity in target.quantities:
        below = _BELOW.match(target.text) and not _SIGNED.search(name + target.text)
        if below and quantity.unit_kind in ("rate", "count", "money"):
            return "不可能是负数"
        if quantity.unit == "%" and quantity.value > 100:
            if target.change == "down" or _falls(name):
                return "降幅不可能超过100%"
            share = asked_by(name) == "rate" or (name.endswith("差错") or name.endswith("误差"))
            free = may_exceed(name) or _MAY_GROW.search(name + target.text)
            if share and not free and not target.change:
                return "比率不可能超过100%"
        elif _HALVED.fullmatch(target.text.strip()) and not _MEAN.search(name):
            return "数的是整数，不会有小数"
        elif quantity.unit in ("天", "日") and quantity.value > 366 and _YEARLY_DAYS.search(name):
            return "一年没有这么多天"
    return ""


def _falls(name: str) -> bool:
    return bool(re.search(r"(?:下降|降低|减少|压减)(?:率|幅度|比例)?$", name))
