"""Forms in cell grids: families A to C; invented tables only."""

from __future__ import annotations

import pytest

from scorer.forms import Place

from .gridtext import BODY, FOOT, HEAD, TITLE, one, read, rows, table

# --- A: two halves side by side -----------------------------------------------------------


def test_halves_head_is_read() -> None:
    form = one(TITLE, "（2025年度）", table(HEAD + BODY.strip() + "\n" + FOOT))
    assert (form.project, form.unit, form.period) == ("塘河镇路灯更换", "塘河镇人民政府", "2年")
    assert (form.department_code, form.department) == ("071", "塘河县住建局")
    assert (form.total_yuan, form.annual_yuan, form.fiscal_year) == (300000, 120000, 2025)
    assert form.funding_period.city_county == 300000
    assert form.funding_annual.central == 0
    assert form.overview == "更换主街路灯，共两年。"
    assert (form.goal.period, form.goal.annual) == ("两年换灯600盏。", "本年换灯240盏。")
    assert (form.handler, form.phone, form.filled_at) == ("江晓舟", "6612345", "20241105")
    assert form.title == TITLE
    assert form.layout == "A"


def test_halves_rows_are_read() -> None:
    form = one(TITLE, table(HEAD + BODY))
    assert rows(form, "period") == [
        "产出/数量/换灯数量=600盏",
        "产出/数量/拆旧灯杆=80根",
        "产出/时效/完工时间=2026年10月",
        "满意度/服务对象满意度/居民满意度=≥90%",
    ]
    assert rows(form, "annual")[1:3] == ["产出/数量/拆旧灯杆=", "产出/时效/完工时间=2025年10月"]
    assert form.indicators[4].place == Place(row=12, column=7)
    assert form.places["total_yuan"] == Place(row=4, column=4)


def test_left_half_wholly_empty() -> None:
    body = """
    一级指标 | 二级指标>2 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标^2 | 数量指标>2 |  |  | 数量指标 | 换灯数量 | 240盏
    时效指标>2 |  |  | 时效指标 | 完工时间 | 10月
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form) == ["annual:产出/数量/换灯数量=240盏", "annual:产出/时效/完工时间=10月"]


@pytest.mark.parametrize("repeat", [False, True])
def test_table_goes_on_over_a_page(repeat: bool) -> None:
    heads, first, second, third, fourth = BODY.strip().splitlines()
    upper = HEAD + "\n".join([heads.replace("^5", "^3"), first.replace("^3", "^2"), second])
    lower = [f"|  |{third}", f"| {fourth}"]
    if repeat:
        lower.insert(0, heads.replace("^5", ""))
    form = one(pages=[[TITLE, table(upper)], ["- 2 -", table("\n".join(lower), continues=True)]])
    names = [i.name for i in form.of_phase("annual")]
    assert names == ["换灯数量", "拆旧灯杆", "完工时间", "居民满意度"]
    assert [i.level1 for i in form.of_phase("annual")] == ["产出指标"] * 3 + ["满意度指标"]


def test_next_page_with_fewer_columns() -> None:
    second = """
    效益指标 | 社会效益指标 | 夜间事故 | ≤2起 | 社会效益指标 | 夜间事故 | ≤3起
    满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 服务对象满意度指标 | 居民满意度 | ≥88%
    """
    form = one(pages=[[TITLE, table(HEAD + BODY)], [table(second)]])
    assert rows(form, "annual")[-2:] == [
        "效益/社会效益/夜间事故=≤3起",
        "满意度/服务对象满意度/居民满意度=≥88%",
    ]


def test_page_break_inside_a_row() -> None:
    second = """
     |  |  | 数及完好 | | | 数及完好 |
     | 效益指标 | 社会效益指标 | 夜间事故 | ≤2起 | 社会效益指标 | 夜间事故 | ≤3起
    """
    form = one(pages=[[TITLE, table(HEAD + BODY)], [table(second, continues=True)]])
    assert form.of_phase("annual")[-2].name == "居民满意度数及完好"
    assert form.of_phase("period")[-2].name == "居民满意度数及完好"


def test_page_break_inside_head_text_and_label() -> None:
    first = (
        "项目名称 | 沟渠清淤\n主管部门 | 塘河县水利局\n项目属性 | 延续项目\n项目设立 | 淤积严重，"
    )
    second = """
    必要性 | 汛期受淹。>4
    年度目标 | 清淤12公里。>4
    一级指标 | 二级指标 | 三级指标>2 | 指标值
    产出指标 | 数量指标 | 清淤长度>2 | 12公里
    """
    form = one(pages=[["项目支出绩效目标申报表", table(first)], [table(second, continues=True)]])
    assert form.necessity == "淤积严重，汛期受淹。"
    assert form.goal.annual == "清淤12公里。"
    assert rows(form) == ["annual:产出/数量/清淤长度=12公里"]


def test_page_break_inside_a_long_text() -> None:
    first = "项目名称 | 沟渠清淤\n项目属性 | 延续项目\n项目概况 | 共清淤"
    second = "| 12公里。\n年度目标 | 清淤。\n一级指标 | 三级指标"
    form = one(pages=[["项目支出绩效目标申报表", table(first)], [table(second, continues=True)]])
    assert form.overview == "共清淤12公里。"


def test_right_half_without_level2() -> None:
    grid = table("""
    项目名称>2 | 书屋开放>4
    年度目标>2 | 全年开放。>4
    一级指标 | 二级指标 | 三级指标 | 指标值 | 三级指标 | 指标值
    产出指标 | 数量指标 | 开放书屋 | 9个 | 开放书屋 | 9个
    效益指标 | 社会效益指标 | 借阅人次 | 5000人次 | 借阅人次 | 3000人次
    """)
    assert rows(one(TITLE, grid), "annual") == [
        "产出/数量/开放书屋=9个",
        "效益/社会效益/借阅人次=3000人次",
    ]


def test_right_level2_merged_into_nothing_takes_the_left_one() -> None:
    grid = table("""
    项目名称>2 | 书屋开放>5
    年度目标>2 | 全年开放。>5
    一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 开放书屋 | 9个 | 数量指标 | 开放书屋 | 9个
     | 时效指标 | 开放时间 | 周末 | | 开放时间 | 周末
    """)
    assert rows(one(TITLE, grid), "annual")[1] == "产出/时效/开放时间=周末"


def test_level1_in_the_middle_of_its_block() -> None:
    grid = table("""
    项目名称>2 | 书屋开放>2
    年度目标>2 | 全年开放。>2
    一级指标 | 二级指标 | 三级指标 | 指标值
     | 数量指标 | 开放书屋 | 9个
    产出指标 | 质量指标 | 图书完好率 | ≥95%
     | 时效指标 | 开放时间 | 周末
     | 经济效益指标 | 节约支出 | 1万元
    效益指标 | 社会效益指标 | 借阅人次 | 5000人次
    """)
    assert [i.level1 for i in one(TITLE, grid).indicators] == ["产出指标"] * 3 + ["效益指标"] * 2


def test_national_form_numbering_template_rows_and_ten_thousands() -> None:
    grid = table("""
    项目名称>2 | 水质监测>5
    主管部门及代码>2 | [210]塘河县环保局>2 | 实施单位 | 监测站>2
    项目资金（万元）>2^3 | 中期资金总额： | 62.5 | 年度资金总额：>2 | 20.00
    其中：财政拨款 | 60 | 其中：财政拨款>2 | 20
    其他资金 | 2.5 | 其他资金>2 | ——
    总体目标^2 | 中期目标（2024年—2026年）>3 | 年度目标>3
    目标1：建点。¶目标2：监测。>3 | 本年监测。>3
    一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 指标1：监测断面 | 12个 | 数量指标 | 指标1：监测断面 | 12个
     |  | 指标2： | |  | 指标2： |
     |  | …… | |  | …… |
     | 质量指标 | 指标1：数据有效率 | ≥98% | 质量指标 | 指标1： |
    …… | …… | …… | …… | …… | …… | ……
    """)
    form = one(grid)
    assert (form.total_yuan, form.annual_yuan) == (625000, 200000)
    assert (form.funding_period.city_county, form.funding_period.other) == (600000, 25000)
    assert form.funding_annual.other is None
    assert form.goal.period == "目标1：建点。目标2：监测。"
    assert rows(form) == [
        "period:产出/数量/监测断面=12个",
        "period:产出/质量/数据有效率=≥98%",
        "annual:产出/数量/监测断面=12个",
    ]


def test_goal_texts_in_the_row_of_their_label() -> None:
    grid = table("""
    项目名称 | 书屋开放>3
    总体目标 | 实施期目标 | 三年开放。 | 年度目标
    """)
    assert one(TITLE, grid).goal.period == "三年开放。"


# --- B: one block above the other, and single-half forms -------------------------------------

BLOCKS = """
项目名称 | 支农贷款贴息>4
项目属性 | 新增项目□ 延续项目√>2 | 项目起止时间 | 2024-2026>1
项目资金（万元）^3 | 资金总额>2 | 90>2
财政拨款>2 | 80>2
自有资金>2 | 10>2
单位职能概述 | 金融服务。>4
项目立项情况^2 | 项目立项的依据 | 塘农发〔2024〕3号>3
项目申报的必要性 | 贷款成本高。>3
项目实施进度计划^3 | 项目实施内容>2 | 开始时间 | 完成时间
受理申请>2 | 2025年1月 | 2025年3月
拨付贴息>2 | 2025年9月 | 2025年12月
长期目标 | 三年贴息。>4
年度目标 | 本年贴息90户。>4
长期绩效指标^3 | 一级指标 | 二级指标 | 指标内容 | 指标值
产出指标^2 | 数量指标 | 贴息户数 | 270户
质量指标 | 审核差错 | 0
年度绩效指标^2 | 一级指标 | 二级指标 | 指标内容 | 指标值
产出指标 | 数量指标 | 贴息户数 | 90户
主管部门审核意见 | 同意>4
"""


def test_blocks_above_each_other() -> None:
    form = one("塘河县项目支出绩效目标申报表", table(BLOCKS))
    assert rows(form) == [
        "period:产出/数量/贴息户数=270户",
        "period:产出/质量/审核差错=0",
        "annual:产出/数量/贴息户数=90户",
    ]
    assert form.layout == "B"
    assert form.attribute == "延续项目"
    assert (form.total_yuan, form.funding_period.city_county) == (900000, 800000)
    assert form.funding_period.self_raised == 100000
    assert (form.basis, form.necessity) == ("塘农发〔2024〕3号", "贷款成本高。")
    assert form.plan == "受理申请 2025年1月 2025年3月；拨付贴息 2025年9月 2025年12月"


def test_block_heads_in_rows_of_their_own() -> None:
    grid = table("""
    项目名称 | 支农贴息>2
    长期目标 | 三年。>2
    年度目标 | 一年。>2
    长期绩效目标表>3
    二级指标 | 指标名称 | 指标值
    数量指标 | 户数 | 270户
    年度绩效目标表>3
    二级指标 | 指标名称 | 指标值
    数量指标 | 户数 | 90户
    """)
    form = one(TITLE, grid)
    assert rows(form) == ["period:产出/数量/户数=270户", "annual:产出/数量/户数=90户"]


def test_second_block_in_a_grid_of_its_own() -> None:
    head = "项目名称 | 支农贴息>3\n年度目标 | 一年。>3\n长期目标 | 三年。>3\n"
    first = head + "长期绩效指标^2 | 二级指标 | 指标内容 | 指标值\n数量指标 | 户数 | 270户"
    second = "年度绩效指标^2 | 二级指标 | 指标内容 | 指标值\n数量指标 | 户数 | 90户"
    form = one(TITLE, table(first), "", table(second))
    assert [i.phase for i in form.indicators] == ["period", "annual"]


def test_single_half_is_annual() -> None:
    grid = table("""
    项目名称 | 支农贴息>3
    绩效目标 | 贴息90户。>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出 | 产出数量 | 户数 | 90户
    """)
    form = one(TITLE, grid)
    assert form.goal.annual == "贴息90户。"
    assert form.goal.period is None
    assert rows(form) == ["annual:产出/数量/户数=90户"]


def test_form_with_period_header_only() -> None:
    grid = table("""
    项目名称 | 支农贴息>3
    绩效目标 | 贴息90户。>3
    一级指标 | 二级指标 | 三级指标 | 实施期指标值
    产出指标 | 数量指标 | 户数 | 90户
    """)
    form = one(TITLE, grid)
    assert form.goal.period == "贴息90户。"
    assert form.indicators[0].phase == "period"


# --- C: flat lists ------------------------------------------------------------------------

YUNNAN = (
    "单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值"
    " | 度量单位 | 指标属性 | 指标内容"
)


def test_flat_list_merged() -> None:
    grid = table(f"""
    {YUNNAN}
    塘河县图书馆 | | | | | | | | |
    流动书车^3 | 下乡60次。^3 | 产出指标 | 数量指标 | 下乡次数 | = | 60 | 次 | 定量指标 | 车次
    产出指标 | 质量指标 | 图书完好率 | ≥ | 95 | % | 定量指标 |
    满意度指标 | 服务对象满意度指标 | 读者评价 | = | 良好 | 是/否 | 定性指标 | 问卷
    古籍修复 | 修复80册。 | 产出指标 | 数量指标 | 修复册数 | ≥ | 80 | 册 | 定量指标 |
    """)
    forms = read("附表05-2", "2025年项目支出绩效目标表（本级下达）", grid).forms
    assert [(f.project, f.unit, f.layout) for f in forms] == [
        ("流动书车", "塘河县图书馆", "C"),
        ("古籍修复", "塘河县图书馆", "C"),
    ]
    assert [i.value for i in forms[0].indicators] == ["=60次", "≥95%", "良好"]
    assert [i.declared_kind for i in forms[0].indicators] == ["定量指标", "定量指标", "定性指标"]
    assert forms[0].indicators[0].explanation == "车次"
    assert forms[0].goal.annual == "下乡60次。"
    assert forms[0].fiscal_year == 2025


def test_flat_list_repeated_cells_and_weights() -> None:
    grid = table("""
    单位名称 | 项目名称 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重 | 指标方向性
    体校 | 器材更新 | 换器材。 | 产出指标 | 数量指标 | 器材 | ≥ | 40 | 套 | 20 | 正向指标
    体校 | 器材更新 | 换器材。 | 成本指标 | 经济成本指标 | 单价 | ≤ | 3000 | 元/套 | 10 | 反向指标
    体校 | 场馆开放 | 开放。 | 效益指标 | 社会效益指标 | 健身氛围 | 定性 | 优良中低差 | | 30 | 正向指标
    """)
    forms = read("2025年部门预算项目绩效目标", grid).forms
    assert [f.project for f in forms] == ["器材更新", "场馆开放"]
    assert rows(forms[0]) == ["annual:产出/数量/器材=≥40套", "annual:成本/经济成本/单价=≤3000元/套"]
    last = forms[1].indicators[0]
    assert (last.value, last.weight, last.direction) == ("优良中低差", "30", "正向指标")
    assert last.declared_kind == "定性"


def test_flat_list_printed_once_and_over_a_page() -> None:
    first = f"""
    {YUNNAN}
    流动书车 | 下乡60次， | 产出指标 | 数量指标 | 下乡次数 | = | 60 | 次 | 定量指标 |
    """
    second = """
     | 惠及3000人。 | | | | | | | |
     | | 产出指标 | 质量指标 | 图书完好率 | ≥ | 95 | % | 定量指标 |
    """
    form = one(pages=[["2025年项目支出绩效目标表", table(first)], [table(second, continues=True)]])
    assert form.goal.annual == "下乡60次，惠及3000人。"
    assert len(form.indicators) == 2


def test_flat_list_levels_printed_once() -> None:
    grid = table(f"""
    {YUNNAN}
    书车 | 下乡。 | 产出指标 | 数量指标 | 次数 | = | 60 | 次 | 定量指标 |
     | | | 质量指标 | 完好率 | ≥ | 95 | % | 定量指标 |
    古籍 | 修复。 | 产出指标 | 数量指标 | 册数 | ≥ | 80 | 册 | 定量指标 |
    """)
    forms = read("2025年项目支出绩效目标表", grid).forms
    assert rows(forms[0])[1] == "annual:产出/质量/完好率=≥95%"
    assert len(forms) == 2


def test_flat_list_takes_amounts_from_the_budget_table() -> None:
    budget = table("""
    项目名称 | 合计 | 一般公共预算 | 政府性基金
    合计 | 30.00 | 30.00 |
    流动书车 | 30.00 | 30.00 |
    """)
    grid = table(f"""
    {YUNNAN}
    流动书车 | 下乡60次。 | 产出指标 | 数量指标 | 下乡次数 | = | 60 | 次 | 定量指标 |
    """)
    form = one("2025年项目支出预算表", "单位：万元", budget, "2025年项目支出绩效目标表", grid)
    assert form.annual_yuan == 300000


def test_flat_list_with_amount_column() -> None:
    grid = table("""
    项目名称 | 预算金额（万元） | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    流动书车^2 | 30.5^2 | 下乡。^2 | 产出指标 | 数量指标 | 次数 | 60次
    产出指标 | 质量指标 | 完好率 | ≥95%
    """)
    form = one("项目支出绩效目标表", grid)
    assert form.total_yuan == 305000
    assert len(form.indicators) == 2
