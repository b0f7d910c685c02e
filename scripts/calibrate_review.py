"""Fits the weights of the review sheet to a reviewer's points: `make calibrate`.

The sheet loses ``max × (1 − Π(1 − w))`` of an item, so ``−log(score/max)`` is linear in the
counts of faults: of each rule in its item, and of all faulty cells ("all"). A non-negative
least squares fit per item gives the weights. The figures are cross-validated over groups
of fields; `--write` puts the weights into lexicons/profiles/default.toml.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import nnls
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import Submission
from scorer.judge import judge, profile_for
from scorer.review import faults_of, faulty_cells, item_of, weighed_as
from scorer.rules.catalogue import ITEMS

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "lexicons" / "profiles" / "default.toml"
BEGIN, END = "# --- weights fitted by `make calibrate`: begin", "# --- weights fitted: end"
FOLDS, LEAST, RIDGE = 5, 6, 0.4
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def labelled() -> list[dict[str, Any]]:
    """Forms that carry a reviewer's points."""
    lines = (
        line
        for path in sorted(
            (ROOT / "data" / "rows").glob("forms-*.jsonl")
        )  # the later rows carry rough points
        for line in path.read_text("utf-8").splitlines()
    )
    return [d for d in map(json.loads, lines) if set(d.get("review", {})) == set(ITEMS)]


def counts(data: dict[str, Any]) -> dict[str, Counter[str]]:
    """item -> counts of the form's faults by code, and of all its faulty cells as "all"."""
    rows = [{**r, "phase": "annual"} for r in data["indicators"]]
    form = form_from_json({**data, "indicators": rows})
    result = judge(Submission(path="", forms=(form,)), profile_for())
    faults = faults_of(form, [*result.forms[0].findings, *result.findings])
    found = {item: Counter({"all": faulty_cells(faults)}) for item in ITEMS}
    for finding in faults:
        row = form.indicators[finding.indicator] if finding.indicator is not None else None
        found[item_of(finding, row, profile_for())][weighed_as(finding.code)] += 1
    return found


Row = tuple[dict[str, Counter[str]], dict[str, float]]


def fit(rows: list[Row]) -> dict[str, dict[str, float]]:
    """item -> code -> weight 0–1."""
    weights: dict[str, dict[str, float]] = {}
    for item, most in ITEMS.items():
        seen = Counter(code for found, _ in rows for code in found[item])
        codes = sorted(code for code, n in seen.items() if n >= LEAST)
        kept = np.array([points[item] / most for _, points in rows])
        # An error of the logarithm matters the more, the more points are left.
        importance = kept + 0.1
        design = np.array([[found[item][k] for k in codes] for found, _ in rows])
        lost = -np.log(np.maximum(0.05, kept))
        solution, _ = nnls(
            np.vstack([design * importance[:, None], RIDGE * np.eye(len(codes))]),
            np.concatenate([lost * importance, np.zeros(len(codes))]),
        )
        weights[item] = {k: float(1 - np.exp(-v)) for k, v in zip(codes, solution, strict=True)}
    return weights


def predict(weights: dict[str, dict[str, float]], found: dict[str, Counter[str]]) -> float:
    """The total that these weights give, before caps and neutral parts."""
    return sum(
        most * math.prod((1 - weights[item].get(code, 0.0)) ** n for code, n in found[item].items())
        for item, most in ITEMS.items()
    )


def grade(total: float) -> str:
    """88号's grade."""
    return next(name for least, name in GRADES if total >= least)


def main() -> None:
    """Cross-validate, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    data = labelled()
    rows = [(counts(d), d["review"]) for d in data]
    fields = sorted({d["field"] for d in data})
    truth = np.array([sum(d["review"].values()) for d in data])
    guess = np.zeros(len(data))
    for fold in range(FOLDS):
        held = {f for n, f in enumerate(fields) if n % FOLDS == fold}
        weights = fit([r for r, d in zip(rows, data, strict=True) if d["field"] not in held])
        for n, d in enumerate(data):
            if d["field"] in held:
                guess[n] = predict(weights, rows[n][0])
    _report(truth, guess)
    if write:
        _write(fit(rows))


def _report(truth: np.ndarray[Any, Any], guess: np.ndarray[Any, Any]) -> None:
    kappa = cohen_kappa_score(
        [grade(t) for t in truth], [grade(g) for g in guess],
        labels=[g for _, g in GRADES], weights="quadratic",
    )  # fmt: skip
    print(f"表 {len(truth)}，按功能分类 {FOLDS} 折交叉验证")
    print(f"Spearman {spearmanr(truth, guess).statistic:.3f}")
    print(f"平均绝对差 {np.abs(truth - guess).mean():.1f} 分")
    print(f"等级 quadratic weighted kappa {kappa:.3f}")


def _write(weights: dict[str, dict[str, float]]) -> None:
    lines = [BEGIN]
    for item, codes in weights.items():
        lines += [f'[review.fitted."{item}"]', *(f"{k} = {v:.4f}" for k, v in codes.items()), ""]
    text = PROFILE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    PROFILE.write_text(
        head.rstrip() + "\n\n" + "\n".join([*lines, END]) + tail.rstrip() + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
