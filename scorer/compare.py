"""Two submissions of the same forms: what was mended, what stands, what is new, what got worse.

Pure: judged forms in, a comparison out. Forms are paired by unit and project name, renamed
projects by likeness; findings by rule (or topic) and by the row or field they speak of, so
that it does not matter where a row stands or in which file format it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    rows: frozenset[str] = frozenset()
    year: int | None = None


def _forms(judged: Iterable[JudgedSubmission]) -> Iterator[tuple[JudgedForm, JudgedSubmission]]:
    for document in judged:
        for form in document.forms:
            yield form, document


def _name(judged: JudgedForm, document: JudgedSubmission) -> Name:
    form = judged.form
    return name_of(
        form.unit or document.submission.unit,
        form.project,
        form.fiscal_year,
        [row.name for row in form.indicators],
    )


def name_of(
    unit: str | None, project: str | None, year: int | None, rows: Iterable[str | None]
) -> Name:
    """The name of a form, its spelling evened out."""
    names = frozenset(normalise(row) for row in rows if row)
    return Name(normalise(unit), normalise(project), names, year)


def paired(old: Sequence[Name], new: Sequence[Name]) -> dict[int, int]:
    """Index of a new form -> index of the old one it was: the same unit, project and year
    first, then the same unit and project, then the same project, then the most alike."""
    found: dict[int, int] = {}
    left = dict.fromkeys(range(len(old)))
    for same in (_unit_project_year, _unit_project, _project):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for m in reversed(left):
            waiting[same(old[m])].append(m)
        for n, name in enumerate(new):
            if n not in found and name.project and (first := waiting.get(same(name))):
                found[n] = first.pop()
                del left[found[n]]
    rest = [n for n in range(len(new)) if n not in found]
    for score, m, n in sorted(_scored(old, new, list(left), rest), reverse=True):
        if score >= RENAMED and -n not in found and -m in left:
            found[-n] = -m
            del left[-m]
    return found


def _unit_project_year(name: Name) -> Hashable:
    return name.unit, name.project, name.year


def _unit_project(name: Name) -> Hashable:
    return name.unit, name.project


def _project(name: Name) -> Hashable:
    return name.project


def _scored(
    old: Sequence[Name], new: Sequence[Name], gone: Sequence[int], fresh: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """(likeness, -old, -new) of the forms left over, unit by unit: thousands of forms have
    millions of pairs, and only those of one unit can be one form."""
    by_unit: dict[str, list[int]] = defaultdict(list)
    for m in gone:
        by_unit[old[m].unit].append(m)
    for n in fresh:
        for unit, those in by_unit.items():
            if _one_unit(unit, new[n].unit):
                yield from ((alike(old[m], new[n]), -m, -n) for m in those)


@lru_cache(1 << 16)
def _one_unit(one: str, other: str) -> bool:
    return not one or not other or likeness(one, other) >= 0.5


def alike(one: Name, other: Name) -> float:
    """How likely (0–1) two names are one form: its project's words and its rows."""
    if not _one_unit(one.unit, other.unit):
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
