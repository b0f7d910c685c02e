"""PDF: geometry of ruling lines, awkward pages, tables over pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Document, Grid, Line
from scorer.readers import ocr, pdf_fonts
from scorer.readers.ruling import Box, Edge, tables, tidy
from tests.readers_kit import FONT, ROWS, codes, grids, lines, one, pdf, pdf_table, png, view

TITLE = "绩效目标申报表"


def drawn(draw: Callable[[Any], None], **options: Any) -> Document:
    return one(pdf(draw, **options), "文件.pdf")


def form(page: Any, **options: Any) -> float:
    page.setFont(FONT, 16)
    page.drawString(200, 780, TITLE)
    page.setFont(FONT, 10)
    return pdf_table(page, **options)


# --- geometry -----------------------------------------------------------------------


def test_edges_snap_and_join() -> None:
    pieces = [
        Edge(10, 0, 20),
        Edge(10.4, 22, 50),
        Edge(11, 50, 60),
        Edge(40, 0, 60),
        Edge(40, 61, 62),
    ]
    assert [(round(e.at), e.low, e.high) for e in tidy(pieces)] == [(10, 0, 60), (40, 0, 62)]


def test_a_lone_frame_is_no_table() -> None:
    assert tables([Edge(0, 0, 100), Edge(50, 0, 100)], [Edge(0, 0, 50), Edge(100, 0, 50)]) == []


def test_missing_inner_lines_make_spans() -> None:
    across = [Edge(0, 0, 90), Edge(20, 30, 90), Edge(40, 0, 90)]
    down = [Edge(0, 0, 40), Edge(30, 0, 40), Edge(60, 20, 40), Edge(90, 0, 40)]
    (table,) = tables(across, down)
    assert table.boxes == (Box(0, 0, 2, 1), Box(0, 1, 1, 2), Box(1, 1, 1, 1), Box(1, 2, 1, 1))


def test_open_outer_borders_are_where_the_other_lines_end() -> None:
    across = [Edge(y, 0, 200) for y in (0, 20, 40)]
    (table,) = tables(across, [Edge(80, 0, 40)])
    assert (table.xs, table.ys) == ((0, 80, 200), (0, 20, 40))


@settings(max_examples=60)
@given(st.data())
def test_any_partition_of_slots_comes_back(data: st.DataObject) -> None:
    """Cut a rectangle into rectangles at random, draw their sides, find them again."""
    n_rows, n_columns = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    boxes = []
    for r in range(n_rows):
        for c in range(n_columns):
            if (r, c) in taken:
                continue
            width = 1
            while (
                c + width < n_columns and (r, c + width) not in taken and data.draw(st.booleans())
            ):
                width += 1
            height = data.draw(st.integers(1, n_rows - r))
            taken |= {(i, j) for i in range(r, r + height) for j in range(c, c + width)}
            boxes.append((r, c, height, width))
    across = [e for r, c, h, w in boxes for e in (Edge(r * 20, c * 30, (c + w) * 30),
                                                  Edge((r + h) * 20, c * 30, (c + w) * 30))]  # fmt: skip
    down = [e for r, c, h, w in boxes for e in (Edge(c * 30, r * 20, (r + h) * 20),
                                                Edge((c + w) * 30, r * 20, (r + h) * 20))]  # fmt: skip
    rows = sorted({e.at for e in across})
    columns = sorted({e.at for e in down})
    expected = sorted(
        (rows.index(r * 20), columns.index(c * 30),
         rows.index((r + h) * 20) - rows.index(r * 20),
         columns.index((c + w) * 30) - columns.index(c * 30))
        for r, c, h, w in boxes
    )  # fmt: skip
    found = tables(across, down)
    assert [tuple(b) for t in found for b in t.boxes] == (expected if len(boxes) > 1 else [])


# --- pages --------------------------------------------------------------------------


def test_table_title_and_places() -> None:
    document = drawn(form)
    assert lines(document) == [TITLE]
    (grid,) = grids(document)
    assert view(grid) == ROWS
    place = grid.cells[-1].place
    assert (place.page, place.table, place.row, place.column) == (1, 1, 6, 4)


def turned_page(page: Any) -> None:
    page.setPageRotation(90)
    form(page)


def turned_content(page: Any) -> None:
    page.translate(0, 842)
    page.rotate(-90)
    page.translate(0, -240)
    form(page)


def turned_back(page: Any) -> None:
    page.translate(595, 0)
    page.rotate(90)
    page.translate(0, -240)
    form(page)


def slanted_mark(page: Any) -> None:
    page.saveState()
    page.translate(300, 600)
    page.rotate(45)
    page.setFillGray(0.8)
    page.setFont(FONT, 50)
    page.drawCentredString(0, 0, "内部资料")
    page.restoreState()
    form(page)


def tiled_mark(page: Any) -> None:
    page.saveState()
    page.setFillGray(0.85)
    for i in range(4):
        for j in range(4):
            page.drawString(62 + i * 120, 750 - j * 37, "某某县财政局")
    page.restoreState()
    page.setFillGray(0)
    form(page)


def doubled(page: Any) -> None:
    form(page)
    page.translate(0.3, 0)
    form(page)


def shaded(page: Any) -> None:
    page.saveState()
    page.setFillGray(0.9)
    page.rect(61, 761 - 24, 438, 22, stroke=0, fill=1)
    page.restoreState()
    form(page)


def framed(page: Any) -> None:
    page.rect(15, 15, 565, 812)
    form(page)


def numbered(page: Any) -> None:
    form(page)
    page.drawCentredString(297, 30, "- 12 -")


def dashed(page: Any) -> None:
    page.setDash(3, 2)
    form(page)


def drawn_twice_outlined(page: Any) -> None:
    """Double borders, 1.5 points apart."""
    page.rect(58.5, 760 - 6 * 24 - 1.5, 443, 147)
    form(page)


@pytest.mark.parametrize(
    "draw",
    [
        turned_page,
        turned_content,
        turned_back,
        slanted_mark,
        tiled_mark,
        doubled,
        shaded,
        framed,
        numbered,
        dashed,
        drawn_twice_outlined,
    ],
)
def test_awkward_pages_read_like_the_plain_one(draw: Callable[[Any], None]) -> None:
    document = drawn(draw)
    assert lines(document) == [TITLE]
    assert [view(g) for g in grids(document)] == [ROWS]
    assert document.problems == ()


def test_characters_printed_twice_one_by_one() -> None:
    def draw(page: Any) -> None:
        for i, char in enumerate("满意度达到九成"):
            for shift in (0, 0.4):
                page.drawString(100 + i * 10 + shift, 700, char)

    assert lines(drawn(draw)) == ["满意度达到九成"]


def test_repeated_characters_are_kept() -> None:
    assert lines(drawn(lambda p: p.drawString(60, 700, "人人参与，1,000,000元"))) == [
        "人人参与，1,000,000元"
    ]


def test_text_wider_than_its_cell_stays_whole() -> None:
    def draw(page: Any) -> None:
        page.grid([60, 110, 200], [720, 700, 680])
        page.drawString(62, 706, "市县财政资金")  # 60 points in a cell of 50
        page.drawString(130, 706, "620,000")

    (grid,) = grids(drawn(draw))
    assert [c.text for c in grid.cells][:2] == ["市县财政资金", "620,000"]


def test_text_that_a_page_break_hides_belongs_to_the_cell_it_would_be_seen_in() -> None:
    """The second half of a merged cell, as spreadsheets print it: all of its text once more,
    clipped to what is left of the cell."""

    def draw(page: Any) -> None:
        page.grid([60, 160, 260], [760, 740, 700])
        page.drawString(64, 746, "项目名称")
        page.drawString(164, 746, "三级指标")
        window = page.beginPath()
        window.rect(60, 700, 100, 40)
        page.saveState()
        page.clipPath(window, stroke=0)
        page.drawString(64, 752, "城区绿地")
        page.drawString(64, 732, "养护")
        page.restoreState()

    (grid,) = grids(drawn(draw))
    assert [c.text for c in grid.cells] == ["项目名称", "三级指标", "城区绿地\n养护", ""]


def test_a_table_without_lines_inside_a_cell() -> None:
    """A nested Word table whose style has no borders, printed to PDF."""
    inner = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "复壮古树", "58株"],
        ["产出指标", "质量指标", "成活率", "≥96%"],
        ["效益指标", "生态效益指标", "好转比例", "≥70%"],
    ]

    def draw(page: Any) -> None:
        page.grid([60, 130, 500], [760, 740, 640, 620])
        page.drawString(64, 746, "项目名称")
        page.drawString(134, 746, "古树复壮")
        page.drawString(64, 690, "绩效指标")
        page.drawString(64, 626, "备注")
        for r, row in enumerate(inner):
            for c, text in enumerate(row):
                page.drawString(134 + 90 * c, 720 - 22 * r, text)

    outer, nested = grids(drawn(draw))
    assert [c.text for c in outer.cells] == ["项目名称", "古树复壮", "绩效指标", "", "备注", ""]
    assert [c.text for c in nested.cells] == [text for row in inner for text in row]


@pytest.mark.parametrize(
    ("heads", "first"),
    [
        (["一级指标", "二级指标", "三级指标", "指标值"], True),
        (["填报单位", "林业局", "金额单位：", "万元"], False),
        (["一级指标", "二级指标", "三级指标"], False),
    ],
)
def test_a_head_row_without_lines_above_the_table(heads: list[str], first: bool) -> None:
    row = ["产出指标", "数量指标", "复壮古树", "58株"]

    def draw(page: Any) -> None:
        page.grid([60, 170, 280, 390, 500], [700, 675, 650])
        for c, text in enumerate(heads):
            page.drawString(64 + 110 * c, 706, text)
        for c, text in enumerate(row):
            page.drawString(64 + 110 * c, 683, text)
            page.drawString(64 + 110 * c, 658, text)

    found = drawn(draw)
    (grid,) = grids(found)
    assert [c.text for c in grid.cells] == (heads if first else []) + row * 2
    assert bool(lines(found)) != first


def test_prose_in_a_cell_is_no_table() -> None:
    lines_of_cell = [
        "一、完成  古树复壮58株，落实一树一档。",
        "二、聘请  专家会诊12次。",
        "三、设置  围栏和说明牌58处，其中一级古树9处。",
        "四、开展  宣传4场。",
    ]

    def draw(page: Any) -> None:
        page.grid([60, 130, 500], [760, 740, 640])
        page.drawString(64, 746, "项目名称")
        page.drawString(64, 690, "年度目标")
        for n, text in enumerate(lines_of_cell):
            page.drawString(134, 720 - 20 * n, text)

    (grid,) = grids(drawn(draw))
    assert "".join(grid.cells[3].text.split()) == "".join("".join(lines_of_cell).split())


def test_vertical_label_and_wrapped_text() -> None:
    def draw(page: Any) -> None:
        page.grid([60, 80, 200], [720, 650])
        for i, char in enumerate("绩效指标"):
            page.drawString(65, 706 - 14 * i, char)
        page.drawString(84, 700, "第一行字")
        page.drawString(84, 686, "第二行")

    (grid,) = grids(drawn(draw))
    assert [c.text for c in grid.cells] == ["绩\n效\n指\n标", "第一行字\n第二行"]


def test_two_forms_on_one_page_in_order() -> None:
    def draw(page: Any) -> None:
        form(page)
        page.drawString(60, 500, "第二个项目")
        pdf_table(page, top=480)

    document = drawn(draw)
    kinds = [type(b) for b in document.pages[0].blocks]
    assert kinds == [Line, Grid, Line, Grid]
    assert [view(g) for g in grids(document)] == [ROWS, ROWS]


def test_columns_without_any_lines() -> None:
    rows = [
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "养护里程", "≥58.6公里"),
        ("", "质量指标", "合格率", "=100%"),
        ("效益指标", "社会效益", "满意人数", "≥95人"),
    ]

    def draw(page: Any) -> None:
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                page.drawString(60 + c * 100, 700 - r * 20, text)
        page.drawString(60, 560, "这是一段普通的话，后面没有表。")

    document = drawn(draw)
    (grid,) = grids(document)
    assert [c.text for c in grid.cells] == [text for row in rows for text in row]
    assert lines(document) == ["这是一段普通的话，后面没有表。"]


def test_wide_gaps_are_tabs_and_spread_characters_are_not() -> None:
    def draw(page: Any) -> None:
        page.drawString(60, 700, "负责人：")
        page.drawString(200, 700, "填报日期：2024")
        for i, char in enumerate("预算公开"):
            page.drawString(60 + i * 15, 650, char)

    assert lines(drawn(draw)) == ["负责人：\t填报日期：2024", "预算公开"]


# --- over pages -----------------------------------------------------------------------


def rows_of(first: int, last: int) -> list[tuple[int, int, int, int, str]]:
    return [(r, c, 1, 1, f"{first + r}-{c}") for r in range(last - first) for c in range(4)]


def test_a_table_that_flows_over_the_page_continues() -> None:
    def draw(page: Any) -> None:
        pdf_table(page, rows_of(0, 29), top=780)
        page.drawCentredString(297, 30, "1")
        page.showPage()
        page.setFont(FONT, 10)
        pdf_table(page, rows_of(29, 35), top=790)
        page.drawCentredString(297, 30, "2")

    assert [g.continues for g in grids(drawn(draw))] == [False, True]


@pytest.mark.parametrize("why", ["title", "other columns", "room left", "text after"])
def test_a_new_table_does_not_continue(why: str) -> None:
    def draw(page: Any) -> None:
        pdf_table(page, rows_of(0, 20 if why == "room left" else 28), top=780)
        if why == "text after":
            page.drawString(60, 80, "以上为第一部分")
        page.showPage()
        page.setFont(FONT, 10)
        if why == "title":
            page.drawString(250, 770, TITLE)
        pdf_table(page, rows_of(0, 6), top=740, width=100 if why == "other columns" else 110)

    assert [g.continues for g in grids(drawn(draw))] == [False, False]


# --- what cannot be read ----------------------------------------------------------------


def scan(page: Any) -> None:
    from reportlab.lib.utils import ImageReader

    page.drawImage(ImageReader(io.BytesIO(png(200, 280))), 0, 0, 595, 842)


def test_a_scan_without_the_extra_names_page_and_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)

    def draw(page: Any) -> None:
        form(page)
        page.showPage()
        scan(page)

    document = drawn(draw)
    (problem,) = document.problems
    assert (problem.code, problem.place.page) == ("no_text", 2)
    assert "pip install 'jixiao[ocr]'" in problem.remedy
    assert len(grids(document)) == 1


def test_garbled_text_layer_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    rare = "".join(chr(0x3400 + 7 * i) for i in range(40))
    document = drawn(lambda page: page.drawString(60, 700, rare))
    assert codes(document) == ["garbled"]
    assert document.problems[0].place.page == 1


def test_password() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = one(pdf(form, encrypt=StandardEncryption("geheim")))
    assert codes(locked) == ["encrypted"]
    assert "密码" in locked.problems[0].message
    only_owner = one(pdf(form, encrypt=StandardEncryption("", ownerPassword="x")))
    assert view(grids(only_owner)[0]) == ROWS


class NoFonts:
    """A machine without fonts, as a small container is."""

    def MapFont(self, *_: Any) -> None:  # noqa: N802
        pass

    def EnumFonts(self, *_: Any) -> None:  # noqa: N802
        pass


def test_signs_set_one_by_one_are_read_where_the_machine_has_no_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pdfium by itself drops them: no font tells it how high they are."""

    def draw(page: Any) -> None:
        page.setFont(FONT, 12)
        for n, sign in enumerate("绩效指标≥95%"):
            page.drawString(100 + 12 * n, 700, sign)

    machine = SimpleNamespace(contents=NoFonts())
    monkeypatch.setattr(pdf_fonts._fonts(), "_machine", machine)
    found = drawn(draw)
    assert "".join("".join(lines(found)).split()) == "绩效指标≥95%"


def test_reading_leaves_the_fonts_of_others_alone() -> None:
    """What is drawn after reading looks as it did before."""
    data = pdf(form)

    def picture() -> bytes:
        with pypdfium2.PdfDocument(data) as document:
            return bytes(document[0].render(scale=1, grayscale=True).buffer)

    before = picture()
    with pdf_fonts.stand_in():
        assert picture() != before
    one(data, "文件.pdf")
    assert picture() == before


def test_pages_are_closed_and_counted() -> None:
    def draw(page: Any) -> None:
        for _ in range(30):
            page.setFont(FONT, 10)
            form(page)
            page.showPage()

    document = drawn(draw)
    assert [p.number for p in document.pages] == list(range(1, 31))
    assert len(grids(document)) == 30


# --- agreement with another reader ---------------------------------------------------------


def test_cells_agree_with_pdfplumber() -> None:
    import pdfplumber

    data = pdf(form)
    with pdfplumber.open(io.BytesIO(data)) as document:
        (rows,) = document.pages[0].extract_tables()
    ours = {(c.row, c.column): c.text for c in grids(one(data))[0].cells}
    theirs = {(r, c): t for r, row in enumerate(rows) for c, t in enumerate(row) if t is not None}
    assert ours == theirs


@pytest.mark.parametrize(("leading", "row"), [(10, 10), (11, 12), (10, 14)])
def test_a_wrapped_head_in_a_row_too_low_for_it(leading: int, row: int) -> None:
    """A spreadsheet centres it all the same: its lines stand across the rulings."""
    heads = [["一级指标"], ["三级指标"], ["绩效指标", "性质"], ["本年绩效", "指标值"]]
    body = ["产出指标", "抚育面积", "≥", "1200"]

    def draw(page: Any) -> None:
        ys = [700, 700 - row, 680 - row, 660 - row]
        page.grid([60, 170, 280, 390, 500], ys)
        page.setFont(FONT, 9)
        for c, texts in enumerate(heads):
            middle = 700 - row / 2 - 3
            for k, text in enumerate(texts):
                page.drawString(64 + 110 * c, middle + leading * ((len(texts) - 1) / 2 - k), text)
        for r in (1, 2):
            for c, text in enumerate(body):
                page.drawString(64 + 110 * c, (ys[r] + ys[r + 1]) / 2 - 3, text)

    (grid,) = grids(drawn(draw))
    assert [c.text for c in grid.cells] == ["\n".join(texts) for texts in heads] + body * 2
