"""S106: an indicator name that measures nothing (重要性, 服务范围, 建设意义)."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.heads import hollow, only_numbered
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.targets import Target

RULE = Rule(
    code="S106",
    name="指标名称空洞",
    checks="三级指标名称没有说量什么：重要性、服务范围、服务对象、建设意义，或照抄二级指标名称。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="社会效益指标 重要性：保障运转",
    good="社会效益指标 文件平均办结时间：≤2个工作日",
    status="stable",
    false_alarms=(
        "值里写明了量什么、多少的（服务范围：18个村），量得出来，不算。",
        "名称前有具体事物的「…完成情况」且值有数的，不算。",
    ),
    topic="unverifiable",
    rank=4,
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows with a hollow name, unless the value says what is counted."""
    for index, row, target in ctx.rows():
        reason = hollow(ctx.full_name(index))
        nothing = only_numbered(row.name) or _counts_nothing(target) or ctx.unverifiable(index)
        if reason and nothing:
            value = f"填的「{row.value}」也核对不了" if ctx.unverifiable(index) else reason
            yield Hit(
                indicator=index,
                field="name",
                why=reason,
                message=f"{row.level2}的三级指标名称是「{row.name}」，看不出要量什么，{value}。",
                advice="请换成能量的名称，如「…数量」「…合格率」「…完成时间」。",
            )


# Kinds of a thing are no amount of it: «服务对象：2类（企业和群众）».
_KINDS = frozenset("类 种 方面 大类 个方面 类别".split())


def _counts_nothing(target: Target) -> bool:
    return all(quantity.unit in _KINDS for quantity in target.quantities)
