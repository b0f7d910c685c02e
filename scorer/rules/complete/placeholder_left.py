"""C104: a placeholder of the template was left in: XX, **, 待定, 同上, 见附件."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, cell

RULE = Rule(
    code="C104",
    name="占位或表样文字没有替换",
    checks="格子里留着 XX、**、待定、同上、见附件、只有符号没有数等占位文字，或表样的填写提示。",
    item="规范完整性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="采购数量：**台",
    good="采购数量：=12台",
    status="stable",
    false_alarms=(
        "整行没有名称、值写「无」或「/」表示不适用的，不算占位。",
        "名称本身带字母的（XX-30型），不算占位。",
    ),
    topic="unverifiable",
    rank=2,
    label="vague",
)

# Text fields: only marks that stand for something still to be written.
_LEFT_OVER = re.compile(
    r"[×xX＊*]{2,}(?=[号省市县区乡镇村元万台个人年月日%％]|$)|[（(](?:待定|待补|略|此处填写|示例)[)）]|^(?:待定|同上|见附件|略|暂无|待补充?)$"
)

# What the template asks of the writer: «（此处填写制度名称，不超过200字）», «请简要说明背景».
_ASKS = r"(?:请|此处|在此)(?:简要|简述|如实|逐项|准确)?(?:填写|填报|填入|输入|描述|说明|概述|列明|列出)|填[写报表](?:说明|要求|示例)"
_HINT = re.compile(
    rf"[（(【\[〔]\s*(?:{_ASKS}|填写(?:项目|单位|具体|相关|内容|本)|示例|样例|简要(?:说明|描述|概述))[^（()）】\]〕]{{0,60}}[)）】\]〕]"
    rf"|[（(【\[〔][^（()）】\]〕]{{0,30}}(?:不超过|限|控制在)\s*\d+\s*字(?:以?内)?[^（()）】\]〕]{{0,4}}[)）】\]〕]"
    rf"|^\s*(?:{_ASKS})|^(?:示例|样例|范例|例)[:：]"
)

_NAMELESS = re.compile(r"[×xX＊*/／…\-—]+|待定|同上|略|三级指标|指标名称")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows and text fields that still hold a placeholder."""
    for index, row, target in ctx.rows():
        if target.kind == "placeholder" and row.name:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的「{row.value}」是占位文字，没有实际内容。",
                advice="请换成实际的数量、比例或时间；不适用的整行删去。",
            )
        elif _NAMELESS.fullmatch(row.name):
            yield Hit(
                indicator=index,
                field="name",
                message=f"{row.level2}的三级指标名称「{row.name}」是占位文字。",
                advice="请写明这一条量的是什么。",
            )
        elif found := _HINT.search(row.name) or _HINT.search(row.value):
            yield Hit(
                indicator=index,
                field="name" if found[0] in row.name else "value",
                message=f"{cell(row)}里还留着表样的填写提示「{found[0]}」。",
                advice="请换成实际内容，提示文字删去。",
            )
    for name, label in FIELD_NAMES.items():
        text = form.text(name)
        if text and (found := _LEFT_OVER.search(text) or _HINT.search(text)):
            yield Hit(
                field=name,
                message=f"「{label}」里还留着占位文字「{found[0]}」。",
                advice="请换成实际内容。",
            )
