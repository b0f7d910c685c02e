"""项目支出预算表 -> projects with their sums, apart from the lines that total them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scorer.forms import Amount, Place, Yuan
from scorer.layouts.ledger.tables import TOTAL_LABEL, RawTable, TableRow
from scorer.layouts.ledger.zones import squeezed
from scorer.layouts.project_names import without_code

_TITLE = re.compile(
    r"项目(?:支出|经费|资金)?(?:预算|明细|安排|情况|一览|汇总)?.{0,12}(?:表|明细|一览)"
)
_OTHER = re.compile(r"绩效|采购|购买服务|三公|基本支出|收支|科目|转移支付|债|政府投资|资产")
_LESS_LIKELY = re.compile(r"基金|国有资本|专户")
_CARRIED = re.compile(r"(?<!不含)(?<!不包括)(?:上年)?结转")
_TOTAL_HEAD = re.compile(r"合计|总计|总额|小计|金额|预算数|预算安排|^20\d\d年?$")
_THIS_YEAR_HEAD = re.compile(
    r"(?:本年|当年|年初|20\d\d年)度?(?:预算|安排|拨款|财政拨款|支出)|^本年$"
)
_CATEGORY = re.compile(
    r"^(?:其他运转|特定目标|人员|公用经费|运转|专项业务|一般|重点|本级|下级)类?(?:项目)?(?:支出|小计)?$"
)
_ORGANISATION = re.compile(
    r"(?:局|委|委员会|办|室|院|校|学|所|站|中心|队|会|部|厅|处|馆|庭|园|府|关|社|团|段|场|台|联合会|部门|本级|机关)$"
)
_NUMBERED = re.compile(r"^(?:\d{1,3}[.、]|[(（]?\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*")
_CODED = re.compile(r"^\[?\d{8,}\]?[-－—\s]*(?=[^\dA-Z])")


@dataclass(frozen=True, slots=True)
class Projects:
    """The projects of one kind of money and the line that totals them."""

    items: tuple[Amount, ...] = ()
    total: Amount | None = None


def is_project_table(table: RawTable) -> bool:
    """Whether the rows of a table are projects; not tables by 科目."""
    if _OTHER.search(table.title) or any(line.code for line in table.lines):
        return False
    return "项目名称" in table.name_head or bool(_TITLE.search(table.title))


def read_projects(
    tables: Sequence[RawTable], unit: str | None, year: int | None
) -> tuple[Projects, Projects]:
    """(this year's projects, those carried over from last year).

    A table counts as carried over if its title says so; a column may say so too.
    """
    now = after = Projects()
    found = [t for t in tables if is_project_table(t) and t.lines]
    for table in sorted(found, key=lambda t: bool(_LESS_LIKELY.search(t.title))):
        if _CARRIED.search(table.title):
            after = after if after.items else split(table, total_column(table, year), unit)
            continue
        if now.items:
            continue
        now = split(table, _this_year_column(table, year), unit)
        carried = next((k for k, c in enumerate(table.columns) if _CARRIED.search(c)), None)
        if carried is not None and not after.items:
            after = split(table, carried, unit)
    return now, after


def total_column(table: RawTable, year: int | None) -> int:
    """The column that holds a row's whole sum; of several years, this year's."""
    heads = [g + h for g, h in zip(table.groups or table.columns, table.columns, strict=True)]
    columns = list(range(len(heads)))
    if year and any(str(year) in head for head in heads):
        other = re.compile(rf"20(?!{year % 100:02d})\d\d|上年(?!结转)|去年")
        columns = [k for k in columns if not other.search(heads[k])] or columns
    return next((k for k in columns if _TOTAL_HEAD.search(table.columns[k])), columns[0])


def _this_year_column(table: RawTable, year: int | None) -> int:
    """Where carried-over money has a column of its own, so has this year's."""
    if any(_CARRIED.search(column) for column in table.columns):
        for k, column in enumerate(table.columns):
            if _THIS_YEAR_HEAD.search(column) and not _CARRIED.search(column):
                return k
    return total_column(table, year)


def split(table: RawTable, column: int, unit: str | None) -> Projects:
    """Part the project lines from the lines that total them."""
    lines = [line for line in table.lines if line.values[column] is not None and line.label]
    total: Amount | None = None
    items: list[Amount] = []
    for index, line in enumerate(lines):
        if _CATEGORY.match(squeezed(line.label)) and len(lines) > 1:
            continue
        if _is_total(lines, index, column, unit):
            total = total or _amount(line, column, table)
        else:
            _add(items, _amount(line, column, table))
    return Projects(tuple(items), total)


def _add(items: list[Amount], item: Amount) -> None:
    """A project whose money is spread over 科目 has one row for each: add them up."""
    if items and items[-1].name == item.name:
        before = items[-1]
        items[-1] = Amount(
            before.name, before.yuan + item.yuan, before.place, before.year, before.section
        )
    else:
        items.append(item)


def _amount(line: TableRow, column: int, table: RawTable) -> Amount:
    name = _CODED.sub("", without_code(_NUMBERED.sub("", line.label.strip()))).strip()
    place: Place = line.places[column] if column < len(line.places) else line.place
    return Amount(name, line.values[column] or 0, place, section=table.title)


def _is_total(lines: Sequence[TableRow], index: int, column: int, unit: str | None) -> bool:
    """合计, the unit itself, a line set further out than the next, or an organisation
    whose sum is that of the lines below it."""
    line = lines[index]
    label = squeezed(line.label)
    if TOTAL_LABEL.match(label) or (unit and label == squeezed(unit)):
        return True
    below = lines[index + 1 :]
    if not below:
        return False
    if below[0].depth > line.depth:
        return True
    return bool(_ORGANISATION.search(label)) and _sums_up(line, below, column)


def _sums_up(line: TableRow, below: Sequence[TableRow], column: int) -> bool:
    wanted: Yuan = line.values[column] or 0
    sum_: Yuan = 0
    for other in below:
        sum_ += other.values[column] or 0
        if sum_ >= wanted:
            return bool(wanted) and sum_ == wanted
    return False
