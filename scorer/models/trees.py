"""Boosted trees as arrays: taken from a fitted scikit-learn model, walked with numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_PORTION = 512  # rows walked at once: their features stay in the processor's cache


@dataclass(frozen=True, slots=True)
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
        for start in range(0, len(features), _PORTION):
            part = np.ascontiguousarray(features[start : start + _PORTION].T, np.float32)
            total[start : start + _PORTION] += self._walk(part)
        return total

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
        value[t, own] = np.where(leaf, nodes["value"], 0.0)
        depth = max(depth, int(nodes["depth"].max()))
    start = float(np.ravel(model._baseline_prediction)[0])
    return Trees(feature, threshold, left, right, value, start, depth)
