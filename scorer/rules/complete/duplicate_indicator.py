"""C105: the same indicator twice in one half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scorer.forms import Form, Indicator
from scorer.rules.asks import asked_by
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import counted, same_unit
from scorer.rules.same_thing import same_thing
from scorer.rules.wording import cell, normalise

RULE = Rule(
    code="C105",
    name="指标重复",
    checks="同一时段里同一个三级指标写了两遍，或换个说法、换一类又写一遍，数相同。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="会议次数：≥12次；召开会议次数：≥12次",
    good="会议次数：≥12次",
    status="stable",
    false_alarms=(
        "名称相同而对象、地点或标准不同的（各年级、各站点分列），不算重复。",
        "实施期一半与年度一半各写一遍是表样要求。",
        "数相同而做的是两件事的（轮出小麦、轮入小麦），不算重复。",
        "分两批、两期各写一条的，不算；三批以上而每批的数都一样，才算拆开凑数。",
    ),
)

# Words around the thing counted that do not make another indicator of it.
_AROUND = ("召开", "举办", "开展", "组织", "完成", "实施", "全年", "年度", "数量", "总数", "情况")


# Classes whose rows ask another question of the same thing: what it costs, when it is there.
_OTHER_QUESTIONS = frozenset(("成本指标", "经济成本指标", "时效指标"))
_TIMES = frozenset("次 场 期 场次 期次 班次".split())
# A number behind the name tells no other thing: «购置设备（一）», «购置设备（二）».
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十①②③④⑤\d]{1,2}[)）]?$")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
_COUNTING = re.compile(r"数量|总数|数$|的")
_SIGN = re.compile(r"^(?:[≥≤=＝><]|不低于|不少于|不超过|不高于)+")


def _plain_value(value: str) -> str:
    return _SIGN.sub("", normalise(value))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the second and later rows of one half that measure the same thing alike."""
    for index, row, _ in ctx.rows():
        first = next((n for n in range(index) if _repeats(ctx, index, n)), None)
        if row.name and row.value and first is not None:
            yield _hit(index, row, form.indicators[first])


def _hit(index: int, row: Indicator, first: Indicator) -> Hit:
    again = "" if row.value == first.value else f"（一处写「{first.value}」）"
    return Hit(
        indicator=index,
        field="name",
        message=f"{cell(row)}与{cell(first)}说的是同一件事，值都是「{row.value}」{again}。",
        advice="请保留一条；确是两件事的，在名称里写明区别。",
    )


def _repeats(ctx: Context, index: int, earlier: int) -> bool:
    """Whether a row says again what an earlier one of its half says."""
    row, first = ctx.form.indicators[index], ctx.form.indicators[earlier]
    if row.phase != first.phase or not (first.name and first.value):
        return False
    if _letters(row.name) == _letters(first.name) and (
        _plain_value(row.value) == _plain_value(first.value)
        or (ctx.unverifiable(index) and ctx.unverifiable(earlier))
    ):
        return True
    if _cut_up(ctx.form, row, first):
        return True
    return _may_repeat(row, first) and _same_number(ctx, index, earlier)


# «第一批…», «（二）标段…»: lots into which one task is cut.
_LOT = re.compile(r"[（(]?第?[一二三四五六七八九十\d]{1,3}[)）]?(?:批次?|期|组|标段|阶段|轮)")
_LOTS = 3  # of one name and one value are one row cut up


def _cut_up(form: Form, row: Indicator, first: Indicator) -> bool:
    """Whether two rows are lots of one task, of the same size, as at least one more is."""

    def lot(one: Indicator) -> tuple[str, str, str, str]:
        return one.phase, one.level2, _LOT.sub("", one.name), _plain_value(one.value)

    if not _LOT.search(row.name) or lot(row) != lot(first):
        return False
    return sum(lot(other) == lot(row) for other in form.indicators) >= _LOTS


@lru_cache(maxsize=16384)
def _letters(name: str) -> str:
    """The letters of a name without what is put around it: «抽检食品批次数» and «食品抽检批次»
    are the same letters."""
    plain = normalise(_NUMBERED.sub("", name))
    for word in _AROUND:
        plain = plain.replace(word, "") or plain
    letters = "".join(sorted(_COUNTING.sub("", plain)))
    return letters if len(letters) > 3 else plain


def _may_repeat(row: Indicator, first: Indicator) -> bool:
    """Rows of one class, or an amount said again as quality or effect. Costs and dates that
    name the same thing ask something else of it."""
    classes = {row.level2, first.level2}
    return len(classes) == 1 or ("数量指标" in classes and not classes & _OTHER_QUESTIONS)


def _same_number(ctx: Context, index: int, earlier: int) -> bool:
    """Whether both rows count the same thing and state one number of it."""
    one, other = counted(ctx.targets[index]), counted(ctx.targets[earlier])
    if one is None or other is None or one.value != other.value or one.value <= 1:
        return False
    if _unit(one.unit) != _unit(other.unit):
        return False
    names = [ctx.form.indicators[n].name for n in (index, earlier)]
    if _REMARK.findall(names[0]) != _REMARK.findall(names[1]):  # （一年级）, （二年级）
        return False
    return all(asked_by(name) in ("count", "") for name in names) and same_thing(*names)


def _unit(unit: str) -> str:
    return "次" if unit in _TIMES else same_unit(unit)
