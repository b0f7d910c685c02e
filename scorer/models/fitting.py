"""Fits the single parts; scikit-learn is imported here and in no module that predicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.models.bundle import Pair
from scorer.models.cues import NAME_CUES
from scorer.models.features import BITS, CLASSES, CUE_AT, Batch
from scorer.models.linear import (
    ANSWERS,
    LEVEL_HEADS,
    Linear,
    answer_of,
    dense_block,
    sign_of,
)
from scorer.models.trees import Trees, from_sklearn

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GRAM_WEIGHT = 3.0  # n-grams against cues: chosen by grouped cross-validation
DENSE_WEIGHT = 0.15
CROSS_WEIGHT = 0.5
STRENGTH = {"rows": 1.0, "placement": 3.0, "pair": 1e-3}
BINS = 96
_QUANTILES = np.linspace(0, 1, BINS + 1)
TREES: dict[str, Any] = {
    "max_iter": 200,
    "learning_rate": 0.07,
    "max_leaf_nodes": 16,
    "max_depth": 7,
    "max_features": 0.3,
    "min_samples_leaf": 20,
    "l2_regularization": 4.0,
    "early_stopping": False,
    "random_state": 0,
}


TREES_OF: dict[str, dict[str, Any]] = {
    "mismatch": {
        "max_iter": 240,
        "learning_rate": 0.06,
        "max_depth": 8,
        "max_features": 0.2,
        "min_samples_leaf": 30,
    },
}


class RowFitter:
    """The linear models over one batch; the batch's matrix is made once, fitted often."""

    def __init__(self, batch: Batch) -> None:
        import scipy.sparse as sparse

        rows, buckets = batch.grams
        shape = (len(batch), 2 << BITS)
        counts = sparse.csr_matrix((np.ones(len(rows)), (rows, buckets)), shape=shape)
        present = np.bincount(counts.indices, minlength=shape[1])
        self.idf = np.log((len(batch) + 1) / (present + 1)).astype(np.float16).astype(np.float32)
        self.rare = present < 2
        weight = self.idf[buckets].astype(np.float64)
        norm = np.sqrt(np.bincount(rows, weight**2, len(batch)))
        grams = sparse.csr_matrix((weight, (rows, buckets)), shape=shape)
        grams.data[self.rare[grams.indices]] = 0.0
        grams.eliminate_zeros()
        self.grams = sparse.diags(GRAM_WEIGHT / np.maximum(norm, 1e-9)) @ grams
        dense = dense_block(batch).astype(np.float64)
        self.crossed = batch.crosses.shape[1]
        self.levels = batch.levels.shape[1]
        self.mean, spread = dense.mean(0), dense.std(0)
        self.scale = np.where(spread > 1e-6, DENSE_WEIGHT / np.maximum(spread, 1e-6), 0.0)
        self.mean[-self.crossed :] = 0.0
        self.scale[-self.crossed :] = CROSS_WEIGHT
        self.dense = (dense - self.mean) * self.scale
        everything: Any = sparse.csc_matrix(sparse.hstack([self.grams, self.dense]))
        self.columns = _visible(np.diff(everything.indptr) > 0, self.levels, self.crossed)
        self.views = {view: everything[:, at].tocsr() for view, at in self.columns.items()}
        self.width = everything.shape[1]
        self.answer, self.sign = answer_of(batch), sign_of(batch)

    def fit(
        self,
        truth: dict[str, Bools],
        known: dict[str, Bools],
        right: NDArray[np.int64],
        use: Bools,
        weight: Floats,
    ) -> Linear:
        """All linear models on the rows of ``use``; ``right`` is the true class (−1 unknown)."""
        outputs: list[tuple[Floats, float]] = []
        for label in LEVEL_HEADS:
            rows = use & known[label]
            outputs += self._binary("label", truth[label], rows, weight)
        outputs += self._classes("place", right, use & (right >= 0), weight, len(CLASSES))
        sound = use & ~truth["incoherent"] & ~truth["vague"]
        outputs += self._binary("name", self.sign > 0, sound & (self.sign != 0), weight)
        rows = sound & (self.answer >= 0)
        outputs += self._classes("name", self.answer, rows, weight, len(ANSWERS))
        columns, biases = zip(*outputs, strict=True)
        return self._folded(np.column_stack(columns), np.array(biases))

    def _binary(
        self, view: str, truth: Bools, rows: Bools, weight: Floats
    ) -> list[tuple[Floats, float]]:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=STRENGTH["rows"], max_iter=300)
        model.fit(self.views[view][rows], truth[rows], sample_weight=weight[rows])
        return [(self._widened(view, model.coef_[0]), float(model.intercept_[0]))]

    def _classes(
        self, view: str, right: NDArray[np.int64], rows: Bools, weight: Floats, count: int
    ) -> list[tuple[Floats, float]]:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=STRENGTH["placement"], max_iter=300)
        model.fit(self.views[view][rows], right[rows], sample_weight=weight[rows])
        missing = (np.zeros(self.width), -9.0)
        at = {int(c): k for k, c in enumerate(model.classes_)}
        return [
            (self._widened(view, model.coef_[at[k]]), float(model.intercept_[at[k]]))
            if k in at
            else missing
            for k in range(count)
        ]

    def _widened(self, view: str, weight: Floats) -> Floats:
        """Weights of a view's columns among all columns."""
        out = np.zeros(self.width)
        out[self.columns[view]] = weight
        return out

    def _folded(self, weight: Floats, bias: Floats) -> Linear:
        """Scaling, centring and idf folded into the weights; rounded as they are stored."""
        split = self.grams.shape[1]
        gram = weight[:split] * self.idf[:, None] * GRAM_WEIGHT
        gram[self.rare] = 0.0
        dense = weight[split:] * self.scale[:, None]
        bias = np.round(bias - self.mean @ dense, 6)
        return Linear(
            gram.astype(np.float16).astype(np.float32),
            self.idf,
            dense.astype(np.float32).astype(np.float64),
            bias,
        )


def _visible(filled: Bools, levels: int, crossed: int) -> dict[str, NDArray[np.int64]]:
    """The filled columns that the outputs of each view may look at: labels all of them,
    placement not the printed class, the expected sign and kind of value not the value."""
    grams = 2 << BITS
    place = np.arange(len(filled))
    cue = place - grams - levels
    is_cue = (cue >= 0) & (cue < len(CUE_AT))
    views = {
        "label": np.ones(len(filled), bool),
        "place": (place < grams) | is_cue,
        "name": (place < (1 << BITS))
        | ((place >= grams) & (cue < 0))
        | (is_cue & (cue < len(NAME_CUES))),
    }
    assert len(filled) == grams + levels + len(CUE_AT) + crossed
    return {view: np.flatnonzero(seen & filled) for view, seen in views.items()}


def fit_pair(products: Floats, truth: Bools, weight: Floats) -> Pair:
    """The linear relevance model."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = products.mean(0), products.std(0)
    scale = 1 / np.maximum(spread, 1e-6)
    model = LogisticRegression(C=STRENGTH["pair"], max_iter=300)
    model.fit((products - mean) * scale, truth, sample_weight=weight)
    folded = np.round(model.coef_[0] * scale, 7)
    return Pair(folded, round(float(model.intercept_[0] - mean @ folded), 7))


def fit_trees(label: str, matrix: NDArray[np.float32], truth: Bools, weight: Floats) -> Trees:
    """Boosted trees for ``label``.

    They are grown on each column's bin numbers and their thresholds put back into the
    column's own numbers: scikit-learn's weighted binning alone takes longer than all else.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    edges = [np.unique(np.quantile(c, _QUANTILES, method="inverted_cdf")) for c in matrix.T]
    binned = np.column_stack(
        [np.searchsorted(e[:-1], c) for e, c in zip(edges, matrix.T, strict=True)]
    ).astype(np.float32)
    model = HistGradientBoostingClassifier(**TREES | TREES_OF.get(label, {}))
    model.fit(binned, truth, sample_weight=weight)
    grown = from_sklearn(model)
    lookup = np.full((len(edges), BINS + 1), np.inf)
    for k, own in enumerate(edges):
        lookup[k, : len(own)] = own
    at = np.floor(grown.threshold).astype(np.int64)
    return replace(grown, threshold=lookup[grown.feature, at].astype(np.float64))


def fit_scale(score: Floats, truth: Bools) -> tuple[float, float]:
    """Platt's two numbers that turn scores into probabilities."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3, max_iter=200).fit(score[:, None], truth)
    return round(float(model.coef_[0, 0]), 5), round(float(model.intercept_[0]), 5)
