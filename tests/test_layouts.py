"""Forms in cell grids: every family, told and read; invented tables only."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Cell, Document, Form, Grid, Line, Page, Place, Submission
from scorer.layouts import explain, read_submission
from scorer.layouts.words import load_words

_CELL = re.compile(r"^(.*?)(?:>(\d+))?(?:\^(\d+))?$", re.S)
Block = Line | Grid


def table(text: str, **options: bool) -> Grid:
    """A grid from lines of cells parted by «|»; «>2» spans columns, «^3» spans rows, «¶» is
    a line break in a cell."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = [line.strip() for line in text.strip().splitlines()]
    for r, line in enumerate(rows):
        column = 0
        for part in line.split("|") if line else []:
            match = _CELL.match(part.strip())
            assert match
            words, wide, high = match[1].replace("¶", "\n"), int(match[2] or 1), int(match[3] or 1)
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + k) for i in range(high) for k in range(wide)}
            cells.append(Cell(words, r, column, high, wide, Place(row=r + 1, column=column + 1)))
            column += wide
    width = max(cell.column + cell.col_span for cell in cells)
    return Grid(tuple(cells), len(rows), width, Place(table=1), **options)


def read(*blocks: Block | str, pages: list[list[Block | str]] | None = None) -> Submission:
    """The submission of blocks on one page, or of several pages."""
    sheets = pages or [list(blocks)]
    made = tuple(
        Page(n, tuple(Line(b, Place(page=n)) if isinstance(b, str) else b for b in sheet))
        for n, sheet in enumerate(sheets, start=1)
    )
    return read_submission(Document("made.xlsx", "0" * 64, "xlsx", made))


def one(*blocks: Block | str, pages: list[list[Block | str]] | None = None) -> Form:
    """The only form of a document."""
    submission = read(*blocks, pages=pages)
    assert len(submission.forms) == 1, [f.project for f in submission.forms]
    return submission.forms[0]


def rows(form: Form, phase: str | None = None) -> list[str]:
    """Indicators as «level1/level2/name=value», of one phase or with the phase in front."""
    return [
        f"{'' if phase else i.phase + ':'}{i.level1[:-2]}/{i.level2[:-2]}/{i.name}={i.value}"
        for i in form.indicators
        if phase in (None, i.phase)
    ]


HEAD = """
项目名称>2 | 塘河镇路灯更换>6
主管部门及代码>2 | 071-塘河县住建局>2 | 实施单位 | 塘河镇人民政府>3
项目属性>2 | 一次性项目>2 | 项目期 | 2年>3
项目资金¶（元）>2^3 | 实施期资金总额： | 300,000 | 年度资金总额：>2 | 120,000>2
其中：中央财政资金 | 0 | 其中：中央财政资金>2 | 0>2
市县（区）财政¶资金 | 300,000 | 市县（区）财政资金>2 | 120,000>2
项目概况>2 | 更换主街路灯，¶共两年。>6
总体目标>2^2 | 实施期目标>2 | 年度目标>4
两年换灯600盏。>2 | 本年换灯240盏。>4
"""
BODY = """
绩¶效¶指¶标^5 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标^3 | 数量指标^2 | 换灯数量 | 600盏 | 数量指标^2 | 换灯数量 | 240盏
拆旧灯杆 | 80根 | 拆旧灯杆 |
时效指标 | 完工时间 | 2026年10月 | 时效指标 | 完工时间 | 2025年¶10月
满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 服务对象满意度指 | 居民满意度 | ≥90%
"""
FOOT = "负责人： | 经办人： | 江晓舟 | 联系电话： | 6612345 | 填报日期： | 20241105 |"
TITLE = "塘河县预算部门项目支出绩效目标申报表"


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


# --- many forms, odd grids ----------------------------------------------------------------------


def test_several_forms_in_one_grid() -> None:
    small = (
        "项目名称 | {}>2\n年度目标 | 做完。>2\n二级指标 | 三级指标 | 指标值\n数量指标 | 件数 | {}件"
    )
    text = "\n".join([small.format("甲项目", 1), small.format("乙项目", 2)])
    titled = f"{TITLE}>3\n（2024年度）>3\n" + small.format("丙项目", 3)
    forms = read(table(text + "\n" + titled)).forms
    assert [f.project for f in forms] == ["甲项目", "乙项目", "丙项目"]
    assert [f.indicators[0].value for f in forms] == ["1件", "2件", "3件"]
    assert (forms[2].title, forms[2].fiscal_year) == (TITLE, 2024)


def test_unit_row_above_the_second_project_belongs_to_it() -> None:
    text = "单位名称 | {}>2\n项目名称 | {}>2\n年度目标 | 做。>2\n二级指标 | 三级指标 | 指标值\n数量指标 | 件数 | 1件"
    forms = read(table(text.format("甲局", "甲项目") + "\n" + text.format("乙局", "乙项目"))).forms
    assert [(f.unit, f.project) for f in forms] == [("甲局", "甲项目"), ("乙局", "乙项目")]


def test_forms_side_by_side_on_a_sheet() -> None:
    grid = table("""
    项目名称 | 甲项目>3 | | 项目名称 | 乙项目>3
    年度目标 | 做甲。>3 | | 年度目标 | 做乙。>3
    一级指标 | 二级指标 | 三级指标 | 指标值 | | 一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 甲件数 | 1件 | | 产出指标 | 数量指标 | 乙件数 | 2件
    """)
    forms = read(grid).forms
    assert [(f.project, f.goal.annual, rows(f)[0]) for f in forms] == [
        ("甲项目", "做甲。", "annual:产出/数量/甲件数=1件"),
        ("乙项目", "做乙。", "annual:产出/数量/乙件数=2件"),
    ]


def test_label_and_value_in_one_cell() -> None:
    grid = table("""
    项目名称：校车补贴>2 | 实施单位：教体局>2
    年度资金总额：120万元；其中：财政拨款：100万元，其他资金：20万元>4
    年度目标 | 补贴9条线。>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | 9条
    负责人：周静好 经办人：陆安 联系电话：6612345>4
    """)
    form = one(TITLE, grid)
    assert (form.project, form.unit, form.annual_yuan) == ("校车补贴", "教体局", 1200000)
    assert (form.funding_annual.city_county, form.funding_annual.other) == (1000000, 200000)
    assert (form.leader, form.handler, form.phone) == ("周静好", "陆安", "6612345")
    assert len(form.indicators) == 1


def test_head_and_foot_in_lines() -> None:
    grid = table("""
    项目名称 | 校车补贴>3
    年度资金总额 | 120>3
    年度目标 | 补贴9条线。>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | 9条
    """)
    form = one(
        TITLE, "(2025年度)", "填报单位：教体局（盖章）    单位：万元", grid,
        "填报人：陆安   填报日期：2024年11月5日",
    )  # fmt: skip
    assert form.annual_yuan == 1200000
    assert (form.handler, form.filled_at) == ("陆安", "2024年11月5日")
    assert form.unit is not None
    assert form.unit.startswith("教体局")


def test_full_width_digits_and_cell_units() -> None:
    grid = table("""
    项目名称 | 校车补贴>3
    项目资金（万元） | 项目资金总额 | １，２３４．５ | 年度资金总额 | 5000元
    年度目标 | 补贴。>4
    二级指标 | 三级指标>2 | 指标值>2
    数量指标 | 线路>2 | 9条>2
    """)
    form = one(TITLE, grid)
    assert (form.total_yuan, form.annual_yuan) == (12345000, 5000)


def test_amounts_in_a_row_of_heads() -> None:
    grid = table("""
    项目名称 | 校车补贴>4
    项目资金（万元）^2 | 资金总额 | 上级补助 | 本级财政资金 | 自有资金
    100 | 60 | 30 | 10
    年度目标 | 补贴。>4
    二级指标 | 三级指标>2 | 指标值>2
    数量指标 | 线路>2 | 9条>2
    """)
    form = one(TITLE, grid)
    assert form.total_yuan == 1000000
    assert form.funding_period.stated() == {
        "central": 600000, "city_county": 300000, "self_raised": 100000,
    }  # fmt: skip


def test_sum_and_parts_of_public_money() -> None:
    grid = table("""
    项目名称 | 校车补贴>2
    年度资金总额 | 100万元>2
    其中：财政拨款 | 90万元>2
    其中：省级财政资金 | 40万元>2
    市级财政资金 | 20万元>2
    县级财政资金 | 30万元>2
    上年结转 | 10万元>2
    年度目标 | 补贴。>2
    二级指标 | 三级指标 | 指标值
    数量指标 | 线路 | 9条
    """)
    assert one(TITLE, grid).funding_annual.stated() == {
        "province": 400000, "city_county": 500000, "other": 100000,
    }  # fmt: skip


def test_blanks_and_slashes() -> None:
    grid = table("""
    项目名称 | 校车补贴>3
    年度目标 | 补贴。>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | /
    产出指标 | 质量指标 | 无 | 无
    产出指标 | 时效指标 | — | —
    产出指标 | 成本指标 | | ≤1万元
    效益指标 | 社会效益指标 | 安全事故 | 无
    效益指标 | 生态效益指标 | 减排 | ——
    """)
    assert rows(one(TITLE, grid), "annual") == [
        "产出/数量/线路=/",
        "产出/成本/=≤1万元",
        "效益/社会效益/安全事故=无",
        "效益/生态效益/减排=",
    ]


def test_value_split_under_one_head() -> None:
    grid = table("""
    项目名称 | 校车补贴>5
    年度目标 | 补贴。>5
    一级指标 | 二级指标 | 三级指标 | 指标值>3
    产出指标 | 数量指标 | 线路 | ≥ | 9 | 条
    """)
    assert one(TITLE, grid).indicators[0].value == "≥9条"


def test_notes_below_the_table_are_no_rows() -> None:
    grid = table(
        "项目名称 | 校车补贴>3\n年度目标 | 补贴。>3\n一级指标 | 二级指标 | 三级指标 | 指标值\n"
        "产出指标 | 数量指标 | 线路 | 9条\n注：本表一式三份，由财政部门留存。>4"
    )
    assert len(one(TITLE, grid).indicators) == 1


def test_markdown_repeats_merged_cells() -> None:
    grid = table("""
    项目名称 | 项目名称 | 校车补贴 | 校车补贴 | 校车补贴
    年度目标 | 年度目标 | 补贴。 | 补贴。 | 补贴。
    一级指标 | 二级指标 | 三级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | 线路 | 9条
    产出指标 | 质量指标 | 完好率 | 完好率 | 100%
    """)
    form = one(TITLE, grid)
    assert form.goal.annual == "补贴。"
    assert rows(form) == ["annual:产出/数量/线路=9条", "annual:产出/质量/完好率=100%"]


def test_csv_leaves_merged_cells_blank() -> None:
    grid = table("""
    项目名称 | | 校车补贴 | | |
    总体目标 | | 实施期目标 | | 年度目标 |
     | | 三年。 | | 一年。 |
    项目资金（万元） | | 实施期资金总额 | 90 | 年度资金总额 | 30
    一级指标 | 二级指标 | 三级指标 | 指标值 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | 9条 | 线路 | 3条
    """)
    form = one(TITLE, grid)
    assert (form.goal.period, form.goal.annual) == ("三年。", "一年。")
    assert (form.total_yuan, form.annual_yuan) == (900000, 300000)


def test_tabbed_lines_are_a_grid_where_aligned() -> None:
    lines = [
        TITLE,
        "项目名称\t校车补贴\t\t",
        "年度目标\t补贴。\t\t",
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t线路\t9条",
        "\t质量指标\t完好率\t100%",
    ]
    assert rows(one(*lines), "annual") == ["产出/数量/线路=9条", "产出/质量/完好率=100%"]


# --- what is no form, and what is half a form -----------------------------------------------------


def test_budget_tables_are_no_forms() -> None:
    budget = table("项目名称 | 合计 | 一般公共预算\n甲 | 1.00 | 1.00\n乙 | 2.00 | 2.00")
    purchase = table("项目名称 | 采购品目 | 数量 | 计量单位 | 备注\n甲 | 电脑 | 3 | 台 |")
    submission = read("2025年项目支出预算表", budget, "政府采购预算表", purchase)
    assert not submission.forms
    assert not submission.problems


def test_budget_table_after_a_form_ends_it() -> None:
    budget = table("科目编码 | 科目名称 | 合计\n201 | 一般公共服务 | 1.00\n205 | 教育 | 2.00")
    form = one(TITLE, table(HEAD + BODY), "2025年预算支出总表", "单位：万元", budget)
    assert len(form.of_phase("annual")) == 4
    assert form.total_yuan == 300000


def test_half_a_form_is_given_with_a_problem() -> None:
    submission = read(TITLE, table(HEAD))
    assert submission.forms[0].project == "塘河镇路灯更换"
    assert [p.code for p in submission.problems] == ["partly_read"]
    assert "绩效指标" in submission.problems[0].message


def test_rows_without_a_project_name_are_given_with_a_problem() -> None:
    grid = table("一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 线路 | 9条")
    submission = read(TITLE, grid)
    assert len(submission.forms[0].indicators) == 1
    assert [p.code for p in submission.problems] == ["partly_read"]


def test_asked_names_the_cells_that_exist() -> None:
    asked = one(TITLE, table(HEAD + BODY)).asked
    assert {"project", "period", "goal_period", "total_yuan", "funding.annual.central"} <= asked
    assert "basis" not in asked
    assert "goal" not in asked


def test_county_words_need_no_code() -> None:
    text = "政策名目 | 校车>3\n全年打算 | 补贴。>3\n大类 | 小类 | 考核点 | 要求\n产出指标 | 数量指标 | 线路 | 9条"
    extra = {
        "fields": {"project": ["政策名目"], "goal_annual": ["全年打算"]},
        "columns": {"level1": ["大类"], "level2": ["小类"], "name": ["考核点"], "value": ["要求"]},
    }
    document = Document("a.xlsx", "", "xlsx", (Page(1, (table(text),)),))
    assert not read_submission(document).forms
    form = read_submission(document, load_words(extra)).forms[0]
    assert (form.project, rows(form)) == ("校车", ["annual:产出/数量/线路=9条"])


def test_explain_names_family_scores_and_columns() -> None:
    document = Document("a.xlsx", "", "xlsx", (Page(1, (table(HEAD + BODY),)),))
    (told,) = explain(document)
    assert told.family == told.scores[0].family == "A"
    assert told.scores[0].points > told.scores[1].points
    assert told.scores[0].reasons
    assert ("三级指标", "name") in told.columns


# --- never raises --------------------------------------------------------------------------------


def test_endless_merges_end_as_a_problem() -> None:
    cells = tuple(Cell("x", 0, n, 1_000_000, 1) for n in range(50))
    grid = Grid(cells, 1_000_000, 50, Place(sheet="一"))
    assert [p.code for p in read(grid).problems] == ["too_many_cells"]


def test_spans_beyond_the_grid_are_cut() -> None:
    grid = table(HEAD + BODY)
    wide = tuple(replace(c, row_span=10**9, col_span=10**9) for c in grid.cells[:1])
    read(replace(grid, cells=wide + grid.cells[1:]))


_TEXTS = st.sampled_from(
    ["", "项目名称", "项目资金（万元）", "一级指标", "二级指标", "三级指标", "指标值", "产出指标",
     "数量指标", "年度目标", "实施期目标", "总体目标", "12", "≥95%", "项目实施计划", "开始时间",
     "年度绩效指标", "负责人：", "项目名称：甲", "（万元）", "……", TITLE, "（2025年度）", "度指标"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(_TEXTS, st.integers(0, 7), st.integers(0, 5), st.integers(0, 4),
                      st.integers(0, 4)),
            max_size=25,
        ),
        min_size=1,
        max_size=3,
    )
)  # fmt: skip
def test_any_grid_is_read_without_raising(
    pages: list[list[tuple[str, int, int, int, int]]],
) -> None:
    made: list[list[Block | str]] = [
        [Grid(tuple(Cell(t, r, c, h, w) for t, r, c, h, w in cells), 8, 6, continues=n > 0)]
        for n, cells in enumerate(pages)
    ]
    read(pages=made)
