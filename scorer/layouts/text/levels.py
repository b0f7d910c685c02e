"""Which level 2 a row without its own label belongs to.

A label that spans several rows is printed at their top or in their vertical middle; which,
shows in a block whose first rows come before any label, or in what the rows are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from scorer.layouts.words import Words, fold

Texts = tuple[str, str]  # name and value of a row

_ODD_ROW, _ODD_LINE = 1.0, 0.4  # price of a row whose words mark another level; of one in text
_LEAN = 0.2  # price of a label on the other side of the middle
_SURE = 2.0  # names that must fit better before labels are taken to stand in the middle


@dataclass(frozen=True, slots=True)
class Spot:
    """The lines that a row takes, and the one on which its label begins."""

    first: int
    last: int
    label: int


def spread_labels(
    labels: Sequence[str],
    rows: Sequence[Texts],
    breaks: Sequence[bool],
    words: Words,
    spots: Sequence[Spot] = (),
    between: frozenset[int] | None = None,
) -> list[str]:
    """The level 2 of each row of (name, value). ``labels`` are the printed ones ("" where none stands),
    ``breaks`` marks rows before which a level-1 label stands. A block that starts with
    unlabelled rows has its labels in the middle of their rows; else the names must say so, or
    the lines where rows and labels stand (``spots``, of a text that keeps its lines).
    ``between``: it is known that labels stand in the middle of their rows, those of these rows
    alone on a line above them.
    """
    if not any(labels) or all(labels):
        return list(labels)
    top = _from_top(labels, rows, breaks, words)
    centred, imbalance = _centred(labels, rows, words, spots, between=between or frozenset())
    if between is not None or not labels[0] or _stand_low(labels, spots):
        return centred
    gain = _misfits(rows, top, words) - _misfits(rows, centred, words)
    return centred if gain >= _SURE and gain > imbalance else top


def from_below(labels: Sequence[str], rows: Sequence[Texts], words: Words) -> list[str]:
    """The level 2 of each row where labels stand below the first of their rows: in the middle of
    them (of an even number above it, or below), or on the last, as the rows' own words say."""
    ways = [_centred(labels, rows, words, lean=lean)[0] for lean in (1, -1)]
    ways += [from_bottom(labels)] if labels[-1] else []
    return min(ways, key=lambda way: _misfits(rows, way, words))


def _misfits(rows: Sequence[Texts], levels: Sequence[str], words: Words) -> float:
    return sum(misfit(row, level, words) for row, level in zip(rows, levels, strict=True))


def _from_top(
    labels: Sequence[str], rows: Sequence[Texts], breaks: Sequence[bool], words: Words
) -> list[str]:
    """Every row takes the label above it; a new level 1 leaves nothing to take."""
    out: list[str] = []
    current = ""
    for i, (label, row, broken) in enumerate(zip(labels, rows, breaks, strict=True)):
        if broken and not label and not fits(row, current, words):
            following = next((x for x in labels[i:] if x), "")
            current = following or current
        current = label or current
        out.append(current)
    return out


def from_bottom(labels: Sequence[str]) -> list[str]:
    """Every row takes the label below it."""
    out = list(labels)
    for i in range(len(out) - 1, 0, -1):
        out[i - 1] = out[i - 1] or out[i]
    return out


def _stand_low(labels: Sequence[str], spots: Sequence[Spot]) -> bool:
    """More labels begin below the first line of their rows than on it, where that tells."""
    low = level = 0
    for n, (label, spot) in enumerate(zip(labels, spots, strict=False)):
        alone = spot.first == spot.last and (n + 1 == len(labels) or bool(labels[n + 1]))
        if label and not alone:
            low += spot.label > spot.first
            level += spot.label == spot.first
    return low > level


def _centred(
    labels: Sequence[str],
    rows: Sequence[Texts],
    words: Words,
    spots: Sequence[Spot] = (),
    lean: int = 0,
    between: frozenset[int] = frozenset(),
) -> tuple[list[str], float]:
    """Rows shared out so that each label stands as near the middle as can be, and how far
    from the middle the labels stand all the same. ``lean``: of an even number of rows a label
    stands above the middle (1) or below it (−1)."""
    at = [i for i, label in enumerate(labels) if label]
    n = len(labels)
    odd = _ODD_ROW if lean else _ODD_LINE

    @cache
    def best(k: int, start: int) -> tuple[float, tuple[int, ...]]:
        """(cost, ends) of labels k… over the rows from ``start``."""
        ends: Sequence[int] = [n] if k == len(at) - 1 else range(at[k] + 1, at[k + 1] + 1)
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in ends:
            off = _off_middle(at[k], start, end, spots)
            if at[k] in between:  # half a row above its row
                off = abs(2 * at[k] - start - end)
            cost = max(0, off - 1) + 0.3 * off
            more_above = 2 * at[k] - start - (end - 1)
            cost += _LEAN * (more_above * lean > 0)
            cost += sum(odd * misfit(rows[i], labels[at[k]], words) for i in range(start, end))
            rest, more = best(k + 1, end) if k + 1 < len(at) else (0.0, ())
            if cost + rest < found[0]:
                found = (cost + rest, (end, *more))
        return found

    out: list[str] = []
    imbalance = 0.0
    for k, end in enumerate(best(0, 0)[1]):
        imbalance += max(0, abs(at[k] - len(out) - (end - 1 - at[k])) - 1)
        out += [labels[at[k]]] * (end - len(out))
    return out, imbalance


def _off_middle(at: int, start: int, end: int, spots: Sequence[Spot]) -> int:
    """How much more stands below a label than above it, in rows or, where known, in lines."""
    if not spots:
        return abs((at - start) - (end - 1 - at))
    return abs((spots[at].label - spots[start].first) - (spots[end - 1].last - spots[at].label))


def fits(row: Texts, level2: str, words: Words) -> bool:
    """The name has one of the words that mark this level 2, or the value looks like its."""
    name, value = row
    marks: dict[str, list[str]] = words.data["rows"]["level2_words"]
    values: dict[str, str] = words.data["rows"]["level2_values"]
    canonical = words.level2_of(level2) or level2
    if any(word in name for word in marks.get(canonical, ())):
        return True
    return canonical in values and re.search(values[canonical], fold(value)) is not None


def misfit(row: Texts, level2: str, words: Words) -> float:
    """1 if the row's words mark another level 2, 0 if none or this one."""
    if not any(row) or fits(row, level2, words):
        return 0.0
    return float(any(fits(row, other, words) for other in words.data["rows"]["level2_words"]))
