"""«Mended» by making it worse: a number taken out, a target lowered, a row or text deleted.

Each is told from the form then and now; a change that the old findings asked for (a satisfaction
of 100% lowered, an indicator of another project deleted) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorer.forms import Finding, Indicator, JudgedForm
from scorer.heads import direction_of
from scorer.rules.wording import FIELD_NAMES, cell, normalise
from scorer.target_types import Moment, Target
from scorer.targets import parse_target

_TEXTS = ("overview", "basis", "necessity", "safeguards", "plan")
_GOALS = ("goal_period", "goal_annual")
# Rules that ask for the row to go, or for the target to come down.
_DELETE = frozenset("R401 R405 R417 S109 C105".split())
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SHORTER = 0.5  # a goal cut below this share of its length lost something


@dataclass(frozen=True, slots=True)
class Worsened:
    """One place where the new form says less than the old one.

    ``kind`` is "row_deleted", "number_removed", "target_lowered", "deadline_later",
    "goal_shortened" or "text_removed"; ``message`` says it to the clerk. ``findings`` are the
    old ones that went away only by this.
    """

    kind: str
    message: str
    was: str
    now: str
    row: int | None = None  # index in the new form, None for a field or a deleted row
    field: str = ""
    findings: tuple[Finding, ...] = ()


def worsened(old: JudgedForm, new: JudgedForm, rows: Mapping[int, int]) -> list[Worsened]:
    """Everything that got worse; ``rows`` maps old rows to the new ones they became."""
    found: list[Worsened] = []
    for n, row in enumerate(old.form.indicators):
        own = tuple(f for f in old.findings if f.indicator == n)
        if n in rows:
            found += _row(row, new.form.indicators[rows[n]], rows[n], own)
        else:
            found += _deleted(row, new.form.indicators, own)
    found += _texts(old, new)
    return found


def _deleted(
    row: Indicator, now: Sequence[Indicator], own: tuple[Finding, ...]
) -> Iterator[Worsened]:
    """A row that is gone: its figure went with it, or its class has no row any more."""
    if any(f.code in _DELETE for f in own) or not row.name:
        return
    firm = _is_checkable(parse_target(row.value))
    left = any((r.phase, r.level2) == (row.phase, row.level2) for r in now)
    if firm or not left:
        why = "" if left else f"，「{row.level2}」下没有指标了"
        message = f"{cell(row)}（{row.value or '值空着'}）删掉了{why}。"
        yield Worsened("row_deleted", message, row.value, "", findings=own)


def _row(was: Indicator, now: Indicator, at: int, own: tuple[Finding, ...]) -> Iterator[Worsened]:
    if normalise(was.value) == normalise(now.value):
        return
    before, after = parse_target(was.value), parse_target(now.value)
    changed = f"{cell(now)}原来是「{was.value}」，现在是「{now.value}」"
    on_value = tuple(f for f in own if f.field in ("", "value"))

    def worse(kind: str, what: str) -> Worsened:
        return Worsened(kind, f"{changed}，{what}。", was.value, now.value, at, "value", on_value)

    if not now.value.strip():
        if was.value.strip():
            yield worse("number_removed" if _has_figures(before) else "text_removed", "值空了")
    elif _has_figures(before) and not _is_checkable(after):
        yield worse("number_removed", "没有数和日期了")
    elif not any(f.code[0] in "AXR" for f in on_value):
        if (lower := _lowered(was.name, before, after)) is not None:
            yield worse("target_lowered", lower)
        elif _is_later(before, after):
            yield worse("deadline_later", "完成时间推后了")


def _has_figures(target: Target) -> bool:
    return bool(target.quantities or target.moments or target.frequency)


def _is_checkable(target: Target) -> bool:
    """Whether anybody could check the value in December."""
    return _has_figures(target) or target.kind in ("standard", "event", "approved")


def _lowered(name: str, before: Target, after: Target) -> str | None:
    """Why the new target asks for less, None where it does not or cannot be told."""
    if len(before.quantities) != 1 or len(after.quantities) != 1:
        return None
    was, now = before.quantities[0], after.quantities[0]
    if was.unit != now.unit or was.value == now.value:
        return None
    if before.kind == "change":  # «缩短20分钟»: the more the better, up or down
        return "目标降低了" if now.value < was.value else None
    upper = was.comparator in ("≤", "<") or (
        was.comparator not in ("≥", ">") and direction_of(name) == "lower"
    )
    if upper and now.value > was.value:
        return "上限放宽了"
    if not upper and now.value < was.value and before.kind != "money":
        return "目标降低了"
    return None


def _is_later(before: Target, after: Target) -> bool:
    if before.quantities or after.quantities or not (before.moments and after.moments):
        return False
    was, now = (max(map(_day, t.moments)) for t in (before, after))
    return None not in (was, now) and was[0] == now[0] and now > was


def _day(moment: Moment) -> tuple[int, int, int]:
    """A date that sorts; parts that are not printed count as the end of what is."""
    month = moment.month or (moment.quarter or 4) * 3
    return moment.year or 0, month, moment.day or 31


def _texts(old: JudgedForm, new: JudgedForm) -> Iterator[Worsened]:
    for name in (*_TEXTS, *_GOALS):
        was, now = (old.form.text(name) or "").strip(), (new.form.text(name) or "").strip()
        own = tuple(f for f in old.findings if f.field == name)
        label = FIELD_NAMES[name]
        if was and not now:
            if name in new.form.asked:  # another table may not have the cell at all
                yield Worsened("text_removed", f"「{label}」删空了。", was, now, None, name, own)
        elif name in _GOALS and was != now:
            lost = sorted(set(_FIGURE.findall(was)) - set(_FIGURE.findall(now)))
            fewer = len(_FIGURE.findall(now)) < len(_FIGURE.findall(was))
            if lost and fewer:
                some = "、".join(lost[:4])
                message = f"「{label}」里原来的数（{some}{'等' if len(lost) > 4 else ''}）没有了。"
                yield Worsened("goal_shortened", message, was, now, None, name, own)
            elif len(now) < len(was) * _SHORTER and not _FIGURE.search(now) and not own:
                message = f"「{label}」由{len(was)}字缩到{len(now)}字，没有换来可查的数。"
                yield Worsened("goal_shortened", message, was, now, None, name, own)
