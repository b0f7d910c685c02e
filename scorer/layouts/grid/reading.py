"""What reading a document has come to: the forms so far, the one under way, and what stands
above the next one.

Lines and rows (:mod:`.walk`, :mod:`.form_rows`) both speak of it here, so that a title or a
label means the same wherever it stands.
"""

from __future__ import annotations

from scorer.forms import Form, Grid, Place, Problem
from scorer.layouts.grid.header_row import Heading
from scorer.layouts.grid.labels import FOOT, GOALS
from scorer.layouts.grid.open_form import OpenForm, open_form
from scorer.layouts.grid.preamble import Preamble, Said
from scorer.layouts.grid.slots import Row
from scorer.layouts.grid.tell import caption_of
from scorer.layouts.match import Explanation
from scorer.layouts.words import Words, same_title

Taken = tuple[int, int]  # id of a grid and the number of its row; of a line and 0


class Reading:
    """The forms of one document: ``forms`` read, ``blanks`` that nobody has filled in,
    ``problems``, ``explanations``, and the one that is ``open``."""

    def __init__(self, path: str, words: Words) -> None:
        self.path = path
        self.words = words
        self.forms: list[Form] = []
        self.blanks: list[Form] = []  # official forms that nobody has filled in
        self.problems: list[Problem] = []
        self.explanations: list[Explanation] = []
        self.used: set[int] = set()  # numbers of the lines that say something of a form
        self.before = Preamble()
        self.open: OpenForm | None = None
        self.money_unit: str | None = None  # of the form before: forms of one file print alike
        self.held: tuple[Row, Heading, bool] | None = None  # a flat list's row that may go on
        self.turned = False  # the list's title was printed again above the rows to come
        self.formed: set[Taken] = set()  # what the forms, and tables of other objects, took
        self.pending: list[Taken] = []  # what the open form has taken so far

    def start(self, place: Place, kind: str | None = None) -> OpenForm:
        before, self.before = self.before, Preamble()
        self.used.update(before.lines)
        self.open = open_form(before, place, self.words, kind)
        return self.open

    def take(self, said: Said, place: Place, line: int | None = None) -> None:
        """Keep what a text says for the next form, or as the foot of the open one."""
        if self._fills_goal(said, place):
            self.used.update([] if line is None else [line])
            return
        names = {label.name for label, _ in said.pairs}
        again = self.is_same_title(said.title)
        ends = names and self.open is not None and self.open.ends_before(names)
        if (said.title and not again) or ends:
            self.close()
        if said.title:  # «单位：万元» may stand above it, or above all the forms
            unit, over = self.before.money_unit, self.before.heading
            self.before = Preamble(said.title, place, money_unit=unit, heading=over)
        form = self.open
        foot = bool(names) and names <= FOOT | {"unit", "ignored"} and not self.list_in_doubt()
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

    def is_same_title(self, title: str | None) -> bool:
        """The open form's title, printed again: on the next page of its indicators, or above
        the next form, which its first labels will tell (of a list: its next header)."""
        form = self.open
        if title is None or form is None or form.at_foot or not form.draft.title:
            return False
        if form.flat is None:
            return bool(form.table.rows) and same_title(form.draft.title, title)
        return same_title(form.draft.title, title)

    def is_caption(self, text: str) -> bool:
        """«年度绩效目标表» over the other block of the open form's indicators, no form's title."""
        form, block = self.open, caption_of(text)
        if form is None or block is None or "project" not in form.draft.texts:
            return False
        return block not in {row.phase for row in form.table.rows}

    def list_in_doubt(self) -> bool:
        """Whether the open list's title has been printed again: its next page, or a new list."""
        return self.open is not None and self.open.flat is not None and bool(self.before.title)

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

    def note_taken(self, grid: Grid, row: Row) -> None:
        """The open form has taken this row."""
        if self.open is not None:
            self.pending.append((id(grid), row.index))
