"""Lists with a column for each level 2 and sentences below; invented tables only."""

from __future__ import annotations

import pytest

from .gridtext import one, read, rows, table

TITLE = "项目支出绩效目标表"
CRANE = [
    "产出/数量/巡护人次=≥300人次",
    "产出/数量/设置界桩=≥20根",
    "产出/时效/设置完成时间=6月底前",
    "效益/生态效益/越冬白鹤数量=≥900只",
]
LIST = """
项目名称^2 | 预算金额^2 | 年度绩效目标^2 | 产出指标>2 | 效益指标>2
数量指标 | 时效指标 | 社会效益指标 | 生态效益指标
湿地巡护 | 40 | 巡护湿地，设置界桩。 | {two} | 设置完成时间：6月底前 | | 越冬白鹤数量≥900只
观鸟屋维修 | 12.5 | 维修观鸟屋3处。 | 维修观鸟屋≥3处 | | 游客满意度≥90% | 无
"""


@pytest.mark.parametrize(
    "two",
    [
        "1.巡护人次≥300人次；¶2.设置界桩≥20根；",
        "①巡护人次≥300人次 ②设置界桩≥20根",
        "巡护人次≥300人次¶设置界桩≥20根",
        "巡护人次≥300人次；设置界桩≥20根。",
        "巡护人次：≥300人次；设置界桩：≥20根",
    ],
)
def test_each_sentence_is_a_row(two: str) -> None:
    found = read(TITLE, "金额单位：万元", table(LIST.format(two=two))).forms
    assert [(f.project, f.annual_yuan, f.goal.annual) for f in found] == [
        ("湿地巡护", 400000, "巡护湿地，设置界桩。"),
        ("观鸟屋维修", 125000, "维修观鸟屋3处。"),
    ]
    assert rows(found[0], "annual") == CRANE
    assert rows(found[1], "annual") == [
        "产出/数量/维修观鸟屋=≥3处",
        "效益/社会效益/游客满意度=≥90%",
    ]


def test_levels_without_level_1_and_columns_behind_them() -> None:
    body = """
    单位名称 | 项目名称 | 数量指标 | 时效指标 | 生态效益指标 | 预算金额（元） | 备注
    湖管站 | 湿地巡护 | 巡护人次≥300人次¶设置界桩≥20根 | 设置完成时间：6月底前 | 越冬白鹤数量≥900只 | 400,000 | 延续
    """
    form = one(TITLE, table(body))
    assert (form.unit, form.project, form.annual_yuan) == ("湖管站", "湿地巡护", 400000)
    assert rows(form, "annual") == CRANE


def test_form_of_one_project_with_a_row_below_the_levels() -> None:
    body = """
    项目名称 | 湿地巡护>3
    年度目标 | 巡护湿地，设置界桩。>3
    绩效指标^2 | 数量指标 | 时效指标 | 生态效益指标
    1.巡护人次≥300人次¶2.设置界桩≥20根 | 设置完成时间：6月底前 | 越冬白鹤数量≥900只
    填报人：甲 | 联系电话：1>3
    """
    form = one(TITLE, table(body))
    assert rows(form, "annual") == CRANE
    assert (form.project, form.handler) == ("湿地巡护", "甲")


def test_two_such_lists_on_a_sheet() -> None:
    body = LIST.format(two="巡护人次≥300人次").strip()
    other = body.replace("湿地巡护", "湖岸保洁").replace("观鸟屋维修", "栈道维修")
    found = read(TITLE, table(f"{body}\n{TITLE}>7\n{other}")).forms
    assert [f.project for f in found] == ["湿地巡护", "观鸟屋维修", "湖岸保洁", "栈道维修"]


def test_columns_of_level_1_with_the_levels_below_in_the_sentences() -> None:
    body = """
    项目名称 | 预算金额（万元） | 绩效目标 | 产出指标 | 效益指标 | 满意度指标
    湿地巡护 | 40 | 巡护湿地。 | 数量指标：巡护人次≥300人次；设置界桩≥20根；时效指标：设置完成时间：6月底前 | 生态效益指标：越冬白鹤数量≥900只 | 游客满意度≥90%
    """
    form = one(TITLE, table(body))
    assert rows(form, "annual") == [*CRANE, "满意度/服务对象满意度/游客满意度=≥90%"]


def test_weights_of_the_levels_are_no_list() -> None:
    body = """
    项目名称 | 湿地巡护>3
    成本指标 | 产出指标 | 效益指标 | 满意度指标
    20 | 40 | 30 | 10
    """
    assert not any(form.indicators for form in read(TITLE, table(body)).forms)
