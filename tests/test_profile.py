"""Profiles fail loudly and say where each value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.profile import ProfileError, load_profile, profile_names
from scorer.rules.catalogue import catalogue

KNOWN = {code: rule.options for code, rule in catalogue().items()}


@pytest.mark.parametrize("name", profile_names())
def test_shipped_profiles_load(name: str) -> None:
    profile = load_profile(name, rules=KNOWN)
    assert profile.hash
    assert set(profile.review("grades")) == {"优", "良", "中"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[rule.M201]\n", "rules"),
        ("[rules.M2O1]\nenabled = false\n", "M201"),
        ("[rules.M201]\nseverty = 'error'\n", "severity"),
        ("[rules.M201]\nseverity = 'eror'\n", "error"),
        ("[rules.S103.options]\nalik = 0.5\n", "alike"),
        ("[review.weight]\nerror = 1\n", "weights"),
        ("[review.caps]\nempty_gaol = 1\n", "empty_goal"),
        ("extends = 'defualt'\n", "default"),
    ],
)
def test_unknown_keys_name_the_nearest(tmp_path: Path, text: str, names: str) -> None:
    path = tmp_path / "local.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ProfileError, match=names):
        load_profile(str(path), rules=KNOWN)


def test_broken_toml_and_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_text("[rules\n", "utf-8")
    with pytest.raises(ProfileError, match=r"坏\.toml"):
        load_profile(str(path))
    with pytest.raises(ProfileError, match="找不到"):
        load_profile(str(tmp_path / "没有.toml"))


def test_a_local_profile_names_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "local.toml"
    path.write_text('name = "本县"\n[review.weights]\nerror = 0.5\n', "utf-8")
    profile = load_profile(str(path), rules=KNOWN)
    origins = {key: origin for key, _, origin in profile.rows()}
    assert profile.review("weights") == {**load_profile().review("weights"), "error": 0.5}
    assert origins["review.weights.error"] == str(path)
    assert origins["review.weights.warning"] == "default"
    assert profile.hash != load_profile().hash
