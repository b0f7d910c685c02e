"""Documents of invented counties, read as text: planted faults are found where they stand.

A line of a document that ends in ⟦X608⟧ must carry a finding of that code; no other line may
carry one of letter X (tests/makers/planted.py). The published budgets show what a reader found.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorer.exchange import dumps, judged_json, loads, submission_json
from scorer.forms import Submission
from scorer.judge import judge
from tests.makers.planted import (
    NAMES,
    SEEDS,
    entries,
    judged,
    judged_seed,
    places,
    planted,
    seed_findings,
    submission,
)


@pytest.mark.parametrize("name", NAMES)
def test_planted_faults_and_nothing_else(name: str) -> None:
    found = {
        (f.code, f.place.line): f.message
        for f in judged(name).findings
        if f.code[0] == "X" and f.project is None
    }
    wanted = planted(name)
    assert set(found) == wanted, {key: found.get(key) for key in set(found) ^ wanted}


@pytest.mark.parametrize("name", [n for n in NAMES if entries(n)])
def test_faults_of_the_forms_themselves(name: str) -> None:
    result = judged(name)
    assert submission(name).problems == ()
    for entry, form in zip(entries(name), result.forms, strict=True):
        shared = [f for f in result.findings if f.project == form.form.project]
        codes = {f.code for f in (*form.findings, *shared) if f.code[0] == "X"}
        assert codes == set(entry["codes"]), form.form.project


@pytest.mark.parametrize("name", NAMES)
def test_json_between_reading_and_judging_changes_nothing(name: str) -> None:
    whole = {"schema": "jixiao/forms/1", "documents": [submission_json(submission(name))]}
    (revived,) = loads(dumps(whole), name)
    first, second = (judged_json(j) for j in (judged(name), judge(revived)))
    assert json.loads(dumps(first["findings"])) == json.loads(dumps(second["findings"]))


def test_every_kind_of_fault_is_planted_somewhere() -> None:
    codes = {code for name in NAMES for code, _ in planted(name)}
    assert codes >= {"X605", "X606", "X608", "X609", "X610", "X611", "X612", "X613"}
    assert codes >= {"X615", "X616", "X617", "X618"}
    assert sum(not planted(name) for name in NAMES) >= 2  # sound documents stay silent


# --- the published budgets ------------------------------------------------------------------

READ_BY_EYE = sorted(seed_findings())


@pytest.mark.parametrize("name", READ_BY_EYE)
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_what_a_reader_found_in_a_published_budget_is_reported_and_nothing_else(name: str) -> None:
    codes = {code for found in seed_findings().values() for code, _ in found}
    found = {place for place in places(judged_seed(name)) if place[0] in codes | {"X609"}}
    assert found == seed_findings()[name]


# --- said once for many forms -----------------------------------------------------------


def same_basis(count: int) -> Submission:
    names = ("电梯更新", "图书采购", "庭审直播", "校园足球", "古树复壮")
    forms = [{"project": names[n], "basis": "县委县政府安排"} for n in range(count)]
    (found,) = loads(json.dumps({"documents": [{"forms": forms}]}), "x.json")
    return found


@pytest.mark.parametrize(("count", "once"), [(2, 0), (3, 1), (5, 1)])
def test_the_same_remark_on_three_forms_is_said_once(count: int, once: int) -> None:
    result = judge(same_basis(count))
    about = [f for f in result.findings if f.code == "R408"]
    assert len(about) == once
    own = [f for form in result.forms for f in form.findings if f.code == "R408"]
    assert len(own) == count  # each form keeps its own, for its own sheet
    assert {f.summary for f in own} == ({about[0].fingerprint} if once else {""})
    if once:
        assert about[0].project is None
        assert f"{count}张表" in about[0].message
        assert "「电梯更新」" in about[0].message


def test_a_shared_remark_costs_each_form_what_it_would_cost_alone() -> None:
    together = judge(same_basis(4))
    alone = judge(same_basis(1))
    assert together.forms[0].review == alone.forms[0].review


def test_striking_out_the_shared_remark_strikes_it_out_on_every_form(tmp_path: Path) -> None:
    document = tmp_path / "甲.json"
    result = judge(same_basis(3))
    (about,) = [f for f in result.findings if f.code == "R408"]
    sidecar = document.with_name(document.name + ".jixiao.toml")
    sidecar.write_text(
        f'[[dismiss]]\nfingerprint = "{about.fingerprint}"\nreason = "县里统一要求"\n', "utf-8"
    )
    (found,) = loads(
        json.dumps({"documents": [{"path": str(document), "forms": [
            {"project": p, "basis": "县委县政府安排"} for p in ("电梯更新", "图书采购", "庭审直播")
        ]}]}), "x.json",
    )  # fmt: skip
    after = judge(found)
    assert not [f for f in after.findings if f.code == "R408"]
    for form in after.forms:
        assert "R408" not in {f.code for f in form.findings}
        assert "R408" in {f.code for f in form.dismissed}
    assert not [p for p in after.problems if p.code == "dismissal-unmatched"]
