"""Submission -> JudgedSubmission: rules, models and review put together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from scorer.forms import Form, JudgedForm, JudgedSubmission, Problem, Submission, Verdict
from scorer.lexicon import default_lexicon
from scorer.profile import Profile, load_profile
from scorer.review import review_form
from scorer.rules.catalogue import catalogue
from scorer.rules.engine import check_document, check_form


@cache
def profile_for(name: str = "default") -> Profile:
    """A profile checked against the catalogue. Raises ProfileError."""
    return load_profile(name, rules={code: rule.options for code, rule in catalogue().items()})


def judge(submission: Submission, profile: Profile | None = None) -> JudgedSubmission:
    """Findings and review of every form of one document, and the document's own findings.

    A document finding that names a project also costs that project's form its points.
    """
    profile = profile or profile_for()
    lexicon = default_lexicon()
    about, failed = check_document(submission, profile=profile, lexicon=lexicon)
    problems: list[Problem] = [*submission.problems, *failed]
    judged = []
    for form, verdicts in zip(submission.forms, _verdicts(submission.forms), strict=True):
        findings, failed = check_form(
            form, profile=profile, lexicon=lexicon, submission=submission, verdicts=verdicts
        )
        problems += failed
        shared = [f for f in about if f.project is not None and f.project == form.project]
        review = review_form(form, [*findings, *shared], profile)
        judged.append(JudgedForm(form, tuple(findings), review))
    return JudgedSubmission(submission, tuple(judged), tuple(about), tuple(problems))


def _verdicts(forms: Sequence[Form]) -> list[tuple[Verdict, ...]]:
    return [() for _ in forms]
