"""Fits the weights of the review sheet to a reviewer's points: `make calibrate`.

The sheet leaves ``max × Π(1 − w)`` of an item: one factor for each fault of its own, by topic,
and a small common one for every faulty row ("rows") and field ("fields") of the form. Least
squares over the item's points give the weights, none of a fault's own below LEAST_OWN, so
that every fault shows in its item. The figures are cross-validated over groups of fields;
`--write` puts the weights into lexicons/profiles/default.toml.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from scorer.forms import Submission
from scorer.judge import judge, profile_for
from scorer.review import (
    COMMON,
    TOGETHER,
    cell_of,
    common_key,
    faults_of,
    item_of,
    room_of,
    weighed_as,
)
from scorer.rules.catalogue import ITEMS, catalogue
from scripts.reviewed import DATA, Labelled, agreement, by_reviewers, form_of, labelled, mean, total

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "lexicons" / "profiles" / "default.toml"
BEGIN, END = "# --- weights fitted by `make calibrate`: begin", "# --- weights fitted: end"
STOCK, AUTHOR, TWO = 0.3, 2.0, 4.0  # what one sheet counts for, by whose points it carries
FOLDS, LEAST = 5, 6  # folds; forms that must show a fault before its weight is fitted
LEAST_OWN = 0.05  # share of its item that a fault costs at the least
LEAST_GRAVE = 0.12  # the same for a contradiction, a reversed sign, an impossible number
RIDGE_OWN, RIDGE_COMMON = 0.05, 60.0  # a fault's own item explains first, the common rest last


def stock() -> list[Labelled]:
    """Forms with a reviewer's points, and in "weight" what their sheet counts for.

    The first stock has many forms that are worse than what units publish, so it counts for less
    than the held-out forms: those with their own author's points, and those that two
    reviewers scored, blind to each other and to our totals (data/reviews.jsonl; their mean).
    """
    first = labelled(sorted((DATA / "rows").glob("forms-*.jsonl")))  # later rows: rough points
    held = list(labelled(sorted((DATA / "held-out").glob("blind-*.jsonl"))))
    own = [{**f, "weight": STOCK} for f in first] + [{**f, "weight": AUTHOR} for f in held]
    scored = [form for form in own if set(form.get("review") or {}) == set(ITEMS)]
    by_two = by_reviewers(held)
    return scored + [{**form, "review": mean(said), "weight": TWO} for form, said in by_two]


@dataclass(frozen=True)
class Sheet:
    """One form's faults and the points a reviewer gave it. ``found``: item -> counts of its own
    faults by topic, and of all faulty rows and fields where they tell; ``room``: item -> points
    within reach, as a share; ``points``: item -> share; ``weight``: what the sheet counts for."""

    found: dict[str, Counter[str]]
    room: dict[str, float]
    points: dict[str, float]
    weight: float


def sheet(data: Labelled) -> Sheet:
    """Judge a labelled form as the 年度 half of a document of its own."""
    form = form_of(data)
    result = judge(Submission(path="", forms=(form,)), profile_for())
    faults = faults_of(form, [*result.forms[0].findings, *result.findings])
    cells = Counter(map(common_key, set(map(cell_of, faults)) - {TOGETHER}))
    rooms = {item: room_of(form, item, profile_for()) for item in ITEMS}
    found = {item: Counter() if alone else Counter(cells) for item, (_, alone) in rooms.items()}
    for finding in faults:
        row = form.indicators[finding.indicator] if finding.indicator is not None else None
        if "weight" not in profile_for().rule(finding.code):
            found[item_of(finding, row, profile_for())][weighed_as(finding)] += 1
    return Sheet(
        found,
        {item: room / ITEMS[item] for item, (room, _) in rooms.items()},
        {item: data["review"][item] / most for item, most in ITEMS.items()},
        data["weight"],
    )


def fit(sheets: list[Sheet]) -> dict[str, dict[str, float]]:
    """item -> topic -> weight 0–1."""
    return {item: _fit_item(sheets, item) for item in ITEMS}


def _fit_item(sheets: list[Sheet], item: str) -> dict[str, float]:
    seen = Counter(key for s in sheets for key in s.found[item])
    keys = sorted(key for key, n in seen.items() if n >= LEAST)
    design = np.array([[s.found[item][k] for k in keys] for s in sheets], dtype=float)
    kept = np.array([s.points[item] for s in sheets])
    room = np.array([s.room[item] for s in sheets])
    weight = np.array([s.weight for s in sheets])
    ridge = np.array([RIDGE_COMMON if k in COMMON else RIDGE_OWN for k in keys])

    def loss(logs: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        left = room * np.exp(-design @ logs)
        off = left - kept
        slope = ridge * logs - design.T @ (weight * off * left)
        return (weight * off) @ off + ridge @ logs**2, 2 * slope

    least = [0.0 if k in COMMON else LEAST_GRAVE if _grave(k) else LEAST_OWN for k in keys]
    bounds = [(_log(low), _log(0.9)) for low in least]
    start = np.full(len(keys), _log(LEAST_OWN))
    logs = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {k: float(1 - np.exp(-v)) for k, v in zip(keys, logs, strict=True)}


def _grave(key: str) -> bool:
    """Whether all rules that weigh by this code or topic report errors."""
    named = [r for r in catalogue().values() if key in (r.code, r.topic)]
    return bool(named) and all(rule.severity == "error" for rule in named)


def _log(weight: float) -> float:
    return -math.log(1 - weight)


def predict(weights: dict[str, dict[str, float]], of: Sheet) -> float:
    """The total that these weights give, before caps."""
    return sum(
        most
        * of.room[item]
        * math.prod((1 - weights[item].get(code, 0.0)) ** n for code, n in of.found[item].items())
        for item, most in ITEMS.items()
    )


def main() -> None:
    """Cross-validate, print, and write if asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    data = stock()
    sheets = [sheet(d) for d in data]
    fields = sorted({d["field"] for d in data})
    truth = np.array([total(d["review"]) for d in data])
    guess = np.zeros(len(data))
    for fold in range(FOLDS):
        held = {f for n, f in enumerate(fields) if n % FOLDS == fold}
        weights = fit([s for s, d in zip(sheets, data, strict=True) if d["field"] not in held])
        for n, d in enumerate(data):
            if d["field"] in held:
                guess[n] = predict(weights, sheets[n])
    print(f"按功能分类 {FOLDS} 折交叉验证")
    kinds = np.array([(d["weight"], bool(d.get("overview"))) for d in data])
    for weight, name in (
        (STOCK, "训练表"),
        (AUTHOR, "留出表，作者打分"),
        (TWO, "留出表，两人打分"),
    ):
        own = kinds[:, 0] == weight
        agreement(name, truth[own], guess[own])
        for full, what in ((1, "有概况"), (0, "公开样式")):
            if 0 < (part := own & (kinds[:, 1] == full)).sum() < own.sum():
                agreement(f"  {what}", truth[part], guess[part])
    if write:
        _write(fit(sheets))


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
