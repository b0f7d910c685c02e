"""Does the order hang on one weight? Every weight of the sheet moved by ±30 %, one at a time.

A form's grade or place that changes with a single soft weight is no finding about the form:
the reports mark it and name the weight.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorer.forms import Finding, JudgedForm, Review
from scorer.profile import Profile
from scorer.review import BY_HAND, grade_of
from scorer.rules.catalogue import ITEMS, catalogue
from scorer.scale import Scale, weighed_as

SWING = 0.3
FAR = 0.1  # part of all places that a form must move to hang on a weight…
LEAST = 3  # …and at least so many
TOPICS = {
    "goal": "总体目标写得空",
    "unverifiable": "指标值没法核对",
    "rows": "全表有问题的指标数",
    "fields": "全表有问题的栏目数",
    "unsound": "全表没有问题的指标所占的比例",
    "left_open": "目标、计划、措施没写全的部分",
}
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Sway:
    """How far one form moves: totals, places (1 = worst form), grades, and the weight it hangs on.

    ``weight`` is the weight, in words, that moves it most; ``hangs`` is set where that one
    weight changes its grade or carries it far along the order.
    """

    low: float
    high: float
    first: int
    last: int
    grades: tuple[str, ...]
    weight: str
    hangs: bool


@dataclass(frozen=True, slots=True)
class Stability:
    """``sways`` in the order given; ``likeness``: the lowest rank correlation of any variant."""

    sways: tuple[Sway, ...]
    likeness: float

    @property
    def hanging(self) -> int:
        """How many forms hang on one weight."""
        return sum(s.hangs for s in self.sways)


Weighed = tuple[JudgedForm, Sequence[Finding]]


def stability(forms: Iterable[Weighed], profile: Profile) -> Stability:
    """``forms`` in their order, worst first, each with the findings its review was made of."""
    sheets = _Sheets(forms, profile)
    count = len(sheets.cap)
    if not count:
        return Stability((), 1.0)
    base = sheets.capped(sheets.raw)
    low, high = base.copy(), base.copy()
    here = np.arange(count)
    first, last, furthest = here.copy(), here.copy(), np.zeros(count, dtype=int)
    mover = [""] * count
    own = _grades(base, profile)
    grades: list[set[str]] = [{grade} for grade in sheets.grades]
    likeness = 1.0
    for name, raw in sheets.variants():
        totals = sheets.capped(raw)
        order = np.argsort(totals, kind="stable")
        place = np.empty(count, dtype=int)
        place[order] = here
        low, high = np.minimum(low, totals), np.maximum(high, totals)
        first, last = np.minimum(first, place), np.maximum(last, place)
        moved = np.abs(place - here)
        likeness = min(likeness, _likeness(moved))
        changed = _grades(totals, profile)
        for n in np.flatnonzero(changed != own):
            grades[n].add(str(changed[n]))
        # A change of grade weighs more than any number of places.
        far = moved + count * (changed != own)
        for n in np.flatnonzero(far > furthest):
            mover[n] = name
        furthest = np.maximum(furthest, far)
    return Stability(
        tuple(
            Sway(
                float(low[n]), float(high[n]), int(first[n]) + 1, int(last[n]) + 1,
                tuple(g for g in "优良中差" if g in grades[n]), mover[n],
                bool(furthest[n] >= max(LEAST, FAR * count)),
            )
            for n in range(count)
        ),
        round(likeness, 3),
    )  # fmt: skip


def _likeness(moved: np.ndarray[Any, np.dtype[np.int64]]) -> float:
    """Spearman's coefficient of two orders, from the places moved."""
    count = len(moved)
    if count < 2:
        return 1.0
    return float(1 - 6 * (moved.astype(float) ** 2).sum() / (count * (count * count - 1)))


def _grades(totals: Floats, profile: Profile) -> np.ndarray[Any, np.dtype[np.str_]]:
    bounds = profile.review("grades")
    names = [*bounds, grade_of(-1, profile)]
    marked = np.select([totals >= least for least in bounds.values()], names[:-1], names[-1])
    return np.asarray(marked, dtype=np.str_)


class _Move:
    """One weight: the forms whose item it moves, and the log of the change down and up."""

    def __init__(self) -> None:
        self.forms = array("l")
        self.logs = (array("d"), array("d"))

    def add(self, form: int, share: float, count: float) -> None:
        for logs, sign in zip(self.logs, (-1, 1), strict=True):
            logs.append(count * (_log_left(share * (1 + sign * SWING)) - _log_left(share)))
        self.forms.append(form)


class _Sheets:
    """All forms' items as columns, and for each weight the forms whose items it moves.

    Forms come one by one and only numbers are kept of them.
    """

    def __init__(self, forms: Iterable[Weighed], profile: Profile) -> None:
        items = {name: array("d") for name in ITEMS}
        cap = array("d")
        self.grades: list[str] = []
        self.moves: dict[tuple[str, str], _Move] = defaultdict(_Move)
        for n, (judged, found) in enumerate(forms):
            scale = Scale(judged.form, found, profile, _by_hand(judged.review))
            self.grades.append(judged.review.grade)
            cap.append(min((limit for limit, _ in scale.caps()), default=100.0))
            for name, column in items.items():
                column.append(scale.item_score(name))
                if name not in scale.by_hand:
                    self._add(n, name, scale)
        self.cap: Floats = np.array(cap)
        self.items: dict[str, Floats] = {name: np.array(column) for name, column in items.items()}
        self.raw: Floats = np.sum(list(self.items.values()), axis=0)

    def _add(self, n: int, name: str, scale: Scale) -> None:
        fitted = scale.profile.review("fitted").get(name, {})
        for key, count in scale.common(name).items():
            self.moves[name, key].add(n, fitted.get(key, 0.0), count)
        for finding, share in scale.own[name]:
            self.moves[name, weighed_as(finding)].add(n, share, 1.0)

    def capped(self, raw: Floats) -> Floats:
        """Totals as printed."""
        return np.asarray(np.round(np.minimum(raw, self.cap), 1), dtype=np.float64)

    def variants(self) -> Iterator[tuple[str, Floats]]:
        """(the weight in words, raw totals) of each weight moved down and up."""
        count = len(self.cap)
        for (item, key), move in sorted(self.moves.items(), key=lambda pair: pair[0]):
            for logs in move.logs:
                factor = np.exp(np.bincount(move.forms, logs, minlength=count))
                yield f"{item}：{_name(key)}", self.raw + self.items[item] * (factor - 1)
        for item, points in ITEMS.items():
            for swing in (1 - SWING, 1 + SWING):
                whole = 100 + points * (swing - 1)
                raw = (self.raw + self.items[item] * (swing - 1)) * 100 / whole
                yield f"「{item}」的分值", raw


def _log_left(share: float) -> float:
    return math.log(max(1e-9, 1 - min(1.0, share)))


def _by_hand(review: Review) -> dict[str, float]:
    return {i.item: i.score for i in review.items if i.manual == BY_HAND}


def _name(key: str) -> str:
    if key in TOPICS:
        return TOPICS[key]
    return catalogue()[key].name if key in catalogue() else key
