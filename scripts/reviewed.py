"""Forms that reviewers gave points, judged by the program, and how two series of totals agree.

A labelled form's ``review`` holds one reviewer's points of the eight items. data/reviews.jsonl holds
the sheets of two reviewers a form, blind to each other and to our totals: of held-out forms by
their id, and of the published budgets' forms (tests/transcripts) as PUBLISHED-file-number.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import PHASES, Finding, Form, JudgedForm, JudgedSubmission, Submission
from scorer.judge import judge, profile_for
from scorer.layouts.draft import natural_level1
from scorer.review import grade_of
from scorer.rules.catalogue import ITEMS

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
FIELDS = ("overview", "basis", "necessity", "safeguards", "plan", "goal_period", "goal_annual")
TRANSCRIPTS = ROOT / "tests" / "transcripts"
Sheet = dict[str, float]  # item -> points
Totals = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Reviewed:
    """A form as we judge it, with the findings it is weighed by, and each reviewer's sheet.

    ``style``: "有概况", "公开样式" (a template without overview) or "公开原表" (as published), with
    the names of two reviewers: only what the same two read can be put in one order.
    ``field``: its 功能分类, by which cross-validation sets forms apart.
    """

    id: str
    field: str
    style: str
    ours: JudgedForm
    weighed: tuple[Finding, ...]
    sheets: tuple[Sheet, ...]

    @property
    def mean(self) -> Sheet:
        """The reviewers' mean of each item."""
        return {item: float(np.mean([sheet[item] for sheet in self.sheets])) for item in ITEMS}


def total(sheet: Sheet) -> float:
    """Points of the eight items together."""
    return sum(sheet[item] for item in ITEMS)


def by_author(paths: Iterable[Path]) -> Iterator[Reviewed]:
    """Labelled forms that carry points of their own."""
    for form in _lines(paths):
        if set(form.get("review") or {}) == set(ITEMS):
            yield _judged(form, {"": form["review"]})


def by_two(paths: Iterable[Path]) -> Iterator[Reviewed]:
    """The forms of these files, and the published ones, that two reviewers scored."""
    said: dict[str, dict[str, Sheet]] = defaultdict(dict)
    for line in _lines([DATA / "reviews.jsonl"]):
        said[line["id"]][line["reviewer"]] = line["review"]
    for form in _lines(paths):
        if form["id"] in said:
            yield _judged(form, said[form["id"]])
    for path in sorted(TRANSCRIPTS.glob("*.json")):
        forms = tuple(map(_transcribed, json.loads(path.read_text("utf-8"))["forms"]))
        document = judge(Submission(path.stem, forms=forms))
        for n, ours in enumerate(document.forms, 1):
            name = f"PUBLISHED-{path.stem[:3]}-{n:02d}"
            if name in said:
                style = f"公开原表 {'、'.join(said[name])}"
                sheets = tuple(said[name].values())
                yield Reviewed(name, name, style, ours, _weighed(document, ours), sheets)


def _transcribed(data: dict[str, Any]) -> Form:
    """The form of a hand transcript (tests/transcripts), whose rows hold both halves."""
    rows = [
        {"phase": phase, "level1": natural_level1(row["level2"]), "level2": row["level2"],
         "name": row[phase][0], "value": row[phase][1]}
        for phase in PHASES for row in data["rows"] if row[phase]
    ]  # fmt: skip
    asked = [name for name in FIELDS if name in data]
    return form_from_json({**data, **data["amounts"], "indicators": rows, "asked": asked})


def _judged(data: dict[str, Any], said: dict[str, Sheet]) -> Reviewed:
    """The form as the 年度 half of a document of its own, where its rows say no half."""
    rows = [{"phase": "annual", **row} for row in data["indicators"]]
    document = judge(Submission("", forms=(form_from_json({**data, "indicators": rows}),)))
    style = f"{'有概况' if data.get('overview') else '公开样式'} {'、'.join(said)}".strip()
    ours, sheets = document.forms[0], tuple(said.values())
    return Reviewed(data["id"], data["field"], style, ours, _weighed(document, ours), sheets)


def _weighed(document: JudgedSubmission, ours: JudgedForm) -> tuple[Finding, ...]:
    about = (f for f in document.findings if f.project and f.project == ours.form.project)
    return (*ours.findings, *about)


def _lines(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from map(json.loads, filter(str.strip, path.read_text("utf-8").split("\n")))


def agreement(name: str, truth: Totals, guess: Totals) -> None:
    """Print Spearman's coefficient, how far apart the totals are, and the grades' kappa."""
    grades = [[grade_of(float(t), profile_for()) for t in totals] for totals in (truth, guess)]
    kappa = cohen_kappa_score(*grades, labels=["优", "良", "中", "差"], weights="quadratic")
    print(
        f"{name}，{len(truth)} 张：Spearman {spearmanr(truth, guess).statistic:.3f}，"
        f"平均绝对差 {np.abs(truth - guess).mean():.1f} 分，平均差 {(guess - truth).mean():+.1f} 分，"
        f"等级 quadratic weighted kappa {kappa:.3f}"
    )
