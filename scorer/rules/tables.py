"""Sums inside a budget table: 科目 under their 类, columns under 合计, projects under the total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorer.forms import Place, Table, Yuan
from scorer.rules.sums import slack

_TOTAL = re.compile(r"^\s*(?:本年)?(?:收入|支出)?\s*(?:合\s*计|总\s*计)\s*$")
_WHOLE_HEAD = re.compile(r"^(?:合计|小计|总计)$")
_OUTSIDE = re.compile(r"结转|结余")
# Columns that share 合计 out without overlap; a table with other heads is not compared.
_SHARES = (
    re.compile(
        r"^(?:基本支出|项目支出|经营支出|上缴上级支出|事业单位经营支出|对附属单位补助支出)$"
    ),
    re.compile(r"^(?:人员经费|公用经费|日常公用经费)$"),
    re.compile(
        r"^(?:一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:拨款)?$|^财政专户管理资金$|^单位资金$"
    ),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sum and what its parts give, where rounding does not explain the difference."""

    name: str
    column: str
    parts: str
    whole: Decimal
    added: Decimal
    place: Place


def gaps(table: Table) -> Iterator[Gap]:
    """All sums of a table that do not add up. Blank cells count as nothing."""
    if table.empty or table.step_yuan is None:
        return
    yield from _across(table)
    codes = [code for code in table.codes if code]
    if len(set(codes)) == len(codes):  # else the table goes through several units in turn
        yield from _down(table)


def _across(table: Table) -> Iterator[Gap]:
    """合计 against the columns that share it out."""
    whole = [k for k, head in enumerate(table.columns) if _WHOLE_HEAD.match(head)]
    if len(whole) != 1:
        return
    for kind in _SHARES:
        columns = [k for k, head in enumerate(table.columns) if kind.match(head)]
        # The table may share 合计 out in other ways as well; all its columns must be of one kind.
        if len(columns) < 2 or not _covers(table, whole[0], columns):
            continue
        for n, (label, values) in enumerate(table.rows):
            parts = [values[k] for k in columns if values[k] is not None]
            total = values[whole[0]]
            if total is not None and parts:
                yield from _gap(table, n, whole[0], label, total, parts, "同一行各列")
        return


def _covers(table: Table, whole: int, columns: Sequence[int]) -> bool:
    rest = [k for k in range(len(table.columns)) if k != whole and k not in columns]
    return all(_OUTSIDE.search(table.columns[k]) for k in rest)


def _down(table: Table) -> Iterator[Gap]:
    """A 科目 against those one step below it (201 over 20131), and the total over the 类."""
    for column, head in enumerate(table.columns):
        for n, (label, values) in enumerate(table.rows):
            total = values[column]
            if total is None:
                continue
            below = _children(table, n)
            parts = [v for k in below if (v := table.rows[k][1][column]) is not None]
            if parts and len(below) >= 1:
                yield from _gap(table, n, column, label, total, parts, "下级科目", head)


def _children(table: Table, row: int) -> list[int]:
    code = table.codes[row]
    if not code and _TOTAL.match(table.rows[row][0]):
        return [k for k, other in enumerate(table.codes) if len(other) == 3]
    if not code:
        return []
    return [
        k
        for k, other in enumerate(table.codes)
        if len(other) == len(code) + 2 and other.startswith(code)
    ]


def _gap(
    table: Table,
    row: int,
    column: int,
    label: str,
    total: Yuan,
    parts: Sequence[Yuan | None],
    what: str,
    head: str = "",
) -> Iterator[Gap]:
    known = [Decimal(p) for p in parts if p is not None]
    added = sum(known, Decimal(0))
    if abs(added - total) <= slack(len(known), table.step_yuan or 0):
        return
    place = table.cells[row][column] if table.cells else _row_place(table, row)
    yield Gap(label.strip(), f"的{head}" if head else "", what, Decimal(total), added, place)


def _row_place(table: Table, row: int) -> Place:
    return table.places[row] if table.places else table.place
