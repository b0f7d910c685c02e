"""The clerk's whole story in a real browser: upload, see, accept, type, reload, download."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorer.forms import Form, Indicator, JudgedForm
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.reports.grouping import remarks_of
from scorer.sidecar import Sidecar
from scorer.web.cells import filled, set_cell, with_spare_rows
from scorer.web.clerk import example_form
from tests.browser import BROWSER, soon
from tests.makers import render
from tests.webserver import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = BROWSER
SCREEN = {"width": 1366, "height": 768}
NUMBERS = {"%": "95", "日前": "5"}  # what stands in a proposal's blank, by what follows it
# What the clerk types, by the row's name.
TYPED = {"就餐老人满意度": "≥92%", "提升老年人幸福感": "≥100000人次"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("clerk") / "store.db") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=SCREEN, accept_downloads=True)  # type: ignore[arg-type]
    page.set_default_timeout(60_000)
    faults: list[str] = []
    page.faults = faults  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert not faults, faults


@dataclass(frozen=True)
class Sent:
    """A document and how it gets to the page."""

    name: str
    data: bytes

    def send(self, page: Page, server: str) -> None:
        page.goto(server)
        if self.name == "paste":
            page.evaluate(
                """html => {
                    const clip = new DataTransfer();
                    clip.setData("text/html", html);
                    clip.setData("text/plain", "表");
                    document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clip, bubbles: true}));
                }""",
                self.data.decode(),
            )
        else:
            page.set_input_files("#file", {"name": self.name, "mimeType": "", "buffer": self.data})
        page.wait_for_url("**/draft/**")


def document(kind: str) -> Sent:
    suffix, data = render.made([example_form()], "A", "html" if kind == "paste" else kind)
    return Sent("paste" if kind == "paste" else f"助餐服务{suffix}", data)


def total(form: Form) -> float:
    """What `jixiao score` gives this form."""
    from scorer.forms import Submission

    return judge(Submission("", forms=(filled(form)[0],)), sidecar=Sidecar()).forms[0].review.total


def shown_total(page: Page) -> float:
    return float(page.inner_text("#strip .now b"))


def rows_named(form: Form, name: str) -> list[int]:
    return [n for n, i in enumerate(form.indicators) if i.name == name]


def with_blanks(judged: JudgedForm) -> dict[str, str]:
    """Rows whose first proposal leaves a number to fill in, with a number for it."""
    rows = judged.form.indicators
    found = {
        rows[f.indicator].name: NUMBERS.get(f.proposals[0].partition("___")[2], "400")
        for f in judged.findings
        if f.indicator is not None and f.field == "value" and f.proposals
        if f.proposals[0].count("___") == 1 and "：" not in f.proposals[0]
    }
    return {name: number for name, number in found.items() if name not in TYPED}


def area(form: Form, name: str) -> str:
    return f'[data-key="{rows_named(form, name)[0]}:value"] textarea'


def mended(form: Form, values: dict[str, str]) -> Form:
    """The form with these values in both halves."""
    for name, value in values.items():
        for row in rows_named(form, name):
            form = set_cell(form, f"{row}:value", value)
    return form


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "paste"])
def test_clerk_mends_a_form(kind: str, server: str, page: Page, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    sent = document(kind)
    submission = read_input(sent.name if kind != "paste" else "a.html", sent.data)[0]
    form = with_spare_rows(submission.forms[0])  # as the page numbers its rows
    judged = judge(submission, sidecar=Sidecar())
    remarks = remarks_of(judged.forms[0], judged)
    assert len(remarks) >= 12

    sent.send(page, server)
    before = shown_total(page)
    assert before == judged.forms[0].review.total
    assert page.locator("#sheet .remarks > li").count() == len(remarks)
    for remark in remarks:
        assert remark.finding.message.split("「")[0] in page.inner_text("#sheet .remarks")

    # Three proposals: a click fills the cell (both halves of the row), the blank is typed over.
    accepted = with_blanks(judged.forms[0])
    assert len(accepted) >= 3
    for name, number in list(accepted.items())[:3]:
        cell = page.locator(area(form, name))
        cell.click()
        row = rows_named(form, name)[0]
        with page.expect_response("**/edits"):
            page.locator(f'#sheet [data-cell="{row}:value"] .chip').first.click()
        page.wait_for_function(
            "selector => document.activeElement === document.querySelector(selector)",
            arg=area(form, name),
        )
        assert "___" in cell.input_value()
        with page.expect_response("**/edits"):
            page.keyboard.type(number)
        page.wait_for_function("() => document.getElementById('said').textContent.length")
        now = cell.input_value()
        assert number in now
        assert "___" not in now
        other = page.locator(f'[data-key="{rows_named(form, name)[1]}:value"] textarea')
        expect(other).to_have_value(now)  # the other half goes along
        form = mended(form, {name: now})
        assert wait_total(page, total(form)) == total(form)

    # Two corrections typed by hand.
    for name, value in TYPED.items():
        with page.expect_response("**/edits"):
            page.locator(area(form, name)).fill(value)
        form = mended(form, {name: value})
    predicted = total(form)
    assert wait_total(page, predicted) == predicted
    assert predicted > before

    # A reload loses nothing, undo takes one step back, and the step can be done again.
    page.reload()
    assert shown_total(page) == predicted
    assert page.locator(area(form, "就餐老人满意度")).input_value() == "≥92%"
    with page.expect_response("**/undo"):
        page.click("#undo")
    assert wait_total(page, predicted, same=False) != predicted
    with page.expect_response("**/edits"):
        page.locator(area(form, "提升老年人幸福感")).fill(TYPED["提升老年人幸福感"])
    assert wait_total(page, predicted) == predicted

    # The downloaded form, read again, has the same rows and the same score.
    page.click(".take summary")
    with page.expect_download() as download:
        page.click('a[href$="/file/corrected"]')
    name = download.value.suggested_filename
    assert name.endswith(".docx" if kind == "docx" else ".xlsx")
    path = tmp_path / name
    download.value.save_as(path)
    again = read_input(str(path))[0].forms[0]
    assert [key(i) for i in again.indicators] == [key(i) for i in filled(form)[0].indicators]
    assert total(again) == predicted


def key(row: Indicator) -> tuple[str, ...]:
    return row.phase, row.level2, re.sub(r"\s", "", row.name), re.sub(r"\s", "", row.value)


def wait_total(page: Page, wanted: float, same: bool = True) -> float:
    """The total on screen once it is (or is no longer) ``wanted``, or after a while as it is."""
    from playwright.sync_api import TimeoutError as Waited

    test = "===" if same else "!=="
    with contextlib.suppress(Waited):
        page.wait_for_function(
            f"wanted => Number(document.querySelector('#strip .now b').textContent) {test} wanted",
            arg=wanted,
            timeout=30_000,
        )
    return shown_total(page)


def open_example(page: Page, server: str) -> None:
    page.goto(server)
    page.click("text=看一个示例")
    page.wait_for_url("**/draft/**")


def test_keyboard_alone_is_enough(server: str, page: Page) -> None:
    """From cell to its remark, through a proposal, back to the cell; no mouse."""
    open_example(page, server)
    before = shown_total(page)
    for _ in range(40):
        page.keyboard.press("F8")
        cell = page.evaluate("() => document.activeElement.closest('[data-key]').dataset.key")
        chips = page.locator(f'#sheet [data-cell="{cell}"] .chip')
        if cell.endswith(":value") and chips.count() and "___" in chips.first.inner_text():
            break
    page.keyboard.press("Control+Enter")
    assert page.evaluate("() => document.activeElement.className") == "chip"
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.closest('[data-key]').dataset.key") == cell
    page.keyboard.press("Control+Enter")
    with page.expect_response("**/edits"):
        page.keyboard.press("Enter")
    page.wait_for_function(
        "cell => document.activeElement === document.querySelector(`[data-key='${cell}'] textarea`)",
        arg=cell,
    )
    with page.expect_response("**/edits"):
        page.keyboard.type("400")  # the blank is selected: typing replaces it
    assert wait_total(page, before, same=False) > before


def test_what_is_typed_without_a_connection_is_saved_later(server: str, page: Page) -> None:
    open_example(page, server)
    lost = "**/edits"
    page.route(lost, lambda route: route.abort())
    area = page.locator('[data-key="0:value"] textarea')
    area.fill("≥400人")
    page.wait_for_function("() => document.getElementById('said').className === 'bad'")
    page.reload()  # the server does not know it yet; the browser does
    assert area.input_value() == "≥400人"
    page.unroute(lost)
    with page.expect_response("**/edits"):
        page.reload()
    assert area.input_value() == "≥400人"
    page.evaluate("() => localStorage.clear()")
    page.reload()
    assert area.input_value() == "≥400人"  # now it is in the store
    page.faults.clear()  # type: ignore[attr-defined]  # refused connections were meant


def test_rows_are_added_and_deleted_and_come_back(server: str, page: Page) -> None:
    open_example(page, server)
    lines = page.locator("#paper td.acts")
    count = lines.count()
    with page.expect_response("**/edits"):
        lines.first.locator("[data-act=add]").click()
    page.wait_for_function(
        "count => document.querySelectorAll('#paper td.acts').length > count", arg=count
    )
    with page.expect_response("**/edits"):
        lines.nth(2).locator("[data-act=delete]").click()
    page.wait_for_function(
        "count => document.querySelectorAll('#paper td.acts').length === count", arg=count
    )
    for wanted in (count + 1, count):
        page.click("#undo")
        page.wait_for_function(
            "wanted => document.querySelectorAll('#paper td.acts').length === wanted", arg=wanted
        )
    page.wait_for_function("() => document.getElementById('undo').disabled")


def test_forms_of_a_file_stand_as_tabs(server: str, page: Page) -> None:
    source = (
        Path(__file__).parent.parent / "data" / "samples" / "松河县档案馆2025年单位预算公开.txt"
    )
    Sent(source.name, source.read_bytes()).send(page, server)
    tabs = page.locator(".tabs a")
    assert tabs.count() == 4
    tabs.nth(2).click()
    page.wait_for_url("**/3")
    assert page.locator(".tabs [aria-current]").inner_text().startswith("档案宣传与展览")
    with page.expect_response("**/edits"):
        page.locator('[data-key="-1:basis"] textarea').fill("松档发〔2024〕12号")
    page.wait_for_function(
        "() => document.querySelector('.tabs [aria-current] b').textContent"
        " === document.querySelector('#strip .now b').textContent"
    )


def test_phone_shows_the_remark_below_the_cell(server: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_example(page, server)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.click("#next")
    soon(page, lambda: page.locator("#note").is_visible())
    assert page.locator("#note li").count() >= 1
