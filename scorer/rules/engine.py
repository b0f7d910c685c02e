"""Runs the rules and turns their hits into findings: places, fingerprints, one per fault."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scorer.forms import Finding, Form, Goal, Place, Problem, Submission, Verdict
from scorer.lexicon import Lexicon
from scorer.profile import Profile
from scorer.rules.catalogue import Hit, Rule, catalogue
from scorer.rules.context import Context
from scorer.rules.merging import SEVERITY_ORDER, merged
from scorer.rules.wording import normalise


def check_form(
    form: Form,
    *,
    profile: Profile,
    lexicon: Lexicon,
    submission: Submission | None = None,
    verdicts: Sequence[Verdict] = (),
) -> tuple[list[Finding], list[Problem]]:
    """Findings of one form, in the order of its cells, and the rules that failed on it."""
    plain = _with_plain_digits(form)
    ctx = Context(plain, lexicon, submission, tuple(verdicts))
    hits, problems = _run("form", plain, ctx, profile)
    findings = [_finding(rule, hit, form, profile) for rule, hit in hits]
    return ordered(_numbered(merged(findings, profile))), problems


_WIDE = re.compile("[０-９]")
_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789")
_PROSE = ("period", "attribute", "overview", "basis", "necessity", "safeguards", "plan")


def _with_plain_digits(form: Form) -> Form:
    """The form with the digits of its prose as 0–9 (２０２５年). Values of rows stay as
    printed: the target grammar understands them, and messages quote them."""
    texts = [getattr(form, name) for name in _PROSE]
    goals = (form.goal.period, form.goal.annual)
    if not any(text and _WIDE.search(text) for text in (*texts, *goals)):
        return form
    plain = [text and text.translate(_PLAIN) for text in texts]
    goal = Goal(*(text and text.translate(_PLAIN) for text in goals))
    return replace(form, goal=goal, **dict(zip(_PROSE, plain, strict=True)))


def check_document(
    submission: Submission, *, profile: Profile, lexicon: Lexicon
) -> tuple[list[Finding], list[Problem]]:
    """Findings about the document as a whole (the letter X and the like)."""
    ctx = Context(Form(), lexicon, submission)
    hits, problems = _run("document", submission, ctx, profile)
    forms = {form.project: form for form in submission.forms}
    findings = [_finding(rule, hit, forms.get(hit.project, Form()), profile) for rule, hit in hits]
    return ordered(_numbered(findings)), problems


def _run(
    scope: str, subject: Form | Submission, ctx: Context, profile: Profile
) -> tuple[list[tuple[Rule, Hit]], list[Problem]]:
    hits: list[tuple[Rule, Hit]] = []
    problems: list[Problem] = []
    for rule in catalogue().values():
        if rule.scope != scope or not profile.enabled(rule.code):
            continue
        assert rule.check is not None
        options = {**rule.options, **profile.options(rule.code)}
        try:
            hits.extend((rule, hit) for hit in rule.check(subject, ctx.for_rule(options)))
        except Exception as error:  # one broken rule must not silence the others
            problems.append(_failed(rule, subject, error))
    return hits, problems


def _failed(rule: Rule, subject: Form | Submission, error: Exception) -> Problem:
    name = subject.project if isinstance(subject, Form) else subject.path
    return Problem(
        path=subject.path if isinstance(subject, Submission) else "",
        message=f"规则 {rule.code}（{rule.name}）在「{name}」上没有跑完：{type(error).__name__} {error}",
        remedy="其余规则照常检查。请把这份文件和这条提示发给维护人员。",
        code="rule-failed",
    )


def _finding(rule: Rule, hit: Hit, form: Form, profile: Profile) -> Finding:
    row = form.indicators[hit.indicator] if hit.indicator is not None else None
    evidence = hit.evidence
    if not evidence and row is not None:
        evidence = str(getattr(row, hit.field or "value", "") or "")
    elif not evidence and hit.field:
        evidence = form.text(hit.field) or "" if hit.field in _TEXT_FIELDS else ""
    project = hit.project or form.project
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=profile.severity(rule.code) or hit.severity or rule.severity,
        message=hit.message,
        why=hit.why or rule.checks,
        advice=hit.advice,
        basis=rule.basis,
        field=hit.field,
        evidence=evidence,
        indicator=hit.indicator,
        place=hit.place or _place(form, hit),
        proposals=hit.proposals[:3],
        confidence=hit.confidence,
        preview=rule.status == "preview",
        project=project,
        more_places=hit.more,
        label=rule.label,
        fingerprint=fingerprint_of(
            rule.code,
            project,
            row.phase if row else "",
            row.name if row else hit.field,
            evidence or hit.message,
        ),
    )


_TEXT_FIELDS = frozenset(
    "project department unit attribute period overview basis necessity safeguards plan"
    " goal_period goal_annual filled_at leader handler phone title".split()
)


def _place(form: Form, hit: Hit) -> Place:
    if hit.indicator is not None:
        row = form.indicators[hit.indicator]
        cells = row.cells.get(hit.field or "value")
        return cells[0] if cells else row.place
    return form.places.get(hit.field, form.place)


def fingerprint_of(code: str, project: str | None, phase: str, name: str, text: str) -> str:
    """What names a finding for good: the text, never page, row or index."""
    parts = (code, normalise(project), phase, normalise(name), normalise(text))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def labels_of(finding: Finding) -> frozenset[str]:
    """The row labels (vague, mismatch, …) that a finding and those merged into it stand for."""
    rules = catalogue()
    return frozenset(
        label for code in (finding.code, *finding.also) if (label := rules[code].label)
    )


def _numbered(findings: Iterable[Finding]) -> list[Finding]:
    """Tell equal fingerprints apart by an ordinal, so that each can be dismissed alone."""
    seen: Counter[str] = Counter()
    result = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        ordinal = seen[finding.fingerprint]
        if ordinal > 1:
            finding = replace(finding, fingerprint=f"{finding.fingerprint}-{ordinal}")
        result.append(finding)
    return result


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of the document, the gravest of one place first."""

    def key(f: Finding) -> tuple[int, int, int, int, str]:
        row = -1 if f.indicator is None else f.indicator
        page, line = f.place.page or 0, f.place.line or 0
        return (page, line, row, SEVERITY_ORDER[f.severity], f.code)

    return sorted(findings, key=key)
