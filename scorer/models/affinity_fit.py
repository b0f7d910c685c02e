"""Learns affinity: each good row must pick its own project out of all others (softmax).

Projects of the row's own topic are no rivals: their rows may well be exchanged.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.models.affinity import Affinity, Bilinear
from scorer.models.features import Batch
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

START = 4.0  # the form begins as four times the plain cosine
RIDGE = 2e-4  # pull towards the start; chosen by grouped cross-validation
STEPS = 20
_NEVER = -30.0


def fit_affinity(
    batch: Batch,
    pairs: RelevanceInputs,
    topics: list[str],
    forms: Bools,
    rows: Bools,
    weight: Floats,
) -> Affinity:
    """Both bilinear forms from the good ``rows`` of ``forms``; ``topics`` one a form."""
    title, about, beside = _of_forms(batch, pairs)
    kept = np.flatnonzero(forms)
    place = np.full(len(forms), -1)
    place[kept] = np.arange(len(kept))
    same = _kin([topics[f] for f in kept]) | _kin([batch.forms[f].project or "" for f in kept])
    np.fill_diagonal(same, False)
    own = place[batch.form[rows]]
    projects = np.hstack([title, about])[kept]
    return Affinity(
        *(
            _fit(pairs.row[rows], own, bank, same[own], weight[rows])
            for bank in (projects, beside[kept])
        )
    )


def _of_forms(batch: Batch, pairs: RelevanceInputs) -> tuple[Floats, Floats, Floats]:
    """Vectors of each form's name, context and rows (zero for a form without rows)."""
    out = np.zeros((3, len(batch.forms), pairs.row.shape[1]))
    starts = np.flatnonzero(np.diff(batch.form, prepend=-1))
    at = batch.form[starts]
    out[0, at], out[1, at] = pairs.project[starts], pairs.context[starts]
    sums = np.add.reduceat(pairs.row, starts, axis=0)
    out[2, at] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return out[0], out[1], out[2]


def _kin(words: list[str]) -> Bools:
    number = np.unique(words, return_inverse=True)[1]
    same: Bools = number[:, None] == number[None, :]
    return same


def _fit(rows: Floats, own: Ints, bank: Floats, barred: Bools, weight: Floats) -> Bilinear:
    """Minimise the cross-entropy of ``own`` among all of ``bank`` that is not barred."""
    from scipy.optimize import minimize

    left, right = rows.astype(np.float32), bank.astype(np.float32)
    share = (weight / weight.sum()).astype(np.float32)
    at = np.arange(len(left))
    size = left.shape[1]
    start = START * np.tile(np.eye(size, dtype=np.float32), right.shape[1] // size)

    def loss(flat: Floats) -> tuple[float, Any]:
        form = flat.reshape(start.shape).astype(np.float32)
        score = left @ (form @ right.T)
        score[barred] = _NEVER
        score -= score.max(1, keepdims=True)
        mine = score[at, own].copy()
        np.exp(score, out=score)
        total = score.sum(1)
        apart = form - start
        value = float((share * (np.log(total) - mine)).sum())
        score *= (share / total)[:, None]
        score[at, own] -= share
        slope = (left.T @ score) @ right + RIDGE * apart
        return value + 0.5 * RIDGE * float((apart**2).sum()), slope.astype(np.float64).ravel()

    found = minimize(
        loss,
        start.ravel().astype(np.float64),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS},
    )
    return Bilinear(_stored(found.x.reshape(start.shape)), _stored(bank))


def _stored(values: Floats) -> Floats:
    """As the artefact keeps them."""
    return values.astype(np.float16).astype(np.float64)
