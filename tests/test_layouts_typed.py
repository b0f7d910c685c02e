"""Indicators typed as a list of sentences; tables that look like one are read as tables."""

from __future__ import annotations

import pytest

from scorer.forms import Submission
from scorer.layouts import read_submission
from scorer.readers import read_document

HEAD = """项目支出绩效目标表（2025年度）
项目名称：乡村小规模学校取暖
实施单位：青石县教育局
项目资金：36.5万元，其中：中央资金20万元、县级资金16.5万元
年度目标：保障12所学校冬季取暖。
绩效指标：
"""


def read(text: str) -> Submission:
    (document,) = read_document("目标.txt", text.encode())
    return read_submission(document)


def rows(submission: Submission) -> list[tuple[str, str, str]]:
    (form,) = submission.forms
    return [(row.level2, row.name, row.value) for row in form.indicators]


def test_several_indicators_in_one_line_and_lines_that_go_on() -> None:
    got = read(
        HEAD
        + """1.数量指标：取暖学校：12所；取暖天数：≥150天。
2.质量指标：教室室温达标率：
≥95%（每月抽查一次）
3.时效指标：燃料采购完成时间：10月底前
4.社会效益指标：受益学生：不少于1860名
"""
    )
    assert rows(got) == [
        ("数量指标", "取暖学校", "12所"),
        ("数量指标", "取暖天数", "≥150天"),
        ("质量指标", "教室室温达标率", "≥95%（每月抽查一次）"),
        ("时效指标", "燃料采购完成时间", "10月底前"),
        ("社会效益指标", "受益学生", "不少于1860名"),
    ]
    (form,) = got.forms
    assert form.annual_yuan == 365_000 or form.total_yuan == 365_000
    assert got.problems == ()


def test_a_value_that_only_its_figure_tells_is_in_doubt() -> None:
    got = read(
        HEAD
        + """数量指标：取暖学校12所
质量指标：室温达标率：≥95%
时效指标：采购完成时间：10月底前
满意度指标：师生满意度≥90%
"""
    )
    assert rows(got)[0] == ("数量指标", "取暖学校", "12所")
    assert rows(got)[-1] == ("服务对象满意度指标", "师生满意度", "≥90%")
    (problem,) = got.problems
    assert problem.place.line == 7
    assert not problem.lost


def test_cells_one_a_line_with_the_templates_numbers_are_no_list() -> None:
    cells = "产出指标 数量指标 指标1：取暖学校 12所 质量指标 指标1：室温达标率 ≥95% 时效指标 指标1：采购时间 10月底前"
    got = read(HEAD + "一级指标\n二级指标\n三级指标\n指标值\n" + "\n".join(cells.split()) + "\n")
    assert rows(got) == [
        ("数量指标", "取暖学校", "12所"),
        ("质量指标", "室温达标率", "≥95%"),
        ("时效指标", "采购时间", "10月底前"),
    ]


TYPED = """（{open}）项目名称{sign}古树名木保护
主管部门{sign}岭东县林业局
实施单位{sign}岭东县林业工作站
年度资金总额{sign}15.6万元
年度绩效目标{sign}对312株古树名木挂牌保护，
复壮23株。
绩效指标：
一、产出指标
1.数量指标
（1）挂牌古树{sign}312株
2.质量指标
（1）挂牌准确率{sign}≥98%
3.时效指标
（1）挂牌时间{sign}全年
二、满意度指标
1.服务对象满意度指标
（1）群众满意度{sign}≥90%
"""


@pytest.mark.parametrize("number", ["一", "1"])
@pytest.mark.parametrize("sign", ["：", ": ", " ： ", "——"])
def test_numbered_labels_whatever_parts_them_from_their_texts(number: str, sign: str) -> None:
    got = read(TYPED.format(open=number, sign=sign))
    (form,) = got.forms
    assert (form.project, form.department, form.unit) == (
        "古树名木保护",
        "岭东县林业局",
        "岭东县林业工作站",
    )
    assert form.annual_yuan == 156_000
    assert (form.goal.period, form.goal.annual) == (None, "对312株古树名木挂牌保护，复壮23株。")
    assert rows(got) == [
        ("数量指标", "挂牌古树", "312株"),
        ("质量指标", "挂牌准确率", "≥98%"),
        ("时效指标", "挂牌时间", "全年"),
        ("服务对象满意度指标", "群众满意度", "≥90%"),
    ]
    assert got.problems == ()


def test_several_forms_whose_labels_are_numbered_with_a_space_behind() -> None:
    form = """{n}、项目信息
1. 项目名称：{project}
2. 主管部门：云溪县住房和城乡建设局
3. 绩效目标：管护好公厕，
方便市民。
4. 绩效指标
① 产出指标
数量指标 管护公厕：56座
质量指标 保洁达标率：≥95%
② 满意度指标
服务对象满意度指标 市民满意度：≥88%
"""
    got = read(form.format(n="一", project="公厕管护") + form.format(n="二", project="旱厕改造"))
    assert [x.project for x in got.forms] == ["公厕管护", "旱厕改造"]
    for one in got.forms:
        assert (one.department, one.goal.annual) == (
            "云溪县住房和城乡建设局",
            "管护好公厕，方便市民。",
        )
        assert [(row.level2, row.name, row.value) for row in one.indicators] == [
            ("数量指标", "管护公厕", "56座"),
            ("质量指标", "保洁达标率", "≥95%"),
            ("服务对象满意度指标", "市民满意度", "≥88%"),
        ]


def test_a_numbered_heading_names_the_project() -> None:
    form = """项目{n}：{project}
主管部门：寿泽县文化和旅游局
预算金额：22万元
年度目标：办好活动。
产出指标：
数量指标：
- 演出场次：≥80场
质量指标：
- 演出完成率：100%
满意度指标：
- 观众满意度：≥92%

"""
    got = read(form.format(n="一", project="送戏下乡") + form.format(n="二", project="非遗传承"))
    assert [(x.project, x.annual_yuan) for x in got.forms] == [
        ("送戏下乡", 220_000),
        ("非遗传承", 220_000),
    ]
    assert [len(x.indicators) for x in got.forms] == [3, 3]


def test_short_names_of_levels_are_sure_where_they_are_numbered() -> None:
    got = read(
        HEAD
        + """（一）产出
1、数量
取暖学校    12所
2、质量
室温达标率    ≥95%
（二）满意度
1、服务对象满意度
师生满意度    ≥90%
"""
    )
    assert rows(got) == [
        ("数量指标", "取暖学校", "12所"),
        ("质量指标", "室温达标率", "≥95%"),
        ("服务对象满意度指标", "师生满意度", "≥90%"),
    ]
    (form,) = got.forms
    assert form.goal.annual == "保障12所学校冬季取暖。"


def test_a_numbered_description_of_a_project_is_no_form() -> None:
    got = read(
        """项目经费情况说明
一、项目名称：古树名木保护
二、项目概述：对312株古树名木挂牌保护。
三、立项依据：《城市古树名木保护管理办法》。
四、实施主体：岭东县林业工作站
五、实施周期：一年
六、年度预算安排：15.6万元。
七、绩效目标：古树名木得到保护。
"""
    )
    assert got.forms == ()


@pytest.mark.parametrize("sign", [" / ", "/", "，", "—", "→", " "])
def test_a_list_without_colons_shares_its_own_way_to_part_name_and_value(sign: str) -> None:
    listed = (
        f"产出指标\n数量指标：改造锅炉房{sign}12处；更换暖气片{sign}800组。\n"
        f"时效指标：供暖时间{sign}每年11月起。\n成本指标：无。\n"
        f"效益指标\n社会效益指标：师生取暖条件{sign}明显改善。\n"
    )
    submission = read(
        "项目名称：冬季取暖\n主管部门：某县教育局\n年度资金：36万元，全部为县级资金。\n"
        + HEAD[HEAD.index("年度目标") :]
        + listed
    )
    assert rows(submission) == [
        ("数量指标", "改造锅炉房", "12处"),
        ("数量指标", "更换暖气片", "800组"),
        ("时效指标", "供暖时间", "每年11月起"),
        ("社会效益指标", "师生取暖条件", "明显改善"),
    ]
    assert not submission.problems
    assert submission.forms[0].annual_yuan == 360_000
