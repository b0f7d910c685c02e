"""Cohen's kappa of the second, blind labelling against the first: `make agreement`."""

from __future__ import annotations

import json
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

DATA = Path(__file__).parent.parent / "data"
LABELS = ("vague", "mismatch", "misplaced", "incoherent")


def pairs() -> list[tuple[dict[str, bool], dict[str, bool]]]:
    """(first, second) labels of every row that two people labelled."""
    forms = {}
    for path in [*(DATA / "rows").glob("*.jsonl"), *(DATA / "held-out").glob("*.jsonl")]:
        for line in path.read_text("utf-8").splitlines():
            form = json.loads(line)
            forms[form["id"]] = form["indicators"]
    seconds = map(json.loads, (DATA / "second-labels.jsonl").read_text("utf-8").splitlines())
    return [(forms[s["id"]][s["n"]]["labels"], s) for s in seconds]


def main() -> None:
    """Print one line a label."""
    rows = pairs()
    print(f"双人标注 {len(rows)} 行")
    for label in LABELS:
        first = [bool(a[label]) for a, _ in rows]
        second = [bool(b[label]) for _, b in rows]
        both = sum(a and b for a, b in zip(first, second, strict=True))
        kappa = cohen_kappa_score(first, second)
        print(
            f"{label:<11} kappa {kappa:.3f}  第一遍 {sum(first)}  第二遍 {sum(second)}  都判 {both}"
        )


if __name__ == "__main__":
    main()
