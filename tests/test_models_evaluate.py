"""`evaluate`: counts, left-out labels, order, grouping into forms, and the pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from scorer.forms import Form
from scorer.models import evaluate as ev
from scorer.models.corpus import LABELS
from scorer.models.evaluation_report import html, table
from scorer.models.rowsfile import RowsError, forms_of, read_rows


def row(project: str, name: str, value: str, **labels: bool | None) -> dict[str, Any]:
    return {"project": project, "level2": "数量指标", "name": name, "value": value, **labels}


ROWS = [
    row("甲", "场次", "若干", vague=True, mismatch=False),
    row("乙", "台数", "3台", vague=False, mismatch=None),
    row("甲", "人数", "30人", vague=False),
    row("乙", "次数", "多次", vague=True, mismatch=True),
    row("甲", "页数", "若干", vague=False, mismatch=False),
]


def says_no_digit(forms: Sequence[Form]) -> list[tuple[ev.RowVerdict, ...]]:
    """A judge simple enough to count by hand: vague is what has no digit."""

    def one(value: str) -> ev.RowVerdict:
        vague = not any(c.isdigit() for c in value)
        said = {label: vague and label == "vague" for label in LABELS}
        return ev.RowVerdict(said, {label: 0.9 if s else 0.1 for label, s in said.items()})

    return [tuple(one(i.value) for i in form.indicators) for form in forms]


def test_counts_as_by_hand() -> None:
    result = ev.summary(ev.evaluate_rows(ROWS, says_no_digit))
    vague = result["labels"]["vague"]
    assert (vague["rows"], vague["positive"], vague["said"]) == (5, 2, 3)
    assert (vague["true_positive"], vague["false_positive"], vague["false_negative"]) == (2, 1, 0)
    assert vague["precision"][0] == pytest.approx(2 / 3, abs=1e-4)
    assert vague["recall"][0] == 1
    assert vague["f1"][0] == pytest.approx(0.8)
    assert vague["f1"][1] <= 0.8 <= vague["f1"][2]


def test_a_missing_or_null_label_leaves_the_row_out() -> None:
    result = ev.summary(ev.evaluate_rows(ROWS, says_no_digit))
    assert result["labels"]["mismatch"]["rows"] == 3
    assert "misplaced" not in result["labels"]


def test_rows_of_one_project_are_one_form_and_keep_their_order() -> None:
    seen: list[Form] = []

    def judge(forms: Sequence[Form]) -> list[tuple[ev.RowVerdict, ...]]:
        seen.extend(forms)
        return says_no_digit(forms)

    result = ev.evaluate_rows(ROWS, judge)
    assert [[i.name for i in f.indicators] for f in seen] == [
        ["场次", "人数", "页数"],
        ["台数", "次数"],
    ]
    out = ev.predictions(result)
    assert [r["name"] for r in out] == [r["name"] for r in ROWS]
    assert [r["predicted"]["vague"] for r in out] == [True, False, False, True, True]
    assert all(set(r["probability"]) == set(LABELS) for r in out)


def test_errors_are_the_rows_it_got_wrong() -> None:
    wrong = ev.errors(ev.evaluate_rows(ROWS, says_no_digit))
    assert [(r["name"], r["wrong"]) for r in wrong] == [("次数", ["mismatch"]), ("页数", ["vague"])]


def test_the_models_alone_can_be_measured(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    ev.write_rows(ROWS, path)
    result = ev.summary(ev.evaluate(path))
    assert result["rows"] == 5
    assert result["projects"] == 2


def test_table_and_page_show_every_label() -> None:
    result = ev.summary(ev.evaluate_rows(ROWS, says_no_digit))
    assert "指标值不可核对" in table(result)
    page = html(result)
    assert page.count("<svg") == 2 * len(result["labels"])
    assert "http" not in page
    for part in page.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")


def test_short_class_names_and_missing_keys_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    short = {"name": "养护里程", "value": "3公里", "level2": "数量"}
    path.write_text(json.dumps(short, ensure_ascii=False) + "\n\n", "utf-8")
    (form,) = forms_of(read_rows(path)).forms
    assert form.indicators[0].level2 == "数量指标"
    assert form.indicators[0].level1 == "产出指标"
    assert form.project is None


@pytest.mark.parametrize("line", ["{", "[]", '{"name": "甲"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(RowsError, match="第1行"):
        read_rows(path)
    with pytest.raises(RowsError, match="读不出"):
        read_rows(tmp_path / "none.jsonl")
