"""Our totals against reviewers': `python -m scripts.review_agreement [FILE...]`.

Against the two reviewers of data/reviews.jsonl, or against the points in labelled files. Prints the
agreement of the totals, the difference item by item, and with `--show N` the N forms on which we
differ most, with what was found.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from scorer.rules.catalogue import ITEMS
from scripts.reviewed import DATA, Reviewed, agreement, by_author, by_two, total


def main() -> None:
    """Print the agreement and, if asked, the largest disagreements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    held = sorted((DATA / "held-out").glob("blind-*.jsonl"))
    forms = list(by_author(given.files) if given.files else by_two(held))
    for style in ("", *sorted({form.style for form in forms})):
        some = [form for form in forms if style in ("", form.style)]
        if not given.files:
            first, second = (np.array([total(f.sheets[k]) for f in some]) for k in (0, 1))
            agreement(f"{style or '全部'}：两位审核人之间", first, second)
        truth, ours = (
            np.array([total(f.mean) for f in some]),
            np.array([f.ours.review.total for f in some]),
        )
        agreement(f"{style or '全部'}：我们与审核人", truth, ours)
    for n, (item, most) in enumerate(ITEMS.items()):
        off = np.array([f.ours.review.items[n].score - f.mean[item] for f in forms])
        print(f"  {item}（{most:g}）平均差 {off.mean():+.2f}，平均绝对差 {np.abs(off).mean():.2f}")
    forms.sort(key=lambda f: -abs(f.ours.review.total - total(f.mean)))
    for form in forms[: given.show]:
        _show(form)


def _show(form: Reviewed) -> None:
    ours = form.ours.review
    print(f"{form.id} {form.ours.form.project}：审核人 {total(form.mean):g}，我们 {ours.total:g}")
    for item, sheet in zip(ours.items, form.mean.items(), strict=True):
        print(f"    {item.item} 审核人 {sheet[1]:g}，我们 {item.score:g}")
    for finding in form.ours.findings:
        trial = "（试行）" if finding.preview else ""
        print(f"    {finding.code} {finding.severity}{trial} {finding.message[:90]}")
    print("   ", ours.caps)


if __name__ == "__main__":
    main()
