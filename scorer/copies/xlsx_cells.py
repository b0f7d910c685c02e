"""Writes texts into cells of an XLSX; nothing else of the file changes.

A new text becomes an inline string, so that the shared strings of other cells stay as they
are; a figure in a cell that holds a figure stays a figure where its number format shows it as
asked. Only what Excel itself demands is touched beside: a formula that is overwritten leaves
the calculation chain, and a workbook with other formulas is asked to calculate them anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from scorer.copies.package import with_parts
from scorer.copies.sheet_cells import CellAt, SheetCells, SheetError
from scorer.forms import Place
from scorer.readers.numbers import plain, shown
from scorer.readers.package import open_zip, parse_xml, read_part
from scorer.readers.xlsx_parts import Parts

_FIGURE = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?$")
_CHAIN = "xl/calcChain.xml"
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_INDEX = re.compile(rb"<(?:\w+:)?v>\s*(\d+)\s*</")
_FIRST_RUN = re.compile(rb"<(?:\w+:)?is>\s*<(?:\w+:)?r>\s*(<(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>)", re.S)
_BEFORE_CALC = re.compile(
    rb"</((?:\w+:)?)(?:sheets|functionGroups|externalReferences|definedNames)>"
)
_ESCAPES = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")


def written(data: bytes, writes: Mapping[Place, str]) -> bytes:
    """The workbook with these cells' texts; "" empties a cell and keeps its look.

    Raises SheetError, naming the cell, for a place that the workbook does not have or a
    formula that other cells share.
    """
    by_sheet: dict[str, dict[str, str]] = {}
    for place, text in writes.items():
        if place.sheet is None or place.cell is None:
            raise SheetError(f"{place.label() or '这一格'}不在工作表里")
        by_sheet.setdefault(place.sheet, {})[place.cell] = text
    book = Book(data)
    parts: dict[str, bytes | None] = {}
    for name, texts in by_sheet.items():
        parts[book.sheet_part(name)] = _sheet(book, name, texts)
    if book.formulas_gone:
        parts.update(_without_chain(book))
    if book.formulas_left:
        parts.update(_calculated_anew(book))
    return with_parts(data, parts)


class Book:
    """The parts of a workbook that writing cells needs to know."""

    def __init__(self, data: bytes) -> None:
        self.pack = open_zip(data)
        self.parts = Parts(self.pack)
        self.names = set(self.pack.namelist())
        self.formulas_gone = self.formulas_left = False
        self._strings: list[Any] | None = None

    def read(self, name: str) -> bytes:
        """One part's bytes."""
        return read_part(self.pack, name)

    def sheet_part(self, sheet: str) -> str:
        """The part of a sheet, by the name that users see. Raises SheetError."""
        path = self.parts.sheets.get(sheet, "")
        found = self.parts.names.get(path.lower())
        if found is None:
            raise SheetError(f"文件里没有工作表「{sheet}」")
        return found

    def first_run(self, index: str, prefix: str) -> str:
        """The formatting of the first run of a shared string as ``rPr`` with the sheet's
        prefix, "" for plain text."""
        if self._strings is None:
            part = self.parts.names.get("xl/sharedstrings.xml")
            root = parse_xml(self.read(part)) if part else None
            self._strings = [] if root is None else list(root.iterfind("{*}si"))
        number = int(index)
        strings = self._strings[number : number + 1]
        look = strings[0].find("{*}r/{*}rPr") if strings else None
        if look is None or look.getparent().getprevious() is not None:
            return ""
        marks = []
        for mark in look:
            said = "".join(f" {k}={quoteattr(v)}" for k, v in mark.attrib.items())
            marks.append(f"<{prefix}{mark.tag.rpartition('}')[2]}{said}/>")
        return f"<{prefix}rPr>{''.join(marks)}</{prefix}rPr>"


def _sheet(book: Book, name: str, texts: Mapping[str, str]) -> bytes:
    cells = SheetCells(book.read(book.sheet_part(name)))
    elements = {}
    for address, text in texts.items():
        old = cells.find(address)
        if old is not None and old.formula is not None:
            kind = old.formula.get("t", "normal")
            if kind != "normal" and "ref" in old.formula:
                raise SheetError(f"工作表「{name}」{address} 的公式也管着别的格子，改不了")
            book.formulas_gone = True
        elements[address] = _element(book, cells, address, old, text)
    others = (c for row in cells.rows.values() for c in row.cells.values())
    gone = {id(cells.find(address)) for address in texts}
    book.formulas_left |= any(c.formula is not None and id(c) not in gone for c in others)
    return cells.replaced(elements)


def _element(book: Book, cells: SheetCells, address: str, old: CellAt | None, text: str) -> str:
    p = cells.prefix
    if not text:
        return cells.element(address, "")
    style = cells.style(address)
    code = book.parts.formats.get(style.encode(), "")
    if old is not None and _holds_figure(cells, old):
        figure = _figure(text, code)
        if figure is not None:
            return cells.element(address, f"<{p}v>{figure}</{p}v>")
    shown_text = escape(_ESCAPES.sub("_x005F_x", _BAD.sub("", text)))
    inner = f'<{p}t xml:space="preserve">{shown_text}</{p}t>'
    look = _look(book, cells, old) if old is not None else ""
    if look:
        inner = f"<{p}r>{look}{inner}</{p}r>"
    return cells.element(address, f"<{p}is>{inner}</{p}is>", "inlineStr")


def _look(book: Book, cells: SheetCells, cell: CellAt) -> str:
    """The formatting (``rPr``) of the first run of the cell's rich text, "" for plain text."""
    xml = cells.xml[cell.start : cell.end]
    if cell.attributes.get("t") == "s":
        index = _INDEX.search(xml)
        return book.first_run(index[1].decode(), cells.prefix) if index else ""
    own = _FIRST_RUN.search(xml)
    return own[1].decode() if own else ""


def _holds_figure(cells: SheetCells, cell: CellAt) -> bool:
    """A cell whose value is a number, by formula or not."""
    has_value = b"v>" in cells.xml[cell.start : cell.end]
    return cell.attributes.get("t", "n") == "n" and has_value


def _figure(text: str, code: str) -> str | None:
    """The stored number that a cell of this format shows as ``text``, None if there is none."""
    if not _FIGURE.match(text):
        return None
    number = Decimal(text.rstrip("%").replace(",", ""))
    if text.endswith("%"):
        number /= 100
    looks = shown(float(number), code) if code else plain(float(number))
    return f"{number.normalize():f}" if looks == text else None


def _without_chain(book: Book) -> dict[str, bytes | None]:
    """The calculation chain taken out: Excel builds it anew, and calls a file damaged whose
    chain names a cell without a formula."""
    if _CHAIN not in book.names:
        return {}
    types, links = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    return {
        _CHAIN: None,
        types: re.sub(rb"<Override\b[^>]*?/xl/calcChain\.xml[^>]*?/>", b"", book.read(types)),
        links: re.sub(rb"<Relationship\b[^>]*?calcChain\.xml[^>]*?/>", b"", book.read(links)),
    }


def _calculated_anew(book: Book) -> dict[str, bytes | None]:
    """The workbook told to calculate on opening: sums may rest on a cell that was changed."""
    part = book.parts.names.get("xl/workbook.xml", "xl/workbook.xml")
    xml = book.read(part)
    if b"fullCalcOnLoad" in xml:
        return {}
    new, found = re.subn(rb"<((?:\w+:)?)calcPr\b", rb'<\1calcPr fullCalcOnLoad="1"', xml, count=1)
    if not found:
        last = list(_BEFORE_CALC.finditer(xml))[-1]
        new = xml[: last.end()] + b'<%bcalcPr fullCalcOnLoad="1"/>' % last[1] + xml[last.end() :]
    return {part: new}
