"""Comments and light colours on cells of an XLSX; values, looks and other parts stay.

A comment lives in three parts that a workbook may lack: the comments themselves, the VML
drawing of their boxes, and the links from the sheet. Comments that are there are kept; ours
go below the text of one that stands on the same cell.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from scorer.copies.package import with_parts
from scorer.copies.remarks import Remark
from scorer.copies.sheet_cells import SheetCells, slot
from scorer.copies.xlsx_cells import Book
from scorer.forms import Place

AUTHOR = "绩效目标自查"
FILLS = {"error": "FFFBE9E7", "warning": "FFFFF4E0", "advice": "FFE8EFF7"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_LEGACY = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "AlternateContent", "extLst",
)  # fmt: skip
_VML_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_VML_HEAD = (
    f"<xml {_VML_SPACES}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{sheet}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_VML_SHAPE = (  # with its namespaces: a drawing that is there may name them otherwise
    f"<v:shape {_VML_SPACES} "
    'id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
    'margin-top:2pt;width:240pt;height:{high}pt;z-index:1;visibility:hidden" fillcolor="#fffdf5"'
    ' o:insetmode="auto"><v:fill color2="#fffdf5"/><v:shadow on="t" color="#d0d7de" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 12, {top}, 2, {right}, 40, {bottom}, 4"
    "</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def commented(data: bytes, remarks: Mapping[Place, Remark]) -> bytes:
    """The workbook with these remarks as comments, their cells lightly coloured.

    Raises SheetError for a place that the workbook does not have.
    """
    by_sheet: dict[str, dict[str, Remark]] = {}
    for place, remark in remarks.items():
        if place.sheet is not None and place.cell is not None:
            by_sheet.setdefault(place.sheet, {})[place.cell] = remark
    book = Book(data)
    parts: dict[str, bytes | None] = {}
    looks = _Looks(book)
    types = _Types(book)
    for n, (name, own) in enumerate(by_sheet.items(), start=1):
        _Sheet(book, name, own, parts, types, looks, n).write()
    if looks.made:
        parts[looks.part] = looks.xml()
    parts["[Content_Types].xml"] = types.xml()
    return with_parts(data, parts)


class _Types:
    """[Content_Types].xml while parts are added."""

    def __init__(self, book: Book) -> None:
        self.root = etree.fromstring(book.read("[Content_Types].xml"))

    def add_comments(self, part: str) -> None:
        vml = [e for e in self.root if e.get("Extension", "").lower() == "vml"]
        if not vml:
            made = etree.Element(f"{{{_TYPES}}}Default", Extension="vml", ContentType=_VML_TYPE)
            self.root.insert(0, made)
        etree.SubElement(
            self.root, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE
        )

    def xml(self) -> bytes:
        return _bytes(self.root)


class _Looks:
    """styles.xml with the coloured twins of cell styles."""

    def __init__(self, book: Book) -> None:
        self.part = book.parts.names.get("xl/styles.xml", "")
        self.root: Any = etree.fromstring(book.read(self.part)) if self.part else None
        self.made: dict[tuple[str, str], str] = {}
        self.fills: dict[str, int] = {}

    def coloured(self, style: str, severity: str | None) -> str:
        """The index of this style with the severity's colour behind it."""
        cells = None if self.root is None else self.root.find("{*}cellXfs")
        if cells is None or severity is None:
            return style
        key = (style, severity)
        if key not in self.made:
            old = list(cells)[int(style or 0)] if int(style or 0) < len(cells) else cells[0]
            new = deepcopy(old)
            new.set("fillId", str(self._fill(FILLS[severity])))
            new.set("applyFill", "1")
            cells.append(new)
            cells.set("count", str(len(cells)))
            self.made[key] = str(len(cells) - 1)
        return self.made[key]

    def _fill(self, colour: str) -> int:
        if colour not in self.fills:
            assert self.root is not None
            fills = self.root.find("{*}fills")
            ns = self.root.tag.rpartition("}")[0] + "}"
            fill = etree.SubElement(fills, f"{ns}fill")
            pattern = etree.SubElement(fill, f"{ns}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{ns}fgColor", rgb=colour)
            etree.SubElement(pattern, f"{ns}bgColor", indexed="64")
            fills.set("count", str(len(fills)))
            self.fills[colour] = len(fills) - 1
        return self.fills[colour]

    def xml(self) -> bytes:
        return _bytes(self.root)


class _Sheet:
    """One sheet's comments: its parts are read, added to or made, and put into ``parts``."""

    def __init__(
        self,
        book: Book,
        name: str,
        remarks: Mapping[str, Remark],
        parts: dict[str, bytes | None],
        types: _Types,
        looks: _Looks,
        number: int,
    ) -> None:
        self.book, self.remarks, self.parts = book, remarks, parts
        self.types, self.looks, self.number = types, looks, number
        self.part = book.sheet_part(name)
        folder, file = posixpath.split(self.part)
        self.links_part = f"{folder}/_rels/{file}.rels"
        self.links = (
            etree.fromstring(book.read(self.links_part))
            if self.links_part in book.names
            else _element("Relationships", _PACKAGE)
        )
        self.cells = SheetCells(book.read(self.part))

    def write(self) -> None:
        comments_part = self._linked("/comments") or self._new("xl/comments{}.xml")
        is_new = comments_part not in self.book.names
        root = self._comments_root(comments_part)
        author = self._author(root)
        listed = root.find("{*}commentList")
        there = {c.get("ref"): c for c in listed}
        fresh = [a for a in self.remarks if a not in there]
        for address, remark in self.remarks.items():
            if address in there:
                text = there[address].find("{*}text")
                text.append(_run(f"\n———\n{remark.text}", root))
            else:
                listed.append(_comment(address, author, remark, root))
        listed[:] = sorted(listed, key=lambda c: slot(c.get("ref").split(":")[0]))
        self.parts[comments_part] = _bytes(root)
        vml_part = self._linked("/vmlDrawing", self._legacy_id())
        legacy = ""
        if vml_part is None:
            vml_part = self._new("xl/drawings/vmlDrawingJ{}.vml")
            legacy = self._link("/vmlDrawing", vml_part)
        self.parts[vml_part] = self._drawing(vml_part, fresh)
        if is_new:
            self._link("/comments", comments_part)
            self.types.add_comments(comments_part)
        self.parts[self.links_part] = _bytes(self.links)
        self.parts[self.part] = self._sheet(legacy)

    # -- links -------------------------------------------------------------------------

    def _linked(self, kind: str, identity: str = "") -> str | None:
        """The part that the sheet links to as this kind (with this id), None if there is none."""
        for link in self.links:
            if link.get("Type", "").endswith(kind) and identity in ("", link.get("Id")):
                target = link.get("Target", "")
                base = posixpath.dirname(self.part)
                path = target.lstrip("/") if target[:1] == "/" else posixpath.join(base, target)
                return posixpath.normpath(path)
        return None

    def _link(self, kind: str, part: str) -> str:
        identity = f"rIdJixiao{len(self.links) + 1}"
        etree.SubElement(
            self.links,
            f"{{{_PACKAGE}}}Relationship",
            Id=identity,
            Type=_REL + kind,
            Target=f"/{part}",
        )
        return identity

    def _new(self, pattern: str) -> str:
        n = self.number
        while pattern.format(n) in self.book.names or pattern.format(n) in self.parts:
            n += 1
        return pattern.format(n)

    def _legacy_id(self) -> str:
        """The link id of the sheet's own legacy drawing; a value that no link has if none."""
        tag = re.search(rb"<(?:\w+:)?legacyDrawing\b[^>]*>", self.cells.xml)
        found = re.search(rb'\bid="([^"]*)"', tag[0]) if tag else None
        return found[1].decode() if found else "\x00"

    # -- comments ----------------------------------------------------------------------

    def _comments_root(self, part: str) -> Any:
        if part in self.book.names:
            return etree.fromstring(self.book.read(part))
        root = _element("comments", _MAIN)
        etree.SubElement(root, f"{{{_MAIN}}}authors")
        etree.SubElement(root, f"{{{_MAIN}}}commentList")
        return root

    @staticmethod
    def _author(root: Any) -> int:
        authors = root.find("{*}authors")
        ns = root.tag.rpartition("}")[0] + "}"
        etree.SubElement(authors, f"{ns}author").text = AUTHOR
        return len(authors) - 1

    # -- the drawing of the boxes --------------------------------------------------------

    def _drawing(self, part: str, addresses: list[str]) -> bytes:
        there = part in self.book.names
        old = self.book.read(part).decode("utf-8-sig") if there else ""
        head = old or _VML_HEAD.format(sheet=self.number) + "</xml>"
        used = [int(n) for n in re.findall(r"_x0000_s(\d+)", head)]
        first = max([*used, self.number * 1024]) + 1
        shapes = "".join(
            _shape(first + n, address, self.remarks[address]) for n, address in enumerate(addresses)
        )
        cut = head.rindex("</xml>")
        return (head[:cut] + shapes + head[cut:]).encode()

    # -- the sheet ---------------------------------------------------------------------

    def _sheet(self, legacy: str) -> bytes:
        elements = {}
        for address, remark in self.remarks.items():
            old = self.cells.find(address)
            style = self.looks.coloured(self.cells.style(address), remark.severity)
            if old is None:
                elements[address] = self.cells.element(address, "", style=style)
            else:
                xml = self.cells.xml[old.start : old.end].decode()
                elements[address] = _restyled(xml, style, address)
        new = self.cells.replaced(elements)
        return _with_legacy(new, legacy) if legacy else new


def _restyled(xml: str, style: str, address: str) -> str:
    """A ``c`` element with another style index."""
    end = re.match(r"<[\w:]+", xml)
    assert end
    tag_end = xml.index(">")
    head = re.sub(r'\s(?:s|r)="[^"]*"', "", xml[end.end() : tag_end])
    styled = f' s="{style}"' if style else ""
    return f'{end[0]} r="{address}"{styled}{head}{xml[tag_end:]}'


def _with_legacy(xml: bytes, identity: str) -> bytes:
    """The sheet with its link to the drawing, where the schema wants it."""
    root = re.search(rb"</((?:\w+:)?)worksheet\s*>\s*$", xml)
    assert root
    prefix = root[1]
    data_end = re.search(rb"<(?:\w+:)?sheetData\s*/>|</(?:\w+:)?sheetData>", xml)
    names = "|".join(_AFTER_LEGACY).encode()
    after = re.compile(rb"<(?:\w+:)?(?:" + names + rb")\b").search(
        xml, data_end.end() if data_end else 0
    )
    at = after.start() if after else root.start()
    tag = f'legacyDrawing xmlns:r="{_REL}" r:id="{identity}"/>'.encode()
    return xml[:at] + b"<" + prefix + tag + xml[at:]


def _comment(address: str, author: int, remark: Remark, root: Any) -> Any:
    ns = root.tag.rpartition("}")[0] + "}"
    comment = etree.Element(f"{ns}comment", ref=address, authorId=str(author))
    etree.SubElement(comment, f"{ns}text").append(_run(remark.text, root))
    return comment


def _run(text: str, root: Any) -> Any:
    ns = root.tag.rpartition("}")[0] + "}"
    run = etree.Element(f"{ns}r")
    look = etree.SubElement(run, f"{ns}rPr")
    etree.SubElement(look, f"{ns}sz", val="9")
    etree.SubElement(look, f"{ns}color", rgb="FF1F2328")
    etree.SubElement(look, f"{ns}rFont", val="宋体")
    etree.SubElement(look, f"{ns}charset", val="134")
    said = etree.SubElement(run, f"{ns}t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _shape(identity: int, address: str, remark: Remark) -> str:
    row, column = slot(address)
    lines = sum(1 + len(line) // 24 for line in remark.paragraphs)
    high = min(420, 14 * lines + 12)
    return _VML_SHAPE.format(
        id=identity,
        high=high,
        left=column,
        top=max(row - 2, 0),
        right=column + 3,
        bottom=max(row - 2, 0) + max(4, high // 18),
        row=row - 1,
        column=column - 1,
    )


def _element(name: str, namespace: str) -> Any:
    """A root element whose namespace has no prefix."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _bytes(root: Any) -> bytes:
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml
