"""R419: a number that looks like a slip of the pen of one the form's own text states.

R411 needs the very thing beside the stated number; here looser words are enough, because the
digits themselves tell: one zero more or less, two digits changed over, one digit too many, or the
only number that the whole text has for this unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.library import pairs_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import same_unit
from scorer.rules.money import YUAN
from scorer.rules.relevant.contradicts_own_facts import FIELDS, spans_years
from scorer.rules.stated import THINGS, Stated, all_numbers, texts_of
from scorer.rules.trades import in_topics
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Quantity, Target

RULE = Rule(
    code="R419",
    name="数字像是笔误",
    checks="指标值与项目概况、目标里同一样东西的数只差一个零、一个「万」字、前后颠倒、多写少写一位、本来要做几十件却只要一两件，单位不是一类，或者全文只有一个数而与它不同。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="年度目标「完成巡展120场」，指标「宣传车巡展：12场」",
    good="年度目标「完成巡展120场」，指标「宣传车巡展：≥120场」",
    false_alarms=(
        "别的指标已经写了目标里的那个数，这一行说的是另一样东西，不算。",
        "其中、每期、分批、现有、上年的数，不算。",
        "只差零头的（1246.7元写成1247元），不算。",
        "留了余地的下限、上限，不算；只差一个零、只要一两件的除外。",
    ),
    status="stable",
    topic="own_facts",
    rank=20,
    label="incoherent",
)

_TIMES = frozenset("年 月 天 日 小时 分钟 秒 分 个月".split())
_DAYS, _OF_DAYS = ("天", "日"), ("天数", "日数")
_WHOSE = ("户", "人", "村", "家")  # whom a number counts, as the name says too
_MACHINES = frozenset("台 辆 套 盏 头 只 株 棵 公里 米 亩 平方米 吨 公斤 顶 条 把".split())
_PERSONS = frozenset(("名", "位", "人员"))
_NEAR = 16  # letters on each side of the number in which its noun stands
_COMMON = 0.15  # part of the library's topics from which a pair of letters names nothing
_NOTHING = frozenset("项目 工作 企业 居民 建设 单位 人员 全年 年度".split())
# Words of the name or beside the stated number that make it a part, or another time's.
_PARTS = re.compile(
    r"其中|[各均约近余多]|骨干|累计|左右|上下|现有|原有|已|历年|上年|去年|首批|首期|[一二三]期|第|分批|剩余|其余|试点|季|日均|至少|名额|[上下]半年|[一二]批|由|年检"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose number looks like a slip of a stated one that no other row takes up."""
    stated = list(_stated(form))
    if not stated:
        return
    several_years = spans_years(form, ctx)
    known = {_amount(s.quantity)[0] for s in stated}
    taken = {_amount(q) for target in ctx.targets for q in target.quantities}
    free = [s for s in stated if _amount(s.quantity) not in taken]
    for index, row, target in ctx.rows():
        quantity = _only(row, target)
        if quantity and (own := _with_other_unit(row, quantity, stated)):
            yield _hit(index, row, own, "单位不一样")
            continue
        if quantity is None or _amount(quantity)[0] in known or _of_part(row.name, quantity):
            continue
        found = _slip(row, quantity, free) or _of_persons(row, quantity, stated, ctx.targets)
        if not found and not several_years:  # one year's part is no contradiction
            found = _lone(row, quantity, stated, free)
        if found:
            yield _hit(index, row, *found)


def _hit(index: int, row: Indicator, said: Stated, how: str) -> Hit:
    shown = _near(said).strip("，,。；;、 ")
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}填的是「{row.value}」，「{FIELD_NAMES[said.field]}」里写的是「{shown}」，{how}。",
        advice=f"请与「{FIELD_NAMES[said.field]}」核对，把写错的一处改过来；若是另一样东西，请在名称里写明。",
        confidence=0.8,
    )


def _only(row: Indicator, target: Target) -> Quantity | None:
    """The one level or amount of a value, None for changes, ranges, spans of time; days that the name
    counts («供餐天数») are an amount."""
    quantity = target.only
    if quantity is None or target.frequency:
        return None
    days = quantity.unit in _DAYS and bare_name(row.name).endswith(_OF_DAYS)
    timed = (quantity.unit in _TIMES and not days) or not quantity.unit
    return None if timed or quantity.high is not None or quantity.value <= 0 else quantity


def _stated(form: Form) -> Iterator[Stated]:
    for stated in all_numbers(texts_of(form, FIELDS)):
        if stated.quantity.value > 0 and not _of_part(_near(stated), stated.quantity):
            yield stated


def _near(stated: Stated) -> str:
    """The stated number with some letters on each side."""
    number = stated.clause[slice(*stated.quantity.span)]
    return f"{stated.before[-_NEAR:]}{number}{stated.after[:_NEAR]}"


def _of_part(near: str, quantity: Quantity) -> bool:
    """Whether a number counts a part or another time; «每» is right with a price."""
    each = quantity.unit_kind != "money" and "每" in near
    return bool(_PARTS.search(near) or each)


def _amount(quantity: Quantity) -> tuple[Decimal, str]:
    """Number and unit, money in yuan whatever it is paid for, persons as 人."""
    unit = quantity.unit.split("/")[0]
    if unit in YUAN:
        return quantity.value * YUAN[unit], "元"
    return quantity.value, "人" if unit in _PERSONS else unit


def _common(row: Indicator, stated: Stated) -> Set[str]:
    """Pairs of letters that the row's name and the words near the stated number share."""
    return pairs_of(bare_name(row.name)) & pairs_of(_priced(stated) + _near(stated)) - _NOTHING


def _priced(stated: Stated) -> str:
    """What a price in brackets is for: «更新除颤监护仪4台（每台5.5万元)»."""
    if not stated.before.lstrip().startswith(("（每", "(每")):
        return ""
    start = stated.quantity.span[0] - len(stated.before)
    return stated.clause[max(0, start - _NEAR) : start] + "|"


def _shares_noun(row: Indicator, stated: Stated) -> bool:
    return any(in_topics(pair) < _COMMON for pair in _common(row, stated))


def _slip(row: Indicator, quantity: Quantity, free: list[Stated]) -> tuple[Stated, str] | None:
    value, unit = _amount(quantity)
    for stated in free:
        number, other = _amount(stated.quantity)
        how = slip(value, number) or _trivial(row, quantity, stated)
        if other == unit and how and _shares_noun(row, stated):
            if how.endswith(_WAN) and "/" in quantity.unit and "每" not in _near(stated):
                continue
            if unit == "%" and (how == _SWAPPED or number == 100):
                continue
            return stated, how
    return None


def _of_persons(
    row: Indicator, quantity: Quantity, stated: list[Stated], targets: Sequence[Target]
) -> tuple[Stated, str] | None:
    """One zero too many or too few in the number of persons, where texts and rows each have but
    one: «为8名遗属发放补助» and «发放补助人数 80人» need no noun in common."""
    own = [s for s in stated if _amount(s.quantity)[1] == "人"]
    rows = {a for t in targets for q in t.quantities if (a := _amount(q))[1] == "人"}
    if not row.name.endswith("人数") or len(own) != 1 or rows != {_amount(quantity)}:
        return None
    how = slip(quantity.value, own[0].quantity.value)
    return (own[0], how) if how.endswith(_ZERO) else None


def _trivial(row: Indicator, quantity: Quantity, stated: Stated) -> str:
    """A target that asks for next to nothing of what the form says it does: one or two, or a
    small part of the very thing."""
    if quantity.unit_kind not in THINGS or quantity.comparator in ("≤", "<"):
        return ""
    value, number = _amount(quantity)[0], _amount(stated.quantity)[0]
    idle = value <= _NEXT_TO_NOTHING and value * _TRIVIAL <= number
    same = value * _SMALL_PART <= number and len(_common(row, stated)) >= _SAME_THING
    return "指标值远低于要做的数" if idle or same else ""


def _with_other_unit(row: Indicator, quantity: Quantity, stated: list[Stated]) -> Stated | None:
    """The stated number of the very thing that the row has with a unit of another kind: «救灾帐篷
    300顶» and «购置救灾帐篷数量 300公里», «惠及6.4万户» and «惠及农户数量 6.4万台»."""
    same = [s for s in stated if s.quantity.value == quantity.value]
    units = {same_unit(s.quantity.unit) for s in same}
    unit = same_unit(quantity.unit)
    if quantity.unit_kind not in THINGS or "/" in unit or unit in units:
        return None
    name = bare_name(row.name)
    for said in same:
        own = said.quantity
        whose = own.unit in _WHOSE and own.unit in name and unit in _MACHINES
        kinds = {own.unit_kind, quantity.unit_kind}
        named = said.before[-2:] in name and len(said.before) > 1
        if whose or (named and len(kinds) == 2 and kinds <= set(THINGS)):
            return said
    return None


def _lone(
    row: Indicator, quantity: Quantity, stated: list[Stated], free: list[Stated]
) -> tuple[Stated, str] | None:
    """The text has one number for this unit, no row takes it up, and this row has another."""
    if quantity.unit_kind not in THINGS or "/" in quantity.unit or row.phase == "period":
        return None
    value, unit = _amount(quantity)
    numbers = {_amount(s.quantity)[0] for s in stated if _amount(s.quantity)[1] == unit}
    own = [s for s in free if _amount(s.quantity)[1] == unit]
    if len(numbers) != 1 or not own:
        return None
    number = numbers.pop()
    signs = {quantity.comparator, *(_TURNED.get(s.quantity.comparator, "=") for s in own)}
    spared = signs & {"≥", ">"} if value < number else signs & {"≤", "<"}
    if spared or not number / 2 <= value <= number * 2:
        return None
    near = next((s for s in own if _shares_noun(row, s)), None)
    return (near, "同一样东西数不一样") if near else None


_TRIVIAL, _NEXT_TO_NOTHING = 20, 2
_SMALL_PART, _SAME_THING = 8, 4  # times smaller; pairs of letters shared by one thing
_TURNED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
_WAN = "「万」字"
_ZERO = "一个零"
_SWAPPED = "像是前后两位写颠倒了"


def slip(value: Decimal, number: Decimal) -> str:
    """How ``value`` looks like a slip of ``number``, "" where it does not.

    >>> slip(Decimal("12"), Decimal("120"))
    '像是少写了一个零'
    >>> slip(Decimal("5.5"), Decimal("55000"))
    '像是少写了一个「万」字'
    >>> slip(Decimal("390"), Decimal("930"))
    '像是前后两位写颠倒了'
    >>> slip(Decimal("500"), Decimal("600"))
    ''
    """
    if value == number:
        return ""
    for zeros, times in ((_ZERO, 10), ("两个零", 100), (f"一个{_WAN}", 10_000)):
        if value == number * times:
            return f"像是多写了{zeros}"
        if value * times == number:
            return f"像是少写了{zeros}"
    if abs(value - number) * 50 < number:
        return ""  # rounded
    one, two = (format(v.normalize(), "f").replace(".", "") for v in (value, number))
    if len(one) == len(two) and _changed_over(one, two):
        return _SWAPPED
    longer, shorter = max(one, two, key=len), min(one, two, key=len)
    if len(longer) == len(shorter) + 1 and len(shorter) > 1 and _one_more(longer, shorter):
        return "像是多写了一位" if longer == one else "像是少写了一位"
    return ""


def _changed_over(one: str, two: str) -> bool:
    apart = [k for k in range(len(one)) if one[k] != two[k]]
    if len(apart) != 2 or apart[1] - apart[0] > 2:
        return False
    a, b = apart
    return one[a] == two[b] and one[b] == two[a]


def _one_more(longer: str, shorter: str) -> bool:
    return any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))
