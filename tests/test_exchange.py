"""Our JSON in and out: nothing lost on the way, bad JSON named, missing keys allowed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.exchange import (
    ExchangeError,
    dumps,
    form_from_json,
    form_json,
    is_exchange,
    loads,
    submission_json,
)
from scorer.forms import (
    Amount,
    Form,
    Funding,
    Goal,
    Indicator,
    Ledger,
    Place,
    Statement,
    Submission,
)
from scorer.judge import judge

texts = st.none() | st.text(max_size=12)
amounts = st.none() | st.integers(-(10**12), 10**12) | st.decimals(0, 10**9, places=2)
indicators = st.builds(
    Indicator,
    level1=st.text(max_size=6), level2=st.text(max_size=6), name=st.text(max_size=10),
    value=st.text(max_size=10), phase=st.sampled_from(["period", "annual"]),
    place=st.builds(Place, page=st.none() | st.integers(1, 99), cell=texts),
    weight=texts, baseline=texts,
)  # fmt: skip
forms = st.builds(
    Form,
    project=texts, unit=texts, fiscal_year=st.none() | st.integers(2000, 2100),
    total_yuan=amounts, annual_yuan=amounts, overview=texts, goal=st.builds(Goal, texts, texts),
    funding_period=st.builds(Funding, central=amounts, other=amounts),
    indicators=st.tuples(indicators, indicators), asked=st.just(frozenset({"project"})),
)  # fmt: skip


@given(forms)
@settings(max_examples=60)
def test_round_trip(form: Form) -> None:
    back = form_from_json(json.loads(dumps(form_json(form))))
    assert dumps(form_json(back)) == dumps(form_json(form))


def test_ledger_survives() -> None:
    ledger = Ledger(
        totals={"收入总计": Amount("收入总计", 5505100, Place(line=7))},
        projects=(Amount("法律顾问", 150000, Place(line=9)),),
        managed=(Statement(8, 2468900, names=(Amount("法律顾问", 150000),)),),
    )
    text = json.dumps({"documents": [submission_json(Submission("x", ledger=ledger))]}, default=str)
    assert loads(text, "x")[0].ledger == ledger


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"documents": 3}', '{"documents": [3]}', '{"documents": [{"forms": [3]}]}',
     '{"documents": [{"forms": [{"indicators": {"a": 1}}]}]}', '{"documents": [{"forms": [{"total_yuan": "若干"}]}]}'],
)  # fmt: skip
def test_bad_json_is_named(text: str) -> None:
    with pytest.raises(ExchangeError, match="甲\\.json"):
        loads(text, "甲.json")


def test_numbers_for_text_and_text_for_numbers() -> None:
    row = {"level2": "数量指标", "name": "台数", "value": 35}
    form = form_from_json({"project": 12, "total_yuan": "600,000", "indicators": [row]})
    assert (form.project, form.total_yuan, form.indicators[0].value) == ("12", 600000, "35")


@given(forms)
@settings(max_examples=25)
def test_any_form_can_be_judged(form: Form) -> None:
    judged = judge(Submission("", forms=(form, replace(form, project="另一个"))))
    assert not [p for p in judged.problems if p.code in ("rule-failed", "models-failed")]


def test_is_exchange_is_cheap_and_sure() -> None:
    assert is_exchange(b'{"schema": "jixiao/forms/1", "documents": []}')
    assert not is_exchange(b"%PDF-1.7 jixiao/forms")
    assert not is_exchange(b"")


def test_a_published_form_is_not_asked_for_cells_that_its_template_lacks() -> None:
    named = {"project": "古树管护", "goal_annual": "", "basis": ""}
    assert form_from_json(named).asked == set(named)
    texts = dict.fromkeys(("overview", "basis", "necessity", "safeguards", "plan"), "")
    assert form_from_json({**named, **texts}).asked == {"project", "goal_annual"}
    some = {**texts, "overview": "管护古树。", "plan": "3月招标"}
    assert form_from_json(some).asked == set(texts)
