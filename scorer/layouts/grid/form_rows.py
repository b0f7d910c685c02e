"""Reads the rows of a grid into the form under way.

A row is a head row (labels and values), the header of an indicator table, an indicator row,
or a foot row.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorer.forms import Grid
from scorer.layouts.grid.continued import joined_header, joined_list_row
from scorer.layouts.grid.flat import FlatForms, is_aside, names_unit
from scorer.layouts.grid.goal_list import goal_heading
from scorer.layouts.grid.header_row import Heading, is_note, read_heading
from scorer.layouts.grid.indicator_rows import has_levels
from scorer.layouts.grid.labels import GOALS, inline_pairs, label_of
from scorer.layouts.grid.open_form import OpenForm, open_form
from scorer.layouts.grid.preamble import (
    Preamble,
    is_bare_unit,
    is_title,
    is_year,
    names_money_unit,
    understand,
)
from scorer.layouts.grid.reading import Reading
from scorer.layouts.grid.slots import Row, Slot, joined_rows
from scorer.layouts.grid.tell import block_of, caption_of, is_head_row, is_wide, label_names
from scorer.layouts.text.columns import goal_phase
from scorer.layouts.words import is_table_number


class FormRows:
    """Rows of grids, one after the other, into ``reading``."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.words
        self.tail: Row | None = None  # the last row of the grid before
        self.header: Row | None = None  # that row, if it was an indicator header
        self.number = ""  # of the table, as last printed: «预算05-2表»
        self.passed = False  # another table's number stood below the open form's rows

    def read(self, rows: Sequence[Row], grid: Grid) -> None:
        """All rows of ``grid``, or of the part of it that one form takes."""
        fresh, skip = self.reading.open is not None, 0
        for n, row in enumerate(rows):
            if skip or not row.filled:
                if not row.filled:
                    self._blank_row(row)
                skip = max(0, skip - 1)
                self.reading.note_taken(grid, row)
                continue
            skip, is_body = self._row(rows, n, fresh)
            fresh = fresh and not is_body
            self.header = None if is_body or n + 1 + skip < len(rows) else row
            self.reading.note_taken(grid, row)
        self.tail = next((row for row in reversed(rows) if row.filled), None)

    def _row(self, rows: Sequence[Row], n: int, fresh: bool) -> tuple[int, bool]:
        """Read row ``n``; (further rows taken, whether it was a row of the body)."""
        row = rows[n]
        if len(row.filled) <= 2 and self._single(row):
            return 0, False
        if len(row.filled) > 2 and self._is_above_again(row):
            self._take_above(row)
            return 0, False
        if self.reading.open is not None and self.reading.open.other:
            if "project" not in label_names(row, self.words) or goal_heading(rows, n, self.words):
                return 0, True  # of the whole department, a list of its projects included
            self.reading.close()
        if fresh and self.header is not None:
            whole = joined_header(self.header, row, self.words)
            row = whole or row
        if listed := self._goal_list(rows, n):
            self._heading(listed, row, None)
            return 0, False
        below, above = (rows[m] if 0 <= m < len(rows) else None for m in (n + 1, n - 1))
        found = read_heading(row, below, above, self.words, rows[n - 2] if n > 1 else None)
        self._settle_list(found[0] if found else None, row)
        if self.passed:
            self.passed = False
            if not found:
                self.reading.close()
        if found:
            self._heading(found[0], row, above)
            return found[1] - 1, False
        form = self.reading.open
        if form is not None and form.flat is not None and form.heading is not None:
            if is_aside(row, form.heading):
                return 0, False
            self._list_row(form, form.flat, row, fresh)
            return 0, True
        if fresh and self._rest_of_row(row):
            return 0, True
        if is_head_row(row, form, self.words) or self._goes_on_with_head(row, fresh):
            self._head_row(row)
        elif form is not None and form.heading is not None and not is_note(row, form.heading):
            form.at_foot = False
            form.table.take(row, form.heading, fresh)
        return 0, True

    def _goal_list(self, rows: Sequence[Row], n: int) -> Heading | None:
        """The heading of a list of goals, unless the open form's head is under way."""
        form = self.reading.open
        if form is not None and form.heading is None and form.draft.texts:
            return None
        heading = goal_heading(rows, n, self.words)
        if heading is not None and form is not None and form.heading and form.flat is None:
            self.reading.close()
        return heading

    def _settle_list(self, heading: Heading | None, row: Row) -> None:
        """Below the list's title printed again: the same list goes on under its header, where
        nothing above it is said otherwise than on the page before."""
        form = self.reading.open
        if form is None or form.flat is None or not self.reading.list_in_doubt():
            return
        place = row.filled[0].place
        again = open_form(self.reading.before, place, self.words).draft
        same_list = bool(heading and heading.flat) and form.draft.agrees(again)
        if same_list and form.draft.place.sheet == place.sheet:
            self.reading.turned = True
            self.reading.used.update(self.reading.before.lines)
            self.reading.before = Preamble()
        else:
            self.reading.close()

    def _blank_row(self, row: Row) -> None:
        """Blank cells below labels that wait for them were left empty; blank rows of the
        indicator table are room for more."""
        form = self.reading.open
        if form is None or form.other or form.flat is not None or form.at_foot:
            return
        if form.heading is not None:
            form.table.take(row, form.heading, False)
        elif form.head.waiting:
            form.head.row(row, [])

    def _list_row(self, form: OpenForm, flat: FlatForms, row: Row, fresh: bool) -> None:
        """A row of a flat list. The last row of a page is held back: it may go on."""
        assert form.heading is not None
        if self.reading.held is not None:
            upper, heading, after_break = self.reading.held
            may_join = fresh and not names_unit(row)
            joined = joined_list_row(upper, row, heading, self.words) if may_join else None
            flat.take(joined or upper, heading, after_break)
            self.reading.held = None
            if joined is not None:
                return
        if self.reading.turned:
            self.reading.turned = False
            flat.turned = True
        self.reading.held = (row, form.heading, fresh)

    def _single(self, row: Row) -> bool:
        """A row of one text (and perhaps a unit): title, year, head of a block, labels."""
        slot, alone = row.filled[0], len(row.filled) == 1
        form, text = self.reading.open, slot.text
        if alone and is_table_number(text):
            self.passed = form is not None and form.heading is not None and text != self.number
            self.number = text
            return True
        if form is not None and alone and len(row.own) == 1 and block_of(text):
            form.table.start_block(block_of(text))
            return True
        if form is not None and alone and self.reading.is_caption(text):
            form.table.start_block(caption_of(text))
            return True
        if form is not None and alone and self.words.level1_of(text) and is_wide(row, slot):
            form.table.level1, form.table.level2 = text, {}
            return True
        if not alone and not self._has_unit_beside(row):
            return False
        # «单位：元» after the indicators stands over the next table
        over_next = not alone or names_money_unit(text)
        if over_next and form is not None and form.heading is not None:
            self._take_above(row)
            return True
        if label_of(text, self.words) or not self._may_stand_above(slot, row):
            return False
        said = [understand(s.cell.text, self.words, not alone) for s in row.filled]
        for part in said:
            if part is not None:
                self.reading.take(part, slot.place)
        if self.reading.open is not None and not self.reading.open.draft.money_unit:
            self.reading.open.draft.money_unit = self.reading.before.money_unit
        return said[0] is not None or not alone

    def _has_unit_beside(self, row: Row) -> bool:
        """«某局 | 单位：万元», «（2024年度） | 万元»."""
        text, beside = (slot.text for slot in row.filled)
        above = is_year(text) or is_title(text, self.words)
        return names_money_unit(beside) or (above and is_bare_unit(beside))

    def _is_above_again(self, row: Row) -> bool:
        """«2025年度 | 填报日期： | 2024-11-08» below indicators."""
        heads = self.reading.open is not None and self.reading.open.heading is not None
        first, second = row.filled[0].text, row.filled[1].text
        return heads and is_year(first) and label_of(second, self.words) is not None

    def _take_above(self, row: Row) -> None:
        """«312 某局 | 单位：万元» below indicators: the next form's, or a further page's head."""
        for slot in row.filled:
            if said := understand(slot.cell.text, self.words, True):
                self.reading.before.add(said, slot.place)

    def _may_stand_above(self, slot: Slot, row: Row) -> bool:
        """False for a text inside the open form: a cell of its head or of its indicators."""
        if self.reading.open is None or is_title(slot.text, self.words) or is_year(slot.text):
            return True
        if inline_pairs(slot.cell.text, self.words):
            return False
        return self.reading.open.heading is None or len(row.slots) == 1

    def _rest_of_row(self, row: Row) -> bool:
        """The rest of the last head or foot row, cut by a page break through its label or
        through its cells."""
        form, tail = self.reading.open, self.tail
        if form is None or tail is None or not tail.filled or form.head.waiting:
            return False
        first, rest = tail.filled[0].text, row.filled[0].text
        broken = label_of(first, self.words) is None and label_of(first + rest, self.words)
        if not broken and (not form.at_foot or label_names(row, self.words)):
            return False
        joined = None if has_levels([row], self.words) else joined_rows(tail, row)
        if joined is not None:
            form.head.again(joined)
        return joined is not None

    def _goes_on_with_head(self, row: Row, fresh: bool) -> bool:
        """Texts that belong to labels above, below a repeated header or after a page break
        inside the foot."""
        form = self.reading.open
        if form is None or has_levels([row], self.words):
            return False
        return (bool(form.head.waiting) and not form.table.rows) or (fresh and form.at_foot)

    def _head_row(self, row: Row) -> None:
        names = label_names(row, self.words)
        if self.reading.open is not None and self.reading.open.ends_before(names):
            self.reading.close()
        if self.reading.open is None and (not names or _is_heading(row, names)):
            return
        form = self.reading.open or self.reading.start(row.filled[0].place)
        covers = [slot for slot in row.slots if not slot.origin and slot.text]
        form.at_foot = form.heading is not None
        if not form.head.row(row, covers):
            form.unread.append(row.filled[0].place)

    def _heading(self, heading: Heading, row: Row, above: Row | None) -> None:
        if (
            self.reading.open is not None
            and self.reading.open.flat is not None
            and not heading.flat
        ):
            self.reading.close()
        if self.reading.open is not None and self.reading.before.title is not None:
            self.reading.before = Preamble()  # a further page of the open form
        form = self.reading.open or self.reading.start(row.filled[0].place)
        form.set_heading(heading)
        if not heading.flat:
            form.table.note_block(row, heading)
            self._note_goal_above(above)
            if above is not None and len(above.filled) == 1 and len(heading.halves) == 1:
                title = above.filled[0].text
                form.table.start_block(block_of(title) or goal_phase(title))

    def _note_goal_above(self, above: Row | None) -> None:
        """The goal of the year right above a second head row: what stands above it is the long
        term's."""
        form = self.reading.open
        if form is None or above is None or not form.table.rows or form.table.block is not None:
            return
        names = label_names(above, self.words)
        if "goal_annual" in names and "goal_period" not in names:
            form.table.end_long_term()


def _is_heading(row: Row, names: set[str]) -> bool:
    """«二、项目绩效目标» and nothing else, before any form: a chapter's heading, no label."""
    return len(row.own) == 1 and names <= GOALS
