"""Short texts of a form's head that stand above and below their label's line.

A cell set in the middle of its row has its label on one line and its broken text around it:

    昌浮市文化广电新闻出版旅
    主管部门 实施单位 昌浮市陶瓷博物馆
    游局

So do names of units and times. That the parts make one such text, and do not alone, tells them
from the rest of the cell above and from a text that begins below its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.text.lines import Piece, TextLine, join_wrapped
from scorer.layouts.words import PLACE, Words, fold

_END = 3  # signs of «员会», what a name that could end before goes on with at most
_BRACKET = re.compile(r"[（(][^（()）]*[）)]$")  # «（本级）» behind a unit's name
_CODE = re.compile(r"^\d{3,}-?")  # of a unit, in front of its name
_TIME = re.compile(r"^20\d\d(?:年|[-./]).*(?:[年月日底前]|\d)$")


def with_texts_between(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with such texts put together behind their labels."""
    out = list(lines)
    for i in range(1, len(out) - 1):
        above, row, below = out[i - 1 : i + 2]
        blanks = _blanks(row, words)
        if not 0 < len(blanks) == len(above.pieces) == len(below.pieces):
            continue
        parts = [(a.text, b.text) for a, b in zip(above.pieces, below.pieces, strict=True)]
        keys = [words.field_of(row.pieces[n].text) for n in blanks]
        if all(_makes(key, *part, words) for key, part in zip(keys, parts, strict=True)):
            texts = dict(zip(blanks, map(join_wrapped, parts), strict=True))
            out[i - 1 : i + 2] = [
                replace(above, pieces=()),
                replace(row, pieces=_filled(row, texts)),
                replace(below, pieces=()),
            ]
            _take_three_lines(out, i, words)
    return [line for line in out if line.pieces]


def _take_three_lines(lines: list[TextLine], i: int, words: Words) -> None:
    """The unit of line ``i`` that also has a line above and one below those already taken:
    «某县人力资源和», «实施单位 社会保障局（本», «级）»."""
    if i < 2 or i + 2 >= len(lines):
        return
    above, row, below = lines[i - 2], lines[i], lines[i + 2]
    if len(above.pieces) != 1 or len(below.pieces) != 1 or len(row.pieces) < 2:
        return
    *before, last = row.pieces
    name = join_wrapped([above.text, last.text, below.text])
    of_unit = words.field_of(before[-1].text) in ("unit", "department")
    whole = words.is_unit_name(_BRACKET.sub("", name)) and not words.is_unit_name(above.text)
    if of_unit and whole and not words.is_unit_name(last.text):
        lines[i - 2], lines[i + 2] = replace(above, pieces=()), replace(below, pieces=())
        lines[i] = replace(row, pieces=(*before, Piece(name, last.at)))


def _blanks(row: TextLine, words: Words) -> list[int]:
    """Which pieces of a line are labels without a text behind them; none in a line that does
    not begin with a label."""
    labels = [words.field_of(piece.text) is not None for piece in row.pieces]
    if not labels or not labels[0]:
        return []
    return [n for n, known in enumerate(labels) if known and all(labels[n + 1 : n + 2])]


def _makes(key: str | None, first: str, rest: str, words: Words) -> bool:
    """Whether two parts make the text that a label asks for, and neither does alone."""
    if key in ("unit", "department"):
        first = _CODE.sub("", first)
        begun = words.is_unit_name(first) and len(rest) > _END
        # «安远县人力资» above «源和社会保障局»: the county stands in front of the whole name.
        of_place = PLACE.match(first) and not PLACE.match(rest)
        alone = words.is_unit_name(rest) and not of_place
        return words.is_unit_name(first + rest) and not (begun or alone)
    if key != "period":
        return False
    whole, rest = (re.sub(r"\s", "", fold(text)) for text in (first + rest, rest))
    # «2023-01-01至» above «2023-12-31»
    begun = fold(first).rstrip().endswith(("至", "-", "—", "~"))
    return bool(_TIME.match(whole)) and (begun or not _TIME.match(rest))


def _filled(row: TextLine, texts: dict[int, str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for n, piece in enumerate(row.pieces):
        pieces += [piece, Piece(texts[n], piece.at + 0.5)] if n in texts else [piece]
    return tuple(pieces)
