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
from scorer.layouts.words import Words, fold

_END = 3  # signs of «员会», what a name that could end before goes on with at most
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
    return [line for line in out if line.pieces]


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
        begun = words.is_unit_name(first) and len(rest) > _END
        return words.is_unit_name(first + rest) and not (begun or words.is_unit_name(rest))
    whole = re.sub(r"\s", "", fold(first + rest))
    return key == "period" and bool(_TIME.match(whole)) and not _TIME.match(fold(rest))


def _filled(row: TextLine, texts: dict[int, str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for n, piece in enumerate(row.pieces):
        pieces += [piece, Piece(texts[n], piece.at + 0.5)] if n in texts else [piece]
    return tuple(pieces)
