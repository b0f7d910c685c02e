"""The documents: a name, bytes, and what must be read, in a short notation.

    = 城区路灯节能改造                     a form by its project name
    unit 市城管局                          a header field (``funding.annual.central 12`` too)
    a|产出|数量|更换灯具|≥1200盏           a row: p 实施期 or a 年度, level 1, level 2, name, value

Only the fields that are written are compared; the rows must be all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field

from scorer.forms import Form, Submission
from scorer.layouts import read_submission
from scorer.readers import read_document
from tests.makers.contents import LEVEL1, LEVEL2
from tests.makers.expect import Score

_PHASES = {"p": "period", "a": "annual"}
Key = tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """One form as the document prints it."""

    project: str
    fields: dict[str, str]
    rows: tuple[Key, ...]


@dataclass(frozen=True)
class Paper:
    """One document. ``problems`` are codes that reading it must report."""

    name: str
    suffix: str
    make: Callable[[], bytes]
    wanted: tuple[Wanted, ...]
    held: bool = False
    slow: bool = False
    scan: bool = False
    problems: frozenset[str] = field(default_factory=frozenset)

    @property
    def kind(self) -> str:
        return "scan" if self.scan else self.suffix.lstrip(".")


PAPERS: list[Paper] = []


def paper(
    name: str, suffix: str, wanted: str = "", *, held: bool = False, slow: bool = False,
    scan: bool = False, problems: str = "",
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:  # fmt: skip
    """Register the decorated maker as a document."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        PAPERS.append(
            Paper(name, suffix, make, notation(wanted), held, slow, scan,
                  frozenset(problems.split()))
        )  # fmt: skip
        return make

    return register


def notation(text: str) -> tuple[Wanted, ...]:
    """The forms that a text in the notation above describes."""
    forms: list[Wanted] = []
    fields: dict[str, str] = {}
    rows: list[Key] = []
    for line in (line.strip() for line in text.strip().splitlines()):
        if line.startswith("= "):
            fields, rows = {}, []
            forms.append(Wanted(line[2:], fields, ()))
        elif re.match(r"^[pa]\|", line):
            phase, one, two, name, value = line.split("|")
            rows.append((_PHASES[phase], LEVEL1.get(one, one), LEVEL2.get(two, two), name, value))
            forms[-1] = Wanted(forms[-1].project, fields, tuple(rows))
        elif line:
            name, _, value = line.partition(" ")
            fields[name] = value
    return tuple(forms)


def read(item: Paper, data: bytes | None = None) -> list[Submission]:
    """Through the one door that every user goes through."""
    name = f"paper{item.suffix}"
    return [read_submission(d) for d in read_document(name, data or item.make())]


def score(item: Paper) -> Score:
    """How near the reading comes to what is printed."""
    return compare(read(item), item.wanted, item.problems)


def compare(
    parts: Sequence[Submission], wanted_forms: Sequence[Wanted], problems: Set[str] = frozenset()
) -> Score:
    """Count what was read as it must be, and name every difference."""
    rest = [form for part in parts for form in part.forms]
    total = Score(forms=len(wanted_forms))
    for wanted in wanted_forms:
        found = next((f for f in rest if _plain(f.project) == _plain(wanted.project)), None)
        if found is None and len(wanted_forms) == 1 and rest:
            found = rest[0]
        if found is None:
            total.fields += len(wanted.fields) + 1
            total.rows += len(wanted.rows)
            total.differences.append(f"form missing: {wanted.project}")
            continue
        rest.remove(found)
        total.found += 1
        _fields(wanted, found, total)
        _rows(wanted, found, total)
    total.spurious = len(rest)
    total.rows_read += sum(len(form.indicators) for form in rest)
    total.differences += [f"form that is not there: {form.project}" for form in rest]
    codes = {problem.code for part in parts for problem in part.problems}
    total.differences += [f"problem not told: {code}" for code in problems - codes]
    return total


def _fields(wanted: Wanted, found: Form, total: Score) -> None:
    for name, want in {"project": wanted.project, **wanted.fields}.items():
        got = _field(found, name)
        right = _plain(want if want != "-" else "") == got
        total.fields += 1
        total.fields_right += right
        if not right:
            total.differences.append(f"{wanted.project}: {name}: «{want}» read as «{got}»")


def _field(form: Form, name: str) -> str:
    if name.startswith("funding."):
        _, phase, source = name.split(".")
        value = getattr(getattr(form, f"funding_{phase}"), source)
        return "" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)
    return _plain(form.text(name))


def _rows(wanted: Wanted, found: Form, total: Score) -> None:
    want = Counter(tuple(map(_plain, row)) for row in wanted.rows)
    got = Counter(
        tuple(map(_plain, (i.phase, i.level1, i.level2, i.name, i.value))) for i in found.indicators
    )
    total.rows += want.total()
    total.rows_read += got.total()
    total.rows_right += (want & got).total()
    for key in (want - got).elements():
        total.differences.append(f"{wanted.project}: row lost: {'|'.join(key)}")
    for key in (got - want).elements():
        total.differences.append(f"{wanted.project}: row not printed: {'|'.join(key)}")


def _plain(text: object) -> str:
    """Without white space: line breaks inside a cell are no difference."""
    return re.sub(r"\s", "", "" if text is None else str(text))
