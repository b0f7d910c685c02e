"""Documents with planted faults (tests/crosscheck), and what a reader found in the seeds.

A line of a document that ends in ⟦X608⟧ carries a fault of that code; ``forms.toml`` holds the
forms that follow a document, with the codes that each must show.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from scorer.forms import JudgedSubmission, Submission
from scorer.judge import judge
from scorer.pipeline import read_input
from tests.makers import contents, halves, textual

TESTS = Path(__file__).parents[1]
FOLDER = TESTS / "crosscheck"
SEEDS = TESTS.parents[1] / "shared" / "seeds"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
_MARK = re.compile(r"\s*⟦(\w+)⟧")
_UNIT = {"year": 0, "department": "松原县本级", "unit": ""}

Place = tuple[str, int]  # rule code, line


@cache
def entries(name: str) -> list[dict[str, Any]]:
    """The forms that follow a document, as its TOML states them."""
    data = tomllib.loads((FOLDER / "forms.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = data.get(name, [])
    return found


@cache
def submission(name: str) -> Submission:
    """A planted document with its forms, read like any file."""
    text = _MARK.sub("", (FOLDER / f"{name}.txt").read_text("utf-8"))
    year = re.search(r"20\d\d", text)
    assert year is not None
    for entry in entries(name):
        form = contents.form_from(entry, {**_UNIT, "year": int(year[0])})
        text += "\n" + textual.tabbed(halves.blocks(form, halves.Style()))
    (found,) = read_input(f"{name}.txt", text.encode())
    return found


@cache
def judged(name: str) -> JudgedSubmission:
    """A planted document, judged."""
    return judge(submission(name))


def planted(name: str) -> set[Place]:
    """The faults that stand in a planted document."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").split("\n")
    return {(code, n) for n, line in enumerate(lines, 1) for code in _MARK.findall(line)}


def seed_findings() -> dict[str, set[Place]]:
    """What a reader found in each published budget, by file name."""
    data = tomllib.loads((TESTS / "transcripts" / "seed_findings.toml").read_text("utf-8"))
    return {
        name: {(row["code"], row["line"]) for row in found["findings"]}
        for name, found in data.items()
    }


@cache
def judged_seed(name: str) -> JudgedSubmission:
    """A published budget, judged; FileNotFoundError where the shelf is not there."""
    path = SEEDS / f"{name}.txt"
    if not path.is_file():
        raise FileNotFoundError(path)
    (found,) = read_input(str(path))
    return judge(found)


def places(result: JudgedSubmission) -> list[Place]:
    """(code, line) of every finding of a document, those of its forms included.

    A remark that stands for many forms is there once for each form, not once more.
    """
    own = [f for form in result.forms for f in form.findings]
    summaries = {f.summary for f in (*own, *result.findings) if f.summary}
    about = [f for f in result.findings if f.fingerprint not in summaries]
    return [(f.code, f.place.line or 0) for f in (*own, *about)]
