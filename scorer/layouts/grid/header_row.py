"""The header row of an indicator table -> which column holds what.

A table has one or two halves (实施期 and 年度). Columns are told by their heads, a head
over several columns by the heads below it; a half that lacks a column (level 2, name)
shares the one of the half before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from scorer.forms import Phase
from scorer.layouts.grid.slots import Row, Slot
from scorer.layouts.words import Words, squeeze, year_in

LEVELS = ("level1", "level2", "name", "value")
FLAT = ("project", "unit", "department")  # field columns of a flat list
_SHARED = ("level2", "name")
_PERIOD = re.compile(r"实施期|实施周期|中期|中长期|长期|项目期|总体|总目标")
_ANNUAL = re.compile(r"年度|当年|本年|全年|短期")
_BASE = re.compile(r"历史|上年|前年|上一年|基准|基期|去年|往年|[近前][一两二三]年")
# What was reached before, beside what is aimed at: no column of a self-review.
_EARLIER = re.compile(r"(?:前[一二两三]?年度?|[上去]一?年度?|近[一二两三]年)完成(?:值|数|情况)$")
_ACTUAL = re.compile(r"实际|完成值|得分|偏差|自评|完成情况")
# «半年指标值», «1-6月指标值»: a milestone, no target
_PART_YEAR = re.compile(
    r"半年|季度|[一二三四]季|(?<!12)月[末底]|(?<![1十])[1-9一二三四五六七八九十]月"
)
_SUM = re.compile(r"^(?:合计|总计|小计|金额)$")
# Heads below «指标值»: its figure, and the sign before it
_PART_OF_VALUE = re.compile(
    r"(?:指标|目标)?(?:数量|目标|具体)?(?:数值|值|内容|值内容|数据|数字|目标)"
)
_SIGN_OF_VALUE = re.compile(r"^(?:值)?(?:性质|类型|条件|方向|算符|符号)$|符$|符号$")
# Heads that say no more, right of both levels: a name and its value
_BARE_HEADS = (("指标", "目标"), ("指标", "值"), ("指标", "标准"), ("内容", "目标"))
_AMOUNT = "金额"  # the one column of that name needs no head of money over it
_CONTENT = re.compile(
    r"(?:指标|目标)?(?:内容|数值|数据|值|目标|数量|标准|描述)(?:[/及和或](?:文字)?描述)?"
)
_LONGEST_HEAD = 40
_BOTH = re.compile(r"(单位|部门).*(项目|专项).*名称|项目名称.*(单位|部门)")
# «年度指标值», «指标值年度值» (two rows of heads put together); «指标值说明» is none
_VALUE = re.compile(r"^.{0,8}(指标值|目标值|预期值)(.{1,4}值)?$")
_YEAR_HEADS = ("年度", "年份", "预算年度", "填报年度", "申报年度", "预算年份")
_OF_THE_YEAR = ("年初预算数", "全年预算数")  # the only sum of a list, no part of a self-review
_BOTH_CODES = re.compile(r"单位.*项目|部门.*项目")
_BOTH_NAMES = 16  # signs of «单位名称、项目名称» and its like
_PARENT = re.compile(r"^.{0,8}(指标|指标值|指标表|目标|目标值|年度|实施期)$")
_INDICATOR = re.compile(r"指\s*标|内\s*容")
_BRACKET = re.compile(r"\([^()]*\)")
_PART_BRACKET = re.compile(r"\((?:[上下]?半年|.?季度|\d{1,2}[-—~至](?!12)\d{1,2}月)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the indicator table: its role and the grid columns [start, end)."""

    role: str
    start: int
    end: int
    text: str = ""
    phase: Phase | None = None


@dataclass(frozen=True)
class Half:
    """The columns of one phase (None: the header does not say which). ``levels`` are the level
    names that stand over them, the upper first, where the levels are heads of columns and not
    cells of rows."""

    phase: Phase | None
    columns: tuple[Column, ...]
    levels: tuple[str, ...] = ()

    @cached_property
    def _by_role(self) -> dict[str, tuple[Column, ...]]:
        roles = {column.role for column in self.columns}
        return {role: tuple(c for c in self.columns if c.role == role) for role in roles}

    def of(self, role: str) -> tuple[Column, ...]:
        """The half's columns of one role, left to right."""
        return self._by_role.get(role, ())


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header row says; ``flat`` are the project columns of a flat list."""

    columns: tuple[Column, ...]
    halves: tuple[Half, ...]
    level1: Column | None
    flat: tuple[Column, ...] = ()

    def roles(self) -> set[str]:
        return {column.role for column in self.columns}


def is_note(row: Row, heading: Heading) -> bool:
    """A row of one wide cell over several columns, such as «注：…», is no indicator."""
    if len(row.filled) != 1:
        return False
    slot = row.filled[0]
    under = [c for c in heading.columns if c.start < slot.end and slot.start < c.end]
    return len({c.role for c in under} & set(LEVELS)) >= 3


def phase_of(text: str) -> Phase | None:
    """The phase a head names: «实施期指标值» -> "period", «年度目标» -> "annual"."""
    squeezed = squeeze(text)
    if _PERIOD.search(squeezed):
        return "period"
    return "annual" if _ANNUAL.search(squeezed) else None


def role_of(text: str, words: Words) -> str | None:
    """Role of a column head, also where it carries a remark in brackets."""
    return _role_of(text, words) if text and len(text) <= _LONGEST_HEAD else None


@lru_cache(maxsize=20_000)
def _role_of(text: str, words: Words) -> str | None:
    label = squeeze(text)
    if _PART_BRACKET.search(label):
        return "milestone"
    plain = _BRACKET.sub("", label)
    role = words.column_of(label) or words.column_of(plain)
    role = role or words.column_of(plain.removeprefix("绩效"))
    if role is None and len(plain) <= 14 and words.level2_of(label) is None:
        if _EARLIER.match(label):
            return "baseline"
        if _ACTUAL.search(label):
            return "actual"
        if _PART_YEAR.search(plain) and plain.endswith("值"):
            return "milestone"
        if _BASE.search(label) and label.endswith(("值", "数", "标准", "实现", "完成")):
            return "baseline"
        if _VALUE.match(plain):
            return "value"
    return role


def read_heading(
    row: Row, below: Row | None, above: Row | None, words: Words, top_row: Row | None = None
) -> tuple[Heading, int] | None:
    """(heading, rows it takes) if ``row`` is the header of an indicator table, else None.
    ``top_row`` is the row above ``above``."""
    top = _columns(row.slots, words, above)
    sub = _sub_columns(top, row, below, words) if below else None
    columns, taken = (sub, 2) if sub else (top, 1)
    if not _is_heading(columns):
        return None
    columns = _with_level1(columns)
    columns = _settle(_with_value(_with_name(columns, row), row))
    first = min(c.start for c in columns if c.role in LEVELS)
    columns = [c for c in columns if c.start >= first or c.role != "unit"]  # «单位» of people
    flat = flat_columns(row, above, first, words)
    level1 = next((c for c in columns if c.role == "level1"), None)
    uppers = [upper for upper in (top_row, above) if upper is not None]
    halves = [replace(half, levels=_levels_over(half, uppers, words)) for half in _halves(columns)]
    return Heading(tuple(columns), tuple(halves), level1, flat), taken


def _levels_over(half: Half, uppers: Sequence[Row], words: Words) -> tuple[str, ...]:
    """«产出指标», and perhaps «数量指标» below it, over the columns 三级指标 and 指标值."""
    names = half.of("name")
    if not names or half.of("level2"):
        return ()
    over = [s for u in uppers for s in u.own if s.start <= names[0].start and s.end > names[0].end]
    return tuple(s.text for s in over if words.level1_of(s.text) or words.level2_of(s.text))


def _is_heading(columns: Sequence[Column]) -> bool:
    roles = {_plain(c.role) for c in columns}
    # «指标值» and «备注» alone may be the heads of any table: a level or a name must be there.
    return len(roles & set(LEVELS)) >= 2 and bool(roles & {"name", "value"})


def _with_level1(columns: list[Column]) -> list[Column]:
    """«指标类别 | 指标分类»: of two heads of level 2 side by side the first is level 1's."""
    if any(c.role == "level1" for c in columns):
        return columns
    for n, (one, other) in enumerate(pairwise(columns)):
        if one.role == other.role == "level2" and one.end == other.start:
            return [*columns[:n], replace(one, role="level1"), *columns[n + 1 :]]
    return columns


def _with_name(columns: list[Column], row: Row) -> list[Column]:
    """Names under a head that says no more than «绩效指标», between the levels and the value."""
    if any(c.role == "name" for c in columns):
        return columns
    values = [c.start for c in columns if _plain(c.role) == "value"]
    levels = [c.end for c in columns if c.role in ("level1", "level2")]
    if not values or not levels:
        return columns
    inside = [s for s in row.slots if max(levels) <= s.start and s.end <= min(values)]
    found = [Column("name", s.start, s.end, s.text) for s in inside if _INDICATOR.search(s.text)]
    return sorted([*columns, *found[-1:]], key=lambda c: c.start)


def _with_value(columns: list[Column], row: Row) -> list[Column]:
    """A value under a head that says no more than «内容» or «指标内容», right of a sign."""
    if any(_plain(c.role) == "value" for c in columns):
        return columns
    signs = [c.end for c in columns if c.role == "sign"]
    beside = [s for s in row.slots if s.start in signs and _CONTENT.fullmatch(s.text)]
    found = [Column("value", s.start, s.end, s.text) for s in beside[:1]]
    others = [c for c in columns if not any(c.start == v.start for v in found)]
    return sorted([*others, *found], key=lambda c: c.start)


def _plain(role: str) -> str:
    return "value" if role.startswith("value") else role


def _columns(slots: Sequence[Slot], words: Words, above: Row | None) -> list[Column]:
    found = _named_columns(slots, words, above)
    levels = [c.end for c in found if c.role in ("level1", "level2")]
    if len(levels) > 1 and not any(_plain(c.role) in ("name", "value") for c in found):
        beside = [s for s in slots if s.start >= max(levels)][:2]
        if tuple(squeeze(s.text) for s in beside) in _BARE_HEADS:
            pairs = zip(("name", "value"), beside, strict=True)
            found += [Column(role, s.start, s.end, s.text) for role, s in pairs]
    for slot, after in pairwise(slots):  # «短期指标 | 短期指标值»
        if squeeze(after.text) == f"{squeeze(slot.text)}值" and role_of(slot.text, words) is None:
            found.append(Column("name", slot.start, slot.end, slot.text, phase_of(slot.text)))
    return sorted(found, key=lambda column: column.start)


def _named_columns(slots: Sequence[Slot], words: Words, above: Row | None) -> list[Column]:
    found = []
    for slot in slots:
        role = role_of(slot.text, words)
        if role is None:
            continue
        phase = phase_of(slot.text) or (_parent_phase(slot, above) if slot.origin else None)
        found.append(Column(role, slot.start, slot.end, slot.text, phase))
    return found


def _parent_phase(slot: Slot, above: Row | None) -> Phase | None:
    """Phase of the head above, such as «年度指标» over three columns."""
    if above is None or not all(_PARENT.search(squeeze(u.text)) for u in above.filled):
        return None  # a label with its text: «项目总体目标 | 新建…»
    for upper in above.own:
        if upper.start <= slot.start and slot.end <= upper.end and _PARENT.search(upper.text):
            return phase_of(upper.text)
    return None


def _sub_columns(top: Sequence[Column], row: Row, below: Row, words: Words) -> list[Column] | None:
    """The columns of a header of two rows, or None if ``below`` is no second header row."""
    heads = below.filled
    if not top or not heads or not all(_may_head(slot.text, words) for slot in row.filled):
        return None
    found = []
    for slot in heads:
        parent = _over(slot, row)
        role = _child_role(slot, parent, words)
        if role is None:
            return None
        phase = phase_of(slot.text) or (phase_of(parent.text) if parent else None)
        found.append(Column(role, slot.start, slot.end, slot.text, phase))
    kept = [c for c in top if not any(c.start < f.end and f.start < c.end for f in found)]
    return sorted([*kept, *found], key=lambda c: c.start)


def _may_head(text: str, words: Words) -> bool:
    """A text that may stand in the upper of two header rows."""
    return role_of(text, words) is not None or bool(_PARENT.search(text))


def _over(slot: Slot, row: Row) -> Slot | None:
    """The head above, or left of the blank slots above where merged cells are lost."""
    left = [u for u in row.slots if u.text and u.start <= slot.start]
    return left[-1] if left else None


def _child_role(slot: Slot, parent: Slot | None, words: Words) -> str | None:
    own = role_of(slot.text, words)
    over = role_of(parent.text, words) if parent else None
    below_value = over is not None and _plain(over) == "value" and len(slot.text) <= 14
    label = squeeze(slot.text)
    if below_value and _PART_OF_VALUE.fullmatch(label):
        return "value"
    if own is not None or not below_value:
        return own
    if _SIGN_OF_VALUE.search(label):
        return "sign"
    if _BASE.search(label):
        return "baseline"
    if _ACTUAL.search(label):
        return "actual"
    if _PART_YEAR.search(label):
        return "milestone"
    return "value" if phase_of(label) else None


def _settle(columns: list[Column]) -> list[Column]:
    """Roles that only the neighbours decide: 绩效标准 beside a value is a baseline, 指标内容
    after the value is an explanation, 指标方向 besides a column of signs says which way is better."""
    settled: list[Column] = []
    values = [c for c in columns if _plain(c.role) == "value"]
    annual = any(c.role == "value_annual" for c in values)
    signs = sum(c.role == "sign" for c in columns)
    for n, column in enumerate(columns):
        role, phase = column.role, column.phase
        if role == "value" and "标准" in column.text and len(values) > 1:
            role = "baseline"
        elif role == "value" and annual and phase is None and len(values) == 2:
            phase = "period"
        elif (role == "value" and phase is None and _is_second_value(settled)) or (
            role == "name" and _is_second_name(columns, n)
        ):
            role = "explanation"
        elif role == "sign" and "方向" in column.text and signs > 1:
            role = "direction"
        elif role == "actual" and _is_earlier(column, values):
            role = "baseline"
        elif role.startswith("value_"):
            phase = "period" if role == "value_period" else "annual"
        settled.append(replace(column, role=_plain(role), phase=phase))
    return settled


def _is_earlier(column: Column, values: Sequence[Column]) -> bool:
    """«2023年完成值» beside «2024年目标值»: what was reached before, not what the target came to."""
    year = year_in(column.text)
    return year is not None and any((year_in(v.text) or 0) > year for v in values)


def _is_second_value(before: Sequence[Column]) -> bool:
    """A value without a phase after another such value of the same name."""
    last = next((c for c in reversed(before) if c.role in ("name", "value")), None)
    return last is not None and last.role == "value" and last.phase is None


def _is_second_name(columns: Sequence[Column], n: int) -> bool:
    """A further name column that no value of its own follows."""
    names_before = any(c.role == "name" for c in columns[:n])
    if not names_before:
        return False
    value_before = any(_plain(c.role) == "value" for c in columns[:n])
    value_after = any(_plain(c.role) == "value" for c in columns[n + 1 :])
    return not (value_before and value_after)


def _halves(columns: Sequence[Column]) -> list[Half]:
    groups: list[list[Column]] = [[]]
    for n, column in enumerate(columns):
        if column.role == "level1":
            continue
        if _starts_half(groups[-1], column, columns[n + 1 :]):
            groups.append([])
        groups[-1].append(column)
    _share(groups)
    named = [_half_phase(group) for group in groups]
    if len(groups) == 2 and named[0] is named[1]:
        named = ["period", "annual"]
    elif len(groups) == 2:
        other: dict[Phase | None, Phase] = {"period": "annual", "annual": "period"}
        named = [p or other[named[1 - n]] for n, p in enumerate(named)]
    return [Half(phase, tuple(group)) for phase, group in zip(named, groups, strict=True)]


def _starts_half(group: Sequence[Column], column: Column, after: Sequence[Column]) -> bool:
    """A role that is already there opens the second half, except the roles that repeat; so does
    level 2 right of a value, unless nothing but levels comes after it."""
    if column.role not in ("level2", "name", "value", "sign", "unit"):
        return False
    have = {c.role for c in group}
    rest = any(_plain(c.role) in ("name", "value") for c in after)
    return column.role in have or (column.role == "level2" and "value" in have and rest)


def _share(groups: list[list[Column]]) -> None:
    """Give a half without its own name what the other half has, and level 2 in any case."""
    for n, group in enumerate(groups):
        other = groups[n - 1] if n else (groups[1] if len(groups) > 1 else [])
        have = {c.role for c in group}
        lone = "name" not in have
        second = groups[1] if len(groups) > 1 else []
        both = lone or (n == 0 and not any(c.role == "name" for c in second))
        for column in list(other):
            wanted = column.role in _SHARED if n and not both else both
            if wanted and column.role not in have and column.role != "value":
                group.append(column)


def _half_phase(group: Sequence[Column]) -> Phase | None:
    said = {c.phase for c in group if c.phase is not None and c.role in LEVELS}
    values = {c.phase for c in group if c.phase is not None and c.role == "value"}
    if len(values) == 1:
        return values.pop()
    return said.pop() if len(said) == 1 else None


def flat_columns(row: Row, above: Row | None, first: int, words: Words) -> tuple[Column, ...]:
    """Project, unit and goal columns left of ``first``, where the levels begin: the mark of a
    flat list."""
    found = []
    amounts = [slot for slot in row.slots if squeeze(slot.text) == _AMOUNT]
    for slot, text, over in _heads_with_above(row, above):
        if role_of(text, words) in LEVELS:
            continue
        role = flat_role(text, words)
        if role is None and _SUM.match(squeeze(text)):
            beside = any((flat_role(s.text, words) or "").startswith("amount") for s in row.slots)
            total = amounts == [slot] or beside or words.is_money_head(over)
            role = "amount:total" if total else None
        if role and (slot.start < first or role.startswith("amount") or role == "fiscal_year"):
            found.append(Column(role, slot.start, slot.end, text))
    if not any(c.role == "project" for c in found):
        both = next((c for c in _unknown(row, first) if _BOTH_CODES.search(squeeze(c.text))), None)
        if both is None or not any(c.role.startswith("goal") for c in found):
            return ()
        found.insert(0, both)  # «单位编码(项目编码)» over names
    if any(c.role == "goal_annual" for c in found):  # «总体绩效目标» beside «当年绩效目标»
        found = [replace(c, role="goal_period") if c.role == "goal" else c for c in found]
    return tuple(found)


def _unknown(row: Row, first: int) -> list[Column]:
    """Columns left of the levels, as names of units and projects."""
    return [Column("project", s.start, s.end, s.text) for s in row.slots if s.start < first]


def _heads_with_above(row: Row, above: Row | None) -> Iterator[tuple[Slot, str, str]]:
    """The row's cells with their heads, and the head above each: where merged cells are lost,
    a head of two rows stands in the upper one only."""
    uppers = above.slots if above is not None else ()
    for slot in row.slots:
        upper = [u for u in uppers if u.start <= slot.start < u.end]
        over = upper[0].text if upper else ""
        if not over and slot.text:
            left = [u.text for u in uppers if u.text and u.start < slot.start]
            over = left[-1] if left else ""
        if text := slot.text or (over if upper and upper[0].start == slot.start else ""):
            yield slot, text, over


_UNIT_WITH_CODE = re.compile(
    r"(?:预算)?单位(?:编码|代码)[及/、和]?(?:预算)?单位名称|(?:预算)?单位名称[及/、和]?(?:单位)?(?:编码|代码)"
)
_PROJECT_WITH_CODE = re.compile(
    r"项目(?:编码|代码)[-及/、和与](?:项目)?名称|项目名称[-及/、和与(](?:项目)?(?:编码|代码)[)]?"
)


def flat_role(text: str, words: Words) -> str | None:
    """What a column left of the levels holds: a field's name, or "amount:…"."""
    label = squeeze(text)
    both = len(label) <= _BOTH_NAMES and _BOTH.search(label)
    if label in ("单位", "部门"):
        return "unit" if label == "单位" else "department"
    if label in _YEAR_HEADS:
        return "fiscal_year"
    if label == "项目" or _PROJECT_WITH_CODE.fullmatch(label):
        return "project"
    if _UNIT_WITH_CODE.fullmatch(label):
        return "unit"
    if both and "编码" not in label and "代码" not in label:
        return "project"  # «单位名称、项目名称», «单位(专项)名称»: units and projects in one column
    name = words.field_of(label)
    if name and name != "ignored":
        return name
    of_year = label in _OF_THE_YEAR or words.is_money_head(label)
    amount = words.amount_of(label) or ("annual" if of_year else None)
    return f"amount:{amount}" if amount else None
