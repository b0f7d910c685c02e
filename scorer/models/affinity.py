"""Which topics would a row suit, and is this project's among them?

A bilinear form between the row's word vector and a project's (name and context), and a
second one between the row and the rows beside it, learned so that a good row picks its own
project out of many. A row is then held against a bank of known topics, those of the
indicator library: a row of another trade suits some of them better than its own project; a
row that fits everywhere («验收合格率») suits all of them alike, and nothing follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorer.models.artefacts import Arrays
from scorer.models.features import Batch
from scorer.models.memo import Memo
from scorer.models.relevance import RelevanceInputs

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MEASURES = ("own", "share", "margin", "standing", "special")
_PORTION = 256  # rows held against the bank at once: they stay in the processor's cache
# Row vectors of length 1 and the bank become whole numbers so small that float32 holds
# their products exactly: fast, and a row's numbers do not depend on its neighbours.
ROW_GRID, BANK_GRID = 1023.0, 16_000.0


@dataclass(frozen=True)
class Bilinear:
    """``weight`` (row vector × other's vector) and the ``bank`` of topics, one a row."""

    weight: Floats
    bank: Floats

    @cached_property
    def _topics(self) -> tuple[Singles, np.float32]:
        """Vector × topic in whole numbers, and what a product of them is worth."""
        topics = self.weight @ self.bank.T
        scale = BANK_GRID / max(float(np.linalg.norm(topics, axis=0).max()), 1e-9)
        return np.rint(topics * scale).astype(np.float32), np.float32(1 / (scale * ROW_GRID))

    def suits(self, row: Floats) -> Singles:
        """How well each row suits each topic of the bank."""
        topics, worth = self._topics
        out: Singles = (np.rint(row * ROW_GRID).astype(np.float32) @ topics) * worth
        return out

    def measures(self, texts: Sequence[str], row: Floats, mine: Floats) -> Floats:
        """MEASURES of each row; ``texts`` is what the rows are about, ``mine`` how well each suits
        its own partner."""
        best, mean, spread, share = self._with_bank(texts, row).T
        standing = (mine - mean) / (spread + 0.1)
        return np.column_stack([mine, mine - share, mine - best, standing, share - mean])

    @cached_property
    def _with_bank(self) -> Memo:
        """How well a row suits the topics: at best, in the mean, their spread, their log-mean."""
        return Memo(self._against_bank)

    def _against_bank(self, texts: Sequence[str], row: Floats) -> Floats:
        out = np.zeros((len(texts), 4))
        for start in range(0, len(texts), _PORTION):
            every = self.suits(row[start : start + _PORTION])
            best, mean, spread = every.max(1), every.mean(1), every.std(1)
            every -= best[:, None]
            share = np.log(np.exp(every, out=every).mean(1)) + best
            out[start : start + _PORTION] = np.column_stack([best, mean, spread, share])
        return out


@dataclass(frozen=True)
class Affinity:
    """Rows against projects, and rows against the other rows of a form."""

    project: Bilinear
    others: Bilinear

    def score(self, batch: Batch, pairs: RelevanceInputs) -> Floats:
        """MEASURES against the project, then against the neighbours."""
        starts = np.flatnonzero(np.diff(batch.form, prepend=-1))
        at = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(batch.form)))
        about = np.hstack([pairs.project[starts], pairs.context[starts]])
        title = (about @ self.project.weight.T)[at]
        beside = pairs.others @ self.others.weight.T
        found: Floats = np.hstack(
            [
                self.project.measures(pairs.texts, pairs.row, _dot(pairs.row, title)),
                self.others.measures(pairs.texts, pairs.row, _dot(pairs.row, beside)),
            ]
        ).round(4)
        return found

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


def _dot(left: Floats, right: Floats) -> Floats:
    out: Floats = np.einsum("ij,ij->i", left, right)
    return out
