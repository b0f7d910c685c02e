"""What texts leave open: no fault, but a little less of one item."""

from __future__ import annotations

import pytest

from scorer.exchange import form_from_json
from scorer.forms import Review, Submission
from scorer.judge import judge
from scorer.rules.left_open import EFFECT, TIME, goal_leaves_open, left_open

ELEVATORS = {
    "project": "公租房电梯更换",
    "overview": "更换3个小区电梯3部，涉及480户。",
    "goal_annual": "更换电梯3部。",
    "plan": "上半年招标，12月完成。",
    "safeguards": "严格执行合同，验收后付款。",
    "indicators": [
        {"level1": "产出指标", "level2": "数量指标", "name": "更换电梯数量", "value": "=3部"},
        {"level1": "产出指标", "level2": "质量指标", "name": "电梯监督检验合格率", "value": "=100%"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "parts"),
    [
        ("更换电梯3部。", (TIME, EFFECT)),
        ("2025年9月底前更换电梯3部。", (EFFECT,)),
        ("更换电梯3部，困人故障由11次降到2次以内。", (TIME,)),
        ("2025年9月底前更换电梯3部，480户受益，困人故障率降到1%以内。", ()),
        ("按月发放补助8人，发放准确率100%。", ()),
        ("更换电梯3部，10月底前验收交付。", ()),
        ("保障电梯正常运行。", ()),  # without a figure the goal is empty: S101
        ("", ()),
    ],
)
def test_a_goal_says_how_much_by_when_and_to_what_effect(goal: str, parts: tuple[str, ...]) -> None:
    assert goal_leaves_open(goal) == parts


def test_plan_and_safeguards() -> None:
    form = form_from_json(ELEVATORS)
    assert {o.field: o.parts for o in left_open(form)} == {
        "goal_annual": (TIME, EFFECT),
        "plan": (),
        "safeguards": ("本项目的管理办法", "有次数或期限的做法"),
    }
    own = {**ELEVATORS, "safeguards": "执行《峪口县电梯更新管理办法》，公示7天。"}
    assert all(not o.parts for o in left_open(form_from_json(own)) if o.field == "safeguards")


def sheet(**change: str) -> Review:
    form = form_from_json({**ELEVATORS, **change})
    return judge(Submission("", forms=(form,))).forms[0].review


def test_the_line_says_what_is_missing_and_mending_it_gains() -> None:
    review = sheet()
    reasons = [d.reason for i in review.items for d in i.deductions if not d.code]
    assert "「年度目标」没有写完成时间、可查的效果。" in reasons
    whole = "2025年9月底前更换电梯3部，困人故障由11次降到2次以内。"
    assert sheet(goal_annual=whole).total > review.total
