"""Tables of a text that a page's end cuts, and rows that lost their blank cells."""

from __future__ import annotations

import pytest

from scorer.forms import Form
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.preamble import understand
from scorer.layouts.text.placed import _centred
from scorer.layouts.words import words
from scorer.pipeline import read_input

HEAD = """项目支出绩效目标表
（2025年度）
项目名称\t乡村教师培训\t实施单位\t青岑县教师进修学校\t\t
年度资金总额（万元）\t26.00\t\t\t\t
年度目标\t培训乡村教师200名。\t\t\t\t
"""


def rows(text: str) -> list[tuple[str, str]]:
    [submission] = read_input("a.txt", text.encode())
    [form] = submission.forms
    return _pairs(form)


def _pairs(form: Form) -> list[tuple[str, str]]:
    return [(row.name, row.value) for row in form.indicators]


def test_a_page_number_between_rows_is_no_value() -> None:
    text = HEAD + (
        "一级指标\t二级指标\t三级指标\t指标值\t\t\n"
        "产出指标\t数量指标\t培训教师人数\t≥200人\t\t\n"
        "12\n"
        "产出指标\t质量指标\t培训合格率\t≥95%\t\t\n"
        "效益指标\t社会效益指标\t惠及学校\t≥30所\t\t\n"
    )
    assert rows(text) == [("培训教师人数", "≥200人"), ("培训合格率", "≥95%"), ("惠及学校", "≥30所")]


@pytest.mark.parametrize("sign", ["大于等于", "≥"])
def test_a_number_that_the_row_above_asks_for_is_its_value(sign: str) -> None:
    text = HEAD.replace("\t\t\n", "\n").replace("\t\t\n", "\n") + (
        "一级指标\t二级指标\t三级指标\t指标值\n"
        f"产出指标\t数量指标\t培训教师人数\t{sign}\n"
        "200\n"
        "产出指标\t质量指标\t培训合格率\t≥95%\n"
        "效益指标\t社会效益指标\t惠及学校\t≥30所\n"
    )
    assert rows(text)[0] == ("培训教师人数", f"{sign}200")


def test_rows_go_on_behind_the_blank_lines_of_a_page_end() -> None:
    text = HEAD + (
        "一级指标\t二级指标\t三级指标\t指标值\t备注\t\n"
        "产出指标\t数量指标\t培训教师人数\t≥200人\t\t\n"
        "\n\n"
        "\t质量指标\t培训合格率\t≥95%\t\t\n"
        "效益指标\t社会效益指标\t惠及学校\t≥30所\t\t\n"
    )
    assert rows(text) == [("培训教师人数", "≥200人"), ("培训合格率", "≥95%"), ("惠及学校", "≥30所")]


def test_rows_that_lost_blank_cells_move_back_below_their_sign() -> None:
    text = HEAD + (
        "一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\n"
        "产出指标\t数量指标\t培训教师人数\t≥\t200\t人\n"
        "培训期数\t=\t4\t期\t\t\n"
        "质量指标\t培训合格率\t≥\t95\t%\t\n"
    )
    assert rows(text) == [("培训教师人数", "≥200人"), ("培训期数", "=4期"), ("培训合格率", "≥95%")]


def test_a_column_of_kinds_left_of_the_signs_moves_nothing() -> None:
    text = HEAD.replace("\t\t\n", "\t\t\t\t\n") + (
        "一级指标\t二级指标\t三级指标\t指标类型\t计算符号\t指标值\t计量单位\t备注\n"
        "产出指标\t数量指标\t培训教师人数\t定量\t≥\t200\t人\t\n"
        "产出指标\t质量指标\t培训合格率\t定量\t≥\t95\t%\t抽查\n"
    )
    assert rows(text) == [("培训教师人数", "≥200人"), ("培训合格率", "≥95%")]


def test_a_short_name_below_a_value_is_the_next_rows() -> None:
    text = """项目支出绩效目标表
（2025年度）
项目名称 农村公路养护 实施单位 青岑县公路站
年度资金总额（万元） 260.00
年度目标
养护道路200公里。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护道路里程 ≥200公里
桥梁养护
≥6座
涵洞
≥20道
满意度指标 服务对象满意度指标 群众满意度 ≥90%
"""
    assert ("涵洞", "≥20道") in rows(text)


def test_a_name_around_its_value_is_one() -> None:
    text = """项目支出绩效目标表
（2025年度）
项目名称 乡村公益性岗位 实施单位 青岑县就业中心
年度资金总额（万元） 260.00
年度目标
安置脱贫人口200名。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 安置人数 ≥200人
乡镇公益性岗位开发
质量指标 =100%
覆盖率
满意度指标 服务对象满意度指标 群众满意度 ≥90%
"""
    assert ("乡镇公益性岗位开发覆盖率", "=100%") in rows(text)


def test_what_a_year_before_came_to_is_no_self_review() -> None:
    """Alone «2024年完成值» is what was reached of this year's target."""
    assert role_of("2024年完成值", words()) == "actual"
    text = HEAD + (
        "一级指标\t二级指标\t三级指标\t2024年完成值\t2025年目标值\t备注\n"
        "产出指标\t数量指标\t培训教师人数\t180人\t≥200人\t\n"
        "产出指标\t质量指标\t培训合格率\t94%\t≥95%\t\n"
    )
    [submission] = read_input("a.txt", text.encode())
    [form] = submission.forms
    assert [(row.value, row.baseline) for row in form.indicators] == [
        ("≥200人", "180人"),
        ("≥95%", "94%"),
    ]
    assert "self_review" not in {problem.code for problem in submission.problems}


def test_a_year_in_a_line_of_labels_takes_nothing_with_it() -> None:
    said = understand("单位名称：青岑县财政局  年度：2024  单位：万元", words())
    assert said is not None
    assert [(label.name, text) for label, text in said.pairs] == [("unit", "青岑县财政局")]
    assert said.year == 2024


def test_more_lines_than_rows_could_hold_are_still_shared_out() -> None:
    parts = [[(n, "甲")] for n in range(40)]
    assert sum(map(len, _centred(parts, [3.0]))) == 40
