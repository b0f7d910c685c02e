"""Indicators typed as a list of sentences; tables that look like one are read as tables."""

from __future__ import annotations

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
