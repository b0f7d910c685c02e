"""The learned parts as users rely on them: honest data, safe files, steady verdicts."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.forms import Form, Goal, Indicator
from scorer.models import ArtefactError, artefacts, corpus, load, predict, text, thresholds
from scorer.models.bundle import shipped
from scorer.models.explain import _snapped
from scorer.models.features import batch_of
from scorer.models.metrics import (
    average_precision,
    best_threshold,
    calibration_error,
    middle_threshold,
    precision_recall_f1,
)
from scorer.models.relevance import (
    FIRST_LETTER,
    MEASURES,
    letters_of,
    relevance_inputs,
    said_by,
)

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"


@pytest.fixture(scope="module")
def forms() -> list[Form]:
    return [item.form for item in corpus.load(DATA)][::9]


def form_of(*rows: tuple[str, str, str]) -> Form:
    return Form(
        project="农村公路养护",
        overview="对县道、乡道共120公里进行日常养护，修补坑槽、清理边沟。",
        goal=Goal(annual="完成120公里农村公路养护，路面技术状况达到良好。"),
        fiscal_year=2024,
        total_yuan=600000,
        indicators=tuple(Indicator("产出指标", level2, n, v) for level2, n, v in rows),
    )


# --- data -----------------------------------------------------------------------


def test_every_topic_has_a_fixed_fold_and_projects_stay_together() -> None:
    items = corpus.load(DATA)
    split = corpus.read_split(DATA)
    assert {i.topic for i in items} <= set(split)
    of_project: dict[str | None, int] = {}
    for item in items:
        assert of_project.setdefault(item.form.project, item.fold) == item.fold


# --- files ----------------------------------------------------------------------


def test_shipped_cards_name_the_hash_of_their_arrays() -> None:
    for name in ("rows", "relevance", "trees", "vectors"):
        arrays, card = artefacts.load(ROOT / "models", name)
        assert arrays
        assert card["model"] == name


def test_shipped_cards_say_what_the_models_are_worth() -> None:
    for name, labels in (("rows", ["vague"]), ("trees", ["mismatch", "misplaced", "incoherent"])):
        card = json.loads((ROOT / "models" / f"{name}.json").read_text("utf-8"))
        for label in labels:
            figures = card["labels"][label]
            for measure in ("precision", "recall", "f1", "pr_auc", "ece"):
                value, low, high = figures[measure]
                assert low <= value <= high or measure == "ece"
            assert figures["ece"][0] <= 0.05
            assert all(figures["f1"][0] > b["f1"][0] for b in figures["baselines"].values())


def test_a_changed_array_file_is_refused(tmp_path: Path) -> None:
    artefacts.save(tmp_path, "m", {"a": np.arange(3)}, {})
    artefacts.load(tmp_path, "m")
    damaged = bytearray((tmp_path / "m.npz").read_bytes())
    damaged[60] ^= 1
    (tmp_path / "m.npz").write_bytes(bytes(damaged))
    with pytest.raises(ArtefactError, match="不符"):
        artefacts.load(tmp_path, "m")


def test_another_format_and_a_missing_model_are_refused(tmp_path: Path) -> None:
    artefacts.save(tmp_path, "m", {"a": np.arange(3)}, {})
    card = json.loads((tmp_path / "m.json").read_text("utf-8"))
    (tmp_path / "m.json").write_text(json.dumps({**card, "format": 99}), "utf-8")
    with pytest.raises(ArtefactError, match="格式"):
        artefacts.load(tmp_path, "m")
    with pytest.raises(ArtefactError, match="读不出来"):
        load(tmp_path)


def test_pickled_objects_cannot_be_loaded(tmp_path: Path) -> None:
    import hashlib

    np.savez(tmp_path / "m.npz", a=np.array([{}], dtype=object))
    sha = hashlib.sha256((tmp_path / "m.npz").read_bytes()).hexdigest()
    card = {"format": artefacts.FORMAT, "artefact_sha256": sha}
    (tmp_path / "m.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ValueError, match="allow_pickle"):
        artefacts.load(tmp_path, "m")


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    arrays = {"b": np.arange(5.0), "a": np.zeros((2, 3), np.float16)}
    first = artefacts.save(tmp_path, "one", arrays, {})
    assert first == artefacts.save(tmp_path, "two", dict(reversed(arrays.items())), {})


def test_prediction_imports_no_heavy_library() -> None:
    code = (
        "import sys; from scorer.models import predict; from scorer.forms import Form, Indicator;"
        "predict([Form(project='甲', indicators=(Indicator('', '数量指标', '场次', '3场'),))]);"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'jieba') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


# --- verdicts ---------------------------------------------------------------------


def test_one_verdict_per_indicator_in_order(forms: list[Form]) -> None:
    said = predict(forms)
    assert [len(v) for v in said] == [len(f.indicators) for f in forms]
    for verdict in (v for row in said for v in row):
        for chance in (verdict.vague, verdict.mismatch, verdict.misplaced, verdict.incoherent):
            assert chance is not None
            assert 0 <= chance <= 1
        assert sum(verdict.level2.values()) == pytest.approx(1, abs=0.01)


def test_same_verdict_alone_in_a_batch_and_in_any_order(forms: list[Form]) -> None:
    together = predict(forms)
    assert [predict([f])[0] for f in forms[:12]] == together[:12]
    order = list(range(len(forms)))
    random.Random(3).shuffle(order)
    shuffled = predict([forms[k] for k in order])
    assert [shuffled[order.index(k)] for k in range(len(forms))] == together


def test_empty_forms_and_empty_cells_do_not_break() -> None:
    blank = form_of(("数量指标", "", ""), ("", "长度", "12"), ("没有这一类", "甲", "乙"))
    said = predict([Form(), form_of(), blank])
    assert [len(v) for v in said] == [0, 0, 3]
    assert predict([]) == []


def test_clear_cases() -> None:
    form = form_of(
        ("数量指标", "养护里程", "120公里"),
        ("数量指标", "养护里程", "按需要"),
        ("社会效益指标", "群众满意度", "≥90%"),
        ("时效指标", "完成时间", "95%"),
        ("社会效益指标", "孤儿助学金发放人数", "35人"),
    )
    good, soft, place, wrong, foreign = predict([form])[0]
    least = thresholds()
    assert good.vague is not None
    assert good.vague < least["vague"]
    assert (good.mismatch or 0) < least["mismatch"]
    assert (good.incoherent or 0) < least["incoherent"]
    assert (soft.vague or 0) > least["vague"]
    assert soft.why_vague
    assert (place.misplaced or 0) > least["misplaced"]
    assert max(place.level2, key=place.level2.__getitem__) == "服务对象满意度指标"
    assert (wrong.incoherent or 0) > least["incoherent"]
    assert (foreign.mismatch or 0) > least["mismatch"]
    assert foreign.why_mismatch


def test_a_hollow_name_does_not_dilute_what_its_value_says() -> None:
    assert said_by("建设意义", "丰富群众业余生活") == "丰富群众业余生活"
    assert said_by("服务范围", "") == "服务范围|"
    assert said_by("养护里程", "120公里") == "养护里程|120公里"


def test_a_row_said_twice_says_nothing_more_of_its_neighbours(forms: list[Form]) -> None:
    for form in forms[:8]:
        plain = predict([form])[0]
        padded = predict([replace(form, indicators=(*form.indicators, *form.indicators[:5]))])[0]
        assert [v.mismatch for v in padded[: len(plain)]] == [v.mismatch for v in plain]


def test_words_of_one_trade_are_near_by_their_letters() -> None:
    text, letter = letters_of(["驱鸟器3台", "鸟击", "abc"])
    assert text.tolist() == [0, 0, 0, 0, 1, 1]
    assert {chr(FIRST_LETTER + k) for k in letter[text == 0]} == set("驱鸟器台")
    form = replace(form_of(), project="机场鸟击防范")
    rows = [Indicator("产出指标", "数量指标", n, "6台") for n in ("驱鸟器", "打印机", "碎纸机")]
    batch = batch_of([replace(form, indicators=tuple(rows))])
    found = relevance_inputs(batch, shipped().words).measures
    shared = found[:, MEASURES.index("letters_project")]
    assert shared[0] > shared[1]
    assert shared[0] > shared[2]


def test_the_words_that_carried_a_verdict_stand_in_the_row(forms: list[Form]) -> None:
    for form, said in zip(forms, predict(forms), strict=True):
        for indicator, verdict in zip(form.indicators, said, strict=True):
            row = text.normalise(indicator.name) + "|" + text.normalise(indicator.value)
            for word in (*verdict.why_vague, *verdict.why_mismatch, *verdict.why_level2):
                assert word in row


def test_words_shown_are_whole_words_and_numbers() -> None:
    wholes = [(0, 2), (0, 3), (3, 5), (5, 6)]  # 护林 护林员 脱岗 率
    assert "护林员脱岗率"[_snapped(slice(2, 5), wholes)] == "脱岗"
    assert "火情误报率"[_snapped(slice(2, 4), [])] == "误报"


def test_the_middle_threshold_stands_where_the_curve_is_flat() -> None:
    chance = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3])
    truth = np.array([1, 1, 1, 0, 1, 0, 0], bool)
    assert best_threshold(truth, chance) == pytest.approx(0.45)
    assert middle_threshold(truth, chance, slack=0.0) == 0.5
    assert middle_threshold(truth, chance, slack=0.05) == pytest.approx(0.6)


def test_full_and_half_width_forms_score_alike() -> None:
    half = form_of(("质量指标", "路面完好率(%)", ">=95%"), ("成本指标", "养护单价", "≤5000元/公里"))
    full = form_of(
        ("质量指标", "路面完好率（％）", "≥９５％"), ("成本指标", "养护单价", "≤５０００元／公里")
    )
    assert predict([half]) == predict([full])


def test_a_cost_row_keeps_the_words_of_its_own_system() -> None:
    old, new = predict([form_of(("成本指标", "单价", "3元"), ("经济成本指标", "单价", "3元"))])[0]
    assert "成本指标" in old.level2
    assert "经济成本指标" not in old.level2
    assert "经济成本指标" in new.level2
    assert "成本指标" not in new.level2


@settings(max_examples=40)
@given(st.sampled_from(["养护里程", "清扫面积", "检查次数", "培训人数"]), st.integers(2, 900))
def test_a_number_and_a_unit_never_raise_vagueness(name: str, amount: int) -> None:
    units = {"养护里程": "公里", "清扫面积": "平方米", "检查次数": "次", "培训人数": "人"}
    rows = [("数量指标", name, v) for v in ("若干", "按需要", f"≥{amount}{units[name]}")]
    few, need, exact = predict([form_of(*rows)])[0]
    assert (exact.vague or 0) < min(few.vague or 0, need.vague or 0)


@settings(max_examples=60)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_a_verdict(name: str, value: str) -> None:
    assert len(predict([form_of(("质量指标", name, value))])[0]) == 1


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(value: str) -> None:
    once = text.normalise(value)
    assert text.normalise(once) == once


def test_moved_rows_are_told_from_own_rows(forms: list[Form]) -> None:
    """Rows score higher in a stranger's form than at home, on the whole."""
    pairs = list(zip(forms, forms[len(forms) // 2 :], strict=False))
    mixed = [replace(a, indicators=(*a.indicators, *b.indicators[:5])) for a, b in pairs]
    there = [v.mismatch or 0 for said in predict(mixed) for v in said[-5:]]
    here = [v.mismatch or 0 for said in predict([b for _, b in pairs]) for v in said[:5]]
    assert np.mean(there) > 2 * np.mean(here)


# --- measures ---------------------------------------------------------------------


def test_measures_on_a_case_worked_by_hand() -> None:
    truth = np.array([True, False, True, False])
    chance = np.array([0.9, 0.8, 0.7, 0.1])
    assert precision_recall_f1(truth, chance >= 0.75) == (0.5, 0.5, 0.5)
    assert average_precision(truth, chance) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert calibration_error(truth, chance) == pytest.approx((0.1 + 0.8 + 0.3 + 0.1) / 4)
    assert average_precision(np.array([False]), np.array([0.4])) == 0.0
