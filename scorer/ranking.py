"""Many judged documents -> what a bureau looks at first: order, units, common faults.

Pure arithmetic over the tree that ``judge`` gives; the reports only show it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorer.forms import Finding, JudgedForm, JudgedSubmission, Problem
from scorer.profile import Profile
from scorer.rules.catalogue import LETTERS, catalogue
from scorer.rules.wording import normalise
from scorer.stability import Sway, stability

GRADES = ("优", "良", "中", "差")
BINS = 10  # of the score distribution, ten points wide


@dataclass(frozen=True, slots=True)
class Ranked:
    """One form in the order of the ranking; ``amount`` in yuan, 0 where unknown."""

    place: int
    judged: JudgedForm
    submission: JudgedSubmission
    amount: Decimal
    sway: Sway | None = None  # how far it moves when weights do; None where not asked

    @property
    def unit(self) -> str:
        """The unit as the form or else its document names it."""
        return self.judged.form.unit or self.submission.submission.unit or "（未写单位）"

    @property
    def department(self) -> str:
        """The 主管部门, the unit itself where the form names none."""
        return self.judged.form.department or self.unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's (or department's) line: forms, mean score, money in 差 forms, findings a form by letter."""

    unit: str
    forms: int
    mean: float
    worst: float
    amount: Decimal
    amount_poor: Decimal
    letters: dict[str, float]


@dataclass(frozen=True, slots=True)
class Common:
    """One rule's frequency: findings and the forms that have it."""

    code: str
    name: str
    findings: int
    forms: int


@dataclass(frozen=True, slots=True)
class Copied:
    """The same sentence in the forms of several units."""

    text: str
    units: tuple[str, ...]
    forms: int


@dataclass(frozen=True)
class Ranking:
    """All that the ranked report shows, worst form first."""

    forms: tuple[Ranked, ...]
    units: tuple[UnitRow, ...]
    departments: tuple[UnitRow, ...]
    grades: dict[str, int]
    bins: tuple[int, ...]
    common: tuple[Common, ...]
    copied: tuple[Copied, ...]
    documents: tuple[JudgedSubmission, ...]
    problems: tuple[Problem, ...]
    likeness: float = 1.0  # lowest rank correlation of the order when one weight moves

    @property
    def amount(self) -> Decimal:
        """Money of all forms, yuan."""
        return sum((r.amount for r in self.forms), Decimal(0))

    def by_money(self, grades: str = "差") -> tuple[Ranked, ...]:
        """Forms of these grades, worst grade first, with money at stake, the largest sum first."""
        at_stake = [r for r in self.forms if r.judged.review.grade in grades and r.amount]
        return tuple(
            sorted(
                at_stake,
                key=lambda r: (-GRADES.index(r.judged.review.grade), -r.amount, r.place),
            )
        )

    @property
    def amount_poor(self) -> Decimal:
        """Money in 差 forms, yuan."""
        return sum((r.amount for r in self.forms if r.judged.review.grade == "差"), Decimal(0))


def rank(documents: Sequence[JudgedSubmission], profile: Profile | None = None) -> Ranking:
    """Order forms by score, the larger sum first among equals.

    With the ``profile`` they were judged by, each form also says how far its place and grade
    move when a weight does.
    """
    rows = [(form, document) for document in documents for form in document.forms]
    rows.sort(
        key=lambda r: (
            r[0].review.total,
            -_amount(r[0]),
            r[0].form.unit or "",
            r[0].form.project or "",
        )
    )
    steady = None
    if profile is not None:
        weighed = [(f.form, (*f.findings, *shared_with(f, d)), f.review) for f, d in rows]
        steady = stability(weighed, profile)
    forms = tuple(
        Ranked(n, form, document, _amount(form), steady.sways[n - 1] if steady else None)
        for n, (form, document) in enumerate(rows, 1)
    )
    counted = Counter(r.judged.review.grade for r in forms)
    bins = Counter(min(BINS - 1, int(r.judged.review.total // 10)) for r in forms)
    return Ranking(
        forms=forms,
        units=_by(forms, lambda row: row.unit),
        departments=_by(forms, lambda row: row.department),
        grades={grade: counted[grade] for grade in GRADES},
        bins=tuple(bins[n] for n in range(BINS)),
        common=_common(documents),
        copied=_copied(forms),
        documents=tuple(documents),
        problems=tuple(p for d in documents for p in d.problems),
        likeness=steady.likeness if steady else 1.0,
    )


def shared_with(judged: JudgedForm, document: JudgedSubmission) -> Iterator[Finding]:
    """The document's findings that speak of this form."""
    project = judged.form.project
    return (f for f in document.findings if f.project is not None and f.project == project)


def _amount(judged: JudgedForm) -> Decimal:
    form = judged.form
    amount = form.annual_yuan if form.annual_yuan is not None else form.total_yuan
    return Decimal(amount or 0)


def _by(forms: Sequence[Ranked], name: Callable[[Ranked], str]) -> tuple[UnitRow, ...]:
    """A line a unit or department, the lowest mean first."""
    groups: dict[str, list[Ranked]] = defaultdict(list)
    for row in forms:
        groups[name(row)].append(row)
    rows = [_unit_row(unit, group) for unit, group in groups.items()]
    return tuple(sorted(rows, key=lambda u: (u.mean, u.unit)))


def _unit_row(unit: str, group: Sequence[Ranked]) -> UnitRow:
    totals = [r.judged.review.total for r in group]
    letters = Counter(f.code[0] for r in group for f in r.judged.findings if not f.preview)
    return UnitRow(
        unit=unit,
        forms=len(group),
        mean=round(sum(totals) / len(totals), 1),
        worst=min(totals),
        amount=sum((r.amount for r in group), Decimal(0)),
        amount_poor=sum((r.amount for r in group if r.judged.review.grade == "差"), Decimal(0)),
        letters={letter: round(letters[letter] / len(group), 2) for letter in LETTERS},
    )


def _common(documents: Sequence[JudgedSubmission]) -> tuple[Common, ...]:
    findings: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for document in documents:
        groups = [form.findings for form in document.forms] + [document.findings]
        for group in groups:
            codes = [f.code for f in group if not f.preview]
            findings.update(codes)
            forms.update(set(codes))
    return tuple(
        Common(code, catalogue()[code].name, count, forms[code])
        for code, count in findings.most_common()
    )


def _copied(forms: Sequence[Ranked]) -> tuple[Copied, ...]:
    """Goals, plans and measures of ten signs and more that several units share word for word."""
    seen: dict[str, list[Ranked]] = defaultdict(list)
    words: dict[str, str] = {}
    for row in forms:
        form = row.judged.form
        for text in {form.goal.annual, form.plan, form.safeguards, form.necessity} - {None}:
            key = normalise(text)
            if len(key) >= 10:
                seen[key].append(row)
                words.setdefault(key, text or "")
    shared = [
        Copied(words[key], tuple(sorted({r.unit for r in rows})), len(rows))
        for key, rows in seen.items()
        if len({r.unit for r in rows}) > 1
    ]
    return tuple(sorted(shared, key=lambda c: (-c.forms, c.text)))


SEVERITY_RANK = {"error": 0, "warning": 1, "advice": 2}


def worst_finding(findings: Sequence[Finding]) -> Finding | None:
    """The finding to read first: gravest, then surest; previews last."""
    return min(
        findings,
        key=lambda f: (f.preview, SEVERITY_RANK[f.severity], -f.confidence),
        default=None,
    )
