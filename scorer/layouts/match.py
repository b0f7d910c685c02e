"""Which family a form's table belongs to (A … I), told by its header words and its grid.

Every family names the signs that speak for it, each with points; the highest score wins.
What a sign is comes from the vocabulary (roles of columns, labels), so a county's own
words count as well. `jixiao parse --explain` prints the scores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scorer.forms import COST, Phase, Place
from scorer.layouts.words import Words

FAMILY_NAMES = {
    "A": "左右两栏（实施期与年度并列）",
    "B": "上下两块或单栏",
    "C": "多项目清单",
    "D": "上海式（一列目标值、计划起止日期、两个总额）",
    "E": "带基准值（前年、上年）",
    "F": "101号核心指标表",
    "G": "成本指标为一级指标、带权重或两期指标值",
    "H": "自评表（只读年度指标值）",
    "I": "部门整体支出或转移支付区域绩效目标表",
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen of one form's table. ``names`` are head labels ("start", "amount:annual",
    …), ``roles`` column roles, ``heads`` the number of columns of each role."""

    title_kind: str = "project"
    flat: bool = False
    halves: int = 0
    own_names: int = 0  # halves with a name column of their own
    blocks: frozenset[Phase] = frozenset()
    names: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    explanations: int = 0
    level1: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """A family's points and the signs they come from."""

    family: str
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one table was understood: best family first in ``scores``; ``columns`` are the
    header's words with their roles. ``family`` is "" for a table that is no form."""

    place: Place
    title: str | None
    project: str | None
    family: str
    scores: tuple[Score, ...]
    columns: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())


_Sign = tuple[int, str, Callable[[Signs], bool]]
_TESTS: dict[str, tuple[_Sign, ...]] = {
    "A": (
        (6, "两栏各有三级指标和指标值", lambda s: s.own_names >= 2),
        (1, "实施期与年度两个资金总额", lambda s: {"amount:total", "amount:annual"} <= s.names),
        (1, "实施期与年度两个目标", lambda s: {"goal_period", "goal_annual"} <= s.names),
    ),
    "B": (
        (2, "指标表只有一栏", lambda s: s.halves == 1 and not s.flat),
        (4, "长期与年度两块指标", lambda s: len(s.blocks) == 2),
        (1, "有项目起止时间或进度计划", lambda s: bool(s.names & {"period", "plan"})),
    ),
    "C": ((9, "项目名称是指标表的一列", lambda s: s.flat),),
    "D": (
        (2, "指标表只有一栏", lambda s: s.halves == 1 and not s.flat),
        (3, "有计划开始、完成日期", lambda s: {"start", "end"} <= s.names),
        (
            2,
            "一栏指标而有两个资金总额",
            lambda s: s.halves == 1 and {"amount:total", "amount:annual"} <= s.names,
        ),
    ),
    "E": (
        (2, "指标表只有一栏", lambda s: s.halves == 1 and not s.flat),
        (4, "有前年、上年等基准值列", lambda s: "baseline" in s.roles),
    ),
    "F": (
        (2, "指标表只有一栏", lambda s: s.halves == 1 and not s.flat),
        (5, "有解释、依据、数据来源等列", lambda s: s.explanations >= 3),
        (1, "有分值权重", lambda s: "weight" in s.roles),
    ),
    "G": (
        (2, "指标表只有一栏", lambda s: s.halves == 1 and not s.flat),
        (2, "成本指标为一级指标", lambda s: COST in s.level1),
        (2, "有权重列", lambda s: "weight" in s.roles and not s.flat),
        (2, "指标性质、度量单位分列", lambda s: {"sign", "unit"} <= s.roles and not s.flat),
        (5, "一个指标、两期指标值", lambda s: s.halves == 2 and s.own_names == 1),
    ),
    "H": (
        (12, "标题是自评、监控或评价", lambda s: s.title_kind == "self_review"),
        (8, "有实际完成值列", lambda s: "actual" in s.roles),
    ),
    "I": (
        (20, "标题或表头是部门整体", lambda s: s.title_kind == "whole_unit"),
        (20, "标题或表头是转移支付、区域", lambda s: s.title_kind == "transfer"),
    ),
}


def score_layouts(signs: Signs) -> tuple[Score, ...]:
    """The score of every family, best first; equal scores in the order of the letters."""
    scores = []
    for family, tests in _TESTS.items():
        met = [(points, reason) for points, reason, test in tests if test(signs)]
        scores.append(Score(family, sum(p for p, _ in met), tuple(r for _, r in met)))
    return tuple(sorted(scores, key=lambda score: -score.points))


def family_of(signs: Signs) -> str:
    """The letter of the best family; "" where nothing speaks for any."""
    best = score_layouts(signs)[0]
    return best.family if best.points else ""


def object_of(texts: list[str], words: Words) -> str | None:
    """What a table without title is about where its cells say it: "whole_unit", "transfer"."""
    table = words.data.get("objects", {})
    for kind in ("transfer", "whole_unit"):
        if any(mark in text for mark in table.get(kind, ()) for text in texts):
            return kind
    return None
