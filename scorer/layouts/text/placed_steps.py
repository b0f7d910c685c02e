"""A list whose levels stand on lines of their own, one step further right from line to line.

    农村公墓维护        对9座公墓开展保洁
                                    产出指标
                                             数量指标
                                                       维护公墓数量   =   9   座

Nothing is merged there: a project's cells stand above its rows, and so does the name of each level.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from scorer.layouts.text.placed_projects import Parts

_LEAST = 3  # names of levels from which the steps can be told


def in_steps(labels: Sequence[Parts], anchors: Sequence[float]) -> bool:
    """Whether every name of a level stands on lines of its own, ``anchors`` being the rows', the
    first of them above the first row."""
    near = (abs(line - row) < 1 for label in labels for line, _ in label for row in anchors)
    return len(labels) >= _LEAST and labels[0][0][0] < anchors[0] and not any(near)


def above_rows(labels: Sequence[Parts], anchors: Sequence[float]) -> list[Parts]:
    """For each row the last label above it, an empty one for none."""
    tops = [label[0][0] for label in labels]
    at = [bisect(tops, row) for row in anchors]
    return [labels[n - 1] if n else [] for n in at]


def rows_below(names: Parts, anchors: Sequence[float]) -> dict[int, float]:
    """The first row of each project and the line that its cells begin at: those above its rows."""
    edges = [float("-inf"), *anchors]
    rows = {bisect(anchors, line) for line, _ in names}
    return {row: edges[row] for row in sorted(rows) if row < len(anchors)}
