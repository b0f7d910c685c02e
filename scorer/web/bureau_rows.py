"""A bureau's decisions as labelled rows, the way `jixiao train --reviews` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorer.forms import Finding, Form, JudgedForm, JudgedSubmission
from scorer.rules.engine import labels_of
from scorer.web.batches import CONFIRM, DISMISS, Decision, unit_of


def labelled_rows(
    documents: list[JudgedSubmission], made: Mapping[tuple[str, str], Decision]
) -> Iterator[dict[str, Any]]:
    """One object for each indicator that somebody decided on: a label is true where a finding
    was confirmed, false where it was dismissed, absent where nobody said anything."""
    for document in documents:
        for judged in document.forms:
            yield from _of_form(judged, unit_of(judged, document), made)


def _of_form(
    judged: JudgedForm, unit: str, made: Mapping[tuple[str, str], Decision]
) -> Iterator[dict[str, Any]]:
    rows: dict[int, dict[str, bool]] = {}
    for finding in (*judged.findings, *judged.dismissed):
        decision = made.get((unit, finding.fingerprint))
        if finding.indicator is None or decision is None:
            continue
        labels = _labels(finding, decision)
        if labels:
            rows.setdefault(finding.indicator, {}).update(labels)
    for n, labels in sorted(rows.items()):
        yield {**_row(judged.form, n), **labels}


def _labels(finding: Finding, decision: Decision) -> dict[str, bool]:
    if decision.kind not in (CONFIRM, DISMISS):
        return {}
    return dict.fromkeys(sorted(labels_of(finding)), decision.kind == CONFIRM)


def _row(form: Form, n: int) -> dict[str, Any]:
    row = form.indicators[n]
    amount = form.annual_yuan if form.annual_yuan is not None else form.total_yuan
    return {
        "project": form.project,
        "overview": form.overview,
        "goal": form.goal.annual or form.goal.period,
        "amount_yuan": None if amount is None else float(amount),
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "value": row.value,
    }
