"""What holds of all rules together, over forms put together from building blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scorer.forms import (
    Finding,
    Form,
    Funding,
    Goal,
    Indicator,
    JudgedSubmission,
    Place,
    Submission,
)
from scorer.judge import judge, profile_for
from scorer.lexicon import default_lexicon
from scorer.rules.catalogue import catalogue
from scorer.rules.engine import check_form

OUTPUT, BENEFIT, SATISFACTION = "产出指标", "效益指标", "满意度指标"

# (class, name, values from good to bad) of three trades.
Row = tuple[str, str, str, tuple[str, ...]]
TRADES: tuple[tuple[str, str, str, tuple[Row, ...]], ...] = (
    (
        "职业技能培训",
        "为农民工和失业人员举办养老护理、电工等培训12期，培训600人。",
        "2025年11月底前举办培训12期600人，取证率85%以上。",
        (
            (OUTPUT, "数量指标", "举办培训期数", ("≥12期", "12", "按计划", "", "若干期")),
            (OUTPUT, "数量指标", "培训人数", ("≥600人", "≥95%", "较多", "60台")),
            (OUTPUT, "质量指标", "取证率", ("≥85%", "合格", "≥120%", "≤85%")),
            (
                OUTPUT,
                "时效指标",
                "培训完成时间",
                ("2025年11月底前", "及时", "2025年", "2023年6月前"),
            ),
            (OUTPUT, "成本指标", "人均培训成本", ("≤1200元/人", "≥1200元", "不超预算", "96万元")),
            (BENEFIT, "社会效益指标", "培训后就业率", ("≥60%", "提高", "促进就业", "无")),
            (BENEFIT, "经济效益指标", "学员月均增收", ("≥500元", "增加", "/", "有所增加")),
            (BENEFIT, "生态效益指标", "促进生态文明", ("促进", "无", "有效促进")),
            (
                SATISFACTION,
                "服务对象满意度指标",
                "参训学员满意度",
                ("≥90%", "满意", "=100%", "≥60%"),
            ),
        ),
    ),
    (
        "农村公路养护",
        "养护县道186公里、乡道420公里，重点修复水毁路段，12个乡镇聘用养护员85人。",
        "养护农村公路606公里，优良中等路率达到80%以上。",
        (
            (OUTPUT, "数量指标", "养护公路里程", ("606公里", "6060公里", "全部", "按需要")),
            (OUTPUT, "数量指标", "聘用养护员", ("85人", "XX人", "待定", "85")),
            (OUTPUT, "质量指标", "优良中等路率", ("≥80%", "良好", "80", "较上年提高")),
            (OUTPUT, "质量指标", "验收情况", ("通过市级验收", "合格", "是")),
            (OUTPUT, "时效指标", "水毁路段抢通时间", ("≤24小时", "及时抢通", "尽快", "100%")),
            (OUTPUT, "成本指标", "县道养护标准", ("7000元/公里", "符合标准", "≤523万元", "7000")),
            (BENEFIT, "社会效益指标", "方便群众出行", ("方便", "行车事故≤3起", "明显改善")),
            (BENEFIT, "可持续影响指标", "公路使用年限", ("≥8年", "延长", "长期")),
            (SATISFACTION, "服务对象满意度指标", "满意度", ("≥90%", "满意", "90", "九成以上")),
        ),
    ),
    (
        "遗属生活补助",
        "按月向机关离世干部遗属26人发放生活补助。",
        "按月足额发放26名遗属生活补助。",
        (
            (OUTPUT, "数量指标", "发放人数", ("26人", "=26人", "全部", "26")),
            (OUTPUT, "质量指标", "发放准确率", ("=100%", "准确", "≥95%")),
            (OUTPUT, "时效指标", "发放时间", ("每月10日前", "按月", "及时", "2026年10月")),
            (OUTPUT, "成本指标", "补助标准", ("850元/人·月", "按标准", "≤850元", "850万元")),
            (BENEFIT, "社会效益指标", "重要性", ("保障生活", "丰富群众业余生活", "—")),
            (BENEFIT, "社会效益指标", "遗属上访件数", ("0件", "≥2件", "减少")),
            (SATISFACTION, "服务对象满意度指标", "遗属满意度", ("≥95%", "满意", "100%")),
        ),
    ),
)
FIELDS = {
    "basis": (None, "工作需要", "县政府办〔2024〕18号文件"),
    "necessity": (None, "因工作需要", "现有条件不足，2024年只完成了六成任务"),
    "safeguards": (None, "列入预算", "成立领导小组，执行《专项资金管理办法》，月报进度"),
    "plan": (None, "2025年", "3月启动，6月检查，11月底前完成"),
    "attribute": (None, "一次性项目", "经常性项目"),
}


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one trade: rows good and bad, fields filled or not, one or three years."""
    project, overview, goal, blocks = draw(st.sampled_from(TRADES))
    chosen = draw(st.lists(st.sampled_from(blocks), min_size=1, unique=True))
    rows = [
        Indicator(level1, level2, name, draw(st.sampled_from(values)), place=Place(line=100 + n))
        for n, (level1, level2, name, values) in enumerate(chosen)
    ]
    years = draw(st.sampled_from((None, "1年", "3年")))
    if draw(st.booleans()):
        own = draw(st.sampled_from(rows))
        rows.append(replace(own, phase="period", place=Place(line=200)))
    yuan = draw(st.sampled_from((None, 60000, 720000, 5230000)))
    fields = {key: draw(st.sampled_from(texts)) for key, texts in FIELDS.items()}
    goal_annual = draw(st.sampled_from((goal, "保障工作正常开展", None)))
    return Form(
        project=project,
        overview=draw(st.sampled_from((overview, None))),
        fiscal_year=2025,
        period=years,
        total_yuan=yuan,
        annual_yuan=yuan,
        funding_annual=Funding(city_county=yuan) if yuan else Funding(),
        goal=Goal(period=draw(st.sampled_from((goal, None))), annual=goal_annual),
        indicators=tuple(rows),
        place=Place(line=1),
        **fields,
    )


def judged(form: Form) -> JudgedSubmission:
    return judge(Submission("", forms=(form,)))


def said(form: Form) -> list[Finding]:
    whole = judged(form)
    return [*whole.forms[0].findings, *whole.findings]


def by_rules(form: Form) -> Counter[tuple[str, str, str]]:
    """The same of the rules alone: a model's chance may move by a hair with the spelling of a
    neighbouring row, and pass the line at which it is said."""
    return by_row(form, check_form(form, profile=profile_for(), lexicon=default_lexicon())[0])


def by_row(form: Form, found_there: list[Finding] | None = None) -> Counter[tuple[str, str, str]]:
    """How often each code stands at each row (by phase and name) or field."""
    found: Counter[tuple[str, str, str]] = Counter()
    for f in said(form) if found_there is None else found_there:
        row = None if f.indicator is None else form.indicators[f.indicator]
        found[f.code, row.phase if row else "", row.name if row else f.field] += 1
    return found


@settings(max_examples=40, deadline=None)
@given(forms())
def test_every_finding_is_whole_and_no_rule_fails(form: Form) -> None:
    whole = judged(form)
    assert [p.message for p in whole.problems if p.code in ("rule-failed", "models-failed")] == []
    for finding in (*whole.forms[0].findings, *whole.findings):
        assert finding.code in catalogue()
        assert finding.message.endswith(("。", "？"))
        assert finding.advice
        assert finding.place.line
        if finding.indicator is not None:
            assert finding.place == form.indicators[finding.indicator].place


@settings(max_examples=40, deadline=None)
@given(forms(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(form: Form, random: object) -> None:
    rows = list(form.indicators)
    random.shuffle(rows)  # type: ignore[attr-defined]
    turned = replace(form, indicators=tuple(rows))
    assert by_row(turned) == by_row(form)
    assert judged(turned).forms[0].review.total == judged(form).forms[0].review.total


@settings(max_examples=40, deadline=None)
@given(forms(), st.data())
def test_without_a_faulty_row_nothing_is_said_of_it(form: Form, data: st.DataObject) -> None:
    faulty = sorted({f.indicator for f in said(form) if f.indicator is not None})
    assume(faulty)
    row = form.indicators[data.draw(st.sampled_from(faulty))]
    rest = replace(form, indicators=tuple(r for r in form.indicators if r is not row))
    gone = {(phase, name) for _, phase, name in by_row(rest)}
    assert (row.phase, row.name) not in gone or any(
        (r.phase, r.name) == (row.phase, row.name) for r in rest.indicators
    )


WIDE = str.maketrans("0123456789%.,<>=", "０１２３４５６７８９％．，＜＞＝")
SPELLINGS = {
    "≥": ("不低于", "不少于", ">=", "大于等于", "≥ "),
    "≤": ("不高于", "不超过", "<=", "小于等于", "≤ "),
}


def spelled(value: str, choice: int, wide: bool) -> str:
    """The same value as another clerk writes it."""
    for sign, words in SPELLINGS.items():
        if value.startswith(sign):
            value = words[choice % len(words)] + value[1:]
    return value.translate(WIDE) if wide else value


@settings(max_examples=40, deadline=None)
@given(forms(), st.integers(0, 4), st.booleans())
def test_spelling_changes_no_finding(form: Form, choice: int, wide: bool) -> None:
    rows = tuple(replace(r, value=spelled(r.value, choice, wide)) for r in form.indicators)
    other = replace(form, indicators=rows)
    if wide:
        goal = Goal(
            *(text and text.translate(WIDE) for text in (form.goal.period, form.goal.annual))
        )
        prose = {
            key: text and text.translate(WIDE) for key in FIELDS if (text := getattr(form, key))
        }
        other = replace(other, goal=goal, **prose)
    assert by_rules(other) == by_rules(form)


@pytest.mark.parametrize(
    ("yuan", "one", "other"),
    [
        (850000, "≤85万元", "≤850000元"),
        (850000, "≤365000万元", "≤3650000000元"),
        (850000, "≤12万元", "≤120,000.00元"),
        (365000, "=36.5万元", "=365000元"),
        (365000, "36.5 万", "３６５０００元"),
    ],
)
def test_yuan_and_ten_thousand_yuan_say_the_same(yuan: int, one: str, other: str) -> None:
    def with_cost(value: str) -> Counter[tuple[str, str, str]]:
        rows = (
            Indicator(OUTPUT, "数量指标", "印刷手册", "≥3000册"),
            Indicator(OUTPUT, "成本指标", "项目总成本", value),
        )
        return by_rules(
            Form(project="宣传手册印制", total_yuan=yuan, annual_yuan=yuan, indicators=rows)
        )

    assert with_cost(one) == with_cost(other)
