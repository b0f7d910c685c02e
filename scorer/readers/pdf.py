"""PDF -> pages of lines and grids, from the text layer and the ruling lines.

Pages without a usable text layer go to the OCR reader; where that is not installed,
or cannot help, a problem names the page. Pages are closed one by one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from scorer.forms import Grid, Line, Page, Place, Problem
from scorer.readers import limits, pdf_fonts
from scorer.readers.base import Clock, Reading, Unreadable, cause_of, too_big
from scorer.readers.browser_margins import without_margins
from scorer.readers.encoding import count_han, reads_as_chinese
from scorer.readers.pages import assemble
from scorer.readers.pdf_bombs import check_streams
from scorer.readers.pdf_edges import PageLines, read_edges
from scorer.readers.pdf_fields import field_texts
from scorer.readers.pdf_text import PageText
from scorer.readers.ruling import tables
from scorer.readers.rungs import with_rungs
from scorer.readers.stitch import Blocks, Frame, Seam, continues, seam

_SCAN_SHARE = 0.4  # a picture over so much of the page is a scan
_FEW_CHARS = 15  # a scan may carry a stamp or a page number as text
_MAX_UNMAPPED = 0.1
_ENOUGH_HAN = 20
_HEALTH_SAMPLE = 600  # characters
_OUTLINES = 60  # so many paths and no character: text drawn as curves
_WIDGETS = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT})


def read(data: bytes, path: str) -> Reading:
    """All pages of a PDF. Problems name the pages that could not be read."""
    check_streams(data)
    with pdf_fonts.stand_in(), _open(data) as document:
        return _Reader(document, data, path).read()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error):
            raise Unreadable(
                "PDF 加了打开密码，读不了", "请用 PDF 阅读器去掉密码后另存", "encrypted"
            ) from error
        raise Unreadable(
            "PDF 已损坏或不完整，打不开", "请重新下载，或用 PDF 阅读器打开后另存", "damaged"
        ) from error


class _Failed(NamedTuple):
    """Why a page has no usable text."""

    message: str
    code: str


class _Reader:
    """Reads page after page and remembers how the last one ended."""

    def __init__(self, document: pypdfium2.PdfDocument, data: bytes, path: str) -> None:
        self.document = document
        self.data = data
        self.path = path
        self.clock = Clock()
        self.pages: list[Page] = []
        self.problems: list[Problem] = []
        self.seam: Seam | None = None
        self.recognised: list[int] = []  # numbers of the pages read by OCR

    def read(self) -> Reading:
        count = len(self.document)
        if count > limits.MAX_PAGES:
            raise too_big("页数", limits.MAX_PAGES)
        if count == 0:
            raise Unreadable("PDF 里没有页", "请重新下载或导出", "damaged")
        for number in range(1, count + 1):
            try:
                self.clock.check()
                self._page(number)
            except Exception as error:  # an odd page must not cost the others
                refusal = error if isinstance(error, Unreadable) else _odd_page(error)
                where = Place(page=number)
                refusal.place = where
                self.problems.append(refusal.problem(self.path))
                if self.clock.over():
                    break
        return Reading(tuple(self.pages), (*self.problems, *self._told_of_ocr()))

    def _told_of_ocr(self) -> list[Problem]:
        """One note on all pages that OCR read: nothing is lost, but figures want a look."""
        if not self.recognised:
            return []
        shown = "、".join(map(str, self.recognised[:10])) + ("等" * (len(self.recognised) > 10))
        return [
            Problem(
                self.path,
                f"第{shown}页没有可用的文字层，是用文字识别读的",
                "请对照原件核对金额和指标值",
                Place(page=self.recognised[0]),
                "ocr_read",
                lost=False,
            )
        ]

    def _page(self, number: int) -> None:
        try:
            page = self.document[number - 1]
        except pypdfium2.PdfiumError as error:
            self.seam = None
            raise Unreadable("这一页已损坏，读不出来", "请重新下载或导出", "damaged") from error
        try:
            blocks, frame = self._read_page(page, number)
        finally:
            page.close()
        self.pages.append(Page(number, self._joined(blocks, frame)))

    def _read_page(self, page: pypdfium2.PdfPage, number: int) -> tuple[Blocks, Frame]:
        filled = list(field_texts(page.raw))
        if not filled:
            _flatten(page)
        left, bottom, right, top = page.get_bbox()
        area = (right - left) * (top - bottom)
        text_page = page.get_textpage()
        try:
            text = PageText(text_page.raw)
            lines = read_edges(page.raw, text.turn, area)
            frame = text.turn.box(left, bottom, right, top)
            if failed := _health(text, lines, area):
                return self._recognise(number, failed), frame
            runs = [*without_margins(text.runs), *(text.placed(*field) for field in filled)]
            found = tables(lines.across, lines.down)
            found = with_rungs(found, lines, runs, self._rung_columns())
            return assemble(runs, found, number, frame, self._open_columns()), frame
        finally:
            text_page.close()

    def _open_columns(self) -> tuple[float, ...]:
        """Column edges of a table without ruling that reaches the foot of the page before."""
        return self.seam.table.xs if self.seam and self.seam.table.unruled else ()

    def _rung_columns(self) -> tuple[float, ...]:
        """The same of a table with lines under its rows only."""
        return self.seam.table.xs if self.seam and self.seam.table.rungs else ()

    def _joined(self, page: Blocks, frame: Frame) -> tuple[Line | Grid, ...]:
        """The page's blocks, the grid marked that goes on from the page before."""
        blocks = list(page.blocks)
        index = continues(self.seam, page, frame)
        self.seam = seam(page, frame)
        if index is not None and isinstance(grid := blocks[index], Grid):
            blocks[index] = replace(grid, continues=True)
        return tuple(blocks)

    def _recognise(self, number: int, failed: _Failed) -> Blocks:
        """OCR of one page; the problem stays where OCR is missing or in doubt."""
        from scorer.readers import ocr

        if not ocr.available():
            raise Unreadable(failed.message, ocr.REMEDY, failed.code)
        if len(self.recognised) >= limits.MAX_OCR_PAGES:
            raise too_big("扫描页数", limits.MAX_OCR_PAGES)
        self.recognised.append(number)
        with pdf_fonts.stand_in(False), _open(self.data) as document:
            page = document[number - 1]
            _flatten(page)
            image = ocr.drawn(page)
        blocks, doubt = ocr.recognise(image, number)
        if doubt:
            remedy = "请对照原件核对这一页，或换 200 dpi 以上的清晰扫描件"
            self.problems.append(Problem(self.path, doubt, remedy, Place(page=number), "ocr"))
        return blocks


def _odd_page(error: Exception) -> Unreadable:
    """What to say of a page that our reading could not cope with."""
    return Unreadable(
        f"这一页读不出来（{cause_of(error)}）",
        "请核对原件的这一页，或另存为 Word、Excel 后再读",
        "damaged",
    )


def _flatten(page: pypdfium2.PdfPage) -> None:
    """Draw filled-in form fields into the page, so that their text is read."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), limits.MAX_PAGE_OBJECTS)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in _WIDGETS:
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            return


def _health(text: PageText, lines: PageLines, area: float) -> _Failed | None:
    """Why a page's text layer cannot be used, None if it can (or the page is blank)."""
    if text.characters <= _FEW_CHARS and lines.picture > _SCAN_SHARE * area:
        return _Failed("这一页是扫描图片，没有文字层", "no_text")
    if text.characters == 0 and lines.objects > _OUTLINES:
        return _Failed("这一页的文字已转成曲线，没有文字层", "no_text")
    if text.unmapped > max(2, _MAX_UNMAPPED * text.characters):
        return _Failed("这一页的字体缺少文字对照表，读出来是乱码", "garbled")
    shown = "".join([run.whole.text for run in text.runs])[:_HEALTH_SAMPLE]
    if count_han(shown) > _ENOUGH_HAN and not reads_as_chinese(shown):
        return _Failed("这一页的文字对照表有错，读出来是乱码", "garbled")
    return None
