"""What a form says of itself: the facts that several rules ask for."""

from __future__ import annotations

import re
from functools import cached_property

from scorer.forms import Form
from scorer.lexicon import Lexicon
from scorer.targets import parse_target

_YEARS = re.compile(r"(\d+|[一二两三四五六七八九十])\s*(?:个)?年")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


class Facts:
    """Facts of one form, each worked out when first asked for."""

    def __init__(self, form: Form, lexicon: Lexicon) -> None:
        self.form = form
        self.lexicon = lexicon

    @cached_property
    def years(self) -> int | None:
        """Length of the project in years, as 项目期 or 项目属性 state it."""
        for text in (self.form.period, self.form.attribute):
            if text and (match := _YEARS.search(text)):
                word = match[1]
                return int(word) if word.isdecimal() else _DIGITS[word]
        return None

    @cached_property
    def one_year(self) -> bool:
        """True for a project that the form itself calls a one-year project."""
        return self.years == 1

    @cached_property
    def own_text(self) -> str:
        """Project name, overview, basis, necessity, plan and goals, joined."""
        form = self.form
        parts = (form.project, form.overview, form.necessity, form.plan)
        return "\n".join(p for p in (*parts, form.goal.period, form.goal.annual) if p)

    @cached_property
    def internal(self) -> bool:
        """A small 人员类 project (allowances of own staff or dependants) or one without a public."""
        name = f"{self.form.project or ''}{self.form.overview or ''}"
        return any(word in name for word in _PERSONNEL)

    @staticmethod
    def has_figures(text: str) -> bool:
        """True where a text carries an amount, a count or a date finer than a year."""
        target = parse_target(text)
        return bool(target.quantities or any(m.month or m.quarter for m in target.moments))


_PERSONNEL = ("遗属", "抚恤", "值班补助", "退休", "离休", "工资", "社保缴费", "公积金", "人员经费")
