"""The catalogue as data: every rule flags what it must, spares look-alikes, has its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.reports.rule_pages import render_page
from scorer.rules.catalogue import ITEMS, Rule, catalogue
from tests.rules.cases import Case, cases, findings_of

DOCS = Path(__file__).parent.parent / "docs" / "rules"
RULES = list(catalogue().values())


@pytest.mark.parametrize("case", cases("flag"), ids=str)
def test_flags(case: Case) -> None:
    assert findings_of(case), f"{case.code} must report this"


@pytest.mark.parametrize("case", cases("silent", "look_alike"), ids=str)
def test_spares(case: Case) -> None:
    assert [f.message for f in findings_of(case)] == []


@pytest.mark.parametrize("case", cases("advice"), ids=str)
def test_advises(case: Case) -> None:
    said = " ".join(f"{f.advice} {' '.join(f.proposals)}" for f in findings_of(case))
    assert case.data["contains"] in said


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_rule_is_whole(rule: Rule) -> None:
    """Page, basis or advice only, cases of each kind, and a measurement or preview."""
    kinds = {c.kind for c in cases("flag", "silent", "look_alike", "advice") if c.code == rule.code}
    assert kinds >= {"flag", "silent", "look_alike", "advice"}
    assert rule.checks
    assert rule.bad
    assert rule.good
    assert rule.false_alarms
    assert rule.item in (*ITEMS, "")
    assert rule.basis or rule.severity == "advice"
    assert rule.measured or rule.status == "preview"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_docs_equal_the_catalogue(rule: Rule) -> None:
    assert (DOCS / f"{rule.code}.md").read_text("utf-8") == render_page(rule)


def test_no_stray_pages_or_cases() -> None:
    assert {p.stem for p in DOCS.glob("[A-Z]*.md")} == set(catalogue())
    assert {c.code for c in cases("flag")} <= set(catalogue())
