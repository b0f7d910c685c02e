"""The same program from Python.

>>> import scorer
>>> submissions = scorer.read("data/samples")           # what the documents hold
>>> judged = scorer.score(submissions)                  # findings and reviews
>>> frame = scorer.to_frame(judged)                     # one row a form, a pandas DataFrame
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.forms import Form, JudgedSubmission, Submission
from scorer.judge import judge, profile_for
from scorer.pipeline import read_all

if TYPE_CHECKING:
    import pandas as pd


def read(path: str | Path | Sequence[str | Path]) -> list[Submission]:
    """All documents of a file, folder, glob or list of them; problems inside, never raised."""
    paths = [path] if isinstance(path, str | Path) else path
    return list(read_all([str(p) for p in paths]))


def score(
    what: Iterable[Submission | Form] | Submission | Form, *, profile: str = "default"
) -> list[JudgedSubmission]:
    """Judge submissions, or bare forms (each then stands for a document of its own).

    Raises scorer.profile.ProfileError for an unknown profile.
    """
    items = [what] if isinstance(what, Submission | Form) else what
    settings = profile_for(profile)
    return [
        judge(Submission(path="", forms=(item,)) if isinstance(item, Form) else item, settings)
        for item in items
    ]


def to_frame(judged: Iterable[JudgedSubmission], rows: str = "forms") -> pd.DataFrame:
    """A DataFrame with one row a form (``rows="forms"``) or a finding (``"findings"``).

    Raises ValueError for another ``rows``.
    """
    import pandas as pd

    makers = {"forms": _form_rows, "findings": _finding_rows}
    if rows not in makers:
        raise ValueError(f"rows must be one of {', '.join(makers)}, not {rows!r}")
    return pd.DataFrame([row for j in judged for row in makers[rows](j)])


def _form_rows(judged: JudgedSubmission) -> Iterable[dict[str, Any]]:
    for form in judged.forms:
        yield {
            "path": judged.submission.path,
            "department": form.form.department,
            "unit": form.form.unit,
            "fiscal_year": form.form.fiscal_year,
            "project": form.form.project,
            "total_yuan": form.form.total_yuan,
            "annual_yuan": form.form.annual_yuan,
            "score": form.review.total,
            "grade": form.review.grade,
            "findings": len(form.findings),
            "gain_of_three": round(sum(m.gain for m in form.review.mendings), 1),
            **{item.item: item.score for item in form.review.items},
            **{f"smart_{letter}": value for letter, value in form.review.smart.items()},
        }


def _finding_rows(judged: JudgedSubmission) -> Iterable[dict[str, Any]]:
    own = [(f, form.form.unit) for form in judged.forms for f in form.findings]
    for finding, unit in [*own, *((f, judged.submission.unit) for f in judged.findings)]:
        yield {
            "path": judged.submission.path,
            "unit": unit,
            "project": finding.project,
            "code": finding.code,
            "severity": finding.severity,
            "indicator": finding.indicator,
            "field": finding.field,
            "evidence": finding.evidence,
            "message": finding.message,
            "advice": finding.advice,
            "confidence": finding.confidence,
            "place": finding.place.label(),
            "fingerprint": finding.fingerprint,
        }
