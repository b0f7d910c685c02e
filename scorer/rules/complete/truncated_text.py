"""C106: a text field ends in the middle of a word, at the form's length limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="C106",
    name="文字没有写完",
    checks="概况、目标、计划等长文字在半句话处断了，多半是系统的字数限制。",
    item="规范完整性",
    severity="advice",
    basis="",
    bad="项目概况：……区委会议的准备工作、协助区委领",
    good="项目概况写完最后一句，以句号结束。",
    status="stable",
    false_alarms=("短文字不带句号不算没写完。", "可能是导出时截断，请对照原系统，不扣分。"),
    options={"least_length": 100},
)

_ENDS_WELL = re.compile(r"[。；;.!！?？）)》”\"\]】%％\d元次个人项年月日等作行成度用费理务力展]$")
_ENDS_OPEN = re.compile(r"[，、,：:的和与及及在对为把将由向是（(《“\-—]$")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield long texts that end open: on a comma, a particle, or after numbered sentences."""
    for name in ("overview", "necessity", "safeguards", "plan", "goal_period", "goal_annual"):
        text = (form.text(name) or "").strip()
        if len(text) < ctx.options["least_length"] or _ENDS_WELL.search(text):
            continue
        whole_sentences = len(re.findall(r"[。；;]", text)) >= 1
        if _ENDS_OPEN.search(text) or whole_sentences:
            yield Hit(
                field=name,
                message=f"「{FIELD_NAMES[name]}」在「…{text[-8:]}」处断了，话没有写完。",
                advice="请对照原文补全；系统有字数限制的，请删短前文。",
            )
