"""Remembers what was computed of a text: names and values recur from form to form.

A county's forms say «验收合格率» and «≥95%» hundreds of times. Each distinct text is computed
once and its numbers kept as one row of a table, so a batch is gathered, not recomputed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Compute = Callable[..., NDArray[Any]]


class Memo:
    """The rows of ``compute(texts)``; each must depend on its own text alone.

    What was computed of the same texts before may be ``given``, one row a text: ``compute``
    then gets the rows of the texts it is asked for as well. Holds at most ``most`` texts and starts afresh when they are full.
    """

    def __init__(self, compute: Compute, most: int = 60_000) -> None:
        self._compute, self._most = compute, most
        self._at: dict[str, int] = {}
        self._table: NDArray[Any] | None = None
        self._lock = Lock()

    def __call__(self, texts: Sequence[str], *given: NDArray[Any]) -> NDArray[Any]:
        """One row of numbers per text, in order."""
        with self._lock:
            new = [t for t in dict.fromkeys(texts) if t not in self._at]
            if self._table is None or len(self._at) + len(new) > self._most:
                self._at.clear()
                new = list(dict.fromkeys(texts))
            if new or self._table is None:
                place = dict(zip(reversed(texts), range(len(texts) - 1, -1, -1), strict=True))
                rows = [place[t] for t in new] if given else []
                self._add(self._compute(new, *(g[rows] for g in given)), new)
            assert self._table is not None
            at = np.fromiter(map(self._at.__getitem__, texts), np.int64, len(texts))
            out: NDArray[Any] = self._table[at]
            return out

    def _add(self, fresh: NDArray[Any], new: list[str]) -> None:
        start, end = len(self._at), len(self._at) + len(new)
        if self._table is None or end > len(self._table):
            grown = np.zeros((max(end, 2 * start), *fresh.shape[1:]), fresh.dtype)
            if self._table is not None:
                grown[:start] = self._table[:start]
            self._table = grown
        self._table[start:end] = fresh
        self._at.update(zip(new, range(start, end), strict=True))
