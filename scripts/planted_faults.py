"""Faults to plant in sound forms, one a rule, so that its precision can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from scorer.forms import BENEFIT, Form, Funding, Indicator
from scorer.lexicon import load_toml

Spoil = Callable[[Form], Form | None]


def _revalued(form: Form, fits: Callable[[Indicator], bool], value: str) -> Form | None:
    """The form with another value in its first row that fits, None where none does."""
    index = next((n for n, row in enumerate(form.indicators) if fits(row)), None)
    if index is None:
        return None
    rows = list(form.indicators)
    rows[index] = replace(rows[index], value=value)
    return replace(form, indicators=tuple(rows))


def _without_rows(form: Form, fits: Callable[[Indicator], bool]) -> Form | None:
    kept = tuple(row for row in form.indicators if not fits(row))
    return replace(form, indicators=kept) if kept and len(kept) < len(form.indicators) else None


def _more_in_a_year(form: Form) -> Form | None:
    """A project of three years whose first count is half as large over the whole of them."""
    for row in form.indicators:
        amount = re.fullmatch(r"([≥=]?)(\d{2,6})(\D{1,3})", row.value)
        if row.level2 == "数量指标" and amount and not re.search("率|每|均", row.name + row.value):
            half = f"{amount[1]}{int(amount[2]) // 2}{amount[3]}"
            whole = replace(row, phase="period", value=half)
            return replace(form, period="2024—2026年", indicators=(whole, *form.indicators))
    return None


def _declared_wrongly(form: Form) -> Form | None:
    """The first firm count is declared 定性 in a list that declares every row."""
    kinds = [
        "定量指标" if any(c.isdigit() for c in r.value) else "定性指标" for r in form.indicators
    ]
    counts = (n for n, r in enumerate(form.indicators) if re.fullmatch(r"[≥=]?\d{2,6}\D", r.value))
    if (at := next(counts, None)) is None:
        return None
    kinds[at] = "定性指标"
    rows = zip(form.indicators, kinds, strict=True)
    return replace(form, indicators=tuple(replace(r, declared_kind=k) for r, k in rows))


def _satisfaction_alone(form: Form) -> Form | None:
    """All benefits gone, and satisfaction stands in their place."""
    rows = tuple(r for r in form.indicators if r.level1 != BENEFIT)
    if len(rows) == len(form.indicators):
        return None
    stand_in = Indicator("效益指标", "社会效益指标", "群众满意度", "≥90%")
    return replace(form, indicators=(*rows, stand_in))


def _one_task_more(form: Form) -> Form | None:
    """A task that no row takes up, at the end of the goal."""
    goal, task = (form.goal.annual or "").rstrip("。"), "另砌筑界桩730根"
    if not goal or "界桩" in goal or any("730" in r.value for r in form.indicators):
        return None
    return replace(form, goal=replace(form.goal, annual=f"{goal}，{task}。"))


def _with_a_slip(form: Form) -> Form | None:
    """The first word of the overview that has a known misspelling is misspelt."""
    for pair in load_toml("confusions.toml")["pair"]:
        if pair["right"] in (form.overview or ""):
            return replace(form, overview=form.overview.replace(pair["right"], pair["wrong"]))
    return None


# (codes, field of the finding or "" for any, the fault; None where the form has no room for it).
# The first code is the fault's own; the others are true of the spoiled form as well.
SPOILS: tuple[tuple[str, str, Spoil], ...] = (
    ("C101", "basis", lambda f: replace(f, basis=None)),
    ("C103 R414", "value", lambda f: _revalued(f, lambda r: bool(r.value), "")),
    (
        "X601",
        "",
        lambda f: replace(f, funding_annual=Funding(city_county=int(f.annual_yuan or 0) * 2)),
    ),
    ("C102 R414", "", lambda f: _without_rows(f, lambda r: r.level2 == "数量指标")),
    ("A301", "value", lambda f: _revalued(f, lambda r: r.level1 == "满意度指标", "≥60%")),
    (
        "T502",
        "value",
        lambda f: _revalued(
            f,
            lambda r: r.level2 == "时效指标" and r.name.endswith("时间"),
            f"{f.fiscal_year or 2024}年",
        ),
    ),
    ("X607 C101 X601", "value", _more_in_a_year),
    ("M210", "declared_kind", _declared_wrongly),
    ("R416 R414", "", _satisfaction_alone),
    ("R414", "indicators", _one_task_more),
    ("S111", "", _with_a_slip),
    ("S112", "project", lambda f: replace(f, project=f"{f.fiscal_year or 2024}年专项工作经费")),
)
