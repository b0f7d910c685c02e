"""What a browser prints around a page: the time and the page's title above, its address below.

«2025/1/15 10:32	部门预算公开» stands close to the table that fills the page, and would be its first row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.readers.words import Run

_TIME = re.compile(
    r"^\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4},?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?"
)
_ADDRESS = re.compile(r"^(?:https?|file)://|^about:blank")
_SAME_LINE = 3.0  # points between the middles of one line's runs


def without_margins(runs: Sequence[Run]) -> list[Run]:
    """The runs without a first line that begins with a time, and without a last one that is an
    address."""
    kept = list(runs)
    for top, pattern in ((True, _TIME), (False, _ADDRESS)):
        line = _outermost(kept, top=top)
        if pattern.match(" ".join(run.whole.text.strip() for run in line)):
            gone = {id(run) for run in line}
            kept = [run for run in kept if id(run) not in gone]
    return kept


def _outermost(runs: Sequence[Run], *, top: bool) -> list[Run]:
    """The runs of the page's first or last line, from the left."""
    filled = [run for run in runs if run.whole.text.strip()]
    if not filled:
        return []
    middles = [_middle(run) for run in filled]
    edge = min(middles) if top else max(middles)
    line = [run for run, y in zip(filled, middles, strict=True) if abs(y - edge) <= _SAME_LINE]
    return sorted(line, key=lambda run: run.whole.x0)


def _middle(run: Run) -> float:
    return (run.whole.top + run.whole.bottom) / 2
