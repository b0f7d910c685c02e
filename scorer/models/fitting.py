"""Fits the single parts; scikit-learn is imported here and in no module that predicts."""

from __future__ import annotations

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
TREES: dict[str, Any] = {
    "max_iter": 70,
    "learning_rate": 0.1,
    "max_leaf_nodes": 12,
    "max_depth": 5,
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
        self.all: Any = sparse.csr_matrix(sparse.hstack([self.grams, self.dense]))
        # Which columns an output may look at: placement not the printed class, the expected
        # sign and kind of value not the value.
        cue_at = self.levels + np.arange(len(CUE_AT))
        names = cue_at[: len(NAME_CUES)]
        wide = self.grams.shape[1]
        self.sees = {
            "label": np.ones(self.all.shape[1], bool),
            "place": np.concatenate(
                [np.ones(wide, bool), np.isin(np.arange(dense.shape[1]), cue_at)]
            ),
            "name": np.concatenate(
                [
                    np.arange(wide) < (1 << BITS),
                    np.isin(np.arange(dense.shape[1]), [*range(self.levels), *names]),
                ]
            ),
        }
        self.views = {
            view: (self.all @ sparse.diags(seen.astype(float))).tocsr()
            if view != "label"
            else self.all
            for view, seen in self.sees.items()
        }
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
        return [(model.coef_[0] * self.sees[view], float(model.intercept_[0]))]

    def _classes(
        self, view: str, right: NDArray[np.int64], rows: Bools, weight: Floats, count: int
    ) -> list[tuple[Floats, float]]:
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=STRENGTH["placement"], max_iter=300)
        model.fit(self.views[view][rows], right[rows], sample_weight=weight[rows])
        missing = (np.zeros(self.all.shape[1]), -9.0)
        at = {int(c): k for k, c in enumerate(model.classes_)}
        return [
            (model.coef_[at[k]] * self.sees[view], float(model.intercept_[at[k]]))
            if k in at
            else missing
            for k in range(count)
        ]

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


def fit_pair(products: Floats, truth: Bools, weight: Floats) -> Pair:
    """The linear relevance model."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = products.mean(0), products.std(0)
    scale = 1 / np.maximum(spread, 1e-6)
    model = LogisticRegression(C=STRENGTH["pair"], max_iter=300)
    model.fit((products - mean) * scale, truth, sample_weight=weight)
    folded = np.round(model.coef_[0] * scale, 7)
    return Pair(folded, round(float(model.intercept_[0] - mean @ folded), 7))


def fit_trees(matrix: NDArray[np.float32], truth: Bools, weight: Floats) -> Trees:
    """Boosted trees for one label."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(**TREES)
    model.fit(matrix, truth, sample_weight=weight)
    return from_sklearn(model)


def fit_scale(score: Floats, truth: Bools) -> tuple[float, float]:
    """Platt's two numbers that turn scores into probabilities."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3, max_iter=200).fit(score[:, None], truth)
    return round(float(model.coef_[0, 0]), 5), round(float(model.intercept_[0]), 5)
