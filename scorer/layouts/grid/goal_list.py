"""A list of projects with their goals and no indicators: «序号 | 项目名称 | 预算金额 | 绩效目标».

Small units publish nothing more. Its header has the columns of a flat list and no levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scorer.layouts.grid.header_row import FLAT, Column, Heading, flat_columns, read_heading
from scorer.layouts.grid.labels import GOALS, label_of
from scorer.layouts.grid.slots import Row
from scorer.layouts.words import Words

_LONGEST_HEAD = 20
_LEAST_GOAL = 8  # signs of a text that may be a goal
_LOOK = 4  # rows in which the first project must stand: numbers and sums may come before


def goal_heading(rows: Sequence[Row], n: int, words: Words) -> Heading | None:
    """The heading if row ``n`` heads such a list. Where an indicator table follows in the same
    grid, the row is the head of a form whose values stand below their labels."""
    row = rows[n]
    heads = [slot for slot in row.slots if slot.text]
    if not row.filled or any(len(slot.text) > _LONGEST_HEAD for slot in heads):
        return None
    if not any(words.field_of(slot.text) in GOALS for slot in heads):
        return None
    columns = flat_columns(row, rows[n - 1] if n else None, heads[-1].end, words)
    own = [c for c in columns if any(c.start == slot.start for slot in heads)]
    goal = next((c for c in own if c.role in GOALS), None)
    project = next((c for c in own if c.role == FLAT[0]), None)
    if goal is None or project is None:
        return None
    below = [r for r in rows[n + 1 :] if r.filled]
    if not any(_is_project(r, project, goal, words) for r in below[:_LOOK]):
        return None
    if goal_heading(rows, n + 1, words):
        return None  # the lower of two rows of heads says more
    if any(read_heading(r, after, None, words) for r, after in pairwise([row, *below, None]) if r):
        return None
    return Heading((), (), None, columns)


def _is_project(row: Row, project: Column, goal: Column, words: Words) -> bool:
    """A row with a project's name and its goal under their heads."""
    names = [s.text for s in row.filled if project.start <= s.start < project.end]
    texts = [s.text for s in row.filled if goal.start <= s.start < goal.end]
    if not names or not texts or len(texts[0]) < _LEAST_GOAL:
        return False
    return label_of(names[0], words) is None and label_of(texts[0], words) is None
