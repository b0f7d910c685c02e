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


CARD = """项目支出绩效目标表
（2025年度）
项目名称 中幼林抚育
{names}
{money}
年度目标 抚育中幼林，补植苗木，改善林分质量。
{head}
{rows}
"""
NAMES = "主管部门 青溪县林业局 实施单位 青溪县林场"
MONEY = "年度资金总额（万元） 60.00"
LEVELS = "一级指标 二级指标 三级指标 指标值"
FOUR = """产出指标 数量指标 抚育面积 ≥1200亩
质量指标 成活率 ≥90%
效益指标 生态效益指标 新增林木蓄积 ≥300立方米
满意度指标 服务对象满意度指标 林农满意度 ≥90%"""
EXPECTED = [
    ("数量指标", "抚育面积", "≥1200亩"),
    ("质量指标", "成活率", "≥90%"),
    ("生态效益指标", "新增林木蓄积", "≥300立方米"),
    ("服务对象满意度指标", "林农满意度", "≥90%"),
]


def card(names: str = NAMES, money: str = MONEY, head: str = LEVELS, rows: str = FOUR) -> Form:
    [only] = read(CARD.format(names=names, money=money, head=head, rows=rows)).forms
    assert [(row.level2, row.name, row.value) for row in only.indicators] == EXPECTED
    assert only.goal.annual == GOAL
    assert (only.project, only.annual_yuan) == ("中幼林抚育", 600_000)
    return only


@pytest.mark.parametrize(
    ("names", "department", "unit"),
    [
        ("青溪县农业和林草\n主管部门 实施单位 青溪县林场\n事务局", "青溪县农业和林草事务局", "青溪县林场"),
        ("青溪县国有林场管\n主管部门 青溪县林业局 实施单位\n护站", "青溪县林业局", "青溪县国有林场管护站"),
        ("青溪县林业和 青溪县国有\n主管部门 实施单位\n草原局 林场", "青溪县林业和草原局", "青溪县国有林场"),
        ("青溪县建设和管理委\n主管部门 实施单位 青溪县林场\n员会", "青溪县建设和管理委员会", "青溪县林场"),
        ("主管部门 青溪县林业局 实施单位\n青溪县林场", "青溪县林业局", "青溪县林场"),
    ],
)  # fmt: skip
def test_names_set_in_the_middle_of_their_row(names: str, department: str, unit: str) -> None:
    found = card(names)
    assert (found.department, found.unit) == (department, unit)


def test_a_time_set_in_the_middle_of_its_row() -> None:
    found = card(f"{NAMES}\n2025年1月1日—2025年\n项目属性 经常性项目 起止时间\n12月31日")
    assert (found.attribute, found.period) == ("经常性项目", "2025年1月1日—2025年12月31日")


@pytest.mark.parametrize(
    "money",
    [
        "年度资金\n60.00 其中：财政拨款 50.00\n总额（万元）\n其他资金 10.00",
        "其中：财政\n年度资金总额（万元） 60.00 拨款 50.00\n其他资金 10.00",
        "预算申请（万元） 合计 60.00 财政拨款 50.00 其他资金 10.00",
    ],
)
def test_labels_of_money_set_in_the_middle_of_their_row(money: str) -> None:
    found = card(money=money)
    assert (found.funding_annual.city_county, found.funding_annual.other) == (500_000, 100_000)


@pytest.mark.parametrize(
    ("above", "below", "row"),
    [
        ("", "标", "效益指标 生态效益指 新增林木蓄积 ≥300立方米"),
        ("", "指标", "效益指标 生态效益 新增林木蓄积 ≥300立方米"),
        ("生态效益", "指标", "效益指标 新增林木蓄积 ≥300立方米"),
    ],
)
def test_names_of_levels_that_a_column_broke(above: str, below: str, row: str) -> None:
    whole = "效益指标 生态效益指标 新增林木蓄积 ≥300立方米"
    card(rows=FOUR.replace(whole, f"{above}\n{row}\n{below}".strip()))


@pytest.mark.parametrize("over", ["绩效目标 ", "绩效指标 "])
def test_the_title_left_of_all_levels(over: str) -> None:
    card(rows=FOUR.replace("满意度指标 服务", f"{over}满意度指标 服务"))


@pytest.mark.parametrize(
    "head",
    ["一级指标 二级指标 三级指标 半年 全年\n指标值 指标值", f"{LEVELS[:-3]}半年指标值 全年指标值"],
)
def test_the_value_of_half_a_year_is_no_target(head: str) -> None:
    halves = ("≥500亩", "≥90%", "≥100立方米", "≥85%")
    rows = [
        f"{row.rpartition(' ')[0]} {half} {row.rpartition(' ')[2]}"
        for row, half in zip(FOUR.splitlines(), halves, strict=True)
    ]
    card(head=head, rows="\n".join(rows))


def test_a_head_that_calls_level_2_an_indicator() -> None:
    rows = "数量 抚育面积 ≥1200亩\n质量 成活率 ≥90%\n生态效益 新增林木蓄积 ≥300立方米\n满意度 林农满意度 ≥90%"
    card(head="指标 绩效指标名称 目标值", rows=rows)


def twice(text: str) -> str:
    return "".join(sign * 2 if not sign.isspace() else sign for sign in text)


def test_labels_whose_every_sign_stands_twice() -> None:
    names = f"{twice('主管部门')} 青溪县林业局 {twice('实施单位')} 青溪县林场"
    found = card(names, head=twice(LEVELS))
    assert (found.department, found.unit) == ("青溪县林业局", "青溪县林场")


def test_a_word_of_doubled_signs_is_kept() -> None:
    rows = FOUR.replace("林农满意度", "家家户户满意度")
    [found] = read(CARD.format(names=NAMES, money=MONEY, head=LEVELS, rows=rows)).forms
    assert found.indicators[-1].name == "家家户户满意度"


def test_the_plan_of_payments_is_no_part_of_the_goal() -> None:
    plan = "资金支出计划 3月底 6月底 12月底\n（%） 20.00% 60.00% 100.00%"
    card(money=f"{MONEY}\n{plan}")


def test_a_unit_named_by_its_code_below_the_title() -> None:
    text = CARD.format(names="354007青溪县林场 单位：万元", money=MONEY, head=LEVELS, rows=FOUR)
    lines = text.splitlines()
    lines[2], lines[3] = lines[3], lines[2]
    [found] = read("\n".join(lines)).forms
    assert (found.unit, found.project) == ("青溪县林场", "中幼林抚育")


def test_a_table_of_another_object_below_a_form_is_no_part_of_it() -> None:
    form = CARD.format(names=NAMES, money=MONEY, head=LEVELS, rows=FOUR)
    area = """中央对地方转移支付区域绩效目标表
（2025年度）
转移支付（项目）名称 森林抚育补助
资金情况（万元） 年度金额： 4360.00
总体目标 抚育森林。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 抚育面积 ≥43万亩
"""
    submission = read(form + area)
    [only] = submission.forms
    assert len(only.indicators) == 4
    assert [problem.code for problem in submission.problems] == ["other_table"]
