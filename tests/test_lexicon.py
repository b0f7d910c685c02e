"""The word lists: complete entries, no doubles, found where they lie."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.lexicon import (
    Lexicon,
    Matcher,
    default_lexicon,
    lexicon_path,
    load_toml,
    not_target_pattern,
)


def test_soft_words_have_reason_example_and_question() -> None:
    entries = default_lexicon().soft_entries
    assert len(entries) >= 300
    for word, entry in entries.items():
        assert entry.word == word
        assert word in entry.example, word
        assert entry.reason.strip()
        assert entry.ask.strip()
        assert entry.group.isidentifier()


def test_no_soft_word_stands_twice() -> None:
    words = [w for group in load_toml("vague_words.toml")["group"] for w, _ in group["words"]]
    assert len(words) == len(set(words))


def test_units_belong_to_one_kind() -> None:
    seen: dict[str, str] = {}
    for kind, entry in load_toml("units.toml").items():
        assert entry["reason"]
        for unit in entry["units"]:
            assert seen.setdefault(unit, kind) == kind, unit
    assert default_lexicon().unit_kinds["平方米"] == "area"
    assert {"人", "名", "人次"} <= default_lexicon().people_units


@pytest.mark.parametrize("section", ["act", "trouble", "approved", "grades", "affirmation"])
def test_hard_signs_have_a_reason_and_no_doubles(section: str) -> None:
    entry = load_toml("hard_signs.toml")[section]
    assert entry["reason"]
    assert len(entry["words"]) == len(set(entry["words"]))


def test_each_pattern_of_names_matches_its_examples() -> None:
    for entry in load_toml("not_targets.toml")["pattern"]:
        assert entry["reason"]
        for example in re.split("、", entry["example"]):
            assert re.search(entry["match"], example), (entry["match"], example)
            assert not_target_pattern().search(example), "its first letter is not looked for"


@pytest.mark.parametrize(
    "text", ["95%", "12台", "2025年6月30日", "三百二十人", "3.5万元", "第三季度"]
)
def test_plain_targets_are_not_taken_for_names(text: str) -> None:
    assert not not_target_pattern().search(text)


def test_matcher_takes_the_longest_word_and_does_not_overlap() -> None:
    matcher = Matcher(frozenset({"满意", "非常满意", "意义"}))
    assert matcher.find("非常满意义") == ("非常满意",)
    assert matcher.find("满意、满意") == ("满意", "满意")
    assert matcher.find("") == ()


@given(st.text(max_size=60))
def test_matcher_finds_only_what_is_there(text: str) -> None:
    assert all(word in text for word in default_lexicon().soft_in(text))


def test_a_given_list_replaces_the_shipped_one() -> None:
    assert Lexicon(soft=frozenset({"差不多"})).soft_in("差不多，提高") == ("差不多",)


def test_a_missing_list_names_itself() -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.toml"):
        lexicon_path("nowhere.toml")
