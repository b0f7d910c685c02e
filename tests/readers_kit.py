"""Small files made by code for the readers' tests, and short views of what was read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from scorer.forms import Document, Grid, Line
from scorer.readers import read_document

CellView = tuple[int, int, int, int, str]

# One table with spans both ways: what every format must give back alike.
ROWS: list[CellView] = [
    (0, 0, 1, 4, "项目支出绩效目标表"),
    (1, 0, 1, 1, "项目名称"),
    (1, 1, 1, 3, "农村道路养护"),
    (2, 0, 3, 1, "产出指标"),
    (2, 1, 2, 1, "数量指标"),
    (2, 2, 1, 1, "养护里程"),
    (2, 3, 1, 1, "≥58.6公里"),
    (3, 2, 1, 1, "桥梁数量"),
    (3, 3, 1, 1, ""),
    (4, 1, 1, 1, "质量指标"),
    (4, 2, 1, 1, "验收合格率"),
    (4, 3, 1, 1, "=100%"),
    (5, 0, 1, 1, "合计"),
    (5, 1, 1, 2, "资金总额"),
    (5, 3, 1, 1, "1,530.55"),
]
N_ROWS, N_COLUMNS = 6, 4


def one(data: bytes, name: str = "文件") -> Document:
    """The single document that a file gives."""
    documents = read_document(name, data)
    assert len(documents) == 1
    return documents[0]


def grids(document: Document) -> list[Grid]:
    return [b for page in document.pages for b in page.blocks if isinstance(b, Grid)]


def lines(document: Document) -> list[str]:
    return [b.text for page in document.pages for b in page.blocks if isinstance(b, Line)]


def view(grid: Grid) -> list[CellView]:
    """The grid's cells as plain tuples, in row order."""
    return sorted((c.row, c.column, c.row_span, c.col_span, c.text) for c in grid.cells)


def codes(document: Document) -> list[str]:
    return [p.code for p in document.problems]


def html_table(rows: Sequence[CellView] = ROWS) -> str:
    by_row: dict[int, list[str]] = {}
    for r, _, down, across, text in rows:
        by_row.setdefault(r, []).append(f"<td rowspan={down} colspan={across}>{text}</td>")
    return "<table>" + "".join(f"<tr>{''.join(c)}</tr>" for c in by_row.values()) + "</table>"


def xlsx(rows: Sequence[CellView] = ROWS, change: Callable[[Any], None] | None = None) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for r, c, down, across, text in rows:
        cell = sheet.cell(r + 1, c + 1)
        cell.value = text or None
        cell.data_type = "s" if text else "n"
        if down > 1 or across > 1:
            sheet.merge_cells(
                start_row=r + 1, start_column=c + 1, end_row=r + down, end_column=c + across
            )
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def docx(rows: Sequence[CellView] = ROWS) -> bytes:
    import docx as word

    document = word.Document()
    document.add_paragraph("表前的话")
    table = document.add_table(N_ROWS, N_COLUMNS)
    for r, c, down, across, text in rows:
        table.cell(r, c).merge(table.cell(r + down - 1, c + across - 1)).text = text
    document.add_paragraph("表后的话")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_with(body: str) -> bytes:
    """A DOCX whose body is the given XML (prefix ``w``)."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def package(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
    return out.getvalue()


def xls(change: Callable[[Any], None] | None = None) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for r, c, down, across, text in ROWS:
        sheet.write_merge(r, r + down - 1, c, c + across - 1, text)
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: str, columns: str = "") -> bytes:
    """An ODS with one sheet of the given table rows."""
    names = (
        ("office", "office:1.0"),
        ("table", "table:1.0"),
        ("text", "text:1.0"),
        ("style", "style:1.0"),
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}"' for short, long in names
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="表1">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return package({"mimetype": mime, "content.xml": content})


FONT = "STSong-Light"


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF whose pages ``draw(canvas)`` draws with a Chinese font."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(595, 842), **options)
    page.setFont(FONT, 10)
    draw(page)
    page.save()
    return out.getvalue()


def pdf_table(
    page: Any,
    rows: Sequence[CellView] = ROWS,
    left: float = 60,
    top: float = 760,
    borders: bool = True,
    width: float = 110,
    height: float = 24,
) -> float:
    """Draw a ruled table; gives the y of its lower edge."""
    bottom = top
    for r, c, down, across, text in rows:
        x, y = left + c * width, top - (r + down) * height
        bottom = min(bottom, y)
        if borders:
            page.rect(x, y, across * width, down * height)
        page.drawString(x + 4, y + down * height / 2 - 3, text)
    return bottom


def png(width: int, height: int, pixels: bytes | None = None) -> bytes:
    """A grey 8-bit PNG."""
    raw = pixels or b"\xff" * (width * height)
    scan = b"".join(b"\0" + raw[i * width : (i + 1) * width] for i in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(scan))
        + chunk(b"IEND", b"")
    )
