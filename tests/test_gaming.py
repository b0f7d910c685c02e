"""Tricks win nothing: padding, idle rows, foreign forms and digits in phrases never raise a
score and never silence a finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Form, Goal, Indicator, JudgedForm, Submission
from scorer.judge import judge


def row(level2: str, name: str, value: str, level1: str = "产出指标") -> Indicator:
    return Indicator(level1, level2, name, value)


WEAK = Form(
    project="乡镇文化站设备购置",
    fiscal_year=2025,
    period="1年",
    total_yuan=380000,
    annual_yuan=380000,
    overview="为6个乡镇文化站购置音响、乐器和阅览桌椅。",
    basis="工作需要",
    necessity="保障文化站正常开放",
    safeguards="列入预算，按规定使用",
    plan="2025年",
    goal=Goal(annual="保障文化站正常开放"),
    indicators=(
        row("数量指标", "购置设备数量", "按需要"),
        row("质量指标", "设备质量", "良好"),
        row("时效指标", "购置及时性", "及时"),
        row("成本指标", "资金使用", "不超额"),
        row("社会效益指标", "促进文化事业发展", "促进", "效益指标"),
        row("服务对象满意度指标", "服务对象满意度", "满意", "满意度指标"),
    ),
)
MIDDLING = replace(
    WEAK,
    goal=Goal(annual="2025年9月底前为6个文化站购置设备42套，年开放不少于280天"),
    indicators=(
        row("数量指标", "购置设备数量", "42套"),
        row("质量指标", "设备验收合格率", "=100%"),
        row("时效指标", "设备到站时间", "及时"),
        row("成本指标", "单套设备成本", "≤9000元/套"),
        row("社会效益指标", "促进文化事业发展", "促进", "效益指标"),
        row("服务对象满意度指标", "到站群众满意度", "≥90%", "满意度指标"),
    ),
)


TRAINING = Form(
    project="养老护理员培训",
    fiscal_year=2025,
    period="1年",
    total_yuan=720000,
    annual_yuan=720000,
    overview="为各乡镇敬老院护理员举办技能培训12期，培训600人。",
    basis="上级要求",
    plan="按计划开展",
    goal=Goal(annual="做好养老护理员培训工作"),
    indicators=(
        row("数量指标", "举办培训期数", "≥12期"),
        row("质量指标", "取证率", "合格"),
        row("时效指标", "培训完成及时性", "及时"),
        row("成本指标", "培训总成本", "≤72万元"),
        row("社会效益指标", "护理水平提升", "良好", "效益指标"),
        row("服务对象满意度指标", "学员满意度", "≥60%", "满意度指标"),
    ),
)
ROAD = Form(
    project="农村公路养护",
    fiscal_year=2025,
    period="3年",
    total_yuan=5230000,
    annual_yuan=1700000,
    overview="养护县道186公里、乡道420公里。",
    goal=Goal(period="养护公路606公里", annual="养护公路606公里，优良中等路率达到80%"),
    indicators=(
        row("数量指标", "养护公路里程", "按需要"),
        row("质量指标", "优良中等路率", "≤80%"),
        row("时效指标", "水毁路段抢通时间", "2023年6月前"),
        row("成本指标", "县道养护标准", "符合标准"),
        row("社会效益指标", "重要性", "促进", "效益指标"),
        row("服务对象满意度指标", "沿线群众满意度", "=100%", "满意度指标"),
    ),
)
ALLOWANCE = Form(
    project="遗属生活补助",
    fiscal_year=2025,
    period="1年",
    attribute="一次性项目",
    total_yuan=265000,
    annual_yuan=265000,
    goal=Goal(annual="按月足额发放26名遗属生活补助"),
    indicators=(
        row("数量指标", "发放人数", "按需要"),
        row("质量指标", "发放准确率", "准确"),
        row("时效指标", "发放时间", "及时"),
        row("社会效益指标", "维护社会稳定", "良好", "效益指标"),
        row("服务对象满意度指标", "满意度", "满意", "满意度指标"),
    ),
)
BASES = {
    "weak": WEAK, "middling": MIDDLING, "training": TRAINING, "road": ROAD, "allowance": ALLOWANCE,
}  # fmt: skip


def idle_rows(form: Form) -> Form:
    idle = [
        row("数量指标", f"{name}完成率", "=100%")
        for name in ("工作", "任务", "计划", "部署", "目标")
    ]
    return replace(form, indicators=(*form.indicators, *idle))


def padded_goal(form: Form) -> Form:
    words = "以高质量发展为引领，坚持稳中求进，全面贯彻落实“十四五”规划和“三个一批”部署，不断提升服务水平"
    return replace(form, goal=Goal(annual=f"{form.goal.annual}，{words}"))


def digits_in_phrases(form: Form) -> Form:
    changed = {
        "按需要": "按“十四五”需要",
        "良好": "“一岗双责”良好",
        "及时": "12345及时",
        "促进": "“三个一批”促进",
    }
    rows = tuple(replace(i, value=changed.get(i.value, i.value)) for i in form.indicators)
    return replace(form, indicators=rows)


def foreign_form(form: Form) -> Form:
    foreign = (
        row("数量指标", "松材线虫病疫木清理株数", "≥6500株"),
        row("质量指标", "疫木除害处理合格率", "≥98%"),
        row("生态效益指标", "松林病死树下降率", "≥20%", "效益指标"),
    )
    return replace(form, indicators=(*form.indicators, *foreign))


def split_row(form: Form) -> Form:
    first = form.indicators[0]
    parts = tuple(replace(first, name=f"{first.name}（{n}）") for n in "一二三四五")
    return replace(form, indicators=(*parts, *form.indicators[1:]))


def boilerplate_everywhere(form: Form) -> Form:
    extra = tuple(
        row(level2, f"{level2.removesuffix('指标')}提升", "有效提升", "效益指标")
        for level2 in ("经济效益指标", "生态效益指标", "可持续影响指标")
    )
    return replace(form, indicators=(*form.indicators, *extra))


TRICKS: list[Callable[[Form], Form]] = [
    idle_rows, padded_goal, digits_in_phrases, foreign_form, split_row, boilerplate_everywhere,
]  # fmt: skip


def judged(form: Form) -> JudgedForm:
    return judge(Submission("", forms=(form,))).forms[0]


@pytest.mark.parametrize("form", BASES.values(), ids=BASES)
@pytest.mark.parametrize("trick", TRICKS, ids=lambda t: t.__name__)
def test_tricks_win_nothing(trick: Callable[[Form], Form], form: Form) -> None:
    before, after = judged(form), judged(trick(form))
    assert after.review.total <= before.review.total
    assert faulty(before) <= faulty(after)


def faulty(form: JudgedForm) -> set[str]:
    """Rows (by class and first signs of the name) and fields with a finding that costs points.

    M208 costs nothing: it states a share, and the rows that it sums up have findings of their own.
    """
    places = set()
    for finding in form.findings:
        if finding.preview or finding.severity == "advice" or finding.code == "M208":
            continue
        row = None if finding.indicator is None else form.form.indicators[finding.indicator]
        places.add(finding.field if row is None else f"{row.level2}{row.name[:3]}")
    return places


GOOD = ("≥85%", "2025年9月30日前", "≤9000元/套", "≥42套")


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(BASES)),
    st.integers(0, 3),
    st.sampled_from(GOOD),
    st.sampled_from(TRICKS),
)
def test_tricks_silence_no_finding_of_any_base(
    base: str, at: int, value: str, trick: Callable[[Form], Form]
) -> None:
    """Each base with one cell filled well or oddly: what was wrong before is wrong after."""
    form = mend(BASES[base], at, value)
    before, after = judged(form), judged(trick(form))
    assert after.review.total <= before.review.total
    assert faulty(before) <= faulty(after)


def mend(form: Form, index: int, value: str) -> Form:
    rows = list(form.indicators)
    rows[index] = replace(rows[index], value=value)
    return replace(form, indicators=tuple(rows))


def test_mending_one_fault_at_a_time_never_loses_points() -> None:
    form, totals = WEAK, [judged(WEAK).review.total]
    steps: list[Callable[[Form], Form]] = [
        lambda f: mend(f, 0, "42套"),
        lambda f: mend(f, 2, "2025年9月30日前"),
        lambda f: mend(f, 3, "≤9000元/套"),
        lambda f: mend(f, 5, "≥90%"),
        lambda f: replace(f, goal=Goal(annual="2025年9月底前为6个文化站购置设备42套")),
        lambda f: replace(f, basis="《公共文化服务保障法》；县文旅发〔2024〕12号"),
        lambda f: replace(f, plan="3月招标，6月到货，9月底前验收"),
    ]
    for step in steps:
        form = step(form)
        totals.append(judged(form).review.total)
    assert totals == sorted(totals)
    assert totals[-1] > totals[0] + 10


def test_spelling_changes_nothing() -> None:
    spelled = {
        "≥90%": "不低于90％",
        "42套": "４２ 套",
        "≤9000元/套": "<=9,000元／套",
        "=100%": "100%",
    }
    rows = tuple(replace(i, value=spelled.get(i.value, i.value)) for i in MIDDLING.indicators)
    other = judged(replace(MIDDLING, indicators=rows)).review.total
    assert abs(other - judged(MIDDLING).review.total) <= 0.5
    turned = replace(MIDDLING, indicators=tuple(reversed(MIDDLING.indicators)))
    assert abs(judged(turned).review.total - judged(MIDDLING).review.total) <= 0.5


# --- any mixture of good and bad cells ---------------------------------------------------

CELLS: tuple[tuple[str, str], ...] = (  # (good value, worse value) of each row of MIDDLING
    ("42套", "按需要"),
    ("=100%", "良好"),
    ("2025年9月30日前", "及时"),
    ("≤9000元/套", "不超额"),
    ("年开放280天", "促进"),
    ("≥90%", "满意"),
)


def mixed(good: list[bool]) -> Form:
    rows = tuple(
        replace(r, value=cell[0] if fine else cell[1])
        for r, cell, fine in zip(MIDDLING.indicators, CELLS, good, strict=True)
    )
    return replace(MIDDLING, indicators=rows)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.booleans(), min_size=6, max_size=6), st.integers(0, 5))
def test_one_cell_made_worse_never_gains(good: list[bool], at: int) -> None:
    better, worse = list(good), list(good)
    better[at], worse[at] = True, False
    assert judged(mixed(better)).review.total >= judged(mixed(worse)).review.total


@settings(max_examples=20, deadline=None)
@given(st.lists(st.booleans(), min_size=6, max_size=6), st.sampled_from(TRICKS))
def test_tricks_silence_no_finding_of_any_mixture(
    good: list[bool], trick: Callable[[Form], Form]
) -> None:
    form = mixed(good)
    before, after = judged(form), judged(trick(form))
    assert after.review.total <= before.review.total
    assert faulty(before) <= faulty(after)


# --- blank cells filled with talk ---------------------------------------------------------

TALK = {
    "overview": ("该项目意义重大，社会效益显著。", "本项目主要用于保障单位正常运转。"),
    "basis": ("根据工作需要", "《上级有关文件》"),
    "necessity": ("因工作需要。", "进一步提升服务水平，推动事业高质量发展。"),
    "safeguards": ("加强组织领导，确保资金安全。", "领导重视，责任到人，措施有力。"),
    "plan": ("按计划实施", "科学组织、稳步推进，确保按时完成"),
}
GOALS = ("保障工作正常开展", "圆满完成全年各项目标任务")


@pytest.mark.parametrize("form", BASES.values(), ids=BASES)
@pytest.mark.parametrize("field", TALK)
def test_talk_in_a_blank_cell_wins_nothing(field: str, form: Form) -> None:
    asked = replace(form, asked=frozenset((*TALK, "goal_annual")))
    blank = judged(replace(asked, **{field: None})).review.total  # type: ignore[arg-type]
    for text in TALK[field]:
        talk = replace(asked, **{field: text})  # type: ignore[arg-type]
        assert judged(talk).review.total <= blank, text


@pytest.mark.parametrize("project", ["乡镇文化站设备购置", "退休人员遗属补助"])
def test_a_slogan_for_a_goal_is_no_better_than_none(project: str) -> None:
    form = replace(MIDDLING, project=project, asked=frozenset(("goal_annual",)))
    blank = judged(replace(form, goal=Goal())).review.total
    for text in GOALS:
        assert judged(replace(form, goal=Goal(annual=text))).review.total <= blank
