"""The blank official form: opens, guides, reads back as a form with nothing in it."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from scorer.copies import LAYOUTS, blank_form, corrected_copy
from scorer.copies.edits import same_content
from scorer.forms import PHASES, Form, Goal, Indicator
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.profile import TEMPLATES, load_profile
from tests.makers import budget, halves, libre, render, samples
from tests.test_cli import jixiao
from tests.test_golden import forms_of


def blank(layout: str) -> tuple[bytes, Form]:
    data = blank_form(layout, 2026)
    (form,) = forms_of(data, ".xlsx")
    return data, form


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reads_back_with_only_blank_findings(layout: str) -> None:
    data, form = blank(layout)
    assert not form.indicators
    assert all(form.text(name) is None for name in ("project", "unit", "goal_annual", "overview"))
    assert form.fiscal_year == 2026
    assert len(form.spare) >= 19
    (submission,) = read_input("空白表.xlsx", data)
    result = judge(submission)
    assert {f.code for f in result.forms[0].findings} == {"C101", "C102"}
    assert not submission.problems


@pytest.mark.parametrize("layout", LAYOUTS)
def test_guides_the_clerk(layout: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(blank_form(layout))).active
    rules = sheet.data_validations.dataValidation
    lists = [rule for rule in rules if rule.type == "list"]
    assert any("数量指标" in rule.formula1 for rule in lists)
    if layout in ("core101", "list"):
        assert any("≥" in rule.formula1 for rule in lists)
    if layout != "list":
        assert any("一次性项目" in rule.formula1 for rule in lists)
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules)
    assert all(len(rule.formula1) <= 257 for rule in lists)  # Excel's own limit
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("layout", LAYOUTS)
def test_filled_in_it_is_the_form_that_was_wanted(layout: str) -> None:
    """What the web page does with a blank form: every edit goes into the workbook itself."""
    data, form = blank(layout)
    rows = []
    for phase in PHASES:
        own = [row for row in form.spare if row.phase == phase]
        rows += [replace(own[0], name="扫描卷数", value="≥1200卷")] if own else []
        rows += [replace(own[-1], name="查档群众满意度", value="≥92%")] if own else []
    wanted = replace(
        form,
        project="民国档案数字化（二期）",
        unit="某县档案馆",
        indicators=tuple(Indicator(r.level1, r.level2, r.name, r.value, r.phase) for r in rows),
        goal=Goal(None, "11月底前完成1200卷。"),
        annual_yuan=460000 if "annual_yuan" in form.asked else None,
    )
    copy = corrected_copy(data, "空白表.xlsx", [wanted])
    assert copy.own, copy.notes
    assert same_content(forms_of(copy.data, ".xlsx")[0], wanted)


def test_a_blank_form_among_other_tables_is_no_form() -> None:
    """Units without projects publish the empty table: it is set aside, not scored."""
    book = samples.archive_book()
    empty = halves.blocks(Form(fiscal_year=2025), halves.Style())
    suffix, maker = render.FORMATS["docx"]
    found = forms_of(maker([*budget.blocks(book), *empty]), suffix)
    assert [form.project for form in found] == [form.project for form in book.forms]
    (alone,) = forms_of(maker(empty), suffix)
    assert alone.project is None


@pytest.mark.skipif(libre.PROGRAM is None, reason="LibreOffice is not installed")
def test_one_page_each_in_libreoffice() -> None:
    import pypdfium2

    files = {f"{layout}.xlsx": blank_form(layout) for layout in LAYOUTS}
    for name, data in libre.converted(files, "pdf").items():
        document = pypdfium2.PdfDocument(data)
        assert len(document) <= (2 if name == "core101.xlsx" else 1)
        assert "填写示例" not in document[0].get_textpage().get_text_bounded()
        document.close()


def test_profiles_name_layouts_that_there_are() -> None:
    assert tuple(LAYOUTS) == TEMPLATES
    assert load_profile("云南").template == "list"
    assert load_profile("default").template == "county"


def test_command_writes_beside_nothing_and_over_nothing(tmp_path: Path) -> None:
    target = tmp_path / "空白表.xlsx"
    done = jixiao("template", "--profile", "101号", "--year", 2026, "-o", target)
    assert (done.returncode, done.stdout.decode().strip()) == (0, str(target))
    assert "年度目标" in str(jixiao("check", target).stdout.decode())
    before = target.read_bytes()
    again = jixiao("template", "-o", target)
    assert again.returncode == 2
    assert "没有覆盖" in again.stderr.decode()
    assert target.read_bytes() == before
