"""Findings -> the 88号 review sheet: eight items, every lost point a line, grade, SMART.

Protocol of 财预〔2015〕88号; weights, neutral shares and caps come from the profile.
An item loses ``points × (1 − Π(1 − w))`` over its faults: each fault costs something,
none costs twice (both halves of a form say a thing once), and nothing that is added
without mending a fault — idle rows, padding — wins a point back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from scorer.forms import (
    BENEFIT,
    OUTPUT,
    Deduction,
    Finding,
    Form,
    Indicator,
    Review,
    ReviewItem,
)
from scorer.profile import Profile
from scorer.rules.catalogue import ITEMS, SMART_OF_LETTER, catalogue
from scorer.targets import parse_target
from scorer.twins import twins

CONSEQUENCES = {
    "优": "直接进入下一步预算编制程序",
    "良": "与单位沟通，直接修改完善后进入下一步预算编制程序",
    "中": "退回单位修改完善，按程序重新报送审核",
    "差": "不得进入下一步预算编制程序",
}
MANUAL = "表外材料本程序看不到，其中一部分按配置给中性分，需人工复核"
CAP_REASONS = {
    "empty_form": "目标和产出都没有实际内容",
    "empty_goal": "总体目标空泛",
    "no_quantified_output": "没有一项可量化的产出指标",
    "no_benefit": "没有效益指标",
}


def review_form(
    form: Form,
    findings: Sequence[Finding],
    profile: Profile,
    by_hand: Mapping[str, float] | None = None,
) -> Review:
    """The review sheet of one form. ``by_hand`` maps items to points that a reviewer set."""
    deductions = list(_deductions(form, findings, profile))
    items = tuple(
        _item(name, points, [d for d in deductions if d.item == name], profile, by_hand or {})
        for name, points in ITEMS.items()
    )
    raw = sum(item.score for item in items)
    caps = _caps(form, findings, profile)
    total = round(min([raw, *(limit for limit, _ in caps)]), 1)
    hit = tuple(f"{reason}，总分不超过{limit:g}分" for limit, reason in caps if limit < raw)
    grade = _grade(total, profile)
    return Review(
        items=items,
        smart=_smart(findings, profile),
        total=total,
        grade=grade,
        consequence=CONSEQUENCES[grade],
        qualitative=qualitative_grade(items),
        caps=hit,
    )


def _deductions(form: Form, findings: Sequence[Finding], profile: Profile) -> Iterable[Deduction]:
    """One line a fault: twins in the two halves and previews cost nothing more."""
    seen: set[tuple[str, object, str]] = set()
    twin = twins(form)
    for finding in findings:
        rule = catalogue()[finding.code]
        if finding.preview or not rule.item or not rule.basis:
            continue
        row = form.indicators[finding.indicator] if finding.indicator is not None else None
        where = (
            finding.field if row is None else twin.get(finding.indicator or 0, finding.indicator)
        )
        key = (finding.code, where, finding.field if row else finding.evidence)
        if key in seen:
            continue
        seen.add(key)
        if share := _share(finding, profile):
            item = item_of(finding, row, profile)
            points = ITEMS[item] * share
            yield Deduction(
                item, finding.code, points, finding.message, finding.fingerprint, finding.place
            )


def item_of(finding: Finding, row: Indicator | None, profile: Profile) -> str:
    """The one item that a fault costs: what nobody can check, in the item it leaves unproved.

    A count or cost without a figure leaves the fit of money and targets unproved, an
    effect that nobody can check leaves its worth unproved; the profile says which.
    """
    rule = catalogue()[finding.code]
    if row is not None and rule.topic == "unverifiable":
        return str(profile.review("routes").get(row.level2, rule.item))
    return rule.item


def _share(finding: Finding, profile: Profile) -> float:
    """The part (0–1) of its item that one finding costs; a row weighs less than the whole form."""
    weight = profile.weight(finding.code, finding.severity)
    return weight * profile.review("weights")["row"] if finding.indicator is not None else weight


def _item(
    name: str,
    points: float,
    deductions: Sequence[Deduction],
    profile: Profile,
    by_hand: Mapping[str, float],
) -> ReviewItem:
    if name in by_hand:
        return ReviewItem(name, points, float(by_hand[name]), (), "由审核人评定")
    neutral = profile.review("neutral").get(name)
    reserve = points * neutral["unseen"] * (1 - neutral["kept"]) if neutral else 0.0
    room = points - reserve
    named = sum(d.points for d in deductions)
    lost = room * (1 - math.prod(1 - min(1.0, d.points / points) for d in deductions))
    scale = lost / named if named else 1.0
    lines = tuple(
        Deduction(d.item, d.code, round(d.points * scale, 2), d.reason, d.finding, d.place)
        for d in deductions
    )
    score = round(room - lost, 2)
    return ReviewItem(name, points, score, lines, MANUAL if neutral else "")


def _caps(form: Form, findings: Sequence[Finding], profile: Profile) -> list[tuple[float, str]]:
    limits = profile.review("caps")
    codes = {c for f in findings if f.severity == "error" for c in (f.code, *f.also)}
    outputs = [i for i in form.indicators if i.level1 == OUTPUT]
    quantified = any(
        parse_target(i.value).quantities or parse_target(i.value).moments for i in outputs
    )
    empty_goal = "S101" in codes or not (form.goal.period or form.goal.annual)
    reached = {
        "empty_form": empty_goal and not outputs,
        "empty_goal": empty_goal,
        "no_quantified_output": not quantified,
        "no_benefit": not any(i.level1 == BENEFIT for i in form.indicators),
    }
    return [(float(limits[k]), CAP_REASONS[k]) for k, yes in reached.items() if yes]


def _grade(total: float, profile: Profile) -> str:
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
            left[letter] *= 1 - min(1.0, _share(finding, profile))
    return {letter: round(100 * share, 1) for letter, share in left.items()}
