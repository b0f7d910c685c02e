"""PDF tables without ruling lines: rows, columns and merged cells from the white space."""

from __future__ import annotations

from typing import Any

import pytest

from scorer.forms import Grid
from scorer.readers import rivers
from scorer.readers.blocks import Piece, blocks_of, pieces_of, unglued
from scorer.readers.rivers import Found
from scorer.readers.words import Run, Word, rows, text_of
from tests.makers import corpus, expect, pdf, render
from tests.makers.contents import load
from tests.readers_kit import FONT, grids, lines, one
from tests.readers_kit import pdf as pdf_of

GOLDEN = load("golden")
EM = 10.0  # size of the type
PITCH = 12.0  # of the lines in one cell
PAD = 4.0  # above and below the text of a row


def word(text: str, x: float, y: float) -> Word:
    return Word(text, x, y, x + EM * len(text), y + EM)


def cell(x: float, middle: float, text: str) -> list[Word]:
    """The words of a cell whose lines («/») stand around a height."""
    parts = text.split("/")
    top = middle - (PITCH * (len(parts) - 1) + EM) / 2
    return [word(part, x, top + PITCH * n) for n, part in enumerate(parts)]


def found(words: list[Word], before: tuple[float, ...] = ()) -> Found:
    table = rivers.find([pieces_of(row) for row in rows(words)], before)
    assert table is not None
    return table


def view(words: list[Word], before: tuple[float, ...] = ()) -> set[tuple[int, int, int, int, str]]:
    (table,) = found(words, before).tables
    return {
        (*box, text_of(table.words[box]).replace("\n", "/"))
        for box in table.ruled.boxes
        if box in table.words
    }


ONE_LINE = [10.0, 28.0, 46.0, 64.0, 82.0]  # middles of rows 18 high


def table_of(columns: dict[float, list[tuple[float, str]]]) -> list[Word]:
    return [
        w for x, texts in columns.items() for middle, text in texts for w in cell(x, middle, text)
    ]


NAMES = [
    (m, t) for m, t in zip(ONE_LINE, ("三级指标", "里程", "座数", "合格率", "满意度"), strict=True)
]
VALUES = [
    (m, t) for m, t in zip(ONE_LINE, ("指标值", "五公里", "两座", "全部", "九成"), strict=True)
]


def test_a_text_centred_over_rows_is_a_merged_cell() -> None:
    labels = [(10.0, "一级指标"), (46.0, "产出指标"), (82.0, "满意度")]
    cells = view(table_of({0: labels, 60: NAMES, 120: VALUES}))
    assert {c for c in cells if c[1] == 0} == {
        (0, 0, 1, 1, "一级指标"), (1, 0, 3, 1, "产出指标"), (4, 0, 1, 1, "满意度"),
    }  # fmt: skip


def test_a_blank_value_is_no_part_of_a_merged_cell() -> None:
    """The value stands in the middle of three rows, but its column is cut by the names."""
    labels = [(m, f"标签{n}") for n, m in enumerate(ONE_LINE)]
    values = [VALUES[0], (46.0, "两座")]
    cells = view(table_of({0: labels, 60: NAMES, 120: values}))
    assert {c for c in cells if c[1] == 2} == {(0, 2, 1, 1, "指标值"), (2, 2, 1, 1, "两座")}


def test_a_row_with_a_label_only_keeps_its_own_row() -> None:
    labels = [(m, f"标签{n}") for n, m in enumerate(ONE_LINE)]
    short = [one for one in NAMES if one[0] != 46.0]
    cells = view(table_of({0: labels, 60: short, 120: [v for v in VALUES if v[0] != 46.0]}))
    assert {(r, t) for r, c, _, _, t in cells if c == 0} == {(n, f"标签{n}") for n in range(5)}
    assert (3, 1, 1, 1, "合格率") in cells


def test_wrapped_lines_join_and_rows_do_not() -> None:
    names = [(10.0, "三级指标"), (34.0, "新建公路/里程"), (64.0, "桥梁/座数"), (88.0, "合格率")]
    values = [(10.0, "指标值"), (34.0, "五公里"), (64.0, "两座"), (88.0, "全部")]
    labels = [(m, "产出") for m, _ in names]
    cells = view(table_of({0: labels, 60: names, 120: values}))
    assert {(r, t) for r, c, _, _, t in cells if c == 1} == {
        (0, "三级指标"), (1, "新建公路/里程"), (2, "桥梁/座数"), (3, "合格率"),
    }  # fmt: skip


def test_texts_at_the_top_of_merged_cells_leave_the_rest_blank() -> None:
    """Rows of two lines whose short texts begin at the top: no text is centred in anything."""
    tops = [10.0, 40.0, 70.0, 100.0, 130.0]
    words: list[Word] = []
    for n, top in enumerate(tops):
        words += [word(f"名称{n}", 60, top), word("下一行", 60, top + PITCH), word("值", 120, top)]
    words += [word("标签", 0, 10), word("产出", 0, 40), word("效益", 0, 100)]
    assert {c[:4] for c in view(words) if c[1] == 0} == {(0, 0, 1, 1), (1, 0, 1, 1), (3, 0, 1, 1)}


def test_a_label_set_downwards_has_a_column_of_its_own() -> None:
    labels = [(10.0, "一级指标"), (46.0, "产出指标"), (82.0, "满意度")]
    words = table_of({0: [(46.0, "绩/效/指/标")], 14: labels, 74: NAMES, 134: VALUES})
    cells = view(words)
    assert (0, 0, 5, 1, "绩/效/指/标") in cells
    assert (1, 1, 3, 1, "产出指标") in cells


def test_even_pitch_is_not_guessed_at() -> None:
    """Rows as close as the lines of a cell: no block can be told, nothing is put together."""
    words = [word(f"列{c}", c * 60.0, r * PITCH) for r in range(6) for c in range(4)]
    assert blocks_of([pieces_of(row) for row in rows(words)]) is None


def test_columns_of_the_page_before_are_kept() -> None:
    """A page with the last two columns only still has the four of the page before."""
    rest = table_of({60: NAMES, 120: VALUES})
    cells = view(rest, (-2.0, 29.0, 59.0, 119.0, 160.0))
    assert {c[1] for c in cells} == {2, 3}


def test_a_narrow_gap_within_a_run_parts_two_columns() -> None:
    signs = [word("效", 0, 0), *(word(s, 13.0 + EM * n, 0) for n, s in enumerate("产出指标"))]
    glued = Run(Word("效产出指标", 0, 0, 53, EM), lambda: signs)
    others = [Run(word("数量指标", 60, 20.0 * n), list) for n in range(4)]
    words = [run.whole for run in (glued, *others)]
    (first, *_) = unglued([[w] for w in words], [glued, *others])
    assert [w.text for w in first] == ["效", "产出指标"]
    pieces: list[Piece] = pieces_of(first)
    assert [p.x0 for p in pieces] == [0, 13]


# --- whole documents ------------------------------------------------------------------------

STYLES = {
    "short pages": pdf.Print(borders="none", height=440, repeat=True),
    "landscape": pdf.Print(borders="none", landscape=True, rotate=90),
    "watermark": pdf.Print(borders="none", watermark="仅供内部审阅", footer="预算公开"),
    "lines below rows only": pdf.Print(borders="rows"),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("family", "key"), [("A", "levee"), ("C-sichuan", "hotline"), ("H", "fitness")]
)
def test_forms_without_borders(family: str, key: str, style: str) -> None:
    form = GOLDEN[key]
    data = pdf.pdf(render.FAMILIES[family]([form]), STYLES[style])
    read = [form for part in corpus.read(data, ".pdf") for form in part.forms]
    assert not expect.compare([form], read, family).differences


def test_text_stays_text() -> None:
    """Paragraphs, a list of contents and a labelled line are no table."""

    def draw(page: Any) -> None:
        page.setFont(FONT, 12)
        for n in range(6):
            page.drawString(60, 760 - 22 * n, f"第{n}部分　部门预算情况说明")
            page.drawString(500, 760 - 22 * n, str(n))
        for n in range(8):
            page.drawString(60, 600 - 20 * n, "本部门严格按照预算管理的有关规定，厉行节约，")
        page.drawString(60, 400, "负责人：张三")
        page.drawString(300, 400, "联系电话：")

    document = one(pdf_of(draw), "文件.pdf")
    assert not grids(document)
    assert len(lines(document)) == 15


def test_a_watermark_on_a_page_with_little_text_is_dropped() -> None:
    def draw(page: Any) -> None:
        page.setFont(FONT, 9)
        page.drawString(60, 700, "保障措施")
        page.setFillGray(0.85)
        page.setFont(FONT, 30)
        for x in (150, 400):
            page.saveState()
            page.translate(x, 400)
            page.rotate(40)
            page.drawString(0, 0, "仅供内部审阅")
            page.restoreState()

    assert lines(one(pdf_of(draw), "文件.pdf")) == ["保障措施"]


def test_the_grid_goes_on_over_the_page() -> None:
    form = GOLDEN["levee"]
    data = pdf.pdf(render.FAMILIES["A"]([form]), pdf.Print(borders="none", height=440))
    found_grids = [b for p in one(data, "文件.pdf").pages for b in p.blocks if isinstance(b, Grid)]
    assert [g.continues for g in found_grids] == [False] + [True] * (len(found_grids) - 1)
    assert len(found_grids) > 1
