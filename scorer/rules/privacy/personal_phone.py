"""P701: a personal number or a home address in a document meant for publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form, Place, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="P701",
    name="表里有个人手机号或证件号",
    checks="拟公开的表里写了个人手机号码、身份证号码、银行卡号或家庭住址。",
    item="",
    severity="warning",
    basis="个人信息保护法",
    bad="联系电话：138××××1234（个人手机号全文）",
    good="联系电话：0355-1234567（办公室座机）",
    status="stable",
    false_alarms=(
        "办公室座机、统一社会信用代码、金额、表格流水号不算。",
        "单位的账号、项目点的地址不算。",
        "内部报送、不公开的表可在配置里关掉这条。",
    ),
    scope="document",
)

_MOBILE = re.compile(r"(?<![\d.,])1[3-9]\d{9}(?![\d.,])")
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
    r"|身份证(?:号码?)?[是为:：]?(?P<called>\d{15}(?:\d{2}[\dXx])?)(?!\d)"
)
_CARD = re.compile(
    r"(?:银行卡|一卡通|社保卡|储蓄卡)(?:号码?|账号)?[是为:：]?(?P<called>\d{12,19})(?!\d)"
)
_HOME = re.compile(
    r"(?:家住|家庭住址|家庭地址|现住址?|住址)[是为:：]?(?P<called>[一-龥\d]{2,24}?(?:\d+[号室栋幢]|[一二三四五六七八九十\d]+[组号]))"
)
_PRIVATE = (
    (_IDENTITY, "身份证号码"),
    (_MOBILE, "个人手机号码"),
    (_CARD, "银行卡号"),
    (_HOME, "家庭住址"),
)
_GAP = re.compile(r"(?<=\d)[\s-](?=\d)")
_FIELDS = (
    *("title", "phone", "handler", "leader", "filled_at"),
    *(name for name in FIELD_NAMES if not name.endswith("_yuan")),
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield each text that holds a private number or address, the number itself masked."""
    for form in submission.forms:
        for name in _FIELDS:
            yield from _of(form.text(name) or "", form.places.get(name, form.place), form, name)
        for row in form.indicators:
            for text in (row.name, row.value, row.explanation or ""):
                yield from _of(text, row.place, form, "indicators")
    for line in submission.narrative:
        yield from _of(line.text, line.place, None, "narrative")


def _of(text: str, place: Place, form: Form | None, field: str) -> Iterator[Hit]:
    """The first private thing of one text."""
    plain = _GAP.sub("", text)
    for pattern, what in _PRIVATE:
        if found := pattern.search(plain):
            masked = _masked(found.groupdict().get("called") or found[0])
            yield Hit(
                field=field,
                place=place,
                project=form.project if form else None,
                evidence=masked,
                message=f"表里有{what}（{masked}），公开前请换掉。",
                advice="请改写办公室座机，或公开时删去这一格。"
                if what == "个人手机号码"
                else "公开时请删去，名单另存备查。",
            )
            return


def _masked(text: str) -> str:
    return f"{text[:3]}****{text[-4:]}" if text[:3].isdigit() else f"{text[:4]}****"
