"""The rows of all forms as numbers with labels, folds and weights: what training reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.models import corpus, relevance, vectors
from scorer.models.augment import moved_forms
from scorer.models.corpus import LABELS, LabelledForm
from scorer.models.features import CLASSES, MERGED, Batch, batch_of
from scorer.models.peers import Peers, from_library
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SEED = 7
MOVED_WEIGHT = 0.35  # a moved-in form counts a third of a written one
LIBRARY_WEIGHT = 0.2  # good rows only: more of them would tilt the balance
REVIEW_WEIGHT = 5.0  # a bureau's own word counts five times
SPECIAL = 3.5  # idf from which a word is special enough to belong to one trade


@dataclass(frozen=True)
class Table:
    """Rows of some forms as numbers, with labels, folds and weights, ready to fit."""

    items: list[LabelledForm]
    batch: Batch
    pairs: RelevanceInputs
    peers: Floats  # what the library's rows say of each (peers.py)
    fold: NDArray[np.int64]
    weight: Floats
    truth: dict[str, Bools]
    known: dict[str, Bools]
    right: NDArray[np.int64]
    library: Bools  # a row of the indicator library
    measured: Bools  # a row of a written form: figures are made of these alone


@dataclass(frozen=True)
class CrossValidated:
    """Scores of each row by models that saw neither its topic nor its project."""

    score: dict[str, Floats]
    chance: dict[str, Floats]
    scale: dict[str, tuple[float, float]]
    thresholds: dict[str, float]
    placement: Floats
    moved_chance: Floats  # of the rows of moved-in forms that are strangers or fit
    moved_truth: Bools


def tables(
    items: list[LabelledForm], words: vectors.Vectors
) -> tuple[Table, Table, relevance.WordWeights, Peers]:
    """Written rows, rows moved between projects, the words with their weights, the library."""
    weighing = relevance.document_frequency([i.form for i in items], words)
    weights = np.array([_weight(item) for item in items])
    batch = batch_of([i.form for i in items])
    pairs = relevance.relevance_inputs(batch, weighing)
    library = from_library(items, batch, pairs)
    written = _table(items, batch, pairs, weights, library)
    special = pairs.measures[:, relevance.MEASURES.index("most_special")] >= SPECIAL
    ends = np.cumsum([len(i.labels) for i in items])[:-1]
    may_move = [part.tolist() for part in np.split(special, ends)]
    forms = [not i.id.startswith(corpus.LIBRARY) for i in items]
    strangers = [m.item for m in moved_forms(items, may_move, SEED, forms)]
    batch = batch_of([i.form for i in strangers])
    pairs = relevance.relevance_inputs(batch, weighing)
    moved = _table(strangers, batch, pairs, weights[forms] * MOVED_WEIGHT, library)
    return written, moved, weighing, library


def _table(
    items: list[LabelledForm],
    batch: Batch,
    pairs: RelevanceInputs,
    weights: Floats,
    library: Peers,
) -> Table:
    labels = [label for i in items for label in i.labels]
    said = {name: [getattr(label, name) for label in labels] for name in LABELS}
    at = {c: CLASSES.index(MERGED.get(c, c)) for c in (*CLASSES, *MERGED)}
    return Table(
        items,
        batch,
        pairs,
        library.measures(batch, pairs),
        np.array([i.fold for i in items])[batch.form],
        weights[batch.form],
        {name: np.array([bool(v) for v in values]) for name, values in said.items()},
        {name: np.array([v is not None for v in values]) for name, values in said.items()},
        np.array([at.get(label.right_level2 or "", -1) for label in labels]),
        np.array([i.id.startswith(corpus.LIBRARY) for i in items])[batch.form],
        np.array([not i.id.startswith((corpus.LIBRARY, "review-")) for i in items])[batch.form],
    )


def _weight(item: LabelledForm) -> float:
    if item.id.startswith(corpus.LIBRARY):
        return LIBRARY_WEIGHT
    return REVIEW_WEIGHT if item.id.startswith("review-") else 1.0
