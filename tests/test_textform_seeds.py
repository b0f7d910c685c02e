"""The two published budgets, compared cell by cell with a transcription made by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from scorer.forms import Form, Line, Place
from scorer.layouts.text.form import forms_from_lines

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "shared" / "seeds"
TRANSCRIPTS = sorted((HERE / "transcripts").glob("*.json"))
FIELDS = (
    "title project department_code department unit fiscal_year attribute period overview basis "
    "necessity safeguards plan goal_period goal_annual filled_at leader"
).split()
LEVEL1 = {
    **dict.fromkeys(("数量指标", "质量指标", "时效指标", "成本指标"), "产出指标"),
    "服务对象满意度指标": "满意度指标",
}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared/seeds beside the repo")


def read(name: str) -> tuple[list[Form], list[Line]]:
    """The forms of a seed and its lines outside forms."""
    texts = (SEEDS / name).read_text(encoding="utf-8").split("\n")
    lines = [Line(text, Place(line=n)) for n, text in enumerate(texts, 1)]
    forms, problems, outside = forms_from_lines(lines, name)
    assert problems == []
    return forms, outside


def pairs() -> list[tuple[dict[str, Any], Form]]:
    """(transcribed, read) for every form of both seeds."""
    out = []
    for path in TRANSCRIPTS:
        transcript = json.loads(path.read_text(encoding="utf-8"))
        forms, _ = read(transcript["file"])
        assert len(forms) == len(transcript["forms"])
        out += list(zip(transcript["forms"], forms, strict=True))
    return out


def test_all_fourteen_forms_and_their_rows() -> None:
    forms = [form for _, form in pairs()]
    assert len(forms) == 14
    assert sum(len(form.of_phase("period")) for form in forms) == 93
    assert sum(len(form.of_phase("annual")) for form in forms) == 95


def test_fields_goals_and_amounts() -> None:
    for expected, form in pairs():
        got = {name: form.text(name) for name in FIELDS}
        want = {n: None if expected.get(n) is None else str(expected[n]) for n in FIELDS}
        assert got == want
        amounts = expected["amounts"]
        assert (form.total_yuan, form.annual_yuan) == (
            amounts["total_yuan"],
            amounts["annual_yuan"],
        )
        assert asdict(form.funding_period) == amounts["period"]
        assert asdict(form.funding_annual) == amounts["annual"]


def test_every_indicator_and_its_line() -> None:
    for expected, form in pairs():
        for phase in ("period", "annual"):
            want = [
                (row["line"], LEVEL1.get(row["level2"], "效益指标"), row["level2"], *row[phase])
                for row in expected["rows"]
                if row[phase]
            ]
            got = [
                (i.place.line, i.level1, i.level2, i.name, i.value)
                for i in form.indicators
                if i.phase == phase
            ]
            assert got == want


def test_every_field_stands_where_its_place_says() -> None:
    for expected, form in pairs():
        want = {k: v for k, v in expected["lines"].items() if k != "title"}
        got = {name: form.places[name].line for name in want}
        assert got == want
        assert form.place.line == expected["lines"]["title"]


def test_handler_and_phone_are_read_from_the_foot() -> None:
    """Names and numbers of persons are not copied into this repository: the seed's own foot
    line is the witness."""
    for path in TRANSCRIPTS:
        transcript = json.loads(path.read_text(encoding="utf-8"))
        texts = (SEEDS / transcript["file"]).read_text(encoding="utf-8").split("\n")
        for expected, form in zip(transcript["forms"], read(transcript["file"])[0], strict=True):
            if not expected["personal"]:
                assert form.handler is None
                assert form.phone is None
                continue
            foot = texts[expected["lines"]["filled_at"] - 1].split("\t")
            assert form.handler == foot[foot.index("经办人:") + 1]
            assert form.phone == foot[foot.index("联系电话:") + 1]


def test_blank_cells_were_asked_for() -> None:
    for _, form in pairs():
        assert {"leader", "handler", "phone", "funding.period.other", "goal_period"} <= form.asked


def test_lines_outside_the_forms_are_kept() -> None:
    _, outside = read("004_9994461b67beb672.txt")
    texts = [line.text.strip() for line in outside]
    assert "（项目绩效目标表公开情况见附件）" in texts
    assert "十一、国有资产占有使用情况" in texts
    assert not any("绩效目标表" in t and "屯留区县" in t for t in texts)
