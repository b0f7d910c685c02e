"""Fits the single parts; scikit-learn is imported here and in no module that predicts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.models import trees
from scorer.models.bundle import Pair
from scorer.models.features import BITS, CLASSES, Batch
from scorer.models.linear import LEVEL_HEADS, Linear, dense_block

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GRAM_WEIGHT = 3.0  # n-grams against cues: chosen by grouped cross-validation
DENSE_WEIGHT = 0.15
CROSS_WEIGHT = 0.5
STRENGTH = {"rows": 1.0, "placement": 3.0, "pair": 1e-3}
TREES: dict[str, Any] = {
    "max_iter": 120,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 20,
    "l2_regularization": 4.0,
    "early_stopping": False,
    "random_state": 0,
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
        self.all = sparse.hstack([self.grams, sparse.csr_matrix(self.dense)]).tocsr()
        plain = self.dense.copy()
        plain[:, : self.levels] = 0.0
        plain[:, -self.crossed :] = 0.0
        self.unplaced = sparse.hstack([self.grams, sparse.csr_matrix(plain)]).tocsr()

    def fit(
        self,
        truth: dict[str, Bools],
        known: dict[str, Bools],
        right: NDArray[np.int64],
        use: Bools,
        weight: Floats,
    ) -> Linear:
        """All linear models on the rows of ``use``; ``right`` is the true class (−1 unknown)."""
        from sklearn.linear_model import LogisticRegression

        columns, biases = [], []
        for label in LEVEL_HEADS:
            rows = use & known[label]
            model = LogisticRegression(C=STRENGTH["rows"], max_iter=300)
            model.fit(self.all[rows], truth[label][rows], sample_weight=weight[rows])
            columns.append(model.coef_[0])
            biases.append(float(model.intercept_[0]))
        rows = use & (right >= 0)
        model = LogisticRegression(C=STRENGTH["placement"], max_iter=300)
        model.fit(self.unplaced[rows], right[rows], sample_weight=weight[rows])
        for k in range(len(CLASSES)):
            seen = np.flatnonzero(model.classes_ == k)
            columns.append(model.coef_[seen[0]] if len(seen) else np.zeros_like(columns[0]))
            biases.append(float(model.intercept_[seen[0]]) if len(seen) else -9.0)
        return self._folded(np.column_stack(columns), np.array(biases))

    def _folded(self, weight: Floats, bias: Floats) -> Linear:
        """Scaling, centring and idf folded into the weights; rounded as they are stored."""
        split = self.grams.shape[1]
        gram = weight[:split] * self.idf[:, None] * GRAM_WEIGHT
        gram[self.rare] = 0.0
        dense = weight[split:] * self.scale[:, None]
        dense[: self.levels, len(LEVEL_HEADS) :] = 0.0
        dense[-self.crossed :, len(LEVEL_HEADS) :] = 0.0
        bias = np.round(bias - self.mean @ dense, 6)
        return Linear(
            gram.astype(np.float16).astype(np.float32),
            self.idf,
            dense.astype(np.float32).astype(np.float64),
            bias,
        )


def fit_pair(products: Floats, truth: Bools, weight: Floats) -> Pair:
    """The linear relevance model."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = products.mean(0), products.std(0)
    scale = 1 / np.maximum(spread, 1e-6)
    model = LogisticRegression(C=STRENGTH["pair"], max_iter=300)
    model.fit((products - mean) * scale, truth, sample_weight=weight)
    folded = np.round(model.coef_[0] * scale, 7)
    return Pair(folded, round(float(model.intercept_[0] - mean @ folded), 7))


def fit_trees(matrix: NDArray[np.float32], truth: Bools, weight: Floats) -> trees.Trees:
    """Boosted trees for one label."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**TREES)
    model.fit(matrix, truth, sample_weight=weight)
    return trees.from_sklearn(model)


def fit_scale(score: Floats, truth: Bools) -> tuple[float, float]:
    """Platt's two numbers that turn scores into probabilities."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3, max_iter=200).fit(score[:, None], truth)
    return round(float(model.coef_[0, 0]), 5), round(float(model.intercept_[0]), 5)
