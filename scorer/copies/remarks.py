"""What is said on which cell: findings as the text of comments, in a clerk's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorer.forms import SEVERITY_NAMES, Finding, Form, Indicator, JudgedForm, Place, Severity
from scorer.reports.masking import mask

ORDER: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass
class Remark:
    """All that is said on one cell; ``severity`` is the gravest of it (None: only the sum)."""

    paragraphs: list[str] = field(default_factory=list)
    severity: Severity | None = None

    def add(self, finding: Finding) -> None:
        """One more finding on the cell, numbered from the second on."""
        self.paragraphs += said(finding)
        known = [s for s in (self.severity, finding.severity) if s is not None]
        self.severity = min(known, key=ORDER.index)

    @property
    def text(self) -> str:
        """The comment's text, a line a paragraph."""
        return "\n".join(self.paragraphs)


def said(finding: Finding) -> list[str]:
    """One finding as lines: the cell and the trouble, the mending, the 依据 last."""
    trial = "（试行，不扣分）" if finding.preview else ""
    lines = [f"【{SEVERITY_NAMES[finding.severity]}】{finding.message}{trial}"]
    if finding.advice:
        lines.append(f"改法：{finding.advice}")
    proposals = [f"「{p}」" for p in finding.proposals if p not in finding.advice]
    if proposals:
        lines.append(f"可写：{' 或 '.join(proposals)}")
    basis = f"依据：{finding.basis}　" if finding.basis else ""
    lines.append(f"{basis}{finding.code}")
    return [mask(line) for line in lines]


def remarks(judged: JudgedForm, read: Form, shared: Sequence[Finding] = ()) -> dict[Place, Remark]:
    """The remarks on one form by the cells of ``read``: the same form as read from the copy.

    ``shared`` are findings of the document that name this form. What speaks of the form as a
    whole stands on the project's name, after the score.
    """
    rows = same_rows(judged.form.indicators, read.indicators)
    top = read.places.get("project", read.place)
    found: dict[Place, Remark] = {top: Remark([summary(judged, len(shared))])}
    for finding in sorted((*judged.findings, *shared), key=lambda f: ORDER.index(f.severity)):
        row = None if finding.indicator is None else rows.get(finding.indicator)
        place = _cell(finding, row, read) or top
        found.setdefault(place, Remark()).add(finding)
    return found


def summary(judged: JudgedForm, more: int = 0) -> str:
    """«得分58.8，等级差，共12项：错误3、提醒7、建议2。»"""
    count = len(judged.findings) + more
    if not count:
        return f"得分{judged.review.total:g}，等级{judged.review.grade}，没有发现问题。"
    parts = [
        f"{SEVERITY_NAMES[s]}{n}"
        for s in ORDER
        if (n := sum(f.severity == s for f in judged.findings))
    ]
    listed = f"：{'、'.join(parts)}" if parts else ""
    return f"得分{judged.review.total:g}，等级{judged.review.grade}，共{count}项{listed}。"


def same_rows(judged: Sequence[Indicator], read: Sequence[Indicator]) -> Mapping[int, Indicator]:
    """Which row of the copy each judged row is: what it says, equal ones in their order."""
    left: dict[tuple[str, ...], list[Indicator]] = {}
    for row in read:
        left.setdefault(_says(row), []).append(row)
    found = {}
    for n, row in enumerate(judged):
        if left.get(_says(row)):
            found[n] = left[_says(row)].pop(0)
    return found


def _says(row: Indicator) -> tuple[str, ...]:
    return row.phase, row.level1, row.level2, row.name, row.value


def _cell(finding: Finding, row: Indicator | None, form: Form) -> Place | None:
    """The cell that a finding speaks of, None for the form as a whole."""
    if row is not None:
        for role in (finding.field or "value", "value", "name"):
            if places := row.cells.get(role):
                return places[0]
        return row.place
    for spare in form.spare:  # a class that lacks its rows: where one could be written
        if finding.field and spare.level2 == finding.field and spare.cells.get("name"):
            return spare.cells["name"][0]
    return form.places.get(finding.field)
