"""Pairs over many trades: mended gains, spoiled costs, tricks and spellings win nothing."""

from __future__ import annotations

import pytest

from tests.pairs.pairs import HALF_POINT, Pair, as_expected, pairs

ALL = list(pairs())
# Of the pairs by other hands: what is still won, and why.
STILL_WON = {
    "p4-T15-standards-that-do-not-exist": "one invented guide with a grade is believed",
    "p4-T27-satisfaction-as-benefit": "two faults move to an item that has more of them",
    "p5-T28-timely-rate": "a rate of timeliness can be counted, which 及时 cannot (101号 allows it)",
    "p5-T33-goal-figures-deleted": "the lost figures cost a little less than the contradiction they hid",
    "p5-S07-chinese-numerals": "the model doubts 农贸市场消费者满意度, and reads the value with it",
    "p6-T22-foreign-rows-hotline": "the model is sure of one only of six rows of another project",
    "p10-T26-food-foreign-hotline": "the same rows in another form: the model doubts one of five",
    "p11-T20-office-foreign": "three of five rows of a school's repair pass for an office's",
    "p11-T30-lamp-parts": "of five parts of one lamp two still count",
    "p13-T20-foreign-drugs-goal": "goal and rows of another trade lose a little less than slogans did",
    "p12-T15-screen-foreign": "no row of five from an archive is doubted in a screening of women",
    "p14-S11-bridge-names": "the model is surer of 条数 among benefits than of 数量",
    "p17-T17-veterans-delete-evidence": "of a form that is mostly vague no missing task is told",
    "p17-T31-petition-foreign-whole": "an office without a word of its own fits rows of any trade",
    "p12-T26-community-foreign": "a bland form of a community may well mend lifts and pipes",
}
# Mended, yet a little lower: the model doubts a row once its twin is gone.
TURNED = ["better-p3-D03-one-blood-row"]
LEAST = 0.92  # of the mended and the spoiled; tricks and spellings have no leave


@pytest.mark.parametrize("pair", [p for p in ALL if p.kind in ("trick", "spelling")], ids=str)
def test_nothing_is_won_by_tricks_or_spelling(pair: Pair, request: pytest.FixtureRequest) -> None:
    if pair.id in STILL_WON:
        request.applymarker(pytest.mark.xfail(reason=STILL_WON[pair.id], strict=True))
    good, gained = as_expected(pair)
    assert good, f"{gained:+g}"


def test_mending_gains_and_spoiling_costs() -> None:
    changed = [p for p in ALL if p.kind in ("worse", "better")]
    wrong = [str(p) for p in changed if not as_expected(p)[0]]
    assert len(wrong) <= (1 - LEAST) * len(changed), wrong


def test_no_mending_costs_and_no_fault_gains() -> None:
    signs = {"worse": 1, "better": -1}
    turned = [str(p) for p in ALL if as_expected(p)[1] * signs.get(p.kind, 0) > HALF_POINT]
    assert turned == TURNED


def test_the_pairs_are_many_and_varied() -> None:
    assert len(ALL) >= 150
    assert len({p.id for p in ALL}) >= 120
    assert len({p.before["project"] for p in ALL}) >= 15
