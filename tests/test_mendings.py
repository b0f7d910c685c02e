"""The three mendings: the gain promised is the gain that scoring again without them gives."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scorer.exchange import form_from_json
from scorer.forms import Form, Goal, Indicator, JudgedForm, Submission
from scorer.judge import judge, profile_for
from scorer.reports.terminal import mending_line
from scorer.review import review_form
from scorer.scale import Scale
from tests.test_gaming import WEAK, row

ROWS = Path(__file__).parent.parent / "data" / "rows"
LABELLED = [
    json.loads(line)
    for path in sorted(ROWS.glob("forms-*.jsonl"))
    for line in path.read_text("utf-8").splitlines()[::12]
]


def judged(form: Form) -> JudgedForm:
    return judge(Submission("", forms=(form,))).forms[0]


@pytest.mark.parametrize("data", LABELLED, ids=lambda d: d["project"])
def test_each_promise_is_kept(data: dict[str, object]) -> None:
    form = judged(form_from_json(data))
    left, total = list(form.findings), form.review.total
    for mending in form.review.mendings:
        left = [f for f in left if f.fingerprint not in mending.findings]
        again = review_form(Scale(form.form, left, profile_for()))
        # A cap that the row itself holds goes with the row's mending, not with its findings.
        if not form.review.caps:
            assert again.total == mending.total
        assert mending.gain == round(mending.total - total, 1)
        assert mending.gain > 0 or mending is not form.review.mendings[-1]
        total = mending.total


def renamed(form: Form, old: str, name: str, value: str) -> Form:
    rows = (replace(i, name=name, value=value) if i.name == old else i for i in form.indicators)
    return replace(form, indicators=tuple(rows))


def test_the_gain_comes_when_the_clerk_does_it() -> None:
    before = judged(WEAK)
    cells = [m.cell for m in before.review.mendings]
    mended = {
        "年度目标": lambda f: replace(f, goal=Goal(annual="2025年9月底前为6个文化站购置设备42套")),
        "数量指标「购置设备数量」": lambda f: renamed(f, "购置设备数量", "购置设备数量", "=42套"),
        "质量指标「设备质量」": lambda f: renamed(f, "设备质量", "设备质量抽检合格率", "≥98%"),
        "社会效益指标「促进文化事业发展」": lambda f: renamed(
            f, "促进文化事业发展", "文化站年开放天数", "≥280天"
        ),
        "立项依据": lambda f: replace(f, basis="《公共文化服务保障法》；县文旅发〔2024〕12号"),
        "项目实施计划": lambda f: replace(f, plan="3月招标，6月到货，9月底前验收"),
        "保证项目实施的制度、措施": lambda f: replace(
            f, safeguards="执行《文化站设备管理办法》，验收小组按月查验并公示"
        ),
    }
    form = WEAK
    for cell, mending in zip(cells, before.review.mendings, strict=True):
        form = mended[cell](form)
        assert judged(form).review.total == pytest.approx(mending.total, abs=0.15)


def test_below_a_cap_the_cell_that_lifts_it_goes_first() -> None:
    form = Form(
        project="档案数字化",
        annual_yuan=80000,
        asked=frozenset({"goal_annual"}),
        indicators=(
            row("数量指标", "数字化页数", "≥80000页"),
            row("质量指标", "抽检差错率", "≤0.3%"),
            row("时效指标", "完成时间", "2025年11月30日前"),
            row("成本指标", "单页成本", "≤0.35元/页"),
            row("社会效益指标", "查档等候时间", "≤15分钟", "效益指标"),
        ),
    )
    review = judged(form).review
    assert review.caps
    assert review.mendings[0].cell == "年度目标"
    assert review.mendings[0].total > 79


def test_a_row_printed_in_both_halves_is_one_mending() -> None:
    one = Indicator("产出指标", "数量指标", "会议次数", "若干", phase="period")
    form = Form(project="会议保障", goal=Goal("办会12次", "办会12次"),
                indicators=(one, replace(one, phase="annual")))  # fmt: skip
    (mending,) = [m for m in judged(form).review.mendings if "会议次数" in m.cell]
    assert len(mending.findings) == 2


def test_a_remark_on_a_whole_half_names_it_in_the_clerks_words() -> None:
    idle = [
        row("数量指标", f"{thing}完成率", "=100%") for thing in ("巡查", "清运", "保洁", "消杀")
    ]
    good = replace(
        WEAK,
        goal=Goal(annual="2025年9月底前为6个文化站购置设备42套，年内开展活动72场"),
        basis="《公共文化服务保障法》；县文旅发〔2024〕12号",
        necessity="6个文化站中4个没有音响，2024年只办活动18场，群众要求增加",
        plan="3月招标，6月到货，9月底前验收",
        safeguards="执行《文化站设备管理办法》，验收小组按月查验并公示",
    )
    form = judged(replace(good, indicators=tuple(idle)))
    half = [f.fingerprint for f in form.findings if f.field == "indicators_annual"]
    assert half
    named = [m.cell for m in form.review.mendings if set(half) & set(m.findings)]
    assert named == ["年度三级指标"]


def test_each_finding_knows_what_its_cell_alone_would_bring() -> None:
    before = judged(WEAK)
    assert before.review.gains
    best = before.review.mendings[0]
    assert before.review.gains[best.findings[0]] == best.gain
    assert set(before.review.gains) <= {f.fingerprint for f in before.findings}


def test_a_clean_form_promises_nothing_and_the_line_says_so() -> None:
    weak = judged(WEAK).review
    gain = round(sum(m.gain for m in weak.mendings), 1)
    assert mending_line(weak).startswith(f"改这3项可加{gain:g}分")
    assert mending_line(replace(weak, mendings=())) == ""
