"""Figures that measure: precision, recall, F1, PR-AUC, calibration error, with intervals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def precision_recall_f1(truth: Bools, said: Bools) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where nothing was said or nothing is true."""
    hit = int((truth & said).sum())
    precision = hit / max(int(said.sum()), 1)
    recall = hit / max(int(truth.sum()), 1)
    return precision, recall, 2 * hit / max(int(said.sum()) + int(truth.sum()), 1)


def average_precision(truth: Bools, chance: Floats) -> float:
    """Area under the precision–recall curve as steps (equal scores form one step)."""
    if not truth.any():
        return 0.0
    recall, precision, _ = pr_curve(truth, chance)
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def pr_curve(truth: Bools, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """Recall, precision and threshold at each distinct score, from the highest down."""
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.flatnonzero(np.diff(chance[order], append=np.inf))
    recall = hits[last] / max(int(truth.sum()), 1)
    return recall, hits[last] / (last + 1), chance[order][last]


def best_threshold(truth: Bools, chance: Floats) -> float:
    """The probability at which saying «yes» gives the best F1, midway to the next lower one."""
    recall, precision, threshold = pr_curve(truth, chance)
    f1 = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    at = int(f1.argmax())
    below = threshold[at + 1] if at + 1 < len(threshold) else 0.0
    return float((threshold[at] + below) / 2)


def middle_threshold(truth: Bools, chance: Floats, slack: float = 0.005) -> float:
    """The middle of the probabilities whose F1 is within ``slack`` of the best.

    Near its top the curve is flat; at its very edge a threshold would misjudge other rows than
    these on one side.
    """
    recall, precision, threshold = pr_curve(truth, chance)
    f1 = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    flat = threshold[f1 >= f1.max() - slack]
    return float((flat.max() + flat.min()) / 2)


def calibration(truth: Bools, chance: Floats, bins: int = 10) -> list[tuple[float, float, int]]:
    """Per bin of probability: mean probability, share of truth, rows (empty bins left out)."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    out = []
    for k in range(bins):
        inside = place == k
        if inside.any():
            out.append(
                (float(chance[inside].mean()), float(truth[inside].mean()), int(inside.sum()))
            )
    return out


def calibration_error(truth: Bools, chance: Floats) -> float:
    """Expected calibration error over ten equal bins."""
    rows = max(len(truth), 1)
    return sum(abs(p - t) * n for p, t, n in calibration(truth, chance)) / rows


def bootstrap(
    measure: Callable[[NDArray[np.int64]], float], groups: NDArray[np.int64], rounds: int = 200
) -> tuple[float, float]:
    """95 % interval of ``measure(rows)`` when whole groups (forms) are drawn with replacement."""
    rng = np.random.default_rng(7)
    order = np.argsort(groups, kind="stable")
    names, starts = np.unique(groups[order], return_index=True)
    members = np.split(order, starts[1:])
    if not len(names):
        return 0.0, 0.0
    draws = [
        measure(np.concatenate([members[k] for k in rng.integers(len(names), size=len(names))]))
        for _ in range(rounds)
    ]
    return float(np.percentile(draws, 2.5)), float(np.percentile(draws, 97.5))
