"""Weighs letters and their neighbours for telling talk from substance: `python -m scripts.fit_slogans`.

Reads data/slogans/ (clauses written for this: talk.txt fits every project, plain.txt says
something of one) and clauses of the written forms, fits a logistic regression that keeps few weights,
and writes lexicons/slogan_letters.csv. Prints what it is worth on clauses it has not seen: five
folds, and data/held-out/talk.txt and plain.txt by another hand.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np

from scorer.lexicon import lexicon_path
from scorer.slogans import LETTERS_FILE, clauses, pieces, weigh

DATA = Path(__file__).parent.parent / "data"
HELD = ("talk.txt", "plain.txt")
FIELDS = ("overview", "plan")  # where forms say what is done; slogans are rare there
WEIGHT_OF_FORMS = 0.3
STRENGTH = 1.5
LEAST = 0.02  # smaller weights are left out
CAUTION = 0.4  # by which talk must outweigh: what is taken for talk is not read any more


def lines(path: Path) -> list[str]:
    """The clauses of one file."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def of_forms() -> list[str]:
    """Clauses of the written forms, each once, and names of checkable rows."""
    found: dict[str, None] = {}
    for path in sorted((DATA / "rows").glob("*.jsonl")):
        for form in map(json.loads, path.read_text("utf-8").splitlines()):
            for field in FIELDS:
                found.update(dict.fromkeys(clauses(form.get(field) or "")))
            found.update(
                (row["name"], None) for row in form["indicators"] if not row["labels"]["vague"]
            )
    return [clause for clause in found if len(clause) > 2]


def fitted(texts: list[str], talk: Any, weight: Any) -> tuple[dict[str, float], float]:
    """Piece -> weight, and the constant."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(analyzer=pieces, binary=True)
    model = LogisticRegression(
        l1_ratio=1.0, C=STRENGTH, solver="liblinear", max_iter=500, random_state=0
    )
    model.fit(counter.fit_transform(texts), talk, sample_weight=weight)
    names = counter.get_feature_names_out()
    weights = {n: round(float(w), 2) for n, w in zip(names, model.coef_[0], strict=True)}
    kept = {n: w for n, w in weights.items() if abs(w) >= LEAST}
    return kept, round(float(model.intercept_[0]) - CAUTION, 2)


def told(name: str, talk: list[float], plain: list[float]) -> None:
    """Print how many are told apart."""
    right, wrong = sum(s > 0 for s in talk), sum(s > 0 for s in plain)
    print(f"{name}: talk {right} of {len(talk)}, plain taken for talk {wrong} of {len(plain)}")


def main() -> None:
    """Fit, measure, write."""
    talk, plain, forms = (
        lines(DATA / "slogans" / "talk.txt"),
        lines(DATA / "slogans" / "plain.txt"),
        of_forms(),
    )
    texts = [*talk, *plain, *forms]
    truth = np.array([True] * len(talk) + [False] * (len(plain) + len(forms)))
    weight = np.array([1.0] * (len(talk) + len(plain)) + [WEIGHT_OF_FORMS] * len(forms))
    fold = np.random.default_rng(0).integers(5, size=len(texts))
    unseen = np.zeros(len(texts))
    for k in range(5):
        seen = np.flatnonzero(fold != k)
        weights, constant = fitted([texts[n] for n in seen], truth[seen], weight[seen])
        for n in np.flatnonzero(fold == k):
            unseen[n] = weigh(texts[n], weights, constant)
    told("five folds", list(unseen[truth]), list(unseen[len(talk) : len(talk) + len(plain)]))
    taken = sum(unseen[len(talk) + len(plain) :] > 0)
    print(f"clauses of forms: {taken} of {len(forms)} taken for talk")
    weights, constant = fitted(texts, truth, weight)
    other = [[weigh(c, weights, constant) for c in lines(DATA / "held-out" / f)] for f in HELD]
    told("another hand", *other)
    with lexicon_path(LETTERS_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("piece", "weight"))
        writer.writerow(("", constant))
        writer.writerows(sorted(weights.items()))
    print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
