"""A reviewer's decisions survive the next run and a resubmission, and end when they should."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from scorer.forms import Form, Indicator, Place, Submission
from scorer.judge import judge
from scorer.sidecar import Dismissal, load_sidecar, save_sidecar, with_dismissal, with_item

TODAY = dt.date(2025, 6, 1)
FORM = Form(
    project="阅览室改造",
    indicators=(
        Indicator("产出指标", "数量指标", "座位数", "若干", place=Place(line=3)),
        Indicator("产出指标", "时效指标", "完工", "及时", place=Place(line=4)),
    ),
)


def submission(folder: Path) -> Submission:
    return Submission(str(folder / "图书馆.pdf"), forms=(FORM,))


def dismiss_first(folder: Path, until: dt.date | None = None) -> str:
    finding = next(f for f in judge(submission(folder)).forms[0].findings if f.indicator == 0)
    path = submission(folder).path
    dismissal = Dismissal(
        finding.fingerprint, "数量见“附件\\清单”\n", finding.code, "阅览室改造", until
    )
    save_sidecar(path, with_dismissal(load_sidecar(path), dismissal))
    return finding.fingerprint


def test_dismissed_finding_costs_nothing_and_is_counted(tmp_path: Path) -> None:
    before = judge(submission(tmp_path)).forms[0]
    fingerprint = dismiss_first(tmp_path)
    after = judge(submission(tmp_path), today=TODAY).forms[0]
    assert [f.fingerprint for f in after.dismissed] == [fingerprint]
    assert fingerprint not in {f.fingerprint for f in after.findings}
    assert after.review.total >= before.review.total
    assert load_sidecar(submission(tmp_path).path).dismissals[0].reason == "数量见“附件\\清单”\n"


def test_dismissal_survives_a_resubmission_with_other_rows_and_places(tmp_path: Path) -> None:
    fingerprint = dismiss_first(tmp_path)
    first, second = FORM.indicators
    moved = replace(FORM, indicators=(second, replace(first, place=Place(page=7, line=70))))
    again = judge(replace(submission(tmp_path), forms=(moved,)), today=TODAY).forms[0]
    assert [f.fingerprint for f in again.dismissed] == [fingerprint]


def test_dismissal_ends_on_its_day(tmp_path: Path) -> None:
    dismiss_first(tmp_path, until=TODAY)
    assert judge(submission(tmp_path), today=TODAY).forms[0].dismissed
    assert not judge(submission(tmp_path), today=TODAY + dt.timedelta(1)).forms[0].dismissed


def test_dismissal_without_its_finding_is_reported(tmp_path: Path) -> None:
    dismiss_first(tmp_path)
    mended = replace(FORM.indicators[0], value="≥60个")
    again = judge(replace(submission(tmp_path), forms=(replace(FORM, indicators=(mended,)),)))
    assert [p.code for p in again.problems] == ["dismissal-unmatched"]
    assert not again.problems[0].lost


def test_item_by_hand_stands(tmp_path: Path) -> None:
    path = submission(tmp_path).path
    save_sidecar(path, with_item(load_sidecar(path), "阅览室改造", "条件充分性", 8))
    items = {i.item: i for i in judge(submission(tmp_path)).forms[0].review.items}
    assert items["条件充分性"].score == 8
    assert items["条件充分性"].manual == "由审核人评定"


def test_broken_sidecar_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    Path(submission(tmp_path).path + ".jixiao.toml").write_text(
        "[[dismiss]]\nreason = 1\n", "utf-8"
    )
    judged = judge(submission(tmp_path))
    assert [p.code for p in judged.problems] == ["sidecar"]
    assert judged.forms[0].findings
