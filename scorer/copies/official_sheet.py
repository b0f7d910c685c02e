"""One form as the cells of an official table: labels, values and spans, before any file.

Two shapes: two halves side by side (实施期 | 年度), and one table of indicators. A form is
printed with the cells that it asks for, so that reading the sheet gives the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Literal, TypeVar

from scorer.forms import BENEFIT, COST, LEVEL2, OUTPUT, SATISFACTION, Form, Indicator, Phase, Yuan

Style = Literal["title", "year", "label", "text", "amount", "value"]
Level = tuple[str, str]

FRAME_88: tuple[Level, ...] = (
    *((OUTPUT, two) for two in LEVEL2[:4]),
    *((BENEFIT, two) for two in LEVEL2[7:11]),
    (SATISFACTION, LEVEL2[11]),
)
FRAME_101: tuple[Level, ...] = (
    *((COST, two) for two in LEVEL2[4:7]),
    *((OUTPUT, two) for two in LEVEL2[:3]),
    *((BENEFIT, two) for two in LEVEL2[7:11]),
    (SATISFACTION, LEVEL2[11]),
)
HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "sign": "符号",
    "value": "指标值",
    "measure": "度量单位",  # «unit» is the unit that fills in the form
}
LIST_COLUMNS = ("sign", "value", "measure", "declared_kind", "explanation")
EXTRAS = {
    "declared_kind": "指标属性",
    "direction": "指标方向性",
    "baseline": "历史值",
    "weight": "权重",
    "explanation": "备注",
}
LABELS = {
    "project": "项目名称", "department": "主管部门及代码", "unit": "实施单位", "attribute": "项目属性",
    "period": "项目期", "overview": "项目概况", "basis": "立项依据", "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施", "plan": "项目实施计划", "leader": "负责人",
    "handler": "经办人", "phone": "联系电话", "filled_at": "填报日期",
}  # fmt: skip
SOURCES = {
    "central": "中央财政资金",
    "province": "省级财政资金",
    "city_county": "市县（区）财政资金",
    "self_raised": "单位自筹",
    "other": "其他资金",
}
WIDTHS = {
    "name": 20.0,
    "value": 13.0,
    "level2": 19.0,
    "sign": 7.0,
    "unit": 8.0,
    "explanation": 16.0,
}


@dataclass(frozen=True, slots=True)
class Box:
    """One cell at its top left slot, rows and columns from 0. ``key`` names what is written
    there (a field, "level2", "value", …), "" for a label."""

    text: str | int | float
    row: int
    column: int
    row_span: int
    col_span: int
    style: Style
    key: str = ""


@dataclass
class Sheet:
    """The cells of one form, row after row. ``edges`` are the columns where label, first
    label, first value, second label, second value begin, and the end of the table."""

    widths: list[float]
    edges: tuple[int, int, int, int, int, int]
    boxes: list[Box] = field(default_factory=list)
    row: int = 0
    header: int = 0  # the row of the indicator table's head

    def put(
        self,
        text: str | int | float,
        column: int,
        end: int,
        style: Style,
        key: str = "",
        rows: int = 1,
    ) -> None:
        """A cell in the row under way, over the columns [column, end)."""
        self.boxes.append(Box(text, self.row, column, rows, end - column, style, key))

    def full(self, label: str, text: str, key: str) -> None:
        """A label and one wide text."""
        e = self.edges
        self.put(label, e[0], e[1], "label")
        self.put(text, e[1], e[5], "text", key)
        self.row += 1

    def pair(self, *pairs: tuple[str, str, str]) -> None:
        """One or two (label, text, key) in a row."""
        if len(pairs) == 1:
            self.full(*pairs[0])
            return
        e = self.edges
        for (label, text, key), (a, b, c) in zip(
            pairs, ((e[0], e[1], e[3]), (e[3], e[4], e[5])), strict=True
        ):
            self.put(label, a, b, "label")
            self.put(text, b, c, "text", key)
        self.row += 1


Room = Mapping[Level, int]


def form_sheet(
    form: Form, frame: Sequence[Level] = (), room: Room | None = None, columns: Sequence[str] = ()
) -> Sheet:
    """The form as an official table. ``frame`` are the classes that are printed even without
    rows, with at least ``room`` rows each; ``columns`` those right of the name, where they are
    not only 指标值 and what the rows have: a form with such columns has one half."""
    extras = [name for name in EXTRAS if any(getattr(i, name) for i in form.indicators)]
    own = [*(columns or ["value"]), *extras]
    halves = not columns and _two_halves(form)
    sheet = _empty_sheet(halves, own)
    _title(sheet, form)
    _head(sheet, form)
    if halves:
        _halves(sheet, form, own, frame or FRAME_88, room or {})
    else:
        _single(sheet, own, _blocks(form, frame, room or {}), form.indicators[:1])
    _foot(sheet, form)
    return sheet


def list_sheet(form: Form, frame: Sequence[Level], room: Room) -> Sheet:
    """A blank flat list: one project's cells beside one row an indicator."""
    columns = ["level1", "level2", "name", *LIST_COLUMNS]
    heads = ["单位名称", "项目名称", "项目年度绩效目标", *(_head_of(c) for c in columns)]
    widths = [14.0, 18.0, 26.0, 11.0, *(WIDTHS.get(c, 9.0) for c in columns[1:])]
    sheet = Sheet(widths, (0, 1, 2, 3, 4, len(heads)))
    _title(sheet, form)
    sheet.header = sheet.row
    for n, head in enumerate(heads):
        sheet.put(head, n, n + 1, "label")
    sheet.row += 1
    height = sum(room[level] for level in frame)
    for n, key in enumerate(("unit", "project", "goal_annual")):
        sheet.put("", n, n + 1, "text", key, rows=height)
    for level1, level2 in frame:
        for _ in range(room[level1, level2]):
            sheet.put(level1, 3, 4, "label", "level1")
            sheet.put(level2, 4, 5, "label", "level2")
            _row(sheet, None, 5, ["name", *LIST_COLUMNS])
            sheet.row += 1
    return sheet


def _two_halves(form: Form) -> bool:
    phases = {row.phase for row in form.indicators} or {"period", "annual"}
    return len(phases) == 2


def _empty_sheet(halves: bool, columns: Sequence[str]) -> Sheet:
    own = [WIDTHS.get(name, 9.0) for name in columns]
    if halves:
        half = [WIDTHS["level2"], WIDTHS["name"], *own]
        w = len(half)
        return Sheet([5.0, 11.0, *half, *half], (0, 2, 3, 2 + w, 3 + w, 2 + 2 * w))
    # level 1 | level 2 | name over two columns | …
    wide = [max(own[0], 16.0), *own[1:]] if len(own) == 1 else own
    return Sheet([14.0, 19.0, 13.0, 13.0, *wide], (0, 1, 2, 3, 4, 4 + len(own)))


def _title(sheet: Sheet, form: Form) -> None:
    end = sheet.edges[5]
    sheet.put("项目支出绩效目标申报表", 0, end, "title")
    sheet.row += 1
    if form.fiscal_year:
        sheet.put(f"（{form.fiscal_year}年度）", 0, end, "year")
        sheet.row += 1


def _asks(form: Form, name: str) -> bool:
    return name in form.asked or bool(form.text(name))


def _head(sheet: Sheet, form: Form) -> None:
    sheet.full(LABELS["project"], form.project or "", "project")
    short = []
    for name in ("department", "unit", "attribute", "period"):
        if not _asks(form, name):
            continue
        text = form.text(name) or ""
        if name == "department" and form.department_code:
            text = f"{form.department_code}-{text}"
        short.append((LABELS[name], text, name))
    _in_pairs(sheet, short)
    _funding(sheet, form)
    for name in ("overview", "basis", "necessity", "safeguards", "plan"):
        if _asks(form, name):
            sheet.full(LABELS[name], form.text(name) or "", name)
    _goals(sheet, form)


def _in_pairs(sheet: Sheet, cells: Sequence[tuple[str, str, str]]) -> None:
    for n in range(0, len(cells), 2):
        sheet.pair(*cells[n : n + 2])


def _funding(sheet: Sheet, form: Form) -> None:
    """The amounts of one or both halves, total first, in yuan."""
    columns = [c for c in _funding_columns(form) if c]
    if not columns:
        return
    e = sheet.edges
    height = max(len(column) for column in columns)
    sheet.put("项目资金（元）", e[0], e[1], "label", rows=height)
    spans = [(e[1], e[2], e[3]), (e[3], e[4], e[5])] if len(columns) == 2 else [(e[1], e[2], e[5])]
    for cells in zip_longest(*columns, fillvalue=("", None, "")):
        for (label, amount, key), (a, b, c) in zip(cells, spans, strict=True):
            sheet.put(label, a, b, "label")
            sheet.put("" if amount is None else _number(amount), b, c, "amount", key)
        sheet.row += 1


Cells = list[tuple[str, Yuan | None, str]]


def _funding_columns(form: Form) -> tuple[Cells, Cells]:
    """(label, amount, key) of 实施期 and of 年度, the same sources in the same rows."""
    halves: tuple[tuple[Phase, str, str, Yuan | None], ...] = (
        ("period", "实施期资金总额", "total_yuan", form.total_yuan),
        ("annual", "年度资金总额", "annual_yuan", form.annual_yuan),
    )
    asked = {
        source
        for source in SOURCES
        for phase in ("period", "annual")
        if f"funding.{phase}.{source}" in form.asked or _source(form, phase, source) is not None
    }
    found: list[Cells] = []
    for phase, label, key, total in halves:
        own = [s for s in SOURCES if s in asked and _asks_source(form, phase, s)]
        if not own and total is None and key not in form.asked:
            found.append([])
            continue
        cells: Cells = [(label, total, key)]
        lone = not asked & {"central", "province"}  # the annex of 88号 knows one fiscal source
        for n, source in enumerate(s for s in SOURCES if s in asked):
            if source in own:
                name = "财政拨款" if lone and source == "city_county" else SOURCES[source]
                said = ("其中：" if n == 0 else "") + name
                cells.append((said, _source(form, phase, source), f"funding.{phase}.{source}"))
            else:
                cells.append(("", None, ""))
        found.append(cells)
    return found[0], found[1]


def _asks_source(form: Form, phase: str, source: str) -> bool:
    stated = _source(form, phase, source) is not None
    return stated or f"funding.{phase}.{source}" in form.asked


def _source(form: Form, phase: str, source: str) -> Yuan | None:
    funding = form.funding_period if phase == "period" else form.funding_annual
    amount: Yuan | None = getattr(funding, source)
    return amount


def _number(amount: Yuan) -> int | float:
    return amount if isinstance(amount, int) else float(amount)


def _goals(sheet: Sheet, form: Form) -> None:
    names = [n for n in ("goal_period", "goal_annual") if _asks(form, n)]
    labels = {"goal_period": "实施期目标", "goal_annual": "年度目标"}
    if len(names) == 1:
        sheet.full(labels[names[0]], form.text(names[0]) or "", names[0])
    elif names:
        e = sheet.edges
        sheet.put("总体目标", e[0], e[1], "label", rows=2)
        halves = ((e[1], e[3]), (e[3], e[5]))
        for name, (a, b) in zip(names, halves, strict=True):
            sheet.put(labels[name], a, b, "label")
        sheet.row += 1
        for name, (a, b) in zip(names, halves, strict=True):
            sheet.put(form.text(name) or "", a, b, "text", name)
        sheet.row += 1


def _foot(sheet: Sheet, form: Form) -> None:
    names = [n for n in ("leader", "handler", "phone", "filled_at") if _asks(form, n)]
    _in_pairs(sheet, [(f"{LABELS[n]}：", form.text(n) or "", n) for n in names])


# --- the indicator table -------------------------------------------------------------


def _halves(
    sheet: Sheet, form: Form, own: Sequence[str], frame: Sequence[Level], room: Room
) -> None:
    columns = ["name", *own]
    width = 1 + len(columns)
    rows = {phase: form.of_phase(phase) for phase in ("period", "annual")}
    levels = _level_order(form.indicators, frame)
    sheet.header = sheet.row
    table = []
    for level in levels:
        filled = [[i for i in half if (i.level1, i.level2) == level] for half in rows.values()]
        table.append((level, filled, max(1, room.get(level, 0), *map(len, filled))))
    sheet.put("绩效指标", 0, 1, "label", rows=1 + sum(height for *_, height in table))
    sheet.put("一级指标", 1, 2, "label")
    for start in (2, 2 + width):
        for n, head in enumerate(("二级指标", *(_head_of(c) for c in columns))):
            sheet.put(head, start + n, start + n + 1, "label")
    sheet.row += 1
    for level1, group in groupby(table, key=lambda item: item[0][0]):
        blocks = list(group)
        sheet.put(level1, 1, 2, "label", "level1", rows=sum(height for *_, height in blocks))
        for (_, level2), filled, height in blocks:
            for start in (2, 2 + width):
                sheet.put(level2, start, start + 1, "label", "level2", rows=height)
            for n in range(height):
                for start, half in zip((2, 2 + width), filled, strict=True):
                    _row(sheet, half[n] if n < len(half) else None, start + 1, columns)
                sheet.row += 1


def _level_order(rows: Sequence[Indicator], frame: Sequence[Level]) -> list[Level]:
    """The frame's classes and whatever the rows add, level 1 by level 1."""
    used = list(dict.fromkeys((row.level1, row.level2) for row in rows))
    levels = [*frame, *(pair for pair in used if pair not in frame)]
    ones = list(dict.fromkeys(one for one, _ in levels))
    return [pair for one in ones for pair in levels if pair[0] == one]


def _head_of(column: str, phase: Phase | None = None) -> str:
    if column == "value" and phase == "period":
        return "实施期指标值"
    return HEADS.get(column) or EXTRAS[column]


Block = tuple[str, list[tuple[str, list[Indicator | None]]]]


def _blocks(form: Form, frame: Sequence[Level], room: Room) -> list[Block]:
    """Level 1 with its level-2 names and their rows, in the form's own order; of a form
    without rows the blank frame."""
    rows: list[tuple[Level, Indicator | None]] = [
        ((row.level1, row.level2), row) for row in form.indicators
    ] or [(level, None) for level in frame for _ in range(room.get(level, 1))]
    return [
        (one, [(level[1], [row for _, row in own]) for level, own in _runs(group, lambda r: r[0])])
        for one, group in _runs(rows, lambda r: r[0][0])
    ]


def _single(
    sheet: Sheet, columns: Sequence[str], blocks: Sequence[Block], first: Sequence[Indicator]
) -> None:
    phase = first[0].phase if first else None
    sheet.header = sheet.row
    heads = ["一级指标", "二级指标", "三级指标", *(_head_of(c, phase) for c in columns)]
    for n, head in enumerate(heads):
        at = n if n < 3 else n + 1
        sheet.put(head, at, at + (2 if n == 2 else 1), "label")
    sheet.row += 1
    for level1, classes in blocks:
        sheet.put(level1, 0, 1, "label", "level1", rows=sum(len(rows) for _, rows in classes))
        for level2, rows in classes:
            sheet.put(level2, 1, 2, "label", "level2", rows=len(rows))
            for row in rows:
                sheet.put(row.name if row else "", 2, 4, "value", "name")
                _row(sheet, row, 4, columns)
                sheet.row += 1


Key = TypeVar("Key")
Item = TypeVar("Item")


def _runs(rows: Sequence[Item], key: Callable[[Item], Key]) -> list[tuple[Key, list[Item]]]:
    return [(name, list(group)) for name, group in groupby(rows, key=key)]


def _row(sheet: Sheet, row: Indicator | None, start: int, columns: Sequence[str]) -> None:
    for n, name in enumerate(columns):
        text = getattr(row, name, None) or "" if row is not None else ""
        sheet.put(text, start + n, start + n + 1, "value", name)
