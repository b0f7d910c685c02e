"""Decisions on the command line: items by hand and dismissals, kept beside the document."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scorer.decisions import DecisionError, parse_item

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def jixiao(*args: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scorer", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A document of one form."""
    (sample,) = SAMPLES.glob("*.docx")
    return Path(shutil.copy(sample, tmp_path / "一份.docx"))


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """A document of several forms."""
    (sample,) = SAMPLES.glob("*.txt")
    return Path(shutil.copy(sample, tmp_path / "几份.txt"))


def scored(path: Path) -> list[dict[str, Any]]:
    tree = json.loads(jixiao("score", path, "-f", "json").stdout)
    return [form for document in tree["documents"] for form in document["forms"]]


def item_of(form: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [i for i in form["review"]["items"] if i["item"] == name]
    return found


def test_an_item_by_hand_counts_and_stays(single: Path) -> None:
    (before,) = scored(single)
    done = jixiao("score", single, "--item", "条件充分性=3", "--item", "实现可能性=10")
    assert done.returncode == 0
    assert "审核人评定" in done.stdout.decode()
    (after,) = scored(single)  # without the option: it is kept
    assert (item_of(after, "条件充分性")["score"], item_of(after, "实现可能性")["score"]) == (3, 10)
    sums = [sum(i["score"] for i in form["review"]["items"]) for form in (before, after)]
    assert after["review"]["total"] == pytest.approx(sums[1], abs=0.06)
    assert jixiao("score", single, "--item", "条件充分性=", "--item", "实现可能性=").returncode == 0
    assert scored(single) == [before]


def test_of_several_forms_the_project_is_named(several: Path) -> None:
    names = [form["project"] for form in scored(several)]
    done = jixiao("score", several, "--item", "条件充分性=3")
    assert (done.returncode, "--project" in done.stderr.decode()) == (2, True)
    done = jixiao("score", several, "--item", "条件充分性=3", "--project", names[0])
    assert done.returncode == 0
    assert [item_of(f, "条件充分性")["score"] == 3 for f in scored(several)] == [
        name == names[0] for name in names
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("条件充分=8", "条件充分性"),
        ("条件充分性=11", "10"),
        ("条件充分性=好", "不是数"),
        ("8", "="),
    ],
)
def test_a_wrong_item_is_named(text: str, word: str) -> None:
    with pytest.raises(DecisionError, match=word):
        parse_item(text)


def test_a_dismissed_finding_costs_nothing(several: Path) -> None:
    before = scored(several)
    at = min(range(len(before)), key=lambda n: before[n]["review"]["total"])
    form = before[at]
    lost = {d["finding"] for i in form["review"]["items"] for d in i["deductions"]}
    struck = next(f for f in form["findings"] if f["fingerprint"] in lost and not f["summary"])
    done = jixiao("dismiss", several, struck["fingerprint"], "--reason", "按县里表样填")
    assert done.returncode == 0
    assert struck["code"] in done.stdout.decode()
    after = scored(several)[at]
    assert struck["fingerprint"] not in {f["fingerprint"] for f in after["findings"]}
    assert after["review"]["total"] > form["review"]["total"]
    done = jixiao("dismiss", several, "0000", "--reason", "无")
    assert (done.returncode, "指纹" in done.stderr.decode()) == (2, True)


def test_a_pipe_has_no_place_for_decisions() -> None:
    form = {"documents": [{"forms": [{"project": "档案整理", "indicators": []}]}]}
    done = subprocess.run(
        [sys.executable, "-m", "scorer", "score", "-", "--item", "条件充分性=3"],
        input=json.dumps(form).encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "文件的路径" in done.stderr.decode()) == (2, True)
