"""Family C: a flat list from the integrated system, one row an indicator, many projects.

Project cells are merged, printed once or repeated; in «单位名称、项目名称» a row of its
own names the unit of the projects below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scorer.forms import LEVEL2, Place
from scorer.layouts.draft import FormDraft
from scorer.layouts.grid.header_row import Column, Heading, is_note
from scorer.layouts.grid.indicator_rows import Indicators, assign
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.grid.money import Sums
from scorer.layouts.grid.slots import Row, Slot, is_ditto
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import Words, money_unit, squeeze, year_in

_TOTALS = frozenset(("合计", "总计", "小计"))
_REMARK = re.compile(
    r"^(?:备?注|说明|(?:项目)?联系人|(?:联系|监督|咨询)电话|[填制]表(?:人|日期)?|审核人?)\s*[:：]"
)
_ASIDE = re.compile(r"^附[件表]|表\s*[\d-]*$|。$|[:：]")
_SENTENCE_END = "。；！.;"
_NAMED = frozenset(("project", "goal"))  # cells of a project's own
_NUMBERS = 3  # columns that are numbered
UNIT_END = re.compile(
    r"(局|委|厅|部|处|办|室|站|所|院|校|馆|队|会|社|场|园|库|中心|政府|中学|小学|学校|公司|街道|机关)$"
)

_CODED = re.compile(r"^\d{3,12}\s*[-—–_－]\s*(?=[一-龥])")


def _is_coded_unit(text: str) -> bool:
    """«312001-某市烈士陵园», maybe with the sum of its projects beside it."""
    return bool(_CODED.match(text) and UNIT_END.search(text.removesuffix("本级")))


def names_unit(row: Row) -> bool:
    """A row of nothing but a unit's name: the projects below are that unit's."""
    return len(row.filled) == 1 and bool(UNIT_END.search(row.filled[0].text))


def is_aside(row: Row, heading: Heading) -> bool:
    """A row that is none of the list's: its columns' numbers, or a remark or another table's
    number across the levels («备注：本单位无此类项目», «公开05-3表»)."""
    texts = [slot.text for slot in row.filled]
    if len(texts) >= _NUMBERS and texts[0] == "1" and _counts_up(texts):
        return True
    if len(texts) == 1 and _REMARK.match(texts[0]):
        return True
    return is_note(row, heading) and bool(_ASIDE.search(texts[0]))


def _counts_up(texts: Sequence[str]) -> bool:
    """The numbers of columns, some of which may be hidden."""
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
    return len(numbers) == len(texts) and all(a < b for a, b in pairwise(numbers))


@dataclass
class FlatProject:
    """One project of the list."""

    draft: FormDraft
    table: Indicators
    sums: Sums


@dataclass
class FlatForms:
    """Reads the rows of a flat list into projects, in printed order."""

    words: Words
    title: str | None = None
    fiscal_year: int | None = None
    money_unit: str | None = None
    projects: list[FlatProject] = field(default_factory=list)
    known: dict[tuple[str, str], FlatProject] = field(default_factory=dict)
    unit: str = ""
    unit_place: Place = field(default_factory=Place)
    department: tuple[str, Place] | None = None  # printed once above the list
    above: tuple[str, Place] | None = None  # the unit printed there
    alone: Slot | None = None  # a name in a row of its own: a unit, or a project to come
    alone_row: tuple[dict[str, list[Slot]], dict[Column, list[Slot]]] | None = None
    current: FlatProject | None = None
    nameless: list[tuple[Row, Heading, bool]] = field(default_factory=list)  # see _is_nameless
    turned: bool = False  # the list's title and header stood above the row to come
    unclaimed: Indicators = field(init=False)  # rows above the first project
    unnamed: dict[str, Place] = field(default_factory=dict)  # their blank project cells

    def __post_init__(self) -> None:
        self.unclaimed = Indicators(self.words)

    def take(self, row: Row, heading: Heading, after_break: bool) -> None:
        """Read one row of the list."""
        if self._is_nameless(row, heading, after_break):
            self.nameless.append((row, heading, after_break))
            return
        if self.nameless and after_break:
            self._name_rows(row, heading)
        self._settle_nameless()
        self._take(row, heading, after_break)

    def _is_nameless(self, row: Row, heading: Heading, after_break: bool) -> bool:
        """A row at the foot of a page whose project's name may stand on the next page, in the
        middle of its merged cell: blank, while the levels begin again."""
        if self.current is None or after_break:
            return False
        beside = assign(row, heading.flat)
        slots = [s for c, found in beside.items() if c.role in _NAMED for s in found]
        if self.nameless:
            return not any(slot.origin and slot.text for slot in slots)
        if not slots or any(slot.text or not slot.origin for slot in slots):
            return False
        one = self._level1_in(row, heading)
        seen = [self.words.level1_of(draft.level1) for draft in self.current.table.rows]
        return one != "" and one in seen[:-1] and one != seen[-1]

    def _name_rows(self, row: Row, heading: Heading) -> None:
        """Give the rows without a name to the project that the next page begins with, if their
        levels go on there."""
        projects = [c for c in heading.flat if c.role == "project"]
        slots = [s for found in assign(row, projects).values() for s in found if s.text]
        above = [self._level1_in(one, head) for one, head, _ in self.nameless]
        one = self._level1_in(row, heading)
        if slots and not names_unit(row) and (one == above[-1] or one not in above):
            self._open(slots[0].text, slots[0].place)

    def _settle_nameless(self) -> None:
        rows, self.nameless = self.nameless, []
        for held in rows:
            self._take(*held)

    def _level1_in(self, row: Row, heading: Heading) -> str:
        slots = assign(row, [heading.level1]).get(heading.level1, []) if heading.level1 else []
        return self.words.level1_of("".join(slot.text for slot in slots)) or ""

    def _take(self, row: Row, heading: Heading, after_break: bool) -> None:
        flat = assign(row, heading.flat)
        cells = {c.role: [s for s in slots if s.origin and s.text] for c, slots in flat.items()}
        projects = cells.get("project", [])
        if (projects and squeeze(projects[0].text) in _TOTALS) or is_aside(row, heading):
            return
        rest = self._is_rest(row, heading, cells, after_break)
        if not rest and self._note_unit(row, heading, cells):
            return
        if rest and self.current is not None:
            self._append(self.current.draft, cells)
        elif projects:
            if self.turned:
                anew = self._begins_anew(row, heading, cells)
                still = None if anew else self.current
                self.known = {key: one for key, one in self.known.items() if one is still}
            self._open(projects[0].text, projects[0].place)
        elif self.alone is not None:
            self._open_alone()
        self.alone, self.turned = None, False
        if self.current is None:
            self._unclaimed(row, heading, flat, after_break)
            return
        self._fields(self.current, cells, flat)
        self.current.table.take(row, heading, after_break)

    def _unclaimed(
        self, row: Row, heading: Heading, flat: dict[Column, list[Slot]], after_break: bool
    ) -> None:
        for column, slots in flat.items():
            for slot in slots:
                name = "goal_annual" if column.role == "goal" else column.role
                self.unnamed.setdefault(name, slot.place)
        self.unclaimed.take(row, heading, after_break)

    def _note_unit(self, row: Row, heading: Heading, cells: dict[str, list[Slot]]) -> bool:
        """Keep the unit; True for a row that holds nothing but a name."""
        units = cells.get("unit") or cells.get("department") or []
        if units and not is_ditto(units[0].text):
            self.unit, self.unit_place = units[0].text, units[0].place
        projects = cells.get("project", [])
        if len(projects) != 1 or not self._only_names(row, heading, cells):
            return False
        column = next(c for c in heading.flat if c.role == "project")
        both = "单位" in column.text or "部门" in column.text
        if not both and not names_unit(row) and not _is_coded_unit(projects[0].text):
            return False
        if self.alone is not None:  # the name before stood over this one
            self.unit, self.unit_place = self.alone.text, self.alone.place
        self.alone, self.alone_row = projects[0], (cells, assign(row, heading.flat))
        return True

    @staticmethod
    def _only_names(row: Row, heading: Heading, cells: dict[str, list[Slot]]) -> bool:
        """Nothing but a name, with its code and amounts: no goal, no indicator."""
        if GOALS & {role for role, slots in cells.items() if slots}:
            return False
        # A name may be merged over all columns; the cells of a text's line have one place.
        names = {(slot.cell.row, slot.cell.column) for slot in cells.get("project", [])}
        levels = assign(row, heading.columns)
        found = [slot for slots in levels.values() for slot in slots if slot.origin and slot.text]
        return all((slot.cell.row, slot.cell.column) in names for slot in found)

    def _is_rest(
        self, row: Row, heading: Heading, cells: dict[str, list[Slot]], after_break: bool
    ) -> bool:
        """The rest of a project that a page break cut, nothing of a new one beside it."""
        projects, units = cells.get("project", []), cells.get("unit", [])
        if not after_break or self.current is None or not (projects or units):
            return False
        if names_unit(row):
            return False
        if heading.level1 is None or not projects:
            return not projects
        levels = assign(row, heading.columns)
        begun = any(slot.origin and slot.text for slot in levels.get(heading.level1, []))
        return not begun or self._goal_goes_on(self.current, row, heading)

    def _begins_anew(self, row: Row, heading: Heading, cells: dict[str, list[Slot]]) -> bool:
        """A list under the same title, and not the rest of this one: the project that bears the
        last one's name has another goal, or without a goal begins its levels again."""
        if self.current is None:
            return False
        goal = self.current.draft.texts.get("goal_annual", "")
        said = "".join(slot.text for slot in cells.get("goal", []))
        if said and (said in goal or goal[-1:] in _SENTENCE_END):
            return said not in goal
        return not self._levels_go_on(self.current, row, heading)

    def _goal_goes_on(self, project: FlatProject, row: Row, heading: Heading) -> bool:
        """The merged cells of a project were cut between two rows: its goal has not come to
        an end, and the level names go on from where they were."""
        goal = project.draft.texts.get("goal_annual", "")
        if not goal or goal[-1] in _SENTENCE_END:
            return False
        return self._levels_go_on(project, row, heading)

    def _levels_go_on(self, project: FlatProject, row: Row, heading: Heading) -> bool:
        if not project.table.rows:
            return False
        last = project.table.rows[-1]
        levels = assign(row, heading.columns)
        column = heading.halves[0].of("level2")
        level1 = "".join(s.text for s in levels.get(heading.level1, [])) if heading.level1 else ""
        level2 = "".join(s.text for c in column for s in levels.get(c, []))
        if self.words.level1_of(level1) != self.words.level1_of(last.level1):
            seen = {self.words.level1_of(row.level1) for row in project.table.rows}
            return self.words.level1_of(level1) not in seen
        ranks = [self.words.level2_of(text) for text in (last.level2, level2)]
        known = [LEVEL2.index(two) for two in ranks if two in LEVEL2]
        return len(known) < 2 or known[0] <= known[1]

    def _append(self, draft: FormDraft, cells: dict[str, list[Slot]]) -> None:
        """The rest of the project's and the unit's name, cut by the page break."""
        for role in ("project", "unit"):
            for slot in cells.get(role, []):
                draft.texts[role] = join_wrapped([draft.texts.get(role, ""), slot.text])
        self.unit = draft.texts.get("unit", self.unit)
        self.known[squeeze(self.unit), squeeze(draft.texts["project"])] = self.projects[-1]

    def _open_alone(self) -> None:
        """The name that stood alone is a project's: open it with the amounts beside it."""
        assert self.alone is not None
        self._open(self.alone.text, self.alone.place)
        if self.current is not None and self.alone_row is not None:
            self._fields(self.current, *self.alone_row)

    def _open(self, name: str, place: Place) -> None:
        if self.alone is not None and self.alone.text != name:
            self.unit, self.unit_place = self.alone.text, self.alone.place
        key = (squeeze(self.unit), squeeze(name))
        if key not in self.known:
            draft = FormDraft("C", self.title, place, self.fiscal_year, self.money_unit, self.words)
            draft.set_text("project", name, place)
            if self.unit:
                draft.set_text("unit", self.unit, self.unit_place)
            self.known[key] = FlatProject(draft, Indicators(self.words), Sums(self.words))
            self.projects.append(self.known[key])
        elif self.known[key] is not self.current:
            self.known[key].table.level1 = ""
        self.current = self.known[key]

    def _fields(
        self, project: FlatProject, cells: dict[str, list[Slot]], flat: dict[Column, list[Slot]]
    ) -> None:
        draft = project.draft
        for column in flat:
            role = column.role
            if role in ("project", "unit"):
                continue
            slots = cells.get(role, [])
            if role == "fiscal_year":
                said = year_in(f"{slots[0].text}年") if slots else None
                draft.fiscal_year = draft.fiscal_year or said
                continue
            if role.startswith("amount:"):
                first = not project.sums.cells or all(c.text == "" for c in project.sums.cells)
                if slots and first | (role not in draft.asked):
                    draft.money_unit = draft.money_unit or money_unit(column.text)
                    project.sums.add(
                        role[7:], column.text, slots[0].text, column.start, slots[0].place
                    )
                    draft.ask(role)
                continue
            name = "goal_annual" if role == "goal" else role
            draft.ask(name)
            for slot in slots:
                self._add_text(draft, name, slot)

    @staticmethod
    def _add_text(draft: FormDraft, name: str, slot: Slot) -> None:
        """A text cell; the same text again (a repeated cell) is one, another goes on."""
        have = draft.texts.get(name)
        if have is None:
            draft.set_text(name, slot.text, slot.place)
        elif slot.text not in have and name in GOALS:
            draft.texts[name] = join_wrapped([have, slot.text])

    def finish(self) -> list[FlatProject]:
        """All projects read; a last name without rows is a project too."""
        self._settle_nameless()
        if self.alone is not None:
            self._open_alone()
            self.alone = None
        department = self.department or self._unit_over_all()
        for project in self.projects:
            if department is not None:
                project.draft.set_text("department", *department)
            if (said := project.draft.texts.get("department")) and self.department is None:
                # printed once over the projects below it
                department = said, project.draft.places["department"]
            project.sums.settle(project.draft)
            project.draft.asked = {n for n in project.draft.asked if not n.startswith("amount:")}
            project.table.write(project.draft)
        return self.projects

    def _unit_over_all(self) -> tuple[str, Place] | None:
        """«填报单位：某局» above a list whose rows name other units: the department of them all."""
        units = {project.draft.texts.get("unit") for project in self.projects} - {None}
        return self.above if self.above is not None and units - {self.above[0]} else None
