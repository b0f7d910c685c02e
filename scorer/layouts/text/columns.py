"""The columns of an indicator table in text, as its head row says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scorer.forms import Phase
from scorer.layouts.words import fold, squeeze

_PERIOD_WORDS = re.compile(r"长期|中期|实施期|总体|实施周期|项目期")
_PHASES = r"(?:长期|中期|中长期|实施期|实施周期|总体|年度|当年|本年|本年度|项目期)"
_BLOCK = re.compile(
    rf"^(?:(?:(?:项目(?:支出)?)?{_PHASES})?(?:项目)?(?:绩效|总)?(?:目标)?指标表?|{_PHASES}(?:绩效|总体)?目标表)$"
)
_GOAL = re.compile(r"^(?:中?长期|中期|实施期|年度|当年|本年度?)(?:绩效|总体)?目标\d{0,2}$")


@dataclass(frozen=True, slots=True)
class Half:
    """Column numbers of one half; None where the table has no such column."""

    phase: Phase
    name: int
    value: int | None
    label: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns from left to right without level 1. ``at`` is where each head stands, ``starts``
    each column's number among all, where the head row told it."""

    roles: tuple[str, ...]
    halves: tuple[Half, ...]
    at: tuple[float | None, ...]
    starts: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return len(self.roles)

    def index(self, role: str) -> int | None:
        """The first column of a role."""
        return self.roles.index(role) if role in self.roles else None


def make_columns(
    roles: Sequence[str], at: Sequence[float | None] = (), phase: Phase = "annual"
) -> Columns:
    """Columns from head roles (level 1 left out); ``phase`` is that of a single half."""
    at = at or [None] * len(roles)
    kept = [(r, a) for r, a in zip(roles, at, strict=True) if r != "level1"]
    kept_roles = tuple(r for r, _ in kept)
    names = [i for i, r in enumerate(kept_roles) if r == "name"]
    if len(names) >= 2:
        bounds = [0, _half_start(kept_roles, names[1]), len(kept_roles)]
        halves = tuple(
            _half(kept_roles, bounds[n], bounds[n + 1], names[n], p)
            for n, p in ((0, "period"), (1, "annual"))
        )
    else:
        halves = _one_name(kept_roles, names[0] if names else 0, phase)
    return Columns(kept_roles, halves, tuple(a for _, a in kept))


def _half_start(roles: Sequence[str], name: int) -> int:
    """Where the right half starts: at its level-2 column, or its name."""
    return name - 1 if roles[name - 1] == "level2" else name


def _half(roles: Sequence[str], start: int, end: int, name: int, phase: str) -> Half:
    inside = range(start, end)
    value = next((i for i in inside if roles[i].startswith("value")), None)
    label = next((i for i in inside if roles[i] == "level2"), None)
    return Half("period" if phase == "period" else "annual", name, value, label)


def _one_name(roles: Sequence[str], name: int, phase: Phase) -> tuple[Half, ...]:
    """One name with one value, or with a value for each phase."""
    label = next((i for i, r in enumerate(roles) if r == "level2"), None)
    values = [i for i, r in enumerate(roles) if r.startswith("value")]
    phases: list[tuple[Phase, int | None]] = [(phase, values[0] if values else None)]
    if {"value_period", "value_annual"} <= set(roles):
        period, annual = roles.index("value_period"), roles.index("value_annual")
        phases = [("period", period), ("annual", annual)]
    elif values and roles[values[0]] == "value_period" and phase != "annual":
        phases = [("period", values[0])]
    elif "value_annual" in roles:  # beside a plain one: «绩效标准 当年预期实现值»
        phases = [(phase, roles.index("value_annual"))]
    return tuple(Half(p, name, v, label) for p, v in phases)


def goal_phase(text: str) -> Phase | None:
    """The phase of «长期目标1：», which heads a block where a head row follows."""
    squeezed = squeeze(text)
    if not _GOAL.match(squeezed):
        return None
    return "period" if _PERIOD_WORDS.search(squeezed) else "annual"


def block_phase(text: str) -> Phase | None:
    """The phase that a block title names: «长期绩效指标» -> "period"; None for no such title."""
    squeezed = re.sub(r"[一二三四五六七八九十]+[、.]|[(].*[)]$", "", squeeze(fold(text)))
    if not _BLOCK.match(squeezed) or squeezed == "指标":
        return None
    return "period" if _PERIOD_WORDS.search(squeezed) else "annual"
