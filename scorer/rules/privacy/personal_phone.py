"""P701: a personal number in a form meant for publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context

RULE = Rule(
    code="P701",
    name="表里有个人手机号或证件号",
    checks="拟公开的表里写了个人手机号码、身份证号码。",
    item="",
    severity="warning",
    basis="个人信息保护法",
    bad="联系电话：138××××1234（个人手机号全文）",
    good="联系电话：0355-1234567（办公室座机）",
    status="stable",
    false_alarms=(
        "办公室座机、统一社会信用代码、金额、表格流水号不算。",
        "内部报送、不公开的表可在配置里关掉这条。",
    ),
)

_MOBILE = re.compile(r"(?<![\d.,])1[3-9]\d{9}(?![\d.,])")
_IDENTITY = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
)
_FIELDS = (
    "phone",
    "handler",
    "leader",
    "overview",
    "plan",
    "safeguards",
    "basis",
    "goal_annual",
    "goal_period",
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each field that holds a mobile or identity number; the number itself is masked."""
    for name in _FIELDS:
        text = re.sub(r"(?<=\d)[\s-](?=\d)", "", form.text(name) or "")
        for pattern, what in ((_IDENTITY, "身份证号码"), (_MOBILE, "个人手机号码")):
            if found := pattern.search(text):
                masked = f"{found[0][:3]}****{found[0][-4:]}"
                yield Hit(
                    field=name,
                    evidence=masked,
                    message=f"表里有{what}（{masked}），公开前请换掉。",
                    advice="请改写办公室座机，或公开时删去这一格。",
                )
                break
