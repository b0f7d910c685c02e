"""Plain text -> lines with their physical line numbers; form feeds divide pages, and tables drawn
with bars become grids.

Every line is kept, blank ones too (they separate blocks), tabs and runs of spaces as
they are: text exports of budget tables carry their columns in them.
"""

from __future__ import annotations

import re

from scorer.forms import Line, Page, Place, Problem
from scorer.readers import limits
from scorer.readers.base import Reading, Unreadable, too_big
from scorer.readers.boxed import with_boxes
from scorer.readers.encoding import Decoded, decode, is_mojibake

# Only these end a line; str.splitlines would also split at \x0b, \x1c, \x85, U+2028.
_LINE_END = re.compile("\r\n|\n|\r")


def decoded(data: bytes) -> Decoded:
    """The text of a file, or :class:`Unreadable` with the cause."""
    found = decode(data)
    if found is None:
        raise Unreadable(
            "不是能认出的中文文本：可能是图片或程序改了扩展名，也可能用了 UTF-8、GB18030、UTF-16"
            " 以外的编码",
            "请用原来的程序打开，另存为 PDF、Word、Excel 或 UTF-8 文本后再读",
            "encoding",
        )
    if is_mojibake(found.text):
        raise Unreadable(
            "文字已成乱码：文件在某次保存时选错了编码，内容找不回来了",
            "请从来源重新导出，保存时选 UTF-8",
            "encoding",
        )
    return found


def read(data: bytes, path: str) -> Reading:
    """Lines of a text file, one Page per form feed."""
    found = decoded(data)
    pages = pages_of(found.text)
    return Reading(tuple(map(with_boxes, pages)), tuple(_broken(found, pages, path)))


def pages_of(text: str) -> tuple[Page, ...]:
    """Cut a text into pages and lines. ``place.page`` is set only where form feeds exist."""
    rows = _LINE_END.split(text)
    if len(rows) > limits.MAX_LINES:
        raise too_big("行数", limits.MAX_LINES)
    if len(rows[-1]) == 0:
        rows.pop()
    paged = "\f" in text
    pages: list[list[Line]] = [[]]
    for number, row in enumerate(rows, start=1):
        if len(row) > limits.MAX_LINE_CHARS:
            raise too_big(f"第{number}行的字数", limits.MAX_LINE_CHARS)
        first, *rest = row.split("\f")
        if first or not rest:
            pages[-1].append(Line(first, Place(len(pages) if paged else None, number)))
        for part in rest:
            pages.append([])
            if part:
                pages[-1].append(Line(part, Place(len(pages), number)))
    if not pages[-1] and len(pages) > 1:  # a form feed that ends the file opens no page
        pages.pop()
    return tuple(Page(n, tuple(lines)) for n, lines in enumerate(pages, start=1))


def _broken(found: Decoded, pages: tuple[Page, ...], path: str) -> list[Problem]:
    """One problem naming the first line with broken characters."""
    if not found.broken:
        return []
    lines = (b for page in pages for b in page.blocks if isinstance(b, Line) and "\ufffd" in b.text)
    first = next(lines, None)
    return [
        Problem(
            path,
            f"有 {found.broken} 个字符损坏，读成了“\ufffd”",
            "请对照原件核对这几处",
            first.place if first else Place(),
            "encoding",
        )
    ]
