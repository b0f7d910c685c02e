"""A309: no cost indicator, above all for building, repair and purchase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import COST, PHASES, Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.money import funding_of

RULE = Rule(
    code="A309",
    name="没有成本指标",
    checks="花钱的项目没有一条成本指标；工程基建、大型修缮、大型购置必须有。",
    item="资金匹配性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="办公楼维修，没有成本指标",
    good="屋面防水维修单价：≤ ___ 元/平方米",
    status="stable",
    false_alarms=(
        "放在产出指标下的成本指标（88号文的放法），一样算有。",
        "别的类里写了单价、补助标准的，算有；节约、减少的费用是效益，不算。",
        "工程、修缮、购置以外的项目，只提建议；数额小的和人员类项目，不算。",
    ),
    options={"small_yuan": 100_000},
)

_MUST = re.compile(r"建设|修建|新建|改造|修缮|维修|装修|购置|采购|更新|工程|扩建|迁建|加固")
_NOT_MUST = re.compile(r"队伍建设|能力建设|制度建设|文明|创建|体系建设|党的?建设|作风|法治建设")
_PRICE = re.compile(
    r"成本|单价|均价|造价|费用|(?<![高达])标准(?!化|农田|厂房|地)|价格|控制数|投资|[一-龥]费$"
)

_GAINED = re.compile(
    r"节[约省水电能]|节支|减少|减[轻免负]|降低|下降|压减|免[除收费]|增收|收入|收益|带动|撬动|拉动|挽回|追[回缴]|收[缴回取费]|达标|标准[达率]|合格|率$|满意"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half that has rows, money and no cost row."""
    if ctx.facts.internal:
        return
    for phase in PHASES:
        rows = [r for n, r, _ in ctx.rows() if r.phase == phase and ctx.answers(n)]
        money = funding_of(form, phase)
        if len(rows) < 3 or money is None or money < ctx.options["small_yuan"]:
            continue
        priced = any(_is_priced(row) for row in rows)
        if priced or any(
            q.unit_kind == "money" and "/" in q.unit
            for n, _, t in ctx.rows()
            if ctx.answers(n)
            for q in t.quantities
        ):
            continue
        name = form.project or ""
        must = bool(_MUST.search(name)) and not _NOT_MUST.search(name)
        yield Hit(
            field=f"indicators_{phase}",
            evidence=name,
            message="没有成本指标"
            + ("，工程、修缮、购置类项目应当控制单位成本。" if must else "，看不出花得是否合理。"),
            advice="请补一条单位成本或分项控制数，如「采购单价 ≤ ___ 元/台」「每平方米造价 ≤ ___ 元」。",
            severity=None if must else "advice",
        )


def _is_priced(row: Indicator) -> bool:
    """Whether a row says what something costs: a cost row, or a price put elsewhere. What is
    saved or earned is no cost («节约水费»)."""
    if "成本" in row.level2 or row.level1 == COST:
        return True
    return bool(_PRICE.search(row.name)) and not _GAINED.search(row.name)
