"""Copies of a document for its clerk: corrected, annotated, or a blank form to start from."""

from scorer.copies.annotated import annotated_copy
from scorer.copies.blank import LAYOUTS, blank_form
from scorer.copies.corrected import Copy, CopyError, corrected_copy
from scorer.copies.official import official_workbook

__all__ = [
    "LAYOUTS",
    "Copy",
    "CopyError",
    "annotated_copy",
    "blank_form",
    "corrected_copy",
    "official_workbook",
]
