"""The second stage: linear scores, cues and facts joined for the trees, label by label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.models import cues
from scorer.models.features import CLASSES, Batch
from scorer.models.linear import LEVEL_HEADS
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
TREE_LABELS = ("mismatch", "misplaced", "incoherent")
HEAD = {name: k for k, name in enumerate(LEVEL_HEADS)}


@dataclass(frozen=True)
class Scores:
    """What the first stage says of each row: ``linear`` (see linear.py) and ``pair``,
    the linear relevance score."""

    linear: Floats
    pair: Floats

    def placement(self) -> Floats:
        """Probability of each of CLASSES."""
        values = self.linear[:, len(LEVEL_HEADS) :]
        values = np.exp(values - values.max(1, keepdims=True)) if len(values) else values
        out: Floats = values / values.sum(1, keepdims=True)
        return out


def inputs(label: str, batch: Batch, scores: Scores, pairs: RelevanceInputs) -> NDArray[np.float32]:
    """The matrix that the trees of ``label`` read."""
    own = scores.linear[:, [HEAD[label]]]
    if label == "misplaced":
        parts = [batch.levels, batch.cues, _placed(batch, scores), own]
    elif label == "incoherent":
        vague = scores.linear[:, [HEAD["vague"]]]
        parts = [batch.levels, batch.cues, batch.facts, own, vague]
    else:
        vague = scores.linear[:, [HEAD["vague"]]]
        heads = batch.cues[:, : len(cues.ASKS)]
        start = len(cues.NAME_CUES)
        kinds = batch.cues[:, start : start + len(cues.KINDS)]
        rows = np.bincount(batch.form, minlength=1)[batch.form][:, None]
        parts = [batch.levels, heads, kinds, rows, pairs.measures]
        parts += [own, vague, scores.pair[:, None], _in_form(batch, own[:, 0])]
    return np.round(np.hstack(parts), 5).astype(np.float32)


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


def _in_form(batch: Batch, own: Floats) -> Floats:
    """Mean of the row score over the form: how careless its author is with relevance."""
    count = max(len(batch.forms), 1)
    sums = np.bincount(batch.form, own, count)
    sizes = np.maximum(np.bincount(batch.form, minlength=count), 1)
    out: Floats = (sums / sizes)[batch.form][:, None]
    return out


__all__ = ["CLASSES", "HEAD", "TREE_LABELS", "Scores", "inputs"]
