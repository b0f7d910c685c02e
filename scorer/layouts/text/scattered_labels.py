"""Labels set downwards whose signs a text gives among the lines of the rows beside them.

    数量指标 铲除病树 ≥4万株
    产 统防统治面积 ≥36万亩次
    出
    病树铲除合格率 ≥98%
    指
    质量指标
    标 防治效果 ≥90%

A program that reads a page line by line gives each sign at its height. The signs are told by the name
that they spell; level 1 follows from level 2 then, and a goal's label is put whole in front of its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.level1_labels import VERTICAL, level1_names
from scorer.layouts.text.lines import TextLine
from scorer.layouts.words import Words

_APART = 5  # lines from one sign to the next
_LEAST = 4  # signs of such a label


def with_gathered_labels(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines without the signs of such names, labels of goals whole where they begin."""
    goals = {label for label, name in words.fields.items() if name in GOALS}
    names = sorted({VERTICAL, *level1_names(words), *goals}, key=len, reverse=True)
    out = list(lines)
    for i in range(len(out)):
        found = next((at for name in names if (at := _spelled(out, i, name))), None)
        if found is None:
            continue
        label = "".join(out[n].pieces[0].text for n in found)
        for n in found:
            rest = out[n].pieces[1:]
            first = (replace(out[n].pieces[0], text=label),) if n == i and label in goals else ()
            out[n] = replace(out[n], pieces=(*first, *rest))
    return [line for line in out if line.pieces]


def _spelled(lines: Sequence[TextLine], start: int, name: str) -> list[int] | None:
    """The lines that begin with the signs of a name one after the other, not all of them one below
    the other with nothing beside: those are read as they stand."""
    if len(name) < _LEAST:
        return None
    signs = _signs(lines, start)
    found: list[int] = []
    for sign in name:
        n = next(signs, None)
        if n is None or lines[n].pieces[0].text != sign:
            return None
        if found and n - found[-1] > _APART:
            return None
        found.append(n)
    alone = all(len(lines[n].pieces) == 1 for n in found)
    return None if alone and found[-1] - found[0] == len(found) - 1 else found


def _signs(lines: Sequence[TextLine], start: int) -> Iterator[int]:
    """The lines from ``start`` on whose first piece is a single character."""
    for n in range(start, len(lines)):
        pieces = lines[n].pieces
        if pieces and len(pieces[0].text) == 1 and "一" <= pieces[0].text <= "龥":
            yield n
        elif n == start:
            return
