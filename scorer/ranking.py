"""Many judged documents -> what a bureau looks at first: order, units, common faults.

Pure arithmetic over the tree that ``judge`` gives; the reports only show it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import blake2b

from scorer.forms import Finding, JudgedForm, JudgedSubmission, Problem
from scorer.profile import Profile
from scorer.rules.catalogue import LETTERS, catalogue
from scorer.rules.wording import normalise
from scorer.shelf import Filed, Paper, Shelf
from scorer.stability import Sway, stability

GRADES = ("优", "良", "中", "差")
BINS = 10  # of the score distribution, ten points wide
LEAST_SHARED = 10  # signs of a sentence that tells something when several units share it


@dataclass(frozen=True, slots=True)
class Ranked:
    """One form in the order of the ranking: what order and overview need of it.

    The form itself stays on the shelf until a report takes it out.
    """

    place: int
    total: float
    grade: str
    project: str | None
    unit: str  # as the form or else its document names it
    department: str  # the 主管部门, the unit itself where the form names none
    fiscal_year: int | None
    amount: Decimal  # yuan, 0 where unknown
    letters: dict[str, int]  # findings by letter, those on trial left out
    paper: Paper
    shelf: Shelf
    key: int
    sway: Sway | None = None  # how far it moves when weights do; None where not asked

    @property
    def filed(self) -> Filed:
        """The form, taken off the shelf."""
        return self.shelf.take(self.key)

    @property
    def judged(self) -> JudgedForm:
        """The form with its findings and its sheet."""
        return self.filed.judged


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
    documents: Shelf
    papers: tuple[Paper, ...]
    codes: frozenset[str]  # of every rule that speaks, those on trial included
    problems: tuple[Problem, ...]
    likeness: float = 1.0  # lowest rank correlation of the order when one weight moves

    @property
    def amount(self) -> Decimal:
        """Money of all forms, yuan."""
        return sum((r.amount for r in self.forms), Decimal(0))

    def by_money(self, grades: str = "差") -> tuple[Ranked, ...]:
        """Forms of these grades, worst grade first, with money at stake, the largest sum first."""
        at_stake = [r for r in self.forms if r.grade in grades and r.amount]
        return tuple(
            sorted(
                at_stake,
                key=lambda r: (-GRADES.index(r.grade), -r.amount, r.place),
            )
        )

    @property
    def amount_poor(self) -> Decimal:
        """Money in 差 forms, yuan."""
        return sum((r.amount for r in self.forms if r.grade == "差"), Decimal(0))


def rank(documents: Iterable[JudgedSubmission], profile: Profile | None = None) -> Ranking:
    """Order forms by score, the larger sum first among equals.

    With the ``profile`` they were judged by, each form also says how far its place and grade
    move when a weight does.
    """
    shelf = documents if isinstance(documents, Shelf) else Shelf(documents)
    papers = tuple(paper for paper, _ in shelf.papers())
    seen = _Seen(papers)
    rows = []
    for paper, keys in shelf.papers():
        for key in keys:
            row = _ranked(paper, shelf, key)
            seen.add(row)
            rows.append(row)
    rows.sort(key=lambda r: (r.total, -r.amount, r.unit, r.project or ""))
    likeness = 1.0
    sways: Sequence[Sway | None] = [None] * len(rows)
    if profile is not None:
        steady = stability(((f.judged, f.weighed) for f in (r.filed for r in rows)), profile)
        sways, likeness = steady.sways, steady.likeness
    forms = tuple(
        replace(row, place=n, sway=sway)
        for n, (row, sway) in enumerate(zip(rows, sways, strict=True), 1)
    )
    counted = Counter(r.grade for r in forms)
    bins = Counter(min(BINS - 1, int(r.total // 10)) for r in forms)
    return Ranking(
        forms=forms,
        units=_by(forms, lambda row: row.unit),
        departments=_by(forms, lambda row: row.department),
        grades={grade: counted[grade] for grade in GRADES},
        bins=tuple(bins[n] for n in range(BINS)),
        common=seen.common(),
        copied=seen.copied(),
        documents=shelf,
        papers=papers,
        codes=frozenset(seen.codes),
        problems=tuple(p for paper in papers for p in paper.problems),
        likeness=likeness,
    )


def _ranked(paper: Paper, shelf: Shelf, key: int) -> Ranked:
    filed = shelf.take(key)
    form, review = filed.judged.form, filed.judged.review
    unit = form.unit or paper.unit or "（未写单位）"
    return Ranked(
        place=0,
        total=review.total,
        grade=review.grade,
        project=form.project,
        unit=unit,
        department=form.department or unit,
        fiscal_year=form.fiscal_year,
        amount=_amount(filed.judged),
        letters=Counter(f.code[0] for f in filed.judged.findings if not f.preview),
        paper=paper,
        shelf=shelf,
        key=key,
    )


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
    totals = [r.total for r in group]
    letters: Counter[str] = Counter()
    for row in group:
        letters.update(row.letters)
    return UnitRow(
        unit=unit,
        forms=len(group),
        mean=round(sum(totals) / len(totals), 1),
        worst=min(totals),
        amount=sum((r.amount for r in group), Decimal(0)),
        amount_poor=sum((r.amount for r in group if r.grade == "差"), Decimal(0)),
        letters={letter: round(letters[letter] / len(group), 2) for letter in LETTERS},
    )


class _Seen:
    """What is counted over all forms: rules, and sentences that several units share."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.codes: set[str] = set()
        self._findings: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()
        # Digest of a sentence -> its units; the words only once a second unit has them.
        self._sentences: dict[bytes, dict[str, int]] = {}
        self._words: dict[bytes, str] = {}
        for paper in papers:
            self._count(paper.findings)

    def add(self, row: Ranked) -> None:
        filed = row.filed
        self._count(filed.weighed)
        form = filed.judged.form
        for text in {form.goal.annual, form.plan, form.safeguards, form.necessity} - {None}:
            words = normalise(text)
            if len(words) < LEAST_SHARED:
                continue
            key = blake2b(words.encode(), digest_size=12).digest()
            units = self._sentences.setdefault(key, {})
            units[row.unit] = units.get(row.unit, 0) + 1
            if len(units) > 1:
                self._words.setdefault(key, text or "")

    def _count(self, findings: Iterable[Finding]) -> None:
        told = list(findings)
        codes = [f.code for f in told if not f.preview]
        self.codes.update(f.code for f in told)
        self._findings.update(codes)
        self._forms.update(set(codes))

    def common(self) -> tuple[Common, ...]:
        """The rules, the most frequent first."""
        return tuple(
            Common(code, catalogue()[code].name, count, self._forms[code])
            for code, count in self._findings.most_common()
        )

    def copied(self) -> tuple[Copied, ...]:
        """Goals, plans, measures and needs that several units share word for word."""
        shared = [
            Copied(text, tuple(sorted(units)), sum(units.values()))
            for key, text in self._words.items()
            if (units := self._sentences[key])
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
