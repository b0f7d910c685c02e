"""Who may call, how much may be sent, what is shown: the server keeps to itself."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from scorer.copies import official_workbook
from scorer.web.cells import cell_text, set_cell, shown, unmask
from scorer.web.clerk import example_form
from tests.webserver import running

TOKEN, BUREAU = "kou-ling", "shen-he"
get, post = (partial(call, timeout=60) for call in (httpx.get, httpx.post))  # on a busy machine


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("safe") / "store.db", most_bytes=300_000) as address:
        yield address


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("guarded") / "store.db"
    with running(store, tokens={TOKEN: ("/bureau",), BUREAU: ()}) as address:
        yield address


def test_answers_to_its_own_name_only(server: str) -> None:
    """A page elsewhere that points its name at 127.0.0.1 gets nothing."""
    assert get(server, headers={"Host": "evil.example"}).status_code == 421
    port = urlsplit(server).port
    assert get(server, headers={"Host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_page_cannot_write(server: str, headers: dict[str, str]) -> None:
    assert post(f"{server}/example", headers=headers).status_code == 403


def test_own_page_and_programs_can_write(server: str) -> None:
    assert post(f"{server}/example", headers={"Origin": server}).status_code == 303
    assert post(f"{server}/example").status_code == 303


def test_upload_that_says_it_is_too_big_is_refused(server: str) -> None:
    answer = post(f"{server}/drafts", files={"file": ("大.xlsx", b"x" * 400_000)})
    assert answer.status_code == 413
    assert "MB" in answer.text


def test_upload_that_lies_about_its_size_is_cut_off(server: str) -> None:
    """Chunked: no length is announced, so bytes are counted as they come."""
    where = urlsplit(server)
    assert where.hostname
    connection = http.client.HTTPConnection(where.hostname, where.port or 80, timeout=30)
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(40):
            yield b"x" * 20_000
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        connection.request("POST", "/drafts", body(), headers, encode_chunked=True)
        assert connection.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # closed while we were still sending: refused all the same
    finally:
        connection.close()


def test_pages_load_only_from_here_and_run_no_inline_script(server: str) -> None:
    draft = post(f"{server}/example").headers["location"]
    for path in ("/", draft, "/bureau", "/rules", "/api/docs"):
        answer = get(server + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text), path
        assert not re.search(r'\s(style|on\w+)="', answer.text), path
        assert not re.search(r'(src|href)="(https?:)?//', answer.text), path


def test_markup_in_a_document_is_text(server: str) -> None:
    form = replace(example_form(), project="<script>alert(1)</script>项目")
    answer = post(
        f"{server}/drafts", files={"file": ('"><img src=x>.xlsx', official_workbook([form]))},
    )  # fmt: skip
    page = get(server + answer.headers["location"]).text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;" in page


# --- the token ------------------------------------------------------------------


def test_without_the_token_nothing_is_shown(guarded: str) -> None:
    for path in ("/", "/bureau", "/bureau/x/report/results.json", "/api/docs", "/api/health"):
        assert get(guarded + path).status_code == 401, path
    assert post(f"{guarded}/api/score", json={}).status_code == 401


def test_token_in_the_address_becomes_a_cookie(guarded: str) -> None:
    with httpx.Client(base_url=guarded, timeout=60) as client:
        answer = client.get(f"/rules?token={TOKEN}&x=1")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/rules?x=1"  # not left in the address bar
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert client.get("/").status_code == 200
    assert get(f"{guarded}/?token=wrong").status_code == 403


def test_token_of_the_clerks_does_not_open_the_bureau(guarded: str) -> None:
    clerk, bureau = ({"Authorization": f"Bearer {t}"} for t in (TOKEN, BUREAU))
    assert get(f"{guarded}/bureau", headers=clerk).status_code == 401
    assert get(f"{guarded}/bureau", headers=bureau).status_code == 200
    assert get(f"{guarded}/", headers=bureau).status_code == 200


def test_programs_send_the_token_as_bearer(guarded: str) -> None:
    good, bad = ({"Authorization": f"Bearer {t}"} for t in (TOKEN, "wrong"))
    assert get(f"{guarded}/api/health", headers=good).status_code == 200
    assert get(f"{guarded}/api/health", headers=bad).status_code == 401


# --- telephone numbers ------------------------------------------------------------


def test_telephone_numbers_are_masked_on_every_page(server: str) -> None:
    number = example_form().phone
    assert number
    draft = post(f"{server}/example").headers["location"]
    page = get(server + draft).text
    assert number not in page
    edit = {"mark": "m", "kind": "set", "cell": "-1:overview", "text": f"电话{number}，供餐250天。"}
    answer = post(f"{server}{draft}/edits", json={"edits": [edit]})
    assert answer.status_code == 200
    assert number not in answer.text
    assert number not in get(server + draft).text
    opinion = get(f"{server}{draft.rsplit('/', 1)[0]}/file/opinion")
    assert number.encode() not in opinion.content


def test_masked_number_that_is_left_alone_comes_back_whole() -> None:
    form = replace(example_form(), overview="联系13900001234或0351-4000000，供餐250天。")
    seen = shown(form, "-1:overview")
    assert "13900001234" not in seen
    retyped = set_cell(form, "-1:overview", seen.replace("250", "260"))
    assert retyped.overview == "联系13900001234或0351-4000000，供餐260天。"
    assert set_cell(form, "-1:phone", shown(form, "-1:phone")).phone == form.phone
    assert set_cell(form, "-1:phone", "0351-4000001").phone == "0351-4000001"
    assert unmask("139****1234", "") == "139****1234"
    assert cell_text(form, "-1:phone") == form.phone


# --- the command ------------------------------------------------------------------


def test_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "scorer", "serve", "--port", port, "--store", "s.db"]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 2
    assert "端口用不了" in ran.stderr
    assert "--port" in ran.stderr


def test_store_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"this is no database, whatever its name says" * 50)
    command = [sys.executable, "-m", "scorer", "serve", "--port", "0", "--store", "s.db"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 2
    assert "打不开存储" in ran.stderr


@pytest.mark.parametrize("body", ["[]", '{"edits": 3}', '{"edits": [{"kind": "set"}]}', "null"])
def test_edits_that_make_no_sense_are_refused(server: str, body: str) -> None:
    draft = post(f"{server}/example").headers["location"]
    answer = post(
        f"{server}{draft}/edits", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400


def test_cells_that_cannot_be_changed_say_why(server: str) -> None:
    draft = post(f"{server}/example").headers["location"]
    wrong = [
        {"kind": "set", "cell": "999:value", "text": "x"},
        {"kind": "set", "cell": "0:weight", "text": "x"},
        {"kind": "set", "cell": "-1:layout", "text": "Z"},
        {"kind": "set", "cell": "-1:annual_yuan", "text": "很多"},
        {"kind": "set", "cell": "-1:funding.annual.nobody", "text": "1"},
        {"kind": "set", "cell": "x", "text": "x"},
        {"kind": "set", "cell": "0:level2", "text": "别的指标"},
        {"kind": "set", "cell": "0:value", "text": "长" * 5000},
        {"kind": "delete", "rows": [500]},
        {"kind": "delete", "rows": ["x"]},
        {"kind": "add", "level2": "数量指标", "after": [None]},
        {"kind": "add", "level2": "别的指标"},
        {"kind": "run", "text": "rm"},
    ]
    edits = [{"mark": f"w{n}", **e} for n, e in enumerate(wrong)]
    answer = post(f"{server}{draft}/edits", json={"edits": edits})
    assert answer.status_code == 200
    assert len(answer.json()["refused"]) == len(wrong)
    assert answer.json()["undoable"] == 0
    assert json.dumps(answer.json(), ensure_ascii=False).count("请") >= 1


def test_missing_extra_is_said() -> None:
    program = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['jixiao', 'serve'];"
        "from scorer.cli import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 2
    assert "pip install 'jixiao[web]'" in ran.stderr
