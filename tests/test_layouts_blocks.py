"""Blocks of indicators one below the other, what stands between them, and what is said in doubt."""

from __future__ import annotations

import pytest

from scorer.forms import Goal, Indicator, Line, Phase, Place
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.form import forms_from_lines
from scorer.layouts.text.halves import split_halves, text_of
from scorer.layouts.text.lines import Piece
from scorer.layouts.text.odd_cells import odd_goals, odd_rows, read_twice
from scorer.layouts.words import words


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("项目长期绩效指标", "period"),
        ("长期指标", "period"),
        ("项目支出年度绩效指标表", "annual"),
        ("年度指标", "annual"),
        ("项目年度绩效目标表", None),  # may be a form's own title
    ],
)
def test_titles_of_blocks(title: str, phase: Phase | None) -> None:
    assert block_phase(title) == phase


def test_a_goal_of_several_lines_between_blocks_without_a_title() -> None:
    text = """项目支出绩效目标表
项目名称：农村公路养护
主管部门：某县交通运输局
年度资金：50万元
长期绩效目标：三年完成养护里程600公里。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护里程 ≥600公里
满意度指标 服务对象满意度指标 群众满意度 ≥90%
年度绩效目标：完成养护里程200公里，
保障道路畅通。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 养护里程 ≥200公里
满意度指标 服务对象满意度指标 群众满意度 ≥92%"""
    lines = [Line(line, Place(line=n)) for n, line in enumerate(text.split("\n"), 1)]
    (form,), problems, _ = forms_from_lines(lines, "a.txt")
    assert problems == []
    assert form.goal.period == "三年完成养护里程600公里。"
    assert form.goal.annual == "完成养护里程200公里，保障道路畅通。"
    assert [row.phase for row in form.indicators] == ["period"] * 2 + ["annual"] * 2


@pytest.mark.parametrize(
    ("period", "annual", "odd"),
    [
        ("完成改造任务 一级指标 二级指标", "完成改造任务", 1),
        ("完成养护", "保障9所敬老院正常运转项目长期绩效指标", 1),
        ("确保污水“送得走、处理", "好”。管护管网268公里。", 2),
        ("确保污水处理", "好。管护管网268公里。", 2),
        ("条件得到改善。2024年完成6000亩", "高标准农田建设任务。", 2),
        ("完成6000亩建设。", "条件得到改820万元。 善。", 1),
        ("1）完成养护；2）保障畅通", "完成养护", 0),
        ("保障教研工作正常运转。", "保障教研。推动改革", 0),
        (None, "完成各项绩效指标任务。", 0),
    ],
)
def test_goals_that_hold_what_is_not_theirs(
    period: str | None, annual: str | None, odd: int
) -> None:
    assert len(odd_goals(Goal(period, annual))) == odd


def _row(name: str, value: str = "100%", phase: Phase = "annual") -> Indicator:
    return Indicator("产出指标", "质量指标", name, value, phase, Place())


def test_rows_of_two_phases_read_as_those_of_one() -> None:
    names = ["合格率", "完成率", "及时率"]
    twice = [_row(name) for name in [*names, *names]]
    assert read_twice(twice)
    assert not read_twice(twice[:5])
    assert not read_twice(
        [_row(name, phase=phase) for phase in ("period", "annual") for name in names]
    )


def test_a_name_that_the_other_half_has_whole_is_not_odd() -> None:
    whole, cut = _row("开工率（2024年4月底前）", phase="period"), _row("开工率（202")
    assert odd_rows([whole, cut], words()) == []
    assert odd_rows([cut], words()) == [cut]


@pytest.mark.parametrize("value", ["≤0.69万元标", "≤0.69万元效益指", "≥1.8万亩……"])
def test_a_value_with_the_part_of_a_label_behind_it(value: str) -> None:
    assert odd_rows([_row("户均改造成本", value)], words())


def test_two_goals_whose_lines_take_turns() -> None:
    left = ["三年完成养护里程600公里，路况水平明显", "提高，群众出行更加便利。"]
    right = ["完成养护里程200公里，保障道路畅通，路况", "水平提高。"]
    lines = [text for pair in zip(left, right, strict=True) for text in pair]
    halves = split_halves([(Piece(text, 0),) for text in lines], "space")
    assert [text_of(half) for half in halves] == ["".join(left), "".join(right)]


_LONG_TERM = [
    "到 2026 年建成高标准农",
    "田 1.8 万亩，亩均粮食产",
    "能提高 80 公斤以上，农",
    "业生产条件得到改善。",
]
_OF_THE_YEAR = ["2024 年完成 6000 亩", "高标准农田建设任", "务，投资 820 万元。"]


@pytest.mark.parametrize(
    "lines",
    [
        [*_LONG_TERM[:1], *_OF_THE_YEAR, *_LONG_TERM[1:]],
        [*_OF_THE_YEAR[:2], *_LONG_TERM, *_OF_THE_YEAR[2:]],
        [
            f"{_LONG_TERM[0]} {_OF_THE_YEAR[0]}",
            f"{_LONG_TERM[1]} {_OF_THE_YEAR[1]}",
            f"{_LONG_TERM[2]} {_OF_THE_YEAR[2]}",
            _LONG_TERM[3],
        ],
        [f"{_LONG_TERM[0]} {_OF_THE_YEAR[0]}", *_LONG_TERM[1:], *_OF_THE_YEAR[1:]],
    ],
)
def test_two_goals_with_blanks_set_around_figures(lines: list[str]) -> None:
    rows = [tuple(Piece(text, n) for n, text in enumerate(line.split())) for line in lines]
    halves = split_halves(rows, "space")
    assert [text_of(half) for half in halves] == ["".join(_LONG_TERM), "".join(_OF_THE_YEAR)]


@pytest.mark.parametrize(
    "lines",
    [
        ["总体绩效目标 实施周期目标", *_LONG_TERM, "年度目标", *_OF_THE_YEAR],
        [
            "总体绩效目标",
            *_LONG_TERM[:2],
            f"实施周期目标 {_LONG_TERM[2]}",
            _LONG_TERM[3],
            f"年度目标 {_OF_THE_YEAR[0]}",
            *_OF_THE_YEAR[1:],
        ],
        [
            f"总体绩效目标 实施周期目标 {_LONG_TERM[0]} 年度目标 {_OF_THE_YEAR[0]}",
            f"{_LONG_TERM[1]} {_OF_THE_YEAR[1]}",
            f"{_LONG_TERM[2]} {_OF_THE_YEAR[2]}",
            _LONG_TERM[3],
        ],
    ],
)
def test_a_label_over_the_labels_of_both_goals(lines: list[str]) -> None:
    text = [
        "项目支出绩效目标表（2024 年）",
        "项目名称 农田建设",
        *lines,
        "绩效指标",
        "一级指标 二级指标 三级指标 实施周期指标值 年度指标值",
        "产出指标 数量指标 建设面积 ≥18000亩 ≥6000亩",
        "满意度指标 服务对象满意度指标 群众满意度 ≥90% ≥88%",
    ]
    forms, *_ = forms_from_lines(
        [Line(t, Place(line=n)) for n, t in enumerate(text)], "x.txt", words()
    )
    goal = forms[0].goal
    assert [(t or "").replace(" ", "") for t in (goal.period, goal.annual)] == [
        "".join(part).replace(" ", "") for part in (_LONG_TERM, _OF_THE_YEAR)
    ]
