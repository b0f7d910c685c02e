"""One project's form printed in two tables: its head on one sheet, its indicators on another.

The parts name the same project and do not contradict each other; one of them has no
indicators, or the later one says that it goes on («续表»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from scorer.forms import Form, Funding, Goal, Place, Problem
from scorer.layouts.words import squeeze

_GOES_ON = re.compile(r"续表|\(续\)|^续|续$")
_SAID = (
    "department_code", "department", "unit", "fiscal_year", "attribute", "period", "total_yuan",
    "annual_yuan", "overview", "basis", "necessity", "safeguards", "plan", "filled_at", "leader",
    "handler", "phone",
)  # fmt: skip


def joined(forms: Sequence[Form]) -> tuple[list[Form], set[Place]]:
    """The forms with such parts put together, each at its first part, and the places of all
    parts that were."""
    whole: list[Form] = []
    named: dict[str, list[int]] = {}  # where the forms of a name stand: a list may be long
    places: set[Place] = set()
    for form in forms:
        name = squeeze(form.project or "")
        before = named.get(name, []) if name else [len(whole) - 1] if whole else []
        n = next((n for n in reversed(before) if _is_rest(form, whole[n])), None)
        if n is None:
            named.setdefault(name, []).append(len(whole))
            whole.append(form)
        else:
            places |= {whole[n].place, form.place}
            whole[n] = _together(whole[n], form)
    return whole, places


def without_gaps(problems: Sequence[Problem], places: set[Place]) -> list[Problem]:
    """The problems without «只读出一部分» of forms whose other part was found."""
    return [p for p in problems if p.code != "partly_read" or p.place not in places]


def _is_rest(form: Form, first: Form) -> bool:
    """Whether ``form`` is the other part of ``first``: an earlier form of its name, or, where it
    has none, the form just before."""
    goes_on = bool(form.title and _GOES_ON.search(squeeze(form.title)))
    if form.project is None and not goes_on:
        return False
    if (form.layout == "H") != (first.layout == "H") or not (form.indicators or first.indicators):
        return False
    parted = not form.indicators or not first.indicators
    return (parted or goes_on) and _agree(first, form)


def _agree(first: Form, second: Form) -> bool:
    """No cell of the head says one thing here and another there."""
    pairs = [(getattr(first, name), getattr(second, name)) for name in _SAID]
    for name in ("goal", "funding_period", "funding_annual"):
        pairs += _parts(getattr(first, name), getattr(second, name))
    return all(a is None or b is None or squeeze(str(a)) == squeeze(str(b)) for a, b in pairs)


def _parts(a: Goal | Funding, b: Goal | Funding) -> list[tuple[Any, Any]]:
    return [(getattr(a, f.name), getattr(b, f.name)) for f in fields(a)]


def _together(first: Form, second: Form) -> Form:
    rows = (*first.indicators, *second.indicators)
    named = {name: _either(getattr(first, name), getattr(second, name)) for name in _SAID}
    return replace(
        first,
        **named,
        goal=Goal(*(_either(a, b) for a, b in _parts(first.goal, second.goal))),
        funding_period=_sources(first.funding_period, second.funding_period),
        funding_annual=_sources(first.funding_annual, second.funding_annual),
        indicators=tuple(sorted(rows, key=lambda row: row.phase != "period")),
        layout=first.layout if first.indicators else second.layout,
        places=second.places | first.places,
        asked=first.asked | second.asked,
        spare=(*first.spare, *second.spare),
    )


def _sources(a: Funding, b: Funding) -> Funding:
    return Funding(*(_either(x, y) for x, y in _parts(a, b)))


def _either(a: Any, b: Any) -> Any:
    return b if a is None else a
