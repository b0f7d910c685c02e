"""The labelled rows of ``data/rows``: forms with their labels, and the fixed split."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer.forms import Form, Goal, Indicator

LABELS = ("vague", "mismatch", "misplaced", "incoherent")
_FORM_KEYS = (
    "project department unit fiscal_year attribute period total_yuan annual_yuan overview basis "
    "necessity safeguards plan"
).split()
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Labels:
    """What a reviewer said of one row; None where nobody said anything."""

    vague: bool | None = None
    mismatch: bool | None = None
    misplaced: bool | None = None
    incoherent: bool | None = None
    right_level2: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledForm:
    """One training form: the form, its labels row by row, its field, topic and fold."""

    id: str
    field: str
    topic: str
    form: Form
    labels: tuple[Labels, ...]
    fold: int = 0


def form_from_dict(data: dict[str, Any]) -> Form:
    """A Form from the keys of design.md section 7 (missing keys allowed)."""
    rows = tuple(
        Indicator(i.get("level1", ""), i.get("level2", ""), i["name"], i["value"])
        for i in data["indicators"]
    )
    cells: dict[str, Any] = {key: data.get(key) or None for key in _FORM_KEYS}
    goal = Goal(data.get("goal_period"), data.get("goal_annual"))
    return Form(goal=goal, indicators=rows, **cells)


def fold_of(topic: str) -> int:
    """The fold of a topic that the split file does not name: fixed by its text alone."""
    return int(hashlib.sha256(topic.encode()).hexdigest(), 16) % FOLDS


def load(folder: Path) -> list[LabelledForm]:
    """All labelled forms of ``folder/rows/*.jsonl`` in the order of file and line.

    Raises ValueError naming file and line where a line cannot be understood.
    """
    forms: list[LabelledForm] = []
    for path in sorted((folder / "rows").glob("*.jsonl")):
        forms += read(path)
    return with_folds(forms, read_split(folder))


def read(path: Path) -> list[LabelledForm]:
    """The labelled forms of one file. Raises ValueError as ``load`` does."""
    forms: list[LabelledForm] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            forms.append(_labelled(json.loads(line)))
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"{path.name} line {number}: {error!r}") from error
    return forms


def read_split(folder: Path) -> dict[str, int]:
    """topic -> fold as fixed in ``splits.json``; empty where there is no such file."""
    path = folder / "splits.json"
    if not path.is_file():
        return {}
    split: dict[str, int] = json.loads(path.read_text("utf-8"))["topics"]
    return split


def with_folds(forms: Iterable[LabelledForm], split: dict[str, int]) -> list[LabelledForm]:
    """The forms with their folds: a topic keeps to one fold, and so does a project's name."""
    from dataclasses import replace

    of_project: dict[str, int] = {}
    out = []
    for item in forms:
        project = item.form.project or item.id
        fold = split.get(item.topic, fold_of(item.topic))
        fold = of_project.setdefault(project, fold)
        out.append(replace(item, fold=fold))
    return out


def write_split(folder: Path) -> dict[str, int]:
    """Fix the fold of every topic in ``splits.json``; topics already there keep theirs."""
    split = read_split(folder)
    for item in load(folder):
        split.setdefault(item.topic, item.fold)
    text = json.dumps(
        {"folds": FOLDS, "by": "topic and project", "topics": dict(sorted(split.items()))},
        ensure_ascii=False,
        indent=0,
    )
    (folder / "splits.json").write_text(text + "\n", "utf-8")
    return split


def digest(folder: Path) -> str:
    """SHA-256 over the training rows and the split, for the cards."""
    total = hashlib.sha256()
    for path in [*sorted((folder / "rows").glob("*.jsonl")), folder / "splits.json"]:
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


LIBRARY = "library-"  # ids of forms made of the indicator library


def library(path: Path) -> list[LabelledForm]:
    """The indicator library as forms, one per project that units file under a topic: good
    rows that belong to their topic, dealt out among its projects.

    Project names stand in ``projects.csv`` beside ``path``; a topic without any is its own
    project. The forms only help to train; nothing is ever measured on them.
    """
    topics: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for entry in _entries(path):
        if entry["name"] and entry["example"]:
            topics.setdefault((entry["field"], entry["topic"], entry["keywords"]), []).append(entry)
    beside = path.with_name("projects.csv")
    filed = _entries(beside) if beside.is_file() else []
    named = {(e["field"], e["topic"]): [p for p in e["projects"].split(";") if p] for e in filed}
    forms = []
    for (field, topic, keywords), own in topics.items():
        projects = named.get((field, topic)) or [topic]
        for k, project in enumerate(projects):
            if dealt := own[k :: len(projects)]:
                forms.append(_of_library(field, topic, keywords.split(";"), project, dealt))
    return forms


def _entries(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _of_library(
    field: str, topic: str, keywords: list[str], project: str, entries: list[dict[str, str]]
) -> LabelledForm:
    return LabelledForm(
        LIBRARY + topic,
        field.partition("/")[0],  # 类/款: the labelled forms know the 类 alone
        LIBRARY + topic,
        Form(
            project=project,
            overview="、".join([topic, *keywords]),
            indicators=tuple(Indicator("", e["level2"], e["name"], e["example"]) for e in entries),
        ),
        tuple(Labels(False, False, False, False, e["level2"]) for e in entries),
        fold_of(topic),
    )


def rows(forms: Sequence[LabelledForm]) -> list[tuple[LabelledForm, int]]:
    """All (form, row index) pairs in order."""
    return [(f, k) for f in forms for k in range(len(f.labels))]


def _labelled(data: dict[str, Any]) -> LabelledForm:
    labels = tuple(
        Labels(
            **{name: i["labels"].get(name) for name in LABELS},
            right_level2=i.get("right_level2") or None,
        )
        for i in data["indicators"]
    )
    return LabelledForm(data["id"], data["field"], data["topic"], form_from_dict(data), labels)
