"""Static word vectors: a table of words with a short vector each, distilled once.

A text's words are all words of the table that occur in it, overlapping ones too: that
needs no segmentation, and the weights (inverse document frequency) settle which matter.
How the table was made stands in ``benchmarks/distil_vectors.py`` and in its card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorer.models import text as texts_module
from scorer.models.artefacts import Arrays

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
SIZES = (2, 3, 4)
_SALT = 7
_SLOT_BITS = 19


@dataclass(frozen=True)
class Vectors:
    """``words[k]`` has the vector ``table[k]`` (float32, one row a word)."""

    words: tuple[str, ...]
    table: Floats

    @cached_property
    def unit(self) -> Floats:
        """The table with rows of length one."""
        norm = np.linalg.norm(self.table, axis=1, keepdims=True)
        unit: Floats = self.table / np.maximum(norm, 1e-9)
        return unit

    @cached_property
    def _slots(self) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """A hash table: slot -> word (−1 if none), and each word's full hash.

        Words that meet in one slot: the first keeps it, the others are found in the
        chain of following slots (at most a few steps).
        """
        hashes = word_hashes(self.words)
        slots = np.full(1 << _SLOT_BITS, -1, np.int32)
        home = (hashes & np.uint64((1 << _SLOT_BITS) - 1)).astype(np.int64)
        left = np.arange(len(self.words))
        for step in range(_CHAIN):
            place = (home[left] + step) & ((1 << _SLOT_BITS) - 1)
            free = slots[place] < 0
            _, first = np.unique(place, return_index=True)
            take = np.zeros(len(left), bool)
            take[first] = True
            take &= free
            slots[place[take]] = left[take]
            left = left[~take]
        return slots, hashes

    def match(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """All words found in each text: (text number, word number), sorted by text."""
        codes = texts_module.encode(texts, fold_digits=False)
        found = [self._find(*texts_module.ngram_hashes(codes, n, _SALT)) for n in SIZES]
        rows = np.concatenate([f[0] for f in found])
        words = np.concatenate([f[1] for f in found])
        order = np.argsort(rows, kind="stable")
        return rows[order], words[order]

    def _find(self, rows: Ints, hashed: NDArray[np.uint64]) -> tuple[Ints, Ints]:
        slots, hashes = self._slots
        home = (hashed & np.uint64((1 << _SLOT_BITS) - 1)).astype(np.int64)
        word = np.full(len(hashed), -1, np.int64)
        left = np.arange(len(hashed))
        for step in range(_CHAIN):
            here = slots[(home[left] + step) & ((1 << _SLOT_BITS) - 1)]
            taken = here >= 0
            left, here = left[taken], here[taken]
            hit = hashes[here] == hashed[left]
            word[left[hit]] = here[hit]
            left = left[~hit]
        known = np.flatnonzero(word >= 0)
        return rows[known], word[known]

    def arrays(self) -> Arrays:
        """The table as int8 with one scale a column, and the words as UTF-8 lines."""
        scale = np.abs(self.table).max(0) / 127
        return {
            "table": np.round(self.table / scale).astype(np.int8),
            "scale": scale.astype(np.float32),
            "words": np.frombuffer("\n".join(self.words).encode(), np.uint8),
        }


_CHAIN = 6  # 50,000 words in 524,288 slots: the longest chain stays below this


def from_arrays(arrays: Arrays) -> Vectors:
    """The table that ``Vectors.arrays`` stored."""
    words = tuple(arrays["words"].tobytes().decode().split("\n"))
    return Vectors(words, arrays["table"].astype(np.float32) * arrays["scale"])


def word_hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    """The n-gram hash of each word as a whole."""
    codes = texts_module.encode(words, fold_digits=False)
    out = np.zeros(len(words), np.uint64)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    for size in SIZES:
        rows, hashed = texts_module.ngram_hashes(codes, size, _SALT)
        whole = lengths[rows] == size
        out[rows[whole]] = hashed[whole]
    return out
