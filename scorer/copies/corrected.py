"""The corrected copy: the clerk's own file where it can be, else a fresh official workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorer.copies import docx_cells, xlsx_cells
from scorer.copies.docx_cells import WordError
from scorer.copies.edits import NoRoom, aligned, edits, same_content
from scorer.copies.official import official_workbook
from scorer.copies.package import part
from scorer.copies.sheet_cells import SheetError
from scorer.forms import Document, Form, Place
from scorer.layouts import read_submission
from scorer.layouts.words import Words
from scorer.readers import read_document, sniff

OWN = {"xlsx": xlsx_cells.written, "docx": docx_cells.written}
SUFFIXES = {"xlsx": (".xlsx", ".xlsm"), "docx": (".docx", ".docm")}  # plain, with macros


class CopyError(Exception):
    """No copy can be made; the message names the file or the place, and says what to do."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy for the clerk. ``suffix`` is that of its kind (".xlsx", ".docx", or with
    macros ".xlsm", ".docm"); ``own`` tells their own file from a fresh workbook; ``notes`` are
    sentences for the clerk, why it is a fresh one and the like."""

    data: bytes
    suffix: str
    own: bool
    notes: tuple[str, ...] = ()


def corrected_copy(
    data: bytes, name: str, forms: Sequence[Form], words: Words | None = None
) -> Copy:
    """The document with what ``forms`` say; ``data`` is one file (no archive), ``name`` its path.

    ``forms`` are the document's forms in reading order, edited. XLSX and DOCX come back as the
    clerk's own file with only the changed cells altered; other kinds, and changes that the
    table has no cell for, give a fresh official workbook that reads back as the same forms.
    Raises CopyError if the file no longer holds these forms.
    """
    document, before = read_forms(data, name, words)
    _check(document, before, forms)
    why = ""
    if document.kind in OWN:
        try:
            return _own(document, data, before, forms, words)
        except (NoRoom, SheetError, WordError) as error:
            why = f"{str(error).rstrip('。')}，所以没有改原件，另按官方表样做了一份。"
    else:
        why = "原文件不是 Excel（.xlsx）或 Word（.docx），所以按官方表样另做了一份 Excel。"
    return _fresh(forms, why, words)


def read_forms(data: bytes, name: str, words: Words | None) -> tuple[Document, tuple[Form, ...]]:
    """The one document of these bytes and its forms, with their cells."""
    documents = read_document(name, data)
    if len(documents) != 1 or sniff(data) in ("zip", "eml", "mhtml"):
        raise CopyError(f"{name} 是压缩包或邮件。请先解压，再改里面的文件。")
    return documents[0], read_submission(documents[0], words).forms


def _check(document: Document, before: Sequence[Form], forms: Sequence[Form]) -> None:
    """The file still holds the forms that were edited."""
    if len(before) != len(forms):
        raise CopyError(
            f"{document.path} 里现在有 {len(before)} 张表，审核时是 {len(forms)} 张。请重新审核这份文件。"
        )
    for old, new in zip(before, forms, strict=True):
        known = {(row.phase, row.place) for row in old.indicators}
        for row in new.indicators:
            if row.place != Place() and (row.phase, row.place) not in known:
                raise CopyError(
                    f"{document.path} 的 {row.place.label()} 已经没有「{row.name}」这一行。请重新审核这份文件。"
                )


def _own(
    document: Document,
    data: bytes,
    before: Sequence[Form],
    forms: Sequence[Form],
    words: Words | None,
) -> Copy:
    """The clerk's own file, patched and read again to make sure."""
    writes = edits(document, before, forms)
    if writes:
        data = OWN[document.kind](data, writes)
        _, now = read_forms(data, document.path, words)
        wrong = _first_difference(now, forms)
        if wrong is not None:
            raise NoRoom(f"「{wrong.project or '未写名称的项目'}」的原表放不下这些修改")
    types = part(data, "[Content_Types].xml") or b""
    suffix = SUFFIXES[document.kind][b"macroEnabled" in types]  # Office insists that they agree
    return Copy(data, suffix, True, tuple(_notes(before, forms)))


def _fresh(forms: Sequence[Form], why: str, words: Words | None) -> Copy:
    """A fresh official workbook, read again too: what it does not say is told to the clerk."""
    data = official_workbook(forms)
    _, now = read_forms(data, "official.xlsx", words)
    wrong = _first_difference(now, forms)
    doubt = (
        ()
        if wrong is None
        else (f"请核对「{wrong.project or '未写名称的项目'}」：与原表可能有出入。",)
    )
    return Copy(data, ".xlsx", False, (why, *doubt))


def _first_difference(now: Sequence[Form], forms: Sequence[Form]) -> Form | None:
    if len(now) != len(forms):
        return forms[0] if forms else None
    pairs = zip(now, forms, strict=True)
    return next((want for got, want in pairs if not same_content(got, want)), None)


def _notes(before: Sequence[Form], forms: Sequence[Form]) -> list[str]:
    """What the clerk should look at: rows that were emptied, rows that moved."""
    notes = []
    for old, new in zip(before, forms, strict=True):
        _, gone, _ = aligned(old, new)
        names = "、".join(f"「{row.name or row.value}」" for row in gone)
        if names:
            notes.append(f"{names}已清空，表格的行仍在。")
    return notes
