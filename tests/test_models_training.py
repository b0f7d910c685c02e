"""Training: same data same bytes, and a bureau's own reviews are heard."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scorer.forms import Form, Goal, Indicator
from scorer.models import corpus, predict
from scorer.models.augment import moved_forms
from scorer.models.bundle import Models, save
from scorer.models.rowsfile import RowsError
from scorer.models.train import fit, load_vectors, reviews_from

ROOT = Path(__file__).parent.parent
STREETS = [f"{a}{b}" for a in "东西南北中上下前后新" for b in "桥街庄"]


@pytest.fixture(scope="module")
def few() -> list[corpus.LabelledForm]:
    return corpus.load(ROOT / "data")[::9][:30]


@pytest.fixture(scope="module")
def plain(few: list[corpus.LabelledForm]) -> Models:
    return fit(few, [], load_vectors(ROOT / "models"))[0]


def review_file(folder: Path) -> Path:
    """Fifty dismissals: a bureau accepts «按需要» as a value, for its lamps are listed elsewhere."""
    rows = [
        {
            "project": f"{STREETS[n % 30]}路灯电费{n // 30}",
            "overview": "支付路灯电费和维护费。",
            "level2": "数量指标",
            "name": f"{STREETS[n % 30]}路灯维护数量",
            "value": "按需要",
            "vague": False,
        }
        for n in range(50)
    ]
    path = folder / "reviews.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def lamp_form(value: str) -> Form:
    row = Indicator("产出指标", "数量指标", "村庄路灯维护数量", value)
    return Form(project="村庄路灯电费", goal=Goal(annual="维护路灯。"), indicators=(row,))


def test_the_same_data_gives_the_same_bytes(
    few: list[corpus.LabelledForm], plain: Models, tmp_path: Path
) -> None:
    again = fit(few, [], load_vectors(ROOT / "models"))[0]
    assert save(plain, tmp_path / "a", {}) == save(again, tmp_path / "b", {})


def test_fifty_reviews_change_look_alikes_and_leave_the_rest(
    few: list[corpus.LabelledForm], plain: Models, tmp_path: Path
) -> None:
    heard = fit(few, reviews_from(review_file(tmp_path)), load_vectors(ROOT / "models"))[0]
    before, after = (predict([lamp_form("按需要")], m)[0][0].vague for m in (plain, heard))
    assert before is not None
    assert after is not None
    assert before >= plain.thresholds["vague"]
    assert after < heard.thresholds["vague"]
    rest = [item.form for item in corpus.load(ROOT / "data")[4::30]]
    truth = [item.labels for item in corpus.load(ROOT / "data")[4::30]]
    right = []
    for models in (plain, heard):
        said = predict(rest, models)
        right.append(
            np.mean(
                [
                    ((v.vague or 0) >= models.thresholds["vague"]) == label.vague
                    for verdicts, labels in zip(said, truth, strict=True)
                    for v, label in zip(verdicts, labels, strict=True)
                ]
            )
        )
    assert right[1] >= right[0] - 0.01


def test_a_reviews_file_with_a_bad_line_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"name": "甲", "value": "乙"}\n{"name": \n', "utf-8")
    with pytest.raises(RowsError, match="第2行"):
        reviews_from(path)


def test_rows_move_within_their_fold_and_never_within_their_topic(
    few: list[corpus.LabelledForm],
) -> None:
    moved = moved_forms(few, [[True] * len(f.labels) for f in few], seed=1)
    at_home = {(i.name, i.value): f for f in few for i in f.form.indicators}
    strangers = 0
    for before, after in zip(few, moved, strict=True):
        for came, indicator, label in zip(
            after.moved, after.item.form.indicators, after.item.labels, strict=True
        ):
            if came:
                strangers += 1
                source = at_home[(indicator.name, indicator.value)]
                assert label.mismatch
                assert source.fold == before.fold
                assert source.topic != before.topic
    assert strangers > len(few)
