"""Scans: one small page through the real engine, and the picture work alone."""

from __future__ import annotations

import importlib.util
import io
from typing import Any

import pytest

from scorer.forms import Line
from scorer.readers import ocr
from scorer.readers.stitch import Blocks
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
    import pypdfium2

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


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("7,421.000", "7,421,000"),
        ("1，530，000元", "1,530,000元"),
        ("7,421.00", "7,421.00"),
        ("58.625", "58.625"),
        ("一，100人", "一，100人"),
    ],
)
def test_certain_slips_only(seen: str, text: str) -> None:
    assert ocr.mend(seen) == text
