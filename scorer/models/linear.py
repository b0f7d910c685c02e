"""The linear models over hashed n-grams and cues, all of them in one pass over the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorer.models import text
from scorer.models.artefacts import Arrays
from scorer.models.features import BITS, CLASSES, SIZES, Batch
from scorer.models.memo import Memo

Floats = NDArray[np.float64]

# The outputs in order: labels (they see the printed class), placement (sees everything
# else), and what the name alone lets expect of the value: its sign and its kind.
LEVEL_HEADS = ("vague", "mismatch", "misplaced", "incoherent")
ANSWERS = ("rate", "money", "time", "frequency", "people", "count", "measure", "bare", "event")
PLACES = slice(len(LEVEL_HEADS), len(LEVEL_HEADS) + len(CLASSES))
SIGN = PLACES.stop
EXPECTED = slice(SIGN + 1, SIGN + 1 + len(ANSWERS))


@dataclass(frozen=True)
class Linear:
    """``gram`` (bucket × output, float32, idf folded in), ``dense`` (column × output)."""

    gram: NDArray[np.float32]
    idf: NDArray[np.float32]
    dense: Floats
    bias: Floats

    def score(self, batch: Batch) -> Floats:
        """Decision values, one row a row, one column an output, rounded to 1e-6.

        Rounding hides that a matrix product of another height may differ in its last
        bit: one row gets the same verdict alone and in a batch.
        """
        dense = np.round(dense_block(batch).astype(np.float64) @ self.dense, 6)
        out: Floats = np.round(self._grams(batch) + dense + self.bias, 6)
        return out

    def _grams(self, batch: Batch) -> Floats:
        both = self._of_name(batch.names) + self._of_value(batch.values)
        out: Floats = both[:, :-1] / np.maximum(np.sqrt(both[:, -1:]), 1e-9)
        return np.round(out, 4)

    @cached_property
    def _of_name(self) -> Memo:
        return Memo(lambda texts: self._sums(texts, 1))

    @cached_property
    def _of_value(self) -> Memo:
        return Memo(lambda texts: self._sums(texts, 2))

    def _sums(self, texts: Sequence[str], salt: int) -> Floats:
        """Per text the weights of its n-grams added up, one column an output, then the
        squared idf. Names have salt 1, values 2."""
        rows, buckets = text.buckets(texts, BITS, SIZES, salt)
        order = np.argsort(rows, kind="stable")
        rows, buckets = rows[order], buckets[order] + (salt - 1) * (1 << BITS)
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        if not len(starts):
            return np.zeros((0, self.gram.shape[1] + 1))
        sums = np.add.reduceat(self.gram[buckets], starts, axis=0).astype(np.float64)
        square = np.add.reduceat(self.idf[buckets].astype(np.float64) ** 2, starts)
        return np.column_stack([sums, square])

    def arrays(self) -> Arrays:
        """What is stored: only buckets that carry weight, as float16."""
        used = np.flatnonzero(np.any(self.gram != 0, axis=1))
        return {
            "used": used.astype(np.int32),
            "gram": self.gram[used].astype(np.float16),
            "idf": self.idf.astype(np.float16),
            "dense": self.dense.astype(np.float32),
            "bias": self.bias,
        }


def from_arrays(arrays: Arrays) -> Linear:
    """The models that ``Linear.arrays`` stored."""
    gram = np.zeros((2 << BITS, arrays["gram"].shape[1]), np.float32)
    gram[arrays["used"]] = arrays["gram"]
    return Linear(
        gram,
        arrays["idf"].astype(np.float32),
        arrays["dense"].astype(np.float64),
        arrays["bias"],
    )


def dense_block(batch: Batch) -> NDArray[np.float32]:
    """Printed class, cues, and class × kind, side by side."""
    return np.hstack([batch.levels, batch.cues, batch.crosses])


def answer_of(batch: Batch) -> NDArray[np.int64]:
    """What kind of value each row gives, as an index into ANSWERS (−1: words, nothing)."""
    kinds = {"rate": 0, "money": 1, "time": 2, "frequency": 3, "event": 8, "standard": 8}
    out = np.full(len(batch), -1)
    for name, answer in kinds.items():
        out[batch.cue(f"kind_{name}") > 0] = answer
    changed = batch.cue("kind_change") > 0
    out[changed & (batch.cue("unit_rate") > 0)] = 0
    out[changed & (batch.cue("unit_money") > 0)] = 1
    number = (batch.cue("kind_number") > 0) | (changed & (batch.cue("quantities") > 0) & (out < 0))
    out[number] = ANSWERS.index("measure")
    out[number & (batch.cue("unit_count") > 0)] = ANSWERS.index("count")
    out[number & (batch.cue("people") > 0)] = ANSWERS.index("people")
    out[number & (batch.cue("unit_time") > 0)] = ANSWERS.index("time")
    out[number & (batch.cue("unit_none") > 0)] = ANSWERS.index("bare")
    return out


def sign_of(batch: Batch) -> NDArray[np.int64]:
    """1 for «at least», −1 for «at most», 0 where no such sign is printed."""
    least = batch.cue("sign_≥") + batch.cue("sign_>")
    most = batch.cue("sign_≤") + batch.cue("sign_<")
    return np.sign(least - most).astype(np.int64)
