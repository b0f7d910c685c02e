"""Scoring many forms and writing the full report, in one run: `make bench-report`.

Forms are those of data/rows, repeated under other names. Prints how long HTML, workbook, Word
papers, JSON, CSV and Parquet take against the scoring itself, and the most memory used.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scorer.exchange import form_from_json
from scorer.forms import Form, JudgedSubmission, Submission
from scorer.judge import judge, profile_for
from scorer.ranking import rank
from scorer.reports.folder import write_folder
from scorer.shelf import Shelf

ROWS = Path(__file__).parent.parent / "data" / "rows"
UNIT = 12  # forms a unit files


def forms(count: int) -> Iterator[Form]:
    """``count`` forms: the labelled ones over and over, each round under other names."""
    lines = [
        line
        for path in sorted(ROWS.glob("*.jsonl"))
        for line in path.read_text("utf-8").split("\n")
    ]
    stock = [form_from_json(json.loads(line)) for line in lines if line.strip()]
    for n, form in enumerate(itertools.islice(itertools.cycle(stock), count)):
        turn = n // len(stock)
        yield replace(form, project=f"{form.project}{turn or ''}", unit=f"第{n // UNIT}单位")


def _judged(count: int, repeat: int) -> Iterator[JudgedSubmission]:
    for n, form in enumerate(forms(count)):
        judged = judge(Submission(f"{n}.pdf", forms=(form,)))
        for _ in range(repeat):
            yield judged


def main() -> None:
    """Score, rank, write, and print the ratio and the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=5000)
    parser.add_argument("--repeat", type=int, default=1, help="put each form away so many times")
    given = parser.parse_args()
    profile = profile_for()
    start = time.process_time()
    judged = Shelf(_judged(given.count, given.repeat), on_disk=True)
    scored = time.process_time() - start
    start = time.process_time()
    ranking = rank(judged, profile)
    with tempfile.TemporaryDirectory() as folder:
        for path in write_folder(ranking, profile, Path(folder)):
            files = [path] if path.is_file() else list(path.iterdir())
            print(f"{path.name} {sum(f.stat().st_size for f in files) / 1e6:.1f} MB")
        reported = time.process_time() - start
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{given.count * given.repeat} 张表：排名和全部报告用的时间是审核的 {reported / scored:.2f} 倍，"
        f"最多用内存 {used:.0f} MB"
    )


if __name__ == "__main__":
    main()
