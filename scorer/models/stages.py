"""The second stage: linear scores, cues and facts joined for the trees, label by label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.models.features import CLASSES, Batch
from scorer.models.linear import EXPECTED, LEVEL_HEADS, PLACES, SIGN, answer_of, sign_of
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
TREE_LABELS = ("mismatch", "misplaced", "incoherent")
HEAD = {name: k for k, name in enumerate(LEVEL_HEADS)}


@dataclass(frozen=True)
class Scores:
    """What the first stage says of each row: ``linear`` (see linear.py), ``pair``, the
    linear relevance score, ``affinity`` (see affinity.py) and ``peers`` (see peers.py)."""

    linear: Floats
    pair: Floats
    affinity: Floats
    peers: Floats

    def parts(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The four blocks in their order."""
        return self.linear, self.pair, self.affinity, self.peers

    def placement(self) -> Floats:
        """Probability of each of CLASSES."""
        return _softmax(self.linear[:, PLACES])


def inputs(label: str, batch: Batch, scores: Scores, pairs: RelevanceInputs) -> NDArray[np.float32]:
    """The matrix that the trees of ``label`` read."""
    own = scores.linear[:, [HEAD[label]]]
    parts: list[NDArray[Any]]
    if label == "misplaced":
        parts = [_placed(batch, scores), own, _expected(batch, scores)]
    elif label == "incoherent":
        vague = scores.linear[:, [HEAD["vague"]]]
        parts = [batch.facts, own, vague, _expected(batch, scores)]
    else:
        vague = scores.linear[:, [HEAD["vague"]]]
        # A row whose number the form's own text states belongs to it.
        parts = [batch.facts, pairs.measures, own, vague, scores.pair[:, None]]
        parts += [scores.affinity, scores.peers]
    return np.hstack([batch.rounded, np.round(np.hstack(parts), 5)], dtype=np.float32)


def _softmax(values: Floats) -> Floats:
    values = np.exp(values - values.max(1, keepdims=True)) if len(values) else values
    out: Floats = values / values.sum(1, keepdims=True)
    return out


def _expected(batch: Batch, scores: Scores) -> Floats:
    """How the value departs from what its name lets expect: sign and kind of value.

    The printed sign against the expected one; log p of the given kind, of the likeliest
    kind, and their difference (0 where the value is mere words), then all kinds.
    """
    sign = scores.linear[:, SIGN] * sign_of(batch)
    floor = np.log(_softmax(scores.linear[:, EXPECTED]) + 1e-3)
    answer = answer_of(batch)
    given = np.where(answer >= 0, floor[np.arange(len(batch)), answer], 0.0)
    best = floor.max(1) if len(batch) else np.zeros(0)
    gap = np.where(answer >= 0, best - given, 0.0)
    return np.column_stack([sign, given, best, gap, answer, floor])


def _placed(batch: Batch, scores: Scores) -> Floats:
    """log p of every class, of the printed one, of the best other, and their difference."""
    chance = scores.placement()
    floor = np.log(chance + 1e-4)
    at = np.arange(len(batch))
    printed = np.where(batch.class_at >= 0, floor[at, batch.class_at], 0.0)
    others = floor.copy()
    others[at, batch.class_at] = -99.0
    best = others.max(1) if len(batch) else np.zeros(0)
    return np.column_stack([floor, printed, best, best - printed])


__all__ = ["CLASSES", "HEAD", "TREE_LABELS", "Scores", "inputs"]
