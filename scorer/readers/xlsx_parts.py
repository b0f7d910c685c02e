"""What calamine does not give of an XLSX: number formats, hidden rows, bare formulas, extents."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any

from scorer.readers import limits
from scorer.readers.base import too_big
from scorer.readers.numbers import BUILTIN, frames_text
from scorer.readers.package import parse_xml, read_part
from scorer.readers.sheet import Extras

_COLUMNS_USED = re.compile(rb'\br="([A-Z]{1,3})\d')
_ROWS_FAR = re.compile(rb'\br="[A-Z]{0,3}(\d{5,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*>([^<]*)</(?:\w+:)?f>\s*"
    rb"(<(?:\w+:)?v\b[^>]*>[^<]+</(?:\w+:)?v>)?"
)
_CONSTANT = re.compile(r"^[\d.]+%?$")  # «=100%» typed as a target, stored as a formula


class Parts:
    """The package of one XLSX, looked into sheet by sheet."""

    def __init__(self, pack: zipfile.ZipFile) -> None:
        self.pack = pack
        self.names = {n.replace("\\", "/").lstrip("/").lower(): n for n in pack.namelist()}
        self.formats, self.struck = self._styles()
        self.sheets = self._sheets()

    def check_extent(self, sheet: str) -> bytes:
        """The sheet's XML, refused if its used area is too large to unfold into rows."""
        xml = self._part(self.sheets.get(sheet, ""))
        if xml.count(b"<v>") + xml.count(b"<is>") > limits.MAX_CELLS:
            raise too_big(f"工作表“{sheet}”的单元格数", limits.MAX_CELLS)
        if xml.count(b"<mergeCell ") > limits.MAX_MERGES:
            raise too_big(f"工作表“{sheet}”的合并区域数", limits.MAX_MERGES)
        columns = set(_COLUMNS_USED.findall(xml))
        rows = max(map(int, _ROWS_FAR.findall(xml)), default=0)
        width = max((_column(c) for c in columns), default=0) + 1
        if max(rows, 9999 if columns else 0) * width > 8 * limits.MAX_CELLS:
            raise too_big(f"工作表“{sheet}”的单元格数", limits.MAX_CELLS)
        return xml

    def extras(self, xml: bytes) -> tuple[Extras, list[str]]:
        """Hidden rows and columns, number formats by slot, and formulas without a value.

        The second part names cells whose formula has no stored result.
        """
        extras = Extras()
        if b"hidden=" in xml:
            _hidden(xml, extras)
        if self.formats or self.struck:
            self._cell_styles(xml, extras)
        return extras, _bare_formulas(xml, extras) if b"<f" in xml or b":f>" in xml else []

    def _cell_styles(self, xml: bytes, extras: Extras) -> None:
        for attributes, empty in _CELL.findall(xml):
            if empty:
                continue
            found = dict(_ATTRIBUTE.findall(attributes))
            style = found.get(b"s", b"")
            if b"r" not in found:
                continue
            if style in self.struck:
                extras.struck.add(_slot(found[b"r"]))
            code = self.formats.get(style)
            if not code:
                continue
            if found.get(b"t", b"n") in (b"n", b"d") or frames_text(code):
                extras.formats[_slot(found[b"r"])] = code

    def _part(self, path: str) -> bytes:
        name = self.names.get(path.lower())
        return read_part(self.pack, name) if name else b""

    def _styles(self) -> tuple[dict[bytes, str], set[bytes]]:
        """Format code by style index, for styles that show numbers otherwise than plainly,
        and the styles whose font is struck out."""
        xml = self._part("xl/styles.xml")
        if not xml:
            return {}, set()
        root = parse_xml(xml)
        own = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in root.iter("{*}numFmt")}
        crossed = {
            str(n)
            for fonts in root.iter("{*}fonts")
            for n, font in enumerate(fonts.iterfind("{*}font"))
            if (mark := font.find("{*}strike")) is not None
            and mark.get("val", "1") in ("1", "true")
        }
        formats: dict[bytes, str] = {}
        struck: set[bytes] = set()
        for xfs in root.iter("{*}cellXfs"):
            for index, xf in enumerate(xfs.iterfind("{*}xf")):
                number = int(xf.get("numFmtId", "0") or 0)
                code = own.get(number) or BUILTIN.get(number, "")
                if code and code.lower() not in ("general", "@"):
                    formats[str(index).encode()] = code
                if xf.get("fontId") in crossed:
                    struck.add(str(index).encode())
        return formats, struck

    def _sheets(self) -> dict[str, str]:
        """Part path by sheet name."""
        book, links = self._part("xl/workbook.xml"), self._part("xl/_rels/workbook.xml.rels")
        if not book or not links:
            return {}
        targets = {
            e.get("Id"): e.get("Target", "") for e in parse_xml(links).iter("{*}Relationship")
        }
        found: dict[str, str] = {}
        for sheet in parse_xml(book).iter("{*}sheet"):
            target = targets.get(_relation(sheet), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[sheet.get("name", "")] = posixpath.normpath(path)
        return found


def _relation(sheet: Any) -> str | None:
    ids = [v for k, v in sheet.attrib.items() if k.endswith("}id")]
    return ids[0] if ids else None


def _hidden(xml: bytes, extras: Extras) -> None:
    for attributes in _ROW.findall(xml):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in (b"1", b"true") and b"r" in found:
            extras.hidden_rows.add(int(found[b"r"]) - 1)
    for attributes in _COLUMN.findall(xml):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in (b"1", b"true"):
            first, last = int(found.get(b"min", b"1")), int(found.get(b"max", b"1"))
            extras.hidden_columns.update(range(first - 1, min(last, 16384)))


def _bare_formulas(xml: bytes, extras: Extras) -> list[str]:
    """Give typed constants (=100%) back as typed; name other formulas without a result."""
    missing = []
    for attributes, formula, value in _FORMULA.findall(xml):
        found = dict(_ATTRIBUTE.findall(attributes))
        if b"r" not in found:
            continue
        text = formula.decode("utf-8", "replace").strip()
        if _CONSTANT.match(text):
            row, column = _slot(found[b"r"])
            extras.texts.setdefault(row, {})[column] = f"={text}"
        elif not value and found.get(b"t") != b"str":
            missing.append(found[b"r"].decode())
    return missing


def _slot(address: bytes) -> tuple[int, int]:
    name = address.rstrip(b"0123456789")
    return int(address[len(name) :]) - 1, _column(name)


def _column(name: bytes) -> int:
    number = 0
    for byte in name:
        number = number * 26 + byte - 64
    return number - 1
