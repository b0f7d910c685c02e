"""R411: a row states another number of the same thing than the form's own text does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import ANY_VERB, core_of, counted, parts_of, same_unit
from scorer.rules.promised import allowed_faults, other_figures, softer_rates
from scorer.rules.standards import other_prices
from scorer.rules.stated import Stated, stated_numbers, texts_of
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Quantity

RULE = Rule(
    code="R411",
    name="与表内所写数量矛盾",
    checks="同一样东西，项目概况、目标、制度措施或另一条指标写一个数（数量、补助标准），指标值写另一个数；或者指标值比目标写的百分比松得多。",
    item="绩效合理性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="年度目标「更换电梯6台」，指标「电梯更换数量：4台」",
    good="年度目标「更换电梯6台」，指标「电梯更换数量：=6台」",
    false_alarms=(
        "目标写6台、指标写「≥5台」是留了余地的下限，不算。",
        "分批、每轮、其中、现有、上年的数是另一回事，不算。",
        "多年项目年度数小于总数的，不算；大于总数的才算。",
        "几个数相加等于指标值的，不算。",
        "「约」「左右」的数相差一成以内，不算。",
    ),
    status="stable",
    topic="own_facts",
    rank=10,
    label="incoherent",
)

_ATTENDING = re.compile(r"参[会加与]|补助|聘请|开展|组织|举办|召开|完成|覆盖|到位|建成")
_LIST = re.compile(r"[、和及与，,（()）]|以及")
# Words that make a stated number one of another scope than the row's.
_SCOPED = (
    "每 均 其中 各 现有 原有 已 历年 上年 去年 首批 首期 一期 二期 三期 第一 第二 分批 累计 剩余 其余 另 "
    "试点 抽 月 季 周 日均 补充 更新 新增 增加 由 从 前期 后期 至少 名额 上半年 下半年 一批 二批 以上 余下 超过"
).split()
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}日|份|[底初末]|[上中下]旬)?(?:以?前|之前)?")
_ROUGH = re.compile(r"[约近余多来]|左右|上下|大约|预计|估")
_FLOOR = re.compile(r"不少于|不低于|至少|以上|≥|不小于")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|[-—~至])")
# 实施计划 is left out: its steps count parts.
FIELDS = ("overview", "goal_annual", "goal_period")
LEEWAY = Decimal("0.75")  # of what the goal promises that a floor may leave
NEAR = 14  # letters beside the number in which its noun is looked for


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose number is not the one that the form's texts, or another row, have."""
    yield from _numbers(form, ctx)
    yield from softer_rates(form, ctx)
    yield from allowed_faults(form, ctx)
    yield from other_figures(form, ctx)
    yield from other_prices(form, ctx)


def _numbers(form: Form, ctx: Context) -> Iterator[Hit]:
    """Rows whose one number differs from every number stated of the same thing."""
    several_years = spans_years(form, ctx)
    for index, row, target in ctx.rows():
        # In a project of several years each half answers its own goal.
        others = {"goal_annual"} if row.phase == "period" else {"goal_period"}
        fields = tuple(f for f in FIELDS if not (several_years and f in others))
        stated = stated_numbers(texts_of(form, fields))
        quantity = counted(target)
        core = core_of(row.name)
        if quantity is None or len(core) < 2:
            continue
        if other := _counts_another(core, quantity, stated, ctx):
            yield _hit(index, row, other)
            continue
        if several_years and row.phase == "annual":
            totals = stated_numbers(texts_of(form, ("goal_period",)))
            whole = [
                s for s in totals if _about(core, quantity, s, form) and _in_scope(row.name, s)
            ]
            if whole and quantity.value > max(s.quantity.value for s in whole):
                yield _hit(index, row, whole[0])
                continue
        about = [s for s in stated if _about(core, quantity, s, form)]
        if not about:  # the safeguards speak where nothing else does
            stated = stated_numbers(texts_of(form, ("safeguards",)))
            about = [s for s in stated if _about(core, quantity, s, form)]
        same = [s for s in about if _in_scope(row.name, s)]
        if several_years and any(s.field == "goal_annual" for s in same):
            same = [s for s in same if s.field == "goal_annual"]
        goal = [s for s in same if s.field.startswith("goal_") and _whole_noun(core, s)]
        if len({s.quantity.value for s in goal}) == 1:  # what the goal says is what counts
            same, about = goal, [s for s in about if s.field.startswith("goal_")]
        if not same or _agrees(quantity, same) or _sums_up(quantity, stated):
            continue
        if _promised(core, quantity, stated):
            continue
        if any(_close(quantity.value, s) for s in about) or _in_clause(
            core, quantity, stated, same
        ):
            continue
        best = same[0]
        of_year = best.field == "goal_annual" or str(form.fiscal_year) in best.clause
        of_total = several_years and not of_year
        if of_total and quantity.value < best.quantity.value:
            continue
        whole_noun = _whole_noun(core, best) or _attended(core, best, form)
        if _allowed(quantity, best, whole=whole_noun):
            continue
        if best.quantity.value in _sums_of_rows(quantity, ctx):
            continue
        yield _hit(index, row, best)


def _hit(index: int, row: Indicator, best: Stated) -> Hit:
    said = f"{best.before[-NEAR:]}{best.clause[slice(*best.quantity.span)]}{best.after[:8]}".strip(
        "，,；;、 "
    )
    return Hit(
        indicator=index,
        field="value",
        message=f"{cell(row)}填的是「{row.value}」，「{FIELD_NAMES[best.field]}」里写的是「{said}」，同一样东西数不一样。",
        advice=f"请与「{FIELD_NAMES[best.field]}」核对后改一致；若只是其中一部分，请在名称里写明。",
        confidence=0.85,
    )


def _counts_another(
    core: str, quantity: Quantity, stated: Sequence[Stated], ctx: Context
) -> Stated | None:
    """The number of the very thing that is the row's and counts things where the row counts people:
    «更新健身路径18套», =18人."""
    people, noun = ctx.lexicon.people_units, parts_of(core)[1]
    if quantity.unit not in people or len(noun) < 3 or _OF_PEOPLE.search(noun):
        return None
    alike = [s for s in stated if s.quantity.value == quantity.value]
    if any(same_unit(s.quantity.unit) == same_unit(quantity.unit) for s in alike):
        return None
    things = (s for s in alike if s.quantity.unit in _THINGS)
    return next((s for s in things if s.before.endswith(noun)), None)


# Units of what is built or bought; 剂, 例, 笔, 份 are one for each person.
_THINGS = frozenset("套 台 辆 座 栋 幢 盏 条 块 架 艘 部 樘 眼 孔".split())
_OF_PEOPLE = re.compile(r"岗|席|位|[员师生人者户工兵民长队]$")


def _in_scope(name: str, stated: Stated) -> bool:
    """Whether no word beside the number makes it a part, an earlier or another one."""
    beside = _DATE.sub("", stated.before + stated.after[:4])
    # «各配机动泵1台、呼吸器2具»: what is for each holds on to the end of the list.
    start = stated.quantity.span[0]
    if any(word in stated.clause[:start] and word not in name for word in "各每"):
        return False
    return not any(word in beside and word not in name for word in _SCOPED)


def _about(core: str, quantity: Quantity, stated: Stated, form: Form) -> bool:
    """Whether a stated number is of the row's thing: unit, noun and year agree."""
    if same_unit(quantity.unit) != same_unit(stated.quantity.unit):
        return False
    if not _noun_beside(core, stated) and not _attended(core, stated, form):
        return False
    years = {int(y) for y in _YEAR.findall(stated.clause)}
    return not years or form.fiscal_year in years or not form.fiscal_year


def _attended(core: str, stated: Stated, form: Form) -> bool:
    """«培训1500人次» in a project that names whom it trains («党员教育培训») counts them."""
    verbs, noun = parts_of(core)
    named = len(noun) > 1 and noun in (form.project or "")
    return named and stated.quantity.unit == "人次" and stated.before.strip() in verbs


def _noun_beside(core: str, stated: Stated) -> bool:
    """Whether the number is the number of the core: its noun whole beside it, its verb in
    the clause; or the core's last word is all that stands beside it («听众3000人次» for
    宣讲听众). A number after a list of several nouns is nobody's alone."""
    before, after = _beside(stated)
    verbs, noun = parts_of(core)
    if before is None or len(noun) < 2:
        return False
    last = any(len(side) >= 2 and noun.endswith(side) for side in (before, after))
    last = last or (stated.field == "safeguards" and _noun_follows(noun, stated))
    named = [verb for verb in verbs if not _ATTENDING.fullmatch(verb)]
    said = all(verb in stated.clause for verb in named)
    if _whole_noun(core, stated):
        return said or not ANY_VERB.search(before)
    return last and said


_LEVEL = re.compile(r"(?:全?[县市区镇乡村](?:级|域|内)?|基层|[专兼]职|各级)*")


def _noun_follows(noun: str, stated: Stated) -> bool:
    """«96名防疫员逐人签订责任书» is the number of 村级防疫员: what is left of the noun is in the clause
    too, or says only at which level."""
    return any(
        stated.after.startswith(noun[-size:])
        and (noun[:-size] in stated.clause or _LEVEL.fullmatch(noun[:-size]) is not None)
        for size in range(3, len(noun) + 1)
    )


def _in_clause(
    core: str, quantity: Quantity, stated: Sequence[Stated], same: Sequence[Stated]
) -> bool:
    """Whether a clause of the same fields says the row's number too: «小班由18个压减到12个»."""
    fields = {s.field for s in same}
    return any(
        s.quantity.value == quantity.value
        and same_unit(s.quantity.unit) == same_unit(quantity.unit)
        and parts_of(core)[1] in s.clause
        for s in stated
        if s.field in fields or all(f == "overview" for f in fields)
    )


def _promised(core: str, quantity: Quantity, stated: Sequence[Stated]) -> bool:
    """Whether the goal says this very number of what shares most of the core's letters:
    «完成退化防护林修复1.2万亩» for 修复退化防护林."""
    return any(
        s.field.startswith("goal_")
        and s.quantity.value == quantity.value
        and same_unit(s.quantity.unit) == same_unit(quantity.unit)
        and s.says_most_of(core)
        for s in stated
    )


def _whole_noun(core: str, stated: Stated) -> bool:
    """Whether the core's noun stands whole beside the number: no part of it is meant."""
    before, after = _beside(stated)
    noun = parts_of(core)[1]
    if before is None or len(noun) < 2:
        return False
    near = noun in before[-NEAR:] or noun in after[: NEAR // 2]
    return near or _spread(noun, before) or _measured(core, stated, before)


def _measured(core: str, stated: Stated, before: str) -> bool:
    """Whether the number measures the core's act, of which no noun is said: «清淤3.2万立方米»."""
    return stated.quantity.unit_kind != "count" and before.strip() in parts_of(core)[0]


def _spread(noun: str, before: str) -> bool:
    """Whether the noun stands before the number with a word put in («新能源小型清扫车»)."""
    return len(noun) >= 4 and before.endswith(noun[-2:]) and noun[:2] in before


def _beside(stated: Stated) -> tuple[str | None, str]:
    """What stands right before and right after a stated number, without what belongs to
    its neighbours; None where a list of things stands before it."""
    before = stated.before.lstrip("、和及与以并 ")
    if before.endswith("、"):
        before = ""
    return (None if _LIST.search(before) else before), _LIST.split(stated.after)[0]


def _agrees(quantity: Quantity, same: list[Stated]) -> bool:
    """Whether some stated number, or a sum of some, is the row's."""
    values = [s.quantity.value for s in same]
    if any(_close(quantity.value, s) for s in same):
        return True
    distinct = list(dict.fromkeys(values))[:6]
    return any(
        sum(chosen) == quantity.value
        for size in range(2, len(distinct) + 1)
        for chosen in combinations(distinct, size)
    )


def _sums_up(quantity: Quantity, stated: tuple[Stated, ...]) -> bool:
    """Whether the row is the sum of all numbers with its unit in one clause or field."""
    unit = same_unit(quantity.unit)
    for field in {s.field for s in stated}:
        values = [
            s.quantity.value
            for s in stated
            if s.field == field and same_unit(s.quantity.unit) == unit
        ]
        if any(
            sum(values[i:j]) == quantity.value
            for i in range(len(values))
            for j in range(i + 2, len(values) + 1)
        ):
            return True
    return False


def _close(value: Decimal, stated: Stated) -> bool:
    number = stated.quantity.value
    rough = _ROUGH.search(stated.before[-3:] + stated.clause[slice(*stated.quantity.span)])
    return value == number or (bool(rough) and abs(value - number) <= number / 10)


def _sums_of_rows(quantity: Quantity, ctx: Context) -> set[Decimal]:
    """What this row's number and that of one or two other rows with its unit make together."""
    others = [
        q.value
        for target in ctx.targets
        if (q := counted(target)) is not None
        and q is not quantity
        and same_unit(q.unit) == same_unit(quantity.unit)
    ]
    pairs = {one + other for one, other in combinations(others, 2)}
    return {quantity.value + other for other in {*others, *pairs}}


def _allowed(quantity: Quantity, stated: Stated, *, whole: bool) -> bool:
    """A floor below (a little below where the very thing is named), a ceiling above, or more
    than a stated floor contradict nothing."""
    value, number = quantity.value, stated.quantity.value
    if quantity.comparator in ("≥", ">"):
        leeway = (number * LEEWAY if whole else 0) <= value <= number
        return leeway or (value > number and stated.quantity.comparator in ("≥", ">"))
    if quantity.comparator in ("≤", "<"):
        return value >= number
    return stated.quantity.comparator in ("≥", ">") and value >= number


def spans_years(form: Form, ctx: Context) -> bool:
    """As the form states it, or, where it states no 项目期, as its two sums tell."""
    sums = (form.total_yuan, form.annual_yuan)
    if ctx.facts.years is None and None not in sums and sums[0] != sums[1]:
        return True
    return (ctx.facts.years or 1) > 1 or "长期" in (form.period or "")
