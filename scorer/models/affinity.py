"""Which projects would a row suit, and is this one of them?

A bilinear form between the row's word vector and a project's (name and context), and a
second one between the row and the rows beside it, learned so that a good row picks its own
project out of all others. A row is then held against a bank of known projects: a row of
another trade suits some of them better than its own; a row that fits everywhere
(«验收合格率») suits all of them alike, and nothing follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.models.artefacts import Arrays
from scorer.models.features import Batch
from scorer.models.relevance import RelevanceInputs, against_form

Floats = NDArray[np.float64]

MEASURES = ("own", "share", "margin", "standing", "rank", "special")
_PORTION = 96  # rows held against the bank at once: they stay in the processor's cache
STANDING = (0, 1, 6, 7)  # own and share, of context and of neighbours


@dataclass(frozen=True)
class Bilinear:
    """``weight`` (row vector × other's vector) and the ``bank`` of others, one a row."""

    weight: Floats
    bank: Floats

    def measures(self, row: Floats, own: Floats) -> Floats:
        """MEASURES of each row against its own partner and against the bank."""
        out = np.zeros((len(row), len(MEASURES)))
        for start in range(0, len(row), _PORTION):
            part = slice(start, start + _PORTION)
            out[part] = self._portion(row[part] @ self.weight, own[part])
        return out

    def _portion(self, asked: Floats, own: Floats) -> Floats:
        mine = np.einsum("ij,ij->i", asked, own)
        every = asked @ self.bank.T
        best, mean = every.max(1), every.mean(1)
        rank = (every > mine[:, None] + 1e-9).mean(1)
        square = np.einsum("ij,ij->i", every, every) / every.shape[1]
        spread = np.sqrt(np.maximum(square - mean**2, 0.0))
        every -= best[:, None]
        share = np.log(np.exp(every, out=every).mean(1)) + best
        standing = (mine - mean) / (spread + 0.1)
        return np.column_stack([mine, mine - share, mine - best, standing, rank, share - mean])


@dataclass(frozen=True)
class Affinity:
    """Rows against projects, and rows against the other rows of a form."""

    project: Bilinear
    others: Bilinear

    def score(self, batch: Batch, pairs: RelevanceInputs) -> Floats:
        """Measures against project and neighbours, then some against the form's own mean."""
        found = np.hstack(
            [
                self.project.measures(pairs.row, np.hstack([pairs.project, pairs.context])),
                self.others.measures(pairs.row, pairs.others),
            ]
        ).round(4)
        standing = against_form(found[:, STANDING], batch.form, len(batch.forms))
        out: Floats = np.hstack([found, standing]).round(4)
        return out

    def arrays(self) -> Arrays:
        """What is stored, as float16."""
        parts = {
            "project_weight": self.project.weight,
            "project_bank": self.project.bank,
            "others_weight": self.others.weight,
            "others_bank": self.others.bank,
        }
        return {name: part.astype(np.float16) for name, part in parts.items()}


def from_arrays(arrays: Arrays) -> Affinity:
    """The parts that ``Affinity.arrays`` stored."""
    return Affinity(
        *(
            Bilinear(*(arrays[f"{name}_{part}"].astype(np.float64) for part in ("weight", "bank")))
            for name in ("project", "others")
        )
    )
