"""Forms made worse step by step never gain, so mended step by step they never lose: every rule's
own flag cases are planted, one at a time and in any order, into sound forms of many trades."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import (
    BENEFIT,
    OUTPUT,
    Form,
    Funding,
    Goal,
    Indicator,
    JudgedForm,
    Submission,
)
from scorer.judge import judge
from scorer.rules.catalogue import catalogue
from tests.pairs.pairs import read, trades
from tests.rules.cases import Case, cases, submission_of

SOUND = 88.0  # total from which a form of the pairs counts as sound
# Not the overview: another project's would change what all rows are judged by.
TEXTS = ("basis", "necessity", "safeguards", "plan")


@dataclass(frozen=True)
class Fault:
    """One flag case as a cell to put into another form: a row, or a text field's content."""

    code: str
    name: str
    field: str  # "" for a row
    text: str | None = None
    row: Indicator | None = None

    def __str__(self) -> str:
        return f"{self.code} {self.name} {self.field}"


def faults_of(case: Case) -> Iterator[Fault]:
    """The cells of a flag case that the rule reports."""
    judged = judge(submission_of(case))
    if len(judged.forms) != 1:
        return
    form, findings = judged.forms[0].form, judged.forms[0].findings
    for finding in findings:
        if case.code not in (finding.code, *finding.also) or finding.preview:
            continue
        name = str(case.data["name"])
        if finding.indicator is not None:
            yield Fault(case.code, name, "", row=form.indicators[finding.indicator])
        elif finding.field in (*TEXTS, "goal_annual"):
            yield Fault(case.code, name, finding.field, text=form.text(finding.field))


@cache
def planted() -> tuple[Fault, ...]:
    """All faults of one cell, over all rules."""
    return tuple(fault for case in cases("flag") for fault in faults_of(case))


@cache
def judged(form_key: str) -> JudgedForm:
    return judge(Submission("", forms=(_FORMS[form_key],))).forms[0]


_FORMS: dict[str, Form] = {}


def scored(form: Form) -> JudgedForm:
    _FORMS.setdefault(repr(form), form)
    return judged(repr(form))


@cache
def sound() -> tuple[Form, ...]:
    """The good forms of the pairs' trades."""
    forms = map(read, trades())
    return tuple(form for form in forms if scored(form).review.total >= SOUND)


def with_fault(form: Form, fault: Fault, at: int) -> Form | None:
    """The form with the fault in the cell of a sound row of its class (the ``at``-th, around)
    or in its text field; None where there is no such sound cell."""
    faulty = {f.indicator if f.indicator is not None else f.field for f in scored(form).findings}
    if fault.row is None:
        if (
            fault.field in faulty
            or not form.text(fault.field)
            or fault.text == form.text(fault.field)
        ):
            return None
        if fault.field == "goal_annual":
            return replace(form, goal=replace(form.goal, annual=fault.text))
        return replace(form, **{fault.field: fault.text})  # type: ignore[arg-type]
    places = [
        n
        for n, row in enumerate(form.indicators)
        if row.level2 == fault.row.level2 and n not in faulty
    ]
    if not places:
        return None
    rows = list(form.indicators)
    rows[places[at % len(places)]] = replace(fault.row, phase="annual")
    return replace(form, indicators=tuple(rows))


def test_the_faults_come_from_most_rules() -> None:
    codes = {fault.code for fault in planted()}
    form_rules = {
        r.code for r in catalogue().values() if r.scope == "form" and r.status == "stable"
    }
    assert len(codes & form_rules) >= 0.6 * len(form_rules)
    assert len(sound()) >= 20


def strange_rows(form: JudgedForm) -> int:
    return sum("R401" in (f.code, *f.also) and f.severity != "advice" for f in form.findings)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_form_made_worse_step_by_step_never_gains(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sound()))
    steps = data.draw(st.lists(st.sampled_from(planted()), min_size=1, max_size=5))
    for fault in steps:
        worse = with_fault(form, fault, data.draw(st.integers(0, 5)))
        if worse is None:
            continue
        before, after = scored(form), scored(worse)
        if not any(fault.code in (f.code, *f.also) for f in after.findings):
            continue  # no fault in this form
        if any(f.code == "R413" for f in before.findings):
            return  # so many rows from elsewhere that it is another project's form
        # The model sees a row beside its neighbours: a second strange one may make the first
        # less strange, by a point at most.
        leave = 1.0 if strange_rows(after) < strange_rows(before) else 0.0
        assert after.review.total <= before.review.total + leave, (form.project, str(fault))
        form = worse


def without(form: Form, level: str) -> Form:
    rows = tuple(r for r in form.indicators if level not in (r.level1, r.level2))
    return replace(form, indicators=rows)


def valued(form: Form, *values: str) -> Form:
    rows = (replace(r, value=values[n % len(values)]) for n, r in enumerate(form.indicators))
    return replace(form, indicators=tuple(rows))


def counts_as_rates(form: Form) -> Form:
    rows = (
        replace(r, name=f"第{n}项任务完成率", value="=100%") if r.level2 == "数量指标" else r
        for n, r in enumerate(form.indicators)
    )
    return replace(form, indicators=tuple(rows))


WHOLE: dict[str, Callable[[Form], Form]] = {
    "sources do not add up": lambda f: replace(f, funding_annual=Funding(city_county=1)),
    "more in the year than in all": lambda f: replace(f, annual_yuan=(f.total_yuan or 0) * 3),
    "no outputs": lambda f: without(f, OUTPUT),
    "no benefit": lambda f: without(f, BENEFIT),
    "no counts": lambda f: without(f, "数量指标"),
    "no costs": lambda f: without(f, "成本指标"),
    "scores for values": lambda f: valued(f, "10", "15", "20"),
    "completed by 100%": counts_as_rates,
    "goal gone": lambda f: replace(f, goal=Goal()),
    "everything is good": lambda f: valued(f, "良好"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_no_form_gains_by_a_fault_of_the_whole(name: str) -> None:
    for form in sound()[::3]:
        worse = scored(WHOLE[name](form))
        assert worse.review.total <= scored(form).review.total, form.project


def test_a_goal_that_names_nobody_excuses_no_missing_satisfaction() -> None:
    """Whom the work serves is asked of the rows too: the goal may be the next fault."""
    without_satisfaction = [without(form, "满意度指标") for form in sound()]
    for form in without_satisfaction:
        worse = replace(form, goal=Goal(annual="组织业务培训，落实目标责任，开展督促检查。"))
        assert scored(worse).review.total <= scored(form).review.total, form.project
