"""Workbooks that are XML themselves: ODS and Excel 2003 XML. Cells come as they are shown."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from typing import Any

from scorer.forms import Page, Problem
from scorer.readers import limits, sheet
from scorer.readers.base import Clock, Reading, Unreadable, too_big
from scorer.readers.package import parse_xml, read_part
from scorer.readers.sheet import Extras, Merge

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED_FORMATS = {
    "Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00",
    "Short Date": "yyyy/m/d", "Medium Date": "yyyy/m/d", "Long Date": "yyyy年m月d日",
}  # fmt: skip
_CONSTANT = re.compile(r"^(?:of:|oooc:)?=([\d.]+%?)$")


class _Sheet:
    """Texts and merges of one sheet while it is walked."""

    def __init__(self) -> None:
        self.extras = Extras()
        self.merges: list[Merge] = []
        self.filled = 0

    def put(self, row: int, column: int, text: str, row_span: int, col_span: int) -> None:
        if text.strip():
            self.extras.texts.setdefault(row, {})[column] = text.strip()[: limits.MAX_CELL_CHARS]
            self.filled += 1
            if self.filled > limits.MAX_CELLS:
                raise too_big("单元格数", limits.MAX_CELLS)
        if row_span > 1 or col_span > 1:
            self.merges.append(((row, column), (row + row_span - 1, column + col_span - 1)))

    def page(self, number: int, name: str) -> Page:
        return sheet.page(number, name, self.extras.texts, self.merges, self.extras)


def read_ods(pack: zipfile.ZipFile, path: str) -> Reading:
    """All shown sheets of an ODS."""
    if any(e.flag_bits & 1 for e in pack.infolist()) or _is_encrypted(pack):
        raise Unreadable(
            "工作簿加了密码，读不了", "请用 WPS 或 LibreOffice 去掉密码后另存", "encrypted"
        )
    root = parse_xml(read_part(pack, "content.xml"))
    hidden_styles = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for props in style.iterfind(f"{_STYLE}table-properties")
        if props.get(f"{_TABLE}display") == "false"
    }
    clock = Clock()
    pages: list[Page] = []
    problems: list[Problem] = []
    for table in root.iter(f"{_TABLE}table"):
        clock.check()
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name") in hidden_styles:
            problems.append(sheet.hidden_note(path, name, "隐藏的工作表没有读"))
            continue
        found = _Sheet()
        _ods_columns(table, found.extras)
        _ods_rows(table, found)
        problems.extend(sheet.hidden_texts(path, name, found.extras.texts, found.extras))
        pages.append(found.page(len(pages) + 1, name))
    return Reading(tuple(pages), tuple(problems))


def _is_encrypted(pack: zipfile.ZipFile) -> bool:
    names = pack.namelist()
    return "META-INF/manifest.xml" in names and b"encryption-data" in read_part(
        pack, "META-INF/manifest.xml"
    )


def _ods_columns(table: Any, extras: Extras) -> None:
    at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        count = min(_number(column, f"{_TABLE}number-columns-repeated"), 16384)
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            extras.hidden_columns.update(range(at, at + count))
        at += count


def _ods_rows(table: Any, found: _Sheet) -> None:
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        count = _number(row, f"{_TABLE}number-rows-repeated")
        cells = list(_ods_cells(row))
        # Empty rows repeat by the million at the end of a sheet; rows with text hardly ever do.
        repeat = min(count, limits.MAX_SPAN) if any(text for _, text, _, _ in cells) else 1
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            found.extras.hidden_rows.update(range(at, at + min(count, limits.MAX_SPAN)))
        for r in range(at, at + repeat):
            for column, text, row_span, col_span in cells:
                found.put(r, column, text, row_span, col_span)
        at += count


def _ods_cells(row: Any) -> list[tuple[int, str, int, int]]:
    found = []
    at = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        count = min(_number(cell, f"{_TABLE}number-columns-repeated"), 16384)
        text = "" if cell.tag.endswith("covered-table-cell") else _ods_shown(cell)
        spans = (
            _number(cell, f"{_TABLE}number-rows-spanned"),
            _number(cell, f"{_TABLE}number-columns-spanned"),
        )
        if text or max(spans) > 1:
            found += [(c, text, *spans) for c in range(at, at + (count if text else 1))]
        at += count
    return found


def _ods_shown(cell: Any) -> str:
    """A cell's text; a typed constant (=100%), which ODS keeps as a formula, as typed."""
    constant = _CONSTANT.match(cell.get(f"{_TABLE}formula", ""))
    text = f"={constant.group(1)}" if constant else _ods_text(cell)
    return text.removesuffix(" 0:00:00").removesuffix(" 00:00:00")


def _ods_text(cell: Any) -> str:
    """The paragraphs of a cell as displayed; comments (annotations) left out."""
    paragraphs = []
    for paragraph in cell.iterfind(f"{_TEXT}p"):
        parts = [paragraph.text or ""]
        for inner in paragraph.iter():
            if inner is paragraph:
                continue
            if inner.tag == f"{_TEXT}s":
                parts.append(" " * _number(inner, f"{_TEXT}c"))
            elif inner.tag == f"{_TEXT}tab":
                parts.append("\t")
            elif inner.tag == f"{_TEXT}line-break":
                parts.append("\n")
            else:
                parts.append(inner.text or "")
            parts.append(inner.tail or "")
        paragraphs.append("".join(parts))
    if not paragraphs:
        return str(cell.get(f"{_OFFICE}value", ""))
    return "\n".join(paragraphs)


def _number(element: Any, name: str) -> int:
    text = element.get(name, "1")
    return max(1, int(text)) if text.isdigit() else 1


def read_2003(data: bytes) -> Reading:
    """All sheets of an Excel 2003 XML file (older systems export it under .xls)."""
    root = parse_xml(data)
    formats = _formats_2003(root)
    pages = []
    for number, worksheet in enumerate(root.iter(f"{_SS}Worksheet"), start=1):
        found = _Sheet()
        _rows_2003(worksheet, found, formats)
        pages.append(found.page(number, worksheet.get(f"{_SS}Name", "")))
    return Reading(tuple(pages))


def _formats_2003(root: Any) -> dict[str, str]:
    """Number format by style."""
    styles = (
        (style.get(f"{_SS}ID", ""), style.find(f"{_SS}NumberFormat"))
        for style in root.iter(f"{_SS}Style")
    )
    codes = ((name, form.get(f"{_SS}Format", "")) for name, form in styles if form is not None)
    return {name: _NAMED_FORMATS.get(code, code) for name, code in codes}


def _rows_2003(worksheet: Any, found: _Sheet, formats: dict[str, str]) -> None:
    row_at = 0
    for row in worksheet.iter(f"{_SS}Row"):
        row_at = _index(row, row_at)
        if row.get(f"{_SS}Hidden") == "1":
            found.extras.hidden_rows.add(row_at)
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = _index(cell, column)
            across = int(cell.get(f"{_SS}MergeAcross", "0"))
            down = int(cell.get(f"{_SS}MergeDown", "0"))
            data = cell.find(f"{_SS}Data")
            code = formats.get(cell.get(f"{_SS}StyleID", ""), "")
            found.put(row_at, column, _shown_2003(data, code), down + 1, across + 1)
            column += across + 1
        row_at += 1


def _index(element: Any, current: int) -> int:
    text = element.get(f"{_SS}Index", "")
    return int(text) - 1 if text.isdigit() else current


def _shown_2003(data: Any, code: str) -> str:
    """A cell's text as it is shown."""
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Number":
            return sheet.text_of(float(text), code)
        if kind == "DateTime":
            return sheet.text_of(dt.datetime.fromisoformat(text), code)
    except ValueError:
        pass  # shown as it is stored
    return text
