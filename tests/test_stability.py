"""How far the order moves with a weight: against re-scoring with that weight in the profile."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from scorer.forms import Form, JudgedSubmission, Submission
from scorer.judge import judge, profile_for
from scorer.profile import Profile
from scorer.ranking import Ranking, rank
from scorer.reports.steadiness import steadiness_line, sway_line
from scorer.stability import SWING, stability
from tests.test_gaming import MIDDLING, WEAK

GOOD = replace(
    MIDDLING,
    project="阅览桌椅购置",
    basis="《公共文化服务保障法》；县文旅发〔2024〕12号",
    plan="3月招标，6月到货，9月底前验收",
)
FORMS = [
    replace(f, project=f"{name}{n}号")
    for n in range(4)
    for name, f in (("差", WEAK), ("中", MIDDLING), ("好", GOOD))
]


def judged(profile: Profile | None = None) -> list[JudgedSubmission]:
    return [judge(Submission("", forms=(form,)), profile) for form in FORMS]


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return rank(judged(), profile_for())


def swung(item: str, key: str, factor: float) -> Profile:
    settings = copy.deepcopy(dict(profile_for().settings))
    settings["review"]["fitted"][item][key] *= factor
    return Profile("moved", settings)


@pytest.mark.parametrize("factor", [1 - SWING, 1 + SWING])
@pytest.mark.parametrize(("item", "key"), [("明确清晰性", "goal"), ("指标科学性", "rows")])
def test_the_span_holds_what_scoring_again_gives(
    ranking: Ranking, item: str, key: str, factor: float
) -> None:
    moved = {
        j.forms[0].form.project: j.forms[0].review.total for j in judged(swung(item, key, factor))
    }
    for row in ranking.forms:
        assert row.sway is not None
        again = moved[row.judged.form.project]
        assert row.sway.low - 0.11 <= again <= row.sway.high + 0.11  # rounding, eight items
        assert row.sway.first <= row.place <= row.sway.last
        assert row.judged.review.grade in row.sway.grades


def test_a_weight_that_decides_is_named() -> None:
    bounds = profile_for().review("grades")
    (form,) = judge(Submission("", forms=(WEAK,))).forms
    settings = copy.deepcopy(dict(profile_for().settings))
    settings["review"]["grades"] = {**bounds, "中": form.review.total - 0.1}  # on the edge
    profile = Profile("edge", settings)
    (form,) = judge(Submission("", forms=(WEAK,)), profile).forms
    (sway,) = stability([(form, form.findings)], profile).sways
    assert sway.grades == ("中", "差")
    assert sway.hangs is False or sway.weight  # one form has no places to lose
    assert "中或差" in sway_line(sway)


def test_lines_for_people(ranking: Ranking) -> None:
    line = steadiness_line(ranking)
    assert "30%" in line
    assert "相关系数" in line
    assert steadiness_line(rank(judged())) == ""
    assert stability([], profile_for()).sways == ()


def test_a_clean_form_does_not_move() -> None:
    clean = judge(Submission("", forms=(Form(project="空表"),)))
    (row,) = rank([clean], profile_for()).forms
    assert row.sway is not None
    assert row.sway.first == row.sway.last == 1
