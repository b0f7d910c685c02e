"""Where each cell of a row stands: what a correction is written into."""

from __future__ import annotations

from scorer.forms import Form, Indicator
from tests.gridtext import read, table


def at(row: Indicator, role: str) -> list[tuple[int | None, int | None]]:
    return [(place.row, place.column) for place in row.cells.get(role, ())]


def only_form(text: str) -> Form:
    (form,) = read("项目支出绩效目标表", table(text)).forms
    return form


def test_two_halves_each_with_its_own_cells() -> None:
    form = only_form(
        """项目名称 | 水库清淤>6
        一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
        产出指标^2 | 数量指标^2 | 清淤量 | ≥3万方 | 数量指标^2 | 清淤量 | ≥1万方
        船只 | | 船只 | 2艘"""
    )
    period, annual = form.of_phase("period"), form.of_phase("annual")
    assert at(period[0], "value") == [(3, 4)]
    assert at(annual[0], "value") == [(3, 7)]
    assert (period[1].value, at(period[1], "value")) == ("", [(4, 4)])  # a blank cell has a place
    assert at(annual[1], "level2") == [(3, 5)]  # merged: the cell stands in the row above


def test_sign_number_and_unit_in_three_columns() -> None:
    form = only_form(
        """项目名称 | 夜间照明>5
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位
        产出指标 | 质量指标 | 亮灯率 | ≥ | 98 | %"""
    )
    (row,) = form.indicators
    assert row.value == "≥98%"
    assert [at(row, role) for role in ("sign", "value", "unit")] == [[(3, 4)], [(3, 5)], [(3, 6)]]


def test_one_head_over_three_columns() -> None:
    form = only_form(
        """项目名称 | 夜间照明>5
        一级指标 | 二级指标 | 三级指标 | 指标值>3
        产出指标 | 质量指标 | 亮灯率 | ≥ | 98 | %"""
    )
    (row,) = form.indicators
    assert row.value == "≥98%"
    assert at(row, "value") == [(3, 4), (3, 5), (3, 6)]


def test_blank_template_rows_are_room_for_more() -> None:
    form = only_form(
        """项目名称 | 夜间照明>3
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标^3 | 数量指标^2 | 灯数 | 20盏
        指标2： |
        成本指标 | |
        效益指标 | 社会效益指标 | 受益人数 | 1万人"""
    )
    assert [i.name for i in form.indicators] == ["灯数", "受益人数"]
    assert [(i.level1, i.level2, at(i, "name"), at(i, "value")) for i in form.spare] == [
        ("产出指标", "数量指标", [(4, 3)], [(4, 4)]),
        ("产出指标", "成本指标", [(5, 3)], [(5, 4)]),
    ]


def test_cells_do_not_make_forms_differ() -> None:
    row = Indicator("产出指标", "数量指标", "灯数", "20盏")
    (told,) = only_form(
        """项目名称 | 夜间照明>3
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 灯数 | 20盏"""
    ).indicators
    assert told.cells
    assert (told.level2, told.name, told.value) == (row.level2, row.name, row.value)
    assert hash(told) == hash(Indicator(**{n: getattr(told, n) for n in _FIELDS}))


_FIELDS = ("level1", "level2", "name", "value", "phase", "place")
