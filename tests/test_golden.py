"""Golden documents: what the makers print must come back cell by cell, in every format.

The forms are invented (tests/makers/contents); each document is made when the test runs, so
nothing here can be read from a stored answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from scorer.forms import Form, Submission
from scorer.layouts import read_submission
from scorer.readers import read_document
from tests.makers import budget, expect, flat, ledger, pdf, render, samples, textual
from tests.makers.contents import load
from tests.makers.sheet import Block

GOLDEN = load("golden")
COMMON = ("pdf", "docx", "xlsx", "xls", "html", "text-tab")
# Forms with few words keep the many documents quick; awkward ones have cases of their own.
SHORT = {
    "A": "dormitory", "A88": "levee", "B": "maths", "C-yunnan": "leaflets", "C-sichuan": "hotline",
    "D": "village_doctor", "E": "mosquito", "E-provincial": "seeds", "F": "theatre",
    "G": "hotline", "G-guangdong": "pension", "H": "fitness",
}  # fmt: skip


def read(data: bytes, suffix: str) -> list[Submission]:
    return [read_submission(document) for document in read_document(f"made{suffix}", data)]


def forms_of(data: bytes, suffix: str) -> list[Form]:
    return [form for part in read(data, suffix) for form in part.forms]


def assert_read(data: bytes, suffix: str, wanted: Sequence[Form], family: str) -> None:
    """Every form, header field and row, and nothing else."""
    score = expect.compare(wanted, forms_of(data, suffix), family)
    assert not score.differences, "\n".join(score.differences)


# --- every family in every common format -----------------------------------------


@pytest.mark.parametrize("fmt", COMMON)
@pytest.mark.parametrize("family", SHORT)
def test_family_in_format(family: str, fmt: str) -> None:
    form = GOLDEN[SHORT[family]]
    suffix, data = render.made([form], family, fmt)
    assert_read(data, suffix, [form], family)


@pytest.mark.parametrize("family", SHORT)
def test_formats_give_equal_forms(family: str) -> None:
    """Also the fields that the family is not known to carry must agree among formats."""
    form = GOLDEN[SHORT[family]]
    names = (*expect.CARRIES["A"], "layout")
    seen: dict[str, tuple[object, ...]] = {}
    for fmt in COMMON:
        suffix, data = render.made([form], family, fmt)
        (found,) = forms_of(data, suffix)
        rows = tuple(
            (*expect.row_key(i), i.declared_kind, i.direction, i.weight, i.baseline)
            for i in found.indicators
        )
        seen[fmt] = (*(expect.header_value(found, name) for name in names), rows)
    first = seen[COMMON[0]]
    for fmt, other in seen.items():
        for want, got in zip(first, other, strict=True):
            assert got == want, f"{fmt} differs from {COMMON[0]}"


# --- the awkward cases -------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One awkward document: forms by key, how the family prints them, the file format."""

    name: str
    keys: tuple[str, ...]
    fmt: str
    family: str = "A"
    options: tuple[tuple[str, object], ...] = ()

    @property
    def forms(self) -> list[Form]:
        forms = [GOLDEN[key] for key in self.keys]
        return flat.one_year(forms) if self.family.startswith("C-") else forms

    def blocks(self) -> list[Block]:
        if not self.options:
            return render.FAMILIES[self.family](self.forms)
        maker = render.listed if self.family.startswith("C-") else render.county
        return maker(**dict(self.options))(self.forms)  # type: ignore[arg-type]


THREE = ("canteen", "dormitory", "signals")
HALF = (("half_width", True), ("county", "临渡"))
NATIONAL = (
    ("variant", "88"),
    ("money", "万元"),
    ("numbered", True),
    ("title", "项目支出绩效目标表"),
)
AWKWARD = (
    Case("page breaks between rows", THREE, "pdf-break"),
    Case("page breaks inside a row", ("canteen", "vaccine"), "pdf-inside"),
    Case("repeated header", ("vaccine", "rural_road"), "pdf-repeat"),
    Case("open borders", ("vaccine", "dormitory"), "pdf-open"),
    Case("no borders", ("patrol",), "pdf-noborder"),
    Case("watermark", ("signals",), "pdf-watermark"),
    Case("rotated pages", ("levee",), "pdf-rotated"),
    Case("left half empty", ("dormitory", "maths"), "xlsx"),
    Case("halves differ", ("rural_road", "levee"), "docx"),
    Case("weak and missing values", ("publicity",), "html"),
    Case("fen and blank sources", ("subsidy",), "xls"),
    Case("numbers, percents and formulas", ("vaccine", "canteen"), "xlsx-typed"),
    Case("HTML named xls", ("signals",), "html-xls"),
    Case("HTML in GB18030", ("vaccine",), "html-gbk"),
    Case("OpenDocument", THREE, "ods"),
    Case("table in a table", ("village_doctor",), "docx-nested"),
    Case("CSV with BOM", ("patrol", "leaflets"), "csv"),
    Case("CSV in GB18030", ("signals",), "csv-gbk"),
    Case("Markdown", ("maths", "mosquito"), "md"),
    Case("tabs in GB18030", ("patrol",), "text-tab-gbk"),
    Case("tabs with lost slots", ("signals", "patrol", "vaccine"), "text-shifted"),
    Case("text layer", ("signals", "village_doctor"), "text-layer"),
    Case("text layer, halves differ", ("levee",), "text-layer"),
    Case("text layer with footers and watermark", ("patrol", "leaflets"), "text-layer-marked"),
    Case("ASCII brackets and colons", ("mosquito",), "text-tab", options=HALF),
    Case("ASCII brackets, text layer", ("mosquito",), "text-layer", options=HALF),
    Case("no blank template rows", ("vaccine",), "pdf", options=(("frame", False),)),
    Case("numbered names", ("levee", "rural_road"), "docx", "A88", NATIONAL),
    Case("numbered names in PDF", ("levee",), "pdf-break", "A88", NATIONAL),
    Case("成本 in front in halves", ("fitness",), "xlsx"),
    Case("two blocks, halves differ", ("rural_road", "levee"), "pdf-break", "B"),
    Case("two blocks, left one empty", ("dormitory",), "docx", "B"),
    Case("flat, cells repeated", ("pest", "cloud", "hotline"), "csv", "C-yunnan",
         (("merged", False),)),
    Case("flat, cells left blank", ("pest", "seeds"), "xlsx", "C-yunnan",
         (("merged", False), ("filled", False))),
    Case("flat, levels merged", ("pest", "cloud"), "docx", "C-sichuan",
         (("template", "sichuan"), ("level_merged", True))),
    Case("flat over pages, header repeated", ("vaccine", "patrol", "signals"), "pdf-repeat",
         "C-yunnan"),
    Case("flat, break inside a row", ("canteen", "patrol"), "pdf-inside", "C-sichuan"),
    Case("flat, typed numbers", ("cloud", "hotline"), "xlsx-typed", "C-sichuan"),
    Case("Shanghai over pages", ("cloud", "signals"), "pdf-break", "D"),
    Case("baselines, repeated header of two rows", ("vaccine",), "pdf-repeat", "E-provincial"),
    Case("core table over pages", ("pest", "cloud"), "pdf-break", "F"),
    Case("Beijing, typed numbers", ("cloud",), "xlsx-typed", "G"),
    Case("self-evaluation over pages", ("fitness", "theatre"), "pdf-break", "H"),
)  # fmt: skip


@pytest.mark.parametrize("case", AWKWARD, ids=lambda case: case.name)
def test_awkward_document(case: Case) -> None:
    suffix, maker = render.FORMATS[case.fmt]
    data = maker(case.blocks())
    assert_read(data, suffix, case.forms, case.family)


def test_one_worksheet_a_form() -> None:
    forms = [GOLDEN[key] for key in THREE]
    blocks = render.by_sheet(render.FAMILIES["A"](forms))
    for fmt in ("xlsx", "xls", "ods"):
        suffix, maker = render.FORMATS[fmt]
        assert_read(maker(blocks), suffix, forms, "A")


def test_several_forms_on_one_pdf_page() -> None:
    forms = [GOLDEN["village_doctor"], GOLDEN["seeds"], GOLDEN["maths"]]
    data = pdf.pdf(render.FAMILIES["G"](forms), pdf.Print(size=6, margin=30))
    assert_read(data, ".pdf", forms, "G")


def test_zip_of_several_formats() -> None:
    parts = {"A": ("signals", "docx"), "B": ("maths", "pdf"), "C-sichuan": ("hotline", "xlsx")}
    members: dict[str, bytes] = {}
    for family, (key, fmt) in parts.items():
        suffix, data = render.made([GOLDEN[key]], family, fmt)
        members[f"{family}{suffix}"] = data
    found = read(render.zipped(members), ".zip")
    assert len(found) == len(parts)
    for (family, (key, _)), part in zip(parts.items(), found, strict=True):
        assert not expect.compare([GOLDEN[key]], part.forms, family).differences


@pytest.mark.parametrize("fmt", COMMON)
def test_whole_department_form_is_no_project(fmt: str) -> None:
    """部门整体 forms are another object: no project form, and a problem that says so."""
    suffix, data = render.made([GOLDEN["patrol"]], "I", fmt)
    (found,) = read(data, suffix)
    assert not found.forms
    assert any("整体支出" in problem.message for problem in found.problems)


# --- the sample documents, with their ledger -----------------------------------------


def _sample(name: str) -> Submission:
    (document,) = read_document(samples.FOLDER / name)
    return read_submission(document)


@pytest.mark.parametrize(
    ("name", "keys", "family"),
    [
        (samples.ARCHIVE, ("digitise", "strongroom", "exhibition", "survivors"), "A"),
        (samples.HOUSING, ("lights", "drain", "toilet"), "A"),
        (samples.CIVIL, ("carers",), "A88"),
        (samples.CULTURE, ("library",), "C-yunnan"),
    ],
)
def test_sample_documents(name: str, keys: Sequence[str], family: str) -> None:
    wanted = [load("samples")[key] for key in keys]
    found = _sample(name)
    assert not expect.compare(wanted, found.forms, family).differences
    assert not found.problems


BOOKS = {"archive": samples.archive_book, "housing": samples.housing_book}


@pytest.mark.parametrize("fmt", ["text-tab", "text-layer", "pdf", "docx", "html", "xlsx"])
@pytest.mark.parametrize("which", BOOKS)
def test_budget_document_with_ledger(which: str, fmt: str) -> None:
    book = BOOKS[which]()
    suffix, maker = render.FORMATS[fmt]
    (found,) = read(maker(budget.blocks(book)), suffix)
    assert not expect.compare(book.forms, found.forms, "A").differences
    assert found.unit == book.unit
    assert found.fiscal_year == book.year
    assert not ledger.differences(found, book)


def test_makers_are_deterministic() -> None:
    """Equal contents give equal bytes where the format has no clock in it."""
    form = [GOLDEN["levee"]]
    for fmt in ("pdf", "html", "csv", "text-layer", "xlsx"):
        assert render.made(form, "A", fmt) == render.made(form, "A", fmt)
    assert (
        textual.tabbed(budget.blocks(samples.archive_book())).encode()
        == (samples.FOLDER / samples.ARCHIVE).read_bytes()
    )


def test_comparison_sees_faults() -> None:
    """The yardstick itself: a lost row, a changed value and a wrong field are differences."""
    form = GOLDEN["rural_road"]
    wrong = replace(form, unit="青岑县公路局", indicators=form.indicators[1:])
    score = expect.compare([form], [wrong], "A")
    assert score.found == 1
    assert score.fields_right == score.fields - 1
    assert score.rows_right == score.rows - 1
    assert expect.compare([form], [form, wrong], "A").spurious == 1
