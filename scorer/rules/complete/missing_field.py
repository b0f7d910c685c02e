"""C101: a cell that the form asks for is blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="C101",
    name="必填内容空着",
    checks="表里有这一格而没有填：项目名称、资金、总体目标、立项依据、必要性、制度措施、实施计划等。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="年度目标：（空）",
    good="年度目标：2025年完成档案数字化8万页，抽检差错率不高于0.3%。",
    topic="blank",
    status="stable",
    false_alarms=(
        "本地表样没有这一格，不算缺。",
        "一年期项目只填年度一半、实施期一半整体空着，不算缺。",
        "我们没有读到的格子列在「未能读取」里，不算单位漏填。",
    ),
)

# What only sends the reader elsewhere: the reviewer has this form and no other paper.
_ELSEWHERE = re.compile(r"(?:另附|附后|见附[件表]|详?见.{0,12}|同上|略|无)[。.]?")
GRAVE = ("project", "goal_period", "goal_annual", "total_yuan", "annual_yuan")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield every asked field without content; an unused half is left alone."""
    unused = {
        name
        for phase, names in (
            ("period", ("goal_period", "total_yuan")),
            ("annual", ("goal_annual", "annual_yuan")),
        )
        for name in names
        if not any(i.phase == phase for i in form.indicators) and form.indicators
    }
    several = (ctx.facts.years or 1) > 1 and None not in (form.total_yuan, form.annual_yuan)
    if several and form.total_yuan != form.annual_yuan:
        unused.discard("goal_period")  # the sum says that the whole project is told
    for name, label in FIELD_NAMES.items():
        text = (form.text(name) or "").strip()
        elsewhere = bool(_ELSEWHERE.fullmatch(text))
        if name not in form.asked or name in unused or (text and not elsewhere):
            continue
        yield Hit(
            field=name,
            message=f"「{label}」没有填。"
            if not text
            else f"「{label}」只写了「{text}」，等于没有填。",
            advice=f"请补填「{label}」；确实没有的写明原因。",
            severity="error" if name in GRAVE else None,
        )
