"""A table whose text comes column after column: read where the columns agree, else told."""

from __future__ import annotations

import pytest

from scorer.forms import Submission
from scorer.layouts import read_submission
from scorer.readers import read_document

HEAD = """项目支出绩效目标表
（2025年度）
项目名称
湿地保护修复
主管部门
浅湾县林业局
年度资金总额（万元）
88.00
年度目标
修复湿地1200亩，改善候鸟栖息环境。
""".splitlines()
ONE = "产出指标 产出指标 产出指标 产出指标 效益指标 满意度指标".split()
TWO = "数量指标 数量指标 质量指标 时效指标 生态效益指标 服务对象满意度指标".split()
NAMES = "修复湿地面积 补植芦苇 苗木成活率 完成时间 候鸟种类 周边群众满意度".split()
VALUES = "≥1200亩 ≥300亩 ≥90% 11月底前 ≥120种 ≥90%".split()
# two rows that keep their cells together
LAST = [ONE[4], TWO[4], NAMES[4], ONE[5], TWO[5], NAMES[5]]
FOOT = ["填报人：张三"]


def read(lines: list[str], parted: str = "\n") -> Submission:
    (document,) = read_document("目标.txt", parted.join([*HEAD, *lines]).encode())
    return read_submission(document)


def down(one: list[str], two: list[str], names: list[str], values: list[str]) -> list[str]:
    return ["一级指标", *one, "二级指标", *two, "三级指标", *names, "指标值", *values]


@pytest.mark.parametrize("parted", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "lines",
    [
        down(ONE, TWO, NAMES, VALUES),
        [*down(ONE[3:], TWO, NAMES, VALUES), *FOOT],
        ["序号", *"123456", *down(ONE, TWO, NAMES, VALUES), "备注"],
        ["一级指标", "二级指标", "三级指标", "指标值", *ONE, *TWO, *NAMES, *VALUES],
        # the last rows keep their cells together
        [
            "一级指标",
            *ONE[:4],
            "二级指标",
            *TWO[:4],
            "三级指标",
            *NAMES[:4],
            *LAST,
            "指标值",
            *VALUES,
        ],
    ],
    ids=["plain", "merged", "serials", "heads-above", "rows-together"],
)
def test_the_columns_make_rows(lines: list[str], parted: str) -> None:
    got = read(lines, parted)
    (form,) = got.forms
    assert [(x.level1, x.level2, x.name, x.value) for x in form.indicators] == list(
        zip(ONE, TWO, NAMES, VALUES, strict=True)
    )
    assert form.goal.annual == HEAD[-1]
    (problem,) = got.problems
    assert "逐列" in problem.message
    assert not problem.lost


@pytest.mark.parametrize(
    "lines",
    [
        down(ONE, TWO, NAMES, VALUES[:-1]),
        down(ONE[3:], TWO[1:], NAMES, VALUES),
        down(ONE, TWO, [NAMES[-1], *NAMES[:-1]], VALUES),
        down(ONE, TWO, NAMES, [VALUES[2], *VALUES[3:], *VALUES[:2]]),
        down(ONE[::-1], TWO, NAMES, VALUES),
    ],
    ids=["value-missing", "level-merged", "names-moved", "values-moved", "levels-moved"],
)
def test_columns_that_do_not_agree_are_told_and_not_read(lines: list[str]) -> None:
    got = read(lines)
    (form,) = got.forms
    assert form.indicators == ()
    assert any("逐列" in problem.message and problem.place.line == 11 for problem in got.problems)


def test_rows_one_cell_a_line_are_no_columns() -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    cells = [cell for row in zip(ONE, TWO, NAMES, VALUES, strict=True) for cell in row]
    got = read([*heads, *cells])
    (form,) = got.forms
    assert [(x.level1, x.level2, x.name, x.value) for x in form.indicators] == list(
        zip(ONE, TWO, NAMES, VALUES, strict=True)
    )
    assert got.problems == ()
