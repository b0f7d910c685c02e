"""Writes texts into table cells and paragraphs of a DOCX; nothing else of the file changes.

A new text takes the formatting of the first run that stood there. Pictures, notes, bookmarks
and nested tables of the cell stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from scorer.copies.package import with_parts
from scorer.forms import Place
from scorer.readers.word import LOOSE, STRICT, elements, main_part

W = f"{{{LOOSE.decode()}}}"
_TEXTS = frozenset(
    f"{W}{name}"
    for name in (
        "t tab br cr sym noBreakHyphen softHyphen fldChar instrText delText ptab"
        " lastRenderedPageBreak"
    ).split()
)
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class WordError(ValueError):
    """A place that the document does not have; the message names it."""


def written(data: bytes, writes: Mapping[Place, str]) -> bytes:
    """The document with these cells' (or paragraphs') texts; "" empties one and keeps its look.

    Raises WordError, naming the place, for one that the document does not have.
    """
    part, root, strict = opened(data)
    at = elements(root)
    for place, text in writes.items():
        if place not in at:
            raise WordError(f"文件里没有{place.label() or '这一格'}")
        write(at[place], _BAD.sub("", text))
    return with_parts(data, {part: saved(root, strict)})


def opened(data: bytes) -> tuple[str, Any, bool]:
    """(name of the main part, its root in the loose namespace, whether the file is strict)."""
    part, xml = main_part(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    return part, etree.fromstring(xml.replace(STRICT, LOOSE), parser), STRICT in xml


def saved(root: Any, strict: bool) -> bytes:
    """The part's bytes, in the namespace that it came in."""
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml.replace(LOOSE, STRICT) if strict else xml


def write(element: Any, text: str) -> None:
    """Put a text into a ``w:tc`` or a ``w:p``, a line of it in each paragraph."""
    lines = text.split("\n")
    if element.tag == f"{W}p":
        _write_line(element, " ".join(lines))
        return
    paragraphs = list(_own_paragraphs(element))
    if not paragraphs:
        paragraphs = [etree.SubElement(element, f"{W}p")]
    first = next((p for p in paragraphs if _runs(p)), paragraphs[0])
    look = _look(first)
    kept = paragraphs[paragraphs.index(first) :][: len(lines)]
    while len(kept) < len(lines):
        new = etree.Element(f"{W}p")
        if (properties := first.find(f"{W}pPr")) is not None:
            new.append(deepcopy(properties))
        kept[-1].addnext(new)
        kept.append(new)
    for paragraph, line in zip(kept, lines, strict=True):
        _write_line(paragraph, line, look)
    for paragraph in paragraphs:
        if paragraph not in kept:
            _drop(paragraph)


def _own_paragraphs(element: Any) -> list[Any]:
    """Paragraphs of a cell, not those of tables or text boxes inside it."""
    found = []
    for child in element:
        if child.tag == f"{W}p":
            found.append(child)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            found += _own_paragraphs(child)
    return found


def _runs(paragraph: Any) -> list[Any]:
    """The paragraph's runs that hold text, also those in links, fields and insertions."""
    return [
        run
        for run in paragraph.iter(f"{W}r")
        if any(child.tag in _TEXTS for child in run) and not _elsewhere(run, paragraph)
    ]


def _elsewhere(run: Any, paragraph: Any) -> bool:
    """A run of a text box anchored here, or of a tracked deletion."""
    for above in run.iterancestors():
        if above is paragraph:
            return False
        if above.tag in (f"{W}txbxContent", f"{W}del", f"{W}moveFrom"):
            return True
    return False


def _look(paragraph: Any) -> Any | None:
    """``w:rPr`` for new text: the first run's, else the paragraph mark's."""
    for run in _runs(paragraph):
        properties = run.find(f"{W}rPr")
        return None if properties is None else deepcopy(properties)
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return None if mark is None else deepcopy(mark)


def _write_line(paragraph: Any, line: str, look: Any | None = None) -> None:
    runs = _runs(paragraph)
    if look is None:
        look = _look(paragraph)
    new = etree.Element(f"{W}r")
    if look is not None:
        new.append(deepcopy(look))
    text = etree.SubElement(new, f"{W}t")
    text.text = line
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if runs:
        _show(runs[0])
        if line:
            runs[0].addprevious(new)
    elif line:
        paragraph.append(new)
    for run in runs:
        _strip(run)


def _show(run: Any) -> None:
    """What is typed into a content control is no placeholder any more."""
    for control in run.iterancestors(f"{W}sdt"):
        for mark in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            mark.getparent().remove(mark)


def _strip(run: Any) -> None:
    """Take a run's text out; the run goes too unless it holds something else."""
    for child in list(run):
        if child.tag in _TEXTS:
            run.remove(child)
    if all(child.tag == f"{W}rPr" for child in run):
        run.getparent().remove(run)


def _drop(paragraph: Any) -> None:
    """Remove a paragraph of the old text; one with a picture or a note only loses its text."""
    for run in _runs(paragraph):
        _strip(run)
    parent = paragraph.getparent()
    others = [p for p in parent if p.tag == f"{W}p" and p is not paragraph]
    if not list(paragraph.iter(f"{W}r")) and others:
        parent.remove(paragraph)
