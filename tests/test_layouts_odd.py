"""Odd grids, tables that are no forms, forms read in part; invented tables only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Cell, Document, Grid, Line, Page, Place
from scorer.layouts import explain, read_submission
from scorer.layouts.words import load_words

from .gridtext import BODY, HEAD, TITLE, Block, one, read, rows, table

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


def test_header_of_two_rows_names_the_halves() -> None:
    grid = table("""
    项目名称 | 校车补贴>7
    年度目标 | 补贴。>7
    绩效指标^3 | 一级指标^2 | 实施期绩效指标>3 | 年度绩效指标>3
    二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 线路 | 9条 | 数量指标 | 线路 | 3条
    """)
    assert rows(one(TITLE, grid)) == ["period:产出/数量/线路=9条", "annual:产出/数量/线路=3条"]


def test_one_head_over_both_levels() -> None:
    grid = table("""
    项目名称 | 校车补贴>3
    年度目标 | 补贴。>3
    绩效指标>2 | 指标内容 | 指标值
    产出指标^2 | 数量指标 | 线路 | 9条
    质量指标 | 车况合格率 | 100%
    """)
    assert rows(one(TITLE, grid), "annual")[1] == "产出/质量/车况合格率=100%"


def test_level1_printed_in_the_right_half_only() -> None:
    grid = table("""
    项目名称 | 校车补贴>7
    年度目标 | 补贴。>7
    一级指标 | 二级指标 | 三级指标 | 指标值 | 一级指标 | 二级指标 | 三级指标 | 指标值
     | | | | 产出指标 | 数量指标 | 线路 | 9条
    """)
    assert rows(one(TITLE, grid)) == ["annual:产出/数量/线路=9条"]


def test_whole_sheet_with_titles_and_units_in_its_rows() -> None:
    form = """
    项目支出绩效目标申报表>4
    （2025年度）>4
    填报单位：{unit}局 | | 单位：万元 |
    项目名称 | {unit}项目 | |
    年度资金总额 | 12.5 | 其中：财政拨款 | 12.5
    年度绩效目标 | 做完。 | |
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 件数 | 3件
     | 质量指标 | 合格率 | 100%
    """
    grid = table("附件1 | | |\n" + form.format(unit="甲").strip() + "\n" + form.format(unit="乙"))
    forms = read(grid).forms
    assert [(f.project, f.unit) for f in forms] == [("甲项目", "甲局"), ("乙项目", "乙局")]
    assert {(f.annual_yuan, f.fiscal_year, len(f.indicators)) for f in forms} == {(125000, 2025, 2)}


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


def test_explain_tells_of_every_table() -> None:
    """Also of a table that is no form, and of a form in lines of text."""
    other = table("科目|金额\n公用经费|12.5")
    text = Path("data/samples/松河县档案馆2025年单位预算公开.txt").read_text(encoding="utf-8")
    lines = tuple(
        Line(line.replace("\t", "  "), Place(page=2, line=n))
        for n, line in enumerate(text.splitlines(), start=1)
    )
    pages = (Page(1, (other, table(HEAD + BODY))), Page(2, lines))
    told = explain(Document("a.pdf", "", "pdf", pages))
    assert [(t.family, bool(t.scores)) for t in told][:2] == [("", False), ("A", True)]
    assert len(told) > 2
    assert all(len(t.scores) == 9 and t.family == "A" for t in told[2:])


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


@settings(max_examples=150)
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
