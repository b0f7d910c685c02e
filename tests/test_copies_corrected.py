"""The corrected copy: the clerk's own file with only the changed cells altered."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from scorer.copies import CopyError, corrected_copy, official_workbook
from scorer.copies.edits import TEXTS, same_content
from scorer.copies.package import with_parts
from scorer.copies.sheet_cells import SheetCells
from scorer.copies.value_parts import joined, parts_of, three_columns
from scorer.forms import Form, Goal, Indicator, Place
from scorer.judge import judge
from scorer.pipeline import read_input
from tests.makers import libre, render
from tests.test_golden import COMMON, GOLDEN, SHORT, forms_of

PLAIN = GOLDEN["canteen"]


def made(fmt: str, family: str = "A", form: Form = PLAIN) -> tuple[bytes, Form]:
    suffix, data = render.made([form], family, fmt)
    (read,) = forms_of(data, suffix)
    return data, read


def with_value(form: Form, value: str, row: int = 0, **more: Any) -> Form:
    rows = list(form.indicators)
    rows[row] = replace(rows[row], value=value, **more)
    return replace(form, indicators=tuple(rows))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def changed_parts(old: bytes, new: bytes) -> set[str]:
    before, after = members(old), members(new)
    assert list(before) == list(after)
    return {name for name in before if before[name] != after[name]}


def test_blank_cells_are_filled_and_their_neighbours_stay() -> None:
    """Empty tags («<c r="H28" s="1"/>»): the last of a row, and one between others."""
    data, form = made("xlsx")
    blanks = [row for row in form.spare if row.level2 == "生态效益指标"]
    added = [
        Indicator(row.level1, row.level2, f"减排量{n}", f"≥{n}吨", row.phase)
        for n, row in enumerate(blanks, start=1)
    ]
    copy = corrected_copy(data, "a.xlsx", [replace(form, indicators=(*form.indicators, *added))])
    assert copy.own, copy.notes
    written = {
        p.cell or "" for row in blanks for role in ("name", "value") for p in row.cells[role]
    }
    assert len(written) == 4
    assert_only_cells(data, copy.data, written)
    for name, part in members(copy.data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)


def test_rows_and_cells_in_every_spelling() -> None:
    """Rows without end tags, rows that are missing, cells that are missing."""
    xml = (
        b'<worksheet><cols><col min="2" max="3" style="7"/></cols><sheetData>'
        b'<row r="1" spans="1:3"/><row r="3"><c r="A3" s="2"/><c r="D3"><v>1</v></c></row>'
        b"</sheetData><pageMargins/></worksheet>"
    )
    cells = SheetCells(xml)
    texts = ("A1", "B1", "B2", "A3", "B3", "C3", "E3", "A4")
    new = cells.replaced({a: cells.element(a, f"<v>{n}</v>") for n, a in enumerate(texts)})
    assert new == (
        b'<worksheet><cols><col min="2" max="3" style="7"/></cols><sheetData>'
        b'<row r="1" spans="1:3"><c r="A1"><v>0</v></c><c r="B1" s="7"><v>1</v></c></row>'
        b'<row r="2"><c r="B2" s="7"><v>2</v></c></row>'
        b'<row r="3"><c r="A3" s="2"><v>3</v></c><c r="B3" s="7"><v>4</v></c>'
        b'<c r="C3" s="7"><v>5</v></c><c r="D3"><v>1</v></c><c r="E3"><v>6</v></c></row>'
        b'<row r="4"><c r="A4"><v>7</v></c></row></sheetData><pageMargins/></worksheet>'
    )
    again = SheetCells(new)
    assert again.replaced({"D3": again.element("D3", "")}).count(b"<c ") == 9


def without(xml: bytes, addresses: set[str]) -> bytes:
    """A sheet's XML without these cells, byte for byte otherwise."""
    cells = SheetCells(xml)
    spans = sorted((c.start, c.end) for a in addresses if (c := cells.find(a)))
    for start, end in reversed(spans):
        xml = xml[:start] + xml[end:]
    return xml


def assert_only_cells(
    old: bytes, new: bytes, addresses: set[str], also: frozenset[str] = frozenset()
) -> None:
    changed = changed_parts(old, new) - also
    assert len(changed) == 1
    (sheet,) = changed
    assert sheet.startswith("xl/worksheets/")
    assert without(members(old)[sheet], addresses) == without(members(new)[sheet], addresses)


# --- XLSX ----------------------------------------------------------------------------


def test_only_the_cells_change() -> None:
    data, form = made("xlsx")
    edited = with_value(form, "≥40台")
    edited = replace(edited, overview="改造3个教学点的食堂 <后厨> & 冷链。")
    copy = corrected_copy(data, "申报表.xlsx", [edited])
    assert copy.own
    assert copy.suffix == ".xlsx"
    value = form.indicators[0].cells["value"][0].cell
    overview = form.places["overview"].cell
    assert value
    assert overview
    assert_only_cells(data, copy.data, {value, overview})
    assert same_content(forms_of(copy.data, ".xlsx")[0], edited)


def test_nothing_to_change_is_the_same_file() -> None:
    for fmt in ("xlsx", "docx"):
        data, form = made(fmt)
        assert corrected_copy(data, f"a.{fmt}", [form]).data == data


def test_numbers_stay_numbers_where_their_format_shows_them() -> None:
    data, form = made("xlsx-typed", form=with_value(PLAIN, "95%", 3))
    row = next(n for n, i in enumerate(form.indicators) if re.fullmatch(r"\d+%", i.value))
    cell = form.indicators[row].cells["value"][0].cell
    edited = replace(with_value(form, "98%", row), annual_yuan=4_321_000)
    copy = corrected_copy(data, "a.xlsx", [edited])
    assert copy.own
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert sheet[cell].value == 0.98
    assert sheet[cell].number_format == "0%"
    assert sheet[form.places["annual_yuan"].cell].value == 4_321_000
    # «≥98.5%» is no number that a percent format could show: it becomes text, in the same look
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≥98.5%", row)])
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert sheet[cell].value == "≥98.5%"
    assert sheet[cell].number_format == "0%"
    assert same_content(forms_of(copy.data, ".xlsx")[0], with_value(form, "≥98.5%", row))


def test_direction_stays_in_the_column_of_signs() -> None:
    assert three_columns("正向", "台", "≥400台") == ("正向", "≥400", "台")


def test_three_columns_change_as_few_cells_as_can_be() -> None:
    data, form = made("xlsx", "C-sichuan", GOLDEN["hotline"])
    row = next(n for n, i in enumerate(form.indicators) if i.value == "≥97%")
    cells = {role: places[0].cell or "" for role, places in form.indicators[row].cells.items()}
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≥99%", row)])
    assert_only_cells(data, copy.data, {cells["value"]})
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≤3起", row)])
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert [sheet[cells[r]].value for r in ("sign", "value", "unit")] == ["≤", "3", "起"]
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "通过市级验收", row)])
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert [sheet[cells[r]].value for r in ("sign", "value", "unit")] == [
        None,
        "通过市级验收",
        None,
    ]


def rich_book() -> tuple[bytes, Form]:
    """A workbook as clerks have them: comment, picture-free drawing, validation, rich text."""
    data, form = made("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    first, second = (form.indicators[n].cells["value"][0].cell for n in (0, 1))
    sheet[first].comment = Comment("请核实台数", "科长")
    bold = InlineFont(b=True, color="FFFF0000")
    sheet[second].value = CellRichText(TextBlock(bold, "≥36"), "路")
    rule = DataValidation("list", formula1='"≥,≤,="')
    sheet.add_data_validation(rule)
    rule.add("J2")
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.center.text = "第 &P 页"
    sheet.freeze_panes = "A3"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), forms_of(stream.getvalue(), ".xlsx")[0]


def test_comments_styles_and_the_look_of_rich_text_stay() -> None:
    data, form = rich_book()
    edited = with_value(with_value(form, "≥15台"), "≥48路", 1)
    copy = corrected_copy(data, "a.xlsx", [edited])
    cells = {form.indicators[n].cells["value"][0].cell or "" for n in (0, 1)}
    assert_only_cells(data, copy.data, cells)
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    first, second = (form.indicators[n].cells["value"][0].cell for n in (0, 1))
    assert sheet[first].comment.text == "请核实台数"
    assert sheet[second].value == "≥48路"
    look = re.search(
        rb'r="%b".*?</c>' % second.encode(), members(copy.data)["xl/worksheets/sheet1.xml"]
    )
    assert look
    assert b'<rPr><b val="1"/><color rgb="FFFF0000"/></rPr>' in look[0]


def test_rich_text_of_the_shared_strings() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表1")
        red = book.add_format({"font_color": "red"})
        for n, row in enumerate(SMALL):
            sheet.write_row(n, 0, row)
        sheet.write_rich_string(2, 3, red, "若干", "，按需要")
    data = stream.getvalue()
    (form,) = forms_of(data, ".xlsx")
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≥3万立方米")])
    assert_only_cells(data, copy.data, {"D3"})
    xml = members(copy.data)["xl/worksheets/sheet1.xml"]
    assert re.search(rb'<is><r><rPr>.{0,90}<color rgb="FFFF0000"/>', xml)
    assert "≥3万立方米</t></r></is>".encode() in xml


@pytest.mark.skipif(libre.PROGRAM is None, reason="LibreOffice is not installed")
def test_workbook_saved_by_libreoffice() -> None:
    made_by_us, _ = made("xlsx-typed")
    data = libre.converted({"made.xlsx": made_by_us}, "xlsx")["made.xlsx"]
    (form,) = forms_of(data, ".xlsx")
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≥40台")])
    assert copy.own
    cell = form.indicators[0].cells["value"][0].cell or ""
    also = frozenset(changed_parts(data, copy.data) & {"xl/workbook.xml"})
    assert_only_cells(data, copy.data, {cell}, also)


def hand_made(rows: str, extra: dict[str, str] | None = None) -> bytes:
    """A workbook written by hand, as small exporters write them (see the tests below)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    more = "".join(
        f'<Relationship Id="r{n}" Type="{rel}/calcChain" Target="calcChain.xml"/>'
        for n, name in enumerate(extra or {}, start=2)
        if name.endswith("calcChain.xml")
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/>'
        f'<Override PartName="/xl/calcChain.xml" ContentType="{sheet_type}.calcChain+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}" xmlns:r="{rel}"><x:sheets>'
        '<x:sheet name="表1" sheetId="1" r:id="r1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>{more}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{main}">{rows}</x:worksheet>',
        **(extra or {}),
    }
    return render.zipped({name: text.encode() for name, text in parts.items()})


def inline(text: str, address: str = "") -> str:
    at = f' r="{address}"' if address else ""
    return f'<x:c{at} t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c>'


SMALL = (
    ("项目名称", "水库清淤"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "清淤量", "若干"),
    ("产出指标", "质量指标", "验收合格率"),
    ("效益指标", "社会效益指标", "受益人数", "1万人"),
)


def test_no_addresses_prefixed_names_and_missing_cells() -> None:
    """Cells without ``r``, elements with a prefix, and a blank cell that the file leaves out."""
    rows = "".join(f"<x:row>{''.join(map(inline, row))}</x:row>" for row in SMALL)
    data = hand_made(f"<x:sheetData>{rows}</x:sheetData>")
    (form,) = forms_of(data, ".xlsx")
    edited = with_value(with_value(form, "≥3万立方米"), "100%", 1)
    copy = corrected_copy(data, "a.xlsx", [edited])
    assert copy.own, copy.notes
    assert changed_parts(data, copy.data) == {"xl/worksheets/sheet1.xml"}
    assert same_content(forms_of(copy.data, ".xlsx")[0], edited)


FORMULA_ROWS = (
    '<x:row r="1">' + inline("项目名称", "A1") + inline("水库清淤", "B1") + "</x:row>"
    '<x:row r="2">' + inline("年度资金总额（元）", "A2")
    + '<x:c r="B2"><x:f>{formula}</x:f><x:v>5000</x:v></x:c></x:row>'
    '<x:row r="3">' + inline("中央财政资金", "A3") + '<x:c r="B3"><x:v>5000</x:v></x:c></x:row>'
    + "".join(
        f'<x:row r="{n}">' + "".join(inline(t, f"{c}{n}") for c, t in zip("ABCD", row, strict=False))
        + "</x:row>"
        for n, row in enumerate(SMALL[1:], start=4)
    )
)  # fmt: skip
CHAIN = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B2" i="1"/></calcChain>'


def test_a_formula_that_is_overwritten_leaves_the_calculation_chain() -> None:
    rows = FORMULA_ROWS.replace("{formula}", "SUM(B3)")
    data = hand_made(f"<x:sheetData>{rows}</x:sheetData>", {"xl/calcChain.xml": CHAIN})
    (form,) = forms_of(data, ".xlsx")
    assert form.annual_yuan == 5000
    copy = corrected_copy(data, "a.xlsx", [replace(form, annual_yuan=6000)])
    assert copy.own, copy.notes
    parts = members(copy.data)
    assert "xl/calcChain.xml" not in parts
    assert not any(b"calcChain" in part for part in parts.values())
    assert b"<x:f>" not in parts["xl/worksheets/sheet1.xml"]


def test_other_formulas_are_calculated_anew() -> None:
    """A sum that rests on a changed cell must not keep its old result in Excel."""
    rows = FORMULA_ROWS.replace("{formula}", "SUM(B3)")
    data = hand_made(f"<x:sheetData>{rows}</x:sheetData>")
    (form,) = forms_of(data, ".xlsx")
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≥3万立方米")])
    assert copy.own
    assert changed_parts(data, copy.data) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    workbook = members(copy.data)["xl/workbook.xml"]
    assert b'</x:sheets><x:calcPr fullCalcOnLoad="1"/>' in workbook


def test_a_formula_that_other_cells_share_is_left_alone() -> None:
    rows = FORMULA_ROWS.replace("<x:f>{formula}", '<x:f t="shared" ref="B2:C2" si="0">SUM(B3)')
    data = hand_made(f"<x:sheetData>{rows}</x:sheetData>")
    (form,) = forms_of(data, ".xlsx")
    copy = corrected_copy(data, "a.xlsx", [replace(form, annual_yuan=6000)])
    assert not copy.own
    assert "B2" in copy.notes[0]
    assert forms_of(copy.data, ".xlsx")[0].annual_yuan == 6000


def test_one_value_under_a_head_over_three_columns() -> None:
    """«≥ | 98 | %» under one merged 指标值: each part goes where its kind stood."""
    head = [inline(t, f"{c}2") for c, t in zip("ABCD", SMALL[1], strict=True)]
    row = [
        inline(t, f"{c}3")
        for c, t in zip("ABCDEF", ("产出指标", "质量指标", "亮灯率", "≥", "98", "%"), strict=True)
    ]
    first = inline("项目名称", "A1") + inline("夜间照明", "B1")
    data = hand_made(
        f'<x:sheetData><x:row r="1">{first}</x:row><x:row r="2">{"".join(head)}</x:row>'
        f'<x:row r="3">{"".join(row)}</x:row></x:sheetData>'
        '<x:mergeCells count="1"><x:mergeCell ref="D2:F2"/></x:mergeCells>'
    )
    (form,) = forms_of(data, ".xlsx")
    assert form.indicators[0].value == "≥98%"
    copy = corrected_copy(data, "a.xlsx", [with_value(form, "≤2.5‰")])
    assert copy.own, copy.notes
    sheet = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    assert [sheet[a].value for a in ("D3", "E3", "F3")] == ["≤", "2.5", "‰"]


# --- rows ------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", ["xlsx", "docx"])
def test_added_moved_and_removed_rows_use_the_rows_that_are_there(fmt: str) -> None:
    data, form = made(fmt)
    blank = next(row for row in form.spare if row.phase == "annual")
    rows = [row for row in form.indicators if row.name != form.indicators[2].name]
    moved = next(
        n for n, row in enumerate(rows) if row.phase == "annual" and row.level2 == "质量指标"
    )
    rows[moved] = replace(rows[moved], level1=blank.level1, level2=blank.level2)
    edited = replace(form, indicators=tuple(rows))
    copy = corrected_copy(data, f"a.{fmt}", [edited])
    assert copy.own, copy.notes
    assert "已清空" in copy.notes[0]
    assert same_content(forms_of(copy.data, f".{fmt}")[0], edited)
    added = Indicator(blank.level1, blank.level2, "节约电费", "≥3万元/年", "annual")
    copy = corrected_copy(data, f"a.{fmt}", [replace(form, indicators=(*form.indicators, added))])
    assert copy.own
    assert added.name in {row.name for row in forms_of(copy.data, f".{fmt}")[0].indicators}


def test_no_blank_row_gives_a_fresh_workbook_and_says_why() -> None:
    data, form = made("xlsx", "G", GOLDEN["hotline"])
    added = Indicator("满意度指标", "服务对象满意度指标", "来电人满意度", "≥90%", "annual")
    edited = replace(form, indicators=(*form.indicators, added))
    copy = corrected_copy(data, "a.xlsx", [edited])
    assert not copy.own
    assert "没有空行" in copy.notes[0]
    assert "来电人满意度" in copy.notes[0]
    assert same_content(forms_of(copy.data, ".xlsx")[0], edited)


def test_a_place_that_is_gone_is_named() -> None:
    data, form = made("xlsx")
    row = replace(form.indicators[0], place=Place(sheet="Sheet1", cell="Z99"))
    with pytest.raises(CopyError, match="Z99"):
        corrected_copy(data, "a.xlsx", [replace(form, indicators=(row,))])
    with pytest.raises(CopyError, match=r"1 张表.*2 张"):
        corrected_copy(data, "a.xlsx", [form, form])
    with pytest.raises(CopyError, match="解压"):
        corrected_copy(render.zipped({"a.xlsx": data}), "a.zip", [form])


# --- Word ------------------------------------------------------------------------------


def word_outline(data: bytes, skip: set[tuple[int, int]]) -> bytes:
    """document.xml in canonical form without the paragraphs of these cells (row, cell)."""
    root = etree.fromstring(members(data)["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for r, row in enumerate(root.iter(f"{w}tr")):
        for c, cell in enumerate(row.findall(f"{w}tc")):
            for paragraph in cell.findall(f"{w}p") if (r, c) in skip else []:
                cell.remove(paragraph)
    out = io.BytesIO()
    root.getroottree().write_c14n(out)
    return out.getvalue()


def test_word_cells_change_alone_and_keep_their_first_run() -> None:
    data, _ = made("docx")
    book = docx.Document(io.BytesIO(data))
    table = book.tables[0]
    at = {cell.text: cell for row in table.rows for cell in row.cells}
    cell = at["=13台"]
    cell.paragraphs[0].runs[0].font.bold = True
    cell.paragraphs[0].add_run("（其中留样柜3台）")
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    (form,) = forms_of(data, ".docx")
    rows = [n for n, i in enumerate(form.indicators) if i.value.startswith("=13台（")]
    edited = with_value(form, "=15台", rows[0])
    copy = corrected_copy(data, "a.docx", [edited])
    assert copy.own, copy.notes
    assert changed_parts(data, copy.data) == {"word/document.xml"}
    place = form.indicators[rows[0]].cells["value"][0]
    assert place.row
    positions = {(place.row - 1, c) for c in range(8)}
    assert word_outline(data, positions) == word_outline(copy.data, positions)
    runs = [r for row in docx.Document(io.BytesIO(copy.data)).tables[0].rows for c in row.cells
            for p in c.paragraphs for r in p.runs if r.text == "=15台"]  # fmt: skip
    assert runs
    assert all(run.font.bold for run in runs)


@pytest.mark.parametrize("wrapped", ["sdt", "ins", "hyperlink", "nested"])
def test_word_text_in_controls_insertions_links_and_nested_tables(wrapped: str) -> None:
    data, form = made("docx-nested" if wrapped == "nested" else "docx", "A88", GOLDEN["levee"])
    if wrapped != "nested":
        data = wrap_run(data, "=3座", wrapped)
        (form,) = forms_of(data, ".docx")
    row = next(n for n, i in enumerate(form.indicators) if i.value == "=3座")
    edited = with_value(form, "=4座", row)
    copy = corrected_copy(data, "a.docx", [edited])
    assert copy.own, copy.notes
    assert changed_parts(data, copy.data) == {"word/document.xml"}
    xml = members(copy.data)["word/document.xml"]
    assert b"showingPlcHdr" not in xml
    if wrapped != "nested":
        assert re.search(rf"<w:{wrapped}\b(?:(?!</w:{wrapped}>).)*=4座".encode(), xml, re.S)
    docx.Document(io.BytesIO(copy.data))  # still a document that Word's own library opens


def wrap_run(data: bytes, text: str, tag: str) -> bytes:
    """The first run with this text inside a content control, a tracked insertion or a link."""
    book = docx.Document(io.BytesIO(data))
    run = next(
        r
        for row in book.tables[0].rows
        for c in row.cells
        for p in c.paragraphs
        for r in p.runs
        if r.text == text
    )._element
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    outer = etree.Element(f"{w}{tag}")
    run.addprevious(outer)
    inner = outer
    if tag == "sdt":
        etree.SubElement(etree.SubElement(outer, f"{w}sdtPr"), f"{w}showingPlcHdr")
        inner = etree.SubElement(outer, f"{w}sdtContent")
    inner.append(run)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_file_with_macros_keeps_its_kind() -> None:
    data, form = made("xlsx")
    types = members(data)["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"ms-excel.sheet.macroEnabled.main",
    )
    data = with_parts(data, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"macro"})
    copy = corrected_copy(data, "a.xlsm", [with_value(form, "≥40台")])
    assert (copy.own, copy.suffix) == (True, ".xlsm")
    assert members(copy.data)["xl/vbaProject.bin"] == b"macro"


def test_word_goal_of_several_paragraphs() -> None:
    data, form = made("docx", "A88", GOLDEN["levee"])
    edited = replace(form, goal=replace(form.goal, annual="2025年底前完成加固5公里。"))
    copy = corrected_copy(data, "a.docx", [edited])
    assert copy.own, copy.notes
    assert same_content(forms_of(copy.data, ".docx")[0], edited)


# --- other kinds, and the fresh workbook ---------------------------------------------


@pytest.mark.parametrize("fmt", [f for f in COMMON if f not in ("xlsx", "docx")])
def test_other_kinds_become_an_official_workbook(fmt: str) -> None:
    suffix, data = render.made([PLAIN], "A", fmt)
    forms = forms_of(data, suffix)
    edited = [with_value(forms[0], "≥40台")]
    copy = corrected_copy(data, f"a{suffix}", edited)
    assert (copy.own, copy.suffix) == (False, ".xlsx")
    assert same_content(forms_of(copy.data, ".xlsx")[0], edited[0])


@pytest.mark.parametrize("fmt", ["xlsx", "xlsx-typed", "docx", "pdf", "text-tab"])
def test_scoring_the_copy_again_gives_the_same_score(fmt: str) -> None:
    """The clerk mends by the proposals: the page's score and the download's are one."""
    suffix, data = render.made([GOLDEN["publicity"]], "A", fmt)
    (submission,) = read_input(f"a{suffix}", data)
    first = judge(submission).forms[0]
    rows = list(first.form.indicators)
    for finding in first.findings:
        if finding.indicator is not None and finding.field == "value" and finding.proposals:
            value = finding.proposals[0].replace("___", "95")
            rows[finding.indicator] = replace(rows[finding.indicator], value=value)
    goal = Goal("2025年底前印发宣传品5000份。", "2025年底前印发宣传品5000份。")
    edited = replace(first.form, indicators=tuple(rows), goal=goal)
    on_page = judge(replace(submission, forms=(edited,))).forms[0].review
    copy = corrected_copy(data, f"a{suffix}", [edited])
    (again,) = read_input(f"b{copy.suffix}", copy.data)
    downloaded = judge(again).forms[0].review
    assert downloaded.total == on_page.total
    assert [i.score for i in downloaded.items] == [i.score for i in on_page.items]
    assert on_page.total > first.review.total + 10


@pytest.mark.parametrize("family", SHORT)
def test_official_workbook_reads_back_as_the_form(family: str) -> None:
    suffix, data = render.made([GOLDEN["canteen"], GOLDEN["maths"]], family, "xlsx")
    forms = forms_of(data, suffix)
    again = forms_of(official_workbook(forms), ".xlsx")
    assert len(again) == len(forms)
    assert all(map(same_content, again, forms))
    for one, other in zip(forms, again, strict=True):
        assert unanswered(one) == unanswered(other)


def unanswered(form: Form) -> set[str]:
    """Text fields that the form asks for and that are blank."""
    return {name for name in form.asked & set(TEXTS) if form.text(name) is None}


WORDS = st.text(
    st.sampled_from("完成率件台0159≥≤=%<>&\"'（）：、，。 \n\t_x000D_AΩ√□"), max_size=14
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([("xlsx", "A"), ("docx", "A"), ("xlsx-typed", "C-sichuan"), ("docx-nested", "B")]),
       st.lists(st.tuples(st.integers(0, 30), WORDS, WORDS), max_size=3), WORDS)  # fmt: skip
def test_any_edit_gives_a_sound_file(
    kind: tuple[str, str], edits: list[tuple[int, str, str]], goal: str
) -> None:
    """Whatever a clerk types: no crash, sound XML, and the clerk's own file only if it says
    exactly what was wanted."""
    data, form = made(*kind, form=GOLDEN["maths"])
    rows = list(form.indicators)
    for n, name, value in edits:
        at = n % len(rows)
        rows[at] = replace(rows[at], name=name.strip(), value=value.strip())
    edited = replace(
        form, indicators=tuple(rows), goal=replace(form.goal, annual=goal.strip() or None)
    )
    suffix = ".docx" if kind[0].startswith("docx") else ".xlsx"
    copy = corrected_copy(data, f"a{suffix}", [edited])
    for name, part in members(copy.data).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
    assert copy.own or copy.notes
    if copy.own:
        assert same_content(forms_of(copy.data, suffix)[0], edited)


# --- values over three cells -----------------------------------------------------------

TARGETS: Callable[..., Any] = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "≥", "≤", "=", ">"]),
        st.decimals(0, 99999, places=2).map(lambda d: f"{d.normalize():f}"),
        st.sampled_from(["", "%", "台", "元/人·月", "万元", "个工作日"]),
    ),
    st.sampled_from(["通过市级验收", "优", "2025年12月底前", "每月10日前", "", "90%-95%", "100-200人"]),
)  # fmt: skip


@given(
    st.sampled_from([None, "", "≥", "≤", "=", "定性"]),
    st.sampled_from([None, "", "%", "台", "无"]),
    TARGETS,
)
def test_three_cells_read_back_as_the_value(
    sign: str | None, unit: str | None, wanted: str
) -> None:
    parts = three_columns(sign, unit, wanted)
    assert joined(*parts) == wanted
    assert sign is not None or not parts[0]
    assert unit is not None or not parts[2]


def test_parts_of_values() -> None:
    assert parts_of("≥95%") == ("≥", "95", "%")
    assert parts_of("1,200元/人") == ("", "1,200", "元/人")
    assert parts_of("2025年12月底前") == ("", "2025年12月底前", "")
    assert parts_of("优") == ("", "优", "")
