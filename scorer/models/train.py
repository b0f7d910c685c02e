"""Trains all models from ``data/`` and writes them with their cards. Same data, same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.lexicon import lexicon_path
from scorer.models import artefacts, bundle, corpus, fitting, metrics, vectors
from scorer.models.affinity import Affinity
from scorer.models.affinity_fit import fit_affinity
from scorer.models.cards import cards
from scorer.models.corpus import LABELS, LabelledForm
from scorer.models.linear import Linear
from scorer.models.stages import HEAD, TREE_LABELS, Scores, inputs
from scorer.models.tables import CrossValidated, Table, tables
from scorer.models.trees import Trees

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Fitted:
    """The first stage without some folds, and what it says of written and moved rows."""

    linear: Linear
    pair: bundle.Pair
    affinity: Affinity
    written: Scores
    moved: Scores


def train(
    data: Path,
    out: Path,
    reviews: Sequence[LabelledForm] = (),
    table: Path | None = None,
    say: Say = lambda _: None,
) -> dict[str, str]:
    """Train on ``data/rows`` (and a bureau's ``reviews``), write artefacts and cards to ``out``.

    ``table`` is the folder of the word vectors (default: ``out``). Returns model -> SHA-256.
    """
    corpus.write_split(data)  # new topics get their fold; topics already there keep theirs
    forms = [*corpus.load(data), *corpus.library(lexicon_path("indicators.csv"))]
    models, checked, written = fit(forms, reviews, load_vectors(table or out), say)
    say("写模型卡片")
    notes = cards(written, checked, data, bool(reviews))
    return bundle.save(models, out, notes)


def load_vectors(folder: Path) -> vectors.Vectors:
    """The word vectors of ``folder``."""
    return vectors.from_arrays(artefacts.load(folder, "vectors")[0])


def fit(
    forms: Sequence[LabelledForm],
    reviews: Sequence[LabelledForm],
    words: vectors.Vectors,
    say: Say = lambda _: None,
) -> tuple[bundle.Models, CrossValidated, Table]:
    """All models, what cross-validation says of them, and the written rows."""
    import sklearn.ensemble  # noqa: F401  (its thread pools must be there to be limited)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        say("看表")
        written, moved, weighing, library = tables([*forms, *reviews], words)
        fitter = fitting.RowFitter(written.batch)
        stages: dict[frozenset[int], Fitted] = {}
        folds = range(corpus.FOLDS)
        for size in (0, 1, 2):
            for left_out in combinations(folds, size):
                say(f"第一层，留出{list(left_out)}")
                stages[frozenset(left_out)] = _first_stage(fitter, written, moved, left_out)
        say("第二层")
        checked = _cross_validate(written, moved, stages)
        trees = {
            label: _fit_trees(label, written, moved, *_unseen(stages, written, moved, ()))
            for label in TREE_LABELS
        }
    whole = stages[frozenset()]
    models = bundle.Models(
        whole.linear,
        whole.pair,
        whole.affinity,
        library,
        weighing,
        trees,
        checked.scale,
        checked.thresholds,
    )
    return models, checked, written


def _first_stage(
    fitter: fitting.RowFitter, written: Table, moved: Table, left_out: Iterable[int]
) -> Fitted:
    use = ~np.isin(written.fold, list(left_out))
    linear = fitter.fit(written.truth, written.known, written.right, use, written.weight)
    both = [(written, use), (moved, ~np.isin(moved.fold, list(left_out)))]
    rows = [(t, mask & t.known["mismatch"]) for t, mask in both]
    pair = fitting.fit_pair(
        np.vstack([t.pairs.products[m] for t, m in rows]),
        np.concatenate([t.truth["mismatch"][m] for t, m in rows]),
        np.concatenate([t.weight[m] for t, m in rows]),
    )
    affinity = fit_affinity(
        written.batch,
        written.pairs,
        written.items,
        ~np.isin([i.fold for i in written.items], list(left_out)),
        use & written.known["mismatch"] & ~written.truth["mismatch"],
        written.weight,
    )
    said = [
        Scores(
            linear.score(t.batch), pair.score(t.pairs), affinity.score(t.batch, t.pairs), t.peers
        )
        for t in (written, moved)
    ]
    return Fitted(linear, pair, affinity, *said)


def _unseen(
    stages: dict[frozenset[int], Fitted], written: Table, moved: Table, left_out: tuple[int, ...]
) -> tuple[Scores, Scores]:
    """First-stage scores of each row by models that saw neither its fold nor ``left_out``."""
    both = []
    for table, which in ((written, "written"), (moved, "moved")):
        said: list[Scores] = [
            getattr(stages[frozenset({fold, *left_out})], which) for fold in range(corpus.FOLDS)
        ]
        out = Scores(*(np.zeros_like(part) for part in said[0].parts()))
        for fold, own in enumerate(said):
            rows = table.fold == fold
            for whole, part in zip(out.parts(), own.parts(), strict=True):
                whole[rows] = part[rows]
        both.append(out)
    return both[0], both[1]


def _fit_trees(
    label: str,
    written: Table,
    moved: Table,
    said: Scores,
    said_moved: Scores,
    left_out: tuple[int, ...] = (),
) -> Trees:
    parts = [(written, said)]
    if label == "mismatch":
        parts.append((moved, said_moved))
    masks = [t.known[label] & ~t.library & ~np.isin(t.fold, left_out) for t, _ in parts]
    return fitting.fit_trees(
        label,
        np.vstack(
            [inputs(label, t.batch, s, t.pairs)[m] for (t, s), m in zip(parts, masks, strict=True)]
        ),
        np.concatenate([t.truth[label][m] for (t, _), m in zip(parts, masks, strict=True)]),
        np.concatenate([t.weight[m] for (t, _), m in zip(parts, masks, strict=True)]),
    )


def _cross_validate(
    written: Table, moved: Table, stages: dict[frozenset[int], Fitted]
) -> CrossValidated:
    size = len(written.batch)
    score = {label: np.zeros(size) for label in LABELS}
    moved_score = np.zeros(len(moved.batch))
    for fold in range(corpus.FOLDS):
        test, test_moved = written.fold == fold, moved.fold == fold
        said, said_moved = _unseen(stages, written, moved, (fold,))
        score["vague"][test] = said.linear[test, HEAD["vague"]]
        for label in TREE_LABELS:
            trees = _fit_trees(label, written, moved, said, said_moved, (fold,))
            score[label][test] = trees.score(
                inputs(label, written.batch, said, written.pairs)[test]
            )
            if label == "mismatch":
                matrix = inputs(label, moved.batch, said_moved, moved.pairs)
                moved_score[test_moved] = trees.score(matrix[test_moved])
    scale, chance, thresholds = {}, {}, {}
    for label in LABELS:
        rows = written.known[label] & written.measured
        scale[label] = fitting.fit_scale(score[label][rows], written.truth[label][rows])
        chance[label] = _cross_scaled(score[label], written, label)
        level = metrics.best_threshold if label == "vague" else metrics.middle_threshold
        thresholds[label] = round(level(written.truth[label][rows], chance[label][rows]), 4)
    said, _ = _unseen(stages, written, moved, ())
    came, truth = _strangers(written, moved)
    moved_chance = bundle.calibrated(moved_score, scale["mismatch"])[came]
    return CrossValidated(
        score, chance, scale, thresholds, said.placement(), moved_chance, truth[came]
    )


def _strangers(written: Table, moved: Table) -> tuple[Bools, Bools]:
    """Rows of moved-in forms to measure by (own mismatched rows left out), and which moved."""
    came = np.zeros(len(moved.batch), bool)
    start = 0
    forms = [i for i in written.items if not i.id.startswith(corpus.LIBRARY)]
    for own, item in zip(forms, moved.items, strict=True):
        for r, indicator in enumerate(item.form.indicators):
            came[start + r] = indicator is not own.form.indicators[r]
        start += len(item.labels)
    return moved.measured & (came | ~moved.truth["mismatch"]), came


def _cross_scaled(score: Floats, table: Table, label: str) -> Floats:
    """Calibrated probabilities, the two numbers of each fold fitted on the other folds."""
    out = np.zeros(len(score))
    for fold in range(corpus.FOLDS):
        test = table.fold == fold
        rows = ~test & table.known[label] & table.measured
        out[test] = bundle.calibrated(
            score, fitting.fit_scale(score[rows], table.truth[label][rows])
        )[test]
    return out


def reviews_from(path: Path) -> list[LabelledForm]:
    """A bureau's own confirmations and dismissals: rows as `evaluate` reads them, in which
    a label is present where somebody decided. Raises RowsError for an unreadable file."""
    from scorer.models.rowsfile import forms_of, read_rows

    rows = read_rows(path)
    grouped = forms_of(rows)
    labels: list[list[corpus.Labels]] = [
        [corpus.Labels()] * len(f.indicators) for f in grouped.forms
    ]
    for row, (f, r) in zip(rows, grouped.place, strict=True):
        said = {name: row.get(name) for name in LABELS}
        level = None if said["misplaced"] else grouped.forms[f].indicators[r].level2
        level = row.get("right_level2") or (level if said["misplaced"] is False else None)
        labels[f][r] = corpus.Labels(**said, right_level2=level)
    return [
        LabelledForm(f"review-{k}", "", f"review-{k}", form, tuple(own), k % corpus.FOLDS)
        for k, (form, own) in enumerate(zip(grouped.forms, labels, strict=True))
    ]


__all__ = ["CrossValidated", "Table", "fit", "load_vectors", "reviews_from", "train"]
