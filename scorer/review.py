"""Findings -> the 88号 review sheet: eight items, every lost point a line, grade, SMART.

Protocol of 财预〔2015〕88号; what each fault costs is in scale.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Deduction, Finding, Review, ReviewItem
from scorer.profile import Profile
from scorer.rules.catalogue import ITEMS, SMART_OF_LETTER
from scorer.scale import LEFT_OPEN, NOTHING, Scale, severity_share

CONSEQUENCES = {
    "优": "直接进入下一步预算编制程序",
    "良": "与单位沟通，直接修改完善后进入下一步预算编制程序",
    "中": "退回单位修改完善，按程序重新报送审核",
    "差": "不得进入下一步预算编制程序",
}
BY_HAND = "由审核人评定"


def review_form(scale: Scale) -> Review:
    """The review sheet of one form."""
    items = tuple(_item(scale, name) for name in ITEMS)
    raw = sum(item.score for item in items)
    total = scale.total()
    grade = grade_of(total, scale.profile)
    return Review(
        items=items,
        smart=_smart(scale.findings, scale.profile),
        total=total,
        grade=grade,
        consequence=CONSEQUENCES[grade],
        qualitative=qualitative_grade(items),
        caps=tuple(
            f"{reason}，总分不超过{limit:g}分" for limit, reason in scale.caps() if limit < raw
        ),
    )


def _item(scale: Scale, name: str) -> ReviewItem:
    """The item's points and the lines that cost it some."""
    points = ITEMS[name]
    if name in scale.by_hand:
        return ReviewItem(name, points, float(scale.by_hand[name]), (), BY_HAND)
    room, common, left = scale.parts(name, NOTHING)
    gap = 1 - common.pop(LEFT_OPEN, 1.0)
    told = scale.left_open(name, NOTHING)
    reasons = [
        (told.reason if told else "", gap),
        (
            f"全表共{len(scale.cells)}处需要修改，连带影响「{name}」。",
            1 - math.prod(common.values()),
        ),
    ]
    lines = _lines(name, room * (1 - left), scale.own[name], reasons)
    return ReviewItem(name, points, round(room * left, 2), lines, scale.rooms[name].manual)


def _lines(
    item: str,
    lost: float,
    own: Sequence[tuple[Finding, float]],
    whole: Sequence[tuple[str, float]],
) -> tuple[Deduction, ...]:
    """The lost points, a line a fault and one for each of the ``whole`` form's (reason, share), in
    proportion."""
    lines = [Deduction(item, f.code, share, f.message, f.fingerprint, f.place) for f, share in own]
    lines += [Deduction(item, "", share, reason) for reason, share in whole]
    named = sum(line.points for line in lines)
    scale = lost / named if named else 0.0
    scaled = (replace(line, points=round(line.points * scale, 2)) for line in lines)
    return tuple(line for line in scaled if line.points >= 0.01)


def grade_of(total: float, profile: Profile) -> str:
    """88号's grade of a total, by the profile's bounds."""
    for grade, least in profile.review("grades").items():
        if total >= least:
            return str(grade)
    return "差"


def item_grade(item: ReviewItem) -> str:
    """优 from 90% of the item's points, 良 from 80%, 中 from 60%, else 差."""
    share = item.score / item.max
    return "优" if share >= 0.9 else "良" if share >= 0.8 else "中" if share >= 0.6 else "差"


def qualitative_grade(items: Sequence[ReviewItem]) -> str:
    """综合评定等级 from the eight item grades (the 6-of-8 rule of the qualitative sheet)."""
    grades = [item_grade(item) for item in items]
    if grades.count("优") >= 6 and not {"中", "差"} & set(grades):
        return "优"
    if grades.count("优") + grades.count("良") >= 6 and "差" not in grades:
        return "良"
    return "中" if len(grades) - grades.count("差") >= 6 else "差"


def _smart(findings: Sequence[Finding], profile: Profile) -> dict[str, float]:
    """Each SMART letter 0–100: what its findings leave of it."""
    left = dict.fromkeys("SMART", 1.0)
    for finding in findings:
        letter = SMART_OF_LETTER.get(finding.code[0])
        if letter and not finding.preview:
            left[letter] *= 1 - min(1.0, severity_share(finding, profile))
    return {letter: round(100 * share, 1) for letter, share in left.items()}
