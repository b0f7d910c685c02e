"""The words that carried a verdict, strongest first."""

from __future__ import annotations

import numpy as np

from scorer.models import text
from scorer.models.bundle import Judged, Models
from scorer.models.features import BITS, SIZES
from scorer.models.linear import LEVEL_HEADS
from scorer.models.stages import HEAD

WORDS = 3
MOST_LETTERS = 6


class Reasons:
    """Explains single rows of a judged batch."""

    def __init__(self, models: Models, judged: Judged) -> None:
        self.models = models
        self.judged = judged

    def row(self, label: str, n: int) -> tuple[str, ...]:
        """Stretches of name and value whose n-grams spoke for ``label``."""
        return self._stretches(n, HEAD[label])

    def placement(self, n: int) -> tuple[str, ...]:
        """Stretches that spoke for the most likely class."""
        best = int(self.judged.placement[n].argmax())
        return self._stretches(n, len(LEVEL_HEADS) + best)

    def strangers(self, n: int) -> tuple[str, ...]:
        """Words of the row that are special and far from what the form speaks of."""
        batch, table = self.judged.batch, self.models.vectors
        _, words = table.match([f"{batch.names[n]}|{batch.values[n]}"])
        if not len(words):
            return ()
        words = np.unique(words)
        about = self.judged.pairs.context[n] + self.judged.pairs.project[n]
        near = table.unit[words] @ about
        weight = self.models.idf[words] * (1 - near)
        order = np.argsort(-weight, kind="stable")
        return _apart([table.words[words[k]] for k in order])

    def _stretches(self, n: int, output: int) -> tuple[str, ...]:
        batch = self.judged.batch
        found: list[tuple[float, str]] = []
        for part, salt in ((batch.names[n], 1), (batch.values[n], 2)):
            found += self._of_text(part, salt, output)
        found.sort(key=lambda item: (-item[0], item[1]))
        return _apart([word for weight, word in found if weight > 0])

    def _of_text(self, part: str, salt: int, output: int) -> list[tuple[float, str]]:
        """Neighbouring letters that carry weight, joined, with what they carried."""
        carried = np.zeros(len(part) + 2)
        codes = text.encode([f"\x02{part}\x03"])
        for size in SIZES:
            _, hashed = text.ngram_hashes(codes, size, salt)
            bucket = (hashed & np.uint64((1 << BITS) - 1)).astype(np.int64) + (salt - 1) * (
                1 << BITS
            )
            weight = self.models.linear.gram[bucket, output] / size
            for step in range(size):
                carried[step : step + len(weight)] += weight
        letters = carried[1:-1]
        strong = letters > max(0.35 * letters.max(initial=0.0), 1e-9)
        out, start = [], None
        for k, on in enumerate([*strong, False]):
            if on and start is None:
                start = k
            if start is not None and (not on or k - start == MOST_LETTERS):
                out.append((float(letters[start:k].sum()), part[start:k]))
                start = k if on else None
        return out


def _apart(words: list[str]) -> tuple[str, ...]:
    """The first few words, none a part of another."""
    kept: list[str] = []
    for word in words:
        clean = word.strip('，。、；：,.;:|()"')
        if clean and not any(clean in k or k in clean for k in kept):
            kept.append(clean)
        if len(kept) == WORDS:
            break
    return tuple(kept)
