"""The sheet a bureau signs: every lost point a line, caps with reasons, items by hand, own measures."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from scorer.exchange import form_from_json
from scorer.forms import Form, Goal, JudgedForm, ReviewItem, Submission
from scorer.judge import judge, profile_for
from scorer.review import BY_HAND, qualitative_grade, review_form
from scorer.rules.catalogue import ITEMS
from scorer.scale import Scale
from tests.test_gaming import MIDDLING, WEAK, row

ROWS = Path(__file__).parent.parent / "data" / "rows"
LABELLED = [
    form_from_json(json.loads(line))
    for path in sorted(ROWS.glob("forms-*.jsonl"))
    for line in path.read_text("utf-8").splitlines()[7::40]
]
GOOD = replace(
    MIDDLING,
    indicators=(
        row("数量指标", "购置设备数量", "42套"),
        row("质量指标", "设备验收合格率", "=100%"),
        row("时效指标", "设备到站时间", "2025年9月30日前"),
        row("成本指标", "单套设备成本", "≤9000元/套"),
        row("社会效益指标", "文化站年开放天数", "≥280天", "效益指标"),
        row("服务对象满意度指标", "到站群众满意度", "≥90%", "满意度指标"),
    ),
    basis="《公共文化服务保障法》；县文旅发〔2024〕12号",
    plan="3月招标，6月到货，9月底前验收",
    safeguards="执行《文化站设备管理办法》，验收小组按月查验并公示",
)


def judged(form: Form) -> JudgedForm:
    return judge(Submission("", forms=(form,))).forms[0]


@pytest.mark.parametrize("form", [*LABELLED, WEAK, GOOD], ids=lambda f: f.project)
def test_every_lost_point_is_a_line_and_every_fault_one_deduction(form: Form) -> None:
    result = judged(form)
    scale = Scale(form, result.findings, profile_for())
    for item in result.review.items:
        within_reach = scale.rooms[item.item].points
        lost = sum(d.points for d in item.deductions)
        assert item.score == pytest.approx(within_reach - lost, abs=0.06)
        assert bool(item.manual) == (within_reach < 0.98 * item.max)
        assert all(d.points > 0 and d.reason for d in item.deductions)
    lines = Counter(d.finding for i in result.review.items for d in i.deductions if d.finding)
    assert max(lines.values(), default=1) == 1
    assert set(lines) <= {f.fingerprint for f in result.findings}
    assert result.review.total <= sum(i.score for i in result.review.items) + 0.05


def test_a_good_form_is_good() -> None:
    review = judged(GOOD).review
    assert (review.grade, review.qualitative, review.caps) == ("优", "优", ())


CAPPED = {
    "总体目标空泛": (replace(GOOD, goal=Goal(annual="保障文化站正常开展工作")), 79),
    "没有效益指标": (
        replace(GOOD, indicators=tuple(i for i in GOOD.indicators if i.level1 != "效益指标")), 89,
    ),
    "目标和产出都没有实际内容": (replace(GOOD, goal=Goal(), indicators=()), 59),
}  # fmt: skip


@pytest.mark.parametrize("reason", CAPPED)
def test_a_cap_holds_and_says_why(reason: str) -> None:
    form, limit = CAPPED[reason]
    review = judged(form).review
    assert review.total <= limit
    if sum(i.score for i in review.items) > limit:
        assert any(reason in cap and str(limit) in cap for cap in review.caps)


def test_outputs_without_a_number_are_capped() -> None:
    words = {"产出指标": "按要求完成"}
    rows = tuple(replace(i, value=words.get(i.level1, i.value)) for i in GOOD.indicators)
    assert judged(replace(GOOD, indicators=rows)).review.total <= 79


def sheet(*scores: float) -> list[ReviewItem]:
    return [
        ReviewItem(name, most, most * share)
        for (name, most), share in zip(ITEMS.items(), scores, strict=True)
    ]


@pytest.mark.parametrize(
    ("shares", "grade"),
    [
        ((0.95,) * 6 + (0.85,) * 2, "优"),
        ((0.95,) * 5 + (0.85,) * 3, "良"),
        ((0.95,) * 6 + (0.85, 0.7), "良"),
        ((0.95,) * 6 + (0.85, 0.5), "中"),
        ((0.85,) * 5 + (0.7,) * 3, "中"),
        ((0.7,) * 6 + (0.5,) * 2, "中"),
        ((0.7,) * 5 + (0.5,) * 3, "差"),
    ],
)
def test_six_of_eight(shares: tuple[float, ...], grade: str) -> None:
    assert qualitative_grade(sheet(*shares)) == grade


def test_points_by_hand_win_and_say_so() -> None:
    result = judged(WEAK)
    review = review_form(Scale(WEAK, result.findings, profile_for(), {"条件充分性": 8}))
    (item,) = [i for i in review.items if i.item == "条件充分性"]
    assert (item.score, item.manual, item.deductions) == (8, BY_HAND, ())


ALLOWANCE = Form(
    project="遗属补助",
    fiscal_year=2025,
    period="1年",
    attribute="经常性项目",
    total_yuan=56000,
    annual_yuan=56000,
    overview="对退休人员遗属的生活补助。",
    basis="晋人社发〔2019〕12号",
    goal=Goal(annual="按时足额发放遗属补助。"),
    indicators=(
        row("数量指标", "遗属人数", "4人"),
        row("质量指标", "补助应发尽发率", "=100%"),
        row("时效指标", "发放时间", "每月10日前"),
        row("成本指标", "发放总额", "5.6万元"),
        row("社会效益指标", "遗属生活补助覆盖率", "=100%", "效益指标"),
    ),
)


def test_an_allowance_is_judged_by_its_own_measure() -> None:
    """One honest line as goal, =100 %, the whole sum as cost, few rows: right for 人员类."""
    own = judged(ALLOWANCE)
    other = judged(replace(ALLOWANCE, project="文化下乡活动", overview="送戏下乡。"))
    assert not {"A304", "A306", "M208", "M209"} & {f.code for f in own.findings}
    assert not any("总体目标空泛" in cap for cap in own.review.caps)
    assert own.review.total > other.review.total
    assert own.review.grade in ("优", "良")
