"""Which rows make a form sound, and which anybody could add."""

from __future__ import annotations

import pytest

from scorer.forms import Finding, Form, Goal, Indicator
from scorer.soundness import Soundness

OWN = (
    ("数量指标", "更换电梯数量", "3部"),
    ("质量指标", "电梯平层误差", "≤10毫米"),
    ("时效指标", "电梯投用时间", "9月30日前"),
)
BASE = Form(
    project="政务服务中心电梯更换",
    annual_yuan=960_000,
    goal=Goal(annual="9月底前更换电梯3部，群众候梯时间缩短到40秒以内。"),
)
WRONG = 3  # faulty rows that stand beside the rows of a case


def doubt(index: int) -> Finding:
    return Finding("M201", "指标值含糊", "warning", "", "", "", indicator=index)


def share(*rows: tuple[str, str, str], doubted: tuple[int, ...] = ()) -> float:
    indicators = tuple(Indicator("产出指标", *row) for row in rows)
    form = Form(
        project=BASE.project, annual_yuan=BASE.annual_yuan, goal=BASE.goal, indicators=indicators
    )
    return Soundness(form, [doubt(n) for n in doubted], {}).share(WRONG, 0, frozenset())


def test_own_rows_make_a_form_sounder() -> None:
    shares = [share(*OWN[:n]) for n in (1, 2, 3)]
    assert shares == [1 / 4, 2 / 5, 3 / 6]


PADDING = {
    "=100%": ("质量指标", "电梯采购完成率", "=100%"),
    "the budget again": ("成本指标", "电梯更换成本", "≤96万元"),
    "what every office does": ("数量指标", "召开电梯例会次数", "≥12次"),
    "another project's": ("数量指标", "手抬机动泵", "21台"),
    "said twice": ("数量指标", "电梯更换部数", "=3部"),
}


@pytest.mark.parametrize("name", PADDING)
def test_rows_that_anybody_could_add_do_not(name: str) -> None:
    assert share(*OWN, PADDING[name]) == share(*OWN)


def test_one_row_cut_into_months_is_none() -> None:
    months = [("时效指标", f"{n}月电梯巡检时间", f"{n}月28日前") for n in range(1, 13)]
    assert share(*OWN, *months) == share(*OWN)


def test_a_doubted_row_counts_only_once_it_is_mended() -> None:
    assert share(*OWN, doubted=(2,)) == share(*OWN[:2])
    indicators = tuple(Indicator("产出指标", *row) for row in OWN)
    form = Form(project=BASE.project, goal=BASE.goal, indicators=indicators)
    rows = Soundness(form, [doubt(2)], {})
    assert rows.share(1, 0, frozenset()) == 2 / 3
    assert rows.share(0, 0, frozenset({2})) == 1


def test_a_missing_class_is_as_bad_as_faulty_rows() -> None:
    indicators = tuple(Indicator("产出指标", *row) for row in OWN)
    rows = Soundness(Form(project=BASE.project, goal=BASE.goal, indicators=indicators), (), {})
    assert rows.share(0, 0, frozenset()) == 1
    assert rows.share(0, 1, frozenset()) < rows.share(1, 0, frozenset()) < 1
