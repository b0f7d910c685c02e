"""All trained parts together: from forms to probabilities, with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.forms import Form
from scorer.models import affinity, artefacts, linear, peers, trees, vectors
from scorer.models.corpus import LABELS
from scorer.models.features import Batch, batch_of
from scorer.models.relevance import RelevanceInputs, WordWeights, relevance_inputs
from scorer.models.stages import HEAD, TREE_LABELS, Scores, inputs

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pair:
    """The linear relevance model over ``RelevanceInputs.products``."""

    weight: Floats
    bias: float

    def score(self, pairs: RelevanceInputs) -> Floats:
        size = pairs.row.shape[1]
        title, context, alone = (self.weight[k * size : (k + 1) * size] for k in range(3))
        about = title * pairs.project + context * pairs.context + alone
        found = np.einsum("ij,ij->i", pairs.row, about)
        out: Floats = np.round(found + pairs.measures @ self.weight[3 * size :] + self.bias, 5)
        return out


@dataclass(frozen=True)
class Judged:
    """What the models say of a batch: label -> probability of each row, and placement."""

    batch: Batch
    chance: dict[str, Floats]
    placement: Floats
    pairs: RelevanceInputs
    scores: Scores


@dataclass(frozen=True)
class Models:
    """The trained parts. ``scale`` calibrates: p = σ(a·score + b); ``thresholds`` tell at
    which probability a label is said (best F1 on unseen rows)."""

    linear: linear.Linear
    pair: Pair
    affinity: affinity.Affinity
    peers: peers.Peers
    words: WordWeights
    trees: dict[str, trees.Trees]
    scale: dict[str, tuple[float, float]]
    thresholds: dict[str, float]
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def stretches(self) -> dict[tuple[str, str, int], tuple[str, ...]]:
        """What ``explain`` remembers of rows: name, value and output -> words."""
        return {}

    def judge(self, forms: Sequence[Form]) -> Judged:
        """Probabilities of all rows of all forms, in printed order."""
        batch = batch_of(forms)
        pairs = relevance_inputs(batch, self.words)
        scores = Scores(
            self.linear.score(batch),
            self.pair.score(pairs),
            self.affinity.score(batch, pairs),
            self.peers.measures(batch, pairs),
        )
        raw = {"vague": scores.linear[:, HEAD["vague"]]}
        for label in TREE_LABELS:
            raw[label] = self.trees[label].score(inputs(label, batch, scores, pairs))
        chance = {label: calibrated(raw[label], self.scale[label]) for label in LABELS}
        return Judged(batch, chance, scores.placement(), pairs, scores)


def calibrated(score: Floats, scale: tuple[float, float]) -> Floats:
    """Log-odds to probability, rounded to 1e-4 (finer would feign knowledge)."""
    out: Floats = np.round(1 / (1 + np.exp(-np.clip(scale[0] * score + scale[1], -30, 30))), 4)
    return out


def save(models: Models, folder: Path, cards: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Write ``rows`` (linear parts), ``relevance`` and ``trees``; returns their hashes."""
    forest: artefacts.Arrays = {}
    for label, model in models.trees.items():
        forest |= model.arrays(label)
    pair: artefacts.Arrays = {
        "weight": models.pair.weight,
        "bias": np.array([models.pair.bias]),
        "idf": models.words.idf.astype(np.float16),
        "letter_idf": models.words.letter_idf.astype(np.float16),
        **models.affinity.arrays(),
        **models.peers.arrays(),
    }
    common = {
        "scale": {k: list(v) for k, v in models.scale.items()},
        "thresholds": models.thresholds,
    }
    stored = {"rows": models.linear.arrays(), "relevance": pair, "trees": forest}
    return {
        name: artefacts.save(folder, name, arrays, {**common, **cards.get(name, {})})
        for name, arrays in stored.items()
    }


def load(folder: Path) -> Models:
    """The models stored in ``folder``. Raises ArtefactError if a part is missing or damaged."""
    parts = {
        name: artefacts.load(folder, name) for name in ("rows", "relevance", "trees", "vectors")
    }
    arrays = {name: part[0] for name, part in parts.items()}
    card = parts["rows"][1]
    relevance = arrays["relevance"]
    return Models(
        linear.from_arrays(arrays["rows"]),
        Pair(relevance["weight"], float(relevance["bias"][0])),
        affinity.from_arrays(relevance),
        peers.from_arrays(relevance),
        WordWeights(
            vectors.from_arrays(arrays["vectors"]),
            relevance["idf"].astype(np.float32),
            relevance["letter_idf"].astype(np.float32),
        ),
        {label: trees.from_arrays(arrays["trees"], label) for label in TREE_LABELS},
        {k: (v[0], v[1]) for k, v in card["scale"].items()},
        dict(card["thresholds"]),
        {name: part[1] for name, part in parts.items()},
    )


@cache
def shipped() -> Models:
    """The models that came with the program, loaded once for the process."""
    from scorer.resources import resource

    return load(resource("models"))
