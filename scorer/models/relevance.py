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
from scorer.heads import hollow
from scorer.models.features import Batch
from scorer.models.memo import Memo
from scorer.models.text import encode, normalise
from scorer.models.vectors import Vectors
from scorer.slogans import substance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

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
    "letters_context",
    "letters_project",
    "letters_others",
    "shared_letter",
    "lonely_letter",
    "context_length",
]
FIRST_LETTER, LETTERS = 0x4E00, 0x9FFF - 0x4E00 + 1
CONTEXT_WORDS = 128  # the most special words of a long overview are enough


def context_text(form: Form) -> str:
    """What the project is for: name, overview, goal, unit; slogans make no row familiar."""
    goal = form.goal.annual or form.goal.period
    told = [substance(text) for text in (form.overview, goal) if text]
    return normalise("|".join(p for p in (form.project, *told, form.unit) if p))


def said_by(name: str, value: str) -> str:
    """What a normalised row is about: name and value; the value alone where the name says
    nothing («建设意义: 丰富群众业余生活»)."""
    return value if value and hollow(name) else f"{name}|{value}"


@dataclass(frozen=True)
class WordWeights:
    """Word vectors and how special each word is (inverse document frequency)."""

    vectors: Vectors
    idf: NDArray[np.float32]
    letter_idf: NDArray[np.float32]  # of the letters from FIRST_LETTER on

    @cached_property
    def table(self) -> NDArray[np.float32]:
        """Each word's vector times its weight."""
        table: NDArray[np.float32] = self.vectors.table * self.idf[:, None]
        return table

    @cached_property
    def of_row(self) -> Memo:
        """The mean vectors of rows, remembered by their text."""
        return Memo(lambda texts: find_words(texts, self).means(self.table))

    @cached_property
    def of_row_rounded(self) -> Memo:
        """The same as models read them."""
        return Memo(lambda texts: _rounded(self.of_row(texts)))


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
    """``measures`` (row × MEASURES) and the mean vectors behind them.

    ``texts`` is what each row is about. Of the other rows each name counts once: a row said
    twice, for two years or to fill the table, says nothing more of the form.
    """

    texts: list[str]
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
    texts = [said_by(n, v) for n, v in zip(batch.names, batch.values, strict=True)]
    rows = find_words(texts, words)
    about = [context_text(f) for f in batch.forms]
    titles = [normalise(f.project or "") for f in batch.forms]
    contexts, projects = find_words(about, words), find_words(titles, words)
    table = words.vectors
    row = words.of_row(texts)
    context, project = contexts.means(words.table), projects.means(words.table)
    untitled = np.diff(projects.bounds) == 0
    project[untitled] = context[untitled]
    group, leads = _same_name(batch, texts)
    first = np.flatnonzero(leads)
    sums = _form_sums(row * leads[:, None], batch.form, len(batch.forms))
    others = _unit(sums[batch.form] - row[first][group])

    own = _Shares(rows, len(batch))
    form = batch.form[rows.owner] if len(rows.word) else rows.owner
    near_context, near_project = _nearest(rows, form, contexts, projects, table)
    in_context = _stands_in(form, rows.word, contexts, len(table.words))
    in_project = _stands_in(form, rows.word, projects, len(table.words))
    columns = [
        _dot(row, project[batch.form]),
        _dot(row, context[batch.form]),
        _dot(row, others),
        own.mean(near_context),
        own.mean(near_project),
        own.mean(in_context),
        own.mean(_in_other_rows(form, rows, group, len(table.words))),
        own.mean(in_project),
        own.total / np.maximum(own.count, 1),
        own.extreme(rows.weight, np.maximum, 0.0),
        own.extreme(near_context, np.minimum, 1.0),
        np.log1p(own.count),
        *_letter_measures(texts, about, titles, batch.form, group, words.letter_idf),
        np.log1p(list(map(len, about)))[batch.form],
    ]
    measures = np.round(np.column_stack(columns), 5)
    return RelevanceInputs(
        texts,
        measures,
        words.of_row_rounded(texts),
        _rounded(project)[batch.form],
        _rounded(context)[batch.form],
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
    size, count = len(table.words), len(contexts.bounds) - 1
    key, place = np.unique(form * size + rows.word, return_inverse=True)
    asked, asked_at = key % size, np.searchsorted(key, np.arange(count + 1) * size)
    best = np.zeros((2, len(key)), np.float32)
    context, context_at = _distinct(contexts, size)
    title, title_at = _distinct(projects, size)
    weight = np.zeros(size, np.float32)
    weight[contexts.word] = contexts.weight
    for f in form[np.flatnonzero(np.diff(form, prepend=-1))].tolist():
        own = slice(asked_at[f], asked_at[f + 1])
        about = context[context_at[f] : context_at[f + 1]]
        if len(about) > CONTEXT_WORDS:
            about = about[np.argsort(-weight[about], kind="stable")[:CONTEXT_WORDS]]
        name = title[title_at[f] : title_at[f + 1]]
        targets = np.concatenate([name, about])
        if not len(targets):
            continue
        alike = table.unit[asked[own]] @ table.unit[targets].T
        best[0, own] = alike.max(1)
        best[1, own] = alike[:, : len(name)].max(1) if len(name) else best[0, own]
    near[:] = best[:, place]
    return near[0], near[1]


def _distinct(texts: Words, size: int) -> tuple[Ints, Ints]:
    """The distinct words of each text end to end, and where each text's begin."""
    key = _sorted_once(texts.owner * size + texts.word)
    return key % size, np.searchsorted(key, np.arange(len(texts.bounds)) * size)


def _sorted_once(keys: Ints) -> Ints:
    """The distinct keys (none negative) in order: np.unique hashes them, which takes longer."""
    keys = np.sort(keys)
    out: Ints = keys[np.diff(keys, prepend=-1) != 0]
    return out


def _letter_measures(
    texts: Sequence[str],
    contexts: Sequence[str],
    titles: Sequence[str],
    form: Ints,
    group: Ints,
    idf: NDArray[np.float32],
) -> list[Floats]:
    """The row's letters that the context, the project's name and other rows have too, as a
    share of their weight; the heaviest that the context has, and that none of them has.

    Words of one trade share letters where they share no word: 驱鸟器 and 鸟击, 蜂农 and 蜂群.
    """
    count = len(texts)
    owner, letter = letters_of(texts)
    if not len(owner):
        return [np.zeros(count)] * 5
    weight = idf[letter].astype(np.float64)
    key = form[owner] * LETTERS + letter
    keys, place = np.unique(key, return_inverse=True)
    in_context, in_project = (
        np.isin(keys, _letter_keys(other), assume_unique=True)[place]
        for other in (contexts, titles)
    )
    names = _sorted_once(group[owner] * len(keys) + place)
    in_others = (np.bincount(names % len(keys)) > 1)[place]
    total = np.maximum(np.bincount(owner, weight, count), 1e-9)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    heaviest = np.zeros((2, count))
    for k, chosen in enumerate((in_context, ~in_context & ~in_others)):
        heaviest[k, owner[starts]] = np.maximum.reduceat(weight * chosen, starts)
    shares = [
        np.bincount(owner, weight * chosen, count) / total
        for chosen in (in_context, in_project, in_others)
    ]
    return [*shares, *heaviest]


def letters_of(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """The distinct Chinese letters of each text: (text, letter counted from FIRST_LETTER)."""
    key = _letter_keys(texts)
    return key // LETTERS, key % LETTERS


def _letter_keys(texts: Sequence[str]) -> Ints:
    codes = encode(texts, fold_digits=False)
    letter = codes.code.astype(np.int64) - FIRST_LETTER
    inside = (letter >= 0) & (letter < LETTERS)
    return _sorted_once(codes.row[inside] * LETTERS + letter[inside])


def _stands_in(form: Ints, word: Ints, texts: Words, size: int) -> Bools:
    """Whether each word stands in its form's text."""
    return np.isin(form * size + word, texts.owner * size + texts.word)


def _in_other_rows(form: Ints, rows: Words, group: Ints, size: int) -> Bools:
    """Whether each word stands under another name of its form as well."""
    keys, place = np.unique(form * size + rows.word, return_inverse=True)
    if not len(keys):
        return np.zeros(0, bool)
    names = _sorted_once(group[rows.owner] * len(keys) + place)
    out: Bools = (np.bincount(names % len(keys)) > 1)[place]
    return out


def _same_name(batch: Batch, texts: Sequence[str]) -> tuple[Ints, Bools]:
    """Each row's number among the distinct names of all forms (its value where ``texts``, what
    the rows are about, leaves the name out), and whether it is the first row of it."""
    seen: dict[tuple[int, str], int] = {}
    rows = zip(batch.form.tolist(), batch.names, batch.values, texts, strict=True)
    keys = [(f, v if t == v else n) for f, n, v, t in rows]
    group = np.array([seen.setdefault(key, len(seen)) for key in keys], np.int64)
    leads = np.diff(np.maximum.accumulate(group), prepend=-1) > 0 if len(group) else group > 0
    return group, leads


def _form_sums(values: NDArray[Any], form: Ints, count: int) -> NDArray[Any]:
    out: NDArray[Any] = np.zeros((count, values.shape[1]), values.dtype)
    if len(values):
        starts = np.flatnonzero(np.diff(form, prepend=-1))
        out[form[starts]] = np.add.reduceat(values, starts, axis=0)
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


def document_frequency(forms: Sequence[Form], table: Vectors) -> WordWeights:
    """Inverse document frequency of the table's words, and of letters, over whole forms."""
    texts = [
        normalise("|".join([context_text(f), *(f"{i.name}|{i.value}" for i in f.indicators)]))
        for f in forms
    ]
    at, word = table.match(texts)
    pairs = np.unique(at * len(table.words) + word)
    _, letter = letters_of(texts)
    return WordWeights(
        table,
        _inverse(np.bincount(pairs % len(table.words), minlength=len(table.words)), len(forms)),
        _inverse(np.bincount(letter, minlength=LETTERS), len(forms)),
    )


def _inverse(seen: Ints, count: int) -> NDArray[np.float32]:
    """log of forms by forms with it, as the artefact keeps it."""
    idf = np.log((count + 1) / (seen + 1)).astype(np.float16)
    return idf.astype(np.float32)
