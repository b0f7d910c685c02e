"""Document -> Submission: the forms, the ledger, and what could not be read.

Forms in grids are read by the walk of ``grid.walk``; lines that no grid took go to the
reader of plain text. Nothing here raises for a document's sake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Document, Form, Grid, Ledger, Problem, Submission
from scorer.layouts.completed import completed, unit_of
from scorer.layouts.explain import explain
from scorer.layouts.grid.slots import is_oversized
from scorer.layouts.grid.walk import Walker
from scorer.layouts.ledger.read import (
    document_department,
    document_unit,
    document_year,
    document_zones,
    read_ledger,
    read_paragraphs,
)
from scorer.layouts.split_forms import joined, without_gaps
from scorer.layouts.text.form import forms_from_lines
from scorer.layouts.words import Words
from scorer.layouts.words import words as shipped_words

__all__ = ["explain", "read_submission"]


def read_submission(document: Document, words: Words | None = None) -> Submission:
    """All that the document holds; ``words`` is the vocabulary with a county's own words.

    A form that was understood in part is given with what was read, and a problem says
    what is missing.
    """
    words = words or shipped_words()
    document = _without_oversized(document)
    walker = Walker(document.path, words)
    walker.document(document)
    texts, text_problems, _ = forms_from_lines(walker.rest, document.path, words)
    zones = document_zones(document.pages, walker.reading.formed)
    unit, year = document_unit(document.pages, zones), document_year(document.pages, zones)
    forms, parts = joined(_in_order(walker.reading.forms, texts))
    unit = unit or unit_of(forms, words)
    ledger = read_ledger(document.pages, zones, (unit, year))
    department = document_department(document.pages)
    if not forms and ledger == Ledger():  # a blank form alone is there to be filled in
        forms = walker.reading.blanks
    return Submission(
        document.path,
        document.sha256,
        unit,
        year,
        tuple(completed(form, ledger, year, department) for form in forms),
        ledger,
        (*document.problems, *without_gaps((*walker.reading.problems, *text_problems), parts)),
        read_paragraphs(document.pages, zones),
    )


def _without_oversized(document: Document) -> Document:
    """The document without grids that no real table is; each leaves a problem."""
    pages, problems = [], list(document.problems)
    for page in document.pages:
        huge = [b for b in page.blocks if isinstance(b, Grid) and is_oversized(b)]
        pages.append(
            replace(
                page, blocks=tuple(b for b in page.blocks if not any(b is grid for grid in huge))
            )
        )
        problems += [
            Problem(
                document.path,
                "表格的合并单元格过多，没有读取",
                "请取消多余的合并单元格后另存再读",
                grid.place,
                "too_many_cells",
            )
            for grid in huge
        ]
    if len(problems) == len(document.problems):
        return document
    return replace(document, pages=tuple(pages), problems=tuple(problems))


def _in_order(grids: Sequence[Form], texts: Sequence[Form]) -> list[Form]:
    """Forms of grids and of text in the order of their pages and lines."""
    if not grids or not texts:
        return [*grids, *texts]
    return sorted([*grids, *texts], key=_position)


def _position(form: Form) -> tuple[int, int]:
    return (form.place.page or 0, form.place.line or 0)
