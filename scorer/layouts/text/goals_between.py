"""A goal between two blocks of indicators: the rows of the long term, the goal of the year, its rows.

    满意度指标 服务对象满意度指标 村民满意度 ≥90%
    年度绩效目标 2024年建成示范点10个
    年度绩效指标
    一级指标 二级指标 指标内容 指标值

Its label opens a line and a block's title or a head row follows before any row does.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorer.forms import Phase
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.header_row import head_row
from scorer.layouts.text.lines import TextLine
from scorer.layouts.words import Words, fold

_MOST = 14  # lines of a goal


def goal_at(lines: Sequence[TextLine], i: int, words: Words) -> tuple[Phase, int] | None:
    """(phase, lines it takes) of a goal that begins at a line and stands above a block; None where
    none does. A goal whose label names no term is the year's."""
    label = _label(lines[i], words)
    alone = label is not None and i + 1 < len(lines) and words.field_of(lines[i].text)
    if label is None or (alone and head_row(lines, i + 1, words)):
        return None  # «长期目标1：» right above a head row is the title of a block
    for n in range(i + 1, min(len(lines), i + 1 + _MOST)):
        if block_phase(_first(lines[n])) or head_row(lines, n, words):
            return "period" if label == "goal_period" else "annual", n - i
        if words.level1_of(_first(lines[n])) or words.level2_of(_first(lines[n])):
            return None
    return None


def goals_between(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines of all such goals in a form's indicator part."""
    found: list[TextLine] = []
    i = 0
    while i < len(lines):
        goal = goal_at(lines, i, words)
        taken = goal[1] if goal else 0
        found += lines[i : i + taken]
        i += taken or 1
    return found


def _first(line: TextLine) -> str:
    return line.pieces[0].text if line.pieces else ""


def _label(line: TextLine, words: Words) -> str | None:
    """The goal whose label opens the line, alone, with a colon behind it or in a cell of its own."""
    name = words.field_of(fold(_first(line)).split(":")[0])
    return name if name in GOALS else None
