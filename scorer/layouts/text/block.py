"""A block of indicator lines, which takes the names of level 1 off the lines it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scorer.forms import BENEFIT, Phase
from scorer.layouts.draft import natural_level1
from scorer.layouts.grid.indicator_rows import TOTALS
from scorer.layouts.text.columns import Columns
from scorer.layouts.text.level1_labels import level1_names
from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, fold, squeeze

_REST = "指标"  # of «一级», which stands above the other heads
VERTICAL, _GOAL = "绩效指标", "绩效目标"
_SATISFACTION = ("服务对象满意度指标", "社会公众或服务对象满意度指标")
_COST_CLASSES = ("经济成本指标", "社会成本指标", "生态环境成本指标")
_VALUE = re.compile(r"[≥≤=<>]|\d")


@dataclass
class Block:
    """Lines that share their columns; ``level1`` maps a line's index to the label before it.
    Where places tell, pieces that start left of ``left`` are level 1's."""

    columns: Columns | None
    phase: Phase
    lines: list[TextLine] = field(default_factory=list)
    level1: dict[int, str] = field(default_factory=dict)
    doubtful: bool = False  # its cells may be cut wrongly
    left: float = 0.0

    def take(self, line: TextLine, words: Words, following: Sequence[Piece] = ()) -> None:
        """Add a line, its level-1 labels noted and taken off. ``following`` is what
        stands in the next line."""
        pieces = list(line.pieces)
        if pieces and squeeze(pieces[0].text) in TOTALS:
            return
        if not self.lines and [squeeze(piece.text) for piece in pieces] == [_REST]:
            return
        while pieces:
            level1, rest = _level1_at(pieces, words, self, following)
            if level1 is None:
                break
            self.level1[len(self.lines)] = level1
            pieces = rest
        if pieces:
            self.lines.append(replace(line, pieces=tuple(pieces)))


def _level1_at(
    pieces: Sequence[Piece], words: Words, block: Block, following: Sequence[Piece]
) -> tuple[str | None, list[Piece]]:
    """(level 1, remaining pieces) if the first piece is one, or is glued to its level 2."""
    first, rest = pieces[0], list(pieces[1:])
    text = squeeze(first.text)
    if block.columns is not None and first.column in block.columns.starts:
        return None, list(pieces)  # «满意度» may be the rest of a name
    if first.at < block.left and (level1 := words.level1_of(text)):
        return level1, rest
    above = [p.text for p in block.lines[-1].pieces] if block.lines else []
    if any(words.opens_level2(part) and words.level2_of(part + text) for part in above):
        return None, list(pieces)  # the rest of a broken level-2 name
    level1 = words.level1_of(text)
    if level1 is None:
        for word in level1_names(words):
            behind = fold(first.text).removeprefix(word)
            if behind != fold(first.text) and words.level2_opening(behind):
                return words.level1[word], [Piece(first.text[len(word) :], first.at), *rest]
        return None, list(pieces)
    if words.level2_of(text) is None:
        after = rest or list(following)
        sure = text.endswith("指标") or (after and words.level2_opening(after[0].text))
        return (level1, rest) if sure else (None, list(pieces))
    # 成本指标 and 满意度指标 are names of both levels: what follows tells.
    follow = words.level2_opening(rest[0].text) if rest else None
    one_half = block.columns is not None and block.columns.roles.count("level2") < 2
    if level1 == "成本指标":
        is_level1 = follow in _COST_CLASSES or (follow == "成本指标" and one_half)
    else:
        opens = bool(rest) and any(squeeze(rest[0].text) in w for w in _SATISFACTION)
        is_level1 = opens or (follow or "").startswith("服务对象")
    if not rest and block.columns is not None:
        is_level1 = level1 != "成本指标" or (one_half and _opens_cost(following, words))
        if not text.endswith("指标"):  # else the rest of a name: «电梯使用单位», «满意度», «≥90%»
            is_level1 = is_level1 and not (following and _is_value(following[0].text))
    elif level1 == BENEFIT:  # «影响力指标» over «长效管理», or itself over an indicator
        is_level1 = natural_level1(follow or "") == BENEFIT
    return (level1, rest) if is_level1 else (None, list(pieces))


def _is_value(text: str) -> bool:
    return bool(_VALUE.match(fold(text)))


def _opens_cost(pieces: Sequence[Piece], words: Words) -> bool:
    """A class of cost, whole or its first part, stands below «成本指标»: that is level 1."""
    if not pieces:
        return False
    text = squeeze(pieces[0].text)
    opened = words.level2_opening(text) in ("成本指标", *_COST_CLASSES)
    return opened or (len(text) >= 2 and any(w.startswith(text) for w in _COST_CLASSES))
