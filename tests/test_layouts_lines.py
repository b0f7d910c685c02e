"""Tables that a text prints with tabs: broken cells, lost blank cells, other heads."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Form, Submission
from scorer.pipeline import read_input

STREET_LIGHTS = """附件3
项目支出绩效目标表
(2024年度)
项目名称	城区道路照明电费及维护
主管部门	清泉县住房和城乡建设局	实施单位	清泉县路灯管理所
项目资金
（万元）	资金总额：	286.5
	其中：财政拨款	286.5
	其他资金	0
年度总体目标	目标1：保证城区36条道路5820盏路灯正常照明；
目标2：全年亮灯率达到98%以上，故障24小时内修复。
绩效指标	一级指标	二级指标	三级指标	指标值
	产出指标	数量指标	维护路灯数量	5820盏
		质量指标	亮灯率	≥98%
		时效指标	故障修复时间	≤24小时
	效益指标	社会效益指标	夜间交通事故下降	较上年下降5%
	满意度指标	服务对象满意度指标	市民满意度	≥90%

项目支出绩效目标表
(2024年度)
项目名称	农村饮水工程维修养护
主管部门	清泉县水利局	实施单位	清泉县农村饮水安全中心
项目资金
（万元）	资金总额：	90
	其中：财政拨款	60
	其他资金	30
年度总体目标	对全县12处集中供水工程进行维修养护，保障4.2万人饮水安全。
绩效指标	一级指标	二级指标	三级指标	指标值
	成本指标	经济成本指标	维修养护总成本	≤90万元
	产出指标	数量指标	维修养护工程处数	12处
	满意度指标	服务对象满意度指标	受益群众满意度	≥90%
"""

SHELTER_FOREST = """项目支出绩效目标表
（2024年）
预算单位	沙湾市林业和草原局	项目名称	三北防护林抚育项目
项目资金（万元）	年度资金总额	320.00	其中：财政拨款	320.00	其他资金	0.00
项目总体目标	抚育防护林1.2万亩，补植苗木8万株。
一级指标	二级指标	三级指标	指标值（包含数字及文字描述）
产出指标	数量指标	抚育防护林面积（亩）	≥12000
	质量指标	苗木成活率（%）	≥85
成本指标	经济成本指标	抚育成本（元/亩）	≤200
效益指标	生态效益指标	改善绿洲生态环境	有效改善
满意度指标	满意度指标	农牧民满意度（%）	≥90
"""

LIST = """部门公开表22
项目支出绩效目标表
单位：302001_芦江县交通运输局		单位：万元
单位（专项）名称	资金总额	年度绩效目标	一级指标	二级指标	三级指标	指标值	指标值内容	评（扣）分标准	度量单位	指标值类型	备注
农村公路养护	860.00	完成县乡公路养护186公里。	产出指标	数量指标	养护里程	186	养护县乡道里程	少1公里扣0.1分	公里	≥
			成本指标	经济成本指标	养护单价	4.6	每公里养护成本	超出不得分	万元/公里	≤
			满意度指标	服务对象满意度指标	沿线群众满意度	90	问卷调查	每低1%扣1分	%	≥
治超站运行	400.00	超限率控制在1%以内。	产出指标	数量指标	检测货车	20000	检测台次	按比例	台次	≥
			效益指标	社会效益指标	超限引发事故	0	事故数	每起扣2分	起	=
"""


SHANGHAI = """财政项目支出绩效目标申报表
（2024年度）
项目名称：	社区学校运行经费	项目类别：	经常性项目
项目总目标：	为辖区居民提供终身教育服务，全年开设课程不少于120门次。
项目总预算（元）：	860,000	项目当年预算（元）：	860,000
一级指标	二级指标	三级指标	指标目标值
产出目标	数量	开设课程门次	=120.00(门次)
	时效	课程开设及时率	=100.00(%)
效果目标	社会效益	学员获得感	提升
	满意度	学员满意度	>=95.00(%)
影响力目标	长效管理	管理制度健全性	健全
"""


def read(text: str) -> Submission:
    [submission] = read_input("a.txt", text.encode())
    return submission


def values(form: Form) -> list[tuple[str, str]]:
    return [(i.name, i.value) for i in form.indicators]


def test_two_forms_with_broken_cells_and_no_trailing_tabs() -> None:
    submission = read(STREET_LIGHTS)
    assert not submission.problems
    lights, water = submission.forms
    assert (lights.project, lights.unit) == ("城区道路照明电费及维护", "清泉县路灯管理所")
    assert (water.project, water.unit) == ("农村饮水工程维修养护", "清泉县农村饮水安全中心")
    assert (lights.total_yuan, water.total_yuan) == (2865000, 900000)
    assert water.funding_period.other == 300000
    assert lights.goal.annual is not None
    assert lights.goal.annual.endswith("目标2：全年亮灯率达到98%以上，故障24小时内修复。")
    assert len(lights.indicators) == 5
    assert values(water) == [
        ("维修养护总成本", "≤90万元"),
        ("维修养护工程处数", "12处"),
        ("受益群众满意度", "≥90%"),
    ]


def test_labels_in_pairs_and_money_in_one_row() -> None:
    [form] = read(SHELTER_FOREST).forms
    assert (form.project, form.unit) == ("三北防护林抚育项目", "沙湾市林业和草原局")
    assert form.annual_yuan == 3200000
    assert values(form)[0] == ("抚育防护林面积（亩）", "≥12000")
    assert len(form.indicators) == 5


def test_a_list_with_explanations_beside_the_values() -> None:
    roads, weighing = read(LIST).forms
    assert (roads.project, roads.total_yuan) == ("农村公路养护", 8600000)
    assert values(roads) == [
        ("养护里程", "≥186公里"),
        ("养护单价", "≤4.6万元/公里"),
        ("沿线群众满意度", "≥90%"),
    ]
    assert values(weighing) == [("检测货车", "≥20000台次"), ("超限引发事故", "=0起")]


def test_the_older_shanghai_levels() -> None:
    [form] = read(SHANGHAI).forms
    assert (form.total_yuan, form.annual_yuan) == (860000, 860000)
    assert [(i.level1, i.level2) for i in form.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("效益指标", "可持续影响指标"),
    ]


def test_text_below_a_table_is_not_of_its_last_cell() -> None:
    [form] = read(SHELTER_FOREST + "注：指标值由单位填报。\n以上数据来自年初预算。\n").forms
    assert values(form)[-1] == ("农牧民满意度（%）", "≥90")


@given(st.integers(1, 20), st.booleans())
@settings(max_examples=40)
def test_a_line_break_inside_the_goal_changes_nothing_else(at: int, trailing: bool) -> None:
    goal = "抚育防护林1.2万亩，补植苗木8万株。"
    broken = goal[: at % len(goal)] + "\n" + goal[at % len(goal) :]
    if trailing:
        broken += "\t\t"
    [form] = read(SHELTER_FOREST.replace(goal, broken)).forms
    [whole] = read(SHELTER_FOREST).forms
    assert values(form) == values(whole)
    assert (form.goal.annual or form.goal.period) == (whole.goal.annual or whole.goal.period)
