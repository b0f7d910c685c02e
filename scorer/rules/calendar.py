"""When a project runs, as its own cells say it, and months as plain numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from scorer.forms import Form
from scorer.targets import Moment, parse_target

_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DATES = re.compile(
    rf"(?P<y1>20\d\d)(?:\s*[年./-]\s*(?P<m1>{_MONTH})(?:\s*[月./-]\s*\d{{1,2}}(?!\d))?)?[年月日度\s]*"
    rf"(?:[—–\-~～至到]+\s*(?:(?P<y2>20\d\d)\s*[年./-]?\s*)?(?P<m2>{_MONTH})?)?"
)
# A day or a month of a text, which says nothing of what is done: «2025年5月20日前».
DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|份|[底末初中])?(?:以?前|之前|至|起)?")
_YEARS = re.compile(r"(\d+|[一二两三四五六七八九十])\s*(?:个)?年")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_ENDLESS = re.compile(r"长期|持续|每年|经常")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last month of a project, counted as year * 12 + month - 1. ``exact`` is
    False where only the length is known: then the two ends are the widest possible."""

    first: int
    last: int
    exact: bool = True

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.first // 12, self.last // 12 + 1)


def month_number(year: int, month: int) -> int:
    """Months since year 0, so that months compare and subtract."""
    return year * 12 + month - 1


def project_span(form: Form) -> Span | None:
    """When the project runs by 项目期 (or 项目属性), None where nothing can be said."""
    period = form.period or ""
    if dates := _DATES.search(period):
        return _written(dates)
    if form.fiscal_year is None or _ENDLESS.search(period):
        return None
    length = _YEARS.search(period) or _YEARS.search(form.attribute or "")
    if length is None:
        return None
    word = length[1]
    years = int(word) if word.isdecimal() else _DIGITS[word]
    if not 1 <= years <= 30:
        return None
    year = form.fiscal_year
    first, last = month_number(year - years + 1, 1), month_number(year + years - 1, 12)
    return Span(first, last, exact=years == 1)


def stated_year(form: Form) -> int | None:
    """The fiscal year of a form that names none: the one that goal and rows speak of most,
    where at least two dates do and no other year comes near."""
    texts = (form.goal.annual, form.plan, *(i.value for i in form.indicators))
    moments = (m for text in texts if text for m in parse_target(text).moments)
    years = Counter(m.year for m in moments if m.year).most_common(2)
    if not years or years[0][1] < 2 or (len(years) > 1 and years[0][1] < 2 * years[1][1]):
        return None
    return years[0][0]


def _written(dates: re.Match[str]) -> Span | None:
    first_year = int(dates["y1"])
    last_year = int(dates["y2"] or first_year)
    first = month_number(first_year, int(dates["m1"] or 1))
    last = month_number(last_year, int(dates["m2"] or 12))
    return Span(first, last) if first <= last else None


def last_month(moment: Moment) -> int | None:
    """The last month that a moment with a year covers."""
    if moment.year is None:
        return None
    month = moment.month or (moment.quarter * 3 if moment.quarter else 12)
    return month_number(moment.year, month)


def first_month(moment: Moment) -> int | None:
    """The first month that a moment with a year covers."""
    if moment.year is None:
        return None
    month = moment.month or (moment.quarter * 3 - 2 if moment.quarter else 1)
    return month_number(moment.year, month)
