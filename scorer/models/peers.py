"""What the indicator library knows of projects like this one.

The library's topics that come nearest to a project's name and context lend it their rows: what is
near one of them belongs to such projects, whatever words the form itself finds for it
(«知识库条目» on a hotline, «密集烤房» in a tobacco county).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.models.artefacts import Arrays
from scorer.models.corpus import LIBRARY, LabelledForm
from scorer.models.features import Batch
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MEASURES = ("nearest", "near")
TOPICS = 3  # that lend a project their rows
NEAR = 3  # rows over which «near» is the mean
_GRID = 127.0  # vectors of length one are kept in steps of 1/127


@dataclass(frozen=True)
class Peers:
    """Vectors of the topics (their projects' names; names and keywords) and of their rows;
    topic k has the rows ``bounds[k]:bounds[k + 1]``."""

    title: Floats
    about: Floats
    row: Floats
    bounds: Ints

    def measures(self, batch: Batch, pairs: RelevanceInputs) -> Floats:
        """MEASURES of each row of ``batch``, from its own form's topics alone."""
        best = np.zeros((len(batch), NEAR))
        starts = np.flatnonzero(np.diff(batch.form, prepend=-1))
        ends = np.append(starts, len(batch))[1:]
        topics = self._topics_of(pairs.project[starts], pairs.context[starts])
        for start, end, own in zip(starts.tolist(), ends.tolist(), topics.tolist(), strict=True):
            lent = np.vstack([self.row[self.bounds[k] : self.bounds[k + 1]] for k in own])
            alike = pairs.row[start:end] @ lent.T
            alike.sort(axis=1)
            last = alike[:, -NEAR:]
            best[start:end, NEAR - last.shape[1] :] = last
        return np.column_stack([best[:, -1], best.mean(1)]).round(4)

    def _topics_of(self, project: Floats, context: Floats) -> Ints:
        """The TOPICS nearest topics of each form, the first of equal ones."""
        alike = project @ (self.title + self.about).T + context @ self.about.T
        out: Ints = np.argsort(-alike.round(4), axis=1, kind="stable")[:, :TOPICS]
        return out

    def arrays(self) -> Arrays:
        """What is stored."""
        parts = {"title": self.title, "about": self.about, "row": self.row}
        stored: Arrays = {
            f"peers_{k}": np.rint(v * _GRID).astype(np.int8) for k, v in parts.items()
        }
        return stored | {"peers_bounds": self.bounds.astype(np.int32)}


def from_arrays(arrays: Arrays) -> Peers:
    """What ``Peers.arrays`` stored."""
    title, about, row = (
        arrays[f"peers_{name}"].astype(np.float64) / _GRID for name in ("title", "about", "row")
    )
    return Peers(title, about, row, arrays["peers_bounds"].astype(np.int64))


def from_library(items: Sequence[LabelledForm], batch: Batch, pairs: RelevanceInputs) -> Peers:
    """The topics of the library among ``items`` (of all of them where there is no library).

    They carry no labels, so every fold may know them.
    """
    chosen = np.array([i.id.startswith(LIBRARY) for i in items])
    chosen |= not chosen.any()
    topic = np.unique([i.topic for i in items], return_inverse=True)[1]
    rows = np.flatnonzero(chosen[batch.form])
    rows = rows[np.argsort(topic[batch.form[rows]], kind="stable")]
    own = topic[batch.form[rows]]
    first = np.flatnonzero(np.diff(own, prepend=-1))
    sums = (np.add.reduceat(part[rows], first, axis=0) for part in (pairs.project, pairs.context))
    title, about = (
        part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9) for part in sums
    )
    whole = Peers(title, about, pairs.row[rows], np.append(first, len(rows)))
    return from_arrays(whole.arrays())
