"""Peers: the library's rows of projects like this one speak for a row."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scorer.forms import Form
from scorer.models.corpus import LIBRARY, LabelledForm
from scorer.models.peers import MEASURES, TOPICS, Peers, from_arrays, from_library

SIZE = 8
NEAREST = MEASURES.index("nearest")


def _world() -> tuple[Any, Any, list[LabelledForm]]:
    """One library topic an axis, with one row near its axis; then two written forms."""
    axis = np.eye(SIZE)
    row = np.vstack([np.roll(axis, 1, axis=1), axis[1], axis[5]])
    project = np.vstack([axis, axis[0], axis[0]])
    names = [f"{LIBRARY}{k}" for k in range(SIZE)] + ["甲", "乙"]
    items = [LabelledForm(name, "", name, Form(), ()) for name in names]
    return _batch(len(row)), _pairs(row, project), items


def _batch(rows: int) -> Any:
    class Batch(SimpleNamespace):
        def __len__(self) -> int:
            return rows

    return Batch(form=np.arange(rows))


def _pairs(row: Any, project: Any) -> Any:
    return SimpleNamespace(row=row, project=project, context=project)


@pytest.fixture
def peers() -> Peers:
    batch, pairs, items = _world()
    return from_library(items, batch, pairs)


def test_only_the_library_lends_its_rows(peers: Peers) -> None:
    assert len(peers.row) == len(peers.title) == SIZE
    assert peers.bounds.tolist() == list(range(SIZE + 1))


def test_a_row_of_a_project_like_this_one_is_near(peers: Peers) -> None:
    batch, pairs, _ = _world()
    found = peers.measures(batch, pairs)
    own, other = found[SIZE, NEAREST], found[SIZE + 1, NEAREST]
    assert own == pytest.approx(1.0, abs=0.02)
    assert other < 0.1


def test_each_form_is_measured_alone_as_in_a_batch(peers: Peers) -> None:
    batch, pairs, _ = _world()
    whole = peers.measures(batch, pairs)
    for k in range(len(batch)):
        one = _pairs(pairs.row[k : k + 1], pairs.project[k : k + 1])
        assert np.array_equal(peers.measures(_batch(1), one)[0], whole[k])
    assert peers.measures(_batch(0), _pairs(pairs.row[:0], pairs.project[:0])).shape == (0, 2)


def test_stored_and_loaded_peers_say_the_same(peers: Peers) -> None:
    batch, pairs, _ = _world()
    again = from_arrays(peers.arrays())
    assert np.array_equal(again.measures(batch, pairs), peers.measures(batch, pairs))
    assert TOPICS < SIZE
