"""Affinity: learned so that a row picks its own project, measured row by row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scorer.forms import Form
from scorer.models.affinity import MEASURES, Affinity, Bilinear, from_arrays
from scorer.models.affinity_fit import fit_affinity
from scorer.models.corpus import LabelledForm

SIZE, FORMS, ROWS = 8, 12, 6


def _world() -> tuple[Any, Any, list[LabelledForm]]:
    """Rows that point to the next axis of their project's vector: no cosine finds that."""
    rng = np.random.default_rng(0)
    project = np.eye(SIZE)[rng.permutation(np.arange(FORMS) % SIZE)]
    form = np.repeat(np.arange(FORMS), ROWS)
    row = np.roll(project, 1, axis=1)[form] + rng.normal(0, 0.1, (len(form), SIZE))
    row /= np.linalg.norm(row, axis=1, keepdims=True)
    forms = tuple(Form(project=str(project[f].argmax())) for f in range(FORMS))
    batch = SimpleNamespace(form=form, forms=forms)
    texts = [str(k) for k in range(len(row))]
    pairs = SimpleNamespace(
        texts=texts, row=row, project=project[form], context=project[form], others=row
    )
    items = [
        LabelledForm(f"f{k}", "", form.project or "", form, ()) for k, form in enumerate(forms)
    ]
    return batch, pairs, items


def _learned() -> tuple[Any, Any, Affinity]:
    batch, pairs, items = _world()
    every = np.ones(FORMS, bool), np.ones(FORMS * ROWS, bool), np.ones(FORMS * ROWS)
    return batch, pairs, fit_affinity(batch, pairs, items, *every)


def test_a_good_row_learns_to_pick_its_own_topic() -> None:
    _, pairs, learned = _learned()
    own = np.hstack([pairs.project, pairs.context])
    margin = MEASURES.index("margin")
    plain = Bilinear(np.tile(np.eye(SIZE), 2), learned.project.bank)

    def picked(part: Bilinear) -> float:
        mine = np.einsum("ij,ij->i", pairs.row @ part.weight, own)
        return float((part.measures(pairs.texts, pairs.row, mine)[:, margin] > -1e-2).mean())

    assert picked(plain) < 0.2
    assert picked(learned.project) > 0.9


def test_a_row_that_suits_all_alike_is_not_special() -> None:
    part = Bilinear(np.eye(3), np.eye(3))
    rows = np.array([[1.0, 1, 1], [3.0, 0, 0]])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    even, odd = part.measures(["even", "odd"], rows, np.ones(2))
    special = MEASURES.index("special")
    assert even[special] == pytest.approx(0.0, abs=1e-3)
    assert odd[special] > 0.1


def test_a_row_is_held_against_the_bank_exactly_alike_in_any_company() -> None:
    rng = np.random.default_rng(1)
    rows, bank = rng.normal(size=(700, 96)), rng.normal(size=(300, 96))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    part = Bilinear(rng.normal(size=(96, 96)), bank)
    whole = part.suits(rows)
    assert all(np.array_equal(part.suits(rows[k : k + 1])[0], whole[k]) for k in range(0, 700, 7))
    exact = rows @ part.weight @ bank.T
    assert np.abs(whole - exact).max() < 0.01 * np.abs(exact).max()


def test_stored_and_loaded_parts_say_the_same() -> None:
    batch, pairs, learned = _learned()
    again = from_arrays(learned.arrays())
    assert np.array_equal(learned.score(batch, pairs), again.score(batch, pairs))
