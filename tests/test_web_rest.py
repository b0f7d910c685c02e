"""POST /api/score: what the 一体化 system sends, what it gets, and the page that explains it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from scorer.judge import judge
from scorer.pipeline import read_input
from scorer.sidecar import Sidecar
from scorer.web.rest import EXAMPLE, EXAMPLE_FORM
from tests.makers import render
from tests.makers.contents import load
from tests.webserver import running

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "schema" / "scores.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        running(tmp_path_factory.mktemp("rest") / "store.db") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def scores(answer: httpx.Response) -> dict[str, Any]:
    """The answer, held against the published schema."""
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.parametrize("fmt", ["xlsx", "docx", "pdf", "html"])
def test_file_gets_the_score_of_the_command(client: httpx.Client, fmt: str) -> None:
    suffix, data = render.made([load("golden")["dormitory"]], "A", fmt)
    found = scores(client.post("/api/score", files={"file": (f"宿舍{suffix}", data)}))
    (form,) = found["documents"][0]["forms"]
    judged = judge(read_input(f"宿舍{suffix}", data)[0], sidecar=Sidecar()).forms[0]
    assert form["review"]["total"] == judged.review.total
    assert [f["fingerprint"] for f in form["findings"]] == [f.fingerprint for f in judged.findings]


@pytest.mark.parametrize("body", [EXAMPLE_FORM, [EXAMPLE_FORM, EXAMPLE_FORM], EXAMPLE])
def test_forms_as_json(client: httpx.Client, body: Any) -> None:
    found = scores(client.post("/api/score", json=body))
    form = found["documents"][0]["forms"][0]
    assert form["project"] == EXAMPLE_FORM["project"]
    assert "M202" in {f["code"] for f in form["findings"]}  # 计算机数量：按需要


def test_unreadable_file_is_a_problem_not_an_error(client: httpx.Client) -> None:
    found = scores(client.post("/api/score", files={"file": ("坏.pdf", b"%PDF-1.7 cut off")}))
    assert found["documents"][0]["problems"]
    assert not found["documents"][0]["forms"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"content": b"{not json", "headers": {"Content-Type": "application/json"}}, "JSON"),
        ({"json": {"documents": {}}}, "没有"),
        ({"json": {"documents": [{"forms": [{"project": "x", "indicators": "y"}]}]}}, "indicators"),
        ({"json": {"documents": [7]}}, "documents[0]"),
        ({"json": 7}, "最外层"),
        ({"data": {"file": "not a file"}, "files": {"other": b"x"}}, "file"),
        ({}, "JSON"),
    ],
)
def test_wrong_requests_are_told_what_is_wrong(
    client: httpx.Client, sent: dict[str, Any], says: str
) -> None:
    answer = client.post("/api/score", **sent)
    assert answer.status_code == 422, answer.text
    assert says in answer.json()["detail"]


def test_name_of_an_upload_never_reaches_the_disk(client: httpx.Client, tmp_path: Path) -> None:
    """A sidecar beside a path that the upload names is not read."""
    suffix, data = render.made([load("golden")["dormitory"]], "A", "xlsx")
    path = tmp_path / f"宿舍{suffix}"
    (tmp_path / f"宿舍{suffix}.jixiao.toml").write_text("not toml", "utf-8")
    found = scores(client.post("/api/score", files={"file": (str(path), data)}))
    assert not [p for p in found["documents"][0]["problems"] if p["code"] == "sidecar"]


def test_openapi_describes_the_interface_with_its_schemas(client: httpx.Client) -> None:
    tree = client.get("/api/openapi.json").json()
    assert set(tree["paths"]) == {"/api/score", "/api/health"}
    parts = tree["components"]["schemas"]

    def refs(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            for value in node.values():
                yield from refs(value)
        elif isinstance(node, list):
            for value in node:
                yield from refs(value)

    for ref in refs(tree):
        assert ref.removeprefix("#/components/schemas/") in parts, ref
    examples = tree["paths"]["/api/score"]["post"]["requestBody"]["content"]["application/json"]
    for example in examples["examples"].values():
        scores(client.post("/api/score", json=example["value"]))


def test_page_of_the_interface_loads_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/api/docs").text
    assert "/api/score" in page
    assert "curl" in page
    assert 'src="http' not in page
    assert 'href="http' not in page
