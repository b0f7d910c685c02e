"""Walks a document's lines and grids and reads every form that stands in grids.

One walk for all families: rows are head rows (labels and values), the header of an
indicator table, indicator rows, or foot rows. A form starts at a title or at a second
«项目名称», and may go on over grids and pages; a grid that is not about targets ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.forms import Document, Form, Grid, Line, Place, Problem
from scorer.layouts.grid.continued import joined_header, joined_list_row, remap
from scorer.layouts.grid.flat import FlatForms, is_aside, names_unit
from scorer.layouts.grid.goal_list import goal_heading
from scorer.layouts.grid.header_row import Heading, is_note, read_heading
from scorer.layouts.grid.indicator_rows import has_levels
from scorer.layouts.grid.labels import FOOT, GOALS, inline_pairs, label_of
from scorer.layouts.grid.level_columns import with_rows
from scorer.layouts.grid.lost_merges import with_lost_merges
from scorer.layouts.grid.open_form import OpenForm, open_form
from scorer.layouts.grid.preamble import (
    Preamble,
    Said,
    is_bare_unit,
    is_furniture,
    is_table_number,
    is_title,
    is_year,
    names_money_unit,
    understand,
)
from scorer.layouts.grid.slots import (
    Row,
    Slot,
    grid_rows,
    is_oversized,
    joined_rows,
    lines_of,
    split_side_by_side,
)
from scorer.layouts.grid.tell import (
    block_of,
    caption_of,
    concerns,
    is_head_row,
    is_wide,
    label_names,
)
from scorer.layouts.grid.unmerged import restored
from scorer.layouts.match import Explanation, object_of
from scorer.layouts.text.columns import goal_phase
from scorer.layouts.text.delimited import (
    MIN_ROWS,
    grid_of_lines,
    is_aligned,
    over_page_breaks,
    runs_of,
    separator_of,
)
from scorer.layouts.text.kept_columns import laid_out
from scorer.layouts.words import Words, fold, squeeze

Taken = tuple[int, int]  # id of a grid and the number of its row; of a line and 0
_CONTINUED = re.compile(r"\(?续表?\d*\)?$|\s")  # behind the title of a further page
_HEAD_ROWS = 40  # rows in which a table says what it is about


class Walker:
    """Reads the grids of one document. After :meth:`document` holds ``forms``, ``blanks``,
    ``problems``, ``explanations`` and ``rest``, the lines that no form took."""

    def __init__(self, path: str, words: Words) -> None:
        self.path = path
        self.words = words
        self.forms: list[Form] = []
        self.blanks: list[Form] = []  # official forms that nobody has filled in
        self.problems: list[Problem] = []
        self.explanations: list[Explanation] = []
        self.lines: list[Line] = []
        self.used: set[int] = set()
        self.before = Preamble()
        self.open: OpenForm | None = None
        self.plain = 0  # plain lines since the last row of the open form
        self.tail: Row | None = None  # the last row of the grid before
        self.header: Row | None = None  # that row, if it was an indicator header
        self.money_unit: str | None = None  # of the form before: forms of one file print alike
        self.held: tuple[Row, Heading, bool] | None = None  # a flat list's row that may go on
        self.turned = False  # the list's title was printed again above the rows to come
        self.formed: set[Taken] = set()  # what the forms, and tables of other objects, took
        self.pending: list[Taken] = []  # what the open form has taken so far

    @property
    def rest(self) -> list[Line]:
        """The lines that belong to no form read here, in reading order."""
        return [line for n, line in enumerate(self.lines) if n not in self.used]

    def document(self, document: Document) -> None:
        """Walk all pages."""
        blocks = [block for page in document.pages for block in page.blocks]
        lines = [block for block in blocks if isinstance(block, Line)]
        if len(lines) == len(blocks):
            blocks = [*over_page_breaks(lines)]
        for found in runs_of(blocks, self.words):
            if isinstance(found, Grid):
                self.grid(with_lost_merges(found, self.words))
            elif isinstance(found, Line):
                self.line(found)
            else:
                self.run(found)
        self.close()

    # -- lines ---------------------------------------------------------------------------

    def run(self, lines: Sequence[Line]) -> None:
        """Lines of separated cells: a grid if they are a form's, else text."""
        if len(lines) >= MIN_ROWS:
            grid = grid_of_lines(lines, separator_of(lines[0]) or "\t", self.words)
            if is_aligned(grid, self.words):
                self.grid(grid)
                self.pending += [(id(line), 0) for line in lines if self.open is not None]
                return
        self.close()
        for line in laid_out(lines, self.words) or lines:
            self.line(line)

    def line(self, line: Line) -> None:
        """A line outside any grid: a title, a labelled line, or other text."""
        self.lines.append(line)
        text = line.text.strip()
        if not text or is_furniture(text, self.words):
            return
        said = understand(line.text, self.words)
        block = block_of(text)
        if said is not None and not self._is_caption(text):
            self._take(said, line.place, len(self.lines) - 1)
        elif block is not None and self.open is not None:
            self.open.table.start_block(block)
            self.used.add(len(self.lines) - 1)
        elif not self.before.goes_on(self.lines, text):
            self.plain += 1
            if self.before.is_far(text):
                if self._list_in_doubt():
                    self.close()
                self.before = Preamble()
            if self.before.note(line) and self.open is not None and self.open.table.rows:
                self.close()

    def _is_caption(self, text: str) -> bool:
        """«年度绩效目标表» over the other block of the open form's indicators, no form's title."""
        form, block = self.open, caption_of(text)
        if form is None or block is None or "project" not in form.draft.texts:
            return False
        return block not in {row.phase for row in form.table.rows}

    def _take(self, said: Said, place: Place, line: int | None = None) -> None:
        """Keep what a text says for the next form, or as the foot of the open one."""
        if self._fills_goal(said, place):
            self.used.update([] if line is None else [line])
            return
        names = {label.name for label, _ in said.pairs}
        again = self._is_same_title(said.title)
        ends = names and self.open is not None and self.open.ends_before(names)
        if (said.title and not again) or ends:
            self.close()
        if said.title:  # «单位：万元» may stand above it, or above all the forms
            unit, over = self.before.money_unit, self.before.heading
            self.before = Preamble(said.title, place, money_unit=unit, heading=over)
        form = self.open
        foot = bool(names) and names <= FOOT | {"unit", "ignored"} and not self._list_in_doubt()
        if foot and form and form.heading:
            for label, text in said.pairs:
                if label.kind == "field" and label.name != "ignored":
                    form.draft.set_text(label.name, text, place)
            self.used.update([] if line is None else [line])
            return
        self.before.add(said, place)
        self.before.lines += [] if line is None else [line]

    def _fills_goal(self, said: Said, place: Place) -> bool:
        """«长期目标：…» on a line of its own between the tables of a form that lacks it."""
        form, names = self.open, {label.name for label, _ in said.pairs}
        if form is None or form.flat or form.other or self.before.title or said.title:
            return False
        texts = form.draft.texts
        if not names or not names <= GOALS or not names.isdisjoint(texts) or "project" not in texts:
            return False
        for label, text in said.pairs:
            form.draft.set_text(label.name, text, place)
        return True

    def _is_same_title(self, title: str | None) -> bool:
        """The open form's title, printed again: on the next page of its indicators, or above
        the next form, which its first labels will tell (of a list: its next header)."""
        form = self.open
        if title is None or form is None or form.at_foot or not form.draft.title:
            return False
        if form.flat is None:
            return bool(form.table.rows) and squeeze(form.draft.title) == squeeze(title)
        own, again = (_CONTINUED.sub("", fold(text)) for text in (form.draft.title, title))
        return own == again

    def _list_in_doubt(self) -> bool:
        """Whether the open list's title has been printed again: its next page, or a new list."""
        return self.open is not None and self.open.flat is not None and bool(self.before.title)

    def _settle_list(self, heading: Heading | None, row: Row) -> None:
        """Below the list's title printed again: the same list goes on under its header, where
        nothing above it is said otherwise than on the page before."""
        form = self.open
        if form is None or form.flat is None or not self._list_in_doubt():
            return
        place = row.filled[0].place
        again = open_form(self.before, place, self.words).draft
        same_list = bool(heading and heading.flat) and form.draft.agrees(again)
        if same_list and form.draft.place.sheet == place.sheet:
            self.turned = True
            self.used.update(self.before.lines)
            self.before = Preamble()
        else:
            self.close()

    # -- grids ---------------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        """A grid: forms, a part of one, or some other table."""
        if is_oversized(grid):
            return
        rows = grid_rows(with_rows(restored(grid, self.words), self.words))
        for n, part in enumerate(split_side_by_side(rows, self.words)):
            if n:
                self.close()
            self._part(part, grid)

    def _part(self, rows: list[Row], grid: Grid) -> None:
        titled = self.before.title is not None
        if not concerns(rows, self.words, titled) and not self._goes_on(rows, grid):
            if has_levels(rows, self.words):
                self.lines += [Line(text, place) for text, place in lines_of(rows)]
            self.close()
            self._note_other_table(rows)
            return
        if self.open is not None and self.open.heading is not None:
            self.open.heading = remap(self.open.heading, rows, self.words) or self.open.heading
        self._note_object(rows)
        fresh, skip = self.open is not None, 0
        for n, row in enumerate(rows):
            if skip or not row.filled:
                if not row.filled:
                    self._blank_row(row)
                skip = max(0, skip - 1)
                self._note_taken(grid, row)
                continue
            skip, is_body = self._row(rows, n, fresh)
            fresh = fresh and not is_body
            self.header = None if is_body or n + 1 + skip < len(rows) else row
            self._note_taken(grid, row)
        self.plain = 0
        self.tail = next((row for row in reversed(rows) if row.filled), None)

    def _note_taken(self, grid: Grid, row: Row) -> None:
        if self.open is not None:
            self.pending.append((id(grid), row.index))

    def _note_other_table(self, rows: Sequence[Row]) -> None:
        """A table that is no form, for the explanation: what it begins with."""
        filled = [slot for row in rows for slot in row.filled]
        if filled:
            begins = "、".join(slot.text[:12] for slot in filled[:3])
            self.explanations.append(Explanation(filled[0].place, begins, None, "", ()))

    def _goes_on(self, rows: Sequence[Row], grid: Grid) -> bool:
        """True for a grid without marks of its own that continues the open form."""
        if self.open is None:
            return False
        if grid.continues:
            return True
        if self.plain > 2 or self.before.title is not None:
            return False
        if grid.place.sheet != self.open.draft.place.sheet and not _names_levels(rows, self.words):
            return False
        labelled = sum(bool(label_of(s.text, self.words)) for row in rows for s in row.filled)
        if labelled >= 2 or has_levels(rows, self.words):
            return True
        heading = self.open.heading
        return self.plain == 0 and bool(heading and remap(heading, rows, self.words))

    def _note_object(self, rows: Sequence[Row]) -> None:
        """A table of another object that only its labels tell."""
        if self.open is not None:
            return
        head = rows[:_HEAD_ROWS]
        if any(is_title(s.text, self.words) for row in head for s in row.filled[:1]):
            return  # its title will say it
        texts = [squeeze(s.text) for row in head for s in row.filled if len(s.text) <= 16]
        if any(self.words.field_of(text) == "project" for text in texts):
            return
        kind = object_of(texts, self.words)
        if kind:
            self._start(rows[0].slots[0].place, kind)

    # -- rows ----------------------------------------------------------------------------

    def _row(self, rows: Sequence[Row], n: int, fresh: bool) -> tuple[int, bool]:
        """Read row ``n``; (further rows taken, whether it was a row of the body)."""
        row = rows[n]
        if len(row.filled) <= 2 and self._single(row):
            return 0, False
        if len(row.filled) > 2 and self._is_above_again(row):
            self._take_above(row)
            return 0, False
        if self.open is not None and self.open.other:
            if "project" not in label_names(row, self.words) or goal_heading(rows, n, self.words):
                return 0, True  # of the whole department, a list of its projects included
            self.close()
        if fresh and self.header is not None:
            whole = joined_header(self.header, row, self.words)
            row = whole or row
        if listed := self._goal_list(rows, n):
            self._heading(listed, row, None)
            return 0, False
        below, above = (rows[m] if 0 <= m < len(rows) else None for m in (n + 1, n - 1))
        found = read_heading(row, below, above, self.words, rows[n - 2] if n > 1 else None)
        self._settle_list(found[0] if found else None, row)
        if found:
            self._heading(found[0], row, above)
            return found[1] - 1, False
        form = self.open
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
        form = self.open
        if form is not None and form.heading is None and form.draft.texts:
            return None
        heading = goal_heading(rows, n, self.words)
        if heading is not None and form is not None and form.heading and form.flat is None:
            self.close()
        return heading

    def _blank_row(self, row: Row) -> None:
        """Blank cells below labels that wait for them were left empty; blank rows of the
        indicator table are room for more."""
        form = self.open
        if form is None or form.other or form.flat is not None or form.at_foot:
            return
        if form.heading is not None:
            form.table.take(row, form.heading, False)
        elif form.head.waiting:
            form.head.row(row, [])

    def _list_row(self, form: OpenForm, flat: FlatForms, row: Row, fresh: bool) -> None:
        """A row of a flat list. The last row of a page is held back: it may go on."""
        assert form.heading is not None
        if self.held is not None:
            upper, heading, after_break = self.held
            may_join = fresh and not names_unit(row)
            joined = joined_list_row(upper, row, heading, self.words) if may_join else None
            flat.take(joined or upper, heading, after_break)
            self.held = None
            if joined is not None:
                return
        if self.turned:
            self.turned = False
            flat.turned = True
        self.held = (row, form.heading, fresh)

    def _single(self, row: Row) -> bool:
        """A row of one text (and perhaps a unit): title, year, head of a block, labels."""
        slot, alone = row.filled[0], len(row.filled) == 1
        form, text = self.open, slot.text
        if alone and is_table_number(text):
            return True
        if form is not None and alone and len(row.own) == 1 and block_of(text):
            form.table.start_block(block_of(text))
            return True
        if form is not None and alone and self._is_caption(text):
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
                self._take(part, slot.place)
        if self.open is not None and not self.open.draft.money_unit:
            self.open.draft.money_unit = self.before.money_unit
        return said[0] is not None or not alone

    def _has_unit_beside(self, row: Row) -> bool:
        """«某局 | 单位：万元», «（2024年度） | 万元»."""
        text, beside = (slot.text for slot in row.filled)
        above = is_year(text) or is_title(text, self.words)
        return names_money_unit(beside) or (above and is_bare_unit(beside))

    def _is_above_again(self, row: Row) -> bool:
        """«2025年度 | 填报日期： | 2024-11-08» below indicators."""
        heads = self.open is not None and self.open.heading is not None
        first, second = row.filled[0].text, row.filled[1].text
        return heads and is_year(first) and label_of(second, self.words) is not None

    def _take_above(self, row: Row) -> None:
        """«312 某局 | 单位：万元» below indicators: the next form's, or a further page's head."""
        for slot in row.filled:
            if said := understand(slot.cell.text, self.words, True):
                self.before.add(said, slot.place)

    def _may_stand_above(self, slot: Slot, row: Row) -> bool:
        """False for a text inside the open form: a cell of its head or of its indicators."""
        if self.open is None or is_title(slot.text, self.words) or is_year(slot.text):
            return True
        if inline_pairs(slot.cell.text, self.words):
            return False
        return self.open.heading is None or len(row.slots) == 1

    def _rest_of_row(self, row: Row) -> bool:
        """The rest of the last head or foot row, cut by a page break through its label or
        through its cells."""
        form, tail = self.open, self.tail
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
        form = self.open
        if form is None or has_levels([row], self.words):
            return False
        return (bool(form.head.waiting) and not form.table.rows) or (fresh and form.at_foot)

    def _head_row(self, row: Row) -> None:
        names = label_names(row, self.words)
        if self.open is not None and self.open.ends_before(names):
            self.close()
        if self.open is None and (not names or _is_heading(row, names)):
            return
        form = self.open or self._start(row.filled[0].place)
        covers = [slot for slot in row.slots if not slot.origin and slot.text]
        form.at_foot = form.heading is not None
        if not form.head.row(row, covers):
            form.unread.append(row.filled[0].place)

    def _heading(self, heading: Heading, row: Row, above: Row | None) -> None:
        if self.open is not None and self.open.flat is not None and not heading.flat:
            self.close()
        if self.open is not None and self.before.title is not None:
            self.before = Preamble()  # a further page of the open form
        form = self.open or self._start(row.filled[0].place)
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
        form = self.open
        if form is None or above is None or not form.table.rows or form.table.block is not None:
            return
        names = label_names(above, self.words)
        if "goal_annual" in names and "goal_period" not in names:
            form.table.end_long_term()

    # -- forms ---------------------------------------------------------------------------

    def _start(self, place: Place, kind: str | None = None) -> OpenForm:
        before, self.before = self.before, Preamble()
        self.used.update(before.lines)
        self.open = open_form(before, place, self.words, kind)
        return self.open

    def close(self) -> None:
        """The open form, if any, is complete."""
        form, self.open = self.open, None
        held, self.held, self.turned = self.held, None, False
        pending, self.pending = self.pending, []
        if form is None:
            return
        if form.flat is not None and held is not None:
            form.flat.take(*held)
        form.draft.money_unit = form.draft.money_unit or self.money_unit
        self.money_unit = form.draft.money_unit
        forms = form.finish()
        self.forms += forms
        self.formed.update(pending if forms or form.other else ())
        blank = None if forms else form.blank()
        self.blanks += [] if blank is None else [blank]
        self.problems += form.problems(self.path, forms)
        told: list[Form | None] = [*forms] or ([None] if form.other else [])
        self.explanations += [form.explanation(one) for one in told]


def _names_levels(rows: Sequence[Row], words: Words) -> bool:
    """Whether a level stands there by its full name: a «数量» may head a column of any table."""
    return any(
        s.text.endswith("指标") and has_levels([row], words) for row in rows for s in row.own
    )


def _is_heading(row: Row, names: set[str]) -> bool:
    """«二、项目绩效目标» and nothing else, before any form: a chapter's heading, no label."""
    return len(row.own) == 1 and names <= GOALS
