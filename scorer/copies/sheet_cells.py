"""The cells of one worksheet's XML by address, replaced in place, byte for byte.

The XML is never written anew: a scan notes where each row and cell begins and ends, and
only the bytes of the cells that change are exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d+)$")


class SheetError(ValueError):
    """The sheet's XML is not what a workbook's should be."""


@dataclass
class CellAt:
    """One ``c`` element: its bytes [start, end), its attributes, and its formula's."""

    column: int
    start: int
    end: int
    attributes: dict[str, str]
    formula: dict[str, str] | None = None


@dataclass
class RowAt:
    """One ``row`` element; ``inside`` is where its content ends, None if it has no end tag."""

    number: int
    start: int
    end: int
    inside: int | None
    attributes: dict[str, str]
    cells: dict[int, CellAt] = field(default_factory=dict)


def slot(address: str) -> tuple[int, int]:
    """«C7» -> (7, 3), both from 1. Raises SheetError for anything else."""
    match = _ADDRESS.match(address)
    if match is None:
        raise SheetError(f"{address} 不是单元格地址")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class SheetCells:
    """The rows and cells of a worksheet part. ``rows`` are in the order of the file."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.prefix = ""
        self.rows: dict[int, RowAt] = {}
        self.columns: list[tuple[int, int, str]] = []  # first, last, style
        self.data: tuple[int, int] | None = None  # inside of sheetData, None if self-closed
        self._path: list[str] = []
        self._row: RowAt | None = None
        self._cell: CellAt | None = None
        self._data_start = 0
        self._scan()

    def find(self, address: str) -> CellAt | None:
        """The cell's element, None where the file has none at this address."""
        row, column = slot(address)
        return self.rows[row].cells.get(column) if row in self.rows else None

    def style(self, address: str) -> str:
        """The style index of a cell: its own, else its row's, else its column's ("" none)."""
        row, column = slot(address)
        cell = self.find(address)
        if cell is not None:
            return cell.attributes.get("s", "")
        at = self.rows.get(row)
        if at is not None and at.attributes.get("s"):
            return at.attributes["s"]
        return next((s for first, last, s in self.columns if first <= column <= last), "")

    def element(self, address: str, content: str, kind: str = "", style: str | None = None) -> str:
        """A ``c`` element for this address: ``content`` is its inner XML, ``kind`` its type."""
        style = self.style(address) if style is None else style
        tag = f"{self.prefix}c"
        attributes = {"r": address, "s": style, "t": kind}
        said = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items() if v)
        return f"<{tag}{said}>{content}</{tag}>" if content else f"<{tag}{said}/>"

    def replaced(self, elements: Mapping[str, str]) -> bytes:
        """The part with these cells (address -> whole ``c`` element) exchanged or added."""
        if self.data is None and elements:
            raise SheetError("工作表是空的")
        edits: list[tuple[int, int, str]] = []
        new_rows: dict[int, dict[int, str]] = {}
        for address, element in elements.items():
            number, column = slot(address)
            row, cell = self.rows.get(number), self.find(address)
            if cell is not None:
                edits.append((cell.start, cell.end, element))
            elif row is not None and row.inside is not None:
                after = [c.start for n, c in row.cells.items() if n > column]
                at = min(after, default=row.inside)
                edits.append((at, at, element))
            else:
                new_rows.setdefault(number, {})[column] = element
        for number, cells in new_rows.items():
            edits.append(self._new_row(number, "".join(cells[c] for c in sorted(cells))))
        return self._spliced(edits)

    def _new_row(self, number: int, cells: str) -> tuple[int, int, str]:
        """A row that the file lacks, or writes as one empty tag."""
        tag = f"{self.prefix}row"
        if number in self.rows:
            row = self.rows[number]
            opened = self.xml[row.start : row.end].decode().rstrip("/> \t\r\n")
            return row.start, row.end, f"{opened}>{cells}</{tag}>"
        assert self.data is not None
        after = [row.start for n, row in self.rows.items() if n > number]
        at = min(after, default=self.data[1])
        return at, at, f'<{tag} r="{number}">{cells}</{tag}>'

    def _spliced(self, edits: list[tuple[int, int, str]]) -> bytes:
        parts: list[bytes] = []
        at = 0
        # Several new cells may go in at one spot: left to right, as they sort by address there.
        for start, end, element in sorted(edits, key=lambda e: (e[0], e[1], _order(e[2]))):
            parts += [self.xml[at:start], element.encode()]
            at = end
        return b"".join([*parts, self.xml[at:]])

    # -- the scan --------------------------------------------------------------------

    def _scan(self) -> None:
        parser = expat.ParserCreate()
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(self.xml, True)
        except expat.ExpatError as error:
            raise SheetError(f"工作表的 XML 不完整：{error}") from error
        finally:
            del self._parser  # its handlers hold this object

    @staticmethod
    def _refuse(*_: object) -> None:
        raise SheetError("工作表的 XML 带有 DOCTYPE，没有读")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        self._path.append(local)
        start = self._parser.CurrentByteIndex
        if self._path[1:] == ["cols", "col"]:
            if attributes.get("style"):
                first, last = int(attributes["min"]), int(attributes["max"])
                self.columns.append((first, last, attributes["style"]))
        elif self._path[1:] == ["sheetData"]:
            self.prefix = f"{prefix}:" if prefix else ""
            self._data_start = start
        elif self._path[1:] == ["sheetData", "row"]:
            number = int(attributes.get("r") or max(self.rows, default=0) + 1)
            self._row = RowAt(number, start, start, None, attributes)
            self.rows[number] = self._row
        elif self._path[1:] == ["sheetData", "row", "c"] and self._row is not None:
            address = attributes.get("r")
            column = slot(address)[1] if address else max(self._row.cells, default=0) + 1
            self._cell = CellAt(column, start, start, attributes)
            self._row.cells[column] = self._cell
        elif self._path[1:] == ["sheetData", "row", "c", "f"] and self._cell is not None:
            self._cell.formula = attributes

    def _end(self, name: str) -> None:  # noqa: ARG002  # expat tells it
        if self._path[1:] == ["sheetData", "row", "c"] and self._cell is not None:
            self._cell.end = self._extent(self._cell.start)[1]
        elif self._path[1:] == ["sheetData", "row"] and self._row is not None:
            self._row.inside, self._row.end = self._extent(self._row.start)
        elif self._path[1:] == ["sheetData"]:
            inside = self._extent(self._data_start)[0]
            self.data = None if inside is None else (self._tag_end(self._data_start), inside)
        self._path.pop()

    def _extent(self, start: int) -> tuple[int | None, int]:
        """(where the end tag of the element that ends now begins, where the element ends); an
        empty tag «<c/>» has no end tag of its own."""
        opened = self._tag_end(start)
        if self.xml[opened - 2 : opened] == b"/>":
            return None, opened
        at = self._parser.CurrentByteIndex
        return at, self._tag_end(at)

    def _tag_end(self, start: int) -> int:
        match = _TAG.match(self.xml, start)
        if match is None:
            raise SheetError("工作表的 XML 不完整")
        return match.end()


def _order(element: str) -> tuple[int, int]:
    found = re.search(r'r="([A-Z]*)(\d+)"', element)
    if found is None:
        return 0, 0
    return int(found[2]), slot(found[1] + found[2])[1] if found[1] else 0
