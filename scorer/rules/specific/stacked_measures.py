"""S108: several measures in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.heads import bare_name
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Target, parse_target

RULE = Rule(
    code="S108",
    name="一格里堆了几个指标",
    checks="一个指标值里写了几样不同的量，或一个名称里问了几个率而只有一个值，年底只完成一半时没法打分。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="培训情况：6场300人合格率95%",
    good="培训场次：≥6场；培训人数：≥300人；培训合格率：≥95%",
    status="stable",
    false_alarms=(
        "一个量带说明（≤8分钟，2024年为25分钟）、单价带单位、分项合计的，不算堆砌。",
        "频次加数量（每月2次）说的是一件事。",
    ),
)


_RATE_NAME = re.compile(r"[一-龥]{2,}?率(?=[、，,和及与]|以及|$)")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
_CLAUSE = re.compile(r"[，,；;、]|以及")
# A measure with its own name: letters, perhaps a sign or a word of limit, then a number.
_NAMED = re.compile(
    r"(?P<name>[一-龥]{2,10}?)(?:[≥≤=＝><:：]|不[低高少多]于|不超过|达到|控制在|为)*\s*\d"
)
# Parts, prices and figures to compare with explain the one measure.
_EXPLAINS = re.compile(r"[每均含共按其约计各由从较比原]|上年|去年|年|单价|提前|累计|抽[查检]")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose value holds several measures, or whose name does with one value for all."""
    for index, row, target in ctx.rows():
        units = _units_by_name(target)
        if rates := _rates_of(row.name):
            yield Hit(
                indicator=index,
                field="name",
                message=f"{cell(row)}一行里问了{len(rates)}个率，值只有「{row.value}」，哪一个没做到说不清。",
                advice="请拆成几行，一个率一行，各有指标值。",
            )
        elif _stacked(target) or _several(units):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}一格里写了几样不同的量：「{row.value}」。",
                advice="请拆成几行，一行只写一样，各有名称和指标值。",
                # A short list of goods is a row saved; a count beside a rate cannot be scored.
                severity=None if "%" in units.values() or _stacked(target) else "advice",
            )


def _rates_of(name: str) -> tuple[str, ...]:
    """The rates that a name lists, if they are more than one («合格率、完好率»)."""
    rates = tuple(_RATE_NAME.findall(bare_name(name)))
    return rates if len(rates) > 1 else ()


def _stacked(target: Target) -> bool:
    """Three targets or more, each with a unit of its own."""
    if target.change or target.base or "其中" in target.text or "（" in target.text:
        return False
    units = {q.unit for q in target.quantities if q.unit and q.unit_kind not in ("time", "money")}
    return len(units) >= 3


def _units_by_name(target: Target) -> dict[str, str]:
    """The measures of a value that are named before their numbers, with their units:
    «到岗率≥95%，投诉≤3件»."""
    if target.change or target.base or len(target.quantities) < 2:
        return {}
    found = {}
    for clause in _CLAUSE.split(_REMARK.sub("", target.text)):
        quantities = parse_target(clause).quantities
        named = _NAMED.match(clause.strip())
        if named is None or len(quantities) != 1 or _EXPLAINS.search(clause):
            continue
        plain = quantities[0].unit_kind not in ("", "time", "money") and not quantities[0].high
        if plain and "/" not in quantities[0].unit:
            found[named["name"]] = quantities[0].unit
    return found


def _several(units: dict[str, str]) -> bool:
    """Two measures of different units, or two rates. One unit throughout tells parts of a whole."""
    rates = [name for name in units if name.endswith("率")]
    return len(set(units.values())) > 1 or len(rates) > 1
