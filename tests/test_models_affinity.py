"""Affinity: learned so that a row picks its own project, measured row by row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scorer.models.affinity import MEASURES, Bilinear, from_arrays
from scorer.models.affinity_fit import fit_affinity

SIZE, FORMS, ROWS = 8, 12, 6


def _world() -> tuple[Any, Any]:
    """Rows that point to the next axis of their project's vector: no cosine finds that."""
    rng = np.random.default_rng(0)
    project = np.eye(SIZE)[rng.permutation(np.arange(FORMS) % SIZE)]
    form = np.repeat(np.arange(FORMS), ROWS)
    row = np.roll(project, 1, axis=1)[form] + rng.normal(0, 0.1, (len(form), SIZE))
    forms = tuple(SimpleNamespace(project=str(project[f].argmax())) for f in range(FORMS))
    batch = SimpleNamespace(form=form, forms=forms)
    pairs = SimpleNamespace(row=row, project=project[form], context=project[form], others=row)
    return batch, pairs


def test_a_good_row_learns_to_pick_its_own_project() -> None:
    batch, pairs = _world()
    every = np.ones(FORMS, bool), np.ones(FORMS * ROWS, bool), np.ones(FORMS * ROWS)
    learned = fit_affinity(batch, pairs, [str(f) for f in range(FORMS)], *every)
    own = np.hstack([pairs.project, pairs.context])
    margin = MEASURES.index("margin")
    plain = Bilinear(np.tile(np.eye(SIZE), 2), learned.project.bank)
    before = plain.measures(pairs.row, own)[:, margin]
    after = learned.project.measures(pairs.row, own)[:, margin]
    assert (before > -1e-2).mean() < 0.2
    assert (after > -1e-2).mean() > 0.9


def test_a_row_that_suits_all_alike_is_not_special() -> None:
    part = Bilinear(np.eye(3), np.eye(3))
    even, odd = part.measures(np.array([[1.0, 1, 1], [3.0, 0, 0]]), np.array([[1.0, 0, 0]] * 2))
    special = MEASURES.index("special")
    assert even[special] == pytest.approx(0.0)
    assert odd[special] > 0.5


def test_stored_and_loaded_parts_say_the_same() -> None:
    batch, pairs = _world()
    every = np.ones(FORMS, bool), np.ones(FORMS * ROWS, bool), np.ones(FORMS * ROWS)
    learned = fit_affinity(batch, pairs, [str(f) for f in range(FORMS)], *every)
    again = from_arrays(learned.arrays())
    assert np.array_equal(learned.score(batch, pairs), again.score(batch, pairs))
