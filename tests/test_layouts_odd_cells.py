"""Rows whose cells no author writes so are told; sound ones are not."""

from __future__ import annotations

import pytest

from scorer.forms import Indicator
from scorer.layouts.text.odd_cells import odd_rows
from scorer.layouts.words import words


def _row(name: str, value: str) -> Indicator:
    return Indicator("产出指标", "数量指标", name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("培训人次", "≥200人次"),
        ("24小时值班天数", "365天"),
        ("建成展示馆 1 座", "1 座"),
        ("村民满意度", "≥90% 以上"),
        ("建设里程（公里）", "12.5"),
        ("优良率90%以上的断面数", "95%以上"),
        ("主要河流Ⅲ类水质", "达到或优于上年"),
    ],
)
def test_sound_rows_are_not_told(name: str, value: str) -> None:
    assert odd_rows([_row(name, value)], words()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("", "≥200人次"),
        ("率", "95%"),
        ("≥90%", "合格"),
        ("数量指标 培训人次", "200"),
        ("监测点数量建成站房 1 座", "3 处"),
        ("监测点数量3处建成站房", "1座"),
        ("培训（含复训", "2次）"),
        ("培训人次", "人次"),
        ("补偿比例", "=80% 县医改方案"),
        ("培训人次", "效益指标"),
        ("培训人次", "≥20人≥95%"),
    ],
)
def test_rows_cut_in_wrong_places_are_told(name: str, value: str) -> None:
    row = _row(name, value)
    assert odd_rows([row], words()) == [row]
