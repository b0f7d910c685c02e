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
