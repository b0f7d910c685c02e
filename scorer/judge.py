"""Submission -> JudgedSubmission: rules, models and review put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from scorer.advice import with_proposals
from scorer.forms import JudgedForm, JudgedSubmission, Problem, Submission, Verdict
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
    spoken, mute = _verdicts(submission)
    problems: list[Problem] = [*submission.problems, *sidecar.problems, *failed, *mute]
    seen = list(about)
    about, struck = sidecar.split(about, day)
    judged = []
    for form, verdicts in zip(submission.forms, spoken, strict=True):
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


def _verdicts(
    submission: Submission,
) -> tuple[list[tuple[Verdict, ...]], list[Problem]]:
    """What the models say of every row, with the labels they decide on.

    Models that fail become a visible problem; the rules still run.
    """
    silent: list[tuple[Verdict, ...]] = [() for _ in submission.forms]
    if not any(form.indicators for form in submission.forms):
        return silent, []
    from scorer.models import predict, thresholds

    try:
        least = thresholds()
        verdicts = predict(submission.forms)
    except Exception as error:
        problem = Problem(
            submission.path,
            f"训练好的模型没有用上：{type(error).__name__} {error}",
            "本次只按规则检查。请重新安装 jixiao，或运行 jixiao train 重建模型。",
            code="models-failed",
        )
        return silent, [problem]
    return [tuple(_decided(v, least) for v in rows) for rows in verdicts], []


def _decided(verdict: Verdict, least: Mapping[str, float]) -> Verdict:
    says = frozenset(
        label for label, limit in least.items() if (getattr(verdict, label) or 0.0) >= limit
    )
    return replace(verdict, says=says)
