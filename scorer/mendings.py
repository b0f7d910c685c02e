"""What to mend first: the few cells whose mending gains most points, found by scoring again.

Each mending stands on those before it, so the gains add up: «先改这3项可加11分» is what the
same sheet gives once those findings are gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scorer.forms import PHASE_NAMES, Finding, Form, Mending
from scorer.review import grade_of
from scorer.rules.catalogue import catalogue
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.scale import TOGETHER, Cell, Scale, cell_of
from scorer.twins import twins

MOST = 3
# Where a remark stands that is not on one row and not on a text field, as the clerk calls it.
PLACE_NAMES = {
    **FIELD_NAMES,
    **{f"indicators_{phase}": f"{name}三级指标" for phase, name in PHASE_NAMES.items()},
    "title": "表名",
    "filled_at": "填报日期",
}


def best_mendings(scale: Scale) -> tuple[Mending, ...]:
    """At most three cells, the best first; none where nothing gains."""
    groups = _by_cell(scale.form, scale.findings)
    mended: frozenset[Cell] = frozenset()
    steps: list[tuple[Cell, float]] = []
    while len(steps) < MOST and (left := groups.keys() - mended):
        # Below two caps one mending gains nothing yet: then the one that lifts a cap goes first.
        best = max(
            left,
            key=lambda c: (
                scale.total(mended | {c}),
                -len(scale.caps(mended | {c})),
                scale.raw(mended | {c}),
                str(c),
            ),
        )
        mended |= {best}
        steps.append((best, scale.total(mended)))
    while steps and steps[-1][1] <= (steps[-2][1] if len(steps) > 1 else scale.total()):
        steps.pop()
    before = [scale.total(), *(total for _, total in steps)]
    return tuple(
        Mending(
            cell=_cell_name(scale.form, place),
            findings=tuple(f.fingerprint for f in groups[place]),
            gain=round(total - earlier, 1),
            total=total,
            grade=grade_of(total, scale.profile),
        )
        for (place, total), earlier in zip(steps, before, strict=False)
    )


def single_gains(scale: Scale) -> dict[str, float]:
    """For each finding (by fingerprint) the points that mending its cell alone would bring."""
    now = scale.total()
    gains: dict[str, float] = {}
    for place, here in _by_cell(scale.form, scale.findings).items():
        gain = round(scale.total(frozenset({place})) - now, 1)
        gains.update((f.fingerprint, gain) for f in here if gain > 0)
    return gains


def _by_cell(form: Form, findings: Sequence[Finding]) -> dict[Cell, list[Finding]]:
    """The findings of each cell that has one which costs points or holds a cap; both halves
    of a row printed twice are one cell."""
    twin = twins(form)
    groups: dict[Cell, list[Finding]] = defaultdict(list)
    for finding in findings:
        place = cell_of(finding)
        # What is said of the rows together is mended by mending rows, not at one place.
        if place != TOGETHER and not finding.preview:
            groups[twin.get(place, place) if isinstance(place, int) else place].append(finding)
    return dict(groups)


def _cell_name(form: Form, place: Cell) -> str:
    if isinstance(place, int):
        row = form.indicators[place]
        return cell(row) or f"{PHASE_NAMES[row.phase]}第{place + 1}行"
    if place in catalogue():
        return catalogue()[place].name
    return PLACE_NAMES.get(place, place)
