"""The engine: one finding a fault, stable fingerprints, a crash is a problem and nothing more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

from scorer.forms import Form, Goal, Indicator, Place, Verdict
from scorer.judge import judge, profile_for
from scorer.lexicon import default_lexicon
from scorer.profile import load_profile
from scorer.rules import engine
from scorer.rules.catalogue import Hit, catalogue
from scorer.rules.context import Context
from scorer.rules.engine import check_form, labels_of
from tests.rules.cases import Case, submission_of


def row(name: str, value: str, level2: str = "数量指标", line: int = 1) -> Indicator:
    return Indicator("产出指标", level2, name, value, place=Place(line=line))


FORM = Form(
    project="终端替代",
    indicators=(
        row("计算机数量", "按需要", line=3),
        row("完成及时性", "及时", "时效指标", line=4),
        row("资金使用规模", "不超额", "成本指标", line=5),
        row("培训场次", "≥6场", line=6),
    ),
)


def codes(form: Form) -> list[tuple[str, int | None]]:
    findings, _ = check_form(form, profile=profile_for(), lexicon=default_lexicon())
    return [(f.code, f.indicator) for f in findings]


def test_one_finding_for_one_vague_cell() -> None:
    found = codes(FORM)
    for index in range(3):
        assert len([c for c, i in found if i == index]) == 1
    assert [c for c, i in found if i == 3] == []


def test_fingerprint_ignores_page_and_order() -> None:
    def prints(form: Form) -> set[str]:
        findings, _ = check_form(form, profile=profile_for(), lexicon=default_lexicon())
        return {f.fingerprint for f in findings}

    moved = [replace(i, place=Place(page=9, line=99)) for i in FORM.indicators]
    random.Random(7).shuffle(moved)
    assert prints(FORM) == prints(replace(FORM, indicators=tuple(moved)))
    wide = replace(FORM, indicators=(replace(FORM.indicators[0], value=" 按 需 要 "),))
    assert prints(replace(FORM, indicators=FORM.indicators[:1])) == prints(wide)


def test_equal_findings_have_different_fingerprints() -> None:
    twice = replace(FORM, indicators=(FORM.indicators[0], FORM.indicators[0]))
    findings, _ = check_form(twice, profile=profile_for(), lexicon=default_lexicon())
    vague = [f.fingerprint for f in findings if f.label == "vague"]
    assert len(vague) == len(set(vague)) == 2


def test_a_rule_that_crashes_becomes_a_problem_and_the_others_run() -> None:
    def broken(_form: Form, _ctx: Context) -> Iterator[Hit]:
        raise ZeroDivisionError("by design")

    rules = dict(catalogue())
    rules["M202"] = replace(rules["M202"], check=broken)
    with patch.object(engine, "catalogue", lambda: rules):
        findings, problems = check_form(FORM, profile=profile_for(), lexicon=default_lexicon())
    assert [p.code for p in problems] == ["rule-failed"]
    assert "M202" in problems[0].message
    assert {f.code for f in findings} >= {"T501", "M205"}


def test_profile_switches_rules_and_severity(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "本县.toml"
    path.write_text(
        'name = "本县"\n[rules.M202]\nseverity = "advice"\n[rules.T501]\nenabled = false\n'
    )
    known = {code: rule.options for code, rule in catalogue().items()}
    profile = load_profile(str(path), rules=known)
    findings, _ = check_form(FORM, profile=profile, lexicon=default_lexicon())
    assert next(f.severity for f in findings if f.code == "M202") == "advice"
    assert all(f.code != "T501" for f in findings)


def test_same_findings_alone_and_in_company() -> None:
    """A form is judged alike whatever other forms stand beside it."""
    case = Case("M202", "flag", {"name": "x", "document": {"forms": [
        {"project": "甲", "indicators": [{"indicator": "台数", "value": "若干"}]},
        {"project": "乙", "indicators": [{"indicator": "场次", "value": "≥3场"}]},
    ]}})  # fmt: skip
    together = submission_of(case)
    alone = replace(together, forms=together.forms[:1])
    assert judge(together).forms[0].findings == judge(alone).forms[0].findings


def test_one_sentence_a_row_and_no_code_lost() -> None:
    """A slogan of a foreign class: struck out once, its vagueness kept in ``also``."""
    form = Form(
        project="办公设备购置",
        overview="为办公室更换电脑12台、打印机3台。",
        goal=Goal(annual="购置电脑12台、打印机3台"),
        indicators=(
            Indicator("产出指标", "数量指标", "购置电脑数量", "12台"),
            Indicator("效益指标", "生态效益指标", "促进生态文明建设", "促进"),
        ),
    )
    findings, _ = check_form(form, profile=profile_for(), lexicon=default_lexicon())
    (said,) = [f for f in findings if f.indicator == 1]
    assert said.code == "R405"
    assert {"S110", "M201"} & set(said.also)
    assert labels_of(said) >= {"vague", "mismatch"}


def test_what_a_rule_can_name_is_not_doubted_by_the_model_as_well() -> None:
    form = Form(
        project="雨水管网清淤",
        total_yuan=1_200_000,
        annual_yuan=1_200_000,
        indicators=(Indicator("产出指标", "成本指标", "项目总成本", "≥120万元"),),
    )
    verdict = Verdict(incoherent=0.95, says=frozenset(("incoherent",)))
    findings, _ = check_form(
        form, profile=profile_for(), lexicon=default_lexicon(), verdicts=(verdict,)
    )
    (said,) = [f for f in findings if f.indicator == 0]
    assert said.code == "A305"
    assert "R412" in said.also


def test_a_price_above_all_the_money_is_said_once() -> None:
    form = Form(
        project="村级水厂管护",
        period="1年",
        total_yuan=360_000,
        annual_yuan=360_000,
        indicators=(Indicator("产出指标", "成本指标", "管护员补助", "=300万元/人·月"),),
    )
    findings, _ = check_form(form, profile=profile_for(), lexicon=default_lexicon())
    (said,) = [f for f in findings if f.indicator == 0]
    assert said.code == "A307"
    assert "A315" in said.also
