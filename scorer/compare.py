"""Two submissions of the same forms: what was mended, what stands, what is new, what got worse.

Pure: judged forms in, a comparison out. Forms are paired by unit and project name, renamed
projects by likeness; findings by rule (or topic) and by the row or field they speak of, so
that it does not matter where a row stands or in which file format it came.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from scorer.forms import Finding, Form, Indicator, JudgedForm, JudgedSubmission
from scorer.library import likeness
from scorer.rules.catalogue import catalogue
from scorer.rules.wording import normalise
from scorer.worsened import Worsened, worsened

RENAMED = 0.55  # likeness from which two projects of different names are one
SAME_ROW = 0.5  # likeness from which two rows of one class are one
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FormChange:
    """One form then and now; ``old`` is None for a new form, ``new`` for one that is gone.

    ``mended`` are old findings that are gone for good reason, ``still`` those of the new form
    that stood before, ``fresh`` those that did not. A finding that only went away because the
    form got worse stands in ``worse``.
    """

    old: JudgedForm | None
    new: JudgedForm | None
    mended: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    fresh: tuple[Finding, ...] = ()
    worse: tuple[Worsened, ...] = ()

    @property
    def project(self) -> str:
        """The project's name, the new one where there is one."""
        judged = self.new or self.old
        return (judged.form.project if judged else None) or "（未写项目名称）"

    @property
    def before(self) -> float | None:
        """The total then, None for a new form."""
        return self.old.review.total if self.old else None

    @property
    def after(self) -> float | None:
        """The total now, None for a form that is gone."""
        return self.new.review.total if self.new else None

    @property
    def gain(self) -> float | None:
        """Points gained (negative: lost), None unless there are both."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 1)

    @property
    def renamed_from(self) -> str | None:
        """The project's old name, where it has another now."""
        if self.old is None or self.new is None:
            return None
        was, now = self.old.form.project, self.new.form.project
        return was if normalise(was) != normalise(now) else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All forms of both sides, in the order of the new ones, gone ones last; and the findings
    on the documents' other tables."""

    forms: tuple[FormChange, ...]
    mended: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()
    fresh: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nothing new, nothing worse, no form gone."""
        return not self.fresh and not any(
            change.fresh or change.worse or change.new is None for change in self.forms
        )


def compare(old: Sequence[JudgedSubmission], new: Sequence[JudgedSubmission]) -> Comparison:
    """What changed between two readings of the same documents, judged under the same rules."""
    before, after = list(_forms(old)), list(_forms(new))
    pairs = paired([_name(*one) for one in before], [_name(*one) for one in after])
    changes = []
    for n, (form, _) in enumerate(after):
        m = pairs.get(n)
        changes.append(compare_form(None if m is None else before[m][0], form))
    gone = [form for m, (form, _) in enumerate(before) if m not in pairs.values()]
    changes += [FormChange(form, None) for form in gone]
    documents = _matched(
        [f for j in old for f in j.findings], [f for j in new for f in j.findings], _about_document
    )
    return Comparison(tuple(changes), *documents)


def compare_form(old: JudgedForm | None, new: JudgedForm) -> FormChange:
    """One form then and now."""
    if old is None:
        return FormChange(None, new, fresh=new.findings)
    rows = same_rows(old.form, new.form)
    mended, still, fresh = _matched(
        old.findings, new.findings, _about, lambda f: _about_old(f, rows)
    )
    worse = worsened(old, new, rows)
    excuse = {f.fingerprint for one in worse for f in one.findings}
    mended = tuple(f for f in mended if f.fingerprint not in excuse)
    return FormChange(old, new, mended, still, fresh, tuple(worse))


# --- forms ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """What a form is recognised by."""

    unit: str
    project: str
    rows: frozenset[str] = field(default_factory=frozenset)


def _forms(judged: Iterable[JudgedSubmission]) -> Iterator[tuple[JudgedForm, JudgedSubmission]]:
    for document in judged:
        for form in document.forms:
            yield form, document


def _name(judged: JudgedForm, document: JudgedSubmission) -> Name:
    form = judged.form
    rows = frozenset(normalise(row.name) for row in form.indicators if row.name)
    return Name(normalise(form.unit or document.submission.unit), normalise(form.project), rows)


def paired(old: Sequence[Name], new: Sequence[Name]) -> dict[int, int]:
    """Index of a new form -> index of the old one it was: the same unit and project first,
    then the same project, then the most alike."""
    found: dict[int, int] = {}
    for same in (_same_unit_and_project, _same_project):
        for n, name in enumerate(new):
            if n in found or not name.project:
                continue
            taken = set(found.values())
            first = (m for m, was in enumerate(old) if m not in taken and same(was, name))
            if (m := next(first, None)) is not None:
                found[n] = m
    scored = [
        (alike(was, name), -m, -n)
        for n, name in enumerate(new)
        if n not in found
        for m, was in enumerate(old)
        if m not in found.values()
    ]
    for score, m, n in sorted(scored, reverse=True):
        if score >= RENAMED and -n not in found and -m not in found.values():
            found[-n] = -m
    return found


def _same_unit_and_project(one: Name, other: Name) -> bool:
    return one.unit == other.unit and one.project == other.project


def _same_project(one: Name, other: Name) -> bool:
    return one.project == other.project


def alike(one: Name, other: Name) -> float:
    """How likely (0–1) two names are one form: its project's words and its rows."""
    if one.unit and other.unit and likeness(one.unit, other.unit) < 0.5:
        return 0.0
    words = likeness(_without_year(one.project), _without_year(other.project))
    both = one.rows | other.rows
    rows = len(one.rows & other.rows) / len(both) if both else 0.0
    return max(words, (words + rows) / 2, rows * 0.9)


def _without_year(text: str) -> str:
    return "".join(c for c in text.replace("年度", "").replace("年", "") if not c.isdigit())


# --- rows -------------------------------------------------------------------------------


def same_rows(old: Form, new: Form) -> dict[int, int]:
    """Index of an old row -> index of the new row that it became; rows gone are absent."""
    found: dict[int, int] = {}
    left = set(range(len(new.indicators)))

    def take(agree: Callable[[Indicator, Indicator], bool]) -> None:
        for m, row in enumerate(old.indicators):
            if m in found:
                continue
            n = next((n for n in sorted(left) if agree(row, new.indicators[n])), None)
            if n is not None:
                found[m] = n
                left.discard(n)

    take(lambda a, b: _row(a) == _row(b) and normalise(a.value) == normalise(b.value))
    take(lambda a, b: _row(a) == _row(b))
    take(lambda a, b: a.phase == b.phase and bool(a.name) and _name_of(a) == _name_of(b))
    take(lambda a, b: _class(a) == _class(b) and likeness(a.name, b.name) >= SAME_ROW)
    take(lambda a, b: _class(a) == _class(b) and a.value != "" and _value(a) == _value(b))
    # A row that alone stood in its class and alone stands there now was reworded.
    take(lambda a, b: _class(a) == _class(b) and _lone(old, a) and _lone(new, b))
    return found


def _row(row: Indicator) -> tuple[str, str, str]:
    return row.phase, row.level2, _name_of(row)


def _name_of(row: Indicator) -> str:
    return normalise(row.name)


def _class(row: Indicator) -> tuple[str, str]:
    return row.phase, row.level2


def _value(row: Indicator) -> str:
    return normalise(row.value)


def _lone(form: Form, row: Indicator) -> bool:
    return sum(_class(other) == _class(row) for other in form.indicators) == 1


# --- findings ---------------------------------------------------------------------------


def _matched(
    old: Sequence[Finding],
    new: Sequence[Finding],
    about: Callable[[Finding], Hashable],
    about_old: Callable[[Finding], Hashable] | None = None,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """(mended, still, fresh): findings are one where they speak of one thing, those with the
    same words first."""
    left = [(finding, (about_old or about)(finding)) for finding in old]
    known = {finding.fingerprint for finding in old}
    stood: set[int] = set()
    order = sorted(range(len(new)), key=lambda n: new[n].fingerprint not in known)
    for n in order:
        same = [pair for pair in left if pair[1] == about(new[n])]
        if same:
            words = new[n].fingerprint
            left.remove(next((p for p in same if p[0].fingerprint == words), same[0]))
            stood.add(n)
    mended = tuple(finding for finding, _ in left)
    still = tuple(f for n, f in enumerate(new) if n in stood)
    return mended, still, tuple(f for n, f in enumerate(new) if n not in stood)


def _kind(finding: Finding) -> str:
    """Rules of one topic say one thing."""
    rule = catalogue().get(finding.code)
    return (rule.topic if rule else "") or finding.code


def _about(finding: Finding) -> Hashable:
    row = finding.indicator
    return _kind(finding), row, finding.field if row is None else ""


def _about_old(finding: Finding, rows: dict[int, int]) -> Hashable:
    row = finding.indicator
    now = None if row is None else rows.get(row, ("gone", row))
    return _kind(finding), now, finding.field if row is None else ""


def _about_document(finding: Finding) -> Hashable:
    return finding.code, normalise(finding.project), finding.field
