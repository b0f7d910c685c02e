"""Does a row serve this project? The row's words against the form's own words.

For each row: how near its words come to the project's name, to overview and goal, and to
the other rows; which of its words occur there; how special its words are at all; and how
the row stands against its neighbours in the same form. A model then weighs these with
what the row says by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorer.forms import Form
from scorer.models.features import Batch
from scorer.models.text import normalise
from scorer.models.vectors import Vectors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MEASURES = [
    "near_project",
    "near_context",
    "near_others",
    "words_context",
    "words_others",
    "words_project",
    "shared_context",
    "shared_others",
    "shared_project",
    "nearest_row",
    "special",
    "most_special",
    "loneliest_word",
    "words",
]
STANDING = (0, 1, 2, 3, 4)  # measures also given against the form's own mean
CONTEXT_WORDS = 160  # the most special words of a long overview are enough


def context_text(form: Form) -> str:
    """What the project is for: name, overview, goal, unit."""
    goal = form.goal.annual or form.goal.period
    parts = [form.project, form.overview, goal, form.unit]
    return normalise("|".join(p for p in parts if p))


@dataclass(frozen=True)
class Words:
    """The table words of one text with their weights."""

    at: Ints
    weight: Floats


@dataclass(frozen=True)
class RelevanceInputs:
    """``measures`` (row × MEASURES, then standings) and the mean vectors behind them."""

    measures: Floats
    row: Floats
    project: Floats
    context: Floats

    @cached_property
    def products(self) -> Floats:
        """Row × project, row × context, and the row itself: what the linear part weighs."""
        block = [self.row * self.project, self.row * self.context, self.row, self.measures]
        return np.hstack(block)


def relevance_inputs(batch: Batch, table: Vectors, idf: NDArray[np.float32]) -> RelevanceInputs:
    """Measures and vectors of all rows. Each form is worked alone, so its numbers do not
    depend on what else is in the batch."""
    rows = _words([f"{n}|{v}" for n, v in zip(batch.names, batch.values, strict=True)], table, idf)
    contexts = _words([context_text(f) for f in batch.forms], table, idf)
    projects = _words([normalise(f.project or "") for f in batch.forms], table, idf)
    size, width = len(batch), table.table.shape[1]
    measures = np.zeros((size, len(MEASURES) + len(STANDING)))
    vectors = [np.zeros((size, width)) for _ in range(3)]
    start = 0
    for k, form in enumerate(batch.forms):
        end = start + len(form.indicators)
        if end > start:
            part = _form_measures(rows[start:end], contexts[k], projects[k], table)
            measures[start:end] = part[0]
            for whole, own in zip(vectors, part[1:], strict=True):
                whole[start:end] = own
        start = end
    return RelevanceInputs(np.round(measures, 5), *(np.round(v, 5) for v in vectors))


def _words(texts: Sequence[str], table: Vectors, idf: NDArray[np.float32]) -> list[Words]:
    at, word = table.match(texts)
    ends = np.searchsorted(at, np.arange(1, len(texts) + 1))
    weight = idf[word].astype(np.float64)
    return [
        Words(word[a:b], weight[a:b])
        for a, b in zip([0, *ends[:-1]], ends, strict=True)
    ]


def _form_measures(
    rows: list[Words], context: Words, project: Words, table: Vectors
) -> tuple[Floats, Floats, Floats, Floats]:
    count = len(rows)
    word = np.concatenate([r.at for r in rows])
    weight = np.concatenate([r.weight for r in rows])
    owner = np.repeat(np.arange(count), [len(r.at) for r in rows])
    total = np.bincount(owner, weight, count)
    share = weight / np.maximum(total, 1e-9)[owner]

    row = _means(table, word, weight, owner, count)
    about = _mean(table, context)
    title = _mean(table, project) if len(project.at) else about
    whole = row.sum(0)
    others = _unit(whole - row)
    alike = row @ row.T
    np.fill_diagonal(alike, -1.0)

    own = table.unit[word]
    context_words = _most_special(context)
    near_context = _best(own, table.unit[context_words])
    near_project = _best(own, table.unit[np.unique(project.at)]) if len(project.at) else near_context
    near_others, in_others = _among_rows(word, owner, own)

    def mean(value: NDArray[np.float64]) -> Floats:
        return np.bincount(owner, share * value, count)

    lonely = np.ones(count)
    np.minimum.at(lonely, owner, near_context)
    special = np.zeros(count)
    np.maximum.at(special, owner, weight)
    sizes = np.bincount(owner, minlength=count)
    columns = [
        row @ title,
        row @ about,
        (row * others).sum(1),
        mean(near_context),
        mean(near_others),
        mean(near_project),
        mean(np.isin(word, context.at).astype(float)),
        mean(in_others),
        mean(np.isin(word, project.at).astype(float)),
        alike.max(1) if count > 1 else np.zeros(count),
        total / np.maximum(sizes, 1),
        special,
        lonely,
        np.log1p(sizes),
    ]
    measures = np.column_stack(columns)
    standing = measures[:, STANDING]
    standing = (standing - standing.mean(0)) / (standing.std(0) + 0.03)
    shape = (count, len(about))
    wide = (np.broadcast_to(title, shape), np.broadcast_to(about, shape))
    return np.hstack([measures, standing]), row, *wide


def _among_rows(word: Ints, owner: Ints, own: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Each word's nearest word in another row of the form, and whether it stands there too."""
    kept, place = np.unique(word, return_inverse=True)
    first = np.full(len(kept), len(word))
    last = np.full(len(kept), -1)
    np.minimum.at(first, place, owner)
    np.maximum.at(last, place, owner)
    unit = np.zeros((len(kept), own.shape[1]), np.float32)
    unit[place] = own
    alike = unit @ unit.T
    only = first == last  # a word of one row alone is no witness for that row
    mine = only[None, :] & (first[None, :] == owner[:, None])
    shared = first != last
    masked = np.where(mine, -1.0, alike[place])
    nearest = masked.max(1) if masked.size else np.zeros(len(word))
    nearest = np.where(shared[place], 1.0, np.maximum(nearest, 0.0))
    return nearest.astype(np.float64), shared[place].astype(np.float64)


def _most_special(context: Words) -> Ints:
    words, first = np.unique(context.at, return_index=True)
    if len(words) <= CONTEXT_WORDS:
        return words
    order = np.argsort(-context.weight[first], kind="stable")[:CONTEXT_WORDS]
    out: Ints = np.sort(words[order])
    return out


def _best(own: NDArray[np.float32], other: NDArray[np.float32]) -> Floats:
    if not len(own) or not len(other):
        return np.zeros(len(own))
    return np.asarray((own @ other.T).max(1), np.float64)


def _means(table: Vectors, word: Ints, weight: Floats, owner: Ints, count: int) -> Floats:
    spread = np.zeros((count, len(word)))
    spread[owner, np.arange(len(word))] = weight
    return _unit(spread @ table.table[word])


def _mean(table: Vectors, words: Words) -> Floats:
    if not len(words.at):
        return np.zeros(table.table.shape[1])
    return _unit(words.weight @ table.table[words.at].astype(np.float64))


def _unit(vectors: Floats) -> Floats:
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    out: Floats = vectors / np.maximum(norm, 1e-9)
    return out


def document_frequency(forms: Sequence[Form], table: Vectors) -> NDArray[np.float32]:
    """Inverse document frequency of the table's words over whole forms."""
    texts = [
        normalise("|".join([context_text(f), *(f"{i.name}|{i.value}" for i in f.indicators)]))
        for f in forms
    ]
    at, word = table.match(texts)
    pairs = np.unique(at * len(table.words) + word)
    seen = np.bincount(pairs % len(table.words), minlength=len(table.words))
    idf: NDArray[np.float32] = np.log((len(forms) + 1) / (seen + 1)).astype(np.float32)
    return idf
