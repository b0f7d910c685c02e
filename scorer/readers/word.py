"""Word documents -> one Page of paragraphs and tables in reading order.

DOCX by a walk over its XML: gridSpan, vMerge, gridBefore; nested tables stand in their cell,
or follow a table that is only their frame; text boxes follow their paragraph; tracked deletions, struck-out and hidden
text, comments, headers and footers are left out. DOC, WPS, RTF and ODT go through LibreOffice
where it is installed.
"""

from __future__ import annotations

from typing import Any

from scorer.forms import Cell, Grid, Line, Page, Place
from scorer.readers import limits
from scorer.readers.base import Clock, Reading, Unreadable, struck_note, too_big
from scorer.readers.nested import expanded, holds_text
from scorer.readers.package import open_zip, parse_xml, read_part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_P, _TBL, _TR, _TC = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Wrappers whose content stands in the text as if they were not there.
_WRAPPERS = frozenset(
    f"{_W}{name}"
    for name in (
        "sdt",
        "sdtContent",
        "ins",
        "customXml",
        "smartTag",
        "moveTo",
        "hyperlink",
        "dir",
        "bdo",
        "fldSimple",
    )
)
_DROPPED = frozenset(
    [
        f"{_W}{name}"
        for name in (
            "del",
            "moveFrom",
            "instrText",
            "delText",
            "rPr",
            "pPr",
            "tcPr",
            "footnoteReference",
            "commentReference",
        )
    ]
    + [f"{_MC}Fallback"]
)

_UNREAD = ("vanish", "strike", "dstrike")  # hidden, or crossed out by the author


def read(data: bytes, path: str) -> Reading:
    """One Page; problems where a converter is needed and missing."""
    if not data.startswith(b"PK") or b"opendocument.text" in data[:200]:
        from scorer.readers import office

        return read(office.to_docx(data), path)
    body = parse_xml(main_part(data)[1].replace(STRICT, LOOSE)).find(f"{_W}body")
    if body is None:
        raise Unreadable("Word 文件里没有正文", "请用 Word 或 WPS 打开后另存", "damaged")
    walker = _Walker()
    walker.blocks_of(body, 0)
    struck = [_text(run) for run in body.iter(f"{_W}r") if _has(run, "strike", "dstrike")]
    return Reading((Page(1, tuple(walker.blocks)),), struck_note(path, struck))


def main_part(data: bytes) -> tuple[str, bytes]:
    """Name and XML of the part that holds a DOCX's text."""
    with open_zip(data) as pack:
        names = {n.replace("\\", "/").lower(): n for n in pack.namelist()}
        part = names.get("word/document.xml") or _main_part(names)
        return part, read_part(pack, part)


def elements(root: Any) -> dict[Place, Any]:
    """The ``w:tc`` and ``w:p`` elements of a document's XML (in the loose namespace) by the
    places that :func:`read` gives their texts."""
    walker = _Walker(keep=True)
    walker.blocks_of(root.find(f"{_W}body"), 0)
    return walker.elements


def _main_part(names: dict[str, str]) -> str:
    """The document part under another name than usual (Office 365: document2.xml)."""
    found = [
        n for low, n in names.items() if low.startswith("word/document") and low.endswith("xml")
    ]
    if not found:
        raise Unreadable("Word 文件里没有正文", "请用 Word 或 WPS 打开后另存", "damaged")
    return found[0]


class _Walker:
    """Walks the body in order and numbers paragraphs and tables; with ``keep`` it remembers
    the element of each place."""

    def __init__(self, keep: bool = False) -> None:
        self.keep = keep
        self.blocks: list[Line | Grid] = []
        self.paragraphs = 0
        self.tables = 0
        self.cells = 0
        self.elements: dict[Place, Any] = {}
        self.clock = Clock()

    def blocks_of(self, parent: Any, depth: int) -> None:
        """Add what a body, cell or text box holds."""
        for child in parent:
            if child.tag == _P:
                self._paragraph(child, depth)
            elif child.tag == _TBL:
                self._table(child, depth)
            elif child.tag in _WRAPPERS:
                self.blocks_of(child, depth)

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        self.paragraphs += 1
        if self.keep:
            self.elements[Place(line=self.paragraphs)] = paragraph
        for text in _text(paragraph).split("\n"):
            if text.strip():
                self.blocks.append(Line(text.strip(" \r"), Place(line=self.paragraphs)))
        for box in _text_boxes(paragraph):
            self.blocks_of(box, depth)

    def _table(self, table: Any, depth: int) -> None:
        self.blocks += self._grids(table, depth)

    def _grids(self, table: Any, depth: int) -> list[Grid]:
        """A table: one grid, or several where it is only the frame of those inside it."""
        if depth > limits.MAX_NESTING:
            raise too_big("表格嵌套层数", limits.MAX_NESTING)
        self.clock.check()
        self.tables += 1
        number = self.tables
        rows = [_row_cells(row) for row in _inside(table, _TR) if not _deleted_row(row)]
        width = max((c.column + c.span for row in rows for c in row), default=0)
        self.cells += width * len(rows)
        if self.cells > limits.MAX_CELLS or width > limits.MAX_SPAN:
            raise too_big("单元格数", limits.MAX_CELLS)
        merged = _merged(rows)
        cells = tuple(_cell(raw, n, number) for n, raw in merged)
        if self.keep:
            self.elements.update(
                (c.place, raw.element) for c, (_, raw) in zip(cells, merged, strict=True)
            )
        inner = {
            (n, raw.column): found
            for n, raw in merged
            if (found := [grid for t in raw.tables for grid in self._grids(t, depth + 1)])
        }
        grid = Grid(cells, len(rows), width, Place(table=number))
        if inner and holds_text(grid, inner):
            return [expanded(grid, inner)]
        return [*([grid] if cells else []), *(g for found in inner.values() for g in found)]


class _Raw:
    """A ``w:tc`` before vertical merges are resolved."""

    __slots__ = ("column", "element", "merge", "rows", "span", "tables", "text")

    def __init__(self, column: int, span: int, merge: str | None, element: Any) -> None:
        self.element = element
        self.column = column
        self.span = span
        self.merge = merge  # None, "restart" or "continue"
        self.tables: list[Any] = []  # those inside the cell
        self.text = _cell_text(element, self.tables)
        self.rows = 1


def _row_cells(row: Any) -> list[_Raw]:
    """The cells of one row at their grid columns."""
    column = _value(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    found = []
    for cell in _inside(row, _TC):
        properties = cell.find(f"{_W}tcPr")
        span, merge = 1, None
        if properties is not None:
            span = max(1, _value(properties.find(f"{_W}gridSpan"), 1))
            vertical = properties.find(f"{_W}vMerge")
            if vertical is not None:
                merge = vertical.get(f"{_W}val") or "continue"
        found.append(_Raw(column, span, merge, cell))
        column += span
    return found


def _merged(rows: list[list[_Raw]]) -> list[tuple[int, _Raw]]:
    """Resolve vertical merges: a continued cell lengthens the one above in its columns."""
    open_at: dict[int, _Raw] = {}
    kept: list[tuple[int, _Raw]] = []
    for number, row in enumerate(rows):
        still_open: dict[int, _Raw] = {}
        for cell in row:
            above = open_at.get(cell.column)
            if cell.merge == "continue" and above is not None and above.span == cell.span:
                above.rows += 1
                if cell.text:  # rare: text left in a covered cell
                    above.text = f"{above.text}\n{cell.text}".strip()
                above.tables += cell.tables
                still_open[cell.column] = above
                continue
            kept.append((number, cell))
            if cell.merge is not None:
                still_open[cell.column] = cell
        open_at = still_open
    return kept


def _cell(raw: _Raw, row: int, table: int) -> Cell:
    place = Place(table=table, row=row + 1, column=raw.column + 1)
    return Cell(raw.text, row, raw.column, raw.rows, raw.span, place)


def _inside(parent: Any, tag: str) -> list[Any]:
    """Children of a kind, also those in content controls and tracked insertions."""
    found = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _WRAPPERS:
            found += _inside(child, tag)
    return found


def _deleted_row(row: Any) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _cell_text(cell: Any, nested: list[Any]) -> str:
    """Paragraphs joined by line breaks; nested tables collected, their text not repeated."""
    parts: list[str] = []
    for child in cell:
        if child.tag == _P:
            parts.append(_text(child))
            for box in _text_boxes(child):
                parts.append(_cell_text(box, nested))
        elif child.tag == _TBL:
            nested.append(child)
        elif child.tag in _WRAPPERS:
            parts.append(_cell_text(child, nested))
    return "\n".join(p.strip() for p in parts if p.strip())[: limits.MAX_CELL_CHARS]


def _text(element: Any) -> str:
    """The visible text of a paragraph or run, without text boxes."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag == f"{_W}tab":
            parts.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{_W}sym":
            parts.append(_symbol(child))
        elif isinstance(tag, str) and tag not in _DROPPED and not _has(child, *_UNREAD):
            parts.append(_text(child))
    return "".join(parts)


def _symbol(element: Any) -> str:
    """Wingdings and the like: ticks and boxes matter in forms."""
    code = element.get(f"{_W}char", "").upper()[-2:]
    return {"FE": "☑", "FC": "√", "A8": "□", "6F": "□", "52": "☑", "B3": "≥", "A3": "≤"}.get(
        code, ""
    )


def _has(run: Any, *names: str) -> bool:
    """Whether one of these marks is set on a run."""
    marks = (run.find(f"{_W}rPr/{_W}{name}") for name in names)
    return any(m is not None and m.get(f"{_W}val") not in ("0", "false", "off") for m in marks)


def _text_boxes(paragraph: Any) -> list[Any]:
    """Text boxes anchored in a paragraph, once each (Word stores a fallback copy)."""
    return [
        box
        for box in paragraph.iter(f"{_W}txbxContent")
        if not any(a.tag in (f"{_MC}Fallback", f"{_W}txbxContent") for a in box.iterancestors())
    ]


def _value(element: Any, default: int) -> int:
    if element is None:
        return default
    text = element.get(f"{_W}val", "")
    return min(int(text), limits.MAX_SPAN) if text.isdigit() else default
