"""HTML, saved pages and HTML under an .xls name -> one Page of lines and grids.

Tables with rowspan and colspan; a table that only lays out the page (it holds other
tables and hardly a text of its own, or has one cell) is walked through. Scripts, styles and hidden parts are left out.
"""

from __future__ import annotations

import re
from typing import Any

from scorer.forms import Cell, Grid, Line, Page, Place
from scorer.readers import limits
from scorer.readers.base import Clock, Reading, Unreadable, struck_note, too_big
from scorer.readers.encoding import decode
from scorer.readers.nested import Slot, expanded, holds_text

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_STRUCK = ("s", "strike", "del")  # crossed out by the author
_DROPPED = frozenset(
    (*"script style noscript template head title svg iframe object select".split(), *_STRUCK)
)
_BLOCKS = frozenset(
    "p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre"
    " blockquote form fieldset center address hr figure figcaption body table tr".split()
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_MAX_DEPTH = 220  # lxml itself stops at 256 unless told otherwise


def read(data: bytes, path: str, charset: str = "") -> Reading:
    """One Page with the document's lines and tables in order.

    ``charset`` is what a mail part says of itself; the page's own word is asked first.
    """
    return read_text(_decoded(data, charset), path)


def read_text(text: str, path: str) -> Reading:
    """The same from decoded HTML."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(recover=True, no_network=True))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("网页内容是空的或已损坏", "请在浏览器里重新另存网页", "damaged") from error
    walker = _Walker()
    body = root.find("body")
    walker.walk(body if body is not None else root, 0)
    walker.flush()
    struck = ["".join(map(str, e.itertext())) for e in root.iter(*_STRUCK)]
    return Reading((Page(1, tuple(walker.blocks)),), struck_note(path, struck))


def _decoded(data: bytes, charset: str) -> str:
    named = _CHARSET.search(data[:4096])
    found = decode(data, named.group(1).decode("ascii") if named else charset)
    if found is None:
        raise Unreadable("网页的编码认不出来", "请在浏览器里打开后另存为 UTF-8 网页", "encoding")
    # lxml refuses a str with an XML encoding declaration.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", found.text)


class _Walker:
    """Collects lines and grids in document order."""

    def __init__(self) -> None:
        self.blocks: list[Line | Grid] = []
        self.tables = 0
        self.lines = 0
        self.cells = 0
        self.clock = Clock()
        self._parts: list[str] = []

    def flush(self) -> None:
        """End the current line."""
        for text in "".join(self._parts).split("\n"):
            if clean := _SPACES.sub(" ", text).strip():
                self.lines += 1
                self.blocks.append(Line(clean, Place(line=self.lines)))
        self._parts = []

    def walk(self, element: Any, depth: int) -> None:
        """Add an element's text and tables."""
        if depth > _MAX_DEPTH:
            raise too_big("网页嵌套层数", _MAX_DEPTH)
        if element.text:
            self._parts.append(_SPACES.sub(" ", element.text))
        for child in element:
            self._child(child, depth)
            if child.tail:
                self._parts.append(_SPACES.sub(" ", child.tail))

    def _child(self, child: Any, depth: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _DROPPED or is_hidden(child):
            return
        if tag == "br":
            self._parts.append("\n")
        elif tag == "table" and (grid := self._grid(child)) is not None:
            self.flush()
            self.blocks.append(grid)
        elif tag == "pre":
            self.flush()
            self._as_printed(child)
        elif tag in _BLOCKS or tag in ("td", "th"):
            self.flush()
            self.walk(child, depth + 1)
            self.flush()
        else:
            self.walk(child, depth + 1)

    def _as_printed(self, element: Any) -> None:
        """The lines of a text whose blanks are kept: they may part the columns of a table."""
        for text in "".join(map(str, element.itertext())).split("\n"):
            self.lines += 1
            self.blocks.append(Line(text.rstrip(), Place(line=self.lines)))

    def _grid(self, table: Any, inside: bool = False) -> Grid | None:
        """A table with those inside its cells; None for one that only lays out the page.
        ``inside`` another table's cell nothing is laid out."""
        if _has_one_cell(table):
            return None
        before = self.tables
        self.clock.check()
        self.tables += 1
        found, n_rows, n_columns = _cells(table, self.tables)
        cells = tuple(cell for cell, _ in found)
        grid = Grid(cells, n_rows, n_columns, Place(table=self.tables))
        holders = {(c.row, c.column): _tables_in(element) for c, element in found}
        if any(holders.values()):
            with_tables = [slot for slot, tables in holders.items() if tables]
            if not inside and not holds_text(grid, with_tables):
                self.tables = before
                return None
            grid = expanded(grid, self._inner(holders))
        self.cells += n_rows * n_columns
        if self.cells > limits.MAX_CELLS:
            raise too_big("单元格数", limits.MAX_CELLS)
        return grid if cells else None

    def _inner(self, holders: dict[Slot, list[Any]]) -> dict[Slot, list[Grid]]:
        """The tables inside a table's cells."""
        inner = {
            slot: [grid for table in tables if (grid := self._grid(table, True))]
            for slot, tables in holders.items()
        }
        return {slot: grids for slot, grids in inner.items() if grids}


def is_hidden(element: Any) -> bool:
    """Whether an element is not shown."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _has_one_cell(table: Any) -> bool:
    return len(table.findall(".//td")) + len(table.findall(".//th")) <= 1


def _tables_in(element: Any) -> list[Any]:
    """The outermost tables inside a cell; one of a single cell is text."""
    found = []
    for child in element:
        if child.tag != "table" or _has_one_cell(child):
            found += _tables_in(child)
        elif not is_hidden(child):
            found.append(child)
    return found


def _rows(table: Any) -> list[Any]:
    """The table's own rows in order: those of thead, tbody, tfoot and its own."""
    found = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child if row.tag == "tr"]
    return [row for row in found if not is_hidden(row)]


def _cells(table: Any, number: int) -> tuple[list[tuple[Cell, Any]], int, int]:
    """Cells at their slots, with their elements, by the algorithm of the HTML standard."""
    rows = _rows(table)
    taken: set[tuple[int, int]] = set()
    found: list[tuple[Cell, Any]] = []
    width = 0
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or is_hidden(cell):
                continue
            while (r, column) in taken:
                column += 1
            down = min(_span(cell, "rowspan", len(rows) - r), len(rows) - r)
            across = _span(cell, "colspan", 1)
            place = Place(table=number, row=r + 1, column=column + 1)
            found.append((Cell(_cell_text(cell), r, column, down, across, place), cell))
            if len(taken) + down * across > limits.MAX_TABLE_CELLS:
                raise too_big("一个表的单元格数", limits.MAX_TABLE_CELLS)
            taken.update((i, j) for i in range(r, r + down) for j in range(column, column + across))
            column += across
            width = max(width, column)
    return found, len(rows), width


def _span(cell: Any, name: str, whole: int) -> int:
    """A span of at least 1; 0 means to the end (rowspan) or is an error (colspan)."""
    text = re.match(r"\d+", cell.get(name, "").strip())
    if text is None:
        return 1
    number = int(text.group())
    return max(1, whole) if number == 0 else min(number, limits.MAX_SPAN)


def _cell_text(cell: Any) -> str:
    """Text with line breaks where the cell shows them, without the tables inside it."""
    parts: list[str] = []
    _collect(cell, parts, 0)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)[: limits.MAX_CELL_CHARS]


def _collect(element: Any, parts: list[str], depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    if element.text:
        parts.append(_SPACES.sub(" ", element.text))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED and not is_hidden(child):
            if child.tag in ("br", "hr") or (child.tag == "table" and not _has_one_cell(child)):
                parts.append("\n")
            elif child.tag == "input":
                parts.append(child.get("value", "") if child.get("type") != "hidden" else "")
            elif child.tag in _BLOCKS:
                parts.append("\n")
                _collect(child, parts, depth + 1)
                parts.append("\n")
            else:
                _collect(child, parts, depth + 1)
        if child.tail:
            parts.append(_SPACES.sub(" ", child.tail))
