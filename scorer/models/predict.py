"""The models' word on forms: one Verdict per indicator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from scorer.forms import Form, Verdict
from scorer.models import explain
from scorer.models.bundle import Judged, Models, shipped
from scorer.models.corpus import LABELS
from scorer.models.features import CLASSES, MERGED

PORTION = 400  # forms judged at once: large enough for speed, small enough for memory


def predict(forms: Sequence[Form], models: Models | None = None) -> list[tuple[Verdict, ...]]:
    """One tuple of verdicts per form, one verdict per indicator, in printed order.

    Probabilities are calibrated. A form gets the same verdicts alone, in a batch, in any
    order. Raises ArtefactError if the shipped models cannot be used.
    """
    models = models or shipped()
    out: list[tuple[Verdict, ...]] = []
    with _matrix_threads().limit(limits=1):
        for start in range(0, len(forms), PORTION):
            out += _verdicts(models, models.judge(forms[start : start + PORTION]))
    return out


@cache
def _matrix_threads() -> ThreadpoolController:
    """The threads of numpy's matrix products: these are so small that a second thread costs
    more than it brings (half of all time on two cores)."""
    return ThreadpoolController()


def thresholds(models: Models | None = None) -> dict[str, float]:
    """Label -> the probability from which it is said (best F1 on rows not seen)."""
    return dict((models or shipped()).thresholds)


def _verdicts(models: Models, judged: Judged) -> list[tuple[Verdict, ...]]:
    chance = {label: values.tolist() for label, values in judged.chance.items()}
    level2 = _level2(judged.batch.level, judged.placement)
    said = {
        label: np.flatnonzero(judged.chance[label] >= models.thresholds[label])
        for label in judged.chance
    }
    vague = explain.row_words(models, judged, "vague", said["vague"])
    foreign = explain.strange_words(models, judged, said["mismatch"])
    placed = explain.place_words(models, judged, said["misplaced"])
    wrong = explain.row_words(models, judged, "incoherent", said["incoherent"])
    nothing: tuple[str, ...] = ()
    verdicts = [
        Verdict(
            vague=unclear,
            mismatch=stranger,
            incoherent=odd,
            level2=classes,
            why_vague=vague.get(n, nothing),
            why_mismatch=foreign.get(n, nothing),
            why_level2=placed.get(n, nothing),
            misplaced=elsewhere,
            why_incoherent=wrong.get(n, nothing),
        )
        for n, (unclear, stranger, elsewhere, odd, classes) in enumerate(
            zip(*(chance[label] for label in LABELS), level2, strict=True)
        )
    ]
    out, start = [], 0
    for form in judged.batch.forms:
        end = start + len(form.indicators)
        out.append(tuple(verdicts[start:end]))
        start = end
    return out


def _level2(level: NDArray[np.int64], placement: NDArray[np.float64]) -> list[dict[str, float]]:
    """Class -> probability. The cost class takes the name of the form's own system."""
    from scorer.forms import LEVEL2

    cost = {LEVEL2.index(other): (other, same) for other, same in MERGED.items()}
    rounded = np.round(placement, 4).tolist()
    plain = [dict(zip(CLASSES, row, strict=True)) for row in rounded]
    for n in np.flatnonzero(np.isin(level, list(cost))):
        other, same = cost[int(level[n])]
        plain[n] = {other if k == same else k: v for k, v in plain[n].items()}
    return plain
