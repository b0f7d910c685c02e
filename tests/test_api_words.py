"""A county's own layout words reach Python users through ``profile=``."""

from __future__ import annotations

from pathlib import Path

import pytest

import scorer
from scorer.profile import ProfileError

TEXT = """石泉区项目支出绩效目标表
（2024年度）
事项名头 渠首闸门更换
主管部门 石泉区水利局 实施单位 石泉区渠首管理所
项目资金（万元） 年度资金总额： 36 其中：财政拨款： 36
年度目标 更换闸门4扇，灌溉期前完工。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 更换闸门数量 4扇
满意度指标 服务对象满意度指标 灌区农户满意度 ≥90%
"""


def test_a_label_of_the_county_is_known_with_its_profile_only(tmp_path: Path) -> None:
    document, profile = tmp_path / "form.txt", tmp_path / "county.toml"
    document.write_text(TEXT, encoding="utf-8")
    profile.write_text('[layout.fields]\nproject = ["事项名头"]\n', encoding="utf-8")
    (plain,) = scorer.read(document)
    assert [form.project for form in plain.forms] != ["渠首闸门更换"]
    (told,) = scorer.read(document, profile=str(profile))
    assert [form.project for form in told.forms] == ["渠首闸门更换"]
    assert told.forms[0].unit == "石泉区渠首管理所"


def test_an_unknown_profile_is_an_error_that_names_it() -> None:
    with pytest.raises(ProfileError, match="不存在"):
        scorer.read("x.txt", profile="不存在")
