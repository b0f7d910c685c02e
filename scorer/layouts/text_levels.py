"""Which level 2 a row without its own label belongs to.

A label that spans several rows is printed at their top or in their vertical middle; which,
shows in a block whose first rows come before any label.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from scorer.layouts.words import Words


def spread_labels(
    labels: Sequence[str], names: Sequence[str], breaks: Sequence[bool], words: Words
) -> list[str]:
    """The level 2 of each row. ``labels`` are the printed ones ("" where none stands),
    ``breaks`` marks rows before which a level-1 label stands. A block that starts with
    unlabelled rows has its labels in the middle of their rows.
    """
    centred = bool(labels) and not labels[0] and any(labels)
    return _centred(labels, names, words) if centred else _from_top(labels, names, breaks, words)


def _from_top(
    labels: Sequence[str], names: Sequence[str], breaks: Sequence[bool], words: Words
) -> list[str]:
    """Every row takes the label above it; a new level 1 leaves nothing to take."""
    out: list[str] = []
    current = ""
    for i, (label, name, broken) in enumerate(zip(labels, names, breaks, strict=True)):
        if broken and not label and not fits(name, current, words):
            following = next((x for x in labels[i:] if x), "")
            current = following or current
        current = label or current
        out.append(current)
    return out


def _centred(labels: Sequence[str], names: Sequence[str], words: Words) -> list[str]:
    """Rows shared out so that each label stands as near the middle as can be."""
    at = [i for i, label in enumerate(labels) if label]
    n = len(labels)

    @cache
    def best(k: int, start: int) -> tuple[float, tuple[int, ...]]:
        """(cost, ends) of labels k… over the rows from ``start``."""
        ends: Sequence[int] = [n] if k == len(at) - 1 else range(at[k] + 1, at[k + 1] + 1)
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in ends:
            above, below = at[k] - start, end - 1 - at[k]
            cost = max(0, abs(above - below) - 1) + 0.3 * abs(above - below)
            cost += sum(0.4 * _misfit(names[i], labels[at[k]], words) for i in range(start, end))
            rest, more = best(k + 1, end) if k + 1 < len(at) else (0.0, ())
            if cost + rest < found[0]:
                found = (cost + rest, (end, *more))
        return found

    out: list[str] = []
    for k, end in enumerate(best(0, 0)[1]):
        out += [labels[at[k]]] * (end - len(out))
    return out


def fits(name: str, level2: str, words: Words) -> bool:
    """The name has one of the words that mark this level 2."""
    marks: dict[str, list[str]] = words.data["rows"]["level2_words"]
    canonical = words.level2_of(level2) or level2
    return any(word in name for word in marks.get(canonical, ()))


def _misfit(name: str, level2: str, words: Words) -> float:
    """1 if the name's words mark another level 2, 0 if none or this one."""
    marks: dict[str, list[str]] = words.data["rows"]["level2_words"]
    if not name or fits(name, level2, words):
        return 0.0
    return 1.0 if any(fits(name, other, words) for other in marks) else 0.0
