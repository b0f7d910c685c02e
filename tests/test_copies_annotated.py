"""The annotated copy: comments on cells of the clerk's own file, and nothing else altered."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from scorer.copies import annotated_copy
from scorer.forms import JudgedSubmission
from scorer.judge import judge
from scorer.pipeline import read_input
from tests.makers import libre, render
from tests.test_copies_corrected import SMALL, hand_made, inline, members
from tests.test_golden import GOLDEN, forms_of

WEAK = GOLDEN["publicity"]


def judged(fmt: str, family: str = "A") -> tuple[bytes, str, JudgedSubmission]:
    suffix, data = render.made([WEAK], family, fmt)
    (submission,) = read_input(f"made{suffix}", data)
    return data, f"made{suffix}", judge(submission)


def comments_of(data: bytes) -> dict[str, str]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return {c.coordinate: c.comment.text for row in sheet.iter_rows() for c in row if c.comment}


def test_every_finding_stands_on_its_cell() -> None:
    data, name, result = judged("xlsx")
    copy = annotated_copy(data, name, result)
    assert copy.own
    comments = comments_of(copy.data)
    form = result.forms[0]
    for finding in form.findings:
        address = finding.place.cell or ""
        assert any(finding.message in text for text in comments.values()), finding.message
        if finding.indicator is not None:
            assert finding.message in comments[address]
            assert finding.code in comments[address]
    project = form.form.places["project"].cell or ""
    assert comments[project].startswith(f"得分{form.review.total:g}，等级{form.review.grade}，共")
    assert not any("！" in text for text in comments.values())


def test_cells_keep_text_and_look_but_for_a_light_colour() -> None:
    data, name, result = judged("xlsx-typed")
    copy = annotated_copy(data, name, result)
    before = openpyxl.load_workbook(io.BytesIO(data)).active
    after = openpyxl.load_workbook(io.BytesIO(copy.data)).active
    for row in before.iter_rows():
        for cell in row:
            other = after[cell.coordinate]
            assert other.value == cell.value
            assert (other.number_format, other.border.left.style) == (
                cell.number_format, cell.border.left.style)  # fmt: skip
    coloured = {c.coordinate for row in after.iter_rows() for c in row if c.fill.patternType}
    assert coloured <= set(comments_of(copy.data))
    assert len(coloured) > 10
    assert before.merged_cells.ranges == after.merged_cells.ranges
    changed = {n for n, part in members(data).items() if members(copy.data)[n] != part}
    assert changed == {"[Content_Types].xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"}


def test_comments_that_are_there_stay() -> None:
    data, name, result = judged("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    finding = next(f for f in result.forms[0].findings if f.indicator is not None)
    book.active[finding.place.cell].comment = Comment("科长：再核一下", "科长")
    book.active["A1"].comment = Comment("表头", "科长")
    stream = io.BytesIO()
    book.save(stream)
    copy = annotated_copy(stream.getvalue(), name, result)
    comments = comments_of(copy.data)
    assert comments["A1"] == "表头"
    assert comments[finding.place.cell or ""].startswith("科长：再核一下")
    assert finding.message in comments[finding.place.cell or ""]
    shapes = [part for n, part in members(copy.data).items() if n.endswith(".vml")]
    assert len(shapes) == 1
    rows = [e for e in etree.fromstring(shapes[0]).iter() if e.tag.endswith("}Row")]
    assert len(rows) == len(comments)
    ids = re.findall(rb'id="(_x0000_s\d+)"', shapes[0])
    assert len(ids) == len(set(ids))


def test_word_comments() -> None:
    data, name, result = judged("docx")
    copy = annotated_copy(data, name, result)
    assert copy.own
    document = docx.Document(io.BytesIO(copy.data))
    comments = list(document.comments)
    assert all(c.author == "绩效目标自查" for c in comments)
    text = "\n".join(c.text for c in comments)
    assert all(f.message in text for f in result.forms[0].findings)
    assert [f.value for f in forms_of(copy.data, ".docx")[0].indicators] == [
        i.value for i in result.forms[0].form.indicators
    ]
    # a second round goes into the same part, with ids of its own
    again = docx.Document(io.BytesIO(annotated_copy(copy.data, name, result).data))
    assert len(list(again.comments)) == 2 * len(comments)
    assert len({c.comment_id for c in again.comments}) == 2 * len(comments)


@pytest.mark.parametrize("fmt", ["pdf", "html", "text-tab"])
def test_other_kinds_get_a_fresh_workbook_with_comments(fmt: str) -> None:
    data, name, result = judged(fmt)
    copy = annotated_copy(data, name, result)
    assert (copy.own, copy.suffix) == (False, ".xlsx")
    said = "\n".join(comments_of(copy.data).values())
    assert all(f.message in said for f in result.forms[0].findings)


def test_workbook_without_styles_gets_comments_only() -> None:
    rows = "".join(f"<x:row>{''.join(map(inline, row))}</x:row>" for row in SMALL)
    data = hand_made(
        f'<x:sheetData>{rows}</x:sheetData><x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
    )
    (submission,) = read_input("a.xlsx", data)
    copy = annotated_copy(data, "a.xlsx", judge(submission))
    assert copy.own
    comments = comments_of(copy.data)
    assert "若干" in comments["D3"]
    assert "xl/worksheets/sheet1.xml" in changed_parts_or_new(data, copy.data)


def changed_parts_or_new(old: bytes, new: bytes) -> set[str]:
    before = members(old)
    return {name for name, part in members(new).items() if before.get(name) != part}


@pytest.mark.skipif(libre.PROGRAM is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copies_with_every_comment() -> None:
    files: dict[str, bytes] = {}
    counts: dict[str, int] = {}
    for fmt, family in (("xlsx", "A"), ("xlsx-typed", "C-sichuan"), ("pdf", "A88")):
        data, name, result = judged(fmt, family)
        file = f"{family}-{fmt}.xlsx"
        files[file] = annotated_copy(data, name, result).data
        counts[file] = len(comments_of(files[file]))
    opened = libre.converted(files, "ods")
    for file, count in counts.items():
        xml = members(opened[file])["content.xml"].decode()
        assert xml.count("<office:annotation ") == count
    data, name, result = judged("docx")
    copy = annotated_copy(data, name, result).data
    opened = libre.converted({"a.docx": copy}, "odt")
    xml = members(opened["a.docx"])["content.xml"].decode()
    assert xml.count("<office:annotation ") == len(list(docx.Document(io.BytesIO(copy)).comments))
