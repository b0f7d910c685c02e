"""Amounts of one form as its table prints them -> the funding cells of the draft.

A form may print a sum and its parts (财政拨款, 其中：上级补助), two cells of one source
(市级, 县级), or the amounts in one cell with their labels. What adds up is added up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from scorer.forms import Phase, Place, Yuan
from scorer.layouts.draft import FormDraft, parse_yuan
from scorer.layouts.grid.header_row import phase_of
from scorer.layouts.words import Words, fold, money_unit, squeeze

_LEAST_YUAN = 5000  # no project of a budget is smaller
_AROUND = re.compile(r"[(]其中[^()]*[)]|人民币|合计|共计|小写|大约|约|计|共|:|\(|\)|。|;")


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount cell: whose it is, its printed label and text, its unit if it names one."""

    phase: Phase
    source: str
    label: str
    text: str
    unit: str | None
    place: Place


@dataclass
class Sums:
    """The amount cells of one form, gathered in printed order."""

    words: Words
    cells: list[Sum] = field(default_factory=list)
    totals: list[tuple[int, Phase]] = field(default_factory=list)  # label column, phase

    def phase_at(self, column: int, label: str, same_row: int | None = None) -> Phase:
        """The half a source's label belongs to: what it says itself, the total left of it in
        its own row, else the last total printed in the nearest column."""
        said = phase_of(label)
        if said:
            return said
        latest = dict(self.totals)
        if same_row is not None and same_row in latest:
            return latest[same_row]
        if not latest:
            return "period"
        return latest[min(latest, key=lambda start: (abs(start - column), start))]

    def add(self, name: str, label: str, text: str, column: int, place: Place,
            same_row: int | None = None) -> None:  # fmt: skip
        """One amount; ``name`` is "total", "annual" or a source, ``column`` its label's."""
        if name in ("total", "annual"):
            phase: Phase = "annual" if name == "annual" else "period"
            self.totals.append((column, phase))
            source = "total"
        else:
            phase, source = self.phase_at(column, label, same_row), name
        self.put(phase, source, label, text, place)

    def put(self, phase: Phase, source: str, label: str, text: str, place: Place) -> None:
        """One amount of a half that is known."""
        key = squeeze(label).removeprefix("其中").strip(":")
        unit = money_unit(label) if "元" in label else None
        self.cells.append(Sum(phase, source, key, text, unit, place))

    def settle(self, draft: FormDraft) -> None:
        """Write every amount into the draft, in yuan."""
        default = draft.money_unit or self._unit_of_labels() or "元"
        groups: dict[tuple[Phase, str], list[Sum]] = {}
        for cell in self.cells:
            groups.setdefault((cell.phase, cell.source), []).append(cell)
        for (phase, source), cells in groups.items():
            once = list({c.label: c for c in reversed(cells)}.values())[::-1]
            stated = [c for c in once if c.text] or once
            figure = stated[:1] if source == "total" else self._parts(once)
            value = _sum(figure, default)
            if value is not None and all(self.words.is_fiscal_sum(c.label) for c in figure):
                value = _rest(value, groups, phase, default)
            draft.set_amount(phase, source, "" if value is None else f"{value:f}元", cells[0].place)

    def _unit_of_labels(self) -> str | None:
        """«年度资金总额（万元）» says the unit of the parts below it too."""
        units = {cell.unit for cell in self.cells if cell.unit}
        return units.pop() if len(units) == 1 else None

    def unit_in_doubt(self, draft: FormDraft) -> bool:
        """Whether no unit is printed anywhere and the figures are too small to be yuan."""
        if draft.money_unit is not None or any(c.unit for c in self.cells):
            return False
        bare = [c.text for c in self.cells if c.text and "元" not in c.text]
        known = [yuan for text in bare if (yuan := _yuan(text, "元"))]
        return bool(known) and max(known) < _LEAST_YUAN

    def _parts(self, cells: list[Sum]) -> list[Sum]:
        """The cells of a source without the sum (财政拨款) printed above its own parts."""
        parts = [c for c in cells if not self.words.is_fiscal_sum(c.label)]
        return parts if any(c.text for c in parts) else cells


def _sum(cells: list[Sum], default: str) -> Decimal | None:
    amounts = [_yuan(c.text, c.unit or default) for c in cells]
    known = [Decimal(a) for a in amounts if a is not None]
    return sum(known, Decimal(0)) if known else None


def _rest(
    value: Decimal, groups: dict[tuple[Phase, str], list[Sum]], phase: Phase, default: str
) -> Decimal:
    """财政拨款 with only its upper parts printed below it: the county's part is what remains."""
    upper = [_sum(groups.get((phase, source), []), default) for source in ("central", "province")]
    above = sum((u for u in upper if u is not None), Decimal(0))
    return value - above if above <= value else value


def _yuan(text: str, unit: str) -> Yuan | None:
    """The amount of a cell, also with «约», «合计» or «人民币» around its one figure."""
    return parse_yuan(_AROUND.sub("", fold(text)), unit) if text else None


def looks_like_amount(text: str) -> bool:
    """True for a cell that could hold an amount: blank, a dash, or one figure."""
    stripped = fold(text).strip(" /\\-—–_.…")
    return not stripped or stripped in ("无", "空") or _yuan(stripped, "元") is not None
