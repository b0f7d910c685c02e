"""Forms in cell grids: families D to I; invented tables only."""

from __future__ import annotations

import pytest

from scorer.forms import Goal

from .gridtext import BODY, HEAD, TITLE, one, read, rows, table

# --- D to G -------------------------------------------------------------------------------


def test_shanghai() -> None:
    grid = table("""
    项目名称 | 泵站运行 | 项目类别 | 其他一次性项目
    项目性质 | 经常性 | 计划开始日期 | 2025-01-01
    主管部门 | 水务局 | 计划完成日期 | 2025-12-31
    项目资金(元)^3 | 项目资金总额 | 900,000 | 年度资金申请总额 | 300,000
    其中：财政资金 | 900,000 | 其中：当年财政拨款 | 250,000
    其他资金 | 0 | 上年结转资金 | 50,000
    项目总目标>2 | 年度总体目标>3
    三年安全运行。>2 | 全年排水。>3
    一级指标 | 二级指标 | 三级指标 | 指标目标值>2
    产出指标 | 数量指标 | 巡检次数 | =365.00(次)>2
    """)
    form = one("财政项目支出绩效目标申报表", grid)
    assert form.layout == "D"
    assert form.attribute == "经常性"
    assert form.period == "2025-01-01至2025-12-31"
    assert (form.total_yuan, form.annual_yuan) == (900000, 300000)
    assert (form.funding_annual.city_county, form.funding_annual.other) == (250000, 50000)
    assert (form.goal.period, form.goal.annual) == ("三年安全运行。", "全年排水。")
    assert rows(form) == ["annual:产出/数量/巡检次数==365.00(次)"]


def test_baselines_under_one_head() -> None:
    grid = table("""
    项目名称 | 泵站运行>5
    年度目标 | 全年排水。>5
    一级指标^2 | 二级指标^2 | 三级指标^2 | 指标值>3
    前年 | 上年 | 预计当年实现
    产出指标 | 数量指标 | 巡检次数 | 300次 | 340次 | 365次
    """)
    form = one(TITLE, grid)
    assert form.layout == "E"
    assert (form.indicators[0].value, form.indicators[0].baseline) == ("365次", "340次")


def test_standard_beside_the_value_is_no_value() -> None:
    grid = table("""
    项目名称 | 泵站运行>4
    年度目标 | 全年排水。>4
    一级指标 | 二级指标 | 三级指标 | 绩效标准 | 当年预期实现值
    产出指标 | 数量指标 | 巡检次数 | 计划标准 | 365次
    """)
    assert one(TITLE, grid).indicators[0].value == "365次"


def test_core_table_with_lines_above() -> None:
    grid = table("""
    一级指标^2 | 二级指标^2 | 三级指标^2 | 指标解释^2 | 指标值>2 | 设定依据^2 | 数据来源^2 | 分值权重^2 | 佐证资料^2
    历史值 | 年度值
    成本指标 | 经济成本指标 | 吨水电耗 | 每吨耗电 | 0.3度 | ≤0.28度 | 行业标准 | 台账 | 20 | 电费单
    """)
    form = one(
        "2025年度项目支出核心绩效目标和指标表",
        "项目名称：泵站运行",
        "主管部门：水务局    实施单位：排水所",
        "项目资金（万元）：25.5",
        "年度目标：全年排水电耗下降，保证汛期泵站设备完好率达到百分之九十八，并且按月公布",
        "运行数据。",
        grid,
    )
    row = form.indicators[0]
    assert form.layout == "F"
    assert (form.project, form.unit, form.annual_yuan) == ("泵站运行", "排水所", 255000)
    assert form.goal.annual is not None
    assert form.goal.annual.endswith("按月公布运行数据。")
    assert (row.level1, row.value, row.baseline) == ("成本指标", "≤0.28度", "0.3度")
    assert (row.explanation, row.weight) == ("每吨耗电", "20")


def test_cost_first_with_sign_unit_and_weight() -> None:
    grid = table("""
    项目名称 | 泵站运行>6
    资金情况（万元）^2 | 年度资金总额>2 | 12.345678>2 | 其中：财政拨款 | 12.345678
    其他资金>2 | / | 预算执行率权重>2 | 10
    年度绩效目标 | 全年排水。>6
    一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重
    成本指标 | 经济成本指标 | 吨水电耗 | ≤ | 0.28 | 度 | 20
    产出指标 | 质量指标 | 排水水质 | 定性 | 达标 | 无 | 30
    """)
    form = one(TITLE, grid)
    assert form.layout == "G"
    assert form.annual_yuan is not None
    assert f"{form.annual_yuan}" == "123456.78"
    assert form.funding_annual.other is None
    assert [i.value for i in form.indicators] == ["≤0.28度", "达标"]


def test_one_name_with_two_values() -> None:
    grid = table("""
    项目名称 | 泵站运行>4
    总体绩效目标 | 三年排水。>4
    年度绩效目标 | 全年排水。>4
    一级指标 | 二级指标 | 三级指标 | 实施周期指标值 | 年度指标值
    产出指标 | 数量指标 | 巡检次数 | 1095次 | 365次
    """)
    form = one(TITLE, grid)
    assert form.layout == "G"
    assert form.goal.period == "三年排水。"
    assert rows(form) == ["period:产出/数量/巡检次数=1095次", "annual:产出/数量/巡检次数=365次"]


# --- H and I: other objects -------------------------------------------------------------------


def test_self_review_reads_the_target_column_only() -> None:
    grid = table("""
    项目名称>2 | 泵站运行>5
    项目资金（万元）>2^2 | | 年初预算数 | 全年预算数 | 全年执行数 | 得分
    年度资金总额 | 30 | 30 | 29.5 | 10
    年度总体目标^2 | 预期目标>3 | 实际完成情况>3
    全年排水。>3 | 已完成。>3
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 巡检次数 | 365次 | 360次 | 20 | 19
    """)
    submission = read("项目支出绩效自评表", "（2024年度）", grid)
    form = submission.forms[0]
    assert form.layout == "H"
    assert form.annual_yuan == 300000
    assert form.goal.annual == "全年排水。"
    assert rows(form) == ["annual:产出/数量/巡检次数=365次"]
    assert [p.code for p in submission.problems] == ["self_review"]


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("2025年部门整体支出绩效目标表", "部门名称"),
        ("2025年度转移支付区域绩效目标表", "专项名称"),
        ("", "年度主要任务"),
    ],
)
def test_other_objects_are_set_aside(title: str, label: str) -> None:
    grid = table(f"""
    {label} | 塘河县水务局>3
    年度总体目标 | 全年排水。>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 巡检次数 | 365次
    """)
    submission = read(*([title] if title else []), grid, TITLE, table(HEAD + BODY))
    assert [f.project for f in submission.forms] == ["塘河镇路灯更换"]
    assert [p.code for p in submission.problems] == ["other_table"]


def test_one_goal_is_of_the_year_if_the_only_sum_is() -> None:
    form = one("项目支出绩效目标表", table(ONE_GOAL.format(label="年度资金总额：")))
    assert rows(form, "annual") == ["产出/数量/抽检供水点数量==86个"]
    assert form.goal == Goal(None, "对86个供水点开展抽检。")
    assert "goal_period" not in form.asked
    assert form.places["goal_annual"].row == 3


def test_one_goal_stays_of_the_period_if_its_sum_is_asked_for() -> None:
    table_text = ONE_GOAL.format(label="项目资金总额：").replace("其他资金|", "年度资金总额：|")
    form = one("项目支出绩效目标表", table(table_text))
    assert form.goal == Goal("对86个供水点开展抽检。", None)


ONE_GOAL = """
    预算单位>2|塔原县疾控中心>2|项目名称|水质抽检>2
    项目资金（万元）|{label}|32.00|其中：财政拨款|32.00|其他资金|0.00
    项目总体目标|对86个供水点开展抽检。>6
    一级指标|二级指标>2|三级指标>2|指标值（包含数字及文字描述）>2
    产出指标|数量指标>2|抽检供水点数量>2|=86个>2
"""
