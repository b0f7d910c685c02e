"""Word comments on the cells of a DOCX; its text and looks stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from scorer.copies.docx_cells import W, WordError, opened, saved
from scorer.copies.package import part as read_part_of
from scorer.copies.package import with_parts
from scorer.copies.remarks import Remark
from scorer.copies.xlsx_comments import AUTHOR
from scorer.forms import Place
from scorer.readers.word import LOOSE, STRICT, elements

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def commented(data: bytes, remarks: Mapping[Place, Remark]) -> bytes:
    """The document with these remarks as comments on cells or paragraphs.

    Raises WordError for a place that the document does not have.
    """
    main, root, strict = opened(data)
    folder = main.rpartition("/")[0]
    links_part = f"{folder}/_rels/{main.rpartition('/')[2]}.rels"
    links = (read_part_of(data, links_part) or b"").decode()
    parts: dict[str, bytes | None] = {}
    found = re.search(r'<Relationship\b[^>]*?/comments"[^>]*?>', links)
    if found:
        target = re.search(r'Target="([^"]*)"', found[0])
        assert target
        name = target[1].lstrip("/") if target[1].startswith("/") else f"{folder}/{target[1]}"
    else:
        name = f"{folder}/comments.xml"
        link = f'<Relationship Id="rIdJixiao" Type="{_REL}" Target="comments.xml"/>'
        parts[links_part] = links.replace("</Relationships>", f"{link}</Relationships>").encode()
        types = (read_part_of(data, "[Content_Types].xml") or b"").decode()
        override = f'<Override PartName="/{name}" ContentType="{_TYPE}"/>'
        parts["[Content_Types].xml"] = types.replace("</Types>", f"{override}</Types>").encode()
    notes = _notes(read_part_of(data, name), strict)
    ids = [int(n.get(f"{W}id", "0")) for n in notes]
    at = elements(root)
    for n, (place, remark) in enumerate(remarks.items(), start=max(ids, default=-1) + 1):
        if place not in at:
            raise WordError(f"文件里没有{place.label() or '这一格'}")
        notes.append(_note(n, remark))
        _mark(at[place], n)
    parts[main] = saved(root, strict)
    parts[name] = saved(notes, strict)
    return with_parts(data, parts)


def _notes(xml: bytes | None, strict: bool) -> Any:
    if xml is None:
        return etree.Element(f"{W}comments", nsmap={"w": LOOSE.decode()})
    return etree.fromstring(xml.replace(STRICT, LOOSE) if strict else xml)


def _note(identity: int, remark: Remark) -> Any:
    note = etree.Element(f"{W}comment")
    note.set(f"{W}id", str(identity))
    note.set(f"{W}author", AUTHOR)
    note.set(f"{W}initials", "绩")
    for line in remark.paragraphs:
        paragraph = etree.SubElement(note, f"{W}p")
        run = etree.SubElement(paragraph, f"{W}r")
        text = etree.SubElement(run, f"{W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return note


def _mark(element: Any, identity: int) -> None:
    """Set the comment's range around the text of a cell's first paragraph, or a paragraph's."""
    paragraph = element if element.tag == f"{W}p" else element.find(f"{W}p")
    if paragraph is None:
        paragraph = next(iter(element.iter(f"{W}p")), None)
    if paragraph is None:
        paragraph = etree.SubElement(element, f"{W}p")
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    for mark in (start, end):
        mark.set(f"{W}id", str(identity))
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, start)
    run = etree.Element(f"{W}r")
    reference = etree.SubElement(run, f"{W}commentReference")
    reference.set(f"{W}id", str(identity))
    paragraph.append(end)
    paragraph.append(run)
