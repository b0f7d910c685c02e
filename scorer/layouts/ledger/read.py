"""Document -> Ledger: the budget figures around the forms, used for cross checks.

``read_ledger`` reads tables and narrative; what states no unit of money, or stands where
it cannot be understood, is left out. Nothing here raises on any input.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from scorer.forms import Amount, Ledger, Line, Page, Yuan
from scorer.layouts.ledger.narrative import read_narrative
from scorer.layouts.ledger.paragraphs import paragraphs_of
from scorer.layouts.ledger.projects import Projects, read_projects, total_column
from scorer.layouts.ledger.statements import read_statements
from scorer.layouts.ledger.tables import TOTAL_LABEL, RawTable, TableRow, read_matrix
from scorer.layouts.ledger.text_tables import read_text
from scorer.layouts.ledger.zones import Row, Zone, rows_of, squeezed, zones_of
from scorer.layouts.words import fold, year_in

_NAMED_UNIT = re.compile(
    r"(?:(?:部门|单位)(?:\((?:单位|部门)\))?名称|编制(?:部门|单位)|填报单位|实施单位)\s*[:\s]\s*"
    r"([^\s:,。;]{3,40}?)(?=\s|$|(?:金额)?单位:|20\d\d)"
)
_COVER = re.compile(r"^(?:关于)?([^\d,。;:]{4,40}?)(?:20\d\d|二[〇○零].{2})年(?:度)?.{0,12}预算")
_ORGANISATION_END = re.compile(
    r"(?:局|委|办|室|院|校|学|所|站|中心|队|会|部|厅|处|馆|庭|园|府|关|社|团|段|场|台|联|司|厂)$"
)
_COVER_LINES = 20  # lines in which a document says whose budget it is
_ORDINAL = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]{1,3}、|[①②③④⑤⑥⑦⑧⑨]|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.])\s*"
)
_BALANCE = re.compile(r"收支(?:预算)?(?:总|总体|情况).{0,8}表|收支预算表")
_FUNDS_ONLY = re.compile(r"财政拨款|基金|国有资本|专户|三公")
_THREE_PUBLIC = re.compile(r"三公")
_THREE_PUBLIC_ITEM = re.compile(r"出国|接待|用车|车辆|购置费?|运行|维护|三公|合计|总计")
_OPERATING = re.compile(r"机关运行(?:经)?费")
_PROCUREMENT = re.compile(r"政府采购.{0,12}表")
_GOODS = (("货物", r"货物"), ("工程", r"工程"), ("服务", r"服务"))


def document_zones(pages: Sequence[Page], formed: Collection[tuple[int, int]] = ()) -> list[Zone]:
    """The document cut into tables, forms and narrative: worked out once, asked four times.
    ``formed`` says what forms have taken (see :func:`rows_of`)."""
    return list(zones_of(rows_of(pages, formed)))


def read_ledger(
    pages: Sequence[Page],
    zones: Sequence[Zone] | None = None,
    owner: tuple[str | None, int | None] | None = None,
) -> Ledger:
    """All budget figures of a document outside its 绩效目标表, in yuan, with their places.
    ``owner`` are the document's unit and year, where they are known already."""
    zones = document_zones(pages) if zones is None else zones
    unit, year = owner or (_unit(zones, pages), _year(zones, pages))
    tables = [table for zone in zones if zone.kind == "table" for table in _tables(zone)]
    paragraphs = paragraphs_of(zones, unit or "")
    narrative = read_narrative(paragraphs, lambda name: _look_up(tables, name, year))
    now, carried = read_projects(tables, unit, year)
    return Ledger(
        totals=_with_year(_totals(tables, year), year),
        projects=_dated(now, year).items,
        carryover=_dated(carried, year).items,
        projects_total=_dated(now, year).total,
        carryover_total=_dated(carried, year).total,
        three_public=_with_year(_three_public(tables, year), year),
        operating=_operating(tables, year),
        procurement=narrative.procurement or _procurement(tables, year),
        managed=tuple(read_statements(paragraphs)),
        changes=tuple(narrative.changes),
        shares=tuple(narrative.shares),
        tables=tuple(table.finish() for table in tables),
        breakdowns=tuple(narrative.breakdowns),
        figures=tuple(narrative.figures),
        counts=tuple(narrative.counts),
    )


def read_paragraphs(pages: Sequence[Page], zones: Sequence[Zone] | None = None) -> tuple[Line, ...]:
    """The narrative outside tables and forms: wrapped lines joined, each at its first line."""
    return tuple(
        Line(paragraph.text, paragraph.place(0))
        for paragraph in paragraphs_of(document_zones(pages) if zones is None else zones)
        if paragraph.text
    )


def document_unit(pages: Sequence[Page], zones: Sequence[Zone] | None = None) -> str | None:
    """The unit whose budget this is, as its tables or its cover name it."""
    return _unit(document_zones(pages) if zones is None else zones, pages)


def document_department(pages: Sequence[Page]) -> str | None:
    """The department whose budget the cover says this is; a unit's own budget names none."""
    return next((match[1] for match in _covers(pages) if "部门" in match[0]), None)


def document_year(pages: Sequence[Page], zones: Sequence[Zone] | None = None) -> int | None:
    """The budget year: of the table titles, else of cover and headings, else of the forms."""
    return _year(document_zones(pages) if zones is None else zones, pages)


def _tables(zone: Zone) -> list[RawTable]:
    """With columns if any row has them, else from the text."""
    if any(row.kind != "text" and not row.single for row in zone.rows):
        return read_matrix(zone)
    return read_text(zone)


# --- whose budget, of which year ------------------------------------------------------


def _unit(zones: Sequence[Zone], pages: Sequence[Page]) -> str | None:
    stated = Counter(name for zone in zones if zone.kind == "table" for name in _stated(zone))
    if stated:
        return max(stated, key=lambda name: (stated[name], len(name)))
    return next((match[1] for match in _covers(pages)), None)


def _covers(pages: Sequence[Page]) -> Iterator[re.Match[str]]:
    """«某县水务局2025年部门预算» in the first lines, the unit's name perhaps on a line above."""
    first = list(islice((text for page in pages for text in _texts(page) if text), _COVER_LINES))
    for text, below in zip_longest(first, first[1:], fillvalue=""):
        whole = text + below if _ORGANISATION_END.search(text) else text
        match = _COVER.match(whole)
        if match and _ORGANISATION_END.search(match[1]):
            yield match


def _stated(zone: Zone) -> Iterator[str]:
    """«单位名称：…» of a table; a name broken over two lines is joined."""
    rows = [*zone.lead, *zone.rows]
    for index, row in enumerate(rows):
        match = _NAMED_UNIT.search(fold(" ".join(row.filled)))
        if match is None or ":" not in match[0]:
            continue
        name = _printed(row, match)
        rest = rows[index + 1].folded if index + 1 < len(rows) else ""
        wrapped = not _ORGANISATION_END.search(name) and _ORGANISATION_END.search(name + rest)
        yield name + rest if wrapped and re.fullmatch(r"[^\d:,]{1,12}", rest) else name


def _printed(row: Row, match: re.Match[str]) -> str:
    """The words of a match as printed: folding keeps every offset."""
    return " ".join(row.filled)[match.start(1) : match.end(1)].strip()


def _year(zones: Sequence[Zone], pages: Sequence[Page]) -> int | None:
    titles = Counter(y for zone in zones if zone.kind == "table" and (y := year_in(zone.title)))
    if titles:
        return max(titles, key=lambda y: (titles[y], y))
    dated = [text for page in pages for text in _texts(page, "年")]
    for words in (r"^[^。;,:]*(?:预算|绩效目标)[^。;,:]*$", r"预算", r"^\(?.{4,5}年度\)?$", r"年"):
        for text in dated:
            if re.search(words, text) and (year := year_in(text)):
                return year
    return None


def _texts(page: Page, sign: str = "") -> Iterator[str]:
    """All texts of a page that hold a sign, squeezed."""
    for block in page.blocks:
        texts = [block.text] if isinstance(block, Line) else (cell.text for cell in block.cells)
        yield from (squeezed(text) for text in texts if sign in text)


# --- the tables that have a place of their own in the ledger ------------------------------


def _dated(projects: Projects, year: int | None) -> Projects:
    total = replace(projects.total, year=year) if projects.total else None
    return Projects(tuple(replace(item, year=year) for item in projects.items), total)


def _with_year(amounts: dict[str, Amount], year: int | None) -> dict[str, Amount]:
    return {name: replace(amount, year=year) for name, amount in amounts.items()}


def _label(line: TableRow) -> str:
    """A row's name without its ordinal: «二十、住房保障支出» -> 住房保障支出."""
    return _ORDINAL.sub("", squeezed(line.label))


def _amount_of(table: RawTable, line: TableRow, column: int) -> Amount | None:
    value = line.values[column]
    if value is None:
        return None
    return Amount(_label(line), value, line.places[column], section=table.title)


def _totals(tables: Iterable[RawTable], year: int | None) -> dict[str, Amount]:
    """预算收支总表 by row name; further columns as «支出总计/上年结转安排»."""
    found: dict[str, Amount] = {}
    title = ""
    for table in tables:
        if not _BALANCE.search(table.title) or _FUNDS_ONLY.search(table.title) or not table.lines:
            continue
        if title and table.title != title:
            break
        title = table.title
        main = total_column(table, year)
        for line in table.lines:
            for column, head in enumerate(table.columns):
                amount = _amount_of(table, line, column)
                if amount is not None:
                    name = amount.name if column == main else f"{amount.name}/{head}"
                    found.setdefault(name, amount)
    return found


def _three_public(tables: Iterable[RawTable], year: int | None) -> dict[str, Amount]:
    """三公 by item, whether items are rows or columns. Blank items are left out."""
    for table in tables:
        if not _THREE_PUBLIC.search(table.title) or not table.lines:
            continue
        found: dict[str, Amount] = {}
        if sum("接待" in head or "出国" in head for head in table.columns) >= 2:
            line = table.lines[0]
            for column, head in enumerate(table.columns):
                name = (table.groups[column] if head in ("小计", "") else head) or head
                amount = _amount_of(table, line, column)
                if amount is not None:
                    found.setdefault(name, replace(amount, name=name))
        else:
            column = total_column(table, year)
            for line in table.lines:
                amount = _amount_of(table, line, column)
                if amount is not None and _THREE_PUBLIC_ITEM.search(amount.name):
                    found.setdefault(amount.name, amount)
        if found:
            return found
    return {}


def _operating(tables: Iterable[RawTable], year: int | None) -> Amount | None:
    """机关运行经费: the total line, else the first line with a sum."""
    for table in tables:
        if not _OPERATING.search(table.title) or not table.lines:
            continue
        column = total_column(table, year)
        lines = sorted(table.lines, key=lambda line: not TOTAL_LABEL.match(squeezed(line.label)))
        for line in lines:
            amount = _amount_of(table, line, column)
            if amount is not None:
                return replace(amount, year=year)
    return None


def _procurement(tables: Iterable[RawTable], year: int | None) -> dict[str, Amount]:
    """政府采购预算表, where the narrative says nothing: the total and rows named by kind."""
    found: dict[str, Amount] = {}
    for table in tables:
        if not _PROCUREMENT.search(table.title) or found:
            continue
        column = total_column(table, year)
        for line in table.lines:
            amount = _amount_of(table, line, column)
            if amount is None:
                continue
            kind = next((key for key, word in _GOODS if re.search(word, amount.name)), None)
            if TOTAL_LABEL.match(amount.name):
                kind = "总额"
            if kind:
                found.setdefault(kind, amount)
    return found


def _look_up(tables: Iterable[RawTable], name: str, year: int | None) -> Yuan | None:
    """A whole that a sentence only names: 项目支出 of 预算支出总表, 支出 of 预算收支总表."""
    for table in tables:
        for column, head in enumerate(table.columns):
            if name and head == name and "支出总表" in table.title:
                total = next((t for t in table.lines if TOTAL_LABEL.match(squeezed(t.label))), None)
                if total is not None:
                    return total.values[column]
    if name in ("收入", "支出"):
        amount = _totals(tables, year).get(f"{name}总计")
        return amount.yuan if amount else None
    return None
