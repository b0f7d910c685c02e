"""Kinds of tables that offices invent beside the official ones; invented tables only."""

from __future__ import annotations

import pytest

from .gridtext import one, read, rows, table

TITLE = "项目支出绩效目标表"
HEAD = """
项目名称 | 苗圃灌溉改造>3
实施单位 | 沙河县林场>3
绩效目标 | 改造灌溉管网12公里。>3
"""

# --- several indicators in one cell ---------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "values"),
    [
        ("1.改造管网¶2.新建泵站", "1.≥12公里¶2.2座"),
        ("1.改造管网；2.新建泵站", "1.≥12公里；2.2座"),
        ("指标1：改造管网¶指标2：新建泵站", "指标1：≥12公里¶指标2：2座"),
        ("①改造管网 ②新建泵站", "①≥12公里 ②2座"),
        ("（1）改造管网；（2）新建泵站。", "≥12公里；2座"),
        ("1、改造管网 2、新建泵站", "1、≥12公里 2、2座"),
    ],
)
def test_numbered_indicators_of_one_cell_are_rows(names: str, values: str) -> None:
    body = f"""
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标^2 | 数量指标 | {names} | {values}
    质量指标 | 验收合格率 | 100%
    """
    assert rows(one(TITLE, table(HEAD + body)), "annual") == [
        "产出/数量/改造管网=≥12公里",
        "产出/数量/新建泵站=2座",
        "产出/质量/验收合格率=100%",
    ]


def test_lines_of_signed_values_are_rows() -> None:
    body = """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 改造管网¶新建泵站 | ≥12公里¶=2座
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form, "annual") == ["产出/数量/改造管网=≥12公里", "产出/数量/新建泵站==2座"]


def test_lines_of_figures_with_their_units_are_rows() -> None:
    body = """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 改造灌溉管网¶新建泵站¶培训农户 | 4.3公里¶2座¶不少于60人次
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form, "annual") == [
        "产出/数量/改造灌溉管网=4.3公里",
        "产出/数量/新建泵站=2座",
        "产出/数量/培训农户=不少于60人次",
    ]


def test_figures_parted_by_semicolons_are_rows() -> None:
    body = """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 改造灌溉管网；新建泵站 | 4.3公里；2座
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form, "annual") == ["产出/数量/改造灌溉管网=4.3公里", "产出/数量/新建泵站=2座"]


def test_lines_of_whole_dates_are_rows() -> None:
    body = """
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 时效指标 | 开工时间¶完工时间 | 2025年3月¶2025年10月底前
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form, "annual") == [
        "产出/时效/开工时间=2025年3月",
        "产出/时效/完工时间=2025年10月底前",
    ]


@pytest.mark.parametrize(
    ("names", "values", "read_as"),
    [
        ("管网漏损率；水质", "1.5%；2.5%", "管网漏损率；水质=1.5%；2.5%"),
        ("灌溉管网改造完¶成时间", "2025年¶10月", "灌溉管网改造完成时间=2025年10月"),
        ("灌溉管网改造完成¶时间", "2025年¶10月", "灌溉管网改造完成时间=2025年10月"),
        (
            "灌溉管网改造竣工¶验收时间",
            "2025年6月¶30日前",
            "灌溉管网改造竣工验收时间=2025年6月30日前",
        ),
        ("农户培训场次¶及人次", "2场¶60人次", "农户培训场次及人次=2场60人次"),
        ("灌溉用水占全年¶用水的比例", "由45%¶降到40%", "灌溉用水占全年用水的比例=由45%降到40%"),
        ("1号、2号泵站扬程", "1.5米", "1号、2号泵站扬程=1.5米"),
        ("管网¶漏损率", "1.5%；2.5%", "管网漏损率=1.5%；2.5%"),
        ("1.改造管网¶2.新建泵站", "按设计完成", "1.改造管网2.新建泵站=按设计完成"),
    ],
)
def test_one_indicator_stays_one(names: str, values: str, read_as: str) -> None:
    body = f"""
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 质量指标 | {names} | {values}
    """
    assert rows(one(TITLE, table(HEAD + body)), "annual") == [f"产出/质量/{read_as}"]


# --- heads ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["绩效指标", "指标内容", "考核指标"])
def test_one_head_over_both_levels(name: str) -> None:
    body = f"""
    指标类型>2 | {name} | 指标值
    产出指标^2 | 数量指标 | 改造管网 | ≥12公里
    成本指标 | 每公里造价 | ≤3万元
    成本指标 | 经济成本指标 | 总造价 | ≤36万元
    满意度指标>2 | 职工满意度 | ≥90%
    """
    assert rows(one(TITLE, table(HEAD + body)), "annual") == [
        "产出/数量/改造管网=≥12公里",
        "产出/成本/每公里造价=≤3万元",
        "成本/经济成本/总造价=≤36万元",
        "满意度/服务对象满意度/职工满意度=≥90%",
    ]


def test_levels_as_heads_of_columns_in_two_rows() -> None:
    grid = table("""
    序号^3 | 项目名称^3 | 资金安排（万元）^3 | 绩效目标^3 | 成本指标>2 | 产出指标>4 | 满意度指标>2
    经济成本指标>2 | 数量指标>2 | 成本指标>2 | 满意度指标>2
    指标名称 | 指标值 | 指标名称 | 指标值 | 指标名称 | 指标值 | 指标名称 | 指标值
    1 | 苗圃改造 | 3 | 改管网。 | 总价 | ≤3万元 | 管网 | 2公里 | 每公里 | ≤1万元 | 职工 | ≥90%
    """)
    form = one(TITLE, grid)
    assert rows(form, "annual") == [
        "成本/经济成本/总价=≤3万元",
        "产出/数量/管网=2公里",
        "产出/成本/每公里=≤1万元",
        "满意度/服务对象满意度/职工=≥90%",
    ]
    assert form.annual_yuan == 30000


def test_goal_beside_its_rows_is_no_goal_of_the_head() -> None:
    body = """
    目标名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
    年度绩效目标1^2 | 产出指标^2 | 数量指标 | 改造管网 | ≥12公里
    质量指标 | 验收合格率 | 100%
    """
    head = """
    项目名称 | 苗圃灌溉改造>4
    项目绩效总目标（长期目标） | 三年改造管网30公里。>4
    年度绩效目标（100字以内） | 改造管网12公里。>4
    """
    form = one(TITLE, table(head + body))
    assert (form.goal.period, form.goal.annual) == ("三年改造管网30公里。", "改造管网12公里。")
    assert rows(form, "annual") == ["产出/数量/改造管网=≥12公里", "产出/质量/验收合格率=100%"]


# --- units ----------------------------------------------------------------------------------


def test_budget_unit_over_the_one_that_does_the_work() -> None:
    head = """
    项目名称 | 苗圃灌溉改造>3
    预算单位及代码 | 205-沙河县林业局 | 具体实施单位 | 沙河县林场
    绩效目标 | 改造灌溉管网12公里。>3
    """
    body = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 管网 | ≥12公里"
    form = one(TITLE, table(head + body))
    assert (form.department_code, form.department) == ("205", "沙河县林业局")
    assert form.unit == "沙河县林场"


def test_unit_that_files_gives_way_to_the_one_that_does_the_work() -> None:
    body = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 管网 | ≥12公里"
    form = one(TITLE, "填报单位：沙河县林业局", table(HEAD + body))
    assert (form.department, form.unit) == (None, "沙河县林场")


# --- further sheets -------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["预算05-3表", "附件3", "公开表12", "附表2-1："])
def test_number_of_an_empty_table_is_no_rest_of_the_list_before(number: str) -> None:
    listed = table("""
    单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    苗圃改造^2 | 改造管网。^2 | 产出指标 | 数量指标 | 管网 | ≥12公里
    产出指标 | 质量指标 | 合格率 | 100%
    """)
    empty = table(f"{number} | \n部门{TITLE}（另文下达） | \n单位名称、项目名称 | 项目年度绩效目标")
    submission = read(pages=[[TITLE, listed], [empty]])
    assert [form.project for form in submission.forms] == ["苗圃改造"]


# --- lists of goals without indicators ------------------------------------------------------


def test_list_of_goals_with_two_rows_of_heads_and_units_between() -> None:
    listed = table("""
    序号^2 | 项目名称^2 | 预算安排（万元）>3 | 年度绩效目标^2 | 备注^2
    合计 | 财政拨款 | 单位资金
    沙河县林场>7
    1 | 苗圃改造 | 30 | 20 | 10 | 改造灌溉管网12公里。 |
    2 | 防火道路 | 5 | 5 |  | 修整防火道路8公里，雨季前完工。 | 续建
    沙河县种苗站>7
    3 | 种子检验 | 2 |  | 2 | 检验林木种子260份。 |
    合计>2 | 37 | 25 | 12 |  |
    """)
    found = read("2025年项目绩效目标表", listed).forms
    assert [(f.project, f.unit, f.annual_yuan, f.goal.annual) for f in found] == [
        ("苗圃改造", "沙河县林场", 300000, "改造灌溉管网12公里。"),
        ("防火道路", "沙河县林场", 50000, "修整防火道路8公里，雨季前完工。"),
        ("种子检验", "沙河县种苗站", 20000, "检验林木种子260份。"),
    ]
    assert found[0].funding_period.stated() == {"city_county": 200000, "self_raised": 100000}


def test_list_of_goals_goes_on_over_a_page() -> None:
    first = table("""
    单位名称 | 项目名称 | 金额（元） | 绩效目标
    沙河县林场^2 | 苗圃改造 | 300,000 | 改造灌溉管网12公里，
    防火道路 | 50,000 | 修整防火道路8公里，
    """)
    second = table("""
     | | | 雨季前完工。
     | 种子检验 | 20,000 | 检验林木种子260份。
    """)
    found = read(pages=[["项目绩效目标表", first], [second]]).forms
    assert [(f.project, f.unit, f.goal.annual) for f in found] == [
        ("苗圃改造", "沙河县林场", "改造灌溉管网12公里，"),
        ("防火道路", "沙河县林场", "修整防火道路8公里，雨季前完工。"),
        ("种子检验", "沙河县林场", "检验林木种子260份。"),
    ]


def test_labels_over_their_values_are_no_list() -> None:
    grid = table("""
    项目名称 | 预算金额（万元） | 绩效目标>2
    苗圃改造 | 30 | 改造灌溉管网12公里。>2
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 改造管网 | ≥12公里
    """)
    form = one(TITLE, grid)
    assert (form.project, form.goal.annual) == ("苗圃改造", "改造灌溉管网12公里。")
    assert rows(form, "annual") == ["产出/数量/改造管网=≥12公里"]


def test_list_of_goals_in_a_form_of_the_whole_department_is_none() -> None:
    grid = table("""
    部门名称 | 沙河县林业局>2
    年度主要任务 | 加强林区防火，管好苗圃。>2
    项目名称 | 预算金额 | 绩效目标
    苗圃改造 | 30 | 改造灌溉管网12公里。
    """)
    assert read("部门整体支出绩效目标表", grid).forms == ()


# --- forms printed in two tables ------------------------------------------------------------

PART_ROWS = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 改造管网 | ≥12公里"
PART_HEAD = """
项目名称 | 苗圃灌溉改造>3
实施单位 | 沙河县林场 | 预算金额（万元） | 36
年度绩效目标 | 改造灌溉管网12公里。>3
"""


def test_head_on_one_sheet_and_indicators_on_the_next() -> None:
    first = table(f"{TITLE}（一）>4\n" + PART_HEAD.strip() + "\n（指标见续表）>4")
    named = table(f"{TITLE}（二）>4\n项目名称：苗圃灌溉改造>4\n" + PART_ROWS)
    labelled = table("项目名称 | 苗圃灌溉改造>3\n" + PART_ROWS)
    nameless = table(f"{TITLE}（续表）>4\n" + PART_ROWS)
    for second in (named, labelled, nameless):
        submission = read(pages=[[first], [second]])
        (form,) = submission.forms
        assert (form.unit, form.total_yuan) == ("沙河县林场", 360000)
        assert rows(form, "annual") == ["产出/数量/改造管网=≥12公里"]
        assert submission.problems == ()


def test_all_heads_first_then_all_indicators() -> None:
    other = PART_HEAD.replace("苗圃灌溉", "防火道路").replace("36", "5")
    pages = [[TITLE, table(text)] for text in (PART_HEAD, other)] + [
        [f"{TITLE}（续表）", table(f"项目名称 | {name}>3\n" + PART_ROWS)]
        for name in ("防火道路改造", "苗圃灌溉改造")
    ]
    submission = read(pages=pages)
    assert [(f.project, f.total_yuan, len(f.indicators)) for f in submission.forms] == [
        ("苗圃灌溉改造", 360000, 1),
        ("防火道路改造", 50000, 1),
    ]
    assert submission.problems == ()


def test_further_indicators_on_a_sheet_that_goes_on() -> None:
    more = "一级指标 | 二级指标 | 三级指标 | 指标值\n效益指标 | 社会效益指标 | 带动就业 | ≥5人"
    first = table(PART_HEAD + PART_ROWS)
    second = table(f"{TITLE}（续表）>4\n项目名称 | 苗圃灌溉改造>3\n" + more)
    form = one(pages=[[TITLE, first], [second]])
    assert rows(form, "annual") == ["产出/数量/改造管网=≥12公里", "效益/社会效益/带动就业=≥5人"]


def test_two_forms_of_one_name_stay_two() -> None:
    """Two units' like-named projects, and the same form handed in twice."""
    full, bare = PART_HEAD + PART_ROWS, PART_HEAD.replace("林场", "苗圃")
    for first, second in ((full, full), (full, full.replace("林场", "苗圃")), (full, bare)):
        submission = read(pages=[[TITLE, table(first)], [TITLE, table(second)]])
        assert len(submission.forms) == 2


def test_a_whole_department_is_set_aside_once() -> None:
    grid = table("""
    部门整体支出绩效目标表>4
    部门名称 | 沙河县林业局>3
    年度主要任务 | 防火>3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 巡护 | ≥300天
    """)
    assert [problem.code for problem in read(grid).problems] == ["other_table"]


# --- name and money outside the table -------------------------------------------------------

BODY = """
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 改造灌溉管网 | ≥12公里
"""


@pytest.mark.parametrize(
    "title",
    [
        "一、“苗圃灌溉改造”项目支出绩效目标表（2025年度）",
        "《苗圃灌溉改造》项目绩效目标表",
        "沙河县林场“苗圃灌溉改造”项目支出绩效目标表",
        "附件2：「苗圃灌溉改造」绩效目标申报表",
    ],
)
def test_title_names_the_project_that_the_table_does_not(title: str) -> None:
    form = one(title, "年度目标：改造灌溉管网12公里。", table(BODY))
    assert form.project == "苗圃灌溉改造"


@pytest.mark.parametrize(
    "heading", ["一、苗圃灌溉改造工程", "（二）苗圃灌溉改造工程", "项目3：苗圃灌溉改造工程"]
)
@pytest.mark.parametrize("title", [(TITLE,), ()], ids=["titled", "untitled"])
def test_numbered_heading_names_the_project_that_the_table_does_not(
    heading: str, title: tuple[str, ...]
) -> None:
    form = one(heading, *title, "年度目标：改造灌溉管网12公里。", table(BODY))
    assert form.project == "苗圃灌溉改造工程"


@pytest.mark.parametrize("heading", ["二、专项资金", "（一）重点项目", "三、2025年部门预算项目"])
def test_chapter_names_no_project(heading: str) -> None:
    assert one(heading, TITLE, "年度目标：改造灌溉管网12公里。", table(BODY)).project is None


def test_each_heading_is_of_the_form_below_it() -> None:
    found = read("一、苗圃改造项目", table(BODY), "二、林道维修项目", table(BODY)).forms
    assert [form.project for form in found] == ["苗圃改造项目", "林道维修项目"]


def test_label_names_the_project_before_the_title() -> None:
    form = one("“十四五”项目支出绩效目标表", table(HEAD + BODY))
    assert form.project == "苗圃灌溉改造"


@pytest.mark.parametrize(
    "said",
    [
        "项目资金：年度资金总额138.60万元，其中：财政拨款130.00万元，其他资金8.60万元。",
        "项目资金（万元）：年度资金总额138.60；其中：财政拨款130.00；其他资金8.60",
        "项目资金：年度资金总额为1,386,000元，财政拨款1,300,000元，其他资金86,000元",
    ],
)
def test_sum_and_parts_in_one_sentence(said: str) -> None:
    head = f"项目名称 | 苗圃灌溉改造>3\n{said}>4"
    label, _, text = said.partition("：")
    cells = f"项目名称 | 苗圃灌溉改造>3\n{label} | {text}>3"
    for form in (
        one(TITLE, said, table(HEAD + BODY)),
        one(TITLE, table(head + BODY)),
        one(TITLE, table(cells + BODY)),
    ):
        assert form.annual_yuan == 1386000
        assert form.funding_annual.stated() == {"city_county": 1300000, "other": 86000}


@pytest.mark.parametrize(
    "heads",
    ["运算符号 | 内容 | 度量单位", "性质 | 数值 | 单位", "算符 | 目标 | 量纲", "指标性质 | 指标内容 | 计量单位"],
)  # fmt: skip
def test_sign_figure_and_unit_below_the_value_of_each_half(heads: str) -> None:
    body = f"""
    一级指标^2 | 二级指标^2 | 三级指标^2 | 年度指标值>3 | 长期指标值>3
    {heads} | {heads}
    产出指标 | 数量指标 | 改造管网 | ≥ | 8 | 公里 | ≥ | 21 | 公里
    """
    form = one(TITLE, table(HEAD + body))
    assert rows(form) == ["period:产出/数量/改造管网=≥21公里", "annual:产出/数量/改造管网=≥8公里"]


def test_name_beside_its_code() -> None:
    head = "项目名称 | 51172325T000013862207 | 苗圃灌溉改造>2"
    assert one(TITLE, table(head + BODY)).project == "苗圃灌溉改造"


def test_year_in_the_label_of_the_goal() -> None:
    head = """
    项目名称 | 苗圃灌溉改造>3
    实施期目标（2025—2027年） | 改造灌溉管网40公里。>3
    年度目标（2025年） | 改造灌溉管网12公里。>3
    """
    assert one(TITLE, table(head.strip() + BODY)).fiscal_year == 2025


def test_unit_in_the_label_of_the_sum_is_that_of_its_parts() -> None:
    head = "项目名称 | 苗圃灌溉改造>3\n年度资金总额（万元） | 12 | 其中：财政拨款 | 10"
    form = one(TITLE, table(head + BODY))
    assert (form.annual_yuan, form.funding_annual.stated()) == (120000, {"city_county": 100000})
