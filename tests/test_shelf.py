"""Thousands of forms: put away on disk and taken out again, papers and sheets of bearable size."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from scorer.forms import JudgedSubmission, Problem, Submission
from scorer.judge import judge, profile_for
from scorer.pipeline import read_input
from scorer.ranking import Ranking, rank
from scorer.reports import docx_report, xlsx_report
from scorer.reports.json_report import documents_in, scores_json, scores_json_parts
from scorer.shelf import Shelf
from tests.test_gaming import MIDDLING, WEAK
from tests.test_rank import SAMPLES


@pytest.fixture(scope="module")
def documents() -> list[JudgedSubmission]:
    """Documents of several forms, of one and of none."""
    (sample,) = SAMPLES.glob("*.docx")
    read = [*read_input(str(sample)), Submission("两张", forms=(WEAK, MIDDLING))]
    lost = Submission("空的", problems=(Problem("空的", "读不了。", "请另存。"),))
    return [judge(submission) for submission in (*read, lost)]


def test_what_was_put_away_comes_back_equal(documents: list[JudgedSubmission]) -> None:
    shelf = Shelf(documents, on_disk=True)
    assert list(shelf) == documents
    assert list(shelf) == documents  # and again
    keys = [key for _, keys in shelf.papers() for key in keys]
    forms = [form for document in documents for form in document.forms]
    assert len(keys) == len(forms) > 2
    for key, form in reversed(list(zip(keys, forms, strict=True))):
        assert shelf.take(key).judged == form


def told(ranking: Ranking) -> list[object]:
    rows = [(r.place, r.total, r.grade, r.project, r.unit, r.amount, r.sway) for r in ranking.forms]
    return [rows, ranking.units, ranking.common, ranking.copied, ranking.problems, ranking.likeness]


def test_the_order_is_the_same_from_disk_and_from_memory(
    documents: list[JudgedSubmission],
) -> None:
    profile = profile_for()
    on_disk = rank(Shelf(documents, on_disk=True), profile)
    assert told(on_disk) == told(rank(documents, profile))
    assert [r.judged for r in on_disk.forms] == [r.judged for r in rank(documents, profile).forms]


def test_results_are_read_back_document_by_document(documents: list[JudgedSubmission]) -> None:
    text = scores_json(documents, profile_for())
    found = list(documents_in(text.splitlines(keepends=True)))
    assert [d["path"] for d in found] == [d.submission.path for d in documents]
    assert [len(d["forms"]) for d in found] == [len(d.forms) for d in documents]
    assert list(documents_in("".join(scores_json_parts([], profile_for())).splitlines(True))) == []


def many(count: int) -> Ranking:
    forms = tuple(replace(WEAK, project=f"购置{n}", unit="松河县文化馆") for n in range(count))
    return rank([judge(Submission("多", forms=forms))])


def test_rows_that_a_sheet_cannot_hold_stand_in_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_report, "MOST_ROWS", 4)
    ranking = many(5)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report.workbook(ranking, profile_for())))
    assert {"排名", "排名 (2)", "审核表", "审核表 (2)"} <= set(book.sheetnames)
    parts = [book["排名"], book["排名 (2)"]]
    names = [row[3] for s in parts for row in s.iter_rows(min_row=2, values_only=True)]
    assert names == [r.project for r in ranking.forms]
    assert [s.max_row for s in parts] == [5, 2]
    assert parts[1]["A1"].value == "名次"


def test_a_unit_of_very_many_forms_has_several_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_report, "MOST_FORMS", 2)
    made = dict(docx_report.opinions(many(3), profile_for()))
    assert list(made) == ["松河县文化馆", "松河县文化馆（2）"]
