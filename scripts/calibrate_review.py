"""Fits the weights of the review sheet to a reviewer's points: `make calibrate`.

The sheet leaves ``max × Π(1 − w)`` of an item: one factor for each fault of its own, by topic,
and a small common one for every faulty row ("rows") and field ("fields") of the form. Least
squares over the item's points give the weights, none of a fault's own below LEAST_OWN, so
that every fault shows in its item. The figures are cross-validated over groups of fields;
`--write` puts the weights into lexicons/profiles/default.toml.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import Submission
from scorer.judge import judge, profile_for
from scorer.review import COMMON, TOGETHER, cell_of, common_key, faults_of, item_of, weighed_as
from scorer.rules.catalogue import ITEMS

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "lexicons" / "profiles" / "default.toml"
BEGIN, END = "# --- weights fitted by `make calibrate`: begin", "# --- weights fitted: end"
FOLDS, LEAST = 5, 6  # folds; forms that must show a fault before its weight is fitted
LEAST_OWN = 0.03  # share of its item that a fault costs at the least
RIDGE_OWN, RIDGE_COMMON = 0.05, 30.0  # a fault's own item explains first, the common rest last
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
    """item -> counts of the form's faults by topic, and of all its faulty rows and fields."""
    rows = [{**r, "phase": "annual"} for r in data["indicators"]]
    form = form_from_json({**data, "indicators": rows})
    result = judge(Submission(path="", forms=(form,)), profile_for())
    faults = faults_of(form, [*result.forms[0].findings, *result.findings])
    cells = Counter(map(common_key, set(map(cell_of, faults)) - {TOGETHER}))
    found = {item: Counter(cells) for item in ITEMS}
    for finding in faults:
        row = form.indicators[finding.indicator] if finding.indicator is not None else None
        if "weight" not in profile_for().rule(finding.code):
            found[item_of(finding, row, profile_for())][weighed_as(finding)] += 1
    return found


Row = tuple[dict[str, Counter[str]], dict[str, float]]


def fit(rows: list[Row]) -> dict[str, dict[str, float]]:
    """item -> topic -> weight 0–1."""
    return {item: _fit_item(rows, item, most) for item, most in ITEMS.items()}


def _fit_item(rows: list[Row], item: str, most: float) -> dict[str, float]:
    seen = Counter(key for found, _ in rows for key in found[item])
    keys = sorted(key for key, n in seen.items() if n >= LEAST)
    design = np.array([[found[item][k] for k in keys] for found, _ in rows], dtype=float)
    kept = np.array([points[item] / most for _, points in rows])
    ridge = np.array([RIDGE_COMMON if k in COMMON else RIDGE_OWN for k in keys])

    def loss(logs: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        left = np.exp(-design @ logs)
        off = left - kept
        return off @ off + ridge @ logs**2, 2 * (ridge * logs - design.T @ (off * left))

    bounds = [
        (0.0 if k in COMMON else _log(LEAST_OWN), _log(0.9)) for k in keys
    ]  # fmt: skip
    start = np.full(len(keys), _log(LEAST_OWN))
    logs = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {k: float(1 - np.exp(-v)) for k, v in zip(keys, logs, strict=True)}


def _log(weight: float) -> float:
    return -math.log(1 - weight)


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
