"""Submission -> JudgedSubmission: rules, models and review put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache

from scorer.advice import with_proposals
from scorer.forms import Form, JudgedForm, JudgedSubmission, Problem, Submission, Verdict
from scorer.lexicon import default_lexicon
from scorer.profile import Profile, load_profile
from scorer.review import review_form
from scorer.rules.catalogue import catalogue
from scorer.rules.engine import check_document, check_form
from scorer.sidecar import load_sidecar


@cache
def profile_for(name: str = "default") -> Profile:
    """A profile checked against the catalogue. Raises ProfileError."""
    return load_profile(name, rules={code: rule.options for code, rule in catalogue().items()})


def judge(
    submission: Submission, profile: Profile | None = None, *, today: dt.date | None = None
) -> JudgedSubmission:
    """Findings and review of every form of one document, and the document's own findings.

    A document finding that names a project also costs that project's form its points.
    The reviewer's decisions beside the document are heeded; ``today`` ends dated ones.
    """
    profile = profile or profile_for()
    lexicon, sidecar = default_lexicon(), load_sidecar(submission.path)
    day = today or dt.date.today()
    about, failed = check_document(submission, profile=profile, lexicon=lexicon)
    problems: list[Problem] = [*submission.problems, *sidecar.problems, *failed]
    seen = list(about)
    about, struck = sidecar.split(about, day)
    judged = []
    for form, verdicts in zip(submission.forms, _verdicts(submission.forms), strict=True):
        findings, failed = check_form(
            form, profile=profile, lexicon=lexicon, submission=submission, verdicts=verdicts
        )
        problems += failed
        seen += findings
        findings, dismissed = sidecar.split(with_proposals(form, findings), day)
        dismissed += [f for f in struck if f.project == form.project]
        shared = [f for f in about if f.project is not None and f.project == form.project]
        by_hand = sidecar.items.get(form.project or "", {})
        review = review_form(form, [*findings, *shared], profile, by_hand)
        judged.append(JudgedForm(form, tuple(findings), review, tuple(dismissed)))
    problems += sidecar.unmatched(seen)
    return JudgedSubmission(submission, tuple(judged), tuple(about), tuple(problems))


def _verdicts(forms: Sequence[Form]) -> list[tuple[Verdict, ...]]:
    return [() for _ in forms]
