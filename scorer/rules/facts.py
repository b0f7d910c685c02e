"""What a form says of itself: the facts that several rules ask for."""

from __future__ import annotations

import re
from functools import cached_property

from scorer.forms import Form
from scorer.lexicon import Lexicon
from scorer.rules.backdrop import without_backdrop
from scorer.rules.trades import kin_of, pairs_in
from scorer.slogans import substance, without_show
from scorer.targets import parse_target

_SPAN = re.compile(r"(?<!\d)(\d{1,2}|[一二两三四五六七八九十])\s*(?:个)?年(?!度|月)")
_MONTHS = re.compile(r"(?<!\d)(\d{1,3})\s*个月")
_CALENDAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
# «目标1：», «（2）», «3、»: how items are told apart, no amounts.
_ITEM_NUMBER = re.compile(
    r"(?:目标|任务|措施)\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[:：、.．]"
    r"|(?:(?<=[；;。:：，,\n])|^)\s*(?:[（(]\d{1,2}[)）]|\d{1,2}(?:[)）、．]|\.(?!\d))|[①-⑳])"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def _length_in_years(text: str) -> int | None:
    """«3年», «1年结束», «2023—2025年», «2025.01—2025.12», «18个月» in whole fiscal years."""
    if calendar := [int(year) for year in _CALENDAR.findall(text)]:
        return max(calendar) - min(calendar) + 1
    if match := _SPAN.search(text):
        return int(match[1]) if match[1].isdecimal() else _DIGITS[match[1]]
    if match := _MONTHS.search(text):
        return -(-int(match[1]) // 12)
    return None


class Facts:
    """Facts of one form, each worked out when first asked for."""

    def __init__(self, form: Form, lexicon: Lexicon) -> None:
        self.form = form
        self.lexicon = lexicon

    @cached_property
    def years(self) -> int | None:
        """Fiscal years that the project touches, as 项目期 or 项目属性 state it."""
        for text in (self.form.period, self.form.attribute):
            if text and (years := _length_in_years(text)):
                return years
        return None

    @cached_property
    def one_year(self) -> bool:
        """True for a project that the form itself calls a one-year project."""
        return self.years == 1

    @cached_property
    def own_text(self) -> str:
        """Project name, overview, necessity, plan and goals, joined, slogans left out."""
        form = self.form
        parts = (form.overview, form.necessity, form.plan, form.goal.period, form.goal.annual)
        return "\n".join([form.project or "", *(substance(p) for p in parts if p)])

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Pairs of letters of the form's own text and unit, and of the library's projects of its kind."""
        said = pairs_in([self.own_text, self.form.unit])
        return frozenset(said | kin_of(pairs_in([self.form.project])))

    @cached_property
    def internal(self) -> bool:
        """A small 人员类 project (allowances of own staff or dependants) or one without a public."""
        name = f"{self.form.project or ''}{self.form.overview or ''}"
        return any(word in name for word in _PERSONNEL)

    @cached_property
    def period_goal_is_secondary(self) -> bool:
        """In a one-year project (or one without a period) a clear 年度 goal says all there is."""
        return self.years in (None, 1) and self.promises(self.form.goal.annual or "")

    @classmethod
    def promises(cls, goal: str) -> bool:
        """Whether a goal has figures that are to be reached, not only the county's and the money's."""
        return cls.has_figures(without_backdrop(goal))

    @staticmethod
    def has_figures(text: str) -> bool:
        """True where a text carries an amount, a count or a date finer than a year; numbers
        that only adorn a slogan are none."""
        target = parse_target(without_show(substance(_ITEM_NUMBER.sub("", text))))
        return bool(target.quantities or target.dated)


_PERSONNEL = ("遗属", "抚恤", "值班补助", "退休", "离休", "工资", "社保缴费", "公积金", "人员经费")
