"""The words that carried a verdict, strongest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scorer.models import text
from scorer.models.bundle import Judged, Models
from scorer.models.features import BITS, SIZES
from scorer.models.linear import PLACES
from scorer.models.relevance import said_by
from scorer.models.stages import HEAD

Ints = NDArray[np.int64]
WORDS = 3
MOST_LETTERS = 6
_MOST = 50_000  # rows whose words are remembered
_NUMBER = re.compile(r"[≥≤<>=]?\d[\d,.]*(?:%|‰|[一-龥])?")
_EDGES = "，。、；：,.;:|()\"'≥≤=% "


def row_words(models: Models, judged: Judged, label: str, rows: Ints) -> dict[int, tuple[str, ...]]:
    """Row -> stretches of its name and value whose n-grams spoke for ``label``."""
    return _stretches(models, judged, rows, np.full(len(rows), HEAD[label]))


def place_words(models: Models, judged: Judged, rows: Ints) -> dict[int, tuple[str, ...]]:
    """Row -> stretches that spoke for its most likely class."""
    return _stretches(models, judged, rows, PLACES.start + judged.placement[rows].argmax(1))


def strange_words(models: Models, judged: Judged, rows: Ints) -> dict[int, tuple[str, ...]]:
    """Row -> its words that are special and far from what the form speaks of."""
    batch, table = judged.batch, models.words.vectors
    owner, found = table.match([said_by(batch.names[n], batch.values[n]) for n in rows])
    about = (judged.pairs.context + judged.pairs.project)[rows]
    near = np.einsum("ij,ij->i", table.unit[found], about[owner])
    weight = models.words.idf[found] * (1 - near)
    out: dict[int, tuple[str, ...]] = {}
    for k, n in enumerate(rows):
        a, b = np.searchsorted(owner, [k, k + 1])
        order = a + np.argsort(-weight[a:b], kind="stable")
        out[int(n)] = _apart(table.words[w] for w in found[order])
    return out


def _stretches(
    models: Models, judged: Judged, rows: Ints, outputs: Ints
) -> dict[int, tuple[str, ...]]:
    batch = judged.batch
    keys = [
        (batch.names[n], batch.values[n], output)
        for n, output in zip(rows.tolist(), outputs.tolist(), strict=True)
    ]
    memory = models.stretches
    if len(memory) > _MOST:
        memory.clear()
    found = {key: memory.get(key) for key in keys}
    new = [key for key, words in found.items() if words is None]
    strong: list[list[tuple[float, str]]] = [[] for _ in new]
    at = np.array([key[2] for key in new], np.int64)
    for part, salt in ((0, 1), (1, 2)):
        texts = [str(key[part]) for key in new]
        carried = _carried(models, texts, salt, at)
        start = 0
        for own, said, whole in zip(strong, texts, _wholes(models, texts), strict=True):
            end = start + len(said) + 2
            found_here = _strong(carried[start + 1 : end - 1].tolist())
            own += [(weight, said[_snapped(span, whole)]) for weight, span in found_here]
            start = end
    for key, own in zip(new, strong, strict=True):
        best = sorted(own, key=lambda item: (-item[0], item[1]))
        found[key] = memory[key] = _apart(word for _, word in best)
    return {n: found[key] or () for n, key in zip(rows.tolist(), keys, strict=True)}


def _carried(models: Models, texts: Sequence[str], salt: int, outputs: Ints) -> NDArray[np.float64]:
    """What each letter of the edge-marked texts carried, laid end to end."""
    codes = text.encode([f"\x02{t}\x03" for t in texts])
    carried = np.zeros(len(codes.code))
    for size in SIZES:
        rows, hashed, at = text.ngram_places(codes, size, salt)
        bucket = (hashed & np.uint64((1 << BITS) - 1)).astype(np.int64) + (salt - 1) * (1 << BITS)
        weight = models.linear.gram[bucket, outputs[rows]] / size
        for step in range(size):
            np.add.at(carried, at + step, weight)
    return carried


def _strong(letters: list[float]) -> list[tuple[float, slice]]:
    """Where neighbouring letters carry weight, and how much together."""
    least = max(0.35 * max(letters, default=0.0), 1e-9)
    out: list[tuple[float, slice]] = []
    start: int | None = None
    for k, weight in enumerate([*letters, 0.0]):
        if start is not None and (weight <= least or k - start == MOST_LETTERS):
            out.append((sum(letters[start:k]), slice(start, k)))
            start = None
        if start is None and weight > least:
            start = k
    return out


def _wholes(models: Models, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Per text where its words and numbers begin and end: what a reader sees as one."""
    table = models.words.vectors
    out = [[m.span() for m in _NUMBER.finditer(t)] for t in texts]
    for n, word in zip(*(found.tolist() for found in table.match(texts)), strict=True):
        start = texts[n].find(table.words[word])
        out[n].append((start, start + len(table.words[word])))
    return out


def _snapped(span: slice, wholes: list[tuple[int, int]]) -> slice:
    """The stretch widened or narrowed to the words of which it covers half or more."""
    own = [(a, b) for a, b in wholes if 2 * (min(b, span.stop) - max(a, span.start)) >= b - a]
    return slice(min(a for a, _ in own), max(b for _, b in own)) if own else span


def _apart(words: Iterable[str]) -> tuple[str, ...]:
    """The first few words of two letters or more, none a part of another."""
    kept: list[str] = []
    for word in words:
        clean = word.strip(_EDGES)
        if len(clean) > 1 and not any(clean in k or k in clean for k in kept):
            kept.append(clean)
        if len(kept) == WORDS:
            break
    return tuple(kept)
