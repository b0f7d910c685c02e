"""Where the blocks of an indicator table start, and the lines of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import LEVEL2, Phase
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.blank_slots import without_blank_slots
from scorer.layouts.text.block import Block
from scorer.layouts.text.broken_levels import with_whole_level2
from scorer.layouts.text.columns import block_phase, goal_phase
from scorer.layouts.text.goals_between import goal_at
from scorer.layouts.text.header_row import HeadRow, head_row, without_serials
from scorer.layouts.text.level1_labels import (
    CAPTION,
    GOAL_NAMES,
    VERTICAL,
    with_whole_labels,
    without_goal,
    without_goal_name,
    without_left,
    without_score,
    without_vertical,
)
from scorer.layouts.text.lines import PLACED, Mode, Piece, TextLine
from scorer.layouts.words import Words, fold, squeeze, unnumbered

_TITLE_LINES = 8


def block_start(lines: Sequence[TextLine], words: Words) -> int:
    """Index of the first line of the indicator part, or the number of lines."""
    for i, line in enumerate(lines):
        if _starts_block(lines, i, words):
            return _with_caption(lines, _with_vertical(lines, i), words)
        texts = [p.text for p in line.pieces[:1]]
        if any(words.level1_of(t) and _sure_level(t) for t in texts):
            return _with_vertical(lines, i)
        if any(words.level2_of(t) in LEVEL2 and len(squeeze(t)) >= 4 for t in texts):
            return _with_vertical(lines, i)
    return len(lines)


def _sure_level(text: str) -> bool:
    """«产出指标», «(一)产出»: a short name may be any word, unless it is numbered."""
    return squeeze(text).endswith("指标") or unnumbered(fold(text)) != fold(text)


def _with_caption(lines: Sequence[TextLine], i: int, words: Words) -> int:
    """Where «绩效目标» alone stands above the heads of the table, and the goal has its label higher
    up: it names the table, as 绩效指标 does."""
    if i == 0 or squeeze(lines[i - 1].text) != CAPTION:
        return i
    above = (line.pieces[0].text for line in lines[: i - 1] if line.pieces)
    return i - 1 if any(words.field_of(text) in GOALS for text in above) else i


def _with_vertical(lines: Sequence[TextLine], i: int) -> int:
    """Where the first signs of 绩效指标, set downwards, begin above line ``i``."""
    start, above = i, ""
    for k in range(i - 1, max(-1, i - 1 - len(VERTICAL)), -1):
        above = squeeze(lines[k].text) + above
        if above not in VERTICAL:
            break
        start = k if VERTICAL.startswith(above) else start
    return start


def _starts_block(lines: Sequence[TextLine], i: int, words: Words) -> bool:
    """A head row or a block's title stands here, or several titles side by side."""
    line = lines[i]
    if not line.pieces:
        return False
    if head_row(lines, i, words) or block_title(lines, i):
        return True
    if _goal_title(lines, i, words):
        return not _labels_text_above(lines, i, words)
    return len(line.pieces) == 2 and all(block_phase(p.text) for p in line.pieces)


def block_title(lines: Sequence[TextLine], i: int) -> tuple[Phase, int] | None:
    """(phase, lines it takes) of a block's title: «年度绩效指标», wrapped, or set downwards."""
    joined = ""
    found = None
    for n in range(i, min(len(lines), i + _TITLE_LINES)):
        pieces = lines[n].pieces
        if not pieces or len(pieces[0].text) > 10:
            break
        joined += squeeze(pieces[0].text)
        if (phase := block_phase(joined)) and joined != VERTICAL:
            found = phase, n + 1 - i
        elif found:
            break
        if len(pieces) > 1:
            break
    return found


def _goal_title(lines: Sequence[TextLine], i: int, words: Words) -> tuple[Phase, int] | None:
    """«年度目标1：» on a line of its own above a head row heads a block."""
    if len(lines[i].pieces) != 1 or i + 1 >= len(lines) or not head_row(lines, i + 1, words):
        return None
    phase = goal_phase(lines[i].text)
    return (phase, 1) if phase else None


def _labels_text_above(lines: Sequence[TextLine], i: int, words: Words) -> bool:
    """«年度绩效目标» below its text, at the bottom of its cell: this goal has not been named
    before, and the line above ends a sentence."""
    goal = words.field_of(lines[i].text)
    named = any(words.field_of(line.pieces[0].text) == goal for line in lines[:i] if line.pieces)
    return i > 0 and goal in GOALS and not named and lines[i - 1].text.endswith(("。", "；"))


def cut_blocks(lines: Sequence[TextLine], words: Words, mode: Mode) -> list[Block]:
    """The lines cut at block titles, head rows and goals between blocks; labels of level 1 taken
    out. Above the goal of the year stand the rows of the long term."""
    between = [goal for n in range(len(lines)) if (goal := goal_at(lines, n, words))]
    above: Phase = "period" if any(phase == "annual" for phase, _ in between) else "annual"
    blocks: list[Block] = [Block(None, above)]
    lines = without_blank_slots(lines, words)
    lines = with_whole_labels([without_score(line, words) for line in lines], words)
    if mode in ("space", "tab"):
        lines = with_whole_level2(lines, words)
    expected = VERTICAL
    named = False  # the table has a column for the goals' names
    i = 0
    while i < len(lines):
        lines[i] = without_goal_name(lines[i], blocks[-1].left) if named else lines[i]
        if title := block_title(lines, i) or _goal_title(lines, i, words):
            phase, taken = title
            last = lines[i + taken - 1]
            if len(last.pieces) == 2 and block_phase(last.pieces[1].text):
                i += taken  # the titles of two halves
                continue
            blocks.append(Block(None, phase))
            lines[i + taken - 1] = replace(last, pieces=last.pieces[1:])
            i += taken - 1
        elif goal := goal_at(lines, i, words):
            phase, taken = goal
            blocks.append(Block(None, phase))
            i += taken
        elif head := head_row(lines, i, words):
            _take_head(blocks, head)
            blocks[-1].left = head.level2_at if mode in PLACED else 0.0
            named = any(GOAL_NAMES in x.text for x in lines[i : head.end])
            if head.numbered:
                lines[head.end :] = without_serials(lines[head.end :])
            if head.rest:
                blocks[-1].take(TextLine(head.rest, lines[head.end - 1].place), words)
            i = head.end
        else:
            line, expected = without_vertical(without_goal(lines[i], words), expected)
            line = without_left(line, blocks[-1].left, words)
            if not _names_block(line, blocks[-1], words):
                blocks[-1].take(line, words, _next_pieces(lines, i))
            i += 1
    return [b for b in blocks if b.lines]


def _names_block(line: TextLine, block: Block, words: Words) -> bool:
    """«目标名称 垃圾收运体系完善» between a block's title and its head row."""
    opens = block.columns is None and not block.lines
    return opens and bool(line.pieces) and words.field_of(line.pieces[0].text) == "ignored"


def _take_head(blocks: list[Block], head: HeadRow) -> None:
    """A head row starts a block, or repeats on a new page what is known."""
    block = blocks[-1]
    columns = head.columns(block.phase)
    if block.columns is None:  # rows may stand above their own head row
        block.columns = columns
    elif columns.roles != block.columns.roles:
        blocks.append(Block(columns, block.phase))


def _next_pieces(lines: Sequence[TextLine], i: int) -> Sequence[Piece]:
    """The pieces of the next line that has any."""
    return next((line.pieces for line in lines[i + 1 : i + 4] if line.pieces), ())
