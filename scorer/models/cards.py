"""The models' cards: what they were made of and what they are worth, beside baselines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.forms import LEVEL2
from scorer.models import corpus, metrics
from scorer.models.features import CLASSES
from scorer.models.relevance import MEASURES
from scorer.models.tables import CrossValidated, Table

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Measure = Callable[[NDArray[np.int64]], float]
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千两半零]")
HOLDS = {"rows": ("vague",), "relevance": ("mismatch",), "trees": corpus.LABELS[1:]}


def cards(
    written: Table, checked: CrossValidated, data: Path, reviews: bool
) -> dict[str, dict[str, Any]]:
    """One card per artefact (rows, relevance, trees)."""
    import sklearn

    of_label = {label: _label_card(label, written, checked) for label in corpus.LABELS}
    common = {
        "data_sha256": corpus.digest(data),
        "forms": len(set(written.batch.form[written.measured].tolist())),
        "rows_measured": int(written.measured.sum()),
        "rows_seen": len(written.batch),
        "with_reviews": reviews,
        "split": "by topic and project, five folds",
        "sklearn": sklearn.__version__,
        "figures": "each row judged by models that saw neither its topic nor its project",
        "placement_accuracy": _placement(written, checked),
    }
    return {
        name: {**common, "labels": {label: of_label[label] for label in labels}}
        for name, labels in HOLDS.items()
    }


def _label_card(label: str, table: Table, checked: CrossValidated) -> dict[str, Any]:
    rows = table.known[label] & table.measured
    truth, chance = table.truth[label][rows], checked.chance[label][rows]
    threshold = checked.thresholds[label]
    groups = table.batch.form[rows]
    card = figures(truth, chance, threshold, groups)
    card["baselines"] = {
        name: _baseline(truth, score[rows], groups) for name, score in baselines(label, table)
    }
    fields = np.array([table.items[f].field for f in groups])
    levels = np.array([LEVEL2[k] if k >= 0 else "" for k in table.batch.level[rows]])
    card["sure"] = {str(least): _from(truth, chance, least) for least in (0.6, 0.7, 0.8, 0.9)}
    card["by_field"] = breakdown(truth, chance >= threshold, fields)
    card["by_level2"] = breakdown(truth, chance >= threshold, levels)
    return card


def figures(
    truth: Bools,
    chance: Floats,
    threshold: float,
    groups: NDArray[np.int64],
    said: Bools | None = None,
) -> dict[str, Any]:
    """Precision, recall, F1, PR-AUC and calibration error, each (value, low, high).

    ``said`` is what users are told; without it, all rows from ``threshold`` up.
    """
    said = chance >= threshold if said is None else said
    parts: dict[str, Measure] = {
        "precision": lambda r: metrics.precision_recall_f1(truth[r], said[r])[0],
        "recall": lambda r: metrics.precision_recall_f1(truth[r], said[r])[1],
        "f1": lambda r: metrics.precision_recall_f1(truth[r], said[r])[2],
        "pr_auc": lambda r: metrics.average_precision(truth[r], chance[r]),
        "ece": lambda r: metrics.calibration_error(truth[r], chance[r]),
    }
    everything = np.arange(len(truth))
    out: dict[str, Any] = {"positive": int(truth.sum()), "rows": len(truth)}
    for name, measure in parts.items():
        low, high = metrics.bootstrap(measure, groups)
        out[name] = [round(float(measure(everything)), 4), round(low, 4), round(high, 4)]
    return out


def _from(truth: Bools, chance: Floats, least: float) -> dict[str, float]:
    """Precision, recall and count of the rows of which the model is this sure."""
    precision, recall, _ = metrics.precision_recall_f1(truth, chance >= least)
    said = int((chance >= least).sum())
    return {"precision": round(precision, 4), "recall": round(recall, 4), "said": said}


def breakdown(truth: Bools, said: Bools, groups: NDArray[np.str_]) -> dict[str, dict[str, Any]]:
    """Precision, recall, F1 and counts per group, the largest group first."""
    out = {}
    for name, count in Counter(groups.tolist()).most_common():
        inside = groups == name
        figures_ = metrics.precision_recall_f1(truth[inside], said[inside])
        out[str(name)] = {
            "rows": count,
            "positive": int(truth[inside].sum()),
            **dict(
                zip(("precision", "recall", "f1"), (round(x, 4) for x in figures_), strict=True)
            ),
        }
    return out


def baselines(label: str, table: Table) -> list[tuple[str, Floats]]:
    """Simple scores to beat: no numeral, a soft word, far from the project, other class."""
    values, cues = table.batch.values, table.batch.cues
    out: list[tuple[str, Floats]] = [("always", np.ones(len(values)))]
    if label == "vague":
        out.append(("no_numeral", np.array([float(not _NUMERAL.search(v)) for v in values])))
        out.append(("soft_word", (_cue(cues, "soft") > 0).astype(np.float64)))
    elif label == "mismatch":
        far = -table.pairs.measures[:, MEASURES.index("near_context")]
        out.append(("vector_cosine", far))
    elif label == "misplaced":
        heads = _cue_block(cues, [f"head_{c}" for c in LEVEL2])
        fits = (heads * table.batch.levels).sum(1)
        out.append(("head_word", ((heads.sum(1) > 0) & (fits == 0)).astype(float)))
    else:
        out.append(("wrong_kind", _cue(cues, "misses")))
        out.append(("wrong_way", np.maximum(_cue(cues, "wrong_way"), _cue(cues, "over_whole"))))
    return [(name, np.asarray(score, np.float64)) for name, score in out]


def _baseline(truth: Bools, score: Floats, groups: NDArray[np.int64]) -> dict[str, Any]:
    """PR-AUC and the best F1 that any threshold could give (kind to the baseline)."""
    threshold = metrics.best_threshold(truth, score) if len(set(score.tolist())) > 1 else score[0]
    said = score >= threshold
    out = {}
    parts: dict[str, Measure] = {
        "f1": lambda r: metrics.precision_recall_f1(truth[r], said[r])[2],
        "pr_auc": lambda r: metrics.average_precision(truth[r], score[r]),
    }
    for name, measure in parts.items():
        low, high = metrics.bootstrap(measure, groups, 100)
        out[name] = [round(float(measure(np.arange(len(truth)))), 4), round(low, 4), round(high, 4)]
    return out


def _cue(cues: NDArray[np.float32], name: str) -> Floats:
    return _cue_block(cues, [name])[:, 0]


def _cue_block(cues: NDArray[np.float32], names: Sequence[str]) -> Floats:
    from scorer.models.cues import cue_names

    at = cue_names()
    return cues[:, [at.index(n) for n in names]].astype(np.float64)


def _placement(table: Table, checked: CrossValidated) -> float:
    """Share of rows whose right class is the model's first choice (CLASSES as classes)."""
    assert checked.placement.shape[1] == len(CLASSES)
    rows = (table.right >= 0) & table.measured
    return round(float((checked.placement[rows].argmax(1) == table.right[rows]).mean()), 4)
