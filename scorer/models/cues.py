"""What can be seen of one row: the name's question, the value's answer, and how they fit.

Every cue is a plain number with a name, made from the understood Target and the word
lists; the n-grams only add what these cannot see. A name and a value are looked at once
per distinct text, then joined row by row.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scorer.forms import LEVEL2
from scorer.heads import ASKS, DIRECTIONS, Head, direction_of, head_of, may_exceed
from scorer.lexicon import default_lexicon
from scorer.models.memo import Memo
from scorer.targets import Target, has_figures, parse_target

Floats = NDArray[np.float32]

KINDS = (
    "blank placeholder number money rate time frequency change standard event approved scale "
    "yes_no words"
).split()
UNIT_KINDS = "count money rate time length area weight volume".split()
SIGNS = ("≥", "≤", "=", ">", "<")
# Which kinds of value answer which question; a value outside them is suspect, not yet wrong.
ANSWERS: dict[str, frozenset[str]] = {
    "count": frozenset({"number", "frequency", "change", "approved"}),
    "rate": frozenset({"rate", "change"}),
    "time": frozenset({"time", "frequency", "approved"}),
    "money": frozenset({"money", "approved", "change", "rate"}),
    "grade": frozenset({"scale", "standard", "event", "number"}),
    "event": frozenset({"event", "standard", "yes_no", "time"}),
}
EFFECT_WORDS = (
    "提高 提升 促进 推动 保障 保证 加强 增强 改善 完善 健全 优化 有效 确保 维护 丰富 满足 带动"
).split()

NAME_CUES = (
    [f"asks_{a}" for a in ASKS]
    + ["asks_nothing", "head_sure", "head_border"]
    + [f"head_{c}" for c in LEVEL2]
    + [f"better_{d}" for d in DIRECTIONS]
    + ["may_exceed", "name_length", "name_effect", "name_soft", "name_digit", "name_whether"]
    + ["name_satisfied", "name_number", "name_time", "name_rate", "name_standard"]
)
VALUE_CUES = (
    [f"kind_{k}" for k in KINDS]
    + [f"unit_{k}" for k in UNIT_KINDS]
    + ["unit_none", "unit_other"]
    + [f"sign_{s}" for s in SIGNS]
    + ["sign_stated", "quantities", "moments", "frequency", "standards", "up", "down", "base"]
    + ["soft", "soft_share", "value_length", "log_value", "over_100", "is_100", "is_0", "digit"]
    + ["people", "ranged", "past_affirm", "quoted"]
)
PAIR_CUES = ["answers", "misses", "repeats", "overlap", "wrong_way", "over_whole"] + [
    f"{a}_gets_{k}"
    for a in ("count", "rate", "time", "money")
    for k in ("number", "rate", "time", "money", "words", "event")
]
_NAME_AT = {name: k for k, name in enumerate(NAME_CUES)}
_VALUE_AT = {name: k for k, name in enumerate(VALUE_CUES)}


def _one_of(words: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Word -> 1.0 in its own place, 0.0 in all others."""
    return {word: tuple(float(word == w) for w in words) for word in words}


_OF_KIND, _OF_UNIT, _OF_SIGN = _one_of(KINDS), _one_of(UNIT_KINDS), _one_of(SIGNS)
_OF_DIRECTION = _one_of(DIRECTIONS)
_NO_UNIT, _NO_SIGN = (0.0,) * len(UNIT_KINDS), (0.0,) * len(SIGNS)
_NO_DIRECTION = (0.0,) * len(DIRECTIONS)
_EFFECT = re.compile("|".join(EFFECT_WORDS))
_DIGIT = re.compile(r"\d")
_NO_FIGURES = Target("", "words")


@lru_cache(maxsize=4096)
def _head_cues(head: Head | None) -> tuple[float, ...]:
    asks, classes = (head.asks, head.classes) if head else ((), ())
    return (
        *(float(a in asks) for a in ASKS),
        float(not asks),
        float(bool(head and head.sure)),
        float(bool(head and head.border)),
        *(float(c in classes) for c in LEVEL2),
    )


def name_cues(name: str) -> tuple[float, ...]:
    """The numbers of NAME_CUES for one normalised name."""
    inside = parse_target(name) if has_figures(name) else _NO_FIGURES
    return (
        *_head_cues(head_of(name)),
        *_OF_DIRECTION.get(direction_of(name), _NO_DIRECTION),
        float(may_exceed(name)),
        math.log1p(len(name)),
        float(_EFFECT.search(name) is not None),
        float(len(default_lexicon().soft_in(name))),
        float(_DIGIT.search(name) is not None),
        float("是否" in name),
        float("满意" in name),
        float(bool(inside.quantities)),
        float(bool(inside.moments)),
        float(inside.kind == "rate"),
        float(bool(inside.standards)),
    )


def value_cues(value: str) -> tuple[float, ...]:
    """The numbers of VALUE_CUES for one normalised value."""
    target = parse_target(value)
    first = target.quantities[0] if target.quantities else None
    unit = first.unit_kind if first else ""
    amount = float(first.value) if first else 0.0
    percent = unit == "rate"
    return (
        *_OF_KIND[target.kind],
        *_OF_UNIT.get(unit, _NO_UNIT),
        float(first is not None and not first.unit),
        float(first is not None and bool(first.unit) and unit not in _OF_UNIT),
        *(_OF_SIGN[first.comparator] if first else _NO_SIGN),
        float(first is not None and first.stated_comparator),
        float(len(target.quantities)),
        float(len(target.moments)),
        float(bool(target.frequency)),
        float(len(target.standards)),
        float(target.change == "up"),
        float(target.change == "down"),
        float(bool(target.base)),
        float(len(target.soft_words)),
        sum(map(len, target.soft_words)) / max(len(value), 1),
        math.log1p(len(value)),
        math.copysign(math.log1p(min(abs(amount), 1e12)), amount),
        float(percent and amount > 100),
        float(percent and amount == 100),
        float(first is not None and amount == 0),
        float(_DIGIT.search(value) is not None),
        float(first is not None and first.unit in default_lexicon().people_units),
        float(first is not None and first.high is not None),
        float(value in default_lexicon().affirmations),
        float('"' in value),
    )


def _each(cues: Callable[[str], tuple[float, ...]], width: int) -> Memo:
    return Memo(lambda texts: np.array([cues(t) for t in texts], np.float32).reshape(-1, width))


_OF_NAME = _each(name_cues, len(NAME_CUES))
_OF_VALUE = _each(value_cues, len(VALUE_CUES))


def row_cues(names: Sequence[str], values: Sequence[str]) -> Floats:
    """NAME_CUES + VALUE_CUES + PAIR_CUES of each row, float32, in that order."""
    left, right = _OF_NAME(names), _OF_VALUE(values)
    return np.hstack([left, right, _pair_cues(names, values, left, right)])


def cue_names() -> list[str]:
    """The names of the columns of ``row_cues``."""
    return [*NAME_CUES, *VALUE_CUES, *PAIR_CUES]


def _pair_cues(names: Sequence[str], values: Sequence[str], left: Floats, right: Floats) -> Floats:
    """How the value fits the name: answered kind, repetition, direction, more than the whole."""
    asked = left[:, : len(ASKS)]
    kinds = right[:, : len(KINDS)]
    table = np.array([[k in ANSWERS[a] for k in KINDS] for a in ASKS], np.float32)
    answers = ((asked @ table) * kinds).sum(1)
    misses = (asked.sum(1) > 0) * (1 - np.minimum(answers, 1))
    at_most = right[:, _VALUE_AT["sign_≤"]] + right[:, _VALUE_AT["sign_<"]]
    at_least = right[:, _VALUE_AT["sign_≥"]] + right[:, _VALUE_AT["sign_>"]]
    higher, lower = left[:, _NAME_AT["better_higher"]], left[:, _NAME_AT["better_lower"]]
    wrong = higher * at_most + lower * at_least
    whole = right[:, _VALUE_AT["over_100"]] * (1 - left[:, _NAME_AT["may_exceed"]])
    overlap = [_overlap(n, v) for n, v in zip(names, values, strict=True)]
    crosses = [
        left[:, _NAME_AT[f"asks_{a}"]] * right[:, _VALUE_AT[f"kind_{k}"]]
        for a in ("count", "rate", "time", "money")
        for k in ("number", "rate", "time", "money", "words", "event")
    ]
    columns = [np.minimum(answers, 1), misses, *np.array(overlap, np.float32).reshape(-1, 2).T]
    return np.column_stack([*columns, wrong, whole, *crosses]).astype(np.float32)


@lru_cache(maxsize=40_000)
def _overlap(name: str, value: str) -> tuple[float, float]:
    """Whether the value only repeats the name, and the share of its letters found there."""
    if not value:
        return 0.0, 0.0
    shared = sum(c in name for c in value) / len(value)
    return float(len(value) > 1 and value in name), shared
