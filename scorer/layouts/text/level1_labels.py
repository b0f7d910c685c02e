"""Names of level 1 beside the rows: broken, printed downwards, followed by points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, fold, squeeze

VERTICAL = "绩效指标"
CAPTION = "绩效目标"  # the same over a table whose goal has another label
GOAL_NAMES = "目标名称"  # head of a column left of the levels: «长期绩效目标1»
_GOAL_NAME = re.compile(r"(?:长期|年度)?绩效目标\d?")
_LABEL_LINES = 6  # lines of a level-1 label that is printed downwards
_SCORE = re.compile(r"^\(\d{1,3}(?:\.\d+)?(?:分|%|分值)?\)$")  # «（40分）»
_POINTS = re.compile(r"^\(?\d{1,3}(?:\.\d+)?分\)?$")


def level1_names(words: Words) -> set[str]:
    return {w for w in words.level1 if w.endswith("指标")}


def without_score(line: TextLine, words: Words) -> TextLine:
    """The line without the points of a level in brackets, which stand behind its name or on
    a line below it («产出指标», «（40分）»)."""
    levels = 0
    for n, piece in enumerate(line.pieces):
        if _SCORE.match(fold(piece.text)):
            return replace(line, pieces=(*line.pieces[:n], *line.pieces[n + 1 :]))
        levels += words.opens_level(piece.text) or words.ends_level(piece.text)
        if levels <= n:
            break
    return line


def with_whole_labels(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """Level-1 labels that were wrapped or printed downwards, whole again."""
    out = list(lines)
    for i, line in enumerate(out):
        head = line.pieces[0].text if line.pieces else ""
        if not 1 <= len(head) <= 4 or not any(w.startswith(head) for w in words.level1):
            continue
        if i and any(words.opens_level2(p.text + head) for p in out[i - 1].pieces):
            continue  # the middle of «服务对象|满意度指|标»
        last = _end_of_label(out, i, words)
        if last is not None:
            joined = "".join(x.pieces[0].text for x in out[i : last + 1] if x.pieces)
            out[i] = replace(line, pieces=(Piece(joined, line.pieces[0].at), *line.pieces[1:]))
            for n in range(i + 1, _end_of_points(out, last) + 1):
                out[n] = replace(out[n], pieces=out[n].pieces[1:])
    return out


def _end_of_points(lines: Sequence[TextLine], last: int) -> int:
    """The line on which the points end that go on below a broken label («50», «分»), or that of
    the label's end."""
    joined = ""
    for k in range(last + 1, min(last + 1 + _LABEL_LINES, len(lines))):
        joined += fold(lines[k].text) if len(lines[k].pieces) == 1 else " "
        if _POINTS.match(joined):
            return k
    return last


def _end_of_label(lines: Sequence[TextLine], start: int, words: Words) -> int | None:
    """The line on which a level-1 label ends that is broken or printed downwards from a line on;
    one without «指标» («满意度») has a line for each of its signs."""
    found, joined = None, ""
    for k in range(start, min(start + _LABEL_LINES, len(lines))):
        part = lines[k].pieces[0].text if lines[k].pieces else ""
        joined += part
        downwards = len(joined) > 2 and len(joined) == k + 1 - start
        if k > start and joined in words.level1 and (joined.endswith("指标") or downwards):
            found = k
    return found


def without_goal(line: TextLine, words: Words) -> TextLine:
    """The line without 绩效目标, where that stands over all levels instead of 绩效指标."""
    texts = [squeeze(piece.text) for piece in line.pieces[:2]]
    over = len(texts) == 2 and texts[0] == CAPTION and words.level1_of(texts[1]) is not None
    return replace(line, pieces=line.pieces[1:]) if over else line


def without_goal_name(line: TextLine, left: float) -> TextLine:
    """The line without a part of «长期绩效目标1» in the column of the goals' names, which stands
    left of the levels."""
    if not line.pieces or line.pieces[0].at >= left:
        return line
    text = squeeze(line.pieces[0].text)
    whole = ("长期绩效目标", "年度绩效目标")
    part = bool(_GOAL_NAME.fullmatch(text)) or any(text in name for name in whole)
    return replace(line, pieces=line.pieces[1:]) if part else line


def without_named_goals(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines of a table whose rows each begin with the goal's name without that column:
    «长期绩效目标1 产出指标 数量指标 …» below «目标名称 一级指标 …»."""
    out = list(lines)
    for n, line in enumerate(lines):
        first, *rest = (squeeze(piece.text) for piece in line.pieces[:2] or (Piece("", 0.0),))
        heads = first == GOAL_NAMES and bool(rest) and words.column_of(rest[0]) == "level1"
        row = bool(_GOAL_NAME.fullmatch(first) and rest and words.level1_of(rest[0]))
        if heads or row:
            out[n] = replace(line, pieces=line.pieces[1:])
    return out


def without_vertical(line: TextLine, expected: str) -> tuple[TextLine, str]:
    """The line without 绩效指标, whole or the sign of it that is ``expected`` next."""
    head = squeeze(line.pieces[0].text) if line.pieces else ""
    if head == VERTICAL or (head == CAPTION and len(line.pieces) == 1):
        return replace(line, pieces=line.pieces[1:]), expected
    if head and expected.startswith(head) and len(head) < 4:
        rest = expected[len(head) :] or VERTICAL  # once more on the next page
        return replace(line, pieces=line.pieces[1:]), rest
    return line, expected


def without_left(line: TextLine, left: float, words: Words) -> TextLine:
    """The line without parts of a level-1 name that stand in that column («满意», «度指»)."""
    if not line.pieces or line.pieces[0].at >= left:
        return line
    text = squeeze(line.pieces[0].text)
    part = len(text) <= 4 and any(text in name for name in level1_names(words))
    return replace(line, pieces=line.pieces[1:]) if part else line
