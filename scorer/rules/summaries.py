"""The same remark about many forms becomes one remark about the document.

The forms keep their findings (each form has its own sheet), marked with the fingerprint of
the document's finding; reports that list a whole document say it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Finding, Form, Place
from scorer.rules.catalogue import catalogue
from scorer.rules.engine import fingerprint_of
from scorer.rules.merging import SEVERITY_ORDER
from scorer.rules.wording import named, normalise

LEAST_FORMS = 3  # forms that must share a remark before it is said once for all


def summarise(
    forms: Sequence[tuple[Form, Sequence[Finding]]],
) -> tuple[list[Finding], list[list[Finding]]]:
    """(findings of the document, the forms' findings with ``summary`` set where one speaks
    for them), the latter in the order given."""
    groups: dict[tuple[str, ...], list[tuple[int, Finding]]] = defaultdict(list)
    for number, (form, findings) in enumerate(forms):
        for finding in findings:
            groups[_key(form, finding)].append((number, finding))
    said: dict[tuple[str, ...], Finding] = {
        key: _summary(key, group)
        for key, group in groups.items()
        if len({number for number, _ in group}) >= LEAST_FORMS
    }
    marked = [
        [
            replace(f, summary=said[key].fingerprint) if (key := _key(form, f)) in said else f
            for f in findings
        ]
        for form, findings in forms
    ]
    return list(said.values()), marked


def _key(form: Form, finding: Finding) -> tuple[str, ...]:
    """What makes two remarks the same: rule and text; both halves of a form count once."""
    named_alone = finding.evidence == form.project  # a remark on the form as a whole
    evidence = "" if named_alone else normalise(finding.evidence)
    where = finding.field.removesuffix("_period").removesuffix("_annual")
    if catalogue()[finding.code].summary:
        return (finding.code, where, evidence)
    if finding.indicator is not None:
        row = form.indicators[finding.indicator]
        where = f"{row.level2}/{normalise(row.name)}/{finding.field}"
    return (finding.code, where, evidence, finding.message)


def _summary(key: tuple[str, ...], group: Sequence[tuple[int, Finding]]) -> Finding:
    first = group[0][1]
    count = len({number for number, _ in group})
    projects = list(dict.fromkeys(f.project or "（未写项目名称）" for _, f in group))
    pattern = catalogue()[first.code].summary or "{n}张表有同样的问题：{message}涉及{projects}。"
    places: list[Place] = list(dict.fromkeys(f.place for _, f in group))
    return replace(
        first,
        message=pattern.format(
            n=count, message=first.message, evidence=first.evidence, projects=named(projects)
        ),
        severity=min((f.severity for _, f in group), key=lambda s: SEVERITY_ORDER[s]),
        confidence=min(f.confidence for _, f in group),
        indicator=None,
        project=None,
        place=places[0],
        more_places=tuple(places[1:]),
        fingerprint=fingerprint_of(first.code, None, "", *key[1:3]),
    )
