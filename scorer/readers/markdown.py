"""Markdown: pipe tables become grids; other lines lose the marks of headings, lists and quotes."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from scorer.forms import Cell, Grid, Line, Page, Place
from scorer.readers.base import Reading
from scorer.readers.text import decoded, pages_of

# A colon makes one dash enough: «:-:»; «| - | - |» is a row of two cells left out.
_DASHES = r"\s*(?::-+:?|-+:|-{2,})\s*"
_RULE = re.compile(rf"^\s*\|?{_DASHES}(\|{_DASHES})+\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_HEADING = re.compile(r"^#{1,6}\s+(?=\S)", re.M)
_QUOTE = re.compile(r"^\s*(?:>\s+(?=\D))+")
_MARK = re.compile(r"^\s*(?:#{1,6}|[-*+])\s+(?=\S)")


def has_table(text: str) -> bool:
    """Whether a text holds a pipe table (a line of dashes and pipes below a piped line)."""
    lines = text[: 1 << 20].splitlines()
    return any("|" in above and _RULE.match(line) for above, line in itertools.pairwise(lines))


def has_headings(text: str) -> bool:
    """Whether a text has several headings marked with «#»: one alone may be any text's sign."""
    return len(_HEADING.findall(text[: 1 << 20])) > 1


def read(data: bytes, path: str) -> Reading:  # noqa: ARG001
    """Pages of lines without their marks, with each pipe table as a Grid at its place."""
    return Reading(tuple(_page(page) for page in pages_of(decoded(data).text)))


def _page(page: Page) -> Page:
    lines = [b for b in page.blocks if isinstance(b, Line)]
    blocks: list[Line | Grid] = []
    at = tables = 0
    while at < len(lines):
        if at + 1 < len(lines) and "|" in lines[at].text and _RULE.match(lines[at + 1].text):
            end = at + 2
            while end < len(lines) and "|" in lines[end].text:
                end += 1
            tables += 1
            blocks.append(_grid([lines[at], *lines[at + 2 : end]], tables))
            at = end
        else:
            blocks.append(replace(lines[at], text=_plain(lines[at].text)))
            at += 1
    return Page(page.number, tuple(blocks))


def _plain(text: str) -> str:
    """«- **数量指标**», «## 1. 项目名称：…» without what only says how they look."""
    return _STRONG.sub(r"\1", _MARK.sub("", _QUOTE.sub("", text)))


def _grid(lines: list[Line], table: int) -> Grid:
    rows = [_fields(line.text) for line in lines]
    width = max(len(row) for row in rows)
    cells = tuple(
        Cell(
            text,
            r,
            c,
            place=Place(page=line.place.page, line=line.place.line, table=table, column=c + 1),
        )
        for r, (row, line) in enumerate(zip(rows, lines, strict=True))
        for c, text in enumerate(row)
    )
    return Grid(cells, len(rows), width, lines[0].place)


def _fields(text: str) -> list[str]:
    inner = text.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_field(field.strip()) for field in _PIPE.split(inner)]


def _field(text: str) -> str:
    return _STRONG.sub(r"\1", _BREAK.sub("\n", text)).replace("\\|", "|")
