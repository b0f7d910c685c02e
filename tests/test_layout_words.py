"""The wordings that bureaus print heads, money and units with, each tried in a whole form."""

from __future__ import annotations

import pytest

from scorer.forms import Cell, Document, Form, Grid, Line, Page, Submission
from scorer.layouts import read_submission

ROWS = (
    ("产出指标", "数量指标", "改造户数", "120户"),
    ("产出指标", "质量指标", "验收合格率", "≥98%"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%"),
)


def grid(rows: list[list[str]]) -> Grid:
    """Texts in slots; a row may end early."""
    width = max(map(len, rows))
    cells = tuple(Cell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(cells, len(rows), width)


def submission(rows: list[list[str]], *above: str) -> Submission:
    blocks = (*(Line(text) for text in above), grid(rows))
    return read_submission(Document("a", "", "xlsx", (Page(1, blocks),)))


def form(rows: list[list[str]], *above: str) -> Form:
    (found,) = submission(rows, *above).forms
    return found


def table(heads: list[str], rows: list[list[str]]) -> list[list[str]]:
    return [["项目名称", "危旧房改造"], ["年度目标", "改造120户。"], heads, *rows]


def values(found: Form) -> list[tuple[str, str]]:
    return [(i.name, i.value) for i in found.indicators]


WANTED = [(name, value) for _, _, name, value in ROWS]

VALUE_HEADS = (
    "指标值 目标值 年初目标值 全年目标值 指标目标值 绩效目标值 预期指标值 年度指标值 全年指标值 计划指标值 "
    "预期值 绩效标准 当年指标值 指标值（包含数字及文字描述） 年度目标值 绩效指标值 三级指标值 设定指标值 2025年指标值"
).split()
NOTE_HEADS = (
    "指标内容 指标解释 计算公式 指标值内容 评（扣）分标准 评分标准 赋分规则 扣分标准 数据来源 佐证资料 取值方式 "
    "上年指标值 历史指标值 指标值说明 指标值来源 指标值确定依据 绩效指标描述 备注 分值 权重 分值权重 未曾见过的一列"
).split()


@pytest.mark.parametrize("head", VALUE_HEADS)
def test_heads_of_the_value(head: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", head]
    assert values(form(table(heads, [list(row) for row in ROWS]))) == WANTED


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
@pytest.mark.parametrize("head", NOTE_HEADS)
def test_other_columns_are_never_a_second_value(head: str, after: bool) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    rows = [list(row) for row in ROWS]
    for row in (heads, *rows):
        row.insert(4 if after else 3, "86" if row is not heads else head)
    assert values(form(table(heads, rows))) == WANTED


@pytest.mark.parametrize(
    "sign", "指标性质 指标值类型 运算符号 比较符 计算符号 指标符号 符号 关系符".split()
)
@pytest.mark.parametrize("unit", "度量单位 计量单位 单位 指标单位 指标值单位".split())
def test_sign_value_and_unit_of_three_columns(sign: str, unit: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值", unit, sign]
    rows = [
        ["产出指标", "数量指标", "改造户数", "120", "户", "＝"],
        ["产出指标", "质量指标", "验收合格率", "98", "%", "≥"],
        ["满意度指标", "服务对象满意度指标", "居民满意度", "90", "%", "≥"],
    ]
    assert values(form(table(heads, rows))) == [("改造户数", "=120户"), *WANTED[1:]]


@pytest.mark.parametrize(
    ("rows", "total", "annual"),
    [
        ([["项目资金（万元）", "年度资金总额", "320", "其中：财政拨款", "300", "其他资金", "20"]], None, 3200000),
        ([["预算金额（万元）", "合计", "680", "财政拨款", "650", "其他资金", "30"]], 6800000, 6800000),
        ([["年度预算申请（万元）", "资金总额", "45.60"], ["", "其中：财政拨款", "45.60"]], None, 456000),
        ([["预算规模及资金用途（元）", "预算数", "1460000", "其中：财政资金", "1460000"]], None, 1460000),
        ([["当年预算（万元）", "合计", "326"]], None, 3260000),
        ([["申请金额（元）", "320,000"]], 320000, 320000),
        ([["项目总投资（万元）", "900", "本年度资金（万元）", "300"]], 9000000, 3000000),
        ([["资金总额（万元）", "35.6万元"]], 356000, 356000),
        ([["项目经费", "35.6万元"]], 356000, 356000),
        ([["2025年度预算（万元）", "12.5"]], None, 125000),
        ([["年度资金总额：", "150万元"]], None, 1500000),
        ([["年度资金总额（亿元）", "1.2"]], None, 120000000),
    ],
)  # fmt: skip
def test_wordings_of_the_money(
    rows: list[list[str]], total: int | None, annual: int | None
) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    found = form([body[0], *rows, *body[1:]])
    assert (found.total_yuan, found.annual_yuan) == (total, annual)


@pytest.mark.parametrize(
    ("above", "first"),
    [
        (["单位：万元"], []),
        (["金额单位：人民币万元"], []),
        (["项目支出绩效目标表（单位：万元）"], []),
        (["302102 河间县公安局      单位：万元"], []),
        ([], [["302102 河间县公安局", "单位：万元"]]),
        ([], [["项目支出绩效目标表", "", "单位：万元"]]),
        ([], [["项目资金", "（万元）"]]),
    ],
)
def test_places_of_the_unit_of_money(above: list[str], first: list[list[str]]) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    found = form([*first, body[0], ["年度资金总额", "45.6"], *body[1:]], *above)
    assert found.annual_yuan == 456000


def test_a_unit_that_nobody_names_is_told() -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    found = submission([body[0], ["年度资金总额", "45.6"], *body[1:]])
    assert [problem.code for problem in found.problems] == ["money_unit"]


SOURCES = {
    "central": "国家补助资金 中央财政资金 中央补助 上级补助收入 上级转移支付 上级专项资金",
    "province": "省级财政资金 省级补助 自治区财政资金 省级专项资金 省（区）级补助 兵团补助资金",
    "city_county": "本级财政资金 县级财政资金 市县(区)财政资金 财政拨款 一般公共预算拨款 政府性基金 县级配套 市区财政资金 州级配套资金 县（旗、区）财政拨款",
    "self_raised": "单位自筹 单位资金 事业收入 自有资金",
    "other": "其他资金 上年结转 财政专户管理资金 债券资金",
}


@pytest.mark.parametrize(
    ("source", "label"), [(s, label) for s, text in SOURCES.items() for label in text.split()]
)
def test_sources_of_the_money(source: str, label: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    money = [["项目资金（万元）", "年度资金总额", "80"], ["", f"其中：{label}", "80"]]
    found = form([body[0], *money, *body[1:]])
    assert found.funding_annual.stated() == {source: 800000}


@pytest.mark.parametrize(
    ("label", "field"),
    [
        *((label, "unit") for label in ("项目单位", "预算单位", "编制单位", "单位", "承担单位", "填报单位（盖章）", "部门（单位）")),
        *((label, "department") for label in ("主管部门", "业务主管部门", "部门", "主管部门（盖章）", "主管部门及代玛", "主管部门/编码")),
    ],
)  # fmt: skip
def test_wordings_of_the_units(label: str, field: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    found = form([body[0], [label, "青岑县水利局"], *body[1:]])
    assert getattr(found, field) == "青岑县水利局"


def test_what_stands_above_a_list_belongs_to_all_its_projects() -> None:
    heads = ["项目单位", "项目名称", "预算金额", "一级指标", "二级指标", "三级指标", "指标值"]
    rows = [
        [unit, f"{unit}购书", "30", *row] for unit in ("县图书馆", "县文化馆") for row in ROWS
    ]  # fmt: skip
    found = submission([["部门：昌南县文化局", "金额单位：万元"], heads, *rows]).forms
    assert [(f.unit, f.department, f.total_yuan) for f in found] == [
        ("县图书馆", "昌南县文化局", 300000),
        ("县文化馆", "昌南县文化局", 300000),
    ]


def test_unit_that_files_a_list_of_other_units_is_their_department() -> None:
    heads = ["单位名称", "项目名称", "预算金额", "一级指标", "二级指标", "三级指标", "指标值"]
    rows = [
        [unit, f"{unit}购书", "30", *row] for unit in ("县图书馆", "县文化馆") for row in ROWS
    ]  # fmt: skip
    found = submission([["填报单位：昌南县文化局", "金额单位：万元"], heads, *rows]).forms
    assert [(f.department, f.unit) for f in found] == [
        ("昌南县文化局", "县图书馆"),
        ("昌南县文化局", "县文化馆"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "51172325T000013862207-闸门检修",
        "51172325Y000-闸门检修",
        "[51172325R000000312]闸门检修",
        "（130000250000012345）闸门检修",
        "51172325T000013862207 闸门检修",
        "51172325T000013862207\n闸门检修",
        "闸门检修-51172325T000013862207",
        "闸门检修（51172325T000013862207）",
    ],
)
def test_code_of_a_project_is_no_part_of_its_name(printed: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    assert form([["项目名称", printed], *body[1:]]).project == "闸门检修"


@pytest.mark.parametrize("name", ["2025-2027年闸门检修", "20250630前闸门检修", "110千伏线路改造"])
def test_figures_of_a_name_are_no_code(name: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    assert form([["项目名称", name], *body[1:]]).project == name


@pytest.mark.parametrize(
    ("label", "field"),
    [
        *((label, "period") for label in ("实施周期总体目标", "项目周期绩效目标", "实施期内总体目标", "全周期总目标", "长期预期目标")),
        *((label, "annual") for label in ("年度总体目标", "本年度总体绩效目标", "当年预期目标", "全年工作目标")),
    ],
)  # fmt: skip
def test_wordings_of_the_goals(label: str, field: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标值"]
    body = table(heads, [list(row) for row in ROWS])
    found = form([body[0], [label, "改造泵站两座。"], *body[1:]])
    assert getattr(found.goal, field) == "改造泵站两座。"


@pytest.mark.parametrize("sign", ["正向", "反向指标", "越小越好", "逆向"])
def test_direction_in_the_column_of_signs_is_no_sign(sign: str) -> None:
    heads = ["一级指标", "二级指标", "三级指标", "指标方向", "指标值", "计量单位"]
    rows = [["产出指标", "数量指标", "改造户数", sign, "120", "户"]]
    found = form(table(heads, rows)).indicators[0]
    assert (found.value, found.direction) == ("120户", sign)
