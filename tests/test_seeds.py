"""The two published budgets, end to end: what must be reported stands where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.forms import JudgedSubmission
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.rules.engine import labels_of

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")


@pytest.fixture(scope="module")
def judged() -> list[JudgedSubmission]:
    return [judge(s) for path in sorted(SEEDS.glob("*.txt")) for s in read_input(str(path))]


def vague_rows(judged: list[JudgedSubmission]) -> set[tuple[str, int]]:
    """(value, line) of every row of which a user is told that it cannot be checked."""
    return {
        (form.form.indicators[f.indicator].value, f.place.line or 0)
        for document in judged
        for form in document.forms
        for f in form.findings
        if f.indicator is not None and "vague" in labels_of(f)
    }


def lines_with(value: str) -> set[tuple[str, int]]:
    """(value, line) of all rows of the files whose cell is this value."""
    found = set()
    for path in sorted(SEEDS.glob("*.txt")):
        for document in read_input(str(path)):
            for form in document.forms:
                found |= {(i.value, i.place.line or 0) for i in form.indicators if i.value == value}
    return found


@pytest.mark.parametrize(
    "value", ["按需要", "促进", "满意", "丰富群众业余生活", "区乡镇", "文件标准"]
)
def test_vague_values_are_reported_where_they_stand(
    judged: list[JudgedSubmission], value: str
) -> None:
    assert lines_with(value)
    assert lines_with(value) <= vague_rows(judged)


@pytest.mark.parametrize("value", ["≤62万元", "每月一次", "=0", "4人", "≥98%", "9台"])
def test_checkable_values_are_not_called_vague(judged: list[JudgedSubmission], value: str) -> None:
    assert lines_with(value)
    assert not lines_with(value) & vague_rows(judged)


def test_places_point_at_the_line_that_holds_the_value(judged: list[JudgedSubmission]) -> None:
    for document in judged:
        lines = Path(document.submission.path).read_text("utf-8-sig").split("\n")
        for form in document.forms:
            for indicator in form.form.indicators:
                assert indicator.place.line is not None
                around = "".join(lines[indicator.place.line - 1 : indicator.place.line + 2])
                assert indicator.value[:4] in around
                assert indicator.name[:4] in around


def test_documents_and_forms_are_all_there(judged: list[JudgedSubmission]) -> None:
    assert [len(document.forms) for document in judged] == [6, 8]
    assert not [p for document in judged for p in document.problems if p.lost]
