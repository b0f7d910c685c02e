"""The clerk's page over HTTP: what is read, what an edit does, what survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.sidecar import Sidecar
from tests.webserver import running

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
XLSX = SAMPLES / "松河县图书馆_项目支出绩效目标表.xlsx"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("web") / "store.db") as address:
        yield address


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


def upload(client: httpx.Client, path: Path) -> str:
    """The address of the first form of an uploaded file."""
    answer = client.post("/drafts", files={"file": (path.name, path.read_bytes())})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def total_shown(page: str) -> float:
    found = re.search(r'class="now"><b>([\d.]+)</b>', page)
    assert found, page
    return float(found[1])


def edit(client: httpx.Client, form: str, *edits: dict[str, object]) -> dict[str, object]:
    made = [{"mark": f"m{n}-{id(e)}", **e} for n, e in enumerate(edits)]
    answer = client.post(f"{form}/edits", json={"edits": made})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_uploaded_form_shows_the_score_that_the_command_gives(client: httpx.Client) -> None:
    form = upload(client, XLSX)
    page = client.get(form).text
    submission = read_input(str(XLSX))[0]
    judged = judge(submission, sidecar=Sidecar()).forms[0]
    assert total_shown(page) == judged.review.total
    for finding in judged.findings:
        assert finding.message.replace("「", "") in page.replace("「", "")


def test_edit_is_scored_at_once_and_kept(client: httpx.Client) -> None:
    form = upload(client, XLSX)
    before = total_shown(client.get(form).text)
    row = next(
        n for n, i in enumerate(read_input(str(XLSX))[0].forms[0].indicators) if i.value == "及时"
    )
    answer = edit(client, form, {"kind": "set", "cell": f"{row}:value", "text": "每月25日前"})
    assert float(str(answer["total"])) > before
    again = client.get(form).text
    assert total_shown(again) == answer["total"]
    assert "每月25日前" in again
    undone = client.post(f"{form}/undo").json()
    assert undone["total"] == before
    assert "每月25日前" not in client.get(form).text


def test_file_without_a_form_says_so_and_offers_another_try(client: httpx.Client) -> None:
    answer = client.post("/drafts", files={"file": ("通知.txt", "关于召开会议的通知".encode())})
    assert answer.status_code == 422
    assert "没有找到项目支出绩效目标表" in answer.text
    assert 'type="file"' in answer.text


def test_rows_pasted_from_a_spreadsheet_as_text(client: httpx.Client) -> None:
    """Some programs put no HTML on the clipboard: tabs and lines must do."""
    from tests.makers import render
    from tests.makers.contents import load

    form = load("golden")["dormitory"]
    _, text = render.made([form], "A", "text-tab")
    answer = client.post("/drafts", data={"html": "", "text": text.decode()})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert form.project in page
    assert form.indicators[0].name in page


@pytest.mark.parametrize("layout", ["county", "annex88", "core101", "list"])
def test_blank_form_is_filled_in_and_taken_home(client: httpx.Client, layout: str) -> None:
    answer = client.post("/blank", data={"layout": layout})
    assert answer.status_code == 303
    form = answer.headers["location"]
    page = client.get(form).text
    row = re.search(r'data-rows="(\d+)[^"]*" data-level2="数量指标"', page)
    assert row
    edits = [
        ("-1:project", "阅览室改造"),
        (f"{row[1]}:name", "座位数"),
        (f"{row[1]}:value", "≥120个"),
    ]
    for cell, text in edits:
        edit(client, form, {"kind": "set", "cell": cell, "text": text, "both": True})
    taken = client.get(f"{form.rsplit('/', 1)[0]}/file/corrected")
    (again,) = read_input("空白.xlsx", taken.content)[0].forms
    assert again.project == "阅览室改造"
    assert {(i.level2, i.name, i.value) for i in again.indicators} == {
        ("数量指标", "座位数", "≥120个")
    }
    assert client.post("/blank", data={"layout": "none"}).status_code == 404


@pytest.mark.parametrize("kind", ["corrected", "annotated", "opinion", "json"])
def test_files_to_take_home(client: httpx.Client, kind: str) -> None:
    form = upload(client, XLSX)
    taken = client.get(f"{form.rsplit('/', 1)[0]}/file/{kind}")
    assert taken.status_code == 200
    assert "attachment" in taken.headers["content-disposition"]
    assert taken.content[:1] in (b"P", b"{")
    notes = client.get(f"{form.rsplit('/', 1)[0]}/corrected-notes").json()["notes"]
    assert notes[0].startswith("您原来的文件")


def test_archive_opens_the_first_file_with_a_form(client: httpx.Client) -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("1 通知.txt", "关于召开会议的通知")
        pack.writestr("2 申报表.xlsx", XLSX.read_bytes())
    answer = client.post("/drafts", files={"file": ("报送.zip", out.getvalue())})
    page = client.get(answer.headers["location"]).text
    assert "2 申报表.xlsx" in page
    assert "没有找到项目支出绩效目标表" in page  # the other file is not passed over in silence


def test_draft_that_is_not_there(client: httpx.Client) -> None:
    for path in ("/draft/none/1", "/draft/none/file/json", "/draft/none/corrected-notes"):
        assert client.get(path).status_code == 404
    assert client.post("/draft/none/1/undo").status_code == 404
    form = upload(client, XLSX)
    assert client.get(form[:-1] + "2").status_code == 404
    assert client.get(f"{form.rsplit('/', 1)[0]}/file/exe").status_code == 404


def test_what_the_rest_of_the_file_gets_wrong_is_shown(client: httpx.Client) -> None:
    page = client.get(upload(client, SAMPLES / "松河县档案馆2025年单位预算公开.txt")).text
    assert "这份文件的别处还有" in page
    assert "「预算收入总计」增加12.3万元" in page


def test_only_the_fields_that_the_form_has_are_drawn(client: httpx.Client) -> None:
    page = client.get(upload(client, XLSX)).text  # a flat list: no money, no department
    assert "项目资金" not in page
    assert "主管部门" not in page
    assert "实施单位" in page
