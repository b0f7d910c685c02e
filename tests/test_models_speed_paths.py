"""Shortcuts taken for speed say what the plain way says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorer.models.bundle import shipped
from scorer.models.memo import Memo
from scorer.targets import has_figures, parse_target


def test_many_rows_end_in_the_same_leaves_as_few() -> None:
    rng = np.random.default_rng(0)
    for trees in shipped().trees.values():
        inner = trees.left != np.arange(trees.left.shape[1])
        columns = np.zeros((int(trees.feature.max()) + 1, 2000), np.float32)
        for k in range(len(columns)):
            limits = trees.threshold[inner & (trees.feature == k)]
            pool = np.append(limits[np.isfinite(limits)], [0.0, 1.0]).astype(np.float32)
            columns[k] = rng.choice(pool, 2000) + rng.choice([0, 0, 1e-3, -1e-3], 2000)
        many = trees.score(columns.T)
        few = np.concatenate([trees.score(columns.T[k : k + 1]) for k in range(0, 2000, 50)])
        assert np.abs(many[::50] - few).max() < 1e-9


@given(st.lists(st.lists(st.text("ab数", max_size=3), max_size=8), max_size=6))
def test_a_memory_of_any_size_answers_like_none(batches: list[list[str]]) -> None:
    def numbers(texts: list[str]) -> np.ndarray:
        return np.array([[len(t), t.count("a")] for t in texts], float).reshape(len(texts), 2)

    small = Memo(numbers, most=5)
    for texts in batches:
        assert np.array_equal(small(texts), numbers(texts))


@given(st.text("年月日前每季汛期一三十半8壹%《》国标级优IT+-/.: 人台达合", max_size=12))
def test_where_no_figures_are_expected_none_are_found(text: str) -> None:
    target = parse_target(text)
    found = bool(target.quantities or target.moments or target.standards)
    assert has_figures(text) or not found
