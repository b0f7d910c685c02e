"""Texts without rulings whose spaces, scores and blank signs could be taken for cells."""

from __future__ import annotations

import pytest

from scorer.layouts.text.spaces import Spaces, cut_price, name_seams, value_seams
from scorer.layouts.text.tails import with_tails
from tests.bureaus.catalogue import Paper, notation, score

SCORES_IN_LEVELS = """
项目支出绩效目标表
（2025 年度）
项目名称 农村饮水管护
主管部门 石桥县水务局 实施单位 石桥县供水总站
项目资金
（万元）
年度资金总额 120
其中：财政拨款 120
年度总体目标 维修管网 35 公里，全年水质检测 12 次。
一级指标 二级指标 三级指标 指标值 分值
产出指标（50 分） 数量指标（20 分） 维修管网长度 ≥35 公里 10
水质检测频次 每月 1 次 10
质量指标（10 分） 水质达标率 不低于 95% 10
时效指标（10 分） 全部完工时间 2025 年第 4 季度 5
抢修到场时限 接报后 2 小时内 5
成本指标（10 分） 公里管护成本 不超过 0.8 万元 10
效益指标（30 分） 社会效益指标（15 分） 受益人口 约 1.2 万人 5
停水天数 较上年下降 3 天 10
可持续影响指标（15 分） 管护员在岗月数 12 个月 15
满意度指标（10 分） 服务对象满意度指标（10 分） 用水户满意度 达到 90%以上 10
"""
SCORES_IN_LEVELS_READ = """
= 农村饮水管护
unit 石桥县供水总站
annual_yuan 1200000
a|产出|数量|维修管网长度|≥35公里
a|产出|数量|水质检测频次|每月1次
a|产出|质量|水质达标率|不低于95%
a|产出|时效|全部完工时间|2025年第4季度
a|产出|时效|抢修到场时限|接报后2小时内
a|产出|成本|公里管护成本|不超过0.8万元
a|效益|社会|受益人口|约1.2万人
a|效益|社会|停水天数|较上年下降3天
a|效益|可持续|管护员在岗月数|12个月
a|满意|满意|用水户满意度|达到90%以上
"""

POINTS_DOWNWARDS = """
第三部分 项目绩效
江北县民政局 2024 年部门预算
7
项目支出绩效目标表
（2024 年度）
单位：万元
项目名称 养老机构消防改造
主管部门 江北县民政局
实施单位 江北县社会福利中心
年度资金总额 88
其中：财政拨款 88
年度目标 改造养老机构 12 家消防设施，惠及老人 860 人。
一级指标 二级指标 三级指标 指标值 分值 备注
产
出
指
标
50
分
数量指标 改造机构数 12 家 10
惠及老年人数 860 人左右 10
质量指标 消防验收通过率 100% 10
时效指标 完工时限 2024 年 8 月 31 日 10
成本指标 家均改造成本 控制在 7.3 万元以内 10
效
益
指
标
30
分
社会效益指标 消防安全事故 零发生 15
可持续影响指标 设施设计使用年限 15 年 15 按规范
满
意
度
服务对象满意度指标 老人及家属满意度 ≥ 92% 10
合计 90
江北县民政局 2024 年部门预算
8
附表 3
"""
POINTS_DOWNWARDS_READ = """
= 养老机构消防改造
unit 江北县社会福利中心
department 江北县民政局
annual_yuan 880000
a|产出|数量|改造机构数|12家
a|产出|数量|惠及老年人数|860人左右
a|产出|质量|消防验收通过率|100%
a|产出|时效|完工时限|2024年8月31日
a|产出|成本|家均改造成本|控制在7.3万元以内
a|效益|社会|消防安全事故|零发生
a|效益|可持续|设施设计使用年限|15年
a|满意|满意|老人及家属满意度|≥92%
"""

PLAN_YEARS = """
项目支出绩效目标表
（2024年度）
项目名称
公厕管护
项目主管部门
楚河市城管局
项目执行单位
楚河市环卫所
项目总预算（万元）
300
项目当年预算（万元）
100
年度绩效目标表
一级指标
二级指标
三级指标
前年
上年
预计当年实现
指标值确定依据
产出指标
数量指标
管护公厕座数
86座
—
96座
计划数据
保洁人员数
—
—
120人
合同约定
质量指标
设施完好率
95%
96%
≥98%
行业标准
时效指标
故障修复时间
—
48小时
≤36小时
历史数据
效益指标
社会效益指标
如厕环境
较好
良好
明显改善
计划数据
满意度指标
服务对象满意度指标
市民满意度
86%
88%
≥90%
问卷调查
"""
PLAN_YEARS_READ = """
= 公厕管护
unit 楚河市环卫所
annual_yuan 1000000
a|产出|数量|管护公厕座数|96座
a|产出|数量|保洁人员数|120人
a|产出|质量|设施完好率|≥98%
a|产出|时效|故障修复时间|≤36小时
a|效益|社会|如厕环境|明显改善
a|满意|满意|市民满意度|≥90%
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (SCORES_IN_LEVELS, SCORES_IN_LEVELS_READ),
        (POINTS_DOWNWARDS, POINTS_DOWNWARDS_READ),
        (PLAN_YEARS, PLAN_YEARS_READ),
    ],
    ids=["scores in levels", "points downwards", "plan years"],
)
def test_the_text_is_read_as_it_is_printed(text: str, read: str) -> None:
    found = score(Paper("text", ".txt", text.encode, notation(read)))
    assert found.differences == []


def test_a_text_shows_whether_it_sets_spaces() -> None:
    set_spaces = Spaces(before=True, behind=True)
    assert set_spaces.price("2025", "年") < Spaces().price("2025", "年")
    assert set_spaces.price("数量", "指标") == Spaces().price("数量", "指标")


@pytest.mark.parametrize(
    ("left", "right"),
    [("2025 年", "10 月"), ("每月", "10 日前"), ("不超过", "1500 元"), ("8", "月")],
)
def test_no_cell_ends_inside_a_date_or_a_bound(left: str, right: str) -> None:
    assert cut_price(left, right, same_line=True) >= 3.0


def test_units_in_a_column_of_their_own_are_cut_off() -> None:
    assert cut_price("11", "月", same_line=True, unit=True) == 0.0


def test_the_word_that_ends_a_name_ends_its_cell() -> None:
    assert name_seams("核验时限 受理后") > name_seams("核验时限")
    assert name_seams("在岗月数 12") > name_seams("在岗月数")
    assert value_seams("完整率 100 %") > value_seams("100 %")


def test_the_end_of_a_tall_cell_goes_back_to_it() -> None:
    rows = [
        (("应急能力",), ("满足15天以上供",), ("预案", "应")),
        (("储备规模",), ("2.4万吨",), ("粮权文件",)),
    ]
    assert with_tails(rows, [True] * 3)[0] == (("应急能力",), ("满足15天以上供", "应"), ("预案",))
