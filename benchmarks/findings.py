"""How many row findings a reviewer would strike out: `python -m benchmarks.findings [FILE...]`.

On labelled forms (data/held-out/*.jsonl if none are given): a finding that costs points is right
where its row carries the rule's own label, or any label where the rule has none. Advice asks
and costs nothing; it is counted apart. `--show` prints the wrong ones.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from scorer.forms import Finding, Submission
from scorer.judge import judge
from scorer.models import corpus
from scorer.rules.catalogue import catalogue

HELD_OUT = Path(__file__).parent.parent / "data" / "held-out"


def right(finding: Finding, labels: corpus.Labels) -> bool:
    """Whether the row's labels bear out what the finding (and those merged into it) says."""
    said = {catalogue()[code].label for code in (finding.code, *finding.also)} - {""}
    carried = {name for name in corpus.LABELS if getattr(labels, name)}
    return bool(carried & said) if said else bool(carried)


def main() -> None:
    """Print right and all by severity, file by file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    whole: Counter[tuple[str, bool]] = Counter()
    for path in given.files or sorted(HELD_OUT.glob("*.jsonl")):
        found: Counter[tuple[str, bool]] = Counter()
        for item in corpus.read(path):
            judged = judge(Submission("", forms=(item.form,))).forms[0]
            for finding in judged.findings:
                if finding.indicator is None or finding.preview:
                    continue
                good = right(finding, item.labels[finding.indicator])
                found[finding.severity, good] += 1
                if given.show and not good and finding.severity != "advice":
                    print(f"  {item.form.project}：{finding.message}")
        print(path.name, _line(found))
        whole += found
    print("all", _line(whole))


def _line(found: Counter[tuple[str, bool]]) -> str:
    parts = []
    for name, severities in (
        ("that cost points", ("error", "warning")),
        ("errors", ("error",)),
        ("advice", ("advice",)),
    ):
        good = sum(found[s, True] for s in severities)
        total = good + sum(found[s, False] for s in severities)
        parts.append(f"{name} {good}/{total} = {good / max(total, 1):.3f}")
    return "；".join(parts)


if __name__ == "__main__":
    main()
