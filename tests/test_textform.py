"""Forms in plain text of invented counties: what was rendered is read back, cell by cell."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Form, Line, Place, Problem
from scorer.layouts.draft import parse_yuan, split_department
from scorer.layouts.text.form import forms_from_lines
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import load_words, words, year_in
from tests.textmaker import LEVEL1, ORDER, Sample, Style, printed, render

CANAL = Sample(
    county="柳泉",
    year=2024,
    project="东干渠清淤及护坡修复",
    code="031",
    department="柳泉县水利局",
    unit="柳泉县东干渠管理所",
    attribute="延续性项目",
    period="2年",
    total=3_860_000,
    annual=1_720_000,
    texts={
        "overview": "东干渠全长41公里，淤积平均厚度0.6米，过流能力由每秒8立方米降到5立方米，"
        "尾水三个乡镇灌溉保证率不足七成。计划两年清淤41公里，修复护坡2.3万平方米，"
        "更换分水闸门26座，恢复设计过流能力。",
        "basis": "柳政发〔2023〕19号；《大中型灌区续建配套规划》",
        "necessity": "2023年春灌轮期由12天延长到19天，尾水农户减产反映集中。",
        "safeguards": "《柳泉县水利工程建设管理办法》；监理单位全程旁站；按月上报进度",
        "plan": "3月招标，4月停水施工，10月底前完成当年标段，11月验收。",
    },
    goals=(
        "两年完成41公里清淤和2.3万平方米护坡修复，过流能力恢复到每秒8立方米，轮期缩短到12天。",
        "2024年完成19公里清淤和1万平方米护坡修复，轮期缩短到15天以内。",
    ),
    filled_at="20231108092231",
    rows=(
        ("数量指标", "渠道清淤长度", "41公里", "渠道清淤长度", "19公里"),
        ("数量指标", "护坡修复面积", "2.3万平方米", "护坡修复面积", "1万平方米"),
        ("数量指标", "更换分水闸门", "26座", "更换分水闸门", "12座"),
        ("质量指标", "单元工程验收合格率", "100%", "单元工程验收合格率", "100%"),
        ("质量指标", "混凝土强度", "达到设计C25标准", "混凝土强度", "达到设计C25标准"),
        ("时效指标", "完工时间", "2025年10月底前", "完工时间", "2024年10月底前"),
        ("成本指标", "清淤综合单价", "≤4.2万元/公里", "清淤综合单价", "≤4.2万元/公里"),
        ("社会效益指标", "春灌轮期", "≤12天", "春灌轮期", "≤15天"),
        ("生态效益指标", "年节约用水", "≥160万立方米", "年节约用水", "≥70万立方米"),
        ("可持续影响指标", "管护责任落实段数", "41段", "管护责任落实段数", "19段"),
        ("服务对象满意度指标", "灌区农户满意度", "≥90%", "灌区农户满意度", "≥88%"),
    ),
)
SERVER = Sample(
    county="桐岭",
    year=2025,
    project="政务云机房2号服务器集群更新",
    code="118",
    department="桐岭县数据局",
    unit="桐岭县政务信息中心",
    attribute="一次性项目（1年结束）",
    period="1年",
    total=985_600,
    annual=985_600,
    texts={
        "overview": "更新2016年购置的服务器14台。",
        "basis": "延续项目",
        "necessity": "设备老旧，故障多。",
        "safeguards": "政府采购法",
        "plan": "2025年",
    },
    goals=("保障政务系统稳定运行", "保障政务系统稳定运行"),
    filled_at="20241120154410",
    rows=(
        ("数量指标", "购置服务器数量", "14台", "购置服务器数量", "14台"),
        ("质量指标", "设备验收", "合格", "设备验收", "合格"),
        ("时效指标", "采购及时性", "及时", "采购及时性", "及时"),
        ("社会效益指标", "政务系统运行保障能力", "提升", "政务系统运行保障能力", "提升"),
        ("服务对象满意度指标", "使用人员满意度", "满意", "使用人员满意度", "满意"),
    ),
)
TRAINING = Sample(
    county="乌石",
    year=2023,
    project="乡村医生岗位能力培训",
    code="022",
    department="乌石县卫生健康和体育局",
    unit="乌石县卫生进修学校",
    attribute="经常性项目",
    period="3年",
    total=1_260_000,
    annual=420_000,
    texts={
        "overview": "每年分三期培训在岗村医，重点是高血压、糖尿病规范管理和急救。",
        "basis": "乌卫字〔2022〕33号",
        "necessity": "村医平均年龄57岁，2022年慢病规范管理率只有58%。",
        "safeguards": "培训考核办法；考勤与补助挂钩",
        "plan": "5月、8月、11月各一期",
    },
    goals=(
        "三年轮训在岗村医540人次，慢病规范管理率提高到75%。",
        "培训村医180人次，慢病规范管理率达到64%。",
    ),
    filled_at="20221215101010",
    rows=(
        ("数量指标", "培训村医人次", "≥540人次", "培训村医人次", "≥180人次"),
        ("数量指标", "培训期数", "9期", "培训期数", "3期"),
        ("质量指标", "结业考核通过率", "≥95%", "结业考核通过率", "≥95%"),
        ("成本指标", "人均培训成本", "≤2400元", "人均培训成本", "≤2400元"),
        ("经济效益指标", "", "", "群众县外就医支出", "下降"),
        ("社会效益指标", "慢病规范管理率", "≥75%", "慢病规范管理率", "≥64%"),
        ("服务对象满意度指标", "参训村医满意度", "≥92%", "参训村医满意度", "≥92%"),
    ),
)
SAMPLES = (CANAL, SERVER, TRAINING)
STYLES = {
    "tab": Style("tab"),
    "tab, half-width brackets, label on each row": Style("tab", brackets="()", labels="each"),
    "tab, 万元": Style("tab", money="万元"),
    "tab, damaged": Style("tab", brackets="()", damage=0.3, seed=3),
    "tab, damaged and cut": Style("tab", damage=0.4, cut=7, seed=11),
    "pipes": Style("pipe"),
    "wide gaps, wrapped": Style("wide"),
    "text layer": Style("space"),
    "text layer, blank lines, furniture": Style("space", blank_lines=True, furniture=True),
    "text layer, cut": Style("space", cut=6),
    "text layer, cut and glued": Style("space", cut=7, glue=True),
    "text layer, 万元, half-width": Style("space", brackets="()", money="万元"),
    "text layer, label on each row": Style("space", labels="each"),
    "cell after cell": Style("cells"),
    "cell after cell, blank lines, furniture": Style("cells", blank_lines=True, furniture=True),
    "cell after cell, narrow": Style("cells", widths=(6, 7, 6), body=28),
    "line by line": Style("lines"),
    "line by line, narrow body": Style("lines", body=24),
}


def read(lines: list[str]) -> tuple[list[Form], list[Problem], list[Line]]:
    return forms_from_lines([Line(t, Place(line=n)) for n, t in enumerate(lines, 1)], "text.txt")


def only(lines: list[str]) -> Form:
    forms, problems, _ = read(lines)
    assert problems == []
    assert len(forms) == 1
    return forms[0]


def rows_of(form: Form) -> list[tuple[str, str, str, str, str]]:
    return [(i.phase, i.level1, i.level2, i.name, i.value) for i in form.indicators]


def head_of(sample: Sample) -> dict[str, object]:
    return {
        "project": sample.project,
        "department_code": sample.code,
        "department": sample.department,
        "unit": sample.unit,
        "fiscal_year": sample.year,
        "attribute": sample.attribute,
        "period": sample.period,
        "total_yuan": sample.total,
        "annual_yuan": sample.annual,
        **sample.texts,
        "goal_period": sample.goals[0],
        "goal_annual": sample.goals[1],
        "filled_at": sample.filled_at,
    }


def cells(sample: Sample, style: Style) -> list[tuple[str, str, str, str, str]]:
    """The rows that should be read: 实施期 first, each half in the table's order."""
    out = []
    for level2 in ORDER:
        for _, *texts in (r for r in printed(sample, style).rows if r[0] == level2):
            for phase, name, value in (("period", *texts[:2]), ("annual", *texts[2:])):
                if name or value:
                    out.append((phase, LEVEL1.get(level2, "效益指标"), level2, name, value))
    return sorted(out, key=lambda row: row[0] != "period")


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.project)
def test_what_was_rendered_is_read_back(sample: Sample, style: Style) -> None:
    form = only(render(sample, style))
    got = {n: form.text(n) if n.startswith("goal_") else getattr(form, n) for n in head_of(sample)}
    assert got == head_of(sample)
    nothing = {"central": 0, "province": 0, "self_raised": 0}
    assert form.funding_period.stated() == {**nothing, "city_county": sample.total}
    assert form.funding_annual.stated() == {**nothing, "city_county": sample.annual}
    assert rows_of(form) == cells(sample, style)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_places_point_at_the_line_with_the_text(style: Style) -> None:
    lines = render(TRAINING, style)
    form = only(lines)
    for indicator in form.indicators:
        line = lines[(indicator.place.line or 0) - 1]
        assert indicator.name[:4] in line
    for name in ("project", "unit", "basis", "filled_at", "goal_annual"):
        line = lines[(form.places[name].line or 0) - 1]
        assert str(head_of(TRAINING)[name])[:4] in line


def test_a_label_in_the_middle_of_its_rows() -> None:
    style = Style("space", labels="middle")
    assert rows_of(only(render(CANAL, style))) == cells(CANAL, style)


def test_several_forms_in_one_document_with_narrative_between() -> None:
    styles = [Style("space", furniture=True), Style("cells"), Style("space", brackets="()")]
    lines = ["十、绩效管理情况", "详见项目支出绩效目标表", ""]
    for sample, style in zip(SAMPLES, styles, strict=True):
        lines += render(sample, style)
    lines += ["十一、国有资产占有使用情况", "无"]
    forms, problems, outside = read(lines)
    assert problems == []
    assert [f.project for f in forms] == [s.project for s in SAMPLES]
    assert [line.text for line in outside if line.text] == [*lines[:2], *lines[-2:]]


# --- hand-made awkward texts -----------------------------------------------------------


def test_single_half_in_wan_with_template_numbers() -> None:
    form = only(
        """2024年项目支出绩效目标表
单位：万元
项目名称 农村饮水安全维修养护
主管部门 青泽县水利局 实施单位 青泽县农村供水站
项目资金 年度资金总额： 86.50
其中：财政拨款 80.00
其他资金 6.505
年度目标 完成32处供水工程维修养护。
绩效指标
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 指标1：维修养护工程处数 ≥32处
指标2：更换管道长度 ≥12.5公里
质量指标 水质检测合格率 ≥95%
效益指标 经济效益指标
可持续影响指标 管护机制 健全
满意度指标 服务对象满意度指标 受益群众满意度 ≥90%""".split("\n")
    )
    assert form.annual_yuan == 865_000
    assert form.total_yuan is None
    assert (form.funding_annual.city_county, form.funding_annual.other) == (800_000, 65_050)
    assert form.goal.annual == "完成32处供水工程维修养护。"
    assert form.goal.period is None
    assert {i.phase for i in form.indicators} == {"annual"}
    assert [(i.level2, i.name) for i in form.indicators[:2]] == [
        ("数量指标", "维修养护工程处数"),
        ("数量指标", "更换管道长度"),
    ]
    assert len(form.indicators) == 5


def test_medium_term_halves_with_numbered_goals() -> None:
    form = only(
        """项目支出绩效目标申报表
（2025年度）
项目名称        城区公厕改造提升项目
主管部门及代码  安岭市城市管理局（045）    实施单位    安岭市环境卫生管理处
项目资金（万元）    中期资金总额：   320    年度资金总额：   150
                    其中：财政拨款   300    其中：财政拨款   140
                          其他资金    20          其他资金    10
总体目标      中期目标（2025年—2026年）        年度目标
              目标1：新建改造公厕24座；          目标1：改造公厕11座；
              目标2：公厕达标率95%以上。         目标2：公厕达标率90%以上。
绩效指标    一级指标    二级指标    三级指标    指标值    二级指标    三级指标    指标值
            产出指标    数量指标    改造公厕数量    24座    数量指标    改造公厕数量    11座
            满意度指标    服务对象满意度指标    市民满意度    ≥90%    服务对象满意度指标    市民满意度    ≥88%""".split(
            "\n"
        )
    )
    assert (form.department_code, form.department) == ("045", "安岭市城市管理局")
    assert (form.total_yuan, form.annual_yuan) == (3_200_000, 1_500_000)
    assert (form.funding_period.other, form.funding_annual.other) == (200_000, 100_000)
    assert form.goal.period == "目标1：新建改造公厕24座；目标2：公厕达标率95%以上。"
    assert form.goal.annual == "目标1：改造公厕11座；目标2：公厕达标率90%以上。"
    assert [i.value for i in form.indicators] == ["24座", "≥90%", "11座", "≥88%"]


def test_blocks_one_above_the_other() -> None:
    form = only(
        """项目支出绩效目标表
项目名称：学校食堂设备更新
主管部门：丰原县教育局
实施单位：丰原县教育局后勤中心
项目起止时间：2024年1月—2025年12月
项目资金：
项目总投资：260万元
财政拨款：260万元
年度资金总额：130万元
项目概况：为12所农村学校食堂更新蒸箱、冷柜和消毒柜，
改善学生就餐条件，降低食品安全风险。
长期目标：两年完成24所学校食堂设备更新。
年度目标：2024年完成12所。
长期绩效指标
一级指标 二级指标 指标内容 指标值 备注
产出指标 数量指标 更新食堂学校数 24所
满意度指标 服务对象满意度 师生满意度 ≥92%
年度绩效指标
一级指标 二级指标 指标内容 指标值 备注
产出指标 数量指标 更新食堂学校数 12所
时效指标 安装调试完成 8月20日前
填报人：王某 填报日期：2023-11-20""".split("\n")
    )
    assert form.layout == "B"
    assert (form.total_yuan, form.annual_yuan) == (2_600_000, 1_300_000)
    assert form.goal.period == "两年完成24所学校食堂设备更新。"
    assert form.overview is not None
    assert form.overview.endswith("消毒柜，改善学生就餐条件，降低食品安全风险。")
    assert [(i.phase, i.value) for i in form.indicators] == [
        ("period", "24所"),
        ("period", "≥92%"),
        ("annual", "12所"),
        ("annual", "8月20日前"),
    ]
    assert form.filled_at == "2023-11-20"


def test_markdown_with_sign_and_unit_columns() -> None:
    form = only(
        """| 项目支出绩效目标公开表 | | | | | | |
| （2025年度） | | | | | | |
| --- | --- | --- | --- | --- | --- | --- |
| 项目名称 | 残疾人就业培训 | | | | | |
| 主管部门及代码 | 022-沙河市残疾人联合会 | | | 实施单位 | 沙河市残疾人劳动就业服务所 | |
| 项目资金（万元） | 年度资金总额： | 18 | | | | |
| 年度绩效目标 | 培训残疾人90人，当年就业≥45人。 | | | | | |
| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重 |
| 产出指标 | 数量指标 | 培训残疾人 | ≥ | 90 | 人 | 20 |
| 成本指标 | 经济成本指标 | 人均培训成本 | ≤ | 2000 | 元/人 | 10 |
| 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥ | 90 | % | 10 |""".split("\n")
    )
    assert form.fiscal_year == 2025
    assert form.annual_yuan == 180_000
    assert [(i.level1, i.level2, i.value, i.weight) for i in form.indicators] == [
        ("产出指标", "数量指标", "≥90人", "20"),
        ("成本指标", "经济成本指标", "≤2000元/人", "10"),
        ("满意度指标", "服务对象满意度指标", "≥90%", "10"),
    ]


def test_label_in_the_middle_of_a_ten_line_cell() -> None:
    text = (
        "全区共有区级河道14条、总长96.3公里，现由社会化保洁公司负责水面漂浮物打捞、岸坡垃圾清运和"
        "违章种植清理。原合同于2024年12月到期，拟采购新一轮三年期保洁服务，配备保洁船9艘、保洁员62名，"
        "每日巡查两次，重点河段每日巡查三次，并建立三级监督机制。"
    )
    parts = [text[i : i + 30] for i in range(0, len(text), 30)]
    lines = render(SERVER, Style("space"))
    at = next(i for i, line in enumerate(lines) if line.startswith("项目概况"))
    lines[at : at + 1] = [*parts[:2], "项目概况", *parts[2:]]
    form = only(lines)
    assert form.overview == text
    assert form.places["overview"].line == at + 1
    assert form.basis == SERVER.texts["basis"]
    assert form.funding_annual.other is None


def test_head_row_swallowed_the_first_labels_and_a_label_broke_over_two_rows() -> None:
    lines = render(CANAL, Style("tab", brackets="()", cut=7))
    head = next(i for i, line in enumerate(lines) if "一级指标" in line)
    heads = "绩效指标 产出指标 数量指标 一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值"
    lines[head] = heads.replace(" ", "\t")
    lines[head + 1] = "\t\t\t\t渠道清淤长度\t41公里\t渠道清淤长度\t19公里"
    money = next(i for i, line in enumerate(lines) if "市县(区)财政资金" in line)
    lines[money] = "\t市县(区)财政资\t3,860,000\t市县(区)财政资金\t1,720,000"
    lines[money + 1] = "\t金\t0\t单位自筹\t0"
    form = only(lines)
    assert rows_of(form) == cells(CANAL, Style("tab", cut=7))
    assert form.funding_period.city_county == 3_860_000
    assert form.funding_annual.city_county == 1_720_000
    assert (form.funding_period.self_raised, form.funding_annual.self_raised) == (0, 0)


def test_a_blank_left_half() -> None:
    rows = tuple((k, "", "", n, v) for k, n, v, _, _ in SERVER.rows)
    for mode in ("tab", "space"):
        lines = render(replace(SERVER, rows=rows, goals=("", SERVER.goals[1])), Style(mode))
        form = only(lines)
        assert (form.goal.period, form.goal.annual) == (None, SERVER.goals[1])
        assert [(i.phase, i.name) for i in form.indicators] == [("annual", r[3]) for r in rows]


def test_words_of_a_label_inside_a_text_do_not_cut_it() -> None:
    lines = render(SERVER, Style("space"))
    at = next(i for i, line in enumerate(lines) if line.startswith("项目概况"))
    lines[at + 1 : at + 1] = ["资金来源：县级财政安排。", "立项依据充分，手续齐全。"]
    form = only(lines)
    assert (
        form.overview
        == SERVER.texts["overview"] + "资金来源：县级财政安排。立项依据充分，手续齐全。"
    )
    assert form.basis == SERVER.texts["basis"]


def test_money_labels_broken_over_lines_in_two_columns() -> None:
    lines = render(CANAL, Style("space"))
    at = next(i for i, line in enumerate(lines) if line.startswith("实施期资金总额"))
    lines[at] = "实施期资金总\n额：\n3,860,000 年度资金总额： 1,720,000"
    lines[at + 1] = "其中：中央财政\n资金\n0 其中：中央财政资金 0"
    lines = "\n".join(lines).split("\n")
    form = only(lines)
    assert (form.total_yuan, form.annual_yuan) == (3_860_000, 1_720_000)
    assert (form.funding_period.central, form.funding_annual.central) == (0, 0)
    assert form.funding_period.city_county == 3_860_000
    assert form.funding_annual.city_county == 1_720_000


def test_halves_with_different_rows_under_one_label() -> None:
    rows = (
        ("社会效益指标", "受保护人口", "≥12.6万人", "施工期度汛险情", "=0次"),
        ("社会效益指标", "施工期度汛险情", "=0次", "", ""),
    )
    sample = replace(CANAL, rows=rows)
    assert rows_of(only(render(sample, Style("space")))) == cells(sample, Style("space"))


def test_a_cut_label_glued_to_the_name() -> None:
    lines = render(SERVER, Style("space"))
    at = next(i for i, line in enumerate(lines) if "使用人员满意度" in line)
    lines[at] = (
        "满意度指标 服务对象满意度指使用人员满意度 满意 服务对象满意度指标使用人员满意度 满意"
    )
    assert rows_of(only(lines)) == cells(SERVER, Style("space"))


def test_other_objects_tables_are_named_and_not_read() -> None:
    lines = """2024年度部门整体支出绩效目标表
部门名称 平塘县机关事务服务中心
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 保障办公楼 3栋
项目支出绩效自评表
项目名称 电梯大修
主管部门 平塘县 实施单位 机关事务中心
年度总体目标 完成
一级指标 二级指标 三级指标 年度指标值 实际完成值
产出指标 数量指标 大修电梯 3部 3部""".split("\n")
    forms, problems, outside = read(lines)
    assert [p.code for p in problems] == ["other_table", "partly_read", "self_review"]
    assert "整体支出" in problems[0].message
    assert "自评" in problems[2].message
    assert [line.text for line in outside] == lines[:4]
    (form,) = forms  # of the 自评表 only the targets
    assert form.layout == "H"
    assert rows_of(form) == [("annual", "产出指标", "数量指标", "大修电梯", "3部")]


def test_a_form_without_indicators_says_what_is_missing() -> None:
    lines = render(SERVER, Style("space"))
    cut = next(i for i, line in enumerate(lines) if line.startswith("一级指标"))
    forms, problems, _ = read(lines[:cut])
    assert forms[0].project == SERVER.project
    assert forms[0].indicators == ()
    assert [p.code for p in problems] == ["partly_read"]
    assert SERVER.project in problems[0].message


def test_contents_and_budget_tables_are_no_forms() -> None:
    lines = [
        "附表：项目支出绩效目标表.....12",
        "项目名称 合计 2024年财政拨款",
        "单位名称 主管部门",
        "某项目 5 5",
    ]
    assert read(lines) == ([], [], [Line(t, Place(line=n)) for n, t in enumerate(lines, 1)])


def test_blank_cells_are_asked_for_and_absent_ones_are_not() -> None:
    form = only(render(SERVER, Style("space")))
    assert {"phone", "leader", "funding.annual.other"} <= form.asked
    assert form.phone is None
    single = only(["项目名称 甲", "主管部门 乙 实施单位 丙", "年度资金总额 5", "数量指标 台数 3台"])
    assert "overview" not in single.asked


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_no_text_makes_it_raise(seed: int) -> None:
    rng = random.Random(seed)
    lines = render(rng.choice(SAMPLES), rng.choice(list(STYLES.values())))
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(lines))
        sign = rng.choice("\t|  0≥%：\x00一指标")
        lines[at] = rng.choice(["", lines[at][: len(lines[at]) // 2], lines[at] + sign, sign * 9])
    forms, problems, outside = read(lines)
    assert len(forms) + len(problems) <= 4
    assert all(line.text in lines for line in outside)


# --- the vocabulary and the small grammars ----------------------------------------------


def test_a_county_adds_words() -> None:
    mine = load_words(
        {"fields": {"overview": ["项目来龙去脉"]}, "level2": {"质量指标": ["好坏指标"]}}
    )
    assert mine.field_of("项目来龙去脉：") == "overview"
    assert mine.level2_of("好坏指标") == "质量指标"
    assert words().field_of("项目来龙去脉") is None


@pytest.mark.parametrize(
    ("printed_name", "canonical"),
    [
        ("服务对象满意度", "服务对象满意度指标"),
        ("服务对象满意度指", "服务对象满意度指标"),
        ("可持续影响指", "可持续影响指标"),
        ("生态环境成本", "生态环境成本指标"),
        ("数 量 指 标", "数量指标"),
        ("满意", None),
        ("计算机数量", None),
    ],
)
def test_level2_names(printed_name: str, canonical: str | None) -> None:
    assert words().level2_of(printed_name) == canonical


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("620,000", "元", 620_000),
        ("62.00", "万元", 620_000),
        ("６２万元", "元", 620_000),
        ("1.2345", "万元", 12_345),
        ("0", "万元", 0),
        ("—", "元", None),
        ("按需要", "元", None),
    ],
)
def test_amounts(text: str, unit: str, yuan: int | None) -> None:
    assert parse_yuan(text, unit) == yuan


def test_departments_and_years() -> None:
    assert split_department("001-某县档案馆") == ("001", "某县档案馆")
    assert split_department("某局（ 123001 ）") == ("123001", "某局")
    assert split_department("2024年办公室") == (None, "2024年办公室")
    assert year_in("（２０２５年度）") == 2025
    assert year_in("二〇二四年度") == 2024


def test_wrapped_lines_are_joined() -> None:
    assert join_wrapped(["保障视频会", "议系统"]) == "保障视频会议系统"
    assert join_wrapped(["Microsoft", "Office 2021"]) == "Microsoft Office 2021"
    assert join_wrapped(["共12", "000元"]) == "共12000元"


def test_a_list_without_lines_is_read_and_said_to_be_in_doubt() -> None:
    lines = """2025年项目支出绩效目标表
单位名称：柳泉县水利局
项目名称 年度绩效目标 一级指标 二级指标 三级指标 指标性质 指标值 度量单位
东干渠清淤 清淤19公里，轮期缩短到15天。
产出指标 数量指标 清淤长度 ≥ 19 公里
效益指标 社会效益指标 春灌轮期 ≤ 15 天
闸门更换 更换闸门12座。
产出指标 数量指标 更换闸门 ＝ 12 座
满意度指标 服务对象满意度指标 农户满意度 ≥ 90 %""".split("\n")
    forms, problems, _ = read(lines)
    assert [form.project for form in forms] == ["东干渠清淤", "闸门更换"]
    assert [i.value for i in forms[0].indicators] == ["≥19公里", "≤15天"]
    assert [i.value for i in forms[1].indicators] == ["=12座", "≥90%"]
    (problem,) = problems
    assert problem.code == "doubtful_columns"
    assert not problem.lost
    assert problem.place.line == 3


def test_cells_that_wrap_side_by_side_are_said_to_be_in_doubt() -> None:
    text = (Path(__file__).parent / "published" / "d41.txt").read_text("utf-8")
    forms, problems, _ = read(text.partition("\n===\n")[0].splitlines())
    assert [(p.code, p.lost, p.place.line) for p in problems] == [("doubtful_columns", False, 8)]
    assert len(forms[0].indicators) == 5
