"""Tables drawn with bars in plain text, each cell as wide as its column: what programs make of a
Word file's tables.

    |项目名称  |县医院传染病区改造                  |
    |产出指标  |数量指标  |改造传染病|≥3200平方米   |
    |          |          |区面积    |              |

The bars tell the columns, merged ones too. A line goes on with the row above where every text in it
stands below a full line of its cell; where rules («+----+») part the rows, they alone do. A rule may
leave out the cells that reach further down, and such a cell's text may stand beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from scorer.forms import Cell, Grid, Line, Page, Place

_LEAST = 3  # lines of a table
_FRAME = 2  # bars of a line without columns
_OFF = 2  # signs by which two columns' bars are apart at least
_RULE = re.compile(r"\s*[+|][-=+:|]{3,}[+|]\s*$")
_PART = re.compile(r"[+|][-=:]{3,}[+|]")  # a rule under one cell: «|  产出指标  +--------+»
_BAR = "|"


class _Row(NamedTuple):
    """One line: where its bars stand, and the texts between them; ``ends`` where a rule under some
    of its cells begins the next row."""

    line: Line
    bars: tuple[int, ...]
    texts: tuple[str, ...]
    ends: bool = False


def with_boxes(page: Page) -> Page:
    """The page with its drawn tables as grids."""
    blocks: list[Line | Grid] = []
    lines = [block for block in page.blocks if isinstance(block, Line)]
    at = tables = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _is_drawn(lines[end].text):
            end += 1
        grid = _grid(lines[at:end], tables + 1) if end - at >= _LEAST else None
        if grid is not None:
            tables += 1
            blocks.append(grid)
        else:
            blocks += lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return Page(page.number, tuple(blocks)) if tables else page


def _is_drawn(text: str) -> bool:
    text = text.strip()
    if _RULE.match(text) or (len(text) > 1 and text[0] == text[-1] == _BAR):
        return True
    return text[:1] in ("+", _BAR) and text[-1:] in ("+", _BAR) and bool(_PART.search(text))


def _grid(lines: Sequence[Line], table: int) -> Grid | None:
    """The table of some lines; None where their bars do not stand one below the other."""
    for wide in (False, True):  # «“», «≥»: programs differ in what room they take
        rows = [None if _RULE.match(x.text) else _row(x, wide=wide) for x in lines]
        drawn = [row for row in rows if row is not None]
        if len(drawn) < _LEAST or all(len(row.bars) <= _FRAME for row in drawn):
            continue
        edges = _edges(drawn)
        snapped = [row and row._replace(bars=tuple(edges[bar] for bar in row.bars)) for row in rows]
        if len({(row.bars[0], row.bars[-1]) for row in snapped if row}) == 1:
            return _as_grid(_logical(snapped), table)
    return None


def _edges(rows: Sequence[_Row]) -> dict[int, int]:
    """Where each bar stands that is out of line by a sign."""
    edges: dict[int, int] = {}
    last = -_OFF
    for bar in sorted({bar for row in rows for bar in row.bars}):
        last = bar if bar - last >= _OFF else last
        edges[bar] = last
    return edges


def _row(line: Line, *, wide: bool) -> _Row:
    bars: list[int] = []
    texts: list[str] = []
    at = start = 0
    ends = bool(_PART.search(line.text))
    for n, sign in enumerate(line.text.rstrip()):
        if sign == _BAR or (ends and sign == "+"):
            if bars:
                text = line.text[start:n]
                texts.append("" if ends and set(text) <= set("-=:") else text)
            bars.append(at)
            start = n + 1
        at += _room(sign, wide=wide)
    return _Row(line, tuple(bars), tuple(texts), ends)


def _room(sign: str, *, wide: bool) -> int:
    kind = unicodedata.east_asian_width(sign)
    return 2 if kind in "WF" or (wide and kind == "A") else 1


def _logical(rows: Sequence[_Row | None]) -> list[list[_Row]]:
    """The lines by row of the table."""
    ruled = sum(row is None or row.ends for row in rows) > 2  # more than a frame's two
    found: list[list[_Row]] = []
    fresh = True
    for row in rows:
        if row is None:
            fresh = True
            continue
        goes_on = bool(found) and (not fresh if ruled else _goes_on(found[-1][-1], row))
        if row.ends and not any(text.strip() for text in row.texts):
            fresh = True
            continue
        if (goes_on or row.ends) and found and found[-1][-1].bars == row.bars:
            found[-1].append(row)
        else:
            found.append([row])
        fresh = row.ends
    return found


def _goes_on(above: _Row, row: _Row) -> bool:
    """Every text of the line stands below one that fills its cell, or below a sentence's end where
    others do."""
    if above.bars != row.bars:
        return False
    filled = [n for n, text in enumerate(row.texts) if text.strip()]
    full = [n for n in filled if _is_full(above, n)]
    ended = [n for n in filled if above.texts[n].rstrip().endswith(("。", "；", ";"))]
    return bool(full) and set(full) | set(ended) == set(filled)


def _is_full(row: _Row, n: int) -> bool:
    """At most half a Chinese character is blank at the text's end, none before it."""
    text = row.texts[n]
    blank = len(text) - len(text.rstrip())
    return bool(text.strip()) and blank <= 1


def _as_grid(rows: Sequence[Sequence[_Row]], table: int) -> Grid:
    edges = sorted({bar for row in rows for bar in row[0].bars})
    cells = []
    for r, lines in enumerate(rows):
        bars = lines[0].bars
        for n, (low, high) in enumerate(pairwise(bars)):
            parts = [text for line in lines if (text := line.texts[n].strip())]
            column = edges.index(low)
            at = lines[0].line.place
            place = Place(page=at.page, line=at.line, table=table, row=r + 1, column=n + 1)
            cells.append(Cell("\n".join(parts), r, column, 1, edges.index(high) - column, place))
    first = rows[0][0].line.place
    place = Place(page=first.page, line=first.line, table=table)
    return Grid(tuple(cells), len(rows), len(edges) - 1, place)
