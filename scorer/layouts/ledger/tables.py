"""Table zones -> generic budget tables: heads, rows, amounts in yuan, places.

Here are the tables whose columns are known (tabs, grids); the text of a PDF, where
columns must be inferred, is read by ``text_tables``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from scorer.forms import Place, Table, Yuan
from scorer.layouts.ledger.zones import ORDINAL, Row, Zone, is_meta, is_note, squeezed
from scorer.layouts.money import parse_number, stated_unit, to_yuan

TOTAL_LABEL = re.compile(r"^(?:(?:部门|单位|本年)?(?:合计|总计|小计|共计)|总合计)$")
_BODY_LABEL = re.compile(rf"^(?:{ORDINAL}|[①②③④⑤⑥]|\d{{3,7}}$)")
_CODE_HEAD = re.compile(r"编码|代码|^[类款项]$")
_SUBJECT_CODE = re.compile(r"科目|功能|经济|^(?:编码|代码)$|^[类款项]$")
_SERIAL_HEAD = re.compile(r"^序号$")
_TEXT_HEAD = re.compile(
    r"名称|^项目$|科目|类别|类型|性质|备注|说明|依据|内容|^收入$|^支出$|^部门$|^单位$"
)
_NOT_MONEY_HEAD = re.compile(
    r"%|增减(?:率|比)|比例|占比|数量|人数|个数|台数|面积|年份|年限|日期|[同环]比"
)
_EMPTY_NOTE = re.compile(
    r"本表(?:无数据|为空|无内容)|(?:无|没有)(?:此|该)?项?.{0,12}(?:预算|支出|数据)"
)
_MAX_HEAD_ROWS = 6


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: ``depth`` counts leading blanks (how deep it is indented)."""

    label: str
    values: tuple[Yuan | None, ...]
    places: tuple[Place, ...]
    place: Place
    code: str = ""
    depth: int = 0


@dataclass(slots=True)
class RawTable:
    """One table, or one half of a two-sided one, while the ledger is being made."""

    title: str
    columns: tuple[str, ...]
    lines: list[TableRow]
    place: Place = field(default_factory=Place)
    groups: tuple[str, ...] = ()
    side: str = ""
    empty: bool = False
    step: Yuan | None = None
    name_head: str = ""  # head of the column that names the rows

    def finish(self) -> Table:
        """As the ledger keeps it."""
        return Table(
            title=self.title,
            columns=self.columns,
            rows=tuple((line.label, line.values) for line in self.lines),
            place=self.place,
            places=tuple(line.place for line in self.lines),
            side=self.side,
            codes=tuple(line.code for line in self.lines),
            groups=self.groups,
            cells=tuple(line.places for line in self.lines),
            empty=self.empty,
            step_yuan=self.step,
        )


@dataclass(slots=True)
class Half:
    """The columns of one side of a table."""

    texts: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heads:
    """Column heads: the lowest one of each column, and the one above it."""

    leaf: tuple[str, ...]
    group: tuple[str, ...]
    rows: tuple[Row, ...]


def zone_unit(zone: Zone) -> int | None:
    """The factor to yuan that a table states in or above its title or heads."""
    rows = [*zone.rows[: _MAX_HEAD_ROWS + 4], *reversed(zone.lead)]
    for row in rows:
        if is_meta(row.folded) and (factor := stated_unit(row.folded)):
            return factor
    return stated_unit(zone.title)


def is_empty(zone: Zone) -> bool:
    """Whether a note says that the table has no data."""
    return any(is_note(r.folded) and _EMPTY_NOTE.search(r.folded) for r in zone.rows)


def is_index_row(cells: Iterable[str]) -> bool:
    """True for the row that numbers the columns: 1 2 3 4, or 栏次 1 2 3=4+5."""
    filled = [squeezed(cell) for cell in cells if cell.strip()]
    if filled and re.fullmatch(r"栏次|\*\*|序号", filled[0]):
        filled = filled[1:]
    numbers = [re.match(r"[(]?(\d{1,2})(?:[)]|=[\d+\-]+)?$", cell) for cell in filled]
    if len(filled) < 2 or not all(numbers):
        return False
    values = [int(match[1]) for match in numbers if match]
    return all(b - a == 1 for a, b in pairwise(values))


def read_matrix(zone: Zone) -> list[RawTable]:
    """Tables of a zone whose rows have columns; rows of one width belong together."""
    factor, found = zone_unit(zone), []
    for rows in _blocks(zone.rows):
        found += _read_block(zone, rows, factor)
    return mark_empty(zone, found)


def mark_empty(zone: Zone, found: list[RawTable]) -> list[RawTable]:
    """Say of blank tables that they are; one with nothing but its note is kept too."""
    for table in found:
        table.empty = all(value is None for line in table.lines for value in line.values)
    if not found and is_empty(zone):
        return [RawTable(zone.title, (), [], zone.place, empty=True)]
    return found


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows with columns, cut where the width of the grid changes. Tabs may be ragged."""
    blocks: list[list[Row]] = []
    width = -1
    for row in rows:
        if row.kind == "text":
            continue
        own = len(row.cells) if row.kind == "grid" else 0
        if own != width:
            blocks.append([])
            width = own
        blocks[-1].append(row)
    return blocks


def _read_block(zone: Zone, rows: list[Row], factor: int | None) -> list[RawTable]:
    width = max(len(row.cells) for row in rows)
    rows = [_padded(row, width) for row in rows]
    heads, body = _split_heads(rows, width)
    factor = factor or next(filter(None, map(stated_unit, (*heads.leaf, *heads.group))), None)
    body = [row for row in body if not _repeats(row, heads)]
    tables = []
    for half in _halves(heads, body):
        table = _read_half(zone, heads, body, half, factor)
        if table is not None:
            tables.append(table)
    if len(tables) < 2:
        for table in tables:
            table.side = ""
    return tables


def _padded(row: Row, width: int) -> Row:
    lack = width - len(row.cells)
    if not lack:
        return row
    last = row.places[-1]
    return replace(
        row,
        cells=row.cells + ("",) * lack,
        places=row.places + (last,) * lack,
        spread=row.spread + ("",) * lack,
    )


def _split_heads(rows: list[Row], width: int) -> tuple[Heads, list[Row]]:
    """Heads are the rows before the first one that looks like a row of the body."""
    heads: list[Row] = []
    for index, row in enumerate(rows):
        if is_meta(row.folded) or is_index_row(row.cells) or (row.single and not heads):
            continue
        if _is_body(row, heads) or len(heads) == _MAX_HEAD_ROWS:
            return _heads(heads, width), rows[index:]
        heads.append(row)
    return _heads(heads, width), []


def _is_body(row: Row, heads: list[Row]) -> bool:
    filled = [squeezed(cell) for cell in row.filled]
    if any(re.fullmatch(r"(?:19|20)\d\d", cell) for cell in filled) and len(filled) > 1:
        return False  # bare years head two columns: 2023 | 2024
    if any(parse_number(cell) is not None for cell in filled):
        return True
    return bool(heads) and (bool(_BODY_LABEL.match(filled[0])) or row.single)


def _heads(rows: list[Row], width: int) -> Heads:
    leaf, group = [], []
    for column in range(width):
        low, high = _head_pair(rows, column)
        leaf.append(low)
        group.append(high)
    return Heads(tuple(leaf), tuple(group), tuple(rows))


def _head_pair(rows: list[Row], column: int) -> tuple[str, str]:
    """(lowest head, head above). In text a head over several columns stands over the
    first of them only, so the next one to the left counts."""
    level = next((k for k in reversed(range(len(rows))) if squeezed(rows[k].spread[column])), None)
    if level is None:
        return "", ""
    leaf = squeezed(rows[level].spread[column])
    for row in reversed(rows[:level]):
        near = range(column, -1, -1) if row.kind == "tabbed" else range(column, column + 1)
        above = next((squeezed(row.spread[c]) for c in near if row.spread[c].strip()), "")
        if above and above != leaf:
            return leaf, above
    return leaf, ""


def _repeats(row: Row, heads: Heads) -> bool:
    """Heads printed again on the next page, column numbers, notes, unit lines."""
    if is_index_row(row.cells) or is_note(row.folded) or is_meta(row.folded):
        return True
    return any(row.cells == head.cells for head in heads.rows)


def _halves(heads: Heads, body: list[Row]) -> list[Half]:
    """Split the columns into sides: text after amounts starts the next side."""
    halves = [Half()]
    for column, head in enumerate(heads.leaf):
        kind = _column_kind(head, column, body)
        if kind in ("text", "code") and halves[-1].values:
            halves.append(Half())
        if kind != "skip":
            target = {"text": halves[-1].texts, "code": halves[-1].codes}
            target.get(kind, halves[-1].values).append(column)
    return [half for half in halves if half.values and (half.texts or half.codes)]


def _column_kind(head: str, column: int, body: list[Row]) -> str:
    """What a column holds: "code", "text", "value" or "skip" (serials, percentages)."""
    cells = [row.cells[column].strip() for row in body if row.cells[column].strip()]
    if _SERIAL_HEAD.search(head) or _NOT_MONEY_HEAD.search(head):
        return "skip"
    if _CODE_HEAD.search(head):
        return "code" if _SUBJECT_CODE.search(head) else "skip"  # not the codes of projects
    if not cells:
        return "text" if _TEXT_HEAD.search(head) else "value"
    if all(re.fullmatch(r"\d{3}|\d{5}|\d{7}", cell) for cell in cells):
        if column == 0 and len(cells) > 1:
            return "code"
        if "科目" in head:
            return "skip"
    numbers = sum(_blank_or_number(cell) for cell in cells)
    return "value" if numbers * 2 >= len(cells) else "text"


def _blank_or_number(cell: str) -> bool:
    return parse_number(cell) is not None or bool(re.fullmatch(r"[-—－/]+", cell))


def _read_half(
    zone: Zone, heads: Heads, body: list[Row], half: Half, factor: int | None
) -> RawTable | None:
    """One side as a table; None where no unit of money is stated."""
    factors = [stated_unit(heads.leaf[c]) or factor for c in half.values]
    if any(f is None for f in factors):
        return None
    name = _name_column(heads, half)
    lines, steps = [], []
    for row in body:
        values: list[Yuan | None] = []
        for column, unit in zip(half.values, factors, strict=True):
            number = parse_number(row.cells[column])
            values.append(None if number is None or unit is None else to_yuan(number, unit))
            if number is not None and unit is not None:
                steps.append(_step(row.cells[column], unit))
        line = _line(row, half, name, tuple(values))
        if line is not None:
            lines.append(line)
    if name is not None and "项目名称" in heads.leaf[name]:
        lines = _join_split_names(lines)
    table = RawTable(
        zone.title,
        tuple(heads.leaf[c] for c in half.values),
        lines,
        zone.place,
        tuple(heads.group[c] for c in half.values),
        step=min(steps, default=None),
        name_head=heads.leaf[name] if name is not None else "",
    )
    table.side = _side(heads, half)
    return table if lines else None


def _step(cell: str, factor: int) -> Yuan:
    """The value of the last printed digit, in yuan."""
    digits = squeezed(cell).partition(".")[2]
    return to_yuan(Decimal(1).scaleb(-len(digits)), factor)


def _name_column(heads: Heads, half: Half) -> int | None:
    """The column that names a row: 项目名称 before other names, else the first text."""
    for wanted in (r"项目名称", r"科目名称|^项目$|名称"):
        for column in half.texts:
            if re.search(wanted, heads.leaf[column]):
                return column
    return half.texts[0] if half.texts else None


def _line(
    row: Row, half: Half, name: int | None, values: tuple[Yuan | None, ...]
) -> TableRow | None:
    """One row of one side, None where this side is blank."""
    order = [c for c in (name, *half.texts) if c is not None and row.cells[c].strip()]
    code = "".join(row.cells[c].strip() for c in half.codes)
    if not order and not code and all(value is None for value in values):
        return None
    raw = row.cells[order[0]] if order else ""
    if not raw and not code.isdigit():
        raw, code = code, ""  # «合计» printed in the column of codes
    label = raw.strip()
    where = row.places[order[0]] if order else row.place
    places = tuple(row.places[c] for c in half.values)
    return TableRow(label, values, places, where, code, len(raw) - len(raw.lstrip()))


def _side(heads: Heads, half: Half) -> str:
    above = "".join(heads.group[c] + heads.leaf[c] for c in (*half.texts, *half.codes))
    if ("收入" in above) == ("支出" in above):
        above = "".join(heads.group[c] for c in half.values)
    if ("收入" in above) == ("支出" in above):
        return ""
    return "收入" if "收入" in above else "支出"


def _join_split_names(lines: list[TableRow]) -> list[TableRow]:
    """Join a name that a page break cut: its rest stands alone at the top of a page."""
    joined: list[TableRow] = []
    for line in lines:
        blank = all(value is None for value in line.values) and not line.code
        before = joined[-1] if joined else None
        if blank and before and _on_next_page(before, line) and not _BODY_LABEL.match(line.label):
            joined[-1] = replace(before, label=before.label + line.label)
        else:
            joined.append(line)
    return joined


def _on_next_page(before: TableRow, line: TableRow) -> bool:
    return (line.place.page or 0) > (before.place.page or line.place.page or 0)
