"""Walks a document's lines and grids and reads every form that stands in grids.

One walk for all families. A form starts at a title or at a second «项目名称», and may go on
over grids and pages; a grid that is not about targets ends it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Document, Grid, Line
from scorer.layouts.grid.continued import remap
from scorer.layouts.grid.form_rows import FormRows
from scorer.layouts.grid.indicator_rows import has_levels
from scorer.layouts.grid.labels import label_of
from scorer.layouts.grid.level_columns import with_rows
from scorer.layouts.grid.lost_merges import with_lost_merges
from scorer.layouts.grid.preamble import Preamble, is_furniture, is_title, understand
from scorer.layouts.grid.reading import Reading
from scorer.layouts.grid.slots import (
    Row,
    grid_rows,
    is_oversized,
    lines_of,
    split_side_by_side,
)
from scorer.layouts.grid.tell import block_of, concerns
from scorer.layouts.grid.unmerged import restored
from scorer.layouts.match import Explanation, object_of
from scorer.layouts.text.delimited import (
    MIN_ROWS,
    grid_of_lines,
    is_aligned,
    is_head,
    over_page_breaks,
    runs_of,
    separator_of,
)
from scorer.layouts.text.kept_columns import laid_out
from scorer.layouts.words import Words, is_made_up, squeeze

# The heading of a part of one form: «二、项目绩效目标» between its tables.
_PART = re.compile(
    r"[(（]?[一二三四五六七八九十][)）、.．]\s*(?:项目)?"
    r"(?:(?:支出)?(?:年度|总体)?绩效(?:目标|指标)?(?:情况|设定)?|(?:绩效)?(?:目标(?:与|和|及))?资金(?:情况|来源|预算)?|基本(?:情况|信息))"
)
_PAIR = 2  # a label and its text
_NEAR = 5  # blocks below a form's head among which its indicators begin
_HEAD_ROWS = 40  # rows in which a table says what it is about


class Walker:
    """Walks one document. After :meth:`document` ``reading`` holds what was read, and
    ``rest`` the lines that no form took."""

    def __init__(self, path: str, words: Words) -> None:
        self.words = words
        self.reading = Reading(path, words)
        self.rows = FormRows(self.reading)
        self.lines: list[Line] = []
        self.plain = 0  # plain lines since the last row of the open form

    @property
    def rest(self) -> list[Line]:
        """The lines that belong to no form read here, in reading order."""
        return [line for n, line in enumerate(self.lines) if n not in self.reading.used]

    def document(self, document: Document) -> None:
        """Walk all pages."""
        blocks = [block for page in document.pages for block in page.blocks]
        lines = [block for block in blocks if isinstance(block, Line)]
        if len(lines) == len(blocks):
            blocks = [*over_page_breaks(lines, self.words)]
        runs = [*runs_of(blocks, self.words)]
        for n, found in enumerate(runs):
            if isinstance(found, Grid):
                self.grid(with_lost_merges(found, self.words))
            elif isinstance(found, Line):
                self.line(found)
            else:
                near = runs[n + 1 : n + _NEAR]
                below = next((block for block in near if not isinstance(block, Line)), None)
                self.run(found, below)
        self.reading.close()

    def run(self, lines: Sequence[Line], below: Grid | Sequence[Line] | None) -> None:
        """Lines of separated cells: a grid if they are a form's, or the head of one whose
        indicators stand ``below``; else text."""
        if len(lines) >= MIN_ROWS:
            grid = grid_of_lines(lines, separator_of(lines[0]) or "\t", self.words)
            headed = is_head(grid, self.words) and self._are_indicators(below)
            if headed or is_aligned(grid, self.words):
                self.grid(grid)
                self.reading.pending += [
                    (id(line), 0) for line in lines if self.reading.open is not None
                ]
                return
        self.reading.close()
        for line in laid_out(lines, self.words) or lines:
            self.line(line)

    def _are_indicators(self, block: Grid | Sequence[Line] | None) -> bool:
        if block is not None and not isinstance(block, Grid) and len(block) >= MIN_ROWS:
            block = grid_of_lines(block, separator_of(block[0]) or "\t", self.words)
        return isinstance(block, Grid) and is_aligned(block, self.words)

    def line(self, line: Line) -> None:
        """A line outside any grid: a title, a labelled line, or other text."""
        self.lines.append(line)
        text = line.text.strip()
        if not text or is_furniture(text, self.words):
            return
        form = self.reading.open
        begun = form is not None and (form.heading is None or "资金" in text)
        if begun and _PART.fullmatch(text):
            self.reading.used.add(len(self.lines) - 1)
            return
        said = understand(line.text, self.words)
        block = block_of(text)
        if said is not None and not self.reading.is_caption(text):
            self.reading.take(said, line.place, len(self.lines) - 1)
        elif block is not None and self.reading.open is not None:
            self.reading.open.table.start_block(block)
            self.reading.used.add(len(self.lines) - 1)
        elif not self.reading.before.goes_on(self.lines, text):
            self.plain += 1
            if self.reading.before.is_far(text):
                if self.reading.list_in_doubt():
                    self.reading.close()
                self.reading.before = Preamble()
            if (
                self.reading.before.note(line)
                and self.reading.open is not None
                and self.reading.open.table.rows
            ):
                self.reading.close()

    def grid(self, grid: Grid) -> None:
        """A grid: forms, a part of one, or some other table."""
        if is_oversized(grid):
            return
        rows = grid_rows(with_rows(restored(_without_made_up(grid), self.words), self.words))
        for n, part in enumerate(split_side_by_side(rows, self.words)):
            if n:
                self.reading.close()
            self._part(part, grid)

    def _part(self, rows: list[Row], grid: Grid) -> None:
        rows = [row for row in rows if not self._is_furniture(row)]
        rows = self._with_project_label(rows)
        titled = self.reading.before.title is not None
        ours = concerns(rows, self.words, titled)
        if not ours and not self._goes_on(rows, grid):
            if has_levels(rows, self.words):
                self.lines += [Line(text, place) for text, place in lines_of(rows)]
            self.reading.close()
            self._note_other_table(rows)
            return
        if titled and not ours and not grid.continues:
            self.reading.before = Preamble()  # the open form's title, again on a further page
        if self.reading.open is not None and self.reading.open.heading is not None:
            self.reading.open.heading = (
                remap(self.reading.open.heading, rows, self.words) or self.reading.open.heading
            )
        self._note_object(rows)
        self.rows.read(rows, grid)
        self.plain = 0

    def _with_project_label(self, rows: list[Row]) -> list[Row]:
        """«项目 | 地质灾害群测群防» in a form's first row: below its title, a bare «项目» is the label
        of its name."""
        first = rows[0].own if rows else ()
        bare = bool(first) and squeeze(first[0].text) == "项目" and len(rows[0].filled) == _PAIR
        if not bare or self.reading.before.title is None:
            return rows
        slots = (replace(s, text="项目名称") if s is first[0] else s for s in rows[0].slots)
        return [replace(rows[0], slots=tuple(slots)), *rows[1:]]

    def _is_furniture(self, row: Row) -> bool:
        """A foot that a table prints on each page, «某县财政局印制» across all columns."""
        return len(row.filled) == 1 and is_furniture(row.filled[0].text, self.words)

    def _note_other_table(self, rows: Sequence[Row]) -> None:
        """A table that is no form, for the explanation: what it begins with."""
        filled = [slot for row in rows for slot in row.filled]
        if filled:
            begins = "、".join(slot.text[:12] for slot in filled[:3])
            self.reading.explanations.append(Explanation(filled[0].place, begins, None, "", ()))

    def _goes_on(self, rows: Sequence[Row], grid: Grid) -> bool:
        """True for a grid without marks of its own that continues the open form."""
        if self.reading.open is None:
            return False
        if grid.continues:
            return True
        title = self.reading.before.title
        if self.plain > 2 or (title is not None and not self._on_a_further_page(rows, title)):
            return False
        if grid.place.sheet != self.reading.open.draft.place.sheet and not _names_levels(
            rows, self.words
        ):
            return False
        labelled = sum(bool(label_of(s.text, self.words)) for row in rows for s in row.filled)
        if labelled >= 2 or has_levels(rows, self.words) or self._fills_head(rows):
            return True
        heading = self.reading.open.heading
        return self.plain == 0 and bool(heading and remap(heading, rows, self.words))

    def _on_a_further_page(self, rows: Sequence[Row], title: str) -> bool:
        """The open form's title printed again, above rows of levels that name no project."""
        labels = [label_of(s.text, self.words) for row in rows for s in row.filled]
        named = any(label is not None and label.name == "project" for label in labels)
        return not named and has_levels(rows, self.words) and self.reading.is_same_title(title)

    def _fills_head(self, rows: Sequence[Row]) -> bool:
        """Rows of one label and its text, which the head under way still lacks: a small table of
        its own inside the form's."""
        form = self.reading.open
        if form is None or form.heading is not None or self.plain:
            return False
        labels = [label_of(row.filled[0].text, self.words) for row in rows if row.filled]
        return bool(labels) and all(
            label is not None and label.kind == "field" and label.name not in form.draft.texts
            for label in labels
        )

    def _note_object(self, rows: Sequence[Row]) -> None:
        """A table of another object that only its labels tell."""
        if self.reading.open is not None:
            return
        head = rows[:_HEAD_ROWS]
        if any(is_title(s.text, self.words) for row in head for s in row.filled[:1]):
            return  # its title will say it
        texts = [squeeze(s.text) for row in head for s in row.filled if len(s.text) <= 16]
        if any(self.words.field_of(text) == "project" for text in texts):
            return
        kind = object_of(texts, self.words)
        if kind:
            self.reading.start(rows[0].slots[0].place, kind)


def _without_made_up(grid: Grid) -> Grid:
    """The grid with blank cells where a program has written «NaN»."""
    if not any(is_made_up(cell.text) for cell in grid.cells):
        return grid
    cells = (replace(c, text="") if is_made_up(c.text) else c for c in grid.cells)
    return replace(grid, cells=tuple(cells))


def _names_levels(rows: Sequence[Row], words: Words) -> bool:
    """Whether a level stands there by its full name: a «数量» may head a column of any table."""
    return any(
        s.text.endswith("指标") and has_levels([row], words) for row in rows for s in row.own
    )
