"""What only the whole document tells: its unit, a form's year and money, what is no budget table."""

from __future__ import annotations

import pytest

from .gridtext import one, read, rows, table

ROWS = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 巡河次数 | 48次
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90%
"""
HEBEI = """
312001 {unit}>4 | 单位：万元
项目编码 | 1309P{n} | 项目名称 | {name}>2
预算规模及资金用途 | 预算数 | 36.5 | 财政资金 | 36.5
资金支出计划（%） | 3月底 | 6月底 | 12月底 |
 | 20 | 60 | 100 |
绩效目标 | 巡河48次。>4
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 巡河次数 | 48 |
 | 质量指标 | 出勤率 | 98 |
满意度指标 | 服务对象满意度指标 | 村民满意度 | 90 |
"""


def hebei(n: int, name: str, unit: str = "临溪县水务局") -> str:
    return HEBEI.format(n=n, name=name, unit=unit)


def test_a_form_with_its_budget_rows_is_no_budget_table() -> None:
    grids = [table(hebei(n, name)) for n, name in enumerate(("巡河护河", "河道清淤"))]
    made = read("2025年项目支出预算明细表", "单位：万元", *grids)
    assert [f.project for f in made.forms] == ["巡河护河", "河道清淤"]
    assert [f.annual_yuan for f in made.forms] == [365000, 365000]
    assert made.ledger.projects == ()
    assert made.ledger.tables == ()


def test_a_budget_table_above_a_form_in_one_grid_stays_a_budget_table() -> None:
    sheet = """
    2025年项目支出预算表>5
    项目名称 | 预算数（万元）>4
    巡河护河 | 36.5>4
    河道清淤 | 20>4
    项目支出绩效目标表>5
    """ + hebei(1, "巡河护河")
    made = read(table(sheet))
    assert [(a.name, a.yuan) for a in made.ledger.projects] == [
        ("巡河护河", 365000),
        ("河道清淤", 200000),
    ]
    assert [f.project for f in made.forms] == ["巡河护河"]


def test_a_unit_row_below_indicators_is_no_indicator() -> None:
    made = read(table(hebei(1, "巡河护河") + hebei(2, "河道清淤")))
    assert [(f.project, len(f.indicators)) for f in made.forms] == [
        ("巡河护河", 3),
        ("河道清淤", 3),
    ]
    assert made.forms[1].unit == "临溪县水务局"


def test_a_chapter_heading_in_a_table_is_no_label() -> None:
    grid = table("二、项目绩效目标>4\n项目名称 | 巡河护河>3\n年度目标 | 巡河。>3\n" + ROWS.strip())
    assert one(grid).project == "巡河护河"


# --- one sum, one half --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "annual"),
    [("1年", 900000), ("2025年1月—2025年12月", 900000), ("2025—2027年", 900000), ("三年", None)],
)
def test_the_only_sum_of_a_yearly_form_is_the_years(period: str, annual: int | None) -> None:
    """A form with nothing but the year's goal and rows asks for the year's money, however long the
    project takes; where no year is known, a longer project's sum may be that of all years."""
    head = f"""
    项目名称 | 巡河护河 | 项目期 | {period}
    项目资金（万元） | 资金总额 | 90>2
    年度目标 | 巡河。>3
    """
    form = one("项目支出绩效目标表", table(head + ROWS.strip()))
    assert (form.total_yuan, form.annual_yuan) == (900000, annual)


def test_a_blank_yearly_sum_stays_blank() -> None:
    head = """
    项目名称 | 巡河护河>3
    实施期资金总额 | 90万元 | 年度资金总额 | |
    年度目标 | 巡河。>3
    """
    form = one("项目支出绩效目标表", table(head + ROWS.strip()))
    assert (form.total_yuan, form.annual_yuan) == (900000, None)


def test_the_sum_of_a_form_with_a_longer_half_is_not_the_years() -> None:
    head = "项目名称 | 巡河护河>3\n资金总额 | 90万元>3\n中期目标 | 三年。>3\n年度目标 | 巡河。>3\n"
    form = one("项目支出绩效目标表", table(head + ROWS.strip()))
    assert (form.total_yuan, form.annual_yuan) == (900000, None)


# --- whose forms --------------------------------------------------------------------------------


def unit_of(*units: str, title: str = "项目支出绩效目标表") -> str | None:
    grids = [
        table(f"项目名称 | 甲{n}>3\n{unit}\n年度目标 | 巡河。>3\n" + ROWS.strip())
        for n, unit in enumerate(units)
    ]
    return read(*(block for grid in grids for block in (title, grid))).unit


def test_the_unit_of_the_forms_is_the_documents() -> None:
    assert unit_of("实施单位 | 临溪县河道所>3", "实施单位 | 临溪县河道所>3") == "临溪县河道所"


def test_units_of_one_department() -> None:
    row = "主管部门 | 临溪县水务局 | 实施单位 | 临溪县{}所"
    assert unit_of(row.format("河道"), row.format("水库")) == "临溪县水务局"


def test_the_unit_in_the_title() -> None:
    title = "临溪县水务局2025年部门预算项目支出绩效目标表"
    assert unit_of("项目属性 | 延续>3", title=title) == "临溪县水务局"
    assert unit_of("项目属性 | 延续>3", title="2025年县级项目支出绩效目标表") is None


def test_rows_of_every_form_are_kept() -> None:
    assert rows(one(table(hebei(1, "巡河护河"))))[0] == "annual:产出/数量/巡河次数=48"
