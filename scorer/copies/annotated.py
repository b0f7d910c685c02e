"""The annotated copy: what is wrong stands as a comment on its cell."""

from __future__ import annotations

from scorer.copies import docx_comments, xlsx_comments
from scorer.copies.corrected import Copy, corrected_copy, read_forms
from scorer.copies.remarks import Remark, remarks
from scorer.forms import JudgedSubmission, Place
from scorer.layouts.words import Words


def annotated_copy(
    data: bytes, name: str, judged: JudgedSubmission, words: Words | None = None
) -> Copy:
    """The document with every finding as a comment on its cell.

    XLSX and DOCX are the clerk's own file (with the edits that ``judged`` holds, if any);
    other kinds give a fresh official workbook. Raises CopyError as ``corrected_copy`` does.
    """
    copy = corrected_copy(data, name, [form.form for form in judged.forms], words)
    _, forms = read_forms(copy.data, f"{name}{copy.suffix}", words)
    found: dict[Place, Remark] = {}
    for one, read in zip(
        judged.forms, forms, strict=False
    ):  # a fresh workbook may lose an empty form
        project = one.form.project
        shared = [f for f in judged.findings if f.project is not None and f.project == project]
        found.update(remarks(one, read, [f for f in shared if not f.summary]))
    about = [f for f in judged.findings if f.project is None]
    more = (f"整份文件另有{len(about)}项问题，不在绩效目标表里，没有批注。",) if about else ()
    kind = xlsx_comments if copy.suffix.startswith(".xls") else docx_comments
    return Copy(kind.commented(copy.data, found), copy.suffix, copy.own, (*copy.notes, *more))
