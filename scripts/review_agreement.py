"""Our totals against a reviewer's on labelled forms: `python -m scripts.review_agreement FILE...`.

A line is a form with `review`: points of the eight items. Prints Spearman's coefficient, the mean
absolute difference of totals, the quadratic weighted kappa of the grades and the difference item
by item; with `--reviews`, against the mean of the reviewers of that file; `--show N` the N forms on which we differ most, with what was found.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score

from scorer.exchange import form_from_json
from scorer.forms import JudgedForm, Submission
from scorer.judge import judge, profile_for
from scorer.review import grade_of
from scorer.rules.catalogue import ITEMS


def forms_of(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """The forms of labelled files."""
    for path in paths:
        for line in path.read_text("utf-8").split("\n"):
            if line.strip():
                yield json.loads(line)


def judged(data: dict[str, Any]) -> JudgedForm:
    """The form as the 年度 half of a document of its own, where its rows say no half."""
    rows = [{"phase": "annual", **row} for row in data["indicators"]]
    form = form_from_json({**data, "indicators": rows})
    return judge(Submission("", forms=(form,))).forms[0]


def by_reviewers(data: list[dict[str, Any]], path: Path) -> list[dict[str, Any]]:
    """The forms that several reviewers scored, with the mean of their points; prints how the
    first two agree with each other."""
    said: dict[str, list[dict[str, float]]] = {}
    for line in path.read_text("utf-8").splitlines():
        said.setdefault((one := json.loads(line))["id"], []).append(one["review"])
    data = [d for d in data if d["id"] in said]
    totals = [np.array([sum(said[d["id"]][k].values()) for d in data]) for k in (0, 1)]
    agreement("两位审核人之间", *totals)
    return [
        {**d, "review": {k: float(np.mean([r[k] for r in said[d["id"]]])) for k in ITEMS}}
        for d in data
    ]


def agreement(name: str, truth: np.ndarray[Any, Any], guess: np.ndarray[Any, Any]) -> None:
    """Print how two series of totals agree."""
    grades = [[grade_of(float(t), profile_for()) for t in totals] for totals in (truth, guess)]
    kappa = cohen_kappa_score(*grades, labels=["优", "良", "中", "差"], weights="quadratic")
    print(
        f"{name}，{len(truth)} 张：Spearman {spearmanr(truth, guess).statistic:.3f}，"
        f"平均绝对差 {np.abs(truth - guess).mean():.1f} 分，平均差 {(guess - truth).mean():+.1f} 分，"
        f"等级 quadratic weighted kappa {kappa:.3f}"
    )


def main() -> None:
    """Print the agreement and, if asked, the largest disagreements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument(
        "--reviews", type=Path, help="data/reviews.jsonl: the mean of its reviewers"
    )
    given = parser.parse_args()
    data = list(forms_of(given.files))
    if given.reviews:
        data = by_reviewers(data, given.reviews)
    data = [d for d in data if set(d.get("review") or {}) == set(ITEMS)]
    ours = [judged(d) for d in data]
    truth = np.array([sum(d["review"].values()) for d in data])
    guess = np.array([j.review.total for j in ours])
    full = np.array([bool(d.get("overview")) for d in data])
    for name, part in (("全部", full | ~full), ("有概况", full), ("公开样式", ~full)):
        if part.any():
            agreement(f"{name}，我们与审核人", truth[part], guess[part])
    for n, (item, most) in enumerate(ITEMS.items()):
        off = [j.review.items[n].score - d["review"][item] for j, d in zip(ours, data, strict=True)]
        print(
            f"  {item}（{most:g}）平均差 {np.mean(off):+.2f}，平均绝对差 {np.abs(off).mean():.2f}"
        )
    for k in np.argsort(-np.abs(truth - guess))[: given.show]:
        print(
            f"{data[k].get('id', '')} {data[k]['project']}：审核人 {truth[k]:g}，我们 {guess[k]:g}"
        )
        print("   ", data[k].get("defects"))
        for finding in ours[k].findings:
            trial = "（试行）" if finding.preview else ""
            print(f"    {finding.code} {finding.severity}{trial} {finding.message[:90]}")
        print("   ", ours[k].review.caps)


if __name__ == "__main__":
    main()
