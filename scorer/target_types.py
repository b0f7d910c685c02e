"""The words of the target grammar as plain typed data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparator = Literal["≥", "≤", "=", ">", "<"]
Kind = Literal[
    "blank",  # empty cell
    "placeholder",  # XX, **, /, 待定, 同上, 见附件, bare signs and stumps
    "number",  # a count or measure, with or without unit
    "money",  # an amount of money
    "rate",  # %, ‰, 成, fractions of a whole, 百分点
    "time",  # a date, deadline, period or duration
    "frequency",  # 每月, 每季度一次, 2次/年
    "change",  # a rise or fall with an amount or a base (提高5%, 较上年提高)
    "standard",  # a named standard, document or named grade (GB/T 9704, 《…》, Ⅲ类)
    "event",  # a checkable event or state (通过市级验收, 零事故, 18个社区全覆盖)
    "approved",  # an approved or earlier figure stands behind it (≤批复概算, 不低于上年决算数)
    "scale",  # 优/良/中/差, 好/较好
    "yes_no",  # 是/否
    "words",  # anything else
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the target. ``value`` is scaled (1.2万 -> 12000); rates are in
    percent (95% -> 95, 3‰ -> 0.3). ``high`` is set for ranges."""

    value: Decimal
    unit: str = ""  # half-width, without 万/亿: 元, 台, %, 元/人·天
    unit_kind: str = ""  # count, money, length, area, weight, volume, time, rate, …
    comparator: Comparator = "="  # "=" where none is written
    stated_comparator: bool = False
    high: Decimal | None = None
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or deadline. Parts that are not printed are None; the end that a word
    names counts as printed (年底: month 12, 上半年: month 6).

    ``name`` holds a date that no calendar has: 汛期, 开学, 合同约定时间, 当日, 8:30.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    limit: Literal["before", "at", "after", "during"] = "at"
    span: tuple[int, int] = (0, 0)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A 指标值, understood. Spans index into ``text`` (the cell as printed)."""

    text: str
    kind: Kind
    quantities: tuple[Quantity, ...] = ()
    moments: tuple[Moment, ...] = ()
    frequency: str = ""  # as printed: 每月, 每季度一次
    standards: tuple[str, ...] = ()  # as printed
    change: Literal["", "up", "down"] = ""
    base: str = ""  # 较上年, 较2024年, 比上年决算数
    soft_words: tuple[str, ...] = ()  # soft words of the lexicon found in it

    @property
    def only(self) -> Quantity | None:
        """The one number of a value that is a plain level; None for several, a change, or a
        comparison with what was."""
        plain = len(self.quantities) == 1 and not self.change and not self.base
        return self.quantities[0] if plain else None

    @property
    def dated(self) -> bool:
        """Whether it names a month or a quarter: a time finer than a year."""
        return any(moment.month or moment.quarter for moment in self.moments)

    @property
    def comparator(self) -> str:
        """The sign of the first quantity, "" if there is none."""
        return self.quantities[0].comparator if self.quantities else ""
