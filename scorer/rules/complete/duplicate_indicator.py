"""C105: the same indicator twice in one half."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell, normalise

RULE = Rule(
    code="C105",
    name="指标重复",
    checks="同一时段里同一个三级指标写了两遍。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="会议次数：≥12次；召开会议次数：≥12次",
    good="会议次数：≥12次",
    status="stable",
    false_alarms=(
        "名称相同而对象、地点或标准不同的（各年级、各站点分列），不算重复。",
        "实施期一半与年度一半各写一遍是表样要求。",
    ),
)

# Words around the thing counted that do not make another indicator of it.
_AROUND = ("召开", "举办", "开展", "组织", "完成", "实施", "全年", "年度", "数量", "总数", "情况")


_COUNTING = re.compile(r"数量|总数|数$|的")
_SIGN = re.compile(r"^(?:[≥≤=＝><]|不低于|不少于|不超过|不高于)+")


def _plain_value(value: str) -> str:
    return _SIGN.sub("", normalise(value))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the second and later rows of one half that measure the same thing alike."""
    seen: dict[tuple[str, str, str], int] = {}
    for index, row, _ in ctx.rows():
        name = normalise(row.name)
        for word in _AROUND:
            name = name.replace(word, "") or name
        # «抽检食品批次数» and «食品抽检批次» are the same letters.
        letters = "".join(sorted(_COUNTING.sub("", name)))
        key = (row.phase, letters if len(letters) > 3 else name, _plain_value(row.value))
        if not name or not row.value:
            continue
        if key in seen:
            first = form.indicators[seen[key]]
            yield Hit(
                indicator=index,
                field="name",
                message=f"{cell(row)}与{cell(first)}说的是同一件事，值都是「{row.value}」。",
                advice="请保留一条；确是两件事的，在名称里写明区别。",
            )
        else:
            seen[key] = index
