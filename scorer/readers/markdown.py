"""Markdown: pipe tables, and tables written in it as HTML, become grids; other lines lose the marks of
headings, lists and quotes, and formulas those of their setting."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from scorer.forms import Cell, Grid, Line, Page, Place
from scorer.readers import html
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
_OPENS = re.compile(r"<table\b", re.I)
_CLOSES = re.compile(r"</table\s*>", re.I)
_FORMULA = re.compile(r"\$([^$\n]{1,60})\$")  # as programs write figures they found in a picture
_SETTING = re.compile(r"\\(?:mathrm|mathbf|text|operatorname)\s*\{([^{}]*)\}")
_SIGNS = {
    r"\geqslant": "≥", r"\leqslant": "≤", r"\geq": "≥", r"\leq": "≤", r"\ge": "≥", r"\le": "≤",
    r"\times": "×", r"\sim": "~", r"\cdot": "·", r"\%": "%", r"^\circ": "°", "^{2}": "²", "^2": "²",
    "^{3}": "³", "^3": "³",
}  # fmt: skip
_MARK = re.compile(r"^\s*(?:#{1,6}|[-*+])\s+(?=\S)")


def has_table(text: str) -> bool:
    """Whether a text holds a pipe table (a line of dashes and pipes below a piped line), or one in
    HTML."""
    lines = text[: 1 << 20].splitlines()
    if any(map(_OPENS.search, lines)) and any(map(_CLOSES.search, lines)):
        return True
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
            end = _pipes_end(lines, at + 2)
            tables += 1
            blocks.append(_grid(_with_whole_rows([lines[at], *lines[at + 2 : end]]), tables))
            at = end
        elif _OPENS.search(lines[at].text):
            end = _table_end(lines, at)
            found = _html([_plain(line.text) for line in lines[at:end]], lines[at].place, tables)
            tables += sum(isinstance(block, Grid) for block in found)
            blocks += found
            at = end
        else:
            blocks.append(replace(lines[at], text=_plain(lines[at].text)))
            at += 1
    return Page(page.number, tuple(blocks))


def _pipes_end(lines: list[Line], start: int) -> int:
    """One past a pipe table's last row: rows whose cells hold line breaks go on in lines without a
    pipe, up to the next row; a rule begins another table with the row above it."""
    end = n = start
    while n < len(lines) and lines[n].text.strip():
        if n + 1 < len(lines) and "|" in lines[n].text and _RULE.match(lines[n + 1].text):
            break
        n += 1
        end = n if "|" in lines[n - 1].text else end
    return end


def _with_whole_rows(lines: list[Line]) -> list[Line]:
    """The rows with the lines that their last cell goes on in."""
    rows: list[Line] = []
    for line in lines:
        if "|" in line.text or not rows:
            rows.append(line)
        else:
            above = rows[-1].text.rstrip().removesuffix("|").rstrip()
            rows[-1] = replace(rows[-1], text=f"{above}<br>{line.text.strip()}")
    return rows


def _table_end(lines: list[Line], start: int) -> int:
    """One past the line on which the HTML tables end that begin on a line."""
    depth = 0
    for n in range(start, len(lines)):
        text = lines[n].text
        depth += len(_OPENS.findall(text)) - len(_CLOSES.findall(text))
        if depth <= 0:
            return n + 1
    return len(lines)


def _html(texts: list[str], place: Place, tables: int) -> list[Line | Grid]:
    """The blocks of some lines of HTML, at the place of the first."""
    (page,) = html.read_text("\n".join(texts), "").pages
    found: list[Line | Grid] = []
    for block in page.blocks:
        if isinstance(block, Line):
            found.append(replace(block, place=place))
            continue
        table = tables + (block.place.table or 1)
        at = replace(place, table=table)
        cells = (replace(c, place=replace(c.place, table=table, page=at.page)) for c in block.cells)
        found.append(replace(block, cells=tuple(cells), place=at))
    return found


def _plain(text: str) -> str:
    """«- **数量指标**», «## 1. 项目名称：…», «$\\geq 9 5 \\%$» without what only says how they look."""
    text = _FORMULA.sub(_as_said, text) if "$" in text else text
    return _STRONG.sub(r"\1", _MARK.sub("", _QUOTE.sub("", text)))


def _as_said(formula: re.Match[str]) -> str:
    """«$\\geq 9 5 \\%$» as «≥95%»."""
    text = _SETTING.sub(r"\1", formula[1])
    for command, sign in _SIGNS.items():
        text = text.replace(command, sign)
    return re.sub(r"[\s{}\\]", "", text)


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
    text = _FORMULA.sub(_as_said, text) if "$" in text else text
    return _STRONG.sub(r"\1", _BREAK.sub("\n", text)).replace("\\|", "|")
