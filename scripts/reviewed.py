"""Labelled forms with reviewers' points, and how two series of totals agree.

A form's ``review`` holds points of the eight items; data/reviews.jsonl holds those that reviewers,
blind to each other and to our totals, gave to held-out forms: a line is one reviewer's sheet.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import Form
from scorer.judge import profile_for
from scorer.review import grade_of
from scorer.rules.catalogue import ITEMS

DATA = Path(__file__).parent.parent / "data"
Labelled = dict[str, Any]
Totals = np.ndarray[Any, np.dtype[np.float64]]


def labelled(paths: Iterable[Path]) -> Iterator[Labelled]:
    """The forms of labelled files, one JSON object a line."""
    for path in paths:
        yield from map(json.loads, filter(str.strip, path.read_text("utf-8").split("\n")))


def form_of(data: Labelled) -> Form:
    """The form as the 年度 half of a document of its own, where its rows say no half."""
    rows = [{"phase": "annual", **row} for row in data["indicators"]]
    return form_from_json({**data, "indicators": rows})


def by_reviewers(forms: Iterable[Labelled]) -> list[tuple[Labelled, list[dict[str, float]]]]:
    """The forms that several reviewers scored, each with the sheets of its reviewers."""
    said: dict[str, list[dict[str, float]]] = defaultdict(list)
    for line in labelled([DATA / "reviews.jsonl"]):
        said[line["id"]].append(line["review"])
    return [(form, said[form["id"]]) for form in forms if form["id"] in said]


def mean(sheets: list[dict[str, float]]) -> dict[str, float]:
    """The reviewers' mean of each item."""
    return {item: float(np.mean([sheet[item] for sheet in sheets])) for item in ITEMS}


def total(sheet: dict[str, float]) -> float:
    """Points of the eight items together."""
    return sum(sheet[item] for item in ITEMS)


def agreement(name: str, truth: Totals, guess: Totals) -> None:
    """Print Spearman's coefficient, how far apart the totals are, and the grades' kappa."""
    grades = [[grade_of(float(t), profile_for()) for t in totals] for totals in (truth, guess)]
    kappa = cohen_kappa_score(*grades, labels=["优", "良", "中", "差"], weights="quadratic")
    print(
        f"{name} {len(truth)} 张：Spearman {spearmanr(truth, guess).statistic:.3f}，"
        f"平均绝对差 {np.abs(truth - guess).mean():.1f} 分，平均差 {(guess - truth).mean():+.1f} 分，"
        f"等级 quadratic weighted kappa {kappa:.3f}"
    )
