"""Equal remarks once: the two halves of a form, or many forms, say a thing one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scorer.forms import Finding, Form, JudgedForm, JudgedSubmission, Place
from scorer.rules.catalogue import catalogue
from scorer.shelf import Filed, shared_with
from scorer.twins import twins


@dataclass(frozen=True, slots=True)
class Group:
    """One remark: the finding that speaks, all findings that say the same, all their places."""

    finding: Finding
    members: tuple[Finding, ...]
    places: tuple[Place, ...]

    def where(self, most: int = 4) -> str:
        """The places in a clerk's words, the first ``most`` of them; "" where none is known."""
        labels = list(dict.fromkeys(p.label() for p in self.places if p.label()))
        more = f" 等{len(labels)}处" if len(labels) > most else ""
        return "、".join(labels[:most]) + more


def grouped(findings: Iterable[Finding], form: Form | None = None) -> list[Group]:
    """Findings as remarks, in their own order. ``form`` tells which rows are printed twice."""
    twin = twins(form) if form else {}
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        row = finding.indicator
        said = finding.message if row is None else (twin.get(row, row), finding.field)
        groups[(finding.code, said)].append(finding)
    return [
        Group(
            same[0],
            tuple(same),
            tuple(dict.fromkeys(p for f in same for p in (f.place, *f.more_places))),
        )
        for same in groups.values()
    ]


_SEVERITIES = ("error", "warning", "advice")
_KINDS = {"X": 0, "C": 1, "P": 1, "M": 2, "A": 2, "T": 2, "R": 3, "S": 4}
_MONEY = ("资金匹配性",)
_CONTRADICTIONS = ("R407", "R411", "T503", "T505")


def opinion_order(group: Group) -> tuple[bool, bool, int, int, str]:
    """Sort key of an opinion: money and contradictions, missing, measure, class, wording.

    What is only advice, and what is on trial, comes after what the unit must mend.
    """
    finding = group.finding
    rule = catalogue().get(finding.code)
    kind = _KINDS.get(finding.code[0], 4)
    if finding.code in _CONTRADICTIONS or (rule is not None and rule.item in _MONEY):
        kind = 0
    rank = _SEVERITIES.index(finding.severity)
    return finding.preview, finding.severity == "advice", kind, rank, finding.code


def gravest_first(group: Group) -> tuple[bool, int, int, str]:
    """Sort key of a form's own page: gravest first, then as in an opinion."""
    preview, _, kind, rank, code = opinion_order(group)
    return preview, rank, kind, code


def remarks_of(judged: JudgedForm, document: JudgedSubmission) -> list[Group]:
    """A form's own remarks and those of its document that speak of it, in printed order."""
    return grouped((*judged.findings, *shared_with(judged, document)), judged.form)


def remarks_in(filed: Filed) -> list[Group]:
    """The same of a form that was put away with what its document says of it."""
    return grouped(filed.weighed, filed.judged.form)


def remarks_on_document(document: JudgedSubmission) -> list[Group]:
    """What a document's other tables and sentences get wrong: remarks that name no form."""
    projects = {judged.form.project for judged in document.forms}
    return grouped(f for f in document.findings if f.project is None or f.project not in projects)
