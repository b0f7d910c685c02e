"""Scans: one small page through the real engine, and the picture work alone."""

from __future__ import annotations

import importlib.util
import io
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest

from scorer.forms import Cell, Grid, Line
from scorer.readers import ocr, ocr_slips
from scorer.readers.stitch import Blocks
from scorer.readers.words import Word
from tests.readers_kit import codes, grids, lines, one, pdf, pdf_table

needs_engine = pytest.mark.skipif(not ocr.available(), reason="extra ocr is not installed")
SMALL = [
    (0, 0, 1, 1, "数量指标"),
    (0, 1, 1, 1, "养护里程"),
    (1, 0, 1, 1, "质量指标"),
    (1, 1, 1, 1, "合格率"),
]


def picture(turn: float = 0.0) -> Any:
    """A drawn page as a grey picture, slanted by ``turn`` degrees."""
    import cv2

    def draw(page: Any) -> None:
        page.setFontSize(14)
        pdf_table(page, SMALL, top=800, width=200, height=40)

    image = pypdfium2.PdfDocument(pdf(draw))[0].render(scale=2, grayscale=True).to_numpy()
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1)
    return cv2.warpAffine(image, matrix, (width, height), borderValue=255)


def encoded(image: Any) -> bytes:
    import cv2

    return bytes(cv2.imencode(".png", image)[1])


@needs_engine
def test_scan_gives_cells() -> None:
    document = one(encoded(picture(turn=1.2)), "扫描.png")
    (grid,) = grids(document)
    assert [(c.row, c.column, c.text) for c in grid.cells] == [(r, c, t) for r, c, _, _, t in SMALL]
    assert grid.cells[0].place.page == 1


@needs_engine
def test_empty_scan_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    monkeypatch.setattr(ocr, "_read_text", lambda _: ocr._Seen([], [], [], 0.0))
    document = one(encoded(np.full((600, 400), 255, np.uint8)))
    assert lines(document) == []
    assert codes(document) == ["ocr"]


def test_pages_read_by_ocr_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good reading of a scan is no problem, but the reader should know where it came from."""
    from PIL import Image

    stream = io.BytesIO()
    pages = [Image.new("L", (400, 600), 255) for _ in range(2)]
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:])
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", lambda *_: (Blocks((Line("文"),)), ""))
    (told,) = one(stream.getvalue()).problems
    assert (told.code, told.lost, told.place.page) == ("ocr_read", False, 1)
    assert "第1、2页" in told.message


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
@pytest.mark.parametrize("turn", [-3.0, 0.0, 2.0])
def test_straightened_scan_keeps_its_ruling_lines(turn: float) -> None:
    from scorer.readers import scan
    from scorer.readers.ruling import tables

    image = scan.straighten(picture(turn))
    across, down = scan.ruling_lines(image, 842 / max(image.shape))
    (table,) = tables(across, down)
    assert (len(table.xs), len(table.ys), len(table.boxes)) == (3, 3, 4)


def test_picture_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    (problem,) = one(b"\x89PNG\r\n\x1a\n" + bytes(60)).problems
    assert "jixiao[ocr]" in problem.remedy


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
def test_a_page_photographed_askew_in_the_shade_is_squared() -> None:
    import cv2
    import numpy as np

    from scorer.readers import scan
    from scorer.readers.ruling import tables

    rows = [(r, c, 1, 1, "指标") for r in range(16) for c in range(3)]

    def draw(page: Any) -> None:
        pdf_table(page, rows, top=800, width=150, height=46)

    flat = pypdfium2.PdfDocument(pdf(draw))[0].render(scale=2, grayscale=True).to_numpy()
    height, width = flat.shape
    page = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = page + np.array([(25, 8), (-5, 20), (-40, -10), (10, -30)], np.float32)
    turn = cv2.getPerspectiveTransform(page, seen)
    image = cv2.warpPerspective(flat, turn, (width, height), borderValue=255)
    image = (image * np.linspace(1.0, 0.5, width)).astype(np.uint8)
    (table,) = tables(*scan.ruling_lines(scan.straighten(image), 842 / height))
    assert (len(table.xs), len(table.ys), len(table.boxes)) == (4, 17, 48)


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
def test_a_red_seal_is_taken_off_and_red_text_is_not() -> None:
    import cv2
    import numpy as np

    from scorer.readers import scan

    def page(seal: bool) -> Any:
        picture = np.full((1600, 1200, 3), 250, np.uint8)
        if seal:
            cv2.circle(picture, (550, 800), 130, (215, 40, 45), 8)
        cv2.putText(picture, "95%", (380, 820), cv2.FONT_HERSHEY_SIMPLEX, 3, (20, 20, 20), 5)
        for y in (160, 230, 300):
            cv2.putText(picture, "red ink", (100, y), cv2.FONT_HERSHEY_SIMPLEX, 2, (220, 30, 30), 5)
        return picture

    sealed, plain = scan.grey(page(seal=True)).astype(int), scan.grey(page(seal=False))
    assert np.abs(sealed - plain).max() < 60  # the edges of the ring stay as a shade
    assert plain[100:320, 100:400].min() < 100


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
def test_the_strokes_of_a_seal_without_colours_are_no_ruling_lines() -> None:
    import cv2

    from scorer.readers import scan
    from scorer.readers.ruling import tables

    image = picture()
    cv2.ellipse(image, (310, 120), (60, 30), 0, 0, 360, 90, 4)
    across, down = scan.ruling_lines(image, 842 / max(image.shape))
    (table,) = tables(across, down)
    assert (len(table.xs), len(table.ys), len(table.boxes)) == (3, 3, 4)


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
def test_a_lone_sign_that_was_overlooked_is_asked_for_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import cv2
    import numpy as np

    image = np.full((1600, 1200), 255, np.uint8)
    for x in (100, 400, 700):
        cv2.line(image, (x, 100), (x, 300), 0, 2)
    for y in (100, 200, 300):
        cv2.line(image, (100, y), (700, y), 0, 2)
    cv2.putText(image, "8", (540, 165), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    looked: list[tuple[int, ...]] = []

    def engine(spot: Any, **_: Any) -> Any:
        looked.append(spot.shape)
        return SimpleNamespace(txts=("8",), scores=(0.9,))

    monkeypatch.setattr(ocr, "_engine", lambda: engine)
    monkeypatch.setattr(ocr, "_read_text", lambda _: ocr._Seen([], [], [], 0.0))
    monkeypatch.setattr(ocr, "_PIXELS_HIGH", 1600)
    (grid,) = [b for b in ocr.recognise(image, 1)[0].blocks if isinstance(b, Grid)]
    assert [c.text for c in grid.cells] == ["", "8", "", ""]
    assert len(looked) == 1  # blank cells are not asked for


@pytest.mark.skipif(importlib.util.find_spec("cv2") is None, reason="OpenCV is not installed")
def test_a_cell_that_a_text_of_two_cells_was_read_from_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import cv2
    import numpy as np

    from scorer.readers.ruling import Edge, tables
    from scorer.readers.words import Run

    image = np.full((1600, 1200), 255, np.uint8)
    for x, text in ((150, "seats"), (540, "8")):
        cv2.putText(image, text, (x, 165), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    ruled = tables(
        [Edge(y, 100, 700) for y in (100, 200)], [Edge(x, 100, 200) for x in (100, 500, 700)]
    )
    words = [Word("seats", 150, 140, 235, 165), Word("8", 540, 140, 560, 165)]
    run = Run(Word("seats8", 150, 140, 560, 165), lambda: words)

    def engine(*_: Any, **__: Any) -> Any:
        return SimpleNamespace(txts=("8",), scores=(0.9,))

    monkeypatch.setattr(ocr, "_engine", lambda: engine)
    assert ocr._overlooked(image, ruled, [run], 1.0) == []
    (asked,) = ocr._overlooked(image, ruled, [Run(words[0], lambda: words[:1])], 1.0)
    assert asked.whole.text == "8"


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("7,421.000", "7,421,000"),
        ("1，530，000元", "1,530,000元"),
        ("7,421.00", "7,421.00"),
        ("58.625", "58.625"),
        ("一，100人", "一，100人"),
        ("二54处", "=54处"),
        ("项日名\n称", "项目名\n称"),
        ("长期日\n标", "长期目\n标"),
        ("10月31口前", "10月31日前"),
        ("主管部内及代\n码", "主管部门及代\n码"),
        ("达到95%,派单准确", "达到95%，派单准确"),
        ("青财建〔2024]61号", "青财建〔2024〕61号"),
        ("仪器112台（件)", "仪器112台（件）"),
        ("河道得到整治。.", "河道得到整治。"),
        ("≤0.9%0", "≤0.9‰"),
        ("控制在3%o以内", "控制在3‰以内"),
        # right as they stand
        ("100%0", "100%0"),
        ("95%05", "95%05"),
        ("3%of", "3%of"),
        ("河道得到整治。...", "河道得到整治。..."),
        ("第二2楼", "第二2楼"),
        ("项日期", "项日期"),
        ("每日标准", "每日标准"),
        ("3口井", "3口井"),
        ("3200口", "3200口"),
        ("改造网箱3200口，", "改造网箱3200口，"),
        ("二0二四年", "二0二四年"),
        ("各项日常养护", "各项日常养护"),
        ("单项日均", "单项日均"),
        ("部内各处", "部内各处"),
        ("GB 5749,附录A", "GB 5749,附录A"),
        ("[2024]", "[2024]"),
        ("一次性项目(1年)", "一次性项目(1年)"),
    ],
)
def test_certain_slips_only(seen: str, text: str) -> None:
    assert ocr_slips.mend(seen) == text


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (".增设座椅", "增设座椅"),
        ("· 疏浚长度", "疏浚长度"),
        ("•≥90%", "≥90%"),
        (".", ""),
        # no specks
        (".5万元", ".5万元"),
        ("· 5万元", "· 5万元"),
        (".NET平台", ".NET平台"),
        ("...", "..."),
        ("1.5万人", "1.5万人"),
        ("·修路\n·架桥", "·修路\n·架桥"),
    ],
)
def test_a_speck_before_a_cells_text_is_no_dot(seen: str, text: str) -> None:
    (grid,) = ocr_slips.mended(Blocks((Grid((Cell(seen, 0, 0),), 1, 1),))).blocks
    assert isinstance(grid, Grid)
    assert grid.cells[0].text == text


def test_an_equals_sign_in_a_column_of_signs() -> None:
    texts = [["≥", "二级"], ["二", "二"], ["≤", "三"]]
    cells = tuple(Cell(t, r, c) for r, row in enumerate(texts) for c, t in enumerate(row))
    (grid,) = ocr_slips.mended(Blocks((Grid(cells, 3, 2),))).blocks
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.cells] == ["≥", "二级", "=", "二", "≤", "三"]


@pytest.mark.parametrize(("bracket", "room"), [("(", 0.5), ("（", 1.0)])
def test_a_bracket_is_as_wide_as_the_room_it_takes(bracket: str, room: float) -> None:
    widths = [1.0] * 4 + [room] + [1.0] * 3 + [room]
    lefts = [10 * sum(widths[:i]) for i in range(len(widths))]
    signs = "防治效果(件数多)"
    words = [
        Word(sign, left, 0, left + 10 * width, 10)
        for sign, left, width in zip(signs, lefts, widths, strict=True)
    ]
    found = "".join(word.text for word in ocr_slips.wide_brackets(words))
    assert found == f"防治效果{bracket}件数多)"
