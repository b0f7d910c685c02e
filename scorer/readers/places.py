"""Mark where a document came from, when it was inside an archive or a mail."""

from __future__ import annotations

from dataclasses import replace

from scorer.forms import Document, Grid, Line, Page, Place


def within(document: Document, part: str) -> Document:
    """The same document with ``part`` in front of every place."""
    return replace(
        document,
        pages=tuple(_page(page, part) for page in document.pages),
        problems=tuple(replace(p, place=_place(p.place, part)) for p in document.problems),
    )


def _page(page: Page, part: str) -> Page:
    return replace(page, blocks=tuple(_block(block, part) for block in page.blocks))


def _block(block: Line | Grid, part: str) -> Line | Grid:
    if isinstance(block, Line):
        return replace(block, place=_place(block.place, part))
    cells = tuple(replace(c, place=_place(c.place, part)) for c in block.cells)
    return replace(block, cells=cells, place=_place(block.place, part))


def _place(place: Place, part: str) -> Place:
    return replace(place, part=f"{part}/{place.part}" if place.part else part)
