"""Free lines between the labels of a form's head: which cell each belongs to.

A line without a label goes on with the cell above or, where a label is printed in the
vertical middle of its cell, starts the one below. Which, is decided for all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from scorer.forms import Place
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.lines import Piece, TextLine, width
from scorer.layouts.text.tokens import LONG_FIELDS
from scorer.layouts.words import fold

_NAMES = frozenset(("project", "department", "unit"))
_FIGURE = re.compile(r"^\(?[\d.,]*%?\)?$")
_CELL = re.compile(r"^(?:\d{1,2}月[底末]|\d[\d.,]*%?)$")
_WORD_END = re.compile(r"[一-龥]$")
_MANY = 60  # free lines between two labels beyond which no sharing out is tried


@dataclass
class Group:
    """Labels of one line, the texts after each, and the free lines given to it."""

    keys: list[str]
    inline: list[list[Piece]]
    place: Place
    labels: list[str] = field(default_factory=list)  # as printed, one a key
    ats: list[float] = field(default_factory=list)  # where each label stands
    starts_free: bool = True  # free lines above may belong to it
    holds_text: bool = False  # money under a label that asks for its use as well
    before: list[TextLine] = field(default_factory=list)
    after: list[TextLine] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """No text stands beside the labels."""
        return not any(self.inline)

    @property
    def two_columns(self) -> bool:
        return len([k for k in self.keys if k != "ignored"]) == 2


def full_width(gaps: Sequence[Sequence[TextLine]]) -> float:
    """The width of a full line of the long texts, 0 where nothing wraps."""
    free = [width(line.text) for gap in gaps for line in gap]
    return max(free, default=0.0)


def share_out(
    groups: Sequence[Group], gaps: Sequence[Sequence[TextLine]], full: float
) -> list[int]:
    """How many free lines below each group belong to it (the rest to the next group)."""
    last = len(groups) - 1

    @cache
    def best(i: int, before: int) -> tuple[float, tuple[int, ...]]:
        gap = gaps[i + 1]
        takes: Sequence[int] = range(len(gap) + 1)
        if i == last or len(gap) > _MANY or not groups[i + 1].starts_free:
            takes = [len(gap)]
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for taken in takes:
            above = gaps[i][len(gaps[i]) - before :] if before else []
            cost = _share_cost(groups[i], above, gap[:taken], full)
            rest, shares = best(i + 1, len(gap) - taken) if i < last else (0.0, ())
            if cost + rest < found[0] - 1e-9:
                found = (cost + rest, (taken, *shares))
        return found

    return list(best(0, 0)[1])


def _share_cost(
    group: Group, above: Sequence[TextLine], below: Sequence[TextLine], full: float
) -> float:
    """How unlikely it is that the group's cell holds these lines above and below its label."""
    a, b = len(above), len(below)
    if a + b == 0:
        return 0.6 if group.blank and set(group.keys) & LONG_FIELDS else 0.0
    cost = (1.2 + 0.8 * abs(a - b)) if a else 0.0
    if group.keys == ["money"]:
        return cost + (0.0 if group.holds_text else 4.0) * (a + b)
    if not set(group.keys) & (LONG_FIELDS | GOALS):
        each = 0.5 if set(group.keys) & _NAMES else 2.5
        cost += each * max(0, a + b - (1 if group.blank else 0))
    else:
        cost += 3.0 * sum(_is_figures(line) for line in (*above, *below))
    if len(group.keys) == 1 and group.keys[0] not in GOALS:
        inline = [" ".join(p.text for p in group.inline[0])] if group.inline[0] else []
        texts = [x.text for x in above] + inline + [x.text for x in below]
        cost += _paragraph_cost(texts, full)
    return cost


def _is_figures(line: TextLine) -> bool:
    """A row of a table of figures («（%） 25.00% 50.00%»), or one cell of its («6月底»): no line of a
    text."""
    if len(line.pieces) == 1:
        return bool(_CELL.match(fold(line.text)))
    return all(_FIGURE.match(fold(p.text)) for p in line.pieces)


def _paragraph_cost(texts: Sequence[str], full: float) -> float:
    """Lines of one cell: all but the last are full; the last one seldom is."""
    cost = 0.0
    for text in texts[:-1]:
        if width(text) < full - 2.5 and not text.endswith(("。", "；", ";", "：", ":")):
            cost += 1.0
    if len(texts) > 1 and width(texts[-1]) > full - 1.0 and not texts[-1].endswith("。"):
        cost += 1.6 if _WORD_END.search(texts[-1]) else 0.8
    return cost
