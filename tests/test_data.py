"""The labelled forms and the library: well formed, ours alone, and held-out forms kept apart."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scorer.forms import LEVEL2
from scorer.lexicon import lexicon_path
from scorer.models import corpus
from scorer.pipeline import read_input

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SEEDS = ROOT.parent / "shared" / "seeds"
FILES = sorted([*(DATA / "rows").glob("*.jsonl"), *(DATA / "held-out").glob("*.jsonl")])
# Rows that anyone would write: a group's satisfaction, the budget's control.
GENERIC = {"服务对象满意度", "群众满意度", "满意度", "工作人员满意度", "项目预算控制数"}


@cache
def forms(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines())


def rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(form["id"], row) for form in forms(path) for row in form["indicators"]]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_row_has_four_labels_and_known_classes(path: Path) -> None:
    for form, row in rows(path):
        assert set(row["labels"]) == set(corpus.LABELS), form
        assert all(isinstance(said, bool) for said in row["labels"].values()), form
        assert row["level2"] in LEVEL2, (form, row["level2"])
        assert row["right_level2"] in LEVEL2, (form, row["right_level2"])
        assert row["labels"]["misplaced"] == (row["right_level2"] != row["level2"]), (form, row)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_row_stands_twice_in_a_form_and_no_cell_has_stray_space(path: Path) -> None:
    for form in forms(path):
        keys = Counter((r["level2"], r["name"], r["value"]) for r in form["indicators"])
        assert [k for k, times in keys.items() if times > 1] == [], form["id"]
        assert all(r["name"] == r["name"].strip() != "" for r in form["indicators"]), form["id"]
        assert form["project"], form["id"]
        assert form["goal_annual"] or form["goal_period"], form["id"]


def test_new_rows_say_what_is_wrong_and_what_to_write_instead() -> None:
    for path in FILES:
        if path.stem >= "new-j" and path.parent.name == "rows":
            wrong = [(f, r["name"]) for f, r in rows(path) if any(r["labels"].values())]
            told = [
                (f, r["name"])
                for f, r in rows(path)
                if any(r["labels"].values()) and r["better"] and r["note"]
            ]
            assert wrong == told


def test_ids_are_unique_over_all_files() -> None:
    ids = Counter(form["id"] for path in FILES for form in forms(path))
    assert [i for i, times in ids.items() if times > 1] == []


def test_held_out_forms_are_not_trained_on() -> None:
    """Neither their files nor a copy of their forms: same project and overview, or most rows."""
    trained = corpus.load(DATA)
    ids = {item.id for item in trained}
    heads = {(item.form.project, item.form.overview) for item in trained}
    contents = [{(i.name, i.value) for i in item.form.indicators} for item in trained]
    for path in (DATA / "held-out").glob("*.jsonl"):
        for form in forms(path):
            assert form["id"] not in ids
            assert (form["project"], form.get("overview")) not in heads
            own = {(r["name"], r["value"]) for r in form["indicators"]}
            assert max(len(own & other) for other in contents) <= len(own) / 2, form["id"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shelf with the published budgets is absent")
def test_no_row_of_a_published_form_is_ours() -> None:
    """Against the cells as we read them, and against neighbouring words as they are printed."""
    published = {
        (row.name, row.value)
        for path in sorted(SEEDS.glob("*.txt"))
        for document in read_input(str(path))
        for form in document.forms
        for row in form.indicators
    }
    assert len(published) > 50
    printed = "\n".join(p.read_text("utf-8") for p in sorted(SEEDS.glob("*.txt")))
    for line in printed.splitlines():
        published.update(itertools.pairwise(line.split()))
    own = {(r["name"], r["value"]) for path in FILES for _, r in rows(path)}
    for name in ("indicators.csv", "general_indicators.csv"):
        with lexicon_path(name).open(encoding="utf-8", newline="") as file:
            own |= {(e["name"], e["example"]) for e in csv.DictReader(file)}
    assert {
        pair for pair in own & published if pair[0] not in GENERIC and len(pair[0]) > 3
    } == set()
