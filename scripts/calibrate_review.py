"""Fits the weights of the review sheet to the reviewer's points in data/rows: `make calibrate`.

The sheet loses ``max × (1 − Π(1 − w))`` of an item, so ``−log(score/max)`` is linear in the
counts of findings: a non-negative least squares fit per item gives the weights. Figures
are cross-validated over groups of fields; `--write` puts the weights into
lexicons/profiles/default.toml between its markers.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import nnls
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import Finding, Form, Submission
from scorer.judge import judge, profile_for
from scorer.review import item_of
from scorer.rules.catalogue import ITEMS, catalogue

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "lexicons" / "profiles" / "default.toml"
BEGIN, END = "# --- weights fitted by `make calibrate`: begin", "# --- weights fitted: end"
FOLDS, LEAST, RIDGE = 5, 6, 2.0
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


def labelled() -> list[dict[str, Any]]:
    """Forms that carry a reviewer's points."""
    lines = (
        line
        for path in sorted((ROOT / "data" / "rows").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    )
    return [d for d in map(json.loads, lines) if set(d.get("review", {})) == set(ITEMS)]


def judged(data: dict[str, Any]) -> tuple[Form, list[Finding]]:
    """The form and the findings that cost points."""
    rows = [{**r, "phase": "annual"} for r in data["indicators"]]
    form = form_from_json({**data, "indicators": rows})
    result = judge(Submission(path="", forms=(form,)), profile_for())
    return form, [f for f in (*result.forms[0].findings, *result.findings) if not f.preview]


def features(form: Form, findings: list[Finding]) -> dict[str, Counter[str]]:
    """item -> counts of «code» (with the severity where a rule has several)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    profile = profile_for()
    for finding in findings:
        row = form.indicators[finding.indicator] if finding.indicator is not None else None
        rule = catalogue()[finding.code]
        if rule.basis and (item := item_of(finding, row, profile)):
            counts[item][finding.code] += 1
    return counts


def fit(
    rows: list[tuple[dict[str, Counter[str]], dict[str, float]]],
) -> dict[str, dict[str, float]]:
    """item -> code -> weight 0–1, and under "" the part lost without any finding."""
    weights: dict[str, dict[str, float]] = {}
    for item, most in ITEMS.items():
        seen = Counter(code for counts, _ in rows for code in counts.get(item, ()))
        codes = ["", *sorted(code for code, n in seen.items() if n >= LEAST)]
        design = np.array([[1.0, *(c.get(item, Counter())[k] for k in codes[1:])] for c, _ in rows])
        lost = np.array([-np.log(max(0.05, points[item] / most)) for _, points in rows])
        ridge = np.sqrt(RIDGE) * np.eye(len(codes))
        ridge[0, 0] = 0.0
        solution, _ = nnls(np.vstack([design, ridge]), np.concatenate([lost, np.zeros(len(codes))]))
        weights[item] = {k: float(1 - np.exp(-v)) for k, v in zip(codes, solution, strict=True)}
    return weights


def predict(weights: dict[str, dict[str, float]], counts: dict[str, Counter[str]]) -> float:
    """The total that these weights give."""
    total = 0.0
    for item, most in ITEMS.items():
        left = 1 - weights[item][""]
        for code, n in counts.get(item, Counter()).items():
            left *= (1 - weights[item].get(code, 0.0)) ** n
        total += most * left
    return total


def grade(total: float) -> str:
    """88号's grade."""
    return next(name for least, name in GRADES if total >= least)


def main() -> None:
    """Cross-validate, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    data = labelled()
    rows = [(features(*judged(d)), d["review"]) for d in data]
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
    lines = [BEGIN, "[review.fitted]"]
    for item, codes in weights.items():
        inside = ", ".join(f'"{k or "base"}" = {v:.4f}' for k, v in codes.items())
        lines.append(f'"{item}" = {{ {inside} }}')
    text = PROFILE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    PROFILE.write_text(
        head.rstrip() + "\n\n" + "\n".join([*lines, END]) + tail.rstrip() + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
