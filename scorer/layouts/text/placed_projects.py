"""Where each project of a list begins whose columns are kept by spaces.

The levels start anew with every project, and its name stands in the middle of its rows or at their top.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from scorer.forms import SATISFACTION

Parts = list[tuple[int, str]]  # (line on paper, text) of one column from top to bottom

AT_TOP = 0.75  # price, in lines, of a label at the top of its rows
_NOT_NEW = (
    4.0  # price of a project that begins in the middle of the levels, or goes on at their start
)
_NAME_GAP = 3  # lines between two lines of one project's name


def first_rows(
    names: Parts, level1: Sequence[str], anchors: Sequence[float]
) -> tuple[dict[int, float], bool] | None:
    """(the first row of each project and the line its cells begin at, whether the levels start anew
    there) by the projects' ``names``, the level 1 of every row and the line of its middle; None where
    they do not tell."""
    opening = _opening(names, level1, anchors)
    anew = _anew(level1, opening)
    starts = _starts(names, anew, anchors) or _middles(names, anew, anchors)
    if starts is None:
        return None
    return starts, set(starts) == set(anew) and level1[0] == opening


def middle(parts: Parts) -> float:
    """The line in the middle of a cell's lines."""
    return (parts[0][0] + parts[-1][0]) / 2


def _anew(level1: Sequence[str], opening: str) -> list[int]:
    """The rows where the levels start anew with ``opening``."""
    back = (r for r in range(1, len(level1)) if level1[r] == opening != level1[r - 1])
    return [0, *back]


def _opening(names: Parts, level1: Sequence[str], anchors: Sequence[float]) -> str:
    """The level that projects begin with: that of the first row, or the one that follows the last
    level (the first row's own may be lost), whichever puts names nearer to the middle of their rows."""
    follows = _first(level1)
    if follows == level1[0]:
        return follows
    return min((follows, level1[0]), key=lambda one: _off(names, _anew(level1, one), anchors))


def _off(names: Parts, anew: Sequence[int], anchors: Sequence[float]) -> float:
    """How far, in lines a project, names stand from the middle of their rows, infinite where rows
    have no name or two."""
    starts = _starts(names, anew, anchors)
    if starts is None or set(starts) != set(anew):
        return math.inf
    far = 0.0
    for first, end in pairwise([*anew, len(anchors)]):
        top = starts[first]
        below = starts.get(end, math.inf)
        own = [part for part in names if top <= part[0] < below]
        far += abs(middle(own) - (anchors[first] + anchors[end - 1]) / 2)
    return far / len(anew)


def _first(level1: Sequence[str]) -> str:
    """The level that projects begin with: that of the first row, unless others follow the last
    level (the first row's own may be lost)."""
    opening = Counter(b for a, b in pairwise(level1) if a == SATISFACTION != b)
    if not opening or level1[0] == SATISFACTION or level1[0] in opening:
        return level1[0]
    return opening.most_common(1)[0][0]


def _starts(names: Parts, anew: Sequence[int], anchors: Sequence[float]) -> dict[int, float] | None:
    """The first row of each project and the line its cells begin at: the levels start ``anew``
    there, and a name stands before they do so again. None if a run of rows has two names."""
    starts = {r: (anchors[r - 1] + anchors[r]) / 2 if r else -math.inf for r in anew}
    found: dict[int, float] = {}
    tops = [*starts.values(), math.inf]
    for (row, top), below in zip(starts.items(), tops[1:], strict=True):
        lines = [line for line, _ in names if top <= line < below]
        if any(b - a > _NAME_GAP for a, b in pairwise(lines)):
            return None
        if lines:
            found[row] = top
    return found if 0 in found else None


def _apart(parts: Parts) -> list[Parts]:
    """A column's texts in runs of lines that stand close together."""
    found: list[Parts] = []
    for part in parts:
        if found and part[0] - found[-1][-1][0] <= _NAME_GAP:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def once(parts: Parts) -> Parts:
    """A column's texts without those that a further page says again of the same project."""
    kept: list[Parts] = []
    for run in _apart(parts):
        texts = [text for _, text in run]
        if not kept or texts != [text for _, text in kept[-1]]:
            kept.append(run)
    return [part for run in kept for part in run]


def _middles(
    names: Parts, anew: Sequence[int], anchors: Sequence[float]
) -> dict[int, float] | None:
    """The first row of each project where names alone tell: each stands in the middle of its
    rows, or at their top, and levels mostly start anew with the next."""
    labels = _apart(names)
    if not labels or len(labels) > len(anchors):
        return None
    new = [r in set(anew) for r in range(len(anchors))]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for k, label in enumerate(labels):
        ways: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (price, bounds) in best.items():
            top = abs(anchors[start] - label[0][0]) + AT_TOP
            for end in range(start + 1, len(anchors) - (len(labels) - k - 1) + 1):
                off = abs((anchors[start] + anchors[end - 1]) / 2 - middle(label))
                odd = _NOT_NEW * (not new[start]) + _NOT_NEW * sum(new[start + 1 : end])
                way = price + odd + min(off, top), (*bounds, end)
                ways[end] = min(way, ways.get(end, way))
        best = ways
    _, bounds = best[len(anchors)]
    return {
        start: -math.inf if start == 0 else (anchors[start - 1] + anchors[start]) / 2
        for start in bounds[:-1]
    }
