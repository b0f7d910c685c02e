"""Workbooks, Word, web pages, mail and archives."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from email.message import EmailMessage
from typing import Any

import pytest
from openpyxl.styles import Font

from scorer.readers import numbers, read_document
from tests.readers_kit import (
    ROWS,
    codes,
    docx,
    docx_with,
    grids,
    html_table,
    lines,
    ods,
    one,
    package,
    pdf,
    pdf_table,
    view,
    xls,
    xlsx,
)


def filled(rows: list[tuple[int, int, int, int, str]]) -> list[tuple[int, int, int, int, str]]:
    return sorted(rows)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", xlsx()),
        ("xls", xls()),
        ("docx", docx()),
        ("html", html_table().encode()),
        ("pdf", pdf(pdf_table)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_one_table_in_every_format(kind: str, data: bytes) -> None:
    document = one(data)
    assert document.kind == kind
    (grid,) = grids(document)
    assert view(grid) == filled(ROWS)
    assert document.problems == ()


# --- workbooks --------------------------------------------------------------------


def test_numbers_as_their_cells_show_them() -> None:
    shown: list[tuple[Any, str, str]] = [
        (0.95, "0%", "95%"),
        (0.985, "0.0%", "98.5%"),
        (1, "0%", "100%"),
        (58.6, "General", "58.6"),
        (620000, "General", "620000"),
        (1530.5, "#,##0.00", "1,530.50"),
        (62, '"≤"0"万元"', "≤62万元"),
        (0.1 + 0.2, "General", "0.3"),
        (dt.date(2024, 12, 31), 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (dt.date(2024, 12, 1), "yyyy-mm-dd", "2024-12-01"),
        (True, "General", "TRUE"),
    ]

    def write(book: Any) -> None:
        sheet = book.active
        for row, (value, code, _) in enumerate(shown, start=1):
            cell = sheet.cell(row, 1, value)
            if code != "General":
                cell.number_format = code

    (grid,) = grids(one(xlsx([], write)))
    assert [c.text for c in grid.cells] == [text for _, _, text in shown]


def test_typed_constants_come_back_as_typed_and_other_formulas_are_named() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        sheet["A1"], sheet["A2"], sheet["A3"] = "=100%", "=0", "=SUM(B1:B9)"

    document = one(xlsx([], write))
    assert [c.text for c in grids(document)[0].cells] == ["=100%", "=0"]
    (problem,) = document.problems
    assert problem.code == "formula"
    assert "A3" in problem.message


def test_hidden_parts_are_left_out_and_named() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        for r in range(1, 5):
            for c in range(1, 4):
                sheet.cell(r, c, f"{r}{c}")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = book.create_sheet("代码")
        other["A1"] = "x"
        other.sheet_state = "hidden"

    document = one(xlsx([], write))
    (grid,) = grids(document)
    assert [c.text for c in grid.cells] == ["11", "13", "31", "33", "41", "43"]
    assert [c.place.cell for c in grid.cells] == ["A1", "C1", "A3", "C3", "A4", "C4"]
    assert codes(document) == ["hidden", "hidden"]


def test_sheets_are_pages_with_their_names() -> None:
    document = one(xlsx(change=lambda book: book.create_sheet("表 2").append(["甲"])))
    assert [(p.number, p.name) for p in document.pages] == [(1, "Sheet"), (2, "表 2")]
    assert document.pages[1].blocks[0].place.sheet == "表 2"


def test_xls_percent_dates_and_hidden_rows() -> None:
    import xlwt

    def write(sheet: Any) -> None:
        sheet.write(7, 0, 0.955, xlwt.easyxf(num_format_str="0.0%"))
        sheet.write(7, 1, dt.date(2024, 6, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(8, 0, "藏")
        sheet.row(8).hidden = True

    document = one(xls(write))
    by_place = {c.place.cell: c.text for c in grids(document)[0].cells}
    assert (by_place["A8"], by_place["B8"]) == ("95.5%", "2024-06-01")
    assert "A9" not in by_place
    assert codes(document) == ["hidden"]


def test_ods_shows_what_its_cells_show() -> None:
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>标'
        '<text:s text:c="2"/>题</text:p><text:p>二</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value="0.95">'
        "<text:p>95%</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=100%" office:value="1"><text:p>100.00%</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>藏</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    document = one(ods(rows))
    assert view(grids(document)[0]) == [
        (0, 0, 1, 2, "标  题\n二"),
        *((r, c, 1, 1, ("95%", "=100%")[c]) for r in (1, 2) for c in (0, 1)),
    ]
    assert codes(document) == ["hidden"]


def test_excel_2003_xml() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    data = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet '
        'ss:Name="表"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题</Data></Cell>'
        '</Row><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">62.0</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    ).encode()
    document = one(data, "导出.xls")
    assert document.kind == "xmlss"
    texts = {(c.row, c.column, c.col_span): c.text for c in grids(document)[0].cells if c.text}
    assert texts == {(0, 0, 2): "题", (2, 1, 1): "62"}


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0%", "13%"),
        (-5.5, "#,##0.0;(#,##0.0)", "-5.5"),
        (1e20, "General", "100000000000000000000"),
        (3, "0 \\个", "3 个"),
        (0.5, "# ?/?", "0.5"),
        (7, "[Red]0.0", "7.0"),
        (125000, '0!.0,"万元"', "12.5万元"),  # a word between the digits, thousands cut off
        (800, '0!.0000"万元"', "0.0800万元"),
        (1234567, '#,##0.00,,"百万元"', "1.23百万元"),
        (1234567, '#,##0"元"', "1,234,567元"),
        (12.5, "0.0##", "12.5"),
        (1, "0.##%", "100%"),
        (0.4, "#.0", ".4"),
        (12, "000", "012"),
        (0, '0;-0;"无"', "无"),
        (0, "0;-0;;@", ""),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00"),
        (-3, '"增长"0"%";"下降"0"%"', "下降3%"),
        (-0.05, "0.0%;[Red]0.0%", "-5.0%"),
        (120, '[>=100]"全部";0"%"', "全部"),
        (45, '[<60]0"分（不及格）";0"分"', "45分（不及格）"),
        (1500, "[$￥-804]#,##0.00", "￥1,500.00"),
        (95, 'G/通用格式"%"', "95%"),
        (0.00001, "0.00E+00", "0.00001"),
    ],
)
def test_number_formats(value: float, code: str, text: str) -> None:
    assert numbers.shown(value, code) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"', "2025年9月"),
        ('[$-804]yyyy"年"m"月底前";@', "2025年9月底前"),
        ('yyyy"年"mm"月"dd"日"', "2025年09月05日"),
        ('yyyy"年"', "2025年"),
        ('yyyy"年"m"月"d"日" h"时"mm"分"', "2025年9月5日"),
        ("yyyy/m/d", "2025/9/5"),
        ("yyyy\\.mm\\.dd", "2025.09.05"),
    ],
)
def test_date_formats(code: str, text: str) -> None:
    assert numbers.shown_date(dt.date(2025, 9, 5), code) == text


def test_a_format_may_add_words_to_a_text() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        for row, code in enumerate(('"评为"@', '0;-0;0;@"级"', "@", "_ * #,##0_ ;_ @_ "), start=1):
            sheet.cell(row, 1, "优秀").number_format = code

    (grid,) = grids(one(xlsx([], write)))
    assert [c.text for c in grid.cells] == ["评为优秀", "优秀级", "优秀", "优秀"]


# --- Word -------------------------------------------------------------------------


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_docx_lines_and_places() -> None:
    document = one(docx())
    assert lines(document) == ["表前的话", "表后的话"]
    assert [type(b).__name__ for b in document.pages[0].blocks] == ["Line", "Grid", "Line"]
    last = grids(document)[0].cells[-1].place
    assert (last.table, last.row, last.column) == (1, 6, 4)


def test_docx_grid_before_and_vertical_merge() -> None:
    first = cell("甲", '<w:vMerge w:val="restart"/>')
    wide = cell("丁", '<w:gridSpan w:val="2"/>')
    skip = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = (
        f"<w:tbl><w:tr>{first}{cell('乙')}{cell('丙')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{wide}</w:tr>"
        f"<w:tr>{skip}{cell('戊')}{cell('己')}</w:tr></w:tbl>"
    )
    (grid,) = grids(one(docx_with(body)))
    assert view(grid) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (0, 2, 1, 1, "丙"),
        (1, 1, 1, 2, "丁"),
        (2, 1, 1, 1, "戊"),
        (2, 2, 1, 1, "己"),
    ]


def test_docx_tracked_changes_hidden_text_and_controls() -> None:
    body = (
        "<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        "<w:r><w:tab/><w:t>后</w:t><w:br/><w:t>行</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:tbl><w:tr>{cell('一')}{cell('二')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}{cell('删')}</w:tr></w:tbl></w:sdtContent></w:sdt>"
    )
    document = one(docx_with(body))
    assert lines(document) == ["留增\t后", "行"]
    assert view(grids(document)[0]) == [(0, 0, 1, 1, "一"), (0, 1, 1, 1, "二")]


def test_struck_out_text_is_not_read_but_told() -> None:
    """A value crossed out and the new one behind it, in every kind of file."""
    crossed = "<w:r><w:rPr><w:strike/></w:rPr><w:t>≥90%</w:t></w:r>"
    kept = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>≥95%</w:t></w:r>'
    body = f"<w:tbl><w:tr>{cell('满意度')}<w:tc><w:p>{crossed}{kept}</w:p></w:tc></w:tr></w:tbl>"

    def write(book: Any) -> None:
        sheet = book.active
        sheet["A1"], sheet["A2"], sheet["B2"] = "满意度", "≥90%", "≥95%"
        sheet["A2"].font = Font(strike=True)

    page = "<table><tr><td>满意度</td><td><s>≥90%</s>≥95%</td></tr></table>".encode()
    wanted = [["满意度", "≥95%"], ["满意度", "", "", "≥95%"], ["满意度", "≥95%"]]
    for data, texts in zip((docx_with(body), xlsx([], write), page), wanted, strict=True):
        document = one(data)
        assert [c.text for c in grids(document)[0].cells] == texts
        (told,) = document.problems
        assert (told.code, told.lost) == ("struck", False)
        assert "「≥90%」" in told.message


def test_docx_nested_table_follows_and_is_not_repeated() -> None:
    inner = f"<w:tbl><w:tr>{cell('内')}{cell('里')}</w:tr></w:tbl>"
    outer = f"<w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p>{inner}</w:tc>"
    first, second = grids(one(docx_with(f"<w:tbl><w:tr>{outer}{cell('右')}</w:tr></w:tbl>")))
    assert [c.text for c in first.cells] == ["外", "右"]
    assert [c.text for c in second.cells] == ["内", "里"]


def test_tables_inside_a_table_with_texts_stand_in_their_cell() -> None:
    """As Word file and as web page: the cell is cut into the cells of its table."""
    inner = [["甲局", "金额", "8"]], [["一级", "二级", "值"], ["产出", "数量", "3"]]
    layout = [["项目", "路灯"], ["单位", inner[0]], ["目标", "换灯。"], ["指标", inner[1]]]

    def word(content: str | list[list[str]]) -> str:
        if isinstance(content, str):
            return cell(content)
        rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in content)
        return f"<w:tc><w:tbl>{rows}</w:tbl><w:p/></w:tc>"

    def page(content: str | list[list[str]]) -> str:
        if isinstance(content, str):
            return f"<td>{content}</td>"
        rows = "".join(f"<tr>{''.join(map(page, row))}</tr>" for row in content)
        return f"<td><div><table>{rows}</table></div></td>"

    body = "".join(f"<w:tr>{''.join(map(word, row))}</w:tr>" for row in layout)
    html = "".join(f"<tr>{''.join(map(page, row))}</tr>" for row in layout)
    for data in (docx_with(f"<w:tbl>{body}</w:tbl>"), f"<html><table>{html}</table>".encode()):
        (grid,) = grids(one(data))
        assert (grid.n_rows, grid.n_columns) == (5, 4)
        assert [(c.text, c.row, c.column, c.row_span, c.col_span) for c in grid.cells] == [
            ("项目", 0, 0, 1, 1), ("路灯", 0, 1, 1, 3),
            ("单位", 1, 0, 1, 1), ("甲局", 1, 1, 1, 1), ("金额", 1, 2, 1, 1), ("8", 1, 3, 1, 1),
            ("目标", 2, 0, 1, 1), ("换灯。", 2, 1, 1, 3), ("指标", 3, 0, 2, 1),
            ("一级", 3, 1, 1, 1), ("二级", 3, 2, 1, 1), ("值", 3, 3, 1, 1),
            ("产出", 4, 1, 1, 1), ("数量", 4, 2, 1, 1), ("3", 4, 3, 1, 1),
        ]  # fmt: skip


def test_page_layout_with_a_table_beside_the_navigation() -> None:
    page = (
        "<html><body><table><tr><td><a>首页</a></td><td><a>公开</a></td></tr><tr><td><table><tr>"
        "<td>机构</td></tr><tr><td>预算</td></tr></table></td><td><h1>绩效目标表</h1><table><tr>"
        "<td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></td></tr></table>"
    )
    document = one(page.encode())
    assert lines(document) == ["首页", "公开", "绩效目标表"]
    assert [[c.text for c in grid.cells] for grid in grids(document)] == [
        ["机构", "预算"],
        ["甲", "乙", "丙", "丁"],
    ]


def test_old_word_without_a_converter_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (problem,) = one(b"{\\rtf1 x}").problems
    assert problem.code == "converter"
    assert ".docx" in problem.remedy


# --- web pages, mail, archives ------------------------------------------------------


def test_html_layout_tables_hidden_parts_and_encoding() -> None:
    page = (
        '<html><head><meta charset="gb2312"><script>var x="<table>"</script></head><body>'
        "<table><tr><td>导航<h1>标题</h1><table><tr><td rowspan=0>一</td><td colspan=2>二&nbsp;二"
        '</td></tr><tr><td>三<br>四</td><td>1,234</td></tr><tr style="display:none"><td>x</td></tr>'
        "</table></td></tr></table><p>尾</p></body></html>"
    )
    document = one(page.encode("gb18030"))
    assert lines(document) == ["导航", "标题", "尾"]
    assert view(grids(document)[0]) == [
        (0, 0, 2, 1, "一"),
        (0, 1, 1, 2, "二 二"),
        (1, 1, 1, 1, "三\n四"),
        (1, 2, 1, 1, "1,234"),
    ]


def test_saved_page_is_its_html() -> None:
    table = html_table()
    data = (
        "From: <Saved by Browser>\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; '
        f"charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<html><body>{table}</body></html>\n"
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    ).encode()
    document = one(data)
    assert document.kind == "mhtml"
    assert view(grids(document)[0]) == filled(ROWS)


def test_mail_gives_its_attachments() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "绩效目标表"
    mail.set_content("请查收\n")
    mail.add_attachment(xlsx(), maintype="application", subtype="x", filename="目标表.xlsx")
    mail.add_attachment(b"x", maintype="application", subtype="x", filename="~$目标表.docx")
    body, sheet = read_document("来信.eml", mail.as_bytes())
    assert lines(body)[0] == "请查收"
    assert (sheet.path, sheet.kind) == ("来信.eml/目标表.xlsx", "xlsx")
    assert grids(sheet)[0].cells[0].place.part == "目标表.xlsx"
    assert grids(sheet)[0].cells[0].place.label() == "«目标表.xlsx» 工作表«Sheet» A1"


def test_zip_with_gbk_names_keeps_good_and_names_bad() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("__MACOSX/._a.txt", "x")
        pack.writestr("b.rar", b"Rar!\x1a\x07\x01\x00")
        pack.writestr("jia.txt", "你好，绩效目标")
        pack.writestr("../../c.zip", package({"里/d.html": html_table()}))
    data = out.getvalue().replace(b"jia.txt", "一乙".encode("gbk") + b"txt")
    documents = read_document("资料.zip", data)
    assert [(d.path, d.kind, bool(d.pages)) for d in documents] == [
        ("资料.zip/b.rar", "rar", False),
        ("资料.zip/c.zip/里/d.html", "html", True),
        ("资料.zip/一乙txt", "text", True),
    ]
    assert grids(documents[1])[0].place.part == "c.zip/里/d.html"
    assert codes(documents[0]) == ["unsupported"]
