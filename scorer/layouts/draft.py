"""A form while it is being read: cells and rows go in, a :class:`Form` comes out.

Shared by all layout families, so that amounts, level names and places come out alike.
The first non-blank text of a cell wins; a blank cell is remembered as asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from scorer.forms import (
    BENEFIT,
    COST,
    LEVEL2,
    OUTPUT,
    PHASES,
    SATISFACTION,
    Cells,
    Form,
    Funding,
    Goal,
    Indicator,
    Phase,
    Place,
    Yuan,
)
from scorer.layouts.project_names import project_in, without_code
from scorer.layouts.terms import several_years
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import Words, fold, money_unit, words

TEXT_FIELDS = (
    "project", "department", "unit", "attribute", "period", "overview", "basis", "necessity",
    "safeguards", "plan", "goal_period", "goal_annual", "filled_at", "leader", "handler", "phone",
)  # fmt: skip
SOURCES = ("central", "province", "city_county", "self_raised", "other")
_FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
_AMOUNT = re.compile(
    r"^[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(亿元|万元|千元|元|万|亿)?整?$"
)
_CODE = re.compile(r"^[(]?(\d{3,15})[)]?\s*[-—–_－]*\s*(?=[^\d年])")
_UNIT_CODE = re.compile(r"^(?:[(\[（【]\d{3,15}[)\]）】]|\d{3,15}\s*[-—–_－\s])\s*(?=\D)")
_TAIL_CODE = re.compile(r"(?<=\D)[-—–_－/\s(\[]*(\d{3,15})\s*[)\]]?$")
_TEMPLATE_NUMBER = re.compile(r"^指标\s*\d{1,2}\s*[:：、.]\s*")
# «1.5公里» has none; «1.10月底前完工率» has
_NUMBER = re.compile(r"(?:(\d{1,2})[.．、](?!\d(?!\d?月|\d{3}年))|[(（](\d{1,2})[)）])\s*(?=\S)")
_TAIL_YEAR = re.compile(
    r"\s*[(（]20\d\d年?度?[)）]$"
)  # «某局（2015年度）», where a line holds both
_BOTH_LEVELS = re.compile(r"([一-龥]{2,6})\s*[-—–/:：]+\s*([一-龥]{2,10})")  # «产出指标-数量指标»
_WHOSE = re.compile(r"[一-龥()（）、]{0,16}满意度?(?:指标|目标)?")  # «学生及教职工满意度»
_SEVERAL = 2  # rows from which a numbering is told from a name
_LEVEL1_OF = (
    dict.fromkeys(LEVEL2[0:4], OUTPUT)
    | dict.fromkeys(LEVEL2[4:7], COST)
    | dict.fromkeys(LEVEL2[7:11], BENEFIT)
    | {LEVEL2[11]: SATISFACTION}
)


def parse_yuan(text: str, unit: str = "元") -> Yuan | None:
    """«620,000» -> 620000; «62.00» with unit 万元 -> 620000; blank or no figure -> None.

    A unit printed in the cell itself wins over ``unit``. Fen give a Decimal.
    """
    match = _AMOUNT.match(re.sub(r"\s", "", fold(text)).replace("，", ","))
    if match is None:
        return None
    own = (match[2] or unit).removesuffix("元") + "元"
    value = Decimal(match[1].replace(",", "")) * _FACTORS.get(own, Decimal(1))
    return int(value) if value == value.to_integral_value() else value.normalize()


def split_department(text: str) -> tuple[str | None, str | None]:
    """«001-某县档案馆» -> ("001", "某县档案馆"); no code -> (None, text)."""
    text = text.strip()
    folded = fold(text)  # one sign for one: positions hold for the printed text
    if match := _CODE.match(folded):
        return match[1], text[match.end() :].strip() or None
    if match := _TAIL_CODE.search(folded):
        return match[1], text[: match.start()].strip() or None
    return None, text or None


def natural_level1(level2: str) -> str:
    """The level 1 a canonical level-2 name belongs to («时效指标» -> «产出指标»), "" if unknown."""
    return _LEVEL1_OF.get(level2, "")


@dataclass
class FormDraft:
    """Collects the cells of one form.

    ``layout`` is the family's letter. ``money_unit`` is «元» or «万元» and may be set at
    any time before :meth:`finish`; without one, 元 is taken.
    """

    layout: str
    title: str | None = None
    place: Place = field(default_factory=Place)
    fiscal_year: int | None = None
    money_unit: str | None = None
    words: Words = field(default_factory=words)
    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[tuple[Phase, str], str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    rows: list[Indicator] = field(default_factory=list)
    spare: list[Indicator] = field(default_factory=list)
    heading: tuple[str, Place] | None = None  # the project that a heading over the form names
    plain_goal: bool = False  # «项目总体目标»: the label of the goal names no term

    def ask(self, name: str, place: Place | None = None) -> None:
        """The table has this cell (see ``Form.asked``), its label at ``place``; funding
        cells are named «funding.period.central» and the like."""
        self.asked.add(name)
        if place is not None:
            self.places.setdefault(name, place)

    def set_text(self, name: str, text: str, place: Place) -> None:
        """A header cell by its Form field (``TEXT_FIELDS``, "department" with its code), or the
        unit of all sums («资金单位 | 万元»)."""
        if name == "money_unit":
            self.money_unit = self.money_unit or money_unit(text)
            return
        self.ask(name, place)
        if text.strip() and name not in self.texts:
            self.texts[name] = text.strip()
            self.places[name] = place

    def add_text(self, name: str, text: str, place: Place) -> None:
        """As :meth:`set_text`, behind what is there: «年度目标1», «年度目标2»."""
        if name in self.texts and text.strip():
            self.texts[name] = join_wrapped([self.texts[name], text])
        else:
            self.set_text(name, text, place)

    def agrees(self, other: FormDraft) -> bool:
        """Whether what ``other`` says of year, unit of money, unit and department is said here
        too."""
        pairs = [(self.fiscal_year, other.fiscal_year), (self.money_unit, other.money_unit)]
        pairs += [(self.texts.get(n), other.texts.get(n)) for n in ("unit", "department")]
        return all(there is None or here == there for here, there in pairs)

    def set_amount(self, phase: Phase, source: str, text: str, place: Place) -> None:
        """A funding cell; ``source`` is one of ``SOURCES`` or "total" (of that half)."""
        name = amount_name(phase, source)
        self.ask(name, place)
        if text.strip() and (phase, source) not in self.amounts:
            self.amounts[phase, source] = text.strip()
            self.places[name] = place

    def add_row(
        self,
        phase: Phase,
        level1: str,
        level2: str,
        name: str,
        value: str,
        place: Place,
        extra: Mapping[str, str | None] | None = None,
        cells: Cells | None = None,
    ) -> bool:
        """One indicator; levels as printed or canonical. A row without name and value is
        the template's own and only noted as spare (False)."""
        name = _TEMPLATE_NUMBER.sub("", name.strip())
        value = _TEMPLATE_NUMBER.sub("", value.strip())
        one, other = _NUMBER.match(name), _NUMBER.match(value)
        if one and other and one[0].strip() == other[0].strip():  # «1.里程 | 1.≥60公里»
            name, value = name[one.end() :], value[other.end() :]
        level1, level2 = self._levels(level1, level2)
        if not name and not value:
            if cells:
                self.spare.append(Indicator(level1, level2, "", "", phase, place, cells=cells))
            return False
        more: dict[str, Any] = {key: text for key, text in (extra or {}).items() if text}
        row = Indicator(level1, level2, name, value, phase, place, cells=cells or {}, **more)
        self.rows.append(row)
        return True

    def _levels(self, level1: str, level2: str) -> tuple[str, str]:
        """Canonical levels; a lost level 1 follows from level 2, 满意度 from level 1."""
        if both := _BOTH_LEVELS.fullmatch(level1.strip()):
            over, under = self.words.level1_of(both[1]), self.words.level2_of(both[2])
            level1, level2 = (both[1], both[2]) if over and under else (level1, level2)
        two = self.words.level2_of(level2) or level2.strip()
        one = self.words.level1_of(level1) or level1.strip() or _LEVEL1_OF.get(two, "")
        if one == SATISFACTION and (not two or _WHOSE.fullmatch(two)):
            two = LEVEL2[11]
        return one, two

    def finish(self) -> Form:
        """The form as read so far; fields that never came stay None."""
        if self._is_of_the_year():
            self._to_the_year()
        self.rows = [row for phase in PHASES for row in _without_numbers(self.rows, phase)]
        self._take_name_from_outside()
        self._take_only_amount()
        unit = self.money_unit or "元"
        sums = {key: parse_yuan(text, unit) for key, text in self.amounts.items()}
        code, department = split_department(self.texts.get("department", ""))
        plain = {n: self.texts.get(n) for n in TEXT_FIELDS if n not in _NOT_PLAIN}
        if plain["project"]:
            plain["project"] = without_code(plain["project"])
        if plain["unit"]:
            plain["unit"] = _TAIL_YEAR.sub("", _UNIT_CODE.sub("", plain["unit"]))
        return Form(
            **plain,
            department_code=code,
            department=department,
            fiscal_year=self.fiscal_year,
            total_yuan=sums.get(("period", "total")),
            annual_yuan=sums.get(("annual", "total")),
            funding_period=Funding(**{s: sums.get(("period", s)) for s in SOURCES}),
            funding_annual=Funding(**{s: sums.get(("annual", s)) for s in SOURCES}),
            goal=Goal(self.texts.get("goal_period"), self.texts.get("goal_annual")),
            indicators=tuple(self.rows),
            layout=self.layout,
            title=self.title,
            place=self.place,
            places=dict(self.places),
            asked=frozenset(self.asked),
            spare=tuple(self.spare),
        )

    def _take_name_from_outside(self) -> None:
        """Its title or the heading over it names the project of a form without a cell for it."""
        named = project_in(self.title or "")
        name, place = (named, self.place) if named else self.heading or (None, self.place)
        if name and "project" not in self.asked:
            self.set_text("project", name, place)

    def _take_only_amount(self) -> None:
        """A form of one year that asks for one amount and no sum («财政资金 513.00»): that is all the
        project has."""
        asked = [name for name in self.asked if name.endswith("_yuan") or "funding." in name]
        if len(asked) != 1 or len(self.amounts) != 1 or asked[0].endswith("_yuan"):
            return
        if self.rows and all(row.phase == "annual" for row in self.rows):
            text = next(iter(self.amounts.values()))
            self.set_amount("annual", "total", text, self.places[asked[0]])

    def _is_of_the_year(self) -> bool:
        """«项目总体目标» over one set of rows, and one sum: the goal and the rows of a form of one
        year, whatever its label says elsewhere. Where the sum is not called 年度资金, neither the
        goal's label nor the project may speak of a longer term."""
        period, annual = (
            {amount_name(phase, source) for source in ("total", *SOURCES)} & self.asked
            for phase in PHASES
        )
        one_goal = "goal_period" in self.asked and "goal_annual" not in self.asked
        if not one_goal or self.layout == "C":
            return False
        if annual:
            return not period
        said = (self.texts.get("period", ""), self.texts.get("attribute", ""))
        return (
            self.plain_goal
            and bool(self.rows)
            and all(row.phase == "annual" for row in self.rows)
            and not any(map(several_years, said))
        )

    def _to_the_year(self) -> None:
        old, new = "goal_period", "goal_annual"
        self.asked = self.asked - {old} | {new}
        self.places[new] = self.places.pop(old)
        if old in self.texts:
            self.texts[new] = self.texts.pop(old)
        self.rows = [replace(row, phase="annual") for row in self.rows]
        self.spare = [replace(row, phase="annual") for row in self.spare]


def _without_numbers(rows: Sequence[Indicator], phase: Phase) -> list[Indicator]:
    """The rows of one half, without the unit's own numbering («1.监测水样份数»): each number counts
    on from the row above, or begins with 1."""
    own = [row for row in rows if row.phase == phase]
    found = [_NUMBER.match(row.name) for row in own]
    counts = [int(m[1] or m[2]) if m else 0 for m in found]
    runs_on = all(n in (0, 1, before + 1) for before, n in pairwise([0, *counts]))
    few = counts.count(1) < _SEVERAL and (0 in counts or len(own) < _SEVERAL)
    if few or not runs_on:
        return own
    return [
        replace(row, name=row.name[m.end() :]) if m else row
        for row, m in zip(own, found, strict=True)
    ]


_NOT_PLAIN = ("department", "goal_period", "goal_annual")


def amount_name(phase: Phase, source: str) -> str:
    """The name of a funding cell in ``places`` and ``asked``."""
    if source == "total":
        return "total_yuan" if phase == "period" else "annual_yuan"
    return f"funding.{phase}.{source}"
