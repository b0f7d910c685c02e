"""Texts in the way of published forms (tests/published): what a reader of them must get.

The texts named ``h*`` are held out: only their total counts here, so that nothing is tuned to
one of them.
"""

from __future__ import annotations

import random
import re
import sys
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.published import documents, score
from scorer.forms import Line, Place
from scorer.layouts.text.form import forms_from_lines
from tests.makers.expect import Score

SEEN = {name: (data, wanted) for name, data, wanted in documents("d")}
HELD_OUT_F1 = 0.8  # at least, over all of them
HELD_OUT = {name: (data, wanted) for name, data, wanted in documents("h")}
LEFT = {  # what is known to be read wrong, with the number of differences
    "d12": 2,  # a value that wraps in a list without lines: «每学期开学后», «30日内»
}


@pytest.mark.parametrize("name", SEEN)
def test_a_published_text_is_read_as_it_is_printed(name: str) -> None:
    data, wanted = SEEN[name]
    differences = score(data, wanted).differences
    assert len(differences) <= LEFT.get(name, 0), differences


def test_texts_nobody_looked_at() -> None:
    total = Score()
    for data, wanted in HELD_OUT.values():
        total.add(score(data, wanted))
    assert total.f1 >= HELD_OUT_F1


# --- whatever comes --------------------------------------------------------------------

ALL = [
    line for data, _ in (*SEEN.values(), *HELD_OUT.values()) for line in data.decode().split("\n")
]


def read(lines: list[str]) -> int:
    """Forms and problems found; every row stands on a line of the text."""
    text = [Line(t, Place(line=n)) for n, t in enumerate(lines, 1)]
    forms, problems, outside = forms_from_lines(text, "text.txt")
    for form in forms:
        for row in form.indicators:
            assert 1 <= (row.place.line or 1) <= len(lines)
            assert row.name or row.value
    assert all(p.message and p.remedy for p in problems)
    assert len(outside) <= len(lines)
    return len(forms) + len(problems)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_shuffled_and_cut_lines_never_fail(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([*SEEN, *HELD_OUT]))
    lines = (SEEN | HELD_OUT)[name][0].decode().split("\n")
    lines = data.draw(st.permutations(lines)) if data.draw(st.booleans()) else lines
    start = data.draw(st.integers(0, len(lines)))
    kept = [line for line in lines[start:] if data.draw(st.integers(0, 9))]
    width = data.draw(st.integers(2, 60))
    read([part for line in kept for part in re.findall(f".{{1,{width}}}", line)])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(ALL), st.text(max_size=40)), max_size=60))
def test_any_mixture_of_lines_gives_forms_or_problems(lines: list[str]) -> None:
    read([line.replace("\n", " ") for line in lines])


def test_every_form_of_a_text_with_a_cut_in_every_line_is_given_or_named() -> None:
    """A form whose lines are cut short is still a form or a problem: nothing is lost in silence."""
    lines = SEEN["d10"][0].decode().split("\n")
    for end in range(12, len(lines), 6):
        assert read(lines[:end]) >= 1


def test_work_grows_with_the_text_and_no_faster() -> None:
    """Twice as many forms take about twice as many calls."""
    text = [line for data, _ in SEEN.values() for line in data.decode().split("\n")]
    random.Random(2).shuffle(text)

    def calls(times: int) -> int:
        form = SEEN["d11"][0].decode().split("\n")
        lines = [line for n in range(times) for line in (*form, f"{n}、说明", *text[:40])]
        count = 0

        def note(_frame: FrameType, event: str, _arg: object) -> None:
            nonlocal count
            count += event == "call"

        sys.setprofile(note)
        try:
            read(lines)
        finally:
            sys.setprofile(None)
        return count

    calls(1)
    assert calls(6) < 2.6 * calls(3)
