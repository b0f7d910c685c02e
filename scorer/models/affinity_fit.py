"""Learns affinity: each good row must pick its own project out of many (softmax).

Projects of the row's own topic are no rivals: their rows may well be exchanged. Nor are
library topics of the same field that share a keyword.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.models.affinity import Affinity, Bilinear
from scorer.models.corpus import LIBRARY, LabelledForm
from scorer.models.features import Batch
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

START = 4.0  # the form begins as four times the plain cosine
RIDGE = 2e-4  # pull towards the start; chosen by grouped cross-validation
STEPS = 20
RIVALS = 600  # projects among which a row must find its own; more only take longer
SEED = 5
_NEVER = -30.0


def fit_affinity(
    batch: Batch,
    pairs: RelevanceInputs,
    items: Sequence[LabelledForm],
    forms: Bools,
    rows: Bools,
    weight: Floats,
) -> Affinity:
    """Both bilinear forms from the good ``rows`` of ``forms``; ``items`` are the forms.

    The bank is made of the library's topics (of all topics where there is no library): they
    carry no labels of written forms, so every fold may know them.
    """
    title, about, beside = _of_forms(batch, pairs)
    kept = np.flatnonzero(forms)
    chosen = np.random.default_rng(SEED).permutation(kept)[:RIVALS]
    barred = _kin(items, np.sort(chosen))[batch.form[rows]]
    bank = _topics(items)
    parts = []
    for vectors in (np.hstack([title, about]), beside):
        own = vectors[batch.form[rows]]
        form = _fit(pairs.row[rows], own, vectors[np.sort(chosen)], barred, weight[rows])
        parts.append(Bilinear(_stored(form), _stored(bank @ vectors)))
    return Affinity(*parts)


def _of_forms(batch: Batch, pairs: RelevanceInputs) -> tuple[Floats, Floats, Floats]:
    """Vectors of each form's name, context and rows (zero for a form without rows)."""
    out = np.zeros((3, len(batch.forms), pairs.row.shape[1]))
    starts = np.flatnonzero(np.diff(batch.form, prepend=-1))
    at = batch.form[starts]
    out[0, at], out[1, at] = pairs.project[starts], pairs.context[starts]
    sums = np.add.reduceat(pairs.row, starts, axis=0)
    out[2, at] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return out[0], out[1], out[2]


def _topics(items: Sequence[LabelledForm]) -> Floats:
    """Topic × form: which forms make up each topic of the bank, as shares."""
    known = np.array([i.id.startswith(LIBRARY) for i in items])
    known |= not known.any()
    topic = np.unique([i.topic for i in items], return_inverse=True)[1]
    names = np.unique(topic[known])
    member = (topic[None, :] == names[:, None]) & known[None, :]
    share: Floats = member / member.sum(1, keepdims=True)
    return share


def _kin(items: Sequence[LabelledForm], rivals: Ints) -> Bools:
    """Form × rival: whether they are of one topic, project, or neighbourhood."""
    topic = np.unique([i.topic for i in items], return_inverse=True)[1]
    project = np.unique([i.form.project or "" for i in items], return_inverse=True)[1]
    same: Bools = topic[:, None] == topic[None, rivals]
    same |= project[:, None] == project[None, rivals]
    words = [_keywords(item) for item in items]
    for n, rival in enumerate(rivals):
        if words[rival]:
            field = items[rival].field
            same[:, n] |= [
                i.field == field and not w.isdisjoint(words[rival])
                for i, w in zip(items, words, strict=True)
            ]
    return same


def _keywords(item: LabelledForm) -> frozenset[str]:
    """A library topic's keywords (its forms keep them in the overview)."""
    if not item.id.startswith(LIBRARY):
        return frozenset()
    return frozenset((item.form.overview or "").split("、"))


def _fit(rows: Floats, own: Floats, bank: Floats, barred: Bools, weight: Floats) -> Floats:
    """Minimise the cross-entropy of ``own`` against all of ``bank`` that is not barred."""
    from scipy.optimize import minimize

    left, mine, right = (part.astype(np.float32) for part in (rows, own, bank))
    share = (weight / weight.sum()).astype(np.float32)
    size = left.shape[1]
    start = START * np.tile(np.eye(size, dtype=np.float32), right.shape[1] // size)

    def loss(flat: Floats) -> tuple[float, Any]:
        form = flat.reshape(start.shape).astype(np.float32)
        asked = left @ form
        score = asked @ right.T
        score[barred] = _NEVER
        hit = np.einsum("ij,ij->i", asked, mine)
        top = np.maximum(score.max(1), hit)
        np.exp(np.subtract(score, top[:, None], out=score), out=score)
        found = np.exp(hit - top)
        total = score.sum(1) + found
        apart = form - start
        value = float((share * (np.log(total) + top - hit)).sum())
        score *= (share / total)[:, None]
        own_slope = (share * (found / total - 1))[:, None] * mine
        slope = left.T @ (score @ right + own_slope) + RIDGE * apart
        return value + 0.5 * RIDGE * float((apart**2).sum()), slope.astype(np.float64).ravel()

    found = minimize(
        loss,
        start.ravel().astype(np.float64),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS},
    )
    best: Floats = found.x.reshape(start.shape)
    return best


def _stored(values: Floats) -> Floats:
    """As the artefact keeps them."""
    return values.astype(np.float16).astype(np.float64)
