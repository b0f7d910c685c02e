"""C106: a text breaks off in the middle of a sentence or a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, cell, opened_last

RULE = Rule(
    code="C106",
    name="文字没有写完",
    checks="概况、目标、计划等长文字，或指标名称、指标值，在半句话处断了，多半是系统的字数限制。",
    item="规范完整性",
    severity="advice",
    basis="",
    bad="项目概况：……区委会议的准备工作、协助区委领",
    good="项目概况写完最后一句，以句号结束。",
    status="stable",
    false_alarms=(
        "短文字不带句号不算没写完。",
        "以「等」字、以数字单位收尾的，话已经说完。",
        "可能是导出时截断，请对照原系统，不扣分。",
    ),
    options={"least_length": 100},
)

_ENDS_WELL = re.compile(r"[。；;.!！?？）)》”\"\]】%％\d元次个人项年月日等作行成度用费理务力展]$")
_ENDS_OPEN = re.compile(r"[，、,：:的和与及及在对为把将由向是（(《“\-—]$")
# No sentence ends on these, however short it is: something must be done, reached or named.
_NEEDS_MORE = re.compile(
    r"(?:[、，,（(《“]|就能|能够|可以|从而|进而|以便|使得|促使|以及|并且|而且|进一步|更加|切实|着力|大力|正在"
    r"|由于|因为|根据|按照|围绕|针对|关于|其中|包括|例如|(?:[，,；;。][^，,；;。]{0,6}|群众|居民|企业)[让使把被将]|(?<![服盲听跟依遵])从|(?<![合归吞兼])并)$"
)
# A comparison or a share that has not come to its number («约占供水»).
_NO_NUMBER = re.compile(
    r"(?:约占|仅占|只占|约为|约有|共计|合计|降[到至低]+到?|提高[到至]|增加[到至]|缩短[到至]|减少[到至]|达到|不低于|不少于|不超过|不高于)"
    r"(?P<rest>[^\d一二三四五六七八九十百千零两半%，,。；;]{0,4})$"
)
_NAMED_LEVEL = re.compile(
    r"标准|要求|水平|目标|规定|规范|预[算期]|上年|去年|往年|同期|以[内上下]|[内级]$|范围"
)
_SHORT = 12  # letters below which a text is a label, not a sentence


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield texts that end open: on a comma, a particle, before a number, or (long ones) in
    the middle of a word after whole sentences; and rows with an open bracket or comma."""
    for name in ("overview", "necessity", "safeguards", "plan", "goal_period", "goal_annual"):
        text = (form.text(name) or "").strip()
        if _broken_off(text, ctx.options["least_length"]):
            yield Hit(
                field=name,
                message=f"「{FIELD_NAMES[name]}」在「…{text[-8:]}」处断了，话没有写完。",
                advice="请对照原文补全；系统有字数限制的，请删短前文。",
            )
    for index, row, _ in ctx.rows():
        for part, text in (("name", ctx.full_name(index)), ("value", row.value)):
            if text[-1:] in ("、", "，", ",", "（", "(", "《") or opened_last(text):
                yield Hit(
                    indicator=index,
                    field=part,
                    message=f"{cell(row)}在「…{text[-8:]}」处断了，话没有写完。",
                    advice="请对照原文补全。",
                )


def _broken_off(text: str, long: int) -> bool:
    if len(text) < _SHORT:
        return False
    if _NEEDS_MORE.search(text) or opened_last(text):
        return True
    if (number := _NO_NUMBER.search(text)) and not _NAMED_LEVEL.search(number["rest"]):
        return True
    if len(text) < long or _ENDS_WELL.search(text):
        return False
    return bool(_ENDS_OPEN.search(text) or re.search(r"[。；;]", text))
