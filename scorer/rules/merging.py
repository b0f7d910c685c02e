"""One sentence a fault: where several rules hit one row or field, the sharpest speaks.

Two steps: rules of one topic say the same thing, so the one with the lowest rank is kept;
then some faults make others idle (a row that belongs to another project needs no better
value), and the table below says who speaks for whom. Whoever is merged stays in ``also``, so
that no label and no code is lost, and the gravest severity is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scorer.forms import Finding
from scorer.profile import Profile
from scorer.rules.catalogue import catalogue

SEVERITY_ORDER = {"error": 0, "warning": 1, "advice": 2}

_STRANGER = "R401"  # asks only (advice) below the model's own surety
_VAGUE = "unverifiable"
# (who speaks, for whom): codes or topics. The first line that fits decides.
_SPEAKS_FOR: tuple[tuple[str, frozenset[str]], ...] = (
    # A slogan of a class that the project does not touch is to be struck out, whatever it says.
    ("R405", frozenset((_VAGUE, "R401", "R402", "S106", "R417"))),
    ("R417", frozenset((_VAGUE, "R401", "R402", "S106"))),
    # A name that measures nothing is to be replaced, and its class and value with it.
    ("S106", frozenset((_VAGUE, "R401", "R402"))),
    # The word list names the class as surely as the model does.
    ("R415", frozenset(("R402",))),
    # No answer to the question: which way the number points does not matter.
    ("R407", frozenset(("A305", "A302"))),
    # Nor need it be compared while it points the wrong way.
    ("A305", frozenset(("A306", "A313", "R411", "R412"))),
    # What a rule can name is not said again as the model's doubt.
    *((named, frozenset(("R412",))) for named in ("A302", "R411", "T503", "T505")),
    # A price above all the money need not be multiplied.
    ("A307", frozenset(("R412", "A315"))),
    # Words that fit every project found none.
    ("S113", frozenset(("R409",))),
    # The goal is to be written anew.
    ("goal", frozenset(("S104",))),
)
_ALSO_STRANGE = "与项目的关系也请核对。"
_ALSO_VAGUE = "填的「{value}」也无法核对。"


def merged(findings: Iterable[Finding], profile: Profile) -> list[Finding]:
    """One finding per fault, in the order given."""
    by_topic = _topics(findings, profile)
    groups: dict[object, list[Finding]] = defaultdict(list)
    for order, finding in enumerate(by_topic):
        where = finding.indicator if finding.indicator is not None else finding.field
        groups[where if where not in (None, "") else (order,)].append(finding)
    return [kept for group in groups.values() for kept in _spoken_for(group, profile)]


def _topics(findings: Iterable[Finding], profile: Profile) -> list[Finding]:
    """Of rules with one topic on one cell the sharpest."""
    groups: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for order, finding in enumerate(findings):
        topic = catalogue()[finding.code].topic
        # A row has one fault of a topic, in whichever of its cells; a field has its own.
        where = finding.indicator if finding.indicator is not None else finding.field
        groups[(where, topic) if topic else (order,)].append(finding)
    kept = []
    for group in groups.values():
        group.sort(key=lambda f: (catalogue()[f.code].rank, f.code))
        kept.append(_join(group[0], group[1:], profile))
    return kept


def _spoken_for(group: Sequence[Finding], profile: Profile) -> list[Finding]:
    """The findings of one row or field without those for whom another speaks."""
    left = list(group)
    for speaker, silent in _SPEAKS_FOR:
        first = next((f for f in left if speaker in _names(f)), None)
        if first is not None:
            left = _speak(
                left, first, [f for f in left if f is not first and silent & _names(f)], profile
            )
    return _strangers(left, profile)


def _strangers(group: list[Finding], profile: Profile) -> list[Finding]:
    """A row that the model holds foreign: sure, it speaks for vagueness and class; not sure,
    any graver finding of the row asks it as well."""
    stranger = next((f for f in group if f.code == _STRANGER), None)
    others = [f for f in group if f is not stranger and f.indicator is not None]
    if stranger is None or not others:
        return group
    if stranger.severity != "advice":
        idle = [f for f in others if f.code != "R407" and {_VAGUE, "R402"} & _names(f)]
        value = next((f.evidence for f in idle if _VAGUE in _names(f)), "")
        said = stranger.message + (_ALSO_VAGUE.format(value=value) if value else "")
        return _speak(group, replace(stranger, message=said), idle, profile, stranger)
    graver = min(others, key=lambda f: SEVERITY_ORDER[f.severity])
    if graver.severity == "advice":
        return group
    asked = replace(graver, message=graver.message + _ALSO_STRANGE)
    return _speak(group, asked, [stranger], profile, graver)


def _speak(
    group: list[Finding],
    speaker: Finding,
    silent: Sequence[Finding],
    profile: Profile,
    place: Finding | None = None,
) -> list[Finding]:
    """The group with ``silent`` merged into ``speaker``, which stands where ``place`` did."""
    if not silent:
        return group
    joined = _join(speaker, silent, profile)
    at = place or speaker
    return [joined if f is at else f for f in group if not any(f is s for s in silent)]


def _join(best: Finding, others: Sequence[Finding], profile: Profile) -> Finding:
    if not others:
        return best
    codes = [c for f in others for c in (f.code, *f.also)]
    also = tuple(dict.fromkeys(c for c in (*best.also, *codes) if c != best.code))
    gravest = min((best, *others), key=lambda f: SEVERITY_ORDER[f.severity]).severity
    return replace(best, also=also, severity=profile.severity(best.code) or gravest)


def _names(finding: Finding) -> frozenset[str]:
    """The finding's code and topic."""
    return frozenset((finding.code, catalogue()[finding.code].topic)) - {""}
