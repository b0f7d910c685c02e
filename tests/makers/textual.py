"""Text formats: tab-separated, CSV, Markdown, HTML, and a PDF's text layer as extracted."""

from __future__ import annotations

import csv
import html
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .sheet import Block, PageBreak, Sheet, SheetCell
from .wrapping import columns, wrap


def one_line(text: str) -> str:
    return text.replace("\n", "")


def tabbed(blocks: Iterable[Block]) -> str:
    """Lines, and tables with one tab between slots; a merged cell fills its first slot."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            continue
        if isinstance(block, Sheet):
            found += ["\t".join(map(one_line, row)) for row in block.matrix()]
            found.append("")
        else:
            found += [block, ""]
    return "\n".join(found) + "\n"


def shifted(blocks: Iterable[Block], seed: int = 3) -> str:
    """Tabs as a converter leaves them that loses slots under vertically merged cells: in some
    rows the empty slots at the left, in whole tables those between the halves."""
    dice = random.Random(seed)
    found: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            found += [block, ""]
        elif isinstance(block, Sheet):
            starts = {(c.row, c.column) for c in block.cells}
            covered = _under_vertical(block)
            inner = dice.random() < 0.5
            for r, row in enumerate(block.matrix()):
                lead = next((c for c in range(len(row)) if (r, c) in starts), 0)
                drop = dice.randint(0, lead) if dice.random() < 0.4 else 0
                kept = [
                    one_line(text)
                    for c, text in enumerate(row)
                    if c >= drop and not (inner and c > lead and (r, c) in covered)
                ]
                found.append("\t".join(kept))
            found.append("")
    return "\n".join(found) + "\n"


def _under_vertical(sheet: Sheet) -> set[tuple[int, int]]:
    """Slots that a cell above covers."""
    return {
        (r, c)
        for cell in sheet.cells
        for r in range(cell.row + 1, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.col_span)
    }


def _in_columns(blocks: Iterable[Block]) -> list[list[str]]:
    rows: list[list[str]] = []
    for block in blocks:
        if isinstance(block, Sheet):
            rows += block.matrix()
        elif isinstance(block, str):
            rows.append([block])
    return rows


def csv_bytes(blocks: Iterable[Block], encoding: str = "utf-8-sig") -> bytes:
    """What Excel saves as CSV: merged cells fill their first slot."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(_in_columns(blocks))
    return stream.getvalue().encode(encoding)


def markdown(blocks: Iterable[Block]) -> str:
    """Pipe tables; Markdown has no spans, so a merged cell's text is repeated in its slots."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            found += [block, ""]
        elif isinstance(block, Sheet):
            rows = [[""] * block.n_columns for _ in range(block.n_rows)]
            for cell in block.cells:
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.column, cell.column + cell.col_span):
                        rows[r][c] = cell.text.replace("\n", "<br>").replace("|", "\\|")
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            found += [lines[0], "|" + " --- |" * block.n_columns, *lines[1:], ""]
    return "\n".join(found)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br/>") or "&nbsp;"


def _html_table(sheet: Sheet) -> str:
    rows: list[list[SheetCell]] = [[] for _ in range(sheet.n_rows)]
    for cell in sorted(sheet.cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(cell)
    lines = ['<table border="1" cellspacing="0">']
    for row in rows:
        cells = "".join(
            "<td"
            + (f' rowspan="{c.row_span}"' if c.row_span > 1 else "")
            + (f" colspan={c.col_span}" if c.col_span > 1 else "")
            + f"><p><span>{_escaped(c.text)}</span></p></td>"
            for c in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</table>"])


def html_page(blocks: Iterable[Block], title: str = "预算公开", charset: str = "utf-8") -> bytes:
    """A saved page of a government site: navigation, scripts, and the tables in the middle."""
    body = "\n".join(
        _html_table(b) if isinstance(b, Sheet) else f"<p>{html.escape(b)}</p>"
        for b in blocks
        if not isinstance(b, PageBreak)
    )
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>
<style>td {{ font-size: 10.5pt; }}</style><script>var visits = "<table><tr><td>0";</script></head>
<body><div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>
</div><div class="article">{body}</div><div class="foot">主办单位：县财政局　网站地图</div>
</body></html>"""
    return page.encode(charset, errors="xmlcharrefreplace")


@dataclass(frozen=True)
class Layer:
    """How a PDF's text layer comes out: ``per_page`` rows a page, then footer and watermark."""

    per_page: int = 0
    footer: str = ""
    watermark: Sequence[str] = ()
    spaced: bool = True  # a blank line after each row
    size: float = 2.0  # of the type: the larger, the earlier cells wrap


def _wrapped(cell: SheetCell, sheet: Sheet, size: float) -> list[str]:
    width = sum(sheet.widths[cell.column : cell.column + cell.col_span])
    room = max(2, round(252 * width / sum(sheet.widths) / size))
    return wrap(cell.text, lambda text: columns(text) <= room)


def _row_text(cells: list[SheetCell], sheet: Sheet, layer: Layer) -> str:
    """Cells of a row in drawing order: one space between, a wrapped cell on lines of its own."""
    parts: list[str] = []
    fresh = True
    for cell in cells:
        if not cell.text:
            continue
        lines = _wrapped(cell, sheet, layer.size)
        if len(lines) == 1:
            parts.append(lines[0] if fresh else f" {lines[0]}")
            fresh = False
        else:
            parts.append(("" if fresh else "\n") + "\n".join(lines) + "\n")
            fresh = True
    return "".join(parts).strip("\n")


def text_layer(blocks: Iterable[Block], layer: Layer) -> str:
    """The text of a PDF whose table lines are lost."""
    found: list[str] = []
    count = 0
    gap = [""] if layer.spaced else []

    def row_done() -> None:
        nonlocal count
        count += 1
        if layer.per_page and count % layer.per_page == 0:
            found.extend([f"-{count // layer.per_page}-", "", layer.footer, ""])
            for mark in layer.watermark:
                found.extend([*mark.split("\n"), ""])

    for block in blocks:
        if isinstance(block, str):
            found.extend([block, *gap])
            row_done()
        elif isinstance(block, Sheet):
            for r in range(block.n_rows):
                cells = sorted((c for c in block.cells if c.row == r), key=lambda c: c.column)
                text = _row_text(cells, block, layer)
                if text:
                    found.extend([*text.split("\n"), *gap])
                row_done()
    return "\n".join(found) + "\n"
