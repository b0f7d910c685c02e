"""Our totals against a reviewer's on labelled forms: `python -m scripts.review_agreement FILE...`.

Prints the agreement of the totals and the difference item by item; with `--reviewers`, against the
mean of the reviewers of data/reviews.jsonl; `--show N` the N forms on which we differ most, with
what was found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from scorer.forms import JudgedForm, Submission
from scorer.judge import judge
from scorer.rules.catalogue import ITEMS
from scripts.reviewed import Labelled, agreement, by_reviewers, form_of, labelled, mean, total


def main() -> None:
    """Print the agreement and, if asked, the largest disagreements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--reviewers", action="store_true")
    given = parser.parse_args()
    data = list(labelled(given.files))
    if given.reviewers:
        data = _with_mean(data)
    data = [d for d in data if set(d.get("review") or {}) == set(ITEMS)]
    ours = [judge(Submission("", forms=(form_of(d),))).forms[0] for d in data]
    truth = np.array([total(d["review"]) for d in data])
    guess = np.array([j.review.total for j in ours])
    full = np.array([bool(d.get("overview")) for d in data])
    for name, part in (("全部", full | ~full), ("有概况", full), ("公开样式", ~full)):
        if part.any():
            agreement(f"{name}，我们与审核人，", truth[part], guess[part])
    for n, (item, most) in enumerate(ITEMS.items()):
        off = [j.review.items[n].score - d["review"][item] for j, d in zip(ours, data, strict=True)]
        print(
            f"  {item}（{most:g}）平均差 {np.mean(off):+.2f}，平均绝对差 {np.abs(off).mean():.2f}"
        )
    for k in np.argsort(-np.abs(truth - guess))[: given.show]:
        _show(data[k], float(truth[k]), ours[k])


def _with_mean(data: list[Labelled]) -> list[Labelled]:
    """The forms of several reviewers, with their mean; prints how the first two agree."""
    seen = by_reviewers(data)
    agreement("两位审核人之间，", *(np.array([total(s[k]) for _, s in seen]) for k in (0, 1)))
    return [{**form, "review": mean(sheets)} for form, sheets in seen]


def _show(form: Labelled, truth: float, ours: JudgedForm) -> None:
    total_ours = ours.review.total
    print(
        f"{form.get('id', '')} {form['project']}：审核人 {truth:g}，我们 {total_ours:g}",
        form.get("defects"),
    )
    for finding in ours.findings:
        trial = "（试行）" if finding.preview else ""
        print(f"    {finding.code} {finding.severity}{trial} {finding.message[:90]}")
    print("   ", ours.review.caps)


if __name__ == "__main__":
    main()
