"""What stands below a form's last row is no row, and no row below a page's end is lost."""

from __future__ import annotations

import pytest

from scorer.layouts import read_submission
from scorer.readers import read_document

FORM = """项目支出绩效目标表
（2024年度）
项目名称 乡村道路养护 实施单位 青石县公路站
主管部门 青石县交通局
项目资金（万元） 年度资金总额： 36.00
年度目标
完成养护30公里。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护里程 ≥30公里
满意度指标 服务对象满意度指标 群众满意度 ≥90%
"""
NONE: list[tuple[str, str]] = []


@pytest.mark.parametrize("gap", [" ", "    ", "\t"])
@pytest.mark.parametrize(
    ("below", "more"),
    [
        ("青石县公路站\n2024年1月15日\n", NONE),
        ("2024年1月15日\n", NONE),
        ("\n青石县养护中心办公室\n", NONE),
        ("以上目标已经局党组会议审定，现予公开。\n", NONE),
        ("注：1.各单位据实填写。\n2.指标值应当量化。\n", NONE),
        ("主管部门审核意见： 同意。 （盖章） 2024年1月16日\n", NONE),
        ("其他需要说明的问题 无\n", NONE),
        ("（公章）\n", NONE),
        ("司机满意度 ≥85%\n\n青石县公路站\n", [("司机满意度", "≥85%")]),
        ("— 3 —\n\n司机满意度 ≥85%\n", [("司机满意度", "≥85%")]),
    ],
)
def test_below_the_last_row(below: str, more: list[tuple[str, str]], gap: str) -> None:
    text = (FORM + below).replace(" ", gap)
    (document,) = read_document("目标.txt", text.encode())
    (form,) = read_submission(document).forms
    rows = [(row.name, row.value) for row in form.indicators]
    assert rows == [("养护里程", "≥30公里"), ("群众满意度", "≥90%"), *more]
