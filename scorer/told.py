"""What a user is told of each row, rules and models together: for `jixiao evaluate`."""

from __future__ import annotations

from collections.abc import Sequence

from scorer.forms import Form, Submission, Verdict
from scorer.judge import judge, verdicts_of
from scorer.models.evaluate import RowVerdict
from scorer.rules.engine import labels_of

LABELS = ("vague", "mismatch", "misplaced", "incoherent")


def told(forms: Sequence[Form]) -> list[tuple[RowVerdict, ...]]:
    """Per form, one RowVerdict per indicator: a label is told where a finding stands for it."""
    answers = []
    spoken, _ = verdicts_of(Submission("", forms=tuple(forms)))
    for form, verdicts in zip(forms, spoken, strict=True):
        judged = judge(Submission("", forms=(form,)), verdicts=[verdicts]).forms[0]
        rows: list[set[str]] = [set() for _ in form.indicators]
        for finding in judged.findings:
            if finding.indicator is not None:
                rows[finding.indicator] |= labels_of(finding)
        chances = verdicts or tuple(Verdict() for _ in form.indicators)
        answers.append(tuple(_answer(*pair) for pair in zip(rows, chances, strict=True)))
    return answers


def _answer(labels: set[str], chance: Verdict) -> RowVerdict:
    """The model's probability, moved to the side on which the user was told."""
    predicted = {label: label in labels for label in LABELS}
    probability = {label: getattr(chance, label) or 0.0 for label in LABELS}
    return RowVerdict(predicted, probability)
