"""Cells that a printed sheet's text layer gives after all others, back in their places.

Some programs write the cells of one line first and those that wrap, or are no plain text, at the
end of the page: rows above lack a name, a value or a unit, and the goal stands below the last row.
What is missing, from top to bottom, is filled with what is left over, in the same order; where
that does not come out even, the text is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.header_row import HeadRow, head_row
from scorer.layouts.text.lines import Piece, TextLine, join_wrapped
from scorer.layouts.text.pieces import role_price
from scorer.layouts.text.prices import name_cost, value_cost, wrapping
from scorer.layouts.text.tokens import LONG_FIELDS
from scorer.layouts.words import Words, fold, squeeze

Kind = Literal["text", "name", "value", "unit"]

_MOST = 60  # lines that are left over
_PARTS = 6  # lines of one of them
_BLANK = 1.2  # price of a cell that stays blank
_SURE = 1.0  # mean price of a cell up to which the order is believed
_TEXT = 10  # signs of a goal at least
_KNOWN = frozenset(("level1", "level2", "name", "value", "value_annual", "unit", "note"))
_FIGURE = re.compile(r"^[≥≤=<>≧≦]?\s*\d[\d,.]*$")
_BEGINS_VALUE = re.compile(r"^[≥≤=<>≧≦\d]")
_NO_CELL = re.compile(r"^\(?20\d\d年?度?\)?$|^附[件表]\d*$|^.$|^(?:备注|注|说明)\d*:|\.[a-z]{2,4}$")


@dataclass(frozen=True, slots=True)
class _Hole:
    """A cell that a line lacks, and where in the line it would stand."""

    kind: Kind
    line: int
    at: int


def with_late_cells(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with such cells in their places; as they are where there are none."""
    found = ((n, head_row(lines, n, words)) for n in range(len(lines)))
    start, head = next(((n, head) for n, head in found if head), (0, None))
    if head is None or not _is_plain(head):
        return list(lines)
    last = _last_row(lines, head.end, words)
    left = [n for n in range(last + 1, len(lines)) if _may_be_cell(lines[n], words)]
    lacking = _holes(lines, head, last, words)
    holes = [*_blank_labels(lines[:start], words), *lacking]
    whole = sum(len(_cells(line, words)) > 1 for line in lines[head.end : last + 1])
    broken = sum(hole.kind in ("name", "value") for hole in lacking)
    parts = any(words.ends_level(piece.text) for n in left for piece in lines[n].pieces)
    if not holes or not 0 < len(left) <= _MOST or broken > whole or parts:
        return list(lines)  # cells one a line, or wrapped ones side by side
    filled = _filled(holes, [lines[n].text for n in left])
    return list(lines) if filled is None else _with(lines, filled, frozenset(left))


def _is_plain(head: HeadRow) -> bool:
    """One name and one value a row: what a row lacks can be told."""
    own = [role for role in head.roles if not role.startswith("flat")]
    return {"name", "level2"} <= set(own) <= _KNOWN and own.count("name") == 1


def _level(piece: Piece, words: Words) -> bool:
    return len(piece.text) >= 4 and bool(words.level1_of(piece.text) or words.level2_of(piece.text))


def _cells(line: TextLine, words: Words) -> list[Piece]:
    """A row's pieces without the names of its levels."""
    pieces = list(line.pieces)
    while pieces and _level(pieces[0], words):
        pieces.pop(0)
    return pieces


def _last_row(lines: Sequence[TextLine], start: int, words: Words) -> int:
    """The last line with a level's name, or with a name and a value right below it."""
    named = [n for n in range(start, len(lines)) if any(_level(p, words) for p in lines[n].pieces)]
    last = named[-1] if named else start
    if not _cells(lines[last], words):
        return len(lines) - 1  # a level's name alone: what follows is its own row
    while last + 1 < len(lines) and len(lines[last + 1].pieces) > 1:
        if not _BEGINS_VALUE.match(fold(lines[last + 1].pieces[1].text)):
            break
        last += 1
    return last


def _may_be_cell(line: TextLine, words: Words) -> bool:
    text = squeeze(line.text)
    label = squeeze(re.split(r"[:：]", line.text)[0])
    known = words.field_of(label) or words.column_of(text) or words.is_money_head(text)
    return not (known or words.is_title(line.text) or _NO_CELL.match(fold(text)))


def _blank_labels(lines: Sequence[TextLine], words: Words) -> list[_Hole]:
    """Labels of long texts that have none beside or below them."""
    found = []
    for n, line in enumerate(lines):
        name = words.field_of(line.text) if len(line.pieces) == 1 else None
        below = lines[n + 1].pieces[0].text if n + 1 < len(lines) else ""
        closed = not below or words.field_of(below) or words.is_money_head(below)
        if name in LONG_FIELDS | GOALS and closed:
            found.append(_Hole("text", n, 1))
    return found


def _holes(lines: Sequence[TextLine], head: HeadRow, last: int, words: Words) -> list[_Hole]:
    """What the rows lack, from top to bottom."""
    found: list[_Hole] = []
    goal = any(role.startswith("flat:goal") for role in head.roles)
    for n in range(head.end, last + 1):
        line = lines[n]
        cells = _cells(line, words)
        size = len(line.pieces)
        levels = size - len(cells)
        heads_rows = not levels and n < last and _level(lines[n + 1].pieces[0], words)
        if goal and heads_rows and _FIGURE.match(cells[-1].text):
            found.append(_Hole("text", n, size))
        elif len(cells) == 1 and len(cells[0].text) > 1:
            is_value = bool(_BEGINS_VALUE.match(fold(cells[0].text)))
            found.append(_Hole("name", n, levels) if is_value else _Hole("value", n, size))
        elif "unit" in head.roles and len(cells) == 2 and _FIGURE.match(fold(cells[1].text)):
            found.append(_Hole("unit", n, size))
    return found


def _filled(holes: Sequence[_Hole], texts: Sequence[str]) -> list[tuple[_Hole, str]] | None:
    """The holes with their texts, in order, all texts used; None where that reads badly."""
    best: dict[int, tuple[float, tuple[tuple[_Hole, str], ...]]] = {0: (0.0, ())}
    for hole in holes:
        ways: dict[int, tuple[float, tuple[tuple[_Hole, str], ...]]] = {}
        for used, (price, taken) in best.items():
            for end in range(used, min(len(texts), used + _PARTS) + 1):
                parts = tuple(texts[used:end])
                total = price + (_price(hole.kind, parts) if parts else _BLANK)
                if end not in ways or total < ways[end][0]:
                    more = ((hole, join_wrapped(parts)),) if parts else ()
                    ways[end] = total, (*taken, *more)
        best = ways
    price, taken = best.get(len(texts), (0.0, ()))
    return list(taken) if taken and price <= _SURE * len(holes) else None


def _price(kind: Kind, parts: tuple[str, ...]) -> float:
    """How unlike a cell of its kind a text is."""
    text = join_wrapped(parts)
    broken = wrapping(parts, 0.0) if len(parts) > 1 else 0.0
    sentence = 2.0 * text.endswith(("。", "；"))
    if kind == "text":
        return broken / 2 + (0.0 if sentence else 0.6) + 1.5 * (len(text) < _TEXT)
    if kind == "unit":
        return broken + (4.0 if role_price(text, "unit") is None else 0.0)
    if kind == "name":
        return broken + sentence + name_cost(text) + 2.0 * bool(_BEGINS_VALUE.match(fold(text)))
    return broken + sentence + value_cost(text)


def _with(
    lines: Sequence[TextLine], filled: Sequence[tuple[_Hole, str]], gone: frozenset[int]
) -> list[TextLine]:
    """The lines with the cells put in, those they came from taken out."""
    out = list(lines)
    for hole, text in filled:
        texts = [piece.text for piece in out[hole.line].pieces]
        texts.insert(hole.at, text)
        pieces = tuple(Piece(text, n) for n, text in enumerate(texts))
        out[hole.line] = replace(out[hole.line], pieces=pieces)
    return [line for n, line in enumerate(out) if n not in gone]
