"""What each fault of one form costs, item by item, with or without some cells mended.

An item keeps ``points × Π(1 − w) × soundness^γ``: each fault by its own weight in its own item, and
the form as a whole by the item's common weights: a little for every faulty row and field, and most
by the share of its rows that are sound, since reviewers trust no part of a form that is full of
faults (docs/review.md has the fit). Rows that anybody can add — =100%, one row said twice or cut
up — do not make a form sounder. Weights, neutral shares and caps come from the profile.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scorer.accounting import accounted
from scorer.forms import BENEFIT, OUTPUT, Finding, Form, Indicator
from scorer.heads import stands_open
from scorer.profile import Profile
from scorer.rules.catalogue import ITEMS, catalogue
from scorer.rules.left_open import CLASSES, LeftOpen, classes_left_open, left_open
from scorer.soundness import Soundness
from scorer.targets import parse_target
from scorer.twins import twins

MANUAL = "表外材料本程序看不到，其中一部分按配置给中性分，需人工复核"
NO_PRICES = "表内没有单价、数量能算到资金上，钱与产出是否匹配按中性分给，需人工复核"
BY_PRICES = "表内的单价、数量算得出约{:.0%}的资金，其余是否匹配按中性分给，需人工复核"
CAP_REASONS = {
    "empty_form": "目标和产出都没有实际内容",
    "empty_goal": "总体目标空泛",
    "no_quantified_output": "没有一项可量化的产出指标",
    "no_benefit": "没有效益指标",
    "foreign_set": "整套目标、指标像是别的项目的",
}

Cell = int | str  # a row by its index, or a field by its name
NOTHING: frozenset[Cell] = frozenset()
# What a rule says of the rows together: its faults are those rows' own.
TOGETHER = "indicators"
_UNDER_CAP = 0.1  # of the points lost elsewhere that still count below a cap
# Keys of an item's common weights: faulty rows and fields by number, and −ln of the share of
# rows that are sound, so that (1 − w) to its power is that share to a fitted power.
UNSOUND = "unsound"
LEFT_OPEN = "left_open"  # parts that a text of the form leaves open, in the one item they cost
COMMON = ("rows", "fields", UNSOUND, LEFT_OPEN)


class Scale:
    """One form's faults and what each costs; answers also for the form with some cells mended.

    ``findings`` are those of the form and those of its document's other tables that name it;
    ``by_hand`` maps items to points that a reviewer set.
    """

    def __init__(
        self,
        form: Form,
        findings: Sequence[Finding],
        profile: Profile,
        by_hand: Mapping[str, float] | None = None,
    ) -> None:
        self.form = form
        self.findings = findings
        self.profile = profile
        self.by_hand = by_hand or {}
        self.faults = faults_of(form, findings)
        self.cells = frozenset(map(cell_of, self.faults)) - {TOGETHER}
        self.sound = Soundness(form, findings, twins(form))
        self.open = (*left_open(form), *classes_left_open(findings))
        self._common: dict[frozenset[Cell], dict[str, float]] = {}
        self._raw: dict[frozenset[Cell], float] = {}
        self._strange = {
            f.indicator for f in findings if f.indicator is not None and "R401" in _says(f)
        }
        self.rooms = {name: room_of(form, name, profile, self._strange) for name in ITEMS}
        self.own: dict[str, list[tuple[Finding, float]]] = {name: [] for name in ITEMS}
        for fault in self.faults:
            name = item_of(fault, _row(form, fault), profile)
            self.own[name].append((fault, _share(fault, name, profile)))
        fitted = profile.review("fitted")
        self._fitted = {name: fitted.get(name, {}) for name in ITEMS}

    def parts(self, name: str, mended: frozenset[Cell]) -> tuple[float, dict[str, float], float]:
        """(points within reach, share left for each of what counts as a whole, share left in all)."""
        fitted, counts = self._fitted[name], self.common(name, mended)
        common = {key: (1 - fitted.get(key, 0.0)) ** n for key, n in counts.items()}
        kept = math.prod(1 - share for f, share in self.own[name] if cell_of(f) not in mended)
        return self.rooms[name].points, common, math.prod(common.values()) * kept

    def common(self, name: str, mended: frozenset[Cell] = NOTHING) -> dict[str, float]:
        """COMMON keys -> what counts for the form as a whole in this item."""
        if self.rooms[name].alone:
            return {}
        if mended not in self._common:  # the same for all items, but for what a text leaves open
            self._common[mended] = self._count(mended)
        told = self.left_open(name, mended)
        return {**self._common[mended], LEFT_OPEN: float(len(told.parts) if told else 0)}

    def _count(self, mended: frozenset[Cell]) -> dict[str, float]:
        faulty = self.cells - mended
        rows = sum(isinstance(cell, int) for cell in faulty)
        # A class that is missing is as bad as one that has no sound row.
        missing = len({cell_of(f) for f in self.faults if f.code in CLASSES} - mended)
        return {
            "rows": float(rows),
            "fields": float(len(faulty) - rows),
            UNSOUND: -math.log(self.sound.share(rows, missing, mended)),
        }

    def left_open(self, name: str, mended: frozenset[Cell]) -> LeftOpen | None:
        """What a text leaves open that this item asks for, where nothing worse is said of it."""
        faulty = self.cells - mended
        return next(
            (p for p in self.open if p.item == name and p.parts and p.field not in faulty),
            None,
        )

    def item_score(self, name: str, mended: frozenset[Cell] = NOTHING) -> float:
        """The item's points, as printed."""
        if name in self.by_hand:
            return float(self.by_hand[name])
        room, _, left = self.parts(name, mended)
        return round(room * left, 2)

    def raw(self, mended: frozenset[Cell] = NOTHING) -> float:
        """The sum of the eight items, before caps."""
        if mended not in self._raw:  # asked again by total, and by those who rank mendings
            self._raw[mended] = sum(self.item_score(name, mended) for name in ITEMS)
        return self._raw[mended]

    def total(self, mended: frozenset[Cell] = NOTHING) -> float:
        """Points of the whole form, with these cells in order. Forms under one cap keep their
        order: what else is mended shows below it."""
        raw = self.raw(mended)
        lost = _UNDER_CAP * (100 - raw)
        return round(min([raw, *(limit - lost for limit, _ in self.caps(mended))]), 1)

    def caps(self, mended: frozenset[Cell] = NOTHING) -> list[tuple[float, str]]:
        """(highest total, reason) of every cap that the form falls under."""
        limits = self.profile.review("caps")
        goal = self.form.goal.period or self.form.goal.annual
        empty_goal = bool(self._hollow - mended) if goal else not mended & GOALS
        reached = {
            "empty_form": empty_goal and not self._outputs,
            "empty_goal": empty_goal,
            "no_quantified_output": not (self._quantified or self._outputs & mended),
            "no_benefit": not self._has_benefit and BENEFIT not in mended,
            "foreign_set": self._pasted,
        }
        return [(float(limits[k]), CAP_REASONS[k]) for k, yes in reached.items() if yes]

    @cached_property
    def _hollow(self) -> frozenset[Cell]:
        """The goals that say nothing, or nothing of this project."""
        errors = (f for f in self.findings if f.severity == "error")
        cells = ((cell_of(f), _says(f)) for f in errors)
        return frozenset(
            c for c, says in cells if "S101" in says or (c in GOALS and "R430" in says)
        )

    @cached_property
    def _outputs(self) -> frozenset[int]:
        return frozenset(n for n, row in enumerate(self.form.indicators) if row.level1 == OUTPUT)

    @cached_property
    def _quantified(self) -> bool:
        """Whether an output has a number; a row that may be another project's answers for nothing."""
        rows = (self.form.indicators[n] for n in self._outputs - self._strange)
        targets = (parse_target(row.value) for row in rows)
        return any(target.quantities or target.moments for target in targets)

    @cached_property
    def _has_benefit(self) -> bool:
        rows = (row for row in self.form.indicators if row.level1 == BENEFIT)
        return not all(stands_open(row.name, row.value) for row in rows)

    @cached_property
    def _pasted(self) -> bool:
        """Whether the rows, or several texts, are those of another project."""
        said = Counter(code for f in self.findings for code in _says(f))
        return said["R413"] > 0 or said["R430"] > 1


@dataclass(frozen=True)
class Room:
    """What a form without faults can reach in an item: ``points``; ``alone``: only the item's own
    faults tell; ``manual``: what a reviewer has to look at, "" where the form shows all."""

    points: float
    alone: bool = False
    manual: str = ""


def room_of(form: Form, item: str, profile: Profile, strange: Collection[int] = ()) -> Room:
    """Less than all points where the item needs papers outside the form, cells that its template
    lacks, or where prices and numbers (of rows that are not ``strange``) do not account for the money."""
    neutral = profile.review("neutral").get(item)
    points = float(ITEMS[item])
    if neutral is None:
        return Room(points)
    if neutral.get("by") == "prices":
        shown = float(accounted(form, strange) or 0)
        withheld = neutral["unseen"] * (1 - shown) * (1 - neutral["kept"])
        told = BY_PRICES.format(shown) if shown >= 0.01 else NO_PRICES
        return Room(points * (1 - withheld), manual=told if shown < 0.9 else "")
    printed = any(name in form.asked or form.text(name) for name in neutral["fields"])
    withheld = (neutral["unseen"] if printed else 1.0) * (1 - neutral["kept"])
    alone = not printed and bool(neutral.get("alone"))
    return Room(points * (1 - withheld), alone, MANUAL)


GOALS: frozenset[Cell] = frozenset({"goal_period", "goal_annual"})


def cell_of(fault: Finding) -> Cell:
    """The cell that has to be mended: a row, a field, or what the rule looks at as a whole."""
    return fault.indicator if fault.indicator is not None else fault.field or fault.code


def faults_of(form: Form, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that cost points, each fault once: both halves say a thing once."""
    twin = twins(form)
    faults: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        rule = catalogue()[finding.code]
        if finding.preview or finding.severity == "advice" or not (rule.item and rule.basis):
            continue
        row = finding.indicator
        where = finding.evidence if row is None else twin.get(row, row)
        key = (finding.code, where, finding.field)
        if key not in faults:
            row = row if row is None else twin.get(row, row)
            faults[key] = replace(finding, indicator=row)
    return list(faults.values())


def _says(finding: Finding) -> tuple[str, ...]:
    """The codes of all rules that a finding speaks for."""
    return (finding.code, *finding.also)


def weighed_as(finding: Finding) -> str:
    """Rules of one topic weigh alike: rewording a fault into its neighbour wins nothing."""
    code = _weighing_code(finding)
    return catalogue()[code].topic or code


# An empty cell is no better than an empty phrase in it: it weighs as that does.
_BLANK_AS = {"basis": "R408", "plan": "T504", "safeguards": "A310"}


def _weighing_code(finding: Finding) -> str:
    """A row that is vague weighs as one, also where the model is sure that it is strange: its
    doubts about such a row win no points."""
    if finding.code == "C101":
        return _BLANK_AS.get(finding.field or "", finding.code)
    if finding.code != "R401":
        return finding.code
    vague = (code for code in finding.also if catalogue()[code].topic == "unverifiable")
    return next(vague, finding.code)


def _share(finding: Finding, item: str, profile: Profile) -> float:
    """The part (0–1) of its item that one fault costs.

    A local profile's own weight, else the fitted one, else the severity's, of which a
    fault on one row costs only a part.
    """
    own = profile.rule(_weighing_code(finding)).get("weight")
    fitted = profile.review("fitted").get(item, {}).get(weighed_as(finding))
    if own is not None or fitted is not None:
        return float(own if own is not None else fitted)
    return severity_share(finding, profile)


def item_of(finding: Finding, row: Indicator | None, profile: Profile) -> str:
    """The one item that a fault costs: what nobody can check, in the item it leaves unproved.

    A count or cost without a figure leaves the fit of money and targets unproved, an
    effect that nobody can check leaves its worth unproved; the profile says which.
    """
    rule = catalogue()[_weighing_code(finding)]
    if row is not None and rule.topic == "unverifiable":
        return str(profile.review("routes").get(row.level2, rule.item))
    return rule.item


def severity_share(finding: Finding, profile: Profile) -> float:
    """By severity alone; a fault on one row costs a part of one on the whole form."""
    weight = profile.weight(finding.code, finding.severity)
    return weight * profile.review("weights")["row"] if finding.indicator is not None else weight


def _row(form: Form, finding: Finding) -> Indicator | None:
    return None if finding.indicator is None else form.indicators[finding.indicator]
