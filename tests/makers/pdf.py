"""PDF with ruled tables, drawn cell by cell so that every awkward break can be made.

The table is laid out on one endless strip, then the strip is cut into pages: between rows, or
(``inside``) anywhere between two lines of text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from .sheet import Block, PageBreak, Sheet, SheetCell
from .wrapping import wrap

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(frozen=True)
class Print:
    """How the PDF is made. ``borders``: all, open (no outer left and right lines), rows (only
    horizontal lines) or none. ``rotate`` sets the page's /Rotate. ``inside`` lets a page end
    within a row. ``repeat`` prints the header rows again on each page."""

    size: float = 9
    borders: str = "all"
    inside: bool = False
    repeat: bool = False
    watermark: str = ""
    footer: str = ""
    rotate: int = 0
    landscape: bool = False
    margin: float = 50
    height: float = 0  # shorter pages force breaks; 0 is A4
    anywhere: bool = False  # break lines at any sign, as report engines do
    page_per_block: bool = False  # a new page before each title line that follows a table


@dataclass(frozen=True)
class Strip:
    """A table on an endless strip: row tops from 0 downwards, wrapped lines of each cell."""

    sheet: Sheet
    lefts: list[float]
    tops: list[float]
    lines: dict[tuple[int, int], list[str]]


class Printer:
    """Draws blocks on a canvas, keeping the y of what comes next."""

    def __init__(self, style: Print) -> None:
        self.style = style
        width, height = A4
        if style.landscape:
            width, height = height, width
        self.width, self.height = width, style.height or height
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(self.width, self.height), invariant=True)
        self.number = 0
        self.y = 0.0
        self.leading = style.size * 1.35
        self.pad = 3.0
        self._start_page()

    def _start_page(self) -> None:
        self.number += 1
        self.y = self.height - self.style.margin
        if self.style.rotate:
            self.canvas.setPageRotation(self.style.rotate)
        self.canvas.setFont(FONT, self.style.size)

    def _end_page(self) -> None:
        style = self.style
        if style.footer:
            self.canvas.drawCentredString(self.width / 2, 22, f"-{self.number}-")
            self.canvas.drawCentredString(self.width / 2, 34, style.footer)
        if style.watermark:
            self.canvas.saveState()
            self.canvas.setFillGray(0.85)
            self.canvas.setFont(FONT, 30)
            for x in (0.25, 0.7):
                for y in (0.25, 0.5, 0.75):
                    self.canvas.saveState()
                    self.canvas.translate(self.width * x, self.height * y)
                    self.canvas.rotate(40)
                    self.canvas.drawCentredString(0, 0, style.watermark)
                    self.canvas.restoreState()
            self.canvas.restoreState()
        self.canvas.showPage()

    def new_page(self) -> None:
        self._end_page()
        self._start_page()

    def line(self, text: str) -> None:
        """A line outside tables; long ones wrap, short titles are centred."""
        size, style = self.style.size + 1, self.style
        room = self.width - 2 * style.margin
        for part in self.wrap(text, room, size):
            if self.y - self.leading < style.margin:
                self.new_page()
            self.canvas.setFont(FONT, size)
            self.y -= size * 1.7
            self.canvas.drawString(style.margin, self.y, part)
        self.canvas.setFont(FONT, style.size)

    def wrap(self, text: str, width: float, size: float) -> list[str]:
        """Lines that fit the width."""

        def fits(part: str) -> bool:
            return pdfmetrics.stringWidth(part, FONT, size) <= width

        return wrap(text, fits, self.style.anywhere)

    def strip(self, sheet: Sheet) -> Strip:
        """Column edges, wrapped lines and row tops of a table."""
        room = self.width - 2 * self.style.margin
        lefts = [self.style.margin]
        for width in sheet.widths:
            lefts.append(lefts[-1] + room * width / sum(sheet.widths))
        lines = {
            (c.row, c.column): self.wrap(
                c.text, lefts[c.column + c.col_span] - lefts[c.column] - 2 * self.pad,
                self.style.size,
            )
            for c in sheet.cells
        }  # fmt: skip
        heights = [self.leading + 2 * self.pad] * sheet.n_rows
        for c in sorted(sheet.cells, key=lambda c: c.row_span):
            need = len(lines[c.row, c.column]) * self.leading + 2 * self.pad
            have = sum(heights[c.row : c.row + c.row_span])
            heights[c.row + c.row_span - 1] += max(0.0, need - have)
        tops = [0.0]
        for height in heights:
            tops.append(tops[-1] + height)
        return Strip(sheet, lefts, tops, lines)

    def table(self, sheet: Sheet) -> None:
        """The table over as many pages as it needs."""
        strip = self.strip(sheet)
        start, end = 0.0, strip.tops[-1]
        carried: dict[tuple[int, int], int] = {}  # lines of a cell already printed
        first = True
        while start < end - 0.1:
            if not first:
                self.new_page()
                if self.style.repeat and 0 < strip.tops[sheet.header_rows[1]] <= start:
                    self._header(strip)
            stop = self._cut(strip, start, self.y - self.style.margin, fresh=not first)
            if stop <= start:
                self.new_page()
                stop = self._cut(strip, start, self.y - self.style.margin, fresh=True)
            self._fragment(strip, start, stop, carried)
            start, first = stop, False

    def _cut(self, strip: Strip, start: float, room: float, *, fresh: bool) -> float:
        """Where this page's part of the strip ends."""
        if strip.tops[-1] - start <= room:
            return strip.tops[-1]
        edges = [top for top in strip.tops if start < top <= start + room]
        if self.style.inside:
            row_top = max([start, *edges])
            spare = start + room - row_top - self.pad
            count = int(spare // self.leading)
            if count >= 1:
                return row_top + self.pad + count * self.leading
        if edges:
            return edges[-1]
        return start + room if fresh else start

    def _header(self, strip: Strip) -> None:
        low, high = strip.sheet.header_rows
        self._fragment(strip, strip.tops[low], strip.tops[high], {}, rows=(low, high))

    def _fragment(
        self, strip: Strip, start: float, stop: float, carried: dict[tuple[int, int], int],
        rows: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """The part of every cell between two heights of the strip, from self.y downwards."""
        for cell in sorted(strip.sheet.cells, key=lambda c: (c.row, c.column)):
            if rows and not rows[0] <= cell.row < rows[1]:
                continue
            top = max(strip.tops[cell.row], start)
            bottom = min(strip.tops[cell.row + cell.row_span], stop)
            if bottom - top < 0.1:
                continue
            self._cell(strip, cell, top - start, bottom - start, carried, rows is not None)
        self.y -= stop - start

    def _cell(
        self, strip: Strip, cell: SheetCell, top: float, bottom: float,
        carried: dict[tuple[int, int], int], again: bool,
    ) -> None:  # fmt: skip
        left = strip.lefts[cell.column]
        right = strip.lefts[cell.column + cell.col_span]
        high, low = self.y - top, self.y - bottom
        self._border(left, right, high, low, cell, strip.sheet)
        key = (cell.row, cell.column)
        lines = strip.lines[key]
        done = 0 if again else carried.get(key, 0)
        rest = lines[done:]
        whole = bottom - top >= (strip.tops[cell.row + cell.row_span] - strip.tops[cell.row]) - 0.1
        fits = len(rest) if whole else int((bottom - top - self.pad + 0.5) // self.leading)
        shown = rest[: max(0, fits)]
        spare = (bottom - top) - len(shown) * self.leading
        y = high - (spare / 2 if len(shown) == len(lines) else self.pad) - self.style.size
        for text in shown:
            self.canvas.drawString(left + self.pad, y, text)
            y -= self.leading
        if not again:
            carried[key] = done + len(shown)

    def _border(
        self, left: float, right: float, high: float, low: float, cell: SheetCell, sheet: Sheet
    ) -> None:
        kind = self.style.borders
        if kind == "none":
            return
        canvas = self.canvas
        canvas.setLineWidth(0.5)
        canvas.line(left, high, right, high)
        canvas.line(left, low, right, low)
        if kind == "rows":
            return
        if not (kind == "open" and cell.column == 0):
            canvas.line(left, low, left, high)
        if not (kind == "open" and cell.column + cell.col_span == sheet.n_columns):
            canvas.line(right, low, right, high)

    def finish(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.stream.getvalue()


def pdf(blocks: Sequence[Block], style: Print | None = None) -> bytes:
    """All blocks as one PDF."""
    printer = Printer(style or Print())
    after_table = False
    for block in blocks:
        if isinstance(block, PageBreak):
            printer.new_page()
        elif isinstance(block, str):
            if after_table and printer.style.page_per_block:
                printer.new_page()
            printer.line(block)
            after_table = False
        else:
            printer.y -= 6
            printer.table(block)
            printer.y -= 6
            after_table = True
    return printer.finish()
