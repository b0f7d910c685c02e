"""Submission -> JudgedSubmission: rules, models and review put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from scorer.advice import with_proposals
from scorer.forms import (
    Finding,
    Form,
    JudgedForm,
    JudgedSubmission,
    Problem,
    Submission,
    Verdict,
)
from scorer.lexicon import lexicon_with
from scorer.mendings import best_mendings, single_gains
from scorer.profile import Profile, load_profile
from scorer.review import review_form
from scorer.rules.catalogue import catalogue
from scorer.rules.engine import check_document, check_form, ordered
from scorer.rules.summaries import summarise
from scorer.scale import Scale
from scorer.sidecar import Sidecar, load_sidecar


@cache
def profile_for(name: str = "default") -> Profile:
    """A profile checked against the catalogue. Raises ProfileError."""
    return load_profile(name, rules={code: rule.options for code, rule in catalogue().items()})


def judge(
    submission: Submission,
    profile: Profile | None = None,
    *,
    today: dt.date | None = None,
    verdicts: Sequence[tuple[Verdict, ...]] | None = None,
    sidecar: Sidecar | None = None,
) -> JudgedSubmission:
    """Findings and review of every form of one document, and the document's own findings.

    A document finding that names a project also costs that project's form its points; what
    many forms have in common is said once for the document, and still costs each its own.
    ``verdicts`` of the models, one tuple a form, may be given where they are known already.
    The reviewer's decisions are heeded: those in ``sidecar``, or where that is None those beside
    the document on disk; ``today`` ends dated ones.
    """
    profile = profile or profile_for()
    lexicon = lexicon_with(profile.values("accepted"), profile.values("rejected"))
    sidecar = load_sidecar(submission.path) if sidecar is None else sidecar
    about, failed = check_document(submission, profile=profile, lexicon=lexicon)
    spoken, mute = verdicts_of(submission) if verdicts is None else (list(verdicts), [])
    problems: list[Problem] = [*submission.problems, *sidecar.problems, *failed, *mute]
    own: list[list[Finding]] = []
    for form, rows in zip(submission.forms, spoken, strict=True):
        findings, failed = check_form(
            form, profile=profile, lexicon=lexicon, submission=submission, verdicts=rows
        )
        own.append(with_proposals(form, findings))
        problems += failed
    summaries, about, own = _summarised(submission.forms, about, own)
    return _decided_on(
        submission, own, [*summaries, *about], problems, sidecar, profile, today or dt.date.today()
    )


def judge_again(
    judged: JudgedSubmission,
    sidecar: Sidecar,
    profile: Profile | None = None,
    *,
    today: dt.date | None = None,
) -> JudgedSubmission:
    """The document with other decisions than it was judged with; no rule is asked again.

    ``judged`` was judged without any decision (``sidecar=Sidecar()``).
    """
    own = [form.findings for form in judged.forms]
    problems = [*judged.problems, *sidecar.problems]
    return _decided_on(
        judged.submission, own, judged.findings, problems, sidecar,
        profile or profile_for(), today or dt.date.today(),
    )  # fmt: skip


def _decided_on(
    submission: Submission,
    own: Sequence[Sequence[Finding]],
    about: Sequence[Finding],
    problems: Sequence[Problem],
    sidecar: Sidecar,
    profile: Profile,
    day: dt.date,
) -> JudgedSubmission:
    """Findings become reviews: what a reviewer struck out costs nothing, items set by hand stand."""
    unmatched = sidecar.unmatched([*about, *(f for found in own for f in found)])
    standing, struck = sidecar.split(about, day)
    gone = {f.fingerprint for f in struck}
    judged = []
    for form, findings in zip(submission.forms, own, strict=True):
        kept, dismissed = sidecar.split(findings, day)
        # Whoever strikes out a remark on many forms strikes it out on each of them.
        dismissed += [f for f in kept if f.summary in gone]
        dismissed += [f for f in struck if f.project is not None and f.project == form.project]
        kept = [f for f in kept if f.summary not in gone]
        shared = [f for f in standing if f.project is not None and f.project == form.project]
        by_hand = sidecar.items.get(form.project or "", {})
        scale = Scale(form, [*kept, *shared], profile, by_hand)
        review = replace(
            review_form(scale), mendings=best_mendings(scale), gains=single_gains(scale)
        )
        judged.append(JudgedForm(form, tuple(kept), review, tuple(dismissed)))
    return JudgedSubmission(
        submission, tuple(judged), tuple(ordered(standing)), (*problems, *unmatched)
    )


def _summarised(
    forms: Sequence[Form], about: Sequence[Finding], own: Sequence[Sequence[Finding]]
) -> tuple[list[Finding], list[Finding], list[list[Finding]]]:
    """(what is said once for many forms, the document's findings, the forms' findings).

    Findings of document rules that name a project are weighed with that form's own.
    """
    shared = [
        [f for f in about if f.project is not None and f.project == form.project] for form in forms
    ]
    together = [(form, [*a, *b]) for form, a, b in zip(forms, own, shared, strict=True)]
    summaries, marked = summarise(together)
    heard = {f.fingerprint: f for found in marked for f in found}
    about = [heard.get(f.fingerprint, f) for f in about]
    kept = [found[: len(a)] for found, a in zip(marked, own, strict=True)]
    return summaries, about, kept


def verdicts_of(
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
