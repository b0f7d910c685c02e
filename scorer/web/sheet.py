"""What stands beside the table: points, grade, the eight items, and the remarks by number."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scorer.forms import Finding, Form, JudgedForm, JudgedSubmission, Review
from scorer.profile import Profile
from scorer.reports.grouping import Group, gravest_first, remarks_of
from scorer.reports.masking import mask
from scorer.twins import twins
from scorer.web.cells import filled
from scorer.web.paper import Mark
from scorer.web.proposals import Chip, chips

SHOWN_IN_CELL = {"level1": "level1", "level2": "level2", "name": "name"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark as the page shows it; ``cells`` are keys of the page's table."""

    number: int
    finding: Finding
    severity: str
    message: str
    advice: str
    why: str
    where: str
    lost: float
    cells: tuple[str, ...]
    chips: tuple[Chip, ...]
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One of the eight items; ``gained`` since the last edit."""

    item: str
    max: float
    score: float
    lost: float
    gained: float
    manual: bool
    by_hand: bool
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands beside one form's table."""

    review: Review
    items: tuple[Item, ...]
    remarks: tuple[Remark, ...]
    gained: float
    first_total: float | None
    overall: float  # points lost for the number of faults, not for one of them
    dismissed: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        return sum(r.severity == "error" for r in self.remarks)

    def marks(self) -> dict[str, list[Mark]]:
        """The remarks' numbers by cell."""
        found: dict[str, list[Mark]] = defaultdict(list)
        for remark in self.remarks:
            for key in remark.cells:
                found[key].append(Mark(remark.number, remark.severity))
        return dict(found)


def sheet(
    form: Form,
    judged: JudgedForm,
    document: JudgedSubmission,
    *,
    before: Review | None = None,
    first_total: float | None = None,
) -> Sheet:
    """The sheet of ``form`` as the page holds it; ``judged`` is the same without blank rows.

    ``before`` is the review before the last edit, for the points gained.
    """
    _, kept = filled(form)
    groups = sorted(remarks_of(judged, document), key=gravest_first)
    costs: dict[str, float] = defaultdict(float)
    for item in judged.review.items:
        for deduction in item.deductions:
            costs[deduction.finding] += deduction.points
    pairs = list(twins(judged.form).items())
    remarks = tuple(
        _remark(n, group, form, kept, pairs, costs) for n, group in enumerate(groups, 1)
    )
    earlier = {i.item: i.score for i in before.items} if before else {}
    number = {f: r.number for r in remarks for f in r.fingerprints}
    items = tuple(
        Item(
            i.item,
            i.max,
            i.score,
            sum(d.points for d in i.deductions),
            round(i.score - earlier.get(i.item, i.score), 2),
            bool(i.manual) and "人工复核" in i.manual,
            i.manual == "由审核人评定",
            "，".join(
                f"第 {number[d.finding]} 条扣 {d.points:.1f}"
                for d in i.deductions
                if d.finding in number and d.points >= 0.05
            ),
        )
        for i in judged.review.items
    )
    return Sheet(
        judged.review,
        items,
        remarks,
        round(judged.review.total - before.total, 1) if before else 0.0,
        first_total,
        costs.get("", 0.0),
        judged.dismissed,
    )


def _remark(
    number: int,
    group: Group,
    form: Form,
    kept: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    costs: Mapping[str, float],
) -> Remark:
    finding = group.finding
    cells = {(f.indicator, f.field) for f in group.members}
    for one, other in pairs:  # a row printed in both halves is marked in both
        cells |= {(other if n == one else one, name) for n, name in cells if n in (one, other)}
    row = None if finding.indicator is None else kept[finding.indicator]
    return Remark(
        number,
        finding,
        finding.severity,
        mask(finding.message),
        mask(finding.advice),
        mask(finding.why),
        group.where(),
        sum(costs.get(f.fingerprint, 0.0) for f in group.members),
        tuple(_key(n, name, kept) for n, name in sorted(cells, key=_own_first(finding))),
        tuple(chips(finding, form, row)),
        tuple(f.fingerprint for f in group.members),
    )


def _own_first(finding: Finding) -> Callable[[tuple[int | None, str]], tuple[bool, int, str]]:
    """Sort key of a remark's cells: the finding's own, then in the order of the rows."""

    def order(cell: tuple[int | None, str]) -> tuple[bool, int, str]:
        row, field = cell
        return cell != (finding.indicator, finding.field), -1 if row is None else row, field

    return order


def _key(row: int | None, field: str, kept: Sequence[int]) -> str:
    if row is None:
        return f"-1:{field}"
    return f"{kept[row]}:{SHOWN_IN_CELL.get(field, 'value')}"


def radar(smart: Mapping[str, float]) -> list[tuple[str, float, str, str, str]]:
    """The SMART radar's corners: letter, points, «x,y» of the rim, of the shape, of the label."""

    def spot(n: int, share: float) -> str:
        angle = math.tau * n / len(smart) - math.tau / 4
        return f"{66 + 46 * share * math.cos(angle):.1f},{62 + 46 * share * math.sin(angle):.1f}"

    return [
        (letter, value, spot(n, 1), spot(n, max(0.02, value / 100)), spot(n, 1.24))
        for n, (letter, value) in enumerate(smart.items())
    ]


def next_grade(review: Review, profile: Profile) -> tuple[str, float] | None:
    """(the next better grade, points still missing), None at the best."""
    better = [(float(n), g) for g, n in profile.review("grades").items() if n > review.total]
    if not better:
        return None
    least, grade = min(better)
    return str(grade), round(least - review.total, 1)


@dataclass(frozen=True, slots=True)
class First:
    """One of the cells to mend first, with the numbers of its remarks."""

    cell: str
    numbers: tuple[int, ...]
    gain: float


def first_to_mend(view: Sheet) -> list[First]:
    """«先改这三处»: the cells whose mending gains most, each on top of those before it."""
    number = {f: r.number for r in view.remarks for f in r.fingerprints}
    return [
        First(mask(m.cell), tuple(sorted({number[f] for f in m.findings if f in number})), m.gain)
        for m in view.review.mendings
    ]
