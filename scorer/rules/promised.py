"""What the goal promises and a row takes back: a softer percentage, a second figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.rules.attainable.wrong_direction import way_of
from scorer.rules.catalogue import Hit
from scorer.rules.context import Context
from scorer.rules.counted import core_of, counted, same_unit
from scorer.rules.stated import Stated, all_numbers, texts_of
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Quantity, Target

_EARLIER = re.compile(r"[上去]年|现有|目前|现状|此前|改[造建]前|实施前|基线|平均为")
_FROM = ("由", "从", "由原来的", "从原来的")
_VERBS = re.compile(
    r"(?:[由从]?\d[\d.]*[%％‰]?|[由从]|达到?|不[低高少多]于|不超过|保持|控制|稳定|提[高升]|下?降低?|上升|[到至在为])+$"
)
# Rates that every row may have: alone they do not say of what.
_BARE = frozenset(
    "合格率 达标率 完成率 及时率 覆盖率 满意度 满意率 准确率 知晓率 验收合格率 参与率 使用率 利用率 到位率 发放率 通过率 优良率 增长率".split()
)
_FAULT = r"[一-龥]{0,10}?(?:事故|事件|案件|伤亡|疫情|火灾|投诉|上访|舆情)"
# «不发生作业安全事故»; «无车可借投诉» is no such promise.
_NONE = re.compile(
    rf"(?:不(?:再)?(?:发生|出现|产生)|杜绝|未发生|(?:(?<=^)|(?<=[，,。；;、]))(?:全年|确保|实现|做到|保持)*[无零])"
    rf"({_FAULT})的?(?:发生|出现)?(?=$|[，,。；;、])"
)
_LEEWAY = Decimal("0.9")


def softer_rates(form: Form, ctx: Context) -> Iterator[Hit]:
    """Rows that ask for much less than the percentage that the goal promises of the same."""
    for index, row, target in ctx.rows():
        quantity = _rate(target)
        field = f"goal_{row.phase}"
        if quantity is None or not form.text(field):
            continue
        for stated in all_numbers(texts_of(form, (field,))):
            if _softer(row, quantity, stated):
                said = f"{_subject(stated)}{stated.clause[slice(*stated.quantity.span)]}"
                yield _hit(index, row, field, said + stated.after[:2].strip("，,、 "))
                break


def allowed_faults(form: Form, ctx: Context) -> Iterator[Hit]:
    """Rows that allow some of what the goal says shall not happen («不发生作业安全事故», ≤10起)."""
    for index, row, target in ctx.rows():
        quantity, field = target.only, f"goal_{row.phase}"
        if quantity is None or quantity.unit_kind != "count" or quantity.value <= 0:
            continue
        if quantity.comparator in ("≥", ">") or way_of(row.name) != "lower":
            continue
        name = core_of(row.name)
        for match in _NONE.finditer(form.text(field) or ""):
            if len(name) > 1 and (match[1].endswith(name) or name.endswith(match[1])):
                yield _hit(index, row, field, match[0])
                break


def _rate(target: Target) -> Quantity | None:
    quantity = target.only
    if quantity is None:
        return None
    return quantity if quantity.unit in ("%", "‰") and quantity.high is None else None


def _subject(stated: Stated) -> str:
    """What a percentage is of, by the words before it."""
    return re.split(r"[、（(，,]", _VERBS.sub("", stated.before.strip()))[-1]


def _softer(row: Indicator, quantity: Quantity, stated: Stated) -> bool:
    if stated.quantity.unit != quantity.unit or stated.before.strip().endswith(_FROM):
        return False
    if _EARLIER.search(stated.clause) or not _same_rate(bare_name(row.name), _subject(stated)):
        return False
    value, number = quantity.value, stated.quantity.value
    signs = {quantity.comparator, stated.quantity.comparator}
    if value == number:  # where the name tells which way is better, A305 says it
        turned = bool(signs & {"≥", ">"}) and bool(signs & {"≤", "<"})
        return turned and not way_of(row.name)
    lower = way_of(row.name) == "lower" or stated.quantity.comparator in ("≤", "<")
    if lower:
        return value * _LEEWAY > number and quantity.comparator in ("≤", "<", "=")
    return value < number * _LEEWAY and quantity.comparator in ("≥", ">", "=")


def _same_rate(name: str, subject: str) -> bool:
    """Whether a row's name and the words before a percentage are of one rate."""
    short, long = sorted((name, subject), key=len)
    if len(short) < 3 or not short.endswith(("率", "度", "比例", "占比")):
        return False
    return name == subject or (short not in _BARE and long.endswith(short))


def other_figures(form: Form, ctx: Context) -> Iterator[Hit]:
    """Rows that count again what an earlier row counts, with another number, where the form's
    texts have the earlier one."""
    stated = {s.quantity.value for s in all_numbers(texts_of(form, ("overview", "goal_annual")))}
    rows = [(n, row, q) for n, row, t in ctx.rows() if (q := counted(t)) is not None]
    for index, row, quantity in rows:
        first = next(
            (
                other
                for n, other, q in rows
                if n != index
                and other.phase == row.phase
                and q.value in stated
                and q.value != quantity.value
                and quantity.value not in stated
                and same_unit(q.unit) == same_unit(quantity.unit)
                and _counts_the_same(row.name, other.name, form)
            ),
            None,
        )
        if first is not None:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{cell(first)}填的是「{first.value}」，同一样东西数不一样。",
                advice="请核对后只留一个数；若只是其中一部分，请在名称里写明。",
                confidence=0.8,
            )


def _counts_the_same(name: str, other: str, form: Form) -> bool:
    """Whether a name is another with only words of the project's own name put before it."""
    longer, shorter = core_of(name), core_of(other)
    if len(shorter) < 3 or not longer.endswith(shorter) or name == other:
        return False
    return set(longer[: -len(shorter)]) <= set(form.project or "")


def _hit(index: int, row: Indicator, field: str, said: str) -> Hit:
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}填的是「{row.value}」，「{FIELD_NAMES[field]}」里写的是「{said}」，比目标松，前后不一。",
        advice=f"请与「{FIELD_NAMES[field]}」核对后改一致，指标值不要低于目标写的水平。",
        confidence=0.85,
    )
