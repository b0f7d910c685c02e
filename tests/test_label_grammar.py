"""Labels and heads in words that no lexicon lists, told by how they are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.layouts import label_grammar
from scorer.layouts.words import squeeze, words

FIELDS = {
    "project": "具体项目名称 填报项目名称 资金（项目）名称 工程（项目）名称 项目标题 项目名称及编码",
    "unit": "项目承办单位 具体实施主体 资金实施单位 基层预算单位 经办单位 项目法人单位 具体实施部门（单位）",
    "department": "市县业务主管部门 归口主管部门 资金主管部门 主管委办局 师市主管部门 一级预算单位",
    "attribute": "支出项目性质 项目状态 项目存续状态 专项属性 项目形式",
    "period": "建设期限 建设（实施）年限 执行起止时间 作业期限 计划实施时间 起止年度",
    "overview": "项目背景及内容 实施内容概述 基本概况 项目情况说明",
    "basis": "编报依据 立项的政策依据 立项背景与依据 设立项目的依据",
    "necessity": "立项理由及必要性 必要性说明 实施的必要性",
    "safeguards": "组织保障措施 管理制度与措施 制度保障 实施保障",
    "plan": "工作进度安排 年度工作计划",
    "goal_period": "建设期总目标 三年规划目标 全周期目标 实施周期总体绩效目标",
    "goal_annual": "本年度阶段性目标 当年整体绩效目标 2018年绩效目标 当年预期目标",
    "goal": "核心绩效目标 绩效目标概述 项目总体绩效目标",
    "ignored": "省级财政部门 市财政局",
}
AMOUNTS = {
    "annual": "本年度申报额 本年计划投资 2020年预算资金 本年度资金需求 当年资金需求 项目年度资金 当年资金量",
    "total": "资金总需求 项目概算总额 建设期资金总额 三年资金合计 总体资金需求 财政资金申请额",
    "province": "省级补助 省级专款 本年度来源：省级专款",
    "city_county": "县级财力 市级安排 开发区本级财政 市级一般公共预算",
    "self_raised": "学校自筹 医院自有资金 农场自筹",
}
COLUMNS = {
    "level1": "指标一级 指标一级分类 绩效维度 一级分类",
    "level2": "指标二级 指标二级分类 指标分项",
    "name": "指标三级分类 三级指标内容 具体指标 明细指标",
    "value": "期望完成值 绩效标准值 预计达到值 预期目标值",
    "value_annual": "本年度预期值 2023年预期值",
    "value_period": "建设期指标值 三年指标值",
    "weight": "指标权重 分值权重",
    "explanation": "标准来源 目标值设定依据 指标值来源 指标解释及计算公式",
}
# Names of indicators, texts of cells and heads of other tables that look like labels.
NO_LABELS = (
    "项目完成率 项目按期开工率 责任落实率 施工单位 主管部门满意度 资金使用合规率 培训单位数 建设目标完成率 受益单位 "
    "政策知晓率 项目验收合格率 资金拨付及时率 单位面积成本 目标群体 支出功能科目 依据充分 必要性不足 计划生育"
).split()
NO_COLUMNS = (
    "产出指标 效益指标 满意度指标 数量指标 绩效指标 年度指标 指标属性 验收标准 补助标准".split()
)


def _pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(label, name) for name, labels in table.items() for label in labels.split()]


@pytest.mark.parametrize(("label", "field"), _pairs(FIELDS))
def test_labels_of_fields(label: str, field: str) -> None:
    assert words().field_of(label) == field


@pytest.mark.parametrize(("label", "source"), _pairs(AMOUNTS))
def test_labels_of_sums(label: str, source: str) -> None:
    assert words().amount_of(label) == source


@pytest.mark.parametrize(("head", "role"), _pairs(COLUMNS))
def test_heads_of_columns(head: str, role: str) -> None:
    assert words().column_of(head) == role


@pytest.mark.parametrize("text", NO_LABELS)
def test_other_words_are_no_labels(text: str) -> None:
    assert label_grammar.field_of(squeeze(text)) is None
    assert label_grammar.amount_of(squeeze(text)) is None


@pytest.mark.parametrize("text", NO_COLUMNS)
def test_other_words_head_no_column_of_the_grammar(text: str) -> None:
    assert label_grammar.column_of(squeeze(text)) is None


@given(st.text(alphabet="项目资金预算年度绩效目标指标单位部门名称（）:的及12 ", max_size=30))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes the patterns fail, and a long one is no label."""
    key = squeeze(text)
    for ask in (label_grammar.field_of, label_grammar.amount_of, label_grammar.column_of):
        answer = ask(key)
        assert answer is None or len(key) <= 16
