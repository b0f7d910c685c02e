"""How each table of a document was told apart: what `jixiao parse --explain` shows."""

from __future__ import annotations

from scorer.forms import Document, Form, Phase
from scorer.layouts.grid.walk import Walker
from scorer.layouts.match import Explanation, Signs, score_layouts
from scorer.layouts.text.form import forms_from_lines
from scorer.layouts.words import Words
from scorer.layouts.words import words as shipped


def explain(document: Document, words: Words | None = None) -> list[Explanation]:
    """How each table of the document was understood, in reading order."""
    known = words or shipped()
    walker = Walker(document.path, known)
    walker.document(document)
    texts, _, _ = forms_from_lines(walker.rest, document.path, known)
    told = [*walker.reading.explanations, *(_of_text(form, known) for form in texts)]
    return sorted(told, key=lambda one: (one.place.page or 0, one.place.line or 0))


def _of_text(form: Form, words: Words) -> Explanation:
    """A form that lines of text gave: its signs are what was read of it."""
    phases: frozenset[Phase] = frozenset(row.phase for row in form.indicators)
    titled = words.kind_of_title(form.title) if form.title else "project"
    asked = frozenset("amount:annual" if n == "annual_yuan" else n for n in form.asked)
    asked |= {"amount:total"} if "total_yuan" in form.asked else set()
    signs = Signs(
        title_kind=titled,
        halves=len(phases),
        own_names=len(phases) if form.layout.startswith("A") else 1,
        blocks=phases if form.layout == "B" else frozenset(),
        names=asked,
        roles=frozenset(("level1", "level2", "name", "value")),
        level1=frozenset(row.level1 for row in form.indicators),
    )
    note = "由文字行读出，没有表格：按各行的文字分栏"
    return Explanation(
        form.place, form.title, form.project, form.layout, score_layouts(signs), (), (note,)
    )
