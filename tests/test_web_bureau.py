"""The reviewer's story: load, rank, dismiss, set by hand, restart, resubmission, compare, take home."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import openpyxl
import pytest

from scorer.forms import Form
from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.sidecar import Dismissal, Sidecar
from scorer.web import batches
from scorer.web.cells import set_both
from scorer.web.clerk import example_form
from scorer.web.store import open_store
from tests.browser import BROWSER
from tests.makers import render
from tests.makers.contents import load
from tests.webserver import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REASON = "老人数随资格核定变动，按季报送"
SECOND_ROUND = {"0:value": "≥400人", "3:value": "每月5日前"}


def made(form: Form, fmt: str = "xlsx") -> bytes:
    return render.made([form], "A", fmt)[1]


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, data in files.items():
            pack.writestr(name.replace("__", "."), data)
    return out.getvalue()


def load_files(page: Page, address: str, name: str, data: bytes, previous: str = "") -> None:
    page.goto(f"{address}/bureau")
    page.fill("[name=name]", name)
    if previous:
        page.select_option("[name=previous]", label=previous)
    page.set_input_files("#file", {"name": "报送.zip", "mimeType": "", "buffer": data})
    page.wait_for_selector("table.rank", timeout=60_000)


def total(page: Page) -> float:
    return float(page.inner_text(".sheet .total b"))


@BROWSER
def test_reviewer_decides_and_the_unit_resubmits(browser: Browser, tmp_path: Path) -> None:
    store = tmp_path / "bureau.db"
    form = example_form()
    other = load("golden")["dormitory"]
    first = packed(食堂__xlsx=made(form), 宿舍__docx=made(other, "docx"))
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(60_000)

    with running(store) as address:
        load_files(page, address, "第一轮", first)
        assert page.locator("table.rank tbody tr").count() == 2
        page.click(f"table.rank >> text={form.project}")
        read = read_input("a.xlsx", made(form))[0]
        judged = judge(read, sidecar=Sidecar())
        assert total(page) == judged.forms[0].review.total

        # Dismissed with a reason: it costs nothing any more and is listed apart.
        struck = next(f for f in judged.forms[0].findings if f.code == "M202")
        remark = page.locator(".remarks > li", has_text=struck.message)
        remark.locator("summary").click()
        remark.locator("[name=reason]").fill(REASON)
        remark.locator("button", has_text="驳回这条").click()
        page.wait_for_selector(".dismissed")
        twins = [f for f in judged.forms[0].findings if f.code == "M202"]
        sidecar = Sidecar(dismissals=tuple(Dismissal(f.fingerprint, REASON) for f in twins))
        heeded = judge(read, sidecar=sidecar).forms[0].review
        assert total(page) == heeded.total > judged.forms[0].review.total
        assert REASON in page.inner_text(".dismissed")

        # Confirmed: it stands and says so.
        confirmed = page.locator(".remarks > li").first
        confirmed.locator("button", has_text="确认").click()
        page.wait_for_selector(".remarks .said")

        # An item set by hand.
        page.select_option(".points [name=item]", "条件充分性")
        page.fill(".points [name=points]", "9")
        page.click(".points button")
        page.wait_for_selector("text=9.0 / 10")
        by_hand = replace(sidecar, items={form.project or "": {"条件充分性": 9.0}})
        assert total(page) == judge(read, sidecar=by_hand).forms[0].review.total
        at = page.url.removeprefix(address)

    with running(store) as address:  # a restart loses nothing
        page.goto(address + at)
        assert total(page) == judge(read, sidecar=by_hand).forms[0].review.total
        assert REASON in page.inner_text(".dismissed")
        assert page.locator(".remarks .said").count() == 1

        # The unit sends the form again, as Word, two cells mended.
        mended = form
        for key, value in SECOND_ROUND.items():
            mended = set_both(mended, key, value)
        second = packed(食堂二稿__docx=made(mended, "docx"), 宿舍__docx=made(other, "docx"))
        earlier = page.request.get(f"{address}/bureau").text()
        label = earlier.split("第一轮（")[1].split("）")[0]
        load_files(page, address, "第二轮", second, f"第一轮（{label}）")
        row = page.locator("table.rank tbody tr", has_text=form.project)
        assert row.locator("td.delta").inner_text().startswith("+")
        assert (
            page.locator("table.rank tbody tr", has_text=other.project)
            .locator("td.delta")
            .inner_text()
            == "不变"
        )
        row.locator("a").click()
        changes = page.inner_text(".changes")
        assert "已经改好" in changes
        assert "「补助发放及时性」填的是「及时」" in changes
        assert total(page) > judge(read, sidecar=by_hand).forms[0].review.total
    page.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        running(tmp_path_factory.mktemp("bureau") / "store.db") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_dismissal_holds_for_the_same_words_in_a_new_file(client: httpx.Client) -> None:
    """The fingerprint is of the text: a resubmission in another format, rows moved, keeps it."""
    form = example_form()
    one = batch(client, made(form))
    unit_form = form_link(client, one)
    before = score_of(client, unit_form)
    page = client.get(unit_form).text
    fingerprints = page.split('name="fingerprints" value="')[1].split('"')[0]
    refused = client.post(
        f"{unit_form}/decide", data={"kind": "dismiss", "fingerprints": fingerprints}
    )
    assert refused.status_code == 422  # no reason given
    client.post(
        f"{unit_form}/decide",
        data={"kind": "dismiss", "fingerprints": fingerprints, "reason": "核过附件"},
    )
    after = score_of(client, unit_form)
    assert after >= before
    again = form_link(client, batch(client, made(form, "pdf")))
    assert score_of(client, again) == after
    assert "核过附件" in client.get(again).text
    lines = client.get(f"{one}/decisions").text.splitlines()
    assert {json.loads(line)["reason"] for line in lines} == {"核过附件"}
    client.post(f"{unit_form}/decide", data={"kind": "withdraw", "fingerprints": fingerprints})
    assert score_of(client, again) == before


def test_files_that_wait_are_judged_after_a_restart(tmp_path: Path) -> None:
    engine = open_store(str(tmp_path / "store.db"))
    key = batches.create(
        engine, "停电前", [("食堂.xlsx", made(example_form())), ("坏.pdf", b"%PDF-1.7 x")]
    )
    engine.dispose()
    with running(tmp_path / "store.db") as address:
        page = wait_done(httpx.Client(base_url=address, timeout=60), f"/bureau/{key}")
    assert "社区老年食堂助餐服务" in page
    assert "坏.pdf" in page  # what could not be read is said


def test_decisions_can_be_learned_from(client: httpx.Client, tmp_path: Path) -> None:
    """Confirmed is a true label, dismissed a false one, and `train --reviews` takes the rows."""
    from scorer.models.train import reviews_from

    form = replace(example_form(), unit="松河县老龄办")
    key = batch(client, made(form))
    link = form_link(client, key)
    judged = judge(read_input("a.xlsx", made(form))[0], sidecar=Sidecar()).forms[0]
    said = {"M202": "confirm", "M203": "dismiss"}
    for finding in judged.findings:
        if finding.code in said:
            sent = {"kind": said[finding.code], "fingerprints": finding.fingerprint, "reason": "x"}
            client.post(f"{link}/decide", data=sent)
    rows = [json.loads(line) for line in client.get(f"{key}/rows").text.splitlines()]
    vague = {row["name"]: row.get("vague") for row in rows}
    assert vague == {"补助老人数": True, "食堂卫生检查合格率": False}
    (tmp_path / "rows.jsonl").write_bytes(client.get(f"{key}/rows").content)
    assert reviews_from(tmp_path / "rows.jsonl")
    client.post(f"{key}/again")  # decisions hold when everything is judged anew
    wait_done(client, key)
    assert client.get(f"{key}/rows").text.count("\n") == len(rows)


def test_reports_of_a_batch(client: httpx.Client) -> None:
    key = batch(client, made(example_form()))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{key}/report/ranking.xlsx").content))
    assert any(
        "社区老年食堂助餐服务" in str(cell.value or "")
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
    )
    papers = zipfile.ZipFile(io.BytesIO(client.get(f"{key}/report/opinions.zip").content))
    assert papers.namelist() == ["松河县养老服务指导中心.docx"]
    assert "社区老年食堂助餐服务" in client.get(f"{key}/report/ranking.html").text
    assert json.loads(client.get(f"{key}/report/results.json").text)["documents"]
    assert client.get(f"{key}/report/results.csv").content.startswith(b"\xef\xbb\xbf")
    assert client.get(f"{key}/report/else.exe").status_code == 404


def test_points_outside_the_item_are_refused(client: httpx.Client) -> None:
    form = form_link(client, batch(client, made(example_form())))
    for points in ("16", "-1", "多"):
        answer = client.post(f"{form}/points", data={"item": "目标相关性", "points": points})
        assert answer.status_code == 422
        assert "0 到 15" in answer.text


def batch(client: httpx.Client, data: bytes) -> str:
    """The address of a new batch of one file, judged."""
    suffix = "pdf" if data.startswith(b"%PDF") else "xlsx"
    answer = client.post("/bureau/batches", files={"files": (f"报送.{suffix}", data)})
    assert answer.status_code == 303, answer.text
    address = str(answer.headers["location"])
    wait_done(client, address)
    return address


def wait_done(client: httpx.Client, address: str) -> str:
    import time

    for _ in range(1200):
        now = client.get(f"{address}/progress").json()
        if now["done"] == now["files"]:
            return client.get(address).text
        time.sleep(0.1)
    raise AssertionError(f"{address} was never done")


def form_link(client: httpx.Client, batch: str) -> str:
    page = client.get(batch).text
    return f"{batch}/form/" + page.split(f'href="{batch}/form/')[1].split('"')[0]


def score_of(client: httpx.Client, form: str) -> float:
    return float(client.get(form).text.split('class="total"><b>')[1].split("<")[0])
