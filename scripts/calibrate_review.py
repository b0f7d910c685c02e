"""Fits the weights of the review sheet to reviewers' points: `make calibrate`.

The sheet leaves ``room × Π(1 − w)^n`` of an item: one factor for each fault of its own, by topic,
and the common ones of the form as a whole (``scale.COMMON``). Least squares over the item's points
give the weights; none of a fault's own is below LEAST_OWN, so that every fault shows in its
item. The figures are cross-validated over groups of fields, and are the formula's alone, before
caps; `--write` puts the weights into lexicons/profiles/default.toml.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from scorer.judge import profile_for
from scorer.rules.catalogue import ITEMS, catalogue
from scorer.scale import COMMON, LEFT_OPEN, UNSOUND, Scale, weighed_as
from scripts.reviewed import DATA, ROOT, Reviewed, agreement, by_author, by_two, total

PROFILE = ROOT / "lexicons" / "profiles" / "default.toml"
BEGIN, END = "# --- weights fitted by `make calibrate`: begin", "# --- weights fitted: end"
STOCK, AUTHOR, TWO = 0.1, 1.0, 4.0  # what one sheet counts for, by whose points it carries
NAMES = {STOCK: "训练表", AUTHOR: "留出表，作者打分", TWO: "两人打分"}
FOLDS, LEAST = 5, 6  # folds; forms that must show a fault before its weight is fitted
LEAST_OWN = 0.02  # share of its item that a fault costs at the least
LEAST_GRAVE = 0.06  # the same for a contradiction, a reversed sign, an impossible number
LEAST_OPEN = 0.015  # for a part that a text leaves open, in the item that asks for it
# A fault's own item and the share of sound rows explain first, the number of faults last.
RIDGE_OWN, RIDGE_UNSOUND, RIDGE_COMMON = 0.05, 1.0, 300.0


@dataclass(frozen=True)
class Sheet:
    """One form and the points it was given. ``found``: item -> counts of its own faults by topic,
    and of what counts for the form as a whole; ``room``: item -> points within reach, as a share;
    ``points``: item -> share; ``weight``: what the sheet counts for."""

    of: Reviewed
    found: dict[str, Counter[str]]
    room: dict[str, float]
    points: dict[str, float]
    weight: float


def sheets() -> list[Sheet]:
    """All forms with a reviewer's points.

    The first stock has many forms that are worse than what units publish, so it counts for less
    than the held-out forms: those with their own author's points, and those that two
    reviewers scored, blind to each other and to our totals (their mean). Later rows carry rough points.
    """
    held = sorted((DATA / "held-out").glob("blind-*.jsonl"))
    groups = {
        STOCK: by_author(sorted((DATA / "rows").glob("forms-*.jsonl"))),
        AUTHOR: by_author(held),
        TWO: by_two(held),
    }
    return [_sheet(form, weight) for weight, forms in groups.items() for form in forms]


def _sheet(of: Reviewed, weight: float) -> Sheet:
    scale = Scale(of.ours.form, of.weighed, profile_for())
    found = {item: Counter[str](scale.common(item)) for item in ITEMS}
    for item, faults in scale.own.items():
        for finding, _ in faults:
            if "weight" not in profile_for().rule(finding.code):
                found[item][weighed_as(finding)] += 1
    room = {item: scale.rooms[item].points / most for item, most in ITEMS.items()}
    points = {item: of.mean[item] / most for item, most in ITEMS.items()}
    return Sheet(of, found, room, points, weight)


def fit(sheets: list[Sheet]) -> dict[str, dict[str, float]]:
    """item -> topic -> weight 0–1."""
    return {item: _fit_item(sheets, item) for item in ITEMS}


def _fit_item(sheets: list[Sheet], item: str) -> dict[str, float]:
    seen = Counter(key for s in sheets for key, n in s.found[item].items() if n)
    keys = sorted(key for key, n in seen.items() if n >= LEAST)
    design = np.array([[s.found[item][k] for k in keys] for s in sheets], dtype=float)
    kept = np.array([s.points[item] for s in sheets])
    room = np.array([s.room[item] for s in sheets])
    weight = np.array([s.weight for s in sheets])
    ridge = np.array([_ridge(k) for k in keys])

    def loss(logs: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        left = room * np.exp(-design @ logs)
        off = left - kept
        slope = ridge * logs - design.T @ (weight * off * left)
        return (weight * off) @ off + ridge @ logs**2, 2 * slope

    least = [_least(k) for k in keys]
    bounds = [(_log(low), _log(0.9)) for low in least]
    start = np.full(len(keys), _log(LEAST_OWN))
    logs = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return {k: float(1 - np.exp(-v)) for k, v in zip(keys, logs, strict=True)}


def _least(key: str) -> float:
    """The least share of its item that one of ``key`` costs."""
    if key in COMMON:
        return LEAST_OPEN if key == LEFT_OPEN else 0.0
    return LEAST_GRAVE if _grave(key) else LEAST_OWN


def _ridge(key: str) -> float:
    if key == UNSOUND:
        return RIDGE_UNSOUND
    return RIDGE_COMMON if key in COMMON else RIDGE_OWN


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
    data = sheets()
    fields = sorted({s.of.field for s in data})
    guess = np.zeros(len(data))
    for fold in range(FOLDS):
        held = set(fields[fold::FOLDS])
        weights = fit([s for s in data if s.of.field not in held])
        for n, one in enumerate(data):
            if one.of.field in held:
                guess[n] = predict(weights, one)
    print(f"按功能分类 {FOLDS} 折交叉验证")
    truth = np.array([total(s.of.mean) for s in data])
    for weight, name in NAMES.items():
        own = [n for n, s in enumerate(data) if s.weight == weight]
        styles = sorted({data[n].of.style for n in own})
        agreement(name, truth[own], guess[own])
        for style in styles if len(styles) > 1 else ():
            part = [n for n in own if data[n].of.style == style]
            agreement(f"  {style}", truth[part], guess[part])
    if write:
        _write(fit(data))


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
