"""Texts copied from pages: what stands between the cells of a form and is none of them."""

from __future__ import annotations

import pytest

from scorer.forms import Form, Submission
from scorer.pipeline import read_input

HEAD = """项目支出绩效目标表
（2025年度）
项目名称
{name}
主管部门
青溪县林业局
实施单位
青溪县林场
"""
ROWS = """一级指标
二级指标
三级指标
指标值
产出指标
数量指标
抚育面积
≥{area}亩
质量指标
成活率
≥90%
时效指标
完成时间
11月底前
效益指标
生态效益指标
新增林木蓄积
≥300立方米
满意度指标
服务对象满意度指标
林农满意度
≥90%
"""
GOAL = "抚育中幼林，补植苗木，改善林分质量。"


def read(text: str) -> Submission:
    [submission] = read_input("a.txt", text.encode())
    return submission


def form(money: str, goal: str, name: str = "中幼林抚育", area: int = 1200) -> str:
    return HEAD.format(name=name) + money + goal + ROWS.format(area=area)


def one(text: str) -> Form:
    [only] = read(text).forms
    assert len(only.indicators) == 5
    return only


@pytest.mark.parametrize(
    "label",
    ["年\n度\n总\n体\n目\n标", "年\n度\n绩\n效\n目\n标", "绩\n效\n目\n标", "年度\n总体\n目标"],
)
def test_a_label_printed_downwards_is_no_part_of_the_goal(label: str) -> None:
    found = one(form("年度资金总额（万元）\n60.00\n", f"{label}\n{GOAL}\n"))
    assert found.goal.annual == GOAL


@pytest.mark.parametrize(
    "money",
    [
        "项目金额（万元）\n60.00\n资金来源\n财政性资金\n50.00\n其他资金\n10.00\n",
        "年度资金总额（万元）\n60.00\n资金来源：\n财政拨款\n50.00\n其他资金\n10.00\n",
        "年度资金总额（万元） 60.00\n资金来源 财政拨款 50.00 其他资金 10.00\n",
    ],
)
def test_the_sources_below_their_head_are_money(money: str) -> None:
    found = one(form(money, f"绩效目标\n{GOAL}\n"))
    assert found.goal.annual == GOAL
    assert found.total_yuan == 600_000 or found.annual_yuan == 600_000
    assert 100_000 in (found.funding_annual.other, found.funding_period.other)


def test_where_the_money_comes_from_in_words_is_no_amount() -> None:
    found = one(form("资金来源\n财政拨款\n年度资金总额（万元）\n60.00\n", f"绩效目标\n{GOAL}\n"))
    assert (found.annual_yuan, found.goal.annual) == (600_000, GOAL)


@pytest.mark.parametrize(
    "heading",
    ["项目二", "【项目2】", "第二个项目：", "二、林区道路养护", "2.林区道路养护", "附件2-1", "表二\n林区道路养护"],
)  # fmt: skip
def test_the_heading_of_the_next_form_is_no_part_of_a_value(heading: str) -> None:
    money, goal = "年度资金总额（万元）\n60.00\n", f"年度目标\n{GOAL}\n"
    both = form(money, goal) + f"\n{heading}\n" + form(money, goal, "林区道路养护", 15)
    first, second = read(both).forms
    assert (first.project, second.project) == ("中幼林抚育", "林区道路养护")
    assert first.indicators[-1].value == second.indicators[-1].value == "≥90%"


def test_a_value_that_counts_projects_stays_above_the_next_form() -> None:
    money, goal = "年度资金总额（万元）\n60.00\n", f"年度目标\n{GOAL}\n"
    whole = (
        form(money, goal).removesuffix("≥90%\n") + "3个项目\n" + form(money, goal, "林区道路养护")
    )
    first, _ = read(whole).forms
    assert first.indicators[-1].value == "3个项目"


LAYOUT = """
  项目名称        {name}
  主管部门        青溪县林业局          实施单位      青溪县林场
  项目资金        年度资金总额          60.00
  （万元）        其中：财政拨款        60.00
  年度绩效目标    抚育中幼林，补植苗木，改善林分质量。
  一级指标        二级指标              三级指标              指标值
  产出指标        数量指标              抚育面积              ≥1200亩
                  质量指标              成活率                ≥90%
{page}
                  时效指标              完成时间              11月底前
  效益指标        生态效益指标          新增林木蓄积          ≥300立方米
  满意度指标      服务对象满意度指标    林农满意度            ≥90%
"""
TITLE = "                 项目支出绩效目标表\n                     （2025年度）"


@pytest.mark.parametrize(("first", "sign"), [(1, ""), (7, ""), (12, ""), (3, "-")])
@pytest.mark.parametrize("indent", [0, 30, 70])
@pytest.mark.parametrize("head", ["", "\n      青溪县林业局2025年部门预算"])
def test_page_numbers_that_count_through_the_text(
    first: int, sign: str, indent: int, head: str
) -> None:
    numbers = [f"{sign}{first + n}{sign}" for n in range(3)]
    text = "".join(
        TITLE + LAYOUT.format(name=f"抚育{number}号", page=" " * indent + number + head)
        for number in numbers
    )
    found = read(text).forms
    assert len(found) == 3
    for each in found:
        assert [(row.name, row.value) for row in each.indicators] == [
            ("抚育面积", "≥1200亩"),
            ("成活率", "≥90%"),
            ("完成时间", "11月底前"),
            ("新增林木蓄积", "≥300立方米"),
            ("林农满意度", "≥90%"),
        ]


def test_bare_numbers_that_do_not_count_pages_stay() -> None:
    """Values in a line of their own: other bare numbers stand among them."""
    money, goal = "年度资金总额（万元）\n60.00\n", f"年度目标\n{GOAL}\n"
    forms = [
        form(money, goal, f"抚育{n}号").replace("≥90%\n时", f"{n}\n时").replace("≥300立方米", "300")
        for n in (1, 2, 3)
    ]
    found = read("".join(forms)).forms
    assert [[row.value for row in each.indicators][1] for each in found] == ["1", "2", "3"]
