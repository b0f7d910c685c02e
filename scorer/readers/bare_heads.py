"""A head row without lines above a ruled table: the lines begin below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.readers.ruling import Box, Ruled
from scorer.readers.words import Run, Word

_COLUMNS = 4  # fewer texts in a row may be anything: a date, a unit of money
_NEAR = 1.5  # in text heights: no further above the table
_SAME_LINE = 0.5  # in text heights
_NO_HEAD = re.compile(r"[\d：:。]")  # a label with its text, a sum, a sentence


def with_heads(tables: Sequence[Ruled], runs: Sequence[Run]) -> list[Ruled]:
    """The tables, a row more where one text stands above each column and nothing else."""
    words = [run.whole for run in runs]
    return [_with_head(table, words) for table in tables]


def _with_head(table: Ruled, words: Sequence[Word]) -> Ruled:
    first = table.ys[0]
    near = [w for w in words if -0.2 * w.height <= first - w.bottom <= _NEAR * w.height]
    if len(near) < _COLUMNS or not _is_row(near) or not _fits(table.xs, near):
        return table
    top = min(w.top for w in near)
    heads = tuple(Box(0, c, 1, 1) for c in range(len(table.xs) - 1))
    below = tuple(box._replace(row=box.row + 1) for box in table.boxes)
    return table._replace(ys=(top - 1.0, *table.ys), boxes=heads + below)


def _is_row(words: Sequence[Word]) -> bool:
    tops = [w.top for w in words]
    return max(tops) - min(tops) <= _SAME_LINE * words[0].height and not any(
        _NO_HEAD.search(w.text) for w in words
    )


def _fits(xs: tuple[float, ...], words: Sequence[Word]) -> bool:
    """Whether each column has one of the texts, none of which reaches over an edge."""
    columns = []
    for word in words:
        c = sum(x <= (word.x0 + word.x1) / 2 for x in xs) - 1
        if not 0 <= c < len(xs) - 1 or word.x0 < xs[c] or word.x1 > xs[c + 1]:
            return False
        columns.append(c)
    return sorted(columns) == list(range(len(xs) - 1))
