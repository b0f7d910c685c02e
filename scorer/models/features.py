"""A batch of forms as numbers: what every model reads, for training and prediction alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorer.forms import LEVEL2, Form
from scorer.models import cues, text
from scorer.models.facts import FACT_CUES, fact_cues

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BITS = 15  # buckets of one field's n-grams; name and value have their own
SIZES = (1, 2, 3)
# 成本指标 (88号) and 经济成本指标 (101号) are one class under two systems of forms.
MERGED = {"经济成本指标": "成本指标"}
CLASSES = tuple(c for c in LEVEL2 if c not in MERGED)
CUE_AT = {name: k for k, name in enumerate(cues.cue_names())}
_LEVEL_AT = {name: k for k, name in enumerate(LEVEL2)}
_CLASS_AT = {c: CLASSES.index(MERGED.get(c, c)) for c in LEVEL2}


@dataclass(frozen=True)
class Batch:
    """All rows of some forms, end to end. ``form`` numbers each row's form."""

    forms: tuple[Form, ...]
    form: Ints
    names: list[str]
    values: list[str]
    level: Ints  # index into LEVEL2, −1 for a printed label that is none of them

    @cached_property
    def levels(self) -> Floats:
        """The printed level-2 class as 0/1 columns."""
        out = np.zeros((len(self.names), len(LEVEL2)), np.float32)
        known = self.level >= 0
        out[np.flatnonzero(known), self.level[known]] = 1
        return out

    @cached_property
    def cues(self) -> Floats:
        """``cues.row_cues`` of all rows."""
        return cues.row_cues(self.names, self.values)

    @cached_property
    def rounded(self) -> Floats:
        """Printed class and cues as the trees read them."""
        whole = np.hstack([self.levels, self.cues]).astype(np.float64).round(5)
        return whole.astype(np.float32)

    def cue(self, name: str) -> Floats:
        """One column of ``cues`` by its name."""
        return self.cues[:, CUE_AT[name]]

    @cached_property
    def crosses(self) -> Floats:
        """Printed class × kind of value, 0/1."""
        start = len(cues.NAME_CUES)
        kinds = self.cues[:, start : start + len(cues.KINDS)]
        return (self.levels[:, :, None] * kinds[:, None, :]).reshape(len(self.names), -1)

    @cached_property
    def facts(self) -> Floats:
        """How each row agrees with the form's own year, money and numbers."""
        parts = [fact_cues(form) for form in self.forms]
        return np.vstack([np.zeros((0, len(FACT_CUES)), np.float32), *parts])

    @cached_property
    def class_at(self) -> Ints:
        """The printed class as an index into CLASSES, −1 if unknown."""
        lookup = np.array([_CLASS_AT[c] for c in LEVEL2] + [-1])
        out: Ints = lookup[self.level]
        return out

    @cached_property
    def grams(self) -> tuple[Ints, Ints]:
        """Hashed n-grams of name and value: (row, bucket), sorted by row."""
        left = text.buckets(self.names, BITS, SIZES, salt=1)
        right = text.buckets(self.values, BITS, SIZES, salt=2)
        rows = np.concatenate([left[0], right[0]])
        buckets = np.concatenate([left[1], right[1] + (1 << BITS)])
        order = np.argsort(rows, kind="stable")
        return rows[order], buckets[order]

    def __len__(self) -> int:
        return len(self.names)


def batch_of(forms: Sequence[Form]) -> Batch:
    """The rows of ``forms`` in printed order, texts normalised."""
    counts = [len(f.indicators) for f in forms]
    indicators = [i for f in forms for i in f.indicators]
    return Batch(
        tuple(forms),
        np.repeat(np.arange(len(forms)), counts),
        [text.normalise(i.name) for i in indicators],
        [text.plain_value(text.normalise(i.value)) for i in indicators],
        np.array([_LEVEL_AT.get(i.level2, -1) for i in indicators], np.int64),
    )
