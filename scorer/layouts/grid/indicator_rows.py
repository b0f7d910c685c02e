"""The rows of an indicator table -> indicators, with levels filled down.

Level 1 and 2 are merged, printed once, or repeated; a half may leave its level 2 to the
other half. A row cut by a page break goes on with the row before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scorer.forms import COST, LEVEL2, OUTPUT, Phase, Place
from scorer.layouts.draft import FormDraft, natural_level1
from scorer.layouts.grid.header_row import Column, Half, Heading, phase_of
from scorer.layouts.grid.items import items_of
from scorer.layouts.grid.slots import Row, Slot, is_ditto
from scorer.layouts.text.levels import from_below
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import Words, squeeze
from scorer.targets import is_direction, join_target

_NUMBER_ONLY = re.compile(r"^(?:指标)?[\d一二三四五六七八九十]{0,2}\s*[.．、:：)）]?$")
_STRUCK = "/／\\ "  # «/»: this phase has no such row
_KIND = re.compile(r"^定[性量](指标)?$")
_SIGN = re.compile(r"[≥≤=<>≧≦]{1,2}|定[性量]")
TOTALS = frozenset(("总分", "合计", "总计", "小计", "得分合计", "分值合计"))
_CELLS = ("level2", "name", "sign", "value", "unit")
_NOTHING = frozenset(("无", "空", "/", "\\", "不涉及", "无此项", "不适用"))


@dataclass
class RowDraft:
    """One indicator as it is being read."""

    phase: Phase
    level1: str
    level2: str
    name: str
    value: str
    place: Place
    extra: dict[str, str] = field(default_factory=dict)
    given: bool = True  # level 1 was printed, not filled down
    labelled: bool = True  # a cell of level 2, its own or a merged one, stands beside it
    fresh: bool = False  # that cell is its own, and blank
    cells: dict[str, tuple[Place, ...]] = field(default_factory=dict)


@dataclass
class Indicators:
    """Reads the indicator rows of one form. ``block`` is the phase of the block under
    way where the table has 长期绩效指标 and 年度绩效指标 one above the other."""

    words: Words
    rows: list[RowDraft] = field(default_factory=list)
    block: Phase | None = None
    level1: str = ""
    level2: dict[int, str] = field(default_factory=dict)  # by half
    last: dict[int, RowDraft] = field(default_factory=dict)  # last row of each half
    blocks: set[Phase] = field(default_factory=set)
    spare: list[RowDraft] = field(default_factory=list)  # template rows left blank
    shared: bool = False  # the phases share their names
    shared_out: bool = False  # labels of level 2 stood below the first of their rows

    def take(self, row: Row, heading: Heading, after_break: bool) -> bool:
        """Read one row; ``after_break`` is True for the first row of a further page. False
        where the row holds nothing of ours."""
        if not heading.halves or (row.filled and squeeze(row.filled[0].text) in TOTALS):
            return False
        cells = assign(row, heading.columns)
        self.note_block(row, heading)
        if after_break and self._continues(cells, heading):
            return True
        given = self._level1(cells, row, heading)
        found = False
        for n in range(len(heading.halves)):
            found = self._half(n, heading, cells, row, given) or found
        return found

    # -- levels ------------------------------------------------------------------------

    def note_block(self, row: Row, heading: Heading) -> None:
        """«年度绩效指标», also cut by a page break, left of level 1 starts the annual block."""
        left = heading.level1.start if heading.level1 else _first(heading)
        for slot in row.own:
            if slot.start < left and len(slot.text) <= 10 and phase_of(slot.text):
                self.start_block(phase_of(slot.text))

    def start_block(self, phase: Phase | None) -> None:
        """A new block of indicators begins: levels start afresh."""
        if phase is not None and phase != self.block:
            self.block, self.level1, self.level2 = phase, "", {}
            self.blocks.add(phase)

    def end_long_term(self) -> None:
        """The rows so far were those of the long term; the year's follow."""
        for row in (*self.rows, *self.spare):
            row.phase = "period"
        self.blocks.add("period")
        self.start_block("annual")

    def _level1(self, cells: dict[Column, list[Slot]], row: Row, heading: Heading) -> bool:
        """Update the level-1 name; True if this row prints it (or a merged cell does)."""
        columns = [column for column in cells if column.role == "level1"]
        printed = [cells[c] for c in columns if any(slot.text for slot in cells[c])]
        slots = printed[0] if printed else []
        if not columns:
            left = min((c.start for h in heading.halves for c in h.of("name")), default=0)
            slots = [s for s in row.slots if s.start < left and self.words.level1_of(s.text)][-1:]
            slots = [s for s in slots if not any(s in found for found in cells.values())]
        if not any(half.of("level2") for half in heading.halves):
            slots = self._first_level(slots)  # one head over the columns of both levels
        text = "".join(slot.text for slot in slots if not is_ditto(slot.text))
        if not text:
            return False
        if whole := self._rest_of(self.level1, text, self.words.level1_of):
            self._rename("level1", self.level1, whole)
            text = self.level1 = whole
        if any(slot.origin for slot in slots) and text != self.level1 and not self._suits(text):
            self.level2 = {}
        self.level1 = text
        return True

    def _first_level(self, slots: list[Slot]) -> list[Slot]:
        """Without the level 2 that stands right of level 1."""
        first = next((slot for slot in slots if slot.text), None)
        return [s for s in slots if s is first or not self.words.level2_of(s.text)]

    def _suits(self, level1: str) -> bool:
        """The label stands in the middle of its rows: what is above it is of this level."""
        two = self.words.level2_of(self.level2.get(0, "")) or ""
        return natural_level1(two) == self.words.level1_of(level1) != ""

    def _rest_of(self, cut: str, text: str, known: Callable[[str], str | None]) -> str:
        """The whole name where ``text`` is only the end of the label before («效益指» + «标»):
        a page break cut a merged cell. Later rows of that cell carry the same end."""
        if not cut or known(text):
            return ""
        if known(cut + text):
            return cut + text
        return cut if known(cut) and cut.endswith(text) else ""

    def _rename(self, level: Literal["level1", "level2"], cut: str, whole: str) -> None:
        """Put the whole name to the last rows that have the cut one."""
        for row in reversed(self.rows):
            if getattr(row, level) not in (cut, whole):
                break
            setattr(row, level, whole)

    def _level2(
        self, n: int, half: Half, cells: dict[Column, list[Slot]], row: Row
    ) -> tuple[str, bool]:
        slots = [slot for column in half.of("level2") for slot in cells.get(column, [])]
        if not half.of("level2"):  # a head over both levels leaves them without their own
            left = min((c.start for c in half.of("name")), default=0)
            slots = [s for s in row.slots if s.start < left and self.words.level2_of(s.text)][-1:]
        text = "".join(slot.text for slot in slots if not is_ditto(slot.text))
        if text:
            cut = self.level2.get(n, "")
            if whole := self._rest_of(cut, text, self.words.level2_of):
                self._rename("level2", cut, whole)
                text = whole
            self.level2[n] = text
            return text, any(slot.origin for slot in slots)
        return self.level2.get(n) or self.level2.get(0, ""), False

    def _levels_over(self, heads: Sequence[str]) -> tuple[str, str]:
        """Level 1 and 2 of the heads over a half's columns."""
        if len(heads) > 1:
            return heads[0], heads[-1]
        two = "" if self.words.level1_of(heads[0]) else self.words.level2_of(heads[0]) or ""
        return (natural_level1(two) if two else heads[0]), two

    # -- rows --------------------------------------------------------------------------

    def _half(
        self, n: int, heading: Heading, cells: dict[Column, list[Slot]], row: Row, given: bool
    ) -> bool:
        half = heading.halves[n]
        self.shared = self.shared or _shares_names(half, heading)
        level2, printed = self._level2(n, half, cells, row)
        if half.levels:
            self.level1, level2 = self._levels_over(half.levels)
            printed = given = True
        if n and printed is False and self.level2.get(0) and _fresh(cells, half):
            level2 = self.level2[n] = self.level2[0]
        names, values = _slots(half, "name", cells), _slots(half, "value", cells)
        if not any(slot.origin and slot.text for slot in (*names, *values)):
            self._note_spare(half, cells, level2, given)
            return False
        name = join_wrapped([slot.text for slot in names])
        value, extra = self._value(half, cells)
        if is_nothing(name):
            name = ""
        if is_ditto(value) or (not name and is_nothing(value)):
            value = ""
        struck = bool(value) and not value.strip(_STRUCK)
        if struck and self._is_other_phases(half, heading, cells, ()):
            return False
        if not value and self._is_other_phases(half, heading, cells, values):
            return False
        if not value and (not name or _NUMBER_ONLY.match(name)):
            self._note_spare(half, cells, level2, given)
            return False
        level1 = self._corrected(level2, given)
        place = next(s for s in (*names, *values) if s.text).place
        phase = half.phase or self.block or "annual"
        printed_at = self._places(half, cells)
        for one, target in self._items(half, cells) or [(name, value)]:
            at = dict(printed_at)
            fresh = _fresh(cells, half)
            labelled = len(heading.halves) > 1 or not fresh
            draft = RowDraft(
                phase, level1, level2, one, target, place, dict(extra), given, labelled, fresh, at
            )
            self.rows.append(draft)
            self.last[n] = draft
        return True

    @staticmethod
    def _items(half: Half, cells: dict[Column, list[Slot]]) -> list[tuple[str, str]]:
        """Several indicators that share one name cell and one value cell."""
        names, values = _slots(half, "name", cells), _slots(half, "value", cells)
        beside = [*_slots(half, "sign", cells), *_slots(half, "unit", cells)]
        if len(names) != 1 or len(values) != 1 or any(slot.text for slot in beside):
            return []
        return items_of(names[0].cell.text, values[0].cell.text)

    @staticmethod
    def _is_other_phases(
        half: Half, heading: Heading, cells: dict[Column, list[Slot]], values: Sequence[Slot]
    ) -> bool:
        """The name stands for both phases, and «—» or a blank says that this one has no row:
        the value is the other phase's."""
        others = [h for h in heading.halves if h is not half and h.of("name") == half.of("name")]
        dashed = any(slot.text for slot in values)
        theirs = [slot.text for h in others for slot in _slots(h, "value", cells)]
        return bool(others) and (dashed or any(text.strip(_STRUCK) for text in theirs))

    def _note_spare(
        self, half: Half, cells: dict[Column, list[Slot]], level2: str, given: bool
    ) -> None:
        """Keep a row that has room for a name and a value of its own."""
        at = self._places(half, cells)
        own = all(any(s.origin for s in _slots(half, role, cells)) for role in ("name", "value"))
        named = any(slot.text for slot in _slots(half, "level2", cells))
        if not own or not named:
            return
        phase = half.phase or self.block or "annual"
        level1 = self._corrected(level2, given)
        self.spare.append(RowDraft(phase, level1, level2, "", "", at["name"][0], cells=at))

    @staticmethod
    def _places(half: Half, cells: dict[Column, list[Slot]]) -> dict[str, tuple[Place, ...]]:
        """Where the row's cells stand (see ``forms.Cells``)."""
        found = {role: tuple(s.place for s in _slots(half, role, cells)) for role in _CELLS}
        return {role: places for role, places in found.items() if places}

    def _corrected(self, level2: str, given: bool) -> str:
        """Level 1, unless it was only filled down and level 2 belongs to another one (the
        label stands in the middle of its block and is still to come)."""
        two = self.words.level2_of(level2)
        own = natural_level1(two) if two else ""
        known = self.words.level1_of(self.level1)
        if given or not own or own == known:
            return self.level1
        return self.level1 if two == LEVEL2[3] and known in (OUTPUT, COST) else own

    def _value(self, half: Half, cells: dict[Column, list[Slot]]) -> tuple[str, dict[str, str]]:
        """The value as a reader would say it, and the row's further columns."""
        text = {
            role: "".join(slot.text for slot in _slots(half, role, cells))
            for role in ("sign", "unit", "kind", "direction", "weight")
        }
        if not text["sign"] and _SIGN.fullmatch(squeeze(text["direction"])):
            text["sign"], text["direction"] = text["direction"], ""  # signs under «指标方向性»
        sign, kind = text["sign"], text["kind"]
        if _KIND.match(squeeze(sign)):
            sign, kind = "", kind or sign
        direction = text["direction"] or (sign if is_direction(sign) else "")
        value = "".join(slot.text for slot in _slots(half, "value", cells))
        if sign or text["unit"]:
            sign, unit = ("" if is_nothing(part) else part for part in (sign, text["unit"]))
            value = join_target(sign, value, unit) if value else ""
        bases = [s.text for s in _slots(half, "baseline", cells) if not is_nothing(s.text)]
        notes = [s.text for s in _slots(half, "explanation", cells) if not is_nothing(s.text)]
        extra = {
            "declared_kind": kind,
            "direction": direction,
            "weight": text["weight"],
            "baseline": bases[-1] if bases else "",
            "explanation": notes[0] if notes else "",
        }
        return value, {key: said for key, said in extra.items() if said}

    def _continues(self, cells: dict[Column, list[Slot]], heading: Heading) -> bool:
        """The rest of a row that a page break cut: no level of its own, and no half with
        both a name and a value."""
        if not self.last:
            return False
        if not self._levels_continue(cells, heading):
            return False
        parts: list[tuple[RowDraft, str, str]] = []
        for n, half in enumerate(heading.halves):
            name = join_wrapped([s.text for s in _slots(half, "name", cells) if s.origin])
            value = "".join(s.text for s in _slots(half, "value", cells) if s.origin)
            if (name and value) or (n not in self.last and (name or value)):
                return False
            if name or value:
                parts.append((self.last[n], name, value))
        if any(name and not row.value for row, name, _ in parts):
            return False  # the row before is waiting for its value, not for more name
        for row, name, value in parts:
            row.name = join_wrapped([row.name, name]) if name else row.name
            row.value = join_wrapped([row.value, value]) if value else row.value
        for n, half in enumerate(heading.halves if parts else ()):
            text = _text_of(half, "level2", cells)
            if self._label_was_cut(n, text):
                self.last[n].level2 = self.level2[n] = text
        return bool(parts)

    def _levels_continue(self, cells: dict[Column, list[Slot]], heading: Heading) -> bool:
        """No level is printed, or only the rest of the one before («…满意度指» + «标»), or that of
        the row that was cut."""
        for n, half in enumerate(heading.halves):
            text = _text_of(half, "level2", cells)
            if text and not self._complete_level2(n, text) and not self._label_was_cut(n, text):
                return False
        one = [s.text for s in cells.get(heading.level1, [])] if heading.level1 else []
        text = "".join(one)
        return not text or squeeze(text) == squeeze(self.level1) or len(text) <= 2

    def _label_was_cut(self, n: int, text: str) -> bool:
        """A level 2 beside the lower part of a row whose upper part has a blank cell there."""
        last = self.last.get(n)
        return last is not None and last.fresh and self.words.level2_of(text) is not None

    def _complete_level2(self, n: int, rest: str) -> bool:
        """Put the rest of a level-2 name that the page break cut to the rows that have it."""
        cut = self.level2.get(n, "")
        whole = cut + rest
        if whole == cut or self.words.level2_of(rest) or not self.words.level2_of(whole):
            return False
        self._rename("level2", cut, whole)
        self.level2[n] = whole
        return True

    def write(self, draft: FormDraft) -> None:
        """Add the rows to the draft."""
        self._fill_up()
        self._without_blank_phase()
        self._with_lower_levels()
        for row in (*self.rows, *self.spare):
            levels = row.level1, row.level2
            draft.add_row(row.phase, *levels, row.name, row.value, row.place, row.extra, row.cells)

    def _with_lower_levels(self) -> None:
        """«指标类型» over names of level 2: where one of them is no name of level 1, none is."""
        rows = (*self.rows, *self.spare)
        words = self.words
        if not any(words.level2_of(r.level1) and not words.level1_of(r.level1) for r in rows):
            return
        for row in rows:
            if words.level2_of(row.level1):
                row.level1, row.level2 = "", row.level2 or row.level1

    def _without_blank_phase(self) -> None:
        """One name with two values, and one column of values is blank all the way down: there
        are no rows of that phase."""
        filled = {row.phase for row in self.rows if row.value}
        if self.shared and filled:
            self.rows = [row for row in self.rows if row.phase in filled]

    def _fill_up(self) -> None:
        """Rows above the first level-2 label of their block belong to it."""
        for phase in ("period", "annual"):
            rows = [row for row in self.rows if row.phase == phase]
            if rows and not rows[0].labelled and any(row.labelled for row in rows):
                self._share_out(rows)
                continue
            below: RowDraft | None = None
            for row in reversed(rows):
                if row.level2:
                    below = row
                elif below is not None and (not row.level1 or row.level1 == below.level1):
                    row.level1, row.level2 = row.level1 or below.level1, below.level2

    def _share_out(self, rows: Sequence[RowDraft]) -> None:
        """Labels of cells that only look merged stand somewhere among their rows."""
        self.shared_out = True
        labels = [row.level2 if row.labelled else "" for row in rows]
        shared = from_below(labels, [(row.name, row.value) for row in rows], self.words)
        for row, level2 in zip(rows, shared, strict=True):
            two = self.words.level2_of(level2) or ""
            row.level1, row.level2 = natural_level1(two) or row.level1, level2


def assign(row: Row, columns: Sequence[Column]) -> dict[Column, list[Slot]]:
    """Each cell of the row under the one column it overlaps most."""
    exact = {(column.start, column.end): column for column in reversed(columns)}
    found: dict[Column, list[Slot]] = {}
    for slot in row.slots:
        best = exact.get((slot.start, slot.end)) or _most_overlapped(slot, columns)
        if best is not None:
            found.setdefault(best, []).append(slot)
    return found


def _most_overlapped(slot: Slot, columns: Sequence[Column]) -> Column | None:
    best, room = None, 0
    for column in columns:
        overlap = min(column.end, slot.end) - max(column.start, slot.start)
        if overlap > room:
            best, room = column, overlap
    return best


def _slots(half: Half, role: str, cells: dict[Column, list[Slot]]) -> list[Slot]:
    return [slot for column in half.of(role) for slot in cells.get(column, [])]


def _shares_names(half: Half, heading: Heading) -> bool:
    return any(h is not half and h.of("name") == half.of("name") for h in heading.halves)


def _text_of(half: Half, role: str, cells: dict[Column, list[Slot]]) -> str:
    return "".join(slot.text for slot in _slots(half, role, cells))


def _fresh(cells: dict[Column, list[Slot]], half: Half) -> bool:
    """A half without a level 2 in this row, merged or printed."""
    return not any(slot.text for slot in _slots(half, "level2", cells))


def _first(heading: Heading) -> int:
    return min(column.start for column in heading.columns)


def is_template_number(text: str) -> bool:
    """«指标1：», «2.»: the template's own, with nothing filled in behind it."""
    return bool(_NUMBER_ONLY.match(text))


def is_nothing(text: str) -> bool:
    """True for a cell that says it has nothing to say: «无», «/», «——»."""
    return is_ditto(text) or text.strip() in _NOTHING


def has_levels(rows: Sequence[Row], words: Words) -> bool:
    """True where any cell is a level name: the mark of indicator rows without a header."""
    return any(
        words.level2_of(slot.text) or words.level1_of(slot.text) for row in rows for slot in row.own
    )
