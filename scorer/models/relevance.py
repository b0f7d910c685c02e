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
from typing import Any

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
    "words_project",
    "shared_context",
    "shared_others",
    "shared_project",
    "special",
    "most_special",
    "loneliest_word",
    "words",
]
STANDING = (0, 1, 2, 3, 4)  # measures also given against the form's own mean
CONTEXT_WORDS = 128  # the most special words of a long overview are enough


def context_text(form: Form) -> str:
    """What the project is for: name, overview, goal, unit."""
    goal = form.goal.annual or form.goal.period
    parts = [form.project, form.overview, goal, form.unit]
    return normalise("|".join(p for p in parts if p))


@dataclass(frozen=True)
class WordWeights:
    """Word vectors and how special each word is (inverse document frequency)."""

    vectors: Vectors
    idf: NDArray[np.float32]

    @cached_property
    def table(self) -> NDArray[np.float32]:
        """Each word's vector times its weight."""
        table: NDArray[np.float32] = self.vectors.table * self.idf[:, None]
        return table


@dataclass(frozen=True)
class Words:
    """The table words of many texts: ``word`` and ``weight`` per find, ``owner`` its text."""

    word: Ints
    weight: NDArray[np.float32]
    owner: Ints
    bounds: Ints  # text k has the finds bounds[k]:bounds[k + 1]

    def means(self, weighted: NDArray[np.float32]) -> NDArray[np.float32]:
        """Each text's weighted mean vector, of length one (zero without words)."""
        out = np.zeros((len(self.bounds) - 1, weighted.shape[1]), np.float32)
        if len(self.word):
            filled = np.flatnonzero(np.diff(self.bounds))
            out[filled] = np.add.reduceat(weighted[self.word], self.bounds[filled], axis=0)
        return _unit(out)


@dataclass(frozen=True)
class RelevanceInputs:
    """``measures`` (row × MEASURES, then standings) and the mean vectors behind them."""

    measures: Floats
    row: Floats
    project: Floats
    context: Floats
    others: Floats

    @cached_property
    def products(self) -> Floats:
        """Row × project, row × context, and the row itself: what the linear part weighs."""
        block = [self.row * self.project, self.row * self.context, self.row, self.measures]
        return np.hstack(block)


def relevance_inputs(batch: Batch, words: WordWeights) -> RelevanceInputs:
    """Measures and vectors of all rows. Sums run text by text and form by form, so a form's
    numbers do not depend on what else is in the batch."""
    texts = [f"{n}|{v}" for n, v in zip(batch.names, batch.values, strict=True)]
    rows = find_words(texts, words)
    contexts = find_words([context_text(f) for f in batch.forms], words)
    projects = find_words([normalise(f.project or "") for f in batch.forms], words)
    table = words.vectors
    row, context, project = (found.means(words.table) for found in (rows, contexts, projects))
    untitled = np.diff(projects.bounds) == 0
    project[untitled] = context[untitled]
    sums = _form_sums(row, batch.form, len(batch.forms))
    others = _unit(sums[batch.form] - row)
    title, about = project[batch.form], context[batch.form]

    own = _Shares(rows, len(batch))
    form = batch.form[rows.owner] if len(rows.word) else rows.owner
    near_context, near_project = _nearest(rows, form, contexts, projects, table)
    in_context = _stands_in(form, rows.word, contexts, len(table.words))
    in_project = _stands_in(form, rows.word, projects, len(table.words))
    columns = [
        _dot(row, title),
        _dot(row, about),
        _dot(row, others),
        own.mean(near_context),
        own.mean(near_project),
        own.mean(in_context),
        own.mean(_in_other_rows(form, rows, len(table.words))),
        own.mean(in_project),
        own.total / np.maximum(own.count, 1),
        own.extreme(rows.weight, np.maximum, 0.0),
        own.extreme(near_context, np.minimum, 1.0),
        np.log1p(own.count),
    ]
    measures = np.round(np.column_stack(columns), 5)
    standing = against_form(measures[:, STANDING], batch.form, len(batch.forms))
    return RelevanceInputs(
        np.round(np.hstack([measures, standing]), 5),
        _rounded(row),
        _rounded(title),
        _rounded(about),
        _rounded(others),
    )


def find_words(texts: Sequence[str], words: WordWeights) -> Words:
    """The table words of each text with their weights."""
    at, word = words.vectors.match(texts)
    bounds = np.searchsorted(at, np.arange(len(texts) + 1))
    return Words(word, words.idf[word], at, bounds)


class _Shares:
    """Means over the words of each row, weighted by how special the words are."""

    def __init__(self, words: Words, count: int) -> None:
        self.owner = words.owner
        self.rows = count
        self.count: Ints = np.bincount(words.owner, minlength=count).astype(np.int64)
        self.total: Floats = np.bincount(words.owner, words.weight, count).astype(np.float64)
        self.share = words.weight / np.maximum(self.total, 1e-9)[words.owner]

    def mean(self, value: NDArray[Any]) -> Floats:
        return np.bincount(self.owner, self.share * value, self.rows).astype(np.float64)

    def extreme(self, value: NDArray[Any], which: np.ufunc, start: float) -> Floats:
        out = np.full(self.rows, start)
        which.at(out, self.owner, value)
        return out


def _nearest(
    rows: Words, form: Ints, contexts: Words, projects: Words, table: Vectors
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How near each word of a row comes to any word of its form's context, and of its name."""
    near = np.zeros((2, len(rows.word)), np.float32)
    if not len(form):
        return near[0], near[1]
    forms, starts = np.unique(form, return_index=True)
    for f, a, b in zip(forms, starts, [*starts[1:], len(form)], strict=True):
        context = _most_special(contexts, f)
        title = np.unique(projects.word[projects.bounds[f] : projects.bounds[f + 1]])
        asked, place = np.unique(rows.word[a:b], return_inverse=True)
        targets = np.concatenate([title, context])
        if not len(targets):
            continue
        alike = table.unit[asked] @ table.unit[targets].T
        near[0, a:b] = alike.max(1)[place]
        near[1, a:b] = alike[:, : len(title)].max(1)[place] if len(title) else near[0, a:b]
    return near[0], near[1]


def _most_special(contexts: Words, f: int) -> Ints:
    a, b = contexts.bounds[f], contexts.bounds[f + 1]
    words, first = np.unique(contexts.word[a:b], return_index=True)
    if len(words) <= CONTEXT_WORDS:
        return words
    order = np.argsort(-contexts.weight[a:b][first], kind="stable")[:CONTEXT_WORDS]
    out: Ints = words[order]
    return out


def _stands_in(form: Ints, word: Ints, texts: Words, size: int) -> NDArray[np.bool_]:
    """Whether each word stands in its form's text."""
    return np.isin(form * size + word, texts.owner * size + texts.word)


def _in_other_rows(form: Ints, rows: Words, size: int) -> NDArray[np.bool_]:
    """Whether each word stands in another row of its form as well."""
    key = form * size + rows.word
    pairs = np.unique(np.column_stack([key, rows.owner]), axis=0)
    keys, count = np.unique(pairs[:, 0], return_counts=True)
    out: NDArray[np.bool_] = count[np.searchsorted(keys, key)] > 1
    return out


def _form_sums(values: NDArray[Any], form: Ints, count: int) -> NDArray[Any]:
    out: NDArray[Any] = np.zeros((count, values.shape[1]), values.dtype)
    if len(values):
        starts = np.flatnonzero(np.diff(form, prepend=-1))
        out[form[starts]] = np.add.reduceat(values, starts, axis=0)
    return out


def against_form(values: Floats, form: Ints, count: int) -> Floats:
    """Each value's distance from its form's mean, in the form's own spread."""
    size = np.maximum(np.bincount(form, minlength=count), 1)[:, None]
    mean = _form_sums(values, form, count) / size
    apart = values - mean[form]
    spread = np.sqrt(_form_sums(apart**2, form, count) / size)
    out: Floats = apart / (spread[form] + 0.03)
    return out


def _dot(left: NDArray[np.float32], right: NDArray[np.float32]) -> Floats:
    out: Floats = np.einsum("ij,ij->i", left, right).astype(np.float64)
    return out


def _rounded(vectors: NDArray[np.float32]) -> Floats:
    wide: Floats = vectors.astype(np.float64)
    return wide.round(5)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norm = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    out: NDArray[np.float32] = vectors / np.maximum(norm, 1e-9)[:, None]
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
