"""Office formats: XLSX, XLS, ODS and DOCX with real merged cells."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
import xlsxwriter
import xlwt
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet

from .sheet import Block, PageBreak, Sheet

PERCENT = re.compile(r"\d+(?:\.\d+)?%")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d+)?")
MADE = datetime(2024, 12, 1, tzinfo=UTC)  # a fixed date, so that equal contents give equal files


def pages(blocks: Sequence[Block]) -> list[tuple[str, list[str | Sheet]]]:
    """Blocks parted at page breaks: (name of the worksheet, what stands on it)."""
    found: list[tuple[str, list[str | Sheet]]] = [("Sheet1", [])]
    for block in blocks:
        if isinstance(block, PageBreak):
            found.append((block.name or f"Sheet{len(found) + 1}", []))
        else:
            found[-1][1].append(block)
    return [page for page in found if page[1]]


def xlsx(blocks: Sequence[Block], *, typed: bool = False, formula: bool = False) -> bytes:
    """A workbook. ``typed`` stores amounts as numbers with separators and «95%» as 0.95 with a
    percent format and merges titles over the table's width, as exports do; ``formula`` writes the sums as formulas with a cached value."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        formats = {
            "%": book.add_format({"border": 1, "num_format": "0%"}),
            "%.": book.add_format({"border": 1, "num_format": "0.0%"}),
            "#": book.add_format({"border": 1, "num_format": "#,##0"}),
            "#.": book.add_format({"border": 1, "num_format": "#,##0.00"}),
        }
        for name, items in pages(blocks):
            sheet = book.add_worksheet(name[:31])
            columns = max((item.n_columns for item in items if isinstance(item, Sheet)), default=1)
            row = 0
            for item in items:
                if isinstance(item, str):
                    if typed and columns > 1:
                        sheet.merge_range(row, 0, row, columns - 1, item)
                    else:
                        sheet.write_string(row, 0, item)
                    row += 1
                    continue
                for c, width in enumerate(item.widths):
                    sheet.set_column(c, c, width)
                for cell in item.cells:
                    top, left = row + cell.row, cell.column
                    if cell.row_span * cell.col_span > 1:
                        sheet.merge_range(
                            top, left, top + cell.row_span - 1, left + cell.col_span - 1, "", plain
                        )
                    _write(sheet, top, left, cell.text, plain, formats if typed else {}, formula)
                row += item.n_rows
    return stream.getvalue()


def _write(
    sheet: Any, row: int, column: int, text: str, plain: Any, formats: dict[str, Any], formula: bool
) -> None:
    if formats and PERCENT.fullmatch(text):
        share = "%." if "." in text else "%"
        sheet.write_number(row, column, float(text[:-1]) / 100, formats[share])
    elif formats and NUMBER.fullmatch(text):
        number = float(text.replace(",", ""))
        kind = formats["#." if "." in text else "#"] if "," in text else plain
        if formula and "," in text:
            sheet.write_formula(row, column, f"=SUM({number:g})", kind, number)
        else:
            sheet.write_number(row, column, number, kind)
    elif text:
        sheet.write_string(row, column, text, plain)
    else:
        sheet.write_blank(row, column, None, plain)


def xls(blocks: Sequence[Block]) -> bytes:
    """A workbook of Excel 97–2003."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, items in pages(blocks):
        sheet = book.add_sheet(name[:31])
        row = 0
        for item in items:
            if isinstance(item, str):
                sheet.write(row, 0, item)
                row += 1
                continue
            for cell in item.cells:
                top, left = row + cell.row, cell.column
                if cell.row_span * cell.col_span > 1:
                    sheet.write_merge(
                        top, top + cell.row_span - 1, left, left + cell.col_span - 1, cell.text
                    )
                else:
                    sheet.write(top, left, cell.text)
            row += item.n_rows
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods(blocks: Sequence[Block]) -> bytes:
    """An OpenDocument workbook with spanned and covered cells."""
    book = OpenDocumentSpreadsheet()
    for name, items in pages(blocks):
        sheet = odf_table.Table(name=name)
        for item in items:
            if isinstance(item, str):
                line = odf_table.TableRow()
                line.addElement(_ods_cell(item, 1, 1))
                sheet.addElement(line)
                continue
            starts = {(c.row, c.column): c for c in item.cells}
            for r in range(item.n_rows):
                line = odf_table.TableRow()
                for c in range(item.n_columns):
                    cell = starts.get((r, c))
                    line.addElement(
                        _ods_cell(cell.text, cell.row_span, cell.col_span)
                        if cell
                        else odf_table.CoveredTableCell()
                    )
                sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _ods_cell(text: str, rows: int, columns: int) -> Any:
    spans = {"numberrowsspanned": rows, "numbercolumnsspanned": columns}
    cell = odf_table.TableCell(valuetype="string", **(spans if rows * columns > 1 else {}))
    for part in text.split("\n") if text else []:
        cell.addElement(odf_text.P(text=part))
    return cell


def docx_bytes(blocks: Sequence[Block], *, landscape: bool = False, nested: bool = False) -> bytes:
    """A Word document with gridSpan and vMerge; ``nested`` puts each table in a cell of an
    outer one, as forms made with an online template are."""
    document = docx.Document()
    document.styles["Normal"].font.name = "宋体"
    fonts = document.styles["Normal"].element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "宋体")
    document.styles["Normal"].font.size = Pt(9)
    if landscape:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for block in blocks:
        if isinstance(block, PageBreak):
            document.add_page_break()
        elif isinstance(block, str):
            document.add_paragraph(block)
        elif nested:
            outer = document.add_table(1, 1)
            outer.style = "Table Grid"
            _word_table(outer.cell(0, 0), block)
            document.add_paragraph("")
        else:
            _word_table(document, block)
            document.add_paragraph("")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_table(parent: Any, sheet: Sheet) -> None:
    table = parent.add_table(sheet.n_rows, sheet.n_columns)
    table.style = "Table Grid"
    grid = table._cells  # one flat list: table.cell() walks the whole table on each call
    for cell in sheet.cells:
        corner = grid[cell.row * sheet.n_columns + cell.column]
        if cell.row_span * cell.col_span > 1:
            last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.col_span - 1
            corner = corner.merge(grid[last_row * sheet.n_columns + last_column])
            for spare in corner.paragraphs[1:]:
                spare._element.getparent().remove(spare._element)
        first, *others = cell.text.split("\n")
        corner.paragraphs[0].add_run(first)
        for part in others:
            corner.add_paragraph(part)
