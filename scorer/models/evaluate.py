"""`jixiao evaluate`: how good the program's word is on labelled rows, as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.forms import Form
from scorer.models import metrics
from scorer.models.cards import breakdown, figures
from scorer.models.corpus import LABELS
from scorer.models.rowsfile import RowForms, forms_of, read_rows

SCHEMA = "jixiao/evaluation/1"


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What a user would be told of one row: label -> yes/no, and how sure."""

    predicted: dict[str, bool]
    probability: dict[str, float]


Judge = Callable[[Sequence[Form]], list[tuple[RowVerdict, ...]]]


@dataclass(frozen=True)
class Evaluation:
    """Rows, what was said of each (same order), and their forms."""

    rows: list[dict[str, Any]]
    said: list[RowVerdict]
    groups: NDArray[np.int64]


def judge_by_models(forms: Sequence[Form]) -> list[tuple[RowVerdict, ...]]:
    """The models alone, each label said from its own threshold."""
    from scorer.models.predict import predict, thresholds

    level = thresholds()
    return [
        tuple(
            RowVerdict(
                {label: (getattr(v, label) or 0.0) >= level[label] for label in LABELS},
                {label: getattr(v, label) or 0.0 for label in LABELS},
            )
            for v in verdicts
        )
        for verdicts in predict(forms)
    ]


def evaluate(path: Path, judge_rows: Judge = judge_by_models) -> Evaluation:
    """Judge the rows of a file; rows of one project are judged as one form.

    ``judge_rows`` gets the forms and answers, per form, one RowVerdict per indicator.
    Raises RowsError if the file cannot be used.
    """
    return evaluate_rows(read_rows(path), judge_rows)


def evaluate_rows(rows: list[dict[str, Any]], judge_rows: Judge = judge_by_models) -> Evaluation:
    """The same for rows already read."""
    grouped: RowForms = forms_of(rows)
    verdicts = judge_rows(grouped.forms)
    said = [verdicts[f][r] for f, r in grouped.place]
    return Evaluation(rows, said, np.array([f for f, _ in grouped.place], np.int64))


def summary(result: Evaluation) -> dict[str, Any]:
    """Per label: counts, precision, recall, F1, PR-AUC, calibration error with 95 %
    intervals (forms drawn with replacement), curves, and the breakdowns."""
    labels = {label: _label(result, label) for label in LABELS}
    return {
        "schema": SCHEMA,
        "rows": len(result.rows),
        "projects": len(set(result.groups.tolist())),
        "labels": {k: v for k, v in labels.items() if v is not None},
    }


def _label(result: Evaluation, label: str) -> dict[str, Any] | None:
    known = [n for n, row in enumerate(result.rows) if row.get(label) is not None]
    if not known:
        return None
    truth = np.array([bool(result.rows[n][label]) for n in known])
    said = np.array([result.said[n].predicted[label] for n in known])
    chance = np.array([result.said[n].probability[label] for n in known])
    groups = result.groups[known]
    card = figures(truth, chance, 0.5, groups, said)
    hits = int((truth & said).sum())
    recall, precision, _ = metrics.pr_curve(truth, chance)
    by_field = np.array([str(result.rows[n].get("field") or "") for n in known])
    by_level = np.array([str(result.rows[n].get("level2") or "") for n in known])
    return {
        **card,
        "said": int(said.sum()),
        "true_positive": hits,
        "false_positive": int(said.sum()) - hits,
        "false_negative": int(truth.sum()) - hits,
        "curve": [
            [round(float(r), 4), round(float(p), 4)] for r, p in zip(recall, precision, strict=True)
        ],
        "calibration": [
            [round(p, 4), round(t, 4), n] for p, t, n in metrics.calibration(truth, chance)
        ],
        "by_field": breakdown(truth, said, by_field) if any(by_field) else {},
        "by_level2": breakdown(truth, said, by_level),
    }


def predictions(result: Evaluation) -> list[dict[str, Any]]:
    """Every row in order with "predicted" and "probability"."""
    return [
        {**row, "predicted": said.predicted, "probability": said.probability}
        for row, said in zip(result.rows, result.said, strict=True)
    ]


def errors(result: Evaluation) -> list[dict[str, Any]]:
    """The rows it got wrong, with what was said and "wrong", the labels at fault."""
    out = []
    for row in predictions(result):
        wrong = [
            label
            for label in LABELS
            if row.get(label) is not None and bool(row[label]) != row["predicted"][label]
        ]
        if wrong:
            out.append({**row, "wrong": wrong})
    return out


def write_rows(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """JSON Lines, written beside and renamed."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    beside.replace(path)
