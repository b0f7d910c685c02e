"""Damaged and hostile files end as problems, quickly, and never as an exception."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest

from scorer.readers import limits, ocr, read_document
from tests.readers_kit import (
    codes,
    docx,
    docx_with,
    html_table,
    ods,
    one,
    package,
    pdf,
    pdf_table,
    png,
    xls,
    xlsx,
)

WHOLE: dict[str, Callable[[], bytes]] = {
    "xlsx": xlsx,
    "xls": xls,
    "docx": docx,
    "pdf": lambda: pdf(pdf_table),
    "ods": lambda: ods("<table:table-row><table:table-cell/></table:table-row>"),
    "zip": lambda: package({"a.html": html_table(), "b.txt": "你好"}),
}


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.97])
@pytest.mark.parametrize("kind", WHOLE)
def test_truncated(kind: str, share: float) -> None:
    data = WHOLE[kind]()
    for document in read_document("短.x", data[: int(len(data) * share)]):
        assert document.problems
        assert all(p.message and p.path for p in document.problems)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", WHOLE)
def test_flipped_bytes(kind: str, seed: int) -> None:
    """A flipped byte may hit what does not matter; then the file is read as ever."""
    chance = random.Random(seed)
    data = bytearray(WHOLE[kind]())
    for _ in range(3 ** (seed % 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    for document in read_document("坏.x", bytes(data)):
        assert document.pages or document.problems


def entity_xml(body: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE x [{body}]>'


def locked_zip() -> bytes:
    """The encryption mark set on a member."""
    data = bytearray(package({"a.txt": "x"}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    return package({"0.txt": b"\0" * (limits.MIN_RATIO_BYTES + 1)})


def lying_bomb() -> bytes:
    """A member larger than its directory entry says."""
    data = bytearray(package({"a.txt": b"x" * 5000}))
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def nested_zips() -> bytes:
    data = package({"a.txt": "底"})
    for _ in range(limits.MAX_DEPTH + 2):
        data = package({"a.zip": data})
    return data


def looped_pdf() -> bytes:
    """Pages that name each other as parents, and a page tree that holds itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]/Parent 2 0 R>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 3 0 R/Contents 3 0 R/MediaBox 3 0 R>>endobj\n"
        b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    )


def looped_ole() -> bytes:
    """A compound file whose sector chain leads back to itself."""
    data = bytearray(xls())
    first_fat = int.from_bytes(data[76:80], "little")
    start = (first_fat + 1) * 512
    for sector in range(128):
        data[start + 4 * sector : start + 4 * sector + 4] = (0).to_bytes(4, "little")
    return bytes(data)


def merged_million() -> bytes:
    merges = "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, limits.MAX_MERGES + 10))
    return sheet_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>', f"<mergeCells>{merges}</mergeCells>"
    )


def far_corner() -> bytes:
    return sheet_xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def sheet_xlsx(rows: str, after: str = "") -> bytes:
    """A workbook whose only sheet has the given XML."""
    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'
                ).encode()
            new.writestr(name, content)
    return out.getvalue()


def deep_tables() -> bytes:
    inner = "<w:p/>"
    for _ in range(limits.MAX_NESTING + 5):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    return docx_with(inner)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (bomb, "limit"),
    "zip locked": (locked_zip, "encrypted"),
    "zip in zip in zip": (nested_zips, "limit"),
    "zip lies": (lying_bomb, ""),
    "many members": (
        lambda: package({f"{i}.txt": "" for i in range(limits.MAX_MEMBERS + 1)}),
        "limit",
    ),
    "pdf loop": (looped_pdf, ""),
    "pdf head only": (lambda: b"%PDF-1.7\n", "damaged"),
    "ole loop": (looped_ole, ""),
    "ole head only": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ""),
    "merged cells": (merged_million, "limit"),
    "far corner": (far_corner, "limit"),
    "deep tables": (deep_tables, "limit"),
    "wide html": (lambda: b"<table>" + b"<tr><td colspan=9999 rowspan=9999>x</td></tr>" * 99, ""),
    "deep html": (lambda: b"<div>" * 5000 + "文".encode(), ""),
    "xxe docx": (
        lambda: package(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": entity_xml('<!ENTITY e SYSTEM "file:///etc/passwd">')
                + "<x>&e;</x>",
            }
        ),
        "unsafe",
    ),
    "laughs ods": (
        lambda: package(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": entity_xml('<!ENTITY a "ha"><!ENTITY b "&a;&a;">') + "<x>&b;</x>",
            }
        ),
        "unsafe",
    ),
    "encrypted office": (
        lambda: xls().replace("Workbook".encode("utf-16-le"), "Encrypte".encode("utf-16-le")),
        "",
    ),
    "picture cut": (lambda: png(50, 50)[:60], "no_text"),
    "long line": (lambda: b"a" * (limits.MAX_LINE_CHARS + 1), "limit"),
    "many lines": (lambda: b"\n" * (limits.MAX_LINES + 2), "limit"),
    "quote never closed": (lambda: b'a,b,c\nd,e,f\ng,h,"' + b"x" * 200_000, ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    make, code = HOSTILE[name]
    documents = read_document("敌.x", make())
    found = [c for d in documents for c in codes(d)]
    assert all(d.pages or d.problems for d in documents)
    if code:
        assert code in found


def test_external_entities_are_never_read() -> None:
    html = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><table><tr><td>&e;</td><td>b</td></table>'
    assert "root:" not in str(one(html.encode()))


@pytest.mark.parametrize(
    ("at", "mark"), [(40, None), (64, None), (None, b"\xfc\x00"), (None, b"\x00\x02\x0e\x00")]
)
def test_announced_sizes_are_not_believed(at: int | None, mark: bytes | None) -> None:
    """A count in the header, of strings or of rows that is far beyond the file: the engine
    would set aside terabytes and end the whole batch."""
    data = bytearray(xls())
    place = at if at is not None else data.index(mark or b"", 512) + 8
    data[place : place + 4] = (0x7FFFFFF0).to_bytes(4, "little")
    assert codes(one(bytes(data))) == ["damaged"]


def test_a_bad_member_does_not_stop_the_others() -> None:
    documents = read_document("批.zip", package({"1.xlsx": xlsx()[:900], "2.xlsx": xlsx()}))
    assert [bool(d.pages) for d in documents] == [False, True]
