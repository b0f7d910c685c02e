"""Boosted trees as arrays: taken from a fitted scikit-learn model, walked with numpy.

A few rows are walked from node to node, all trees at once. Many rows are better asked
each node's question in one stroke: a row that goes right at a node can no longer end in a
leaf of its left side, and the first leaf not struck out is the one (Lucchese et al.,
QuickScorer, 2015). Both ways end in the same leaves, and leaf values are multiples of
2⁻²⁰, so that their sum is exact in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_FEW = 512  # rows up to which walking is faster
_PORTION = 8192  # rows asked at once: what is left of their leaves stays in the cache
_GRAIN = 2.0**20
_Leaves = np.uint16  # one bit a leaf: no tree has more than 16


@dataclass(frozen=True)
class Trees:
    """All trees padded to one size; row t of each array is tree t, leaves point to themselves."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    start: float
    depth: int

    def score(self, features: NDArray[np.float32]) -> Floats:
        """The summed log-odds of each row of ``features``."""
        total = np.full(len(features), self.start)
        way = self._walk if len(features) <= _FEW else self._strike
        for start in range(0, len(features), _PORTION):
            part = np.ascontiguousarray(features[start : start + _PORTION].T, np.float32)
            total[start : start + _PORTION] += way(part)
        return total

    def _strike(self, columns: NDArray[np.float32]) -> Floats:
        """Summed leaf values of many rows; ``columns`` is feature × row."""
        rows = columns.shape[1]
        out = np.zeros(rows)
        right, gone = np.zeros(rows, bool), np.zeros(rows, _Leaves)
        struck = np.zeros(rows, _Leaves)
        for questions, values in self._questions:
            struck.fill(0)
            for feature, threshold, leaves in questions:
                np.greater(columns[feature], threshold, out=right)
                np.multiply(right, leaves, out=gone)
                np.bitwise_or(struck, gone, out=struck)
            # The lowest leaf left: struck + 1 carries through the ones below it.
            first = ~struck & (struck + _Leaves(1))
            out += values[np.frexp(first.astype(np.float32))[1] - 1]
        return out

    @cached_property
    def _questions(self) -> list[tuple[list[tuple[int, np.float32, _Leaves]], Floats]]:
        """Per tree: (feature, threshold, leaves struck out on the right), and leaf values
        from left to right."""
        return [self._of_tree(t) for t in range(len(self.feature))]

    def _of_tree(self, t: int) -> tuple[list[tuple[int, np.float32, _Leaves]], Floats]:
        questions: list[tuple[int, np.float32, _Leaves]] = []
        values: list[float] = []

        def visit(node: int) -> int:
            """The leaves under ``node`` as bits."""
            if self.left[t, node] == node:
                values.append(float(self.value[t, node]))
                return 1 << (len(values) - 1)
            at = len(questions)
            questions.append((0, np.float32(0), _Leaves(0)))
            left = visit(int(self.left[t, node]))
            threshold = _floor32(float(self.threshold[t, node]))
            questions[at] = (int(self.feature[t, node]), threshold, _Leaves(left))
            return left | visit(int(self.right[t, node]))

        visit(0)
        return questions, np.array(values)

    def _walk(self, columns: NDArray[np.float32]) -> Floats:
        """Summed leaf values of a few rows; ``columns`` is feature × row."""
        trees, nodes = self.feature.shape
        rows = columns.shape[1]
        flat = columns.ravel()
        offset = (np.arange(trees) * nodes)[:, None]
        feature = self.feature.ravel().astype(np.int64) * rows
        threshold = self.threshold.ravel()
        left, right = (self.left + offset).ravel(), (self.right + offset).ravel()
        at = np.broadcast_to(offset, (trees, rows)).copy()
        row = np.arange(rows)
        for _ in range(self.depth):
            goes_left = flat[feature[at] + row] <= threshold[at]
            at = np.where(goes_left, left[at], right[at])
        out: Floats = self.value.ravel()[at].sum(0)
        return out

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays to store, their names led by ``prefix``."""
        return {
            f"{prefix}_feature": self.feature,
            f"{prefix}_threshold": self.threshold,
            f"{prefix}_left": self.left,
            f"{prefix}_right": self.right,
            f"{prefix}_value": self.value,
            f"{prefix}_start": np.array([self.start, self.depth], np.float64),
        }


def from_arrays(arrays: dict[str, NDArray[Any]], prefix: str) -> Trees:
    """The trees that ``Trees.arrays`` stored under ``prefix``."""
    start, depth = arrays[f"{prefix}_start"]
    return Trees(
        feature=arrays[f"{prefix}_feature"],
        threshold=arrays[f"{prefix}_threshold"],
        left=arrays[f"{prefix}_left"],
        right=arrays[f"{prefix}_right"],
        value=arrays[f"{prefix}_value"],
        start=float(start),
        depth=int(depth),
    )


def from_sklearn(model: Any) -> Trees:
    """The trees of a fitted binary HistGradientBoostingClassifier without missing values."""
    per_tree = [stage[0].nodes for stage in model._predictors]
    size = max(map(len, per_tree))
    shape = (len(per_tree), size)
    feature, left, right = (np.zeros(shape, np.int32) for _ in range(3))
    threshold, value = np.zeros(shape), np.zeros(shape)
    depth = 0
    for t, nodes in enumerate(per_tree):
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        feature[t, own] = np.where(leaf, 0, nodes["feature_idx"])
        threshold[t, own] = np.where(leaf, 0.0, nodes["num_threshold"])
        left[t, own] = np.where(leaf, own, nodes["left"])
        right[t, own] = np.where(leaf, own, nodes["right"])
        value[t, own] = np.where(leaf, np.round(nodes["value"] * _GRAIN) / _GRAIN, 0.0)
        depth = max(depth, int(nodes["depth"].max()))
    start = float(np.ravel(model._baseline_prediction)[0])
    return Trees(feature, threshold, left, right, value, start, depth)


def _floor32(threshold: float) -> np.float32:
    """The largest float32 not above ``threshold``: the same rows lie above it."""
    near = np.float32(threshold)
    return np.nextafter(near, np.float32(-np.inf)) if float(near) > threshold else near
