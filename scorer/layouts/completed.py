"""What a form does not say itself but its document, or the form as a whole, does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Form, Ledger, Yuan
from scorer.layouts.terms import several_years
from scorer.layouts.words import Words, fold, squeeze, year_in

_ONE_YEAR = re.compile(r"20\d\d|(?<!\d)1\s*年|一年|12个月")  # what a project of one year may say
_TITLE = re.compile(r"(\D{4,40}?)(?:20\d\d\s*年?度?)?(?:部门|单位)?(?:预算)?(?:项目|专项|绩效)")


def completed(form: Form, ledger: Ledger, year: int | None, department: str | None = None) -> Form:
    """The form with the document's year and department, and its year's money where that can be
    known. Only a form that names its unit and has no cell for its department is given one."""
    if form.fiscal_year is None and year is not None:
        form = replace(form, fiscal_year=year)
    silent = form.department is None and "department" not in form.asked
    if department is not None and silent and form.unit not in (None, department):
        form = replace(form, department=department)
    if form.annual_yuan is None:
        form = _of_one_year(form)
    if form.layout == "C" and form.annual_yuan is None:
        form = _with_budget(form, ledger)
    return form


def unit_of(forms: Sequence[Form], words: Words) -> str | None:
    """Whose forms they are: the one unit that they name, the department where units of one
    department stand together, or the unit in their titles."""
    units = Counter(form.unit for form in forms if form.unit)
    departments = Counter(form.department for form in forms if form.department)
    if len(units) == 1:
        return next(iter(units))
    titled = Counter(name for form in forms if (name := _titled(form.title or "", words)))
    for names in (departments, units, titled):
        if names:
            return names.most_common(1)[0][0]
    return None


def _titled(title: str, words: Words) -> str | None:
    """The unit before a title's own words: «某县水务局2025年项目支出绩效目标表»."""
    match = _TITLE.match(fold(title).strip())
    return match[1] if match and words.is_unit_name(match[1]) else None


def _of_one_year(form: Form) -> Form:
    """A form of a budget year with nothing but a 年度 half, or of a project that takes one year, and
    one «资金总额»: the sum is the year's as well."""
    if form.total_yuan is None or "annual_yuan" in form.asked or form.funding_annual.stated():
        return form
    # the amounts of a list, or of a form of one year, are the year's, whatever the goal is called
    of_year = form.layout == "C" or year_in(form.title or "") is not None
    two = form.of_phase("period") or (form.goal.period and not of_year)
    if two and not _ONE_YEAR.search(fold(form.period or "")):
        return form
    if not form.goal.annual and not form.of_phase("annual"):
        return form
    longer = any(several_years(text) for text in (form.period, form.attribute) if text)
    if longer and (two or not form.fiscal_year or "goal_period" in form.asked):
        return form
    places = form.places
    if "total_yuan" in places:
        places = places | {"annual_yuan": places["total_yuan"]}
    return replace(form, annual_yuan=form.total_yuan, places=places)


def _with_budget(form: Form, ledger: Ledger) -> Form:
    """The amount that 项目支出预算表 gives for the project of this name."""
    name = squeeze(form.project or "")
    found = [amount for amount in ledger.projects if squeeze(amount.name) == name]
    if not name or not found:
        return form
    total: Yuan = sum((amount.yuan for amount in found), 0)
    places = form.places | {"annual_yuan": found[0].place}
    return replace(form, annual_yuan=total, places=places)
