"""Pages -> zones: budget tables, running text, and forms (which the ledger leaves alone).

Lines and grids become one stream of rows, so that a table comes out alike whether a
reader found its rulings or only its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scorer.forms import Grid, Line, Page, Place
from scorer.layouts.words import fold, words

ORDINAL = r"[一二三四五六七八九十]{1,3}、"
_SPACE = re.compile(r"\s+")
_CONTENTS_WIDTH = 160
_CONTENTS = re.compile(r"(?:[.·]{3,}|…{2,})[-\s]*\d*$")
_PAGE_AFTER_TAB = re.compile(r"\t\s*\d{1,3}$")
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章|篇)")
_TELLING = r"(?:说明|解释|概况|情况|原因|名词|职责|职能|机构)"
_HEADING = re.compile(rf"^{ORDINAL}(?=.*{_TELLING})[^。;,:\d]*(?:\d{{4}}年度?)?[^。;,:\d]*:?$")
# «附表3：», «表一», «公开01表» before the name of a table.
_TABLE_NUMBER = r"(?:(?:附|公开)?表[一二三四五六七八九十\d]+(?:-\d+)?[:、.]?|[(]?[一二三四五六七八九十\d]+[)、.])?"
_TABLE_TITLE = re.compile(
    rf"^{_TABLE_NUMBER}[^。;,:]{{2,60}}(?:表|明细|一览)(?:\([^()]{{1,30}}\))*$"
)
_ABOUT_MONEY = re.compile(r"预算|收支|收入|支出|经费|项目|采购|资金|基金|拨款")
_REFERENCE = re.compile(r"^\(?(?:详?见|如|按|根据|说明|注|备注)|报表$")
_PROSE = re.compile(r"。|^(?=.{30}).*,")
_NOTE = re.compile(r"^\(?(?:注|备注|说明)\)?:|^\*")
_META = re.compile(r"(?:部门|单位)(?:\(单位\)|\(部门\))?名称:|编制(?:部门|单位):|填报单位:")
_NUMBER_ONLY = re.compile(
    r"^[^\d一二三四五六七八九十]{0,4}(?:表|附件)[一二三四五六七八九十\d]+(?:-\d+)?:?$"
)
_FORM_HEAD = re.compile(r"^项目名称")
_FORM_SIGN = re.compile(r"^项目名称|主管部门及|项目属性|[一三]级指标")
_FORM_NEXT = re.compile(r"主管部门|实施单位|项目属性|项目期|项目资金|总体目标|绩效指标|一级指标")
_FORM_FOOT = re.compile(r"填报日期|填表日期|填报时间|填表人:")
_FORM_LOOKAHEAD = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text, or one row of a table.

    ``cells`` hold merged cells once, at their top left; ``spread`` repeats them over
    their spans. A line without tabs is one cell.
    """

    cells: tuple[str, ...]
    places: tuple[Place, ...]
    spread: tuple[str, ...]
    kind: Literal["text", "tabbed", "grid"] = "text"
    formed: bool = False  # a form has taken it

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell.strip()]

    @property
    def single(self) -> bool:
        """Whether the row says one thing only, as a title or a sentence does."""
        return len(self.filled) == 1

    @property
    def folded(self) -> str:
        """All text, folded, without spaces."""
        return squeezed(" ".join(self.filled))

    @property
    def printed(self) -> str:
        """All text as printed, without spaces."""
        return _SPACE.sub("", "".join(self.filled))

    @property
    def place(self) -> Place:
        """Where the first filled cell stands."""
        pairs = zip(self.cells, self.places, strict=True)
        return next((place for cell, place in pairs if cell.strip()), Place())


@dataclass(slots=True)
class Zone:
    """A stretch of one kind. ``lead`` are the rows just before a table's title
    (a unit of money may stand there); ``title`` is "" where a table has none."""

    kind: Literal["table", "text", "form"]
    title: str = ""
    place: Place = field(default_factory=Place)
    rows: list[Row] = field(default_factory=list)
    lead: list[Row] = field(default_factory=list)
    formed: bool = False  # a form's rows opened it: it ends with them


def squeezed(text: str) -> str:
    """Folded text without any whitespace."""
    return _SPACE.sub("", fold(text))


def is_heading(text: str) -> bool:
    """True for a heading of the narrative (squeezed): «九、政府采购情况», «第三部分 …说明»."""
    if _PART.match(text):
        return bool(re.search(_TELLING, text)) and len(text) <= 40
    return len(text) <= 40 and bool(_HEADING.match(text))


def is_note(text: str) -> bool:
    """True for a remark under a table (squeezed): «注：本表无数据»."""
    return bool(_NOTE.match(text))


def is_meta(text: str) -> bool:
    """True for the line over a table that names unit or currency (squeezed)."""
    return bool(_META.search(text)) or bool(re.search(r"单位:(?:人民币)?[百千万亿]*元", text))


def is_table_title(text: str) -> bool:
    """True for the title of a budget table (squeezed), never of a 绩效 form."""
    return (
        bool(_TABLE_TITLE.match(text) and _ABOUT_MONEY.search(text))
        and "绩效" not in text
        and not _REFERENCE.search(text)
    )


def rows_of(pages: Sequence[Page], formed: Collection[tuple[int, int]] = ()) -> Iterator[Row]:
    """All rows in reading order, without page furniture and contents lines. ``formed`` are
    those that forms have taken: (id of the grid, row), (id of the line, 0)."""
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Line):
                row = _line_row(block, (id(block), 0) in formed)
                if row.filled and not _is_furniture(block.text, row.folded):
                    yield row
            elif isinstance(block, Grid):
                yield from _grid_rows(block, formed)


def zones_of(rows: Iterable[Row]) -> list[Zone]:
    """Cut a stream of rows into zones, in order."""
    cutter = _Cutter(list(rows))
    for index in range(len(cutter.rows)):
        cutter.take(index)
    return cutter.zones


def _line_row(line: Line, formed: bool) -> Row:
    cells = tuple(line.text.split("\t"))
    kind: Literal["text", "tabbed"] = "tabbed" if len(cells) > 1 else "text"
    return Row(cells, (line.place,) * len(cells), cells, kind, formed)


def _is_furniture(text: str, folded: str) -> bool:
    """Page numbers, running heads, watermarks, lines of a table of contents."""
    printed = fold(text).strip()[-_CONTENTS_WIDTH:]
    if _CONTENTS.search(printed):
        return True
    if _PAGE_AFTER_TAB.search(printed) and is_heading(squeezed(printed.split("\t")[0])):
        return True
    if is_heading(folded):
        return False
    known = words()
    return any(pattern.search(text.strip()) for pattern in known.noise) or bool(
        known.watermark.fullmatch(text.strip())
    )


def _grid_rows(grid: Grid, formed: Collection[tuple[int, int]]) -> Iterator[Row]:
    """The rows of one grid; cells that lie outside its stated size are left out."""
    blank = [[""] * grid.n_columns for _ in range(grid.n_rows)]
    cells, spread = blank, [row[:] for row in blank]
    places = [[grid.place] * grid.n_columns for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if not (0 <= cell.row < grid.n_rows and 0 <= cell.column < grid.n_columns):
            continue
        text = cell.text
        if "\n" in text:
            first, *rest = text.split("\n")
            text = first + "".join(part.strip() for part in rest)
        cells[cell.row][cell.column] = spread[cell.row][cell.column] = text
        places[cell.row][cell.column] = cell.place
        if cell.row_span <= 1 and cell.col_span <= 1:
            continue
        for r in range(cell.row, min(cell.row + max(cell.row_span, 1), grid.n_rows)):
            for c in range(cell.column, min(cell.column + max(cell.col_span, 1), grid.n_columns)):
                spread[r][c] = text
    for n, (own, where, wide) in enumerate(zip(cells, places, spread, strict=True)):
        taken = (id(grid), n) in formed
        row = Row(tuple(own), tuple(where), tuple(wide), "grid", taken)
        if row.filled:
            yield row


@dataclass
class _Cutter:
    """The state while cutting: one row after the other, one open zone."""

    rows: list[Row]
    zones: list[Zone] = field(default_factory=lambda: [Zone("text")])

    @property
    def zone(self) -> Zone:
        return self.zones[-1]

    def open(self, kind: Literal["table", "text", "form"], title: str, row: Row) -> None:
        """Start a zone; the last rows of the text before it may state its unit."""
        before = self.zone.rows[-4:] if self.zone.kind == "text" or not self.zone.rows else []
        self.zones.append(Zone(kind, title, row.place, lead=before))

    def take(self, index: int) -> None:
        """Put one row where it belongs."""
        row = self.rows[index]
        text = row.folded
        if row.formed:
            self._into_form(row)
            return
        if self.zone.formed:
            self.open("text", "", row)
        if self._opens_zone(row, text, index):
            return
        if self.zone.kind == "form":
            if _FORM_FOOT.search(text):
                self.open("text", "", row)
        elif self.zone.kind == "table":
            self._into_table(row, text)
        elif row.kind != "text" and not row.single and not _PROSE.search(text):
            self._open_untitled(row)
        else:
            self.zone.rows.append(row)

    def _into_form(self, row: Row) -> None:
        """A row that a form has taken, whatever it looks like."""
        if self.zone.kind != "form":
            self.open("form", row.printed, row)
            self.zone.formed = True

    def _opens_zone(self, row: Row, text: str, index: int) -> bool:
        """Titles and headings."""
        if self._starts_form(index, text):
            self.open("form", row.printed, row)
        elif not row.single:
            return False
        elif _PART.match(text) and not is_heading(text):
            pass  # «第二部分 预算报表» may be printed in the middle of a table: no boundary
        elif is_heading(text):
            self.open("text", row.printed, row)
            self.zone.rows.append(row)
        elif is_table_title(text):
            self.open("table", row.printed, row)
        elif self._is_wrapped_title(row, text, index):
            self.open("table", row.printed + self.rows[index + 1].printed, row)
        else:
            return False
        return True

    def _starts_form(self, index: int, text: str) -> bool:
        near = self.rows[index + 1 : index + 1 + _FORM_LOOKAHEAD]
        if self.rows[index].single and words().is_title(text):
            return any(_FORM_SIGN.search(row.folded) for row in near)
        if self.zone.kind == "form" or not _FORM_HEAD.match(text):
            return False
        return sum(bool(_FORM_NEXT.search(row.folded)) for row in near) >= 2

    def _is_wrapped_title(self, row: Row, text: str, index: int) -> bool:
        """A title broken over two lines: the first begins with its year or number."""
        if row.kind != "text" or index + 1 >= len(self.rows) or self.zone.kind == "form":
            return False
        after = self.rows[index + 1]
        begins = re.match(rf"(?:20\d\d年|{_TABLE_NUMBER}20\d\d年)\D+$", text)
        whole = text + after.folded
        return bool(begins) and after.kind == "text" and is_table_title(whole)

    def _into_table(self, row: Row, text: str) -> None:
        """A row of the open table, unless it is prose or the head of another table."""
        if row.single and _NUMBER_ONLY.match(text):
            return  # «预算公开表2» announces the next table
        if row.single and _PROSE.search(text) and not is_note(text):
            self.open("text", "", row)
            self.zone.rows.append(row)
        elif _META.match(text) and any(_has_figures(r) for r in self.zone.rows):
            self.open("table", "", row)
            self.zone.rows.append(row)
        else:
            self.zone.rows.append(row)

    def _open_untitled(self, row: Row) -> None:
        """A table without a title line of its own."""
        self.open("table", "", row)
        self.zone.rows.append(row)


def _has_figures(row: Row) -> bool:
    return bool(re.search(r"\d\.\d|(?<!\d)0(?!\d)", " ".join(row.cells)))
