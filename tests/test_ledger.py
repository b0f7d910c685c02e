"""The Ledger: budget tables and narrative of documents, as text and as grids.

The documents here are invented. The two published budgets are compared with figures
transcribed by hand where ``../shared/seeds`` is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Cell, Grid, Ledger, Line, Page, Place, Table, Yuan
from scorer.layouts.ledger.read import document_unit, document_year, read_ledger, read_paragraphs
from scorer.layouts.ledger.text_tables import assign
from scorer.layouts.money import parse_count, parse_number, stated_unit, to_yuan

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
CellSpec = str | tuple[str, int, int]


def text_pages(text: str) -> tuple[Page, ...]:
    """Lines of one text file, numbered from 1, blank ones kept."""
    lines = tuple(Line(t, Place(line=n)) for n, t in enumerate(text.split("\n"), 1))
    return (Page(1, lines),)


def grid(rows: Sequence[Sequence[CellSpec]], page: int | None = None, sheet: str = "") -> Grid:
    """A grid from rows of cells as HTML writes them: ("text", rows down, columns across)."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        c = 0
        for spec in row:
            text, down, across = spec if isinstance(spec, tuple) else (spec, 1, 1)
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            address = f"{chr(ord('A') + c)}{r + 1}" if sheet else None
            place = Place(page=page, sheet=sheet or None, cell=address, row=r + 1, column=c + 1)
            cells.append(Cell(text, r, c, down, across, place))
            c += across
    width = max(c for _, c in taken) + 1
    return Grid(tuple(cells), len(rows), width, Place(page=page))


def doc(*blocks: str | Grid) -> tuple[Page, ...]:
    """One page of lines and grids, as a Word reader gives them."""
    made = tuple(
        Line(b, Place(line=n)) if isinstance(b, str) else b for n, b in enumerate(blocks, 1)
    )
    return (Page(1, made),)


def sums(amounts: Sequence[object]) -> dict[str, Yuan]:
    return {a.name: a.yuan for a in amounts}  # type: ignore[attr-defined]


def narrative(*lines: str) -> Ledger:
    return read_ledger(doc(*lines))


def table(ledger: Ledger, words: str, side: str = "") -> Table:
    return next(t for t in ledger.tables if words in t.title and t.side == side)


# --- money ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,084.38", Decimal("1084.38")),
        ("１２．５０", Decimal("12.50")),
        ("-3.2", Decimal("-3.2")),
        ("(45)", Decimal(-45)),
        (" 0 ", Decimal(0)),
        ("—", None),
        ("", None),
        ("12台", None),
        ("1,08.3", None),
    ],
)
def test_parse_number(text: str, value: Decimal | None) -> None:
    assert parse_number(text) == value


def test_yuan_is_exact() -> None:
    assert to_yuan(Decimal("550.51"), 10_000) == 5_505_100
    assert isinstance(to_yuan(Decimal("550.51"), 10_000), int)
    assert to_yuan(Decimal("107.31"), 1) == Decimal("107.31")


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("单位：万元", 10_000),
        ("金额单位: 元", 1),
        ("单位：人民币亿元", 100_000_000),
        ("预算数（千元）", 1_000),
        ("单位名称：某县水务局", None),
        ("万元户", None),
    ],
)
def test_stated_unit(text: str, factor: int | None) -> None:
    assert stated_unit(text) == factor


@pytest.mark.parametrize(("text", "n"), [("十二", 12), ("三百零五", 305), ("8", 8), ("若干", None)])
def test_parse_count(text: str, n: int | None) -> None:
    assert parse_count(text) == n


# --- tables: tabs -----------------------------------------------------------------------

TABBED = """云岭县水务局2025年部门预算

部门预算收支总表

部门名称：云岭县水务局\t\t\t\t金额单位：元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t3,200,000.50\t一、农林水支出\t3,000,000.50
二、政府性基金收入\t\t二、住房保障支出\t200,000
本年收入合计\t3,200,000.50\t本年支出合计\t3,200,000.50
上年结转\t100,000\t年终结转\t
收入总计\t3,300,000.50\t支出总计\t3,300,000.50

2025年部门项目支出表
单位：元
序号\t单位名称\t项目类别\t项目名称\t资金来源\t\t合计
\t\t\t\t一般公共预算\t政府性基金\t
\t合计\t\t\t1,500,000\t\t1,500,000
1\t云岭县水务局\t特定目标类\t2025年中小河流清淤\t900,000\t\t900,000
2\t\t其他运转类\t水政执法经费\t200,000\t\t200,000
3\t云岭县水库管理所\t特定目标类\t大坝监测设备更新\t400,000\t\t400,000
"""


def test_tabbed_tables_in_yuan() -> None:
    ledger = read_ledger(text_pages(TABBED))
    assert ledger.totals["收入总计"].yuan == Decimal("3300000.5")
    assert ledger.totals["农林水支出"].yuan == Decimal("3000000.5")
    assert ledger.totals["上年结转"].yuan == 100_000
    assert ledger.totals["支出总计"].place.line == 13
    assert "年终结转" not in ledger.totals
    assert sums(ledger.projects) == {
        "2025年中小河流清淤": 900_000,
        "水政执法经费": 200_000,
        "大坝监测设备更新": 400_000,
    }
    assert ledger.projects_total is not None
    assert (ledger.projects_total.yuan, ledger.projects_total.place.line) == (1_500_000, 19)
    assert document_unit(text_pages(TABBED)) == "云岭县水务局"
    assert document_year(text_pages(TABBED)) == 2025
    assert {a.year for a in ledger.projects} == {2025}


def test_generic_table_keeps_heads_groups_codes_and_cells() -> None:
    pages = text_pages(
        "2025年支出总表\n单位：万元\n"
        "科目编码\t科目名称\t合计\t其中：\t\n\t\t\t基本支出\t项目支出\n"
        "\t合计\t30.50\t20.00\t10.50\n"
        "213\t农林水支出\t30.50\t20.00\t10.50\n21303\t水利\t30.50\t20.00\t10.50\n"
    )
    found = table(read_ledger(pages), "支出总表")
    assert found.columns == ("合计", "基本支出", "项目支出")
    assert found.groups == ("", "其中:", "其中:")
    assert found.codes == ("", "213", "21303")
    assert found.rows[2] == ("水利", (305_000, 200_000, 105_000))
    assert [p.line for p in found.places] == [5, 6, 7]
    assert found.cells[0][0].line == 5
    assert found.step_yuan == 100


def test_table_without_unit_of_money_is_left_out() -> None:
    pages = text_pages("2025年项目支出预算表\n项目名称\t合计\n道路养护\t12.00\n路灯更换\t3.00\n")
    ledger = read_ledger(pages)
    assert ledger.projects == ()
    assert ledger.tables == ()


def test_empty_tables_say_so() -> None:
    pages = text_pages(
        "2025年“三公”经费支出预算表\n单位：万元\n项目\t合计\n公务接待费\t\n合计\t\n注：本表无数据\n"
    )
    ledger = read_ledger(pages)
    assert ledger.three_public == {}
    assert [t.empty for t in ledger.tables] == [True]


# --- tables: the text layer of a PDF ------------------------------------------------------

# «·» stands for a blank at the end of a line.
WRAPPED = """ 表一2025年收支预算总表

预算公开表1

2025年收支预算总表

单位名称：青禾县第二中学 单位：万元

收入 支出

项目 2025年 项目 2025年合计 当年预算安排上年结转安排

一、一般公共预算 820.00一、教育支出 765.30 745.30 20.00

二、政府性基金预算  二、科学技术支出····

··
三、文化旅游体育与传媒支
出

12.70 12.70··

仅供
内部
审核

-3-

  四、社会保障和就业支出 62.00 62.00··

本年收入合计 820.00本年支出合计 840.00 820.00 20.00

上年结转 20.00年终结转····

收入总计 840.00支出总计 840.00 820.00 20.00
 2025年支出总表

单位名称：青禾县第二中学 单位：万元

科目编码 科目名称 合计 基本支出 项目支出

合计 840.00 700.00 140.00

205 教育支出 765.30 625.30 140.00

20502 普通教育 765.30 625.30 140.00

2050203 初中教育 625.30 625.30··

2050299 其他普通教育支
出

140.00  140.00

 2025年项目支出预算表（本年预算）

单位名称：青禾县第二中学 单位：万元

项目名称 合计

2025年财政拨款
单位资金

一般公共预算
政府性基

金预算

1 2 3 4 5

青禾县第二中学 120.00 110.00  10.00

　　2025年第3期教师培训 25.00 15.00  10.00

　　移动、联通校园网络及录播设备租
赁费用

35.00 35.00···

　　操场改造工程 60.00 60.00···

第三部分 2025年部门预算情况说明

一、收支情况说明

本单位2025年收入总计840.00万元。
""".replace("·", " ")


def test_wrapped_text_tables() -> None:
    ledger = read_ledger(text_pages(WRAPPED))
    totals = {name: a.yuan for name, a in ledger.totals.items()}
    assert totals["一般公共预算"] == 8_200_000
    assert totals["教育支出"] == 7_653_000
    assert totals["教育支出/上年结转安排"] == 200_000
    assert totals["文化旅游体育与传媒支出"] == 127_000
    assert totals["支出总计"] == totals["收入总计"] == 8_400_000
    assert totals["上年结转"] == 200_000
    assert sums(ledger.projects) == {
        "2025年第3期教师培训": 250_000,
        "移动、联通校园网络及录播设备租赁费用": 350_000,
        "操场改造工程": 600_000,
    }
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 1_200_000
    assert document_unit(text_pages(WRAPPED)) == "青禾县第二中学"


def test_blank_cells_keep_their_column() -> None:
    found = table(read_ledger(text_pages(WRAPPED)), "支出总表")
    rows = dict(found.rows)
    assert rows["初中教育"] == (6_253_000, 6_253_000, None)
    assert rows["其他普通教育支出"] == (1_400_000, None, 1_400_000)
    projects = dict(table(read_ledger(text_pages(WRAPPED)), "项目支出预算表").rows)
    assert projects["2025年第3期教师培训"] == (250_000, 150_000, None, 100_000)


def test_text_that_lost_its_blanks_keeps_the_first_column_only() -> None:
    text = WRAPPED.replace("  ", " ")
    rows = dict(table(read_ledger(text_pages(text)), "支出总表").rows)
    assert rows["教育支出"] == (7_653_000, 6_253_000, 1_400_000)
    assert rows["初中教育"] == (6_253_000, None, None)
    assert sums(read_ledger(text_pages(text)).projects)["操场改造工程"] == 600_000


def test_name_that_goes_on_below_its_figures() -> None:
    pages = text_pages(
        "2026年项目支出明细表\n单位：万元\n项目名称 合计\n\n农村饮水安全巩固提升工程管网延伸 88.00\n"
        "及维护费\n村级河长补助 12.00\n合计 100.00\n"
    )
    assert sums(read_ledger(pages).projects) == {
        "农村饮水安全巩固提升工程管网延伸及维护费": 880_000,
        "村级河长补助": 120_000,
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1", "2", "3"), [1, 2, 3]),
        (("1", "", "3"), [1, None, 3]),
        (("1", "2", "", ""), [1, 2, None]),
        (("1", "", "", "", "3"), [1, None, 3]),  # blanks that left two spaces each
        (("1", "", "2", "", "", "4"), [1, None, None, None]),  # cannot be told
    ],
)
def test_assign_figures_to_columns(cells: tuple[str, ...], expected: list[int | None]) -> None:
    assert assign(cells, len(expected), True) == [
        None if n is None else Decimal(n) for n in expected
    ]


# --- tables: grids -----------------------------------------------------------------------


def test_grid_with_merged_heads() -> None:
    pages = doc(
        "2025年项目支出预算表",
        "编制单位：白塔区城市管理局",
        "单位：万元",
        grid(
            [
                [("项目名称", 2, 1), ("合计", 2, 1), ("财政拨款", 1, 2), ("上年结转", 2, 1)],
                ["本年预算", "政府性基金"],
                ["1", "2", "3", "4", "5"],
                ["白塔区城市管理局", "150.00", "110.00", "10.00", "30.00"],
                ["环卫保洁\n外包服务", "100.00", "70.00", "", "30.00"],
                ["垃圾分类宣传", "50", "40", "10", ""],
            ]
        ),
    )
    ledger = read_ledger(pages)
    assert sums(ledger.projects) == {"环卫保洁外包服务": 700_000, "垃圾分类宣传": 400_000}
    assert sums(ledger.carryover) == {"环卫保洁外包服务": 300_000}
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 1_100_000
    assert ledger.projects[0].place == Place(row=5, column=3)
    assert ledger.tables[0].columns == ("合计", "本年预算", "政府性基金", "上年结转")
    assert ledger.tables[0].groups == ("", "财政拨款", "财政拨款", "")
    assert document_unit(pages) == "白塔区城市管理局"


def test_sheet_that_holds_title_unit_and_table() -> None:
    sheet = grid(
        [
            [("2024年部门收支总表", 1, 4)],
            [("部门名称：南溪县图书馆", 1, 2), "", "单位：万元"],
            [("收入", 1, 2), ("支出", 1, 2)],
            ["项目", "2024年预算数", "项目", "2024年预算数"],
            ["一、财政拨款收入", "88.8", "一、文化旅游体育与传媒支出", "80"],
            ["", "", "二、住房保障支出", "8.8"],
            ["收入总计", "88.8", "支出总计", "88.8"],
        ],
        sheet="表1",
    )
    pages = (Page(1, (sheet,), "表1"),)
    ledger = read_ledger(pages)
    assert ledger.totals["支出总计"].yuan == 888_000
    assert ledger.totals["支出总计"].place.cell == "D7"
    assert table(ledger, "收支总表", "支出").rows[1] == ("二、住房保障支出", (88_000,))
    assert document_unit(pages) == "南溪县图书馆"
    assert document_year(pages) == 2024


def test_table_that_runs_over_a_page() -> None:
    head = ["项目名称", "合计", "一般公共预算"]
    first = grid([head, ["老旧供水管网改造", "60", "60"], ["智慧水务平台运行", "25", "25"]], page=1)
    second = grid(
        [head, ["维护", "", ""], ["水质检测", "15", "15"], ["合计", "100", "100"]], page=2
    )
    title = (Line("2025年项目支出明细表"), Line("单位：万元"))
    ledger = read_ledger((Page(1, (*title, first)), Page(2, (second,))))
    assert sums(ledger.projects) == {
        "老旧供水管网改造": 600_000,
        "智慧水务平台运行维护": 250_000,
        "水质检测": 150_000,
    }
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 1_000_000


def test_department_with_units_and_projects() -> None:
    ledger = read_ledger(
        doc(
            "部门项目支出表",
            "部门名称：东湖区教育局 单位：万元",
            grid(
                [
                    ["项目名称", "金额"],
                    ["东湖区教育局", "100"],
                    ["东湖区教育局机关", "40"],
                    ["教研活动", "25"],
                    ["教育督导", "15"],
                    ["东湖区实验小学", "60"],
                    ["校舍维修", "60"],
                ]
            ),
        )
    )
    assert sums(ledger.projects) == {"教研活动": 250_000, "教育督导": 150_000, "校舍维修": 600_000}
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 1_000_000


def test_other_titles_spaced_heads_and_two_text_columns() -> None:
    pages = text_pages(
        "某某市林业局\n2026年部门预算\n目  录\n表1 部门收支总表 3\n表1\n部门收支总体情况表\n"
        "编制单位：某某市林业局             金额单位：人民币元\n收          入 支          出\n"
        "项  目 预算数 项  目 预算数\n"
        "一、一般公共预算拨款收入 5000000.00 一、农林水支出 4800000.00\n"
        "收  入  总  计 5000000.00 支  出  总  计 5000000.00\n预算公开表2\n部门项目支出表\n"
        "编制单位：某某市林业局 金额单位：人民币元\n单位名称 项目名称 合计 一般公共预算 政府性基金预算\n"
        "合 计 1300000.00 1300000.00 0.00\n某某市林业局 松材线虫病防治 800000.00 800000.00 0.00\n"
        "某某市林业局 森林防火视频监控运维 500000.00 500000.00 0.00\n"
    )
    ledger = read_ledger(pages)
    assert ledger.totals["支出总计"].yuan == ledger.totals["收入总计"].yuan == 5_000_000
    assert sums(ledger.projects) == {"松材线虫病防治": 800_000, "森林防火视频监控运维": 500_000}
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 1_300_000
    assert (document_unit(pages), document_year(pages)) == ("某某市林业局", 2026)


def test_project_codes_and_projects_spread_over_subjects() -> None:
    ledger = read_ledger(
        doc(
            "2025年部门项目支出明细表",
            "单位：万元",
            grid(
                [
                    ["项目编码", "项目名称", "功能科目", "合计", "本年预算", "上年结转"],
                    ["", "合计", "", "36.5", "30", "6.5"],
                    ["140421250000000012345", "农村敬老院运行补助", "2081006", "12", "12", ""],
                    ["140421250000000012345", "农村敬老院运行补助", "2081099", "18", "18", ""],
                    ["140421230000000012347", "儿童福利信息系统", "2081001", "6.5", "", "6.5"],
                ]
            ),
        )
    )
    assert sums(ledger.projects) == {"农村敬老院运行补助": 300_000}
    assert sums(ledger.carryover) == {"儿童福利信息系统": 65_000}
    assert ledger.tables[0].columns == ("合计", "本年预算", "上年结转")


def test_subject_codes_in_three_columns() -> None:
    ledger = read_ledger(
        doc(
            "2025年一般公共预算支出表",
            "单位：万元",
            grid(
                [
                    [("科目编码", 1, 3), ("科目名称", 2, 1), ("2025年预算数", 1, 2)],
                    ["类", "款", "项", "小计", "项目支出"],
                    ["208", "", "", "社会保障和就业支出", "100", "40"],
                    ["208", "02", "01", "行政运行", "60", ""],
                    [("合计", 1, 4), "100", "40"],
                ]
            ),
        )
    )
    assert ledger.tables[0].codes == ("208", "2080201", "")
    assert [label for label, _ in ledger.tables[0].rows][-1] == "合计"
    assert ledger.projects == ()


def test_three_public_in_rows_and_in_columns() -> None:
    rows = doc(
        "2025年“三公”经费预算表",
        "单位：万元",
        grid(
            [
                ["项目", "2024年预算数", "2025年预算数"],
                ["因公出国（境）费", "", ""],
                ["公务接待费", "2.00", "1.50"],
                ["公务用车购置及运行费", "6.00", "5.50"],
                ["其中：公务用车运行维护费", "6.00", "5.50"],
                ["合计", "8.00", "7.00"],
            ]
        ),
    )
    found = {name: a.yuan for name, a in read_ledger(rows).three_public.items()}
    assert found == {
        "公务接待费": 15_000,
        "公务用车购置及运行费": 55_000,
        "公务用车运行维护费": 55_000,
        "合计": 70_000,
    }
    columns = doc(
        "2025年财政拨款“三公”经费支出表",
        "单位：元",
        grid(
            [
                [("单位名称", 2, 1), ("合计", 2, 1), ("因公出国（境）费", 2, 1),
                 ("公务用车购置及运行费", 1, 3), ("公务接待费", 2, 1)],
                ["小计", "购置费", "运行费"],
                ["某县气象站", "70000", "0", "55000", "", "55000", "15000"],
            ]
        ),
    )  # fmt: skip
    found = {name: a.yuan for name, a in read_ledger(columns).three_public.items()}
    assert found["公务用车购置及运行费"] == 55_000
    assert found["公务接待费"] == 15_000
    assert found["因公出国(境)费"] == 0


def test_operating_and_procurement_tables() -> None:
    ledger = read_ledger(
        doc(
            "2025年机关运行经费预算表",
            "单位：万元",
            grid([["单位名称", "2025年预算数"], ["合计", "23.45"], ["某县司法局", "23.45"]]),
            "2025年政府采购预算表",
            "单位：万元",
            grid([["采购品目", "合计"], ["货物类", "3"], ["服务类", "4.5"], ["合计", "7.5"]]),
        )
    )
    assert ledger.operating is not None
    assert ledger.operating.yuan == 234_500
    assert {k: a.yuan for k, a in ledger.procurement.items()} == {
        "货物": 30_000,
        "服务": 45_000,
        "总额": 75_000,
    }


def test_forms_are_no_ledger_tables() -> None:
    ledger = read_ledger(
        text_pages(
            "某县项目支出绩效目标表\n（2025年度）\n项目名称\t道路养护\n主管部门及代码\t012-某局\t实施单位\t某局\n"
            "项目属性\t一次性项目\t项目期\t1年\n项目资金（元）\t年度资金总额：\t120,000\n"
            "项目概况\t比上年增加3万元，增长10%。\n一级指标\t二级指标\t三级指标\t指标值\n"
            "产出指标\t数量指标\t养护里程\t≥12公里\n负责人：\t经办人：\t填报日期：\t20250101\n"
            "十一、国有资产占有使用情况\n共有车辆2辆。\n"
        )
    )
    assert ledger.tables == ()
    assert ledger.changes == ()
    assert [(c.name, c.number, c.unit) for c in ledger.counts] == [("共有车辆", Decimal(2), "辆")]


# --- narrative ---------------------------------------------------------------------------


def only_change(*lines: str) -> tuple[object, ...]:
    (c,) = narrative(*lines).changes
    return (c.subject, c.now_yuan, c.delta_yuan, c.percent, c.direction)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2025年机关运行经费预算20.50万元，比上年增加0.50万元，增长2.50%，主要原因是人员增加3人。",
            ("机关运行经费预算", 205_000, 5_000, Decimal("2.50"), "up"),
        ),
        (
            "“三公”经费预算3万元，较2024年减少1万元，下降25%。",
            ("“三公”经费预算", 30_000, -10_000, Decimal(25), "down"),
        ),
        (
            "收入总计100万元，同比上升5.3%。",
            ("收入总计", 1_000_000, None, Decimal("5.3"), "up"),
        ),
        (
            "公务接待费预算1.5万元，与上年持平。",
            ("公务接待费预算", 15_000, 0, None, None),
        ),
        (
            "公务接待费预算15000元，与上年相比无变化。",
            ("公务接待费预算", 15_000, 0, None, None),
        ),
        (
            "支出总计1.2亿元，与上年相比，增加2000万元，增幅为20%。",
            ("支出总计", 120_000_000, 20_000_000, Decimal(20), "up"),
        ),
        (
            "预算收入总计90万元，其中：本年收入80万元，上年结转10万元，比上年减少10万元，下降10%。",
            ("预算收入总计", 900_000, -100_000, Decimal(10), "down"),
        ),
        (
            "机关运行经费38万元。比2023年预算增加2万元，增长5.56%。",
            ("机关运行经费", 380_000, 20_000, Decimal("5.56"), "up"),
        ),
        (
            "2025年收入预算较上年下降10%，减少20万元。",
            ("收入预算", None, -200_000, Decimal(10), "down"),
        ),
        (
            "会议费5万元，由于疫情结束，比上年增加(1.00)万元。会议费5万元，比去年增加1万元（25%）。",
            ("会议费", 50_000, 10_000, Decimal(25), "up"),
        ),
    ],
)  # fmt: skip
def test_changes(text: str, expected: tuple[object, ...]) -> None:
    assert only_change(text) == expected


def test_change_with_last_years_sum() -> None:
    (change,) = narrative("2025年运行经费38.1万元,与2024预算39.4万元相比减少1.3万元。").changes
    assert (change.before_yuan, change.delta_yuan) == (394_000, -13_000)
    (change,) = narrative("2025年预算收入100万元，上年预算90万元，增加10万元，增长11.11%。").changes
    assert (change.now_yuan, change.before_yuan, change.delta_yuan) == (1_000_000, 900_000, 100_000)


def test_each_part_of_a_list_may_have_its_own_change() -> None:
    ledger = narrative(
        "“三公”经费预算7万元，比上年减少1万元，其中：公务接待费2万元，比上年减少1万元；"
        "公务用车运行维护费5万元，与上年持平。"
    )
    assert [(c.subject, c.now_yuan, c.delta_yuan) for c in ledger.changes] == [
        ("“三公”经费预算", 70_000, -10_000),
        ("公务接待费", 20_000, -10_000),
        ("公务用车运行维护费", 50_000, 0),
    ]
    (parts,) = ledger.breakdowns
    assert parts.whole.yuan == 70_000
    assert sums(parts.parts) == {"公务接待费": 20_000, "公务用车运行维护费": 50_000}


def test_reasons_and_templates_are_no_changes() -> None:
    ledger = narrative(
        "支出预算100万元，比上年增加（减少）10万元。主要原因是项目增加5万元，人员比上年减少3万元。",
        "按上级要求增加2个项目，所需资金30万元。",
    )
    assert ledger.changes == ()


def test_wrapped_lines_are_joined_and_keep_their_place() -> None:
    pages = text_pages(
        "八、机关运行经费增减变动原因说明\n\n    本单位机关运行经费财政拨款预算13.5\n\n"
        "9万元，比2023年预算增加5.59万元，增\n\n-12-\n\n长69.88%，原因是人员增加。\n"
    )
    (change,) = read_ledger(pages).changes
    assert (change.subject, change.now_yuan) == ("机关运行经费财政拨款预算", 135_900)
    assert change.percent == Decimal("69.88")
    assert change.place.line == 5
    texts = [p.text for p in read_paragraphs(pages)]
    assert texts[1].startswith("本单位机关运行经费")
    assert texts[1].endswith("原因是人员增加。")


def test_shares_with_the_whole_of_their_list() -> None:
    ledger = narrative(
        "2025年度支出预算500万元，其中：基本支出300万元，占60.00%；项目支出200万元，占总支出的40.00%。",
        "教育费附加安排的支出50万元，占项目支出总额的25%。",
    )
    found = [(s.name, s.part_yuan, s.whole_yuan, str(s.percent)) for s in ledger.shares]
    assert found == [
        ("基本支出", 3_000_000, 5_000_000, "60.00"),
        ("项目支出", 2_000_000, 5_000_000, "40.00"),
        ("教育费附加安排的支出", 500_000, 2_000_000, "25"),
    ]
    assert [s.whole_name for s in ledger.shares] == ["", "", "项目支出总额"]


def test_breakdowns() -> None:
    ledger = narrative(
        "财政拨款收支总预算100万元。收入为一般公共预算拨款90万元，政府性基金预算拨款10万元。"
        "支出包括：教育支出80万元、住房保障支出15万元等。",
        "基本支出60万元（其中：人员经费50万元，公用经费10万元），项目支出40万元。",
        "固定资产合计：107.31元",
        "其中：通用设备：100.31元",
        "专用设备：7元",
        "收入总计50万元，其中：财政拨款40万元。",
    )
    found = [(b.whole.name, b.whole.yuan, sums(b.parts), b.open) for b in ledger.breakdowns]
    assert found == [
        ("财政拨款收支总预算", 1_000_000,
         {"一般公共预算拨款": 900_000, "政府性基金预算拨款": 100_000}, False),
        ("财政拨款收支总预算", 1_000_000, {"教育支出": 800_000, "住房保障支出": 150_000}, True),
        ("基本支出", 600_000, {"人员经费": 500_000, "公用经费": 100_000}, False),
        ("固定资产合计", Decimal("107.31"),
         {"通用设备": Decimal("100.31"), "专用设备": 7}, False),
        ("收入总计", 500_000, {"财政拨款": 400_000}, True),
    ]  # fmt: skip


def test_list_that_goes_on_in_the_next_lines() -> None:
    pages = text_pages(
        "一般公共预算基本支出33万元，其中：\n\n人员经费30万元，主要包括：基本工资、津贴补贴等；\n\n"
        "公用经费3万元，主要包括：办公费、差旅费等。\n\n七、“三公”经费情况说明\n"
    )
    (parts,) = read_ledger(pages).breakdowns
    assert parts.whole.yuan == 330_000
    assert sums(parts.parts) == {"人员经费": 300_000, "公用经费": 30_000}
    assert [p.place.line for p in parts.parts] == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "2025年某县医保局政府采购预算总额12.50万元，其中：政府采购货物预算2.50万元、政府采购工程预算0万元、"
        "政府采购服务预算10万元。",
        "本部门2025年政府采购支出总额125000元，其中：货物类支出25000元、工程类支出0元、服务类支出100000元。",
        "政府采购预算共计12.5万元。其中货物采购2.5万元，工程采购0万元，服务采购10万元。",
    ],
)
def test_procurement_in_the_narrative(text: str) -> None:
    found = narrative("九、政府采购情况说明", text).procurement
    assert {k: a.yuan for k, a in found.items()} == {
        "总额": 125_000,
        "货物": 25_000,
        "工程": 0,
        "服务": 100_000,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2025年本单位实行绩效目标管理的项目6个，涉及一般公共预算当年拨款230.5万元。",
            [(6, 2_305_000, "projects")],
        ),
        (
            "2025年纳入绩效管理项目共12个，涉及资金1,200万元，其中：特定目标类项目5个，涉及资金900万元；"
            "其他运转类项目7个，涉及资金300万元。",
            [
                (12, 12_000_000, "projects"),
                (5, 9_000_000, "category:特定目标类"),
                (7, 3_000_000, "category:其他运转类"),
            ],
        ),
        ("我局共编报三个项目绩效目标，金额45万元。", [(3, 450_000, "projects")]),
        ("对4个项目实行绩效目标管理，涉及金额88万元。", [(4, 880_000, "projects")]),
        ("编报部门整体支出绩效目标，涉及资金640万元。", [(None, 6_400_000, "unit")]),
        (
            "公开项目绩效目标2个，涉及项目金额30万元，占项目支出总额的50%。其中：其他运转类项目2个，涉及金额30万元。",
            [(2, 300_000, "published"), (2, 300_000, "published:其他运转类")],
        ),
    ],
)  # fmt: skip
def test_managed_projects(text: str, expected: list[tuple[int | None, int, str]]) -> None:
    found = narrative("十、预算绩效管理情况说明", text).managed
    assert [(s.count, s.yuan, s.kind) for s in found] == expected


def test_projects_listed_one_by_one() -> None:
    ledger = narrative(
        "十、绩效管理情况",
        "2025年纳入绩效目标管理的项目3个，共计金额66万元。",
        "（1）2025年会议经费6万元；",
        "（2）移动、联通专线租赁费10.5万元；",
        "（3）“三馆一中心”运行费49.5万元。",
        "十一、国有资产占有使用情况",
        "（1）房屋原值90万元；",
    )
    (statement,) = ledger.managed
    assert sums(statement.names) == {
        "2025年会议经费": 60_000,
        "移动、联通专线租赁费": 105_000,
        "“三馆一中心”运行费": 495_000,
    }
    assert statement.names[1].place.line == 4


def test_figures_and_counts_hold_the_rest() -> None:
    ledger = narrative(
        "十一、国有资产占有使用情况",
        "共有公务用车编制3辆，实有2辆，其中：应急保障用车1辆，其他用车1辆，资产原值868720元。",
        "单价50万元以上的通用设备0台。",
    )
    assert [(f.name, f.yuan, f.section) for f in ledger.figures] == [
        ("资产原值", 868_720, "十一、国有资产占有使用情况")
    ]
    assert [(c.name, int(c.number), c.unit) for c in ledger.counts][:4] == [
        ("共有公务用车编制", 3, "辆"),
        ("实有", 2, "辆"),
        ("应急保障用车", 1, "辆"),
        ("其他用车", 1, "辆"),
    ]


# --- never raises ------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "2025年项目支出预算表", "单位：万元", "单位名称：某局", "项目名称\t合计", "合计", "12.00", "\t", " ",
        "一、", "（", "）", "其中：", "，", "。", "；", "比上年增加", "5万元", "，增长", "3%", "占", "持平",
        "纳入绩效目标管理的项目", "3个", "(1)", "201 教育支出 1.00  1.00", "注：本表无数据", "等", "0.00元",
        "十、绩效管理情况", "与2024预算", "同比", "\n", "\n", "-1-", "…", "万元", "99999999999999999999.99",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_never_raises_on_text(text: str) -> None:
    pages = text_pages(text)
    read_ledger(pages)
    document_unit(pages)
    document_year(pages)


@settings(max_examples=80)
@given(
    st.lists(
        st.tuples(st.integers(-1, 4), st.integers(-1, 4), st.integers(0, 5), _PIECES), max_size=14
    )
)
def test_never_raises_on_odd_grids(specs: list[tuple[int, int, int, str]]) -> None:
    cells = tuple(Cell(text, r, c, span, span) for r, c, span, text in specs)
    pages = doc("2025年项目支出预算表", "单位：元", Grid(cells, 4, 4))
    read_ledger(pages)


def test_long_lines_and_empty_documents() -> None:
    assert read_ledger(()) == Ledger()
    assert read_ledger(text_pages("0" * 150_000)).tables == ()
    assert document_unit(()) is None
    assert document_year(()) is None


# --- the two published budgets -------------------------------------------------------------


def seed(name: str) -> tuple[Page, ...]:
    path = SEEDS / name
    if not path.exists():
        pytest.skip(f"the published budget {name} is not beside the repository")
    data = path.read_bytes()
    try:
        return text_pages(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return text_pages(data.decode("gb18030"))


FIRST, SECOND = "000_25e6c37827eafc8d.txt", "004_9994461b67beb672.txt"


def placed(amounts: Sequence[object]) -> list[tuple[str, Yuan, int]]:
    return [(a.name, a.yuan, a.place.line) for a in amounts]  # type: ignore[attr-defined]


def test_first_seed_tables() -> None:
    pages = seed(FIRST)
    ledger = read_ledger(pages)
    assert document_unit(pages) == "中国共产党长治市上党区委员会办公室"
    assert document_year(pages) == 2023
    assert placed([ledger.totals[k] for k in ("收入总计", "支出总计", "卫生健康支出")]) == [
        ("收入总计", 15_305_500, 101),
        ("支出总计", 15_305_500, 101),
        ("卫生健康支出", 168_300, 77),
    ]
    assert placed(ledger.projects) == [
        ("区委办业务费", 620_000, 343),
        ("政研室业务费", 20_000, 344),
        ("应急值班工作经费", 48_000, 345),
        ("县级党政专用高清涉密电视会议系统", 470_800, 346),
        ("深化安全可靠替代工程项目", 10_358_000, 347),
        ("遗属补助", 56_000, 348),
    ]
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 11_572_800
    assert ledger.carryover == ()
    assert ledger.three_public == {}
    assert table(ledger, "三公").empty
    assert ledger.operating is not None
    assert (ledger.operating.yuan, ledger.operating.place.line) == (380_900, 330)
    spending = table(ledger, "2023年预算支出总表")
    assert spending.columns == ("合计", "基本支出", "项目支出")
    assert spending.rows[3] == ("行政运行", (1_948_900, 1_892_900, 56_000))
    assert spending.codes[3] == "2013101"


def test_first_seed_narrative() -> None:
    ledger = read_ledger(seed(FIRST))
    assert {k: a.yuan for k, a in ledger.procurement.items()} == {
        "总额": 49_500,
        "货物": 49_500,
        "工程": 0,
        "服务": 0,
    }
    assert [(s.count, s.yuan, s.kind, s.place.line) for s in ledger.managed] == [
        (5, 11_516_800, "projects", 422)
    ]
    assert [(c.now_yuan, c.delta_yuan, c.percent, c.place.line) for c in ledger.changes] == [
        (15_305_500, 10_460_600, Decimal("215.91"), 367),
        (15_305_500, 10_460_600, Decimal("215.91"), 367),
        (15_305_500, 10_460_600, Decimal("215.91"), 388),
        (380_900, -13_400, None, 412),
    ]
    assert ledger.changes[3].before_yuan == 394_300
    assert [(s.name, str(s.percent)) for s in ledger.shares if s.part_yuan] == [
        ("一般公共预算拨款收入", "100.00"),
        ("基本支出", "24.39"),
        ("项目支出", "75.61"),
        ("一般公共服务支出", "94.39"),
        ("社会保障和就业支出", "2.38"),
        ("卫生健康支出", "1.10"),
        ("住房保障支出", "2.13"),
    ]
    assert {s.whole_yuan for s in ledger.shares} == {15_305_500}
    assets = ledger.breakdowns[-1]
    assert assets.whole.yuan == Decimal("1295781.63")
    assert sum(part.yuan for part in assets.parts) == assets.whole.yuan
    assert [p.place.line for p in assets.parts] == [646, 648, 650, 652]
    assert next(c.number for c in ledger.counts if c.unit == "辆") == 4


def test_second_seed_tables() -> None:
    pages = seed(SECOND)
    ledger = read_ledger(pages)
    assert document_unit(pages) == "中国共产党长治市屯留区委办公室"
    assert document_year(pages) == 2024
    expected = {
        "一般公共预算": (5_505_100, 60),
        "一般公共服务支出": (10_151_900, 60),
        "一般公共服务支出/当年预算安排": (4_813_100, 60),
        "一般公共服务支出/上年结转安排": (5_338_800, 60),
        "社会保障和就业支出": (317_700, 78),
        "本年收入合计": (5_505_100, 147),
        "上年结转": (5_338_800, 149),
        "收入总计": (10_843_800, 151),
        "支出总计": (10_843_800, 151),
    }
    assert {k: (ledger.totals[k].yuan, ledger.totals[k].place.line) for k in expected} == expected
    assert sums(ledger.projects) == {
        "2024年办公室日常工作经费": 600_000,
        "2024年信息化中心办公经费": 30_000,
        "2024年发展改革研究中心办公经费": 30_000,
        "2024年关工委办公经费": 30_000,
        "移动、联通、电信三家公司视频会议系统及线路费用租赁": 370_000,
        "2024年法律顾问费用": 150_000,
        "山西画报订阅费用": 358_900,
        "乡镇档案室标准化建设": 900_000,
    }
    assert placed(ledger.carryover) == [
        ("专用通信二级网络建设费用", 243_400, 684),
        ("关工委工作经费", 10_700, 686),
        ("拨付工作经费", 8_700, 688),
        ("密码设备及招商引资宣传费用", 30_800, 690),
        ("安可替代工程", 4_975_200, 692),
        ("办公室日常办公经费", 68_100, 694),
        ("村级档案室标准化建设", 2_000, 696),
    ]
    assert ledger.projects_total is not None
    assert ledger.projects_total.yuan == 2_468_900
    assert ledger.carryover_total is not None
    assert ledger.carryover_total.yuan == 5_338_800
    assert ledger.operating is not None
    assert ledger.operating.yuan == 135_900
    income = table(ledger, "2024年预算收入总表")
    assert income.rows[0][1] == (5_505_100, 5_505_100, None, None, None, None, 5_338_800)
    assert income.rows[4] == ("一般行政管理事务", (None,) * 6 + (5_328_100,))
    basic = dict(table(ledger, "分经济科目表").rows)
    assert basic["商品和服务支出"] == (135_900, None, 135_900)


def test_second_seed_narrative() -> None:
    ledger = read_ledger(seed(SECOND))
    assert {k: a.yuan for k, a in ledger.procurement.items()} == {
        "总额": 120_000,
        "货物": 20_000,
        "工程": 0,
        "服务": 100_000,
    }
    assert [(s.count, s.yuan, s.kind, s.place.line) for s in ledger.managed] == [
        (None, 2_468_900, "unit", 792),
        (8, 2_468_900, "projects", 811),
        (8, 2_468_900, "category:其他运转类", 813),
        (0, 0, "category:特定目标类", 815),
        (8, 2_468_900, "published", 815),
        (8, 2_468_900, "published:其他运转类", 817),
        (0, 0, "published:特定目标类", 819),
    ]
    names = ledger.managed[0].names
    assert [a.place.line for a in names] == list(range(793, 809, 2))
    assert sum(a.yuan for a in names) == 2_468_900
    assert names[4].name == "移动、联通、电信三家公司视频会议系统费用统及线路租赁费用"
    assert [
        (c.subject, c.now_yuan, c.delta_yuan, str(c.percent), c.direction, c.place.line)
        for c in ledger.changes
    ] == [
        ("预算收入总计", 10_843_800, -6_025_800, "35.72", "down", 703),
        ("本年部门预算支出总计", 10_843_800, -6_025_800, "35.72", "down", 707),
        ("一般公共预算当年支出", 5_505_100, -11_276_000, "67.19", "down", 744),
        ("机关运行经费财政拨款预算", 135_900, 55_900, "0.69", "up", 776),
    ]
    named = [s for s in ledger.shares if s.whole_name]
    assert [(s.part_yuan, s.whole_yuan, s.percent) for s in named] == [(2_468_900, 7_807_700, 100)]
    cars = [int(c.number) for c in ledger.counts if c.unit == "辆"]
    assert cars == [1, 1, 0, 0, 0, 0, 0, 0, 1]
