"""R402: the row stands under the wrong level-2 class (by its words, or by the model)."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import BENEFIT, Form, Indicator
from scorer.heads import head_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.placement import plain_class
from scorer.rules.wording import cell
from scorer.targets import Target

RULE = Rule(
    code="R402",
    name="二级指标归类错误",
    checks="三级指标放错了二级指标：满意度放进社会效益、完成时间放进质量、单位自己的活动放进效益等。由词表和训练好的模型判断。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="社会效益指标 参训学员满意度：≥90%",
    good="服务对象满意度指标 参训学员满意度：≥90%",
    status="stable",
    false_alarms=(
        "覆盖率、受益人数、知晓率、办结率、补助标准、节约率，专家看法不一，不报。",
        "模型把握不到0.8的只请核对，不扣分；几类效益之间、数量与效益之间的，不问。",
        "成本放在产出下（88号）或单列一级（101号）都对，不报。",
    ),
    label="misplaced",
    options={"sure": 0.8, "certain": 0.9},
)

_NEWER = {"成本指标": "经济成本指标"}
_BENEFITS = frozenset(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"))
_OUTPUTS = frozenset(("数量指标", "质量指标", "时效指标"))
_FAMILIES = (("成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标"),)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose words plainly ask for another class, or for which the model does."""
    newer = any(row.level2 == "经济成本指标" for row in form.indicators)
    for index, row, target in ctx.rows():
        if right := plain_class(row, target):
            yield _plainly(index, row, _NEWER.get(right, right) if newer else right)
            continue
        verdict = ctx.verdict(index)
        if verdict is None or "misplaced" not in verdict.says or not row.name:
            continue
        certain = (verdict.misplaced or 0.0) >= ctx.options["certain"]
        if (_at_home(row) and not certain) or _offers_hours(row, target):
            continue
        best = max((c for c in verdict.level2 if not _same_family(c, row.level2)),
                   key=lambda c: verdict.level2[c], default="")  # fmt: skip
        if not best:
            continue
        sure = (verdict.misplaced or 0.0) >= ctx.options["sure"]
        if not sure and (_is_border(row) or _differ(row, best)):
            continue
        words = "、".join(f"「{w}」" for w in verdict.why_level2[:3])
        yield Hit(
            indicator=index,
            field="level2",
            evidence=row.level2,
            message=f"{cell(row)}放错了类，说的是{_MEANING.get(best, best)}，应放在{best}。"
            if sure
            else f"{cell(row)}像是{_MEANING.get(best, best)}，可能应放在{best}，请核对。",
            advice=f"请移到{best}；这一类不需要的，原处留空。",
            proposals=(f"{best}　{row.name}：{row.value}",),
            severity=None if sure else "advice",
            why=f"模型看的是：{words}。" if words else "",
            confidence=verdict.level2[best],
        )


def _plainly(index: int, row: Indicator, right: str) -> Hit:
    return Hit(
        indicator=index,
        field="level2",
        evidence=row.level2,
        message=f"{cell(row)}放错了类，说的是{_MEANING[right]}，应放在{right}。",
        advice=f"请移到{right}；这一类不需要的，原处留空。",
        proposals=(f"{right}　{row.name}：{row.value}",),
        confidence=0.95,
    )


def _offers_hours(row: Indicator, target: Target) -> bool:
    """«每周开放时间 ≥56小时» under 质量: the more the better, so no deadline and no delay."""
    return row.level2 in ("质量指标", "数量指标") and any(
        q.unit_kind == "time" and q.comparator in ("≥", ">") for q in target.quantities
    )


def _at_home(row: Indicator) -> bool:
    """A rate whose head word may honestly stand in this class (持证率 under 社会效益).

    Counts are no such case: the unit's own counted work under a benefit is 数量.
    Timeliness words may not stand under 质量, though the word list allows for it.
    """
    head = head_of(row.name)
    if head is None or not head.sure or "rate" not in head.asks or row.level2 not in head.classes:
        return False
    return not (row.level2 == "质量指标" and head.classes[0] == "时效指标")


def _is_border(row: Indicator) -> bool:
    """A word of whose class experts differ (覆盖率), in one of its classes."""
    head = head_of(row.name)
    return head is not None and head.border and row.level2 in head.classes


def _differ(row: Indicator, best: str) -> bool:
    """Classes between which reviewers differ: one benefit and another, a count and a benefit
    (经济, 生态, 可持续; the unit's own counted work under 社会效益 is asked about)."""
    effect = row.level1 == BENEFIT
    if best in _BENEFITS:
        return effect or row.level2 == "数量指标"
    return effect and row.level2 != "社会效益指标" and best in _OUTPUTS


def _same_family(one: str, other: str) -> bool:
    return one == other or any(one in f and other in f for f in _FAMILIES)


_MEANING = {
    "数量指标": "办了多少",
    "质量指标": "办得好不好",
    "时效指标": "什么时候、多快办成",
    "成本指标": "花多少钱",
    "经济成本指标": "花多少钱",
    "经济效益指标": "带来多少钱的好处",
    "社会效益指标": "给社会带来的变化",
    "生态效益指标": "给环境带来的变化",
    "可持续影响指标": "以后还能管多久",
    "服务对象满意度指标": "服务对象满不满意",
}
