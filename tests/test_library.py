"""The indicator library and the word lists: shape, uniqueness, and that they agree with the program."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from scorer.forms import LEVEL2
from scorer.lexicon import lexicon_path
from scorer.targets import parse_target

COLUMNS = [
    "field",
    "topic",
    "keywords",
    "level2",
    "name",
    "comparator",
    "unit",
    "pattern",
    "where",
    "example",
]
LIBRARIES = ("indicators.csv", "general_indicators.csv")
# Unverifiable kinds: no example value of ours may be one of them.
IDLE_KINDS = {"blank", "placeholder", "words"}
# Which kinds of Target answer each kind of question a head word may ask.
ANSWERS = {
    "count": {"number", "frequency", "change", "yes_no"},
    "rate": {"rate", "change"},
    "time": {"time", "frequency", "event"},
    "money": {"money", "change", "approved"},
    "grade": {"scale", "standard", "event", "number"},
    "event": {"event", "standard", "yes_no"},
}


@cache
def rows(library: str) -> tuple[dict[str, str], ...]:
    with lexicon_path(library).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def toml(name: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(lexicon_path(name).read_text(encoding="utf-8"))


def where(row: dict[str, str]) -> str:
    return f"{row['topic']}「{row['name']}」 {row['pattern']} {row['example']}"


def faults(library: str, wrong: Any) -> list[str]:
    return [where(row) for row in rows(library) if wrong(row)]


def ends(words: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    """The entry with the longest word that ends ``name`` (brackets stripped)."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
    found = [entry for entry in words if bare.endswith(entry["word"])]
    return max(found, key=lambda entry: len(entry["word"]), default=None)


# --- the indicator library ------------------------------------------------------


@pytest.mark.parametrize("library", LIBRARIES)
def test_columns_and_no_stray_space(library: str) -> None:
    with lexicon_path(library).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS
    optional = {"comparator", "unit"}
    assert not faults(library, lambda r: any(not r[c] for c in COLUMNS if c not in optional))
    assert not faults(library, lambda r: any(r[c] != r[c].strip() for c in COLUMNS))
    assert not faults(library, lambda r: None in r or None in r.values())


def test_size_fields_and_topics() -> None:
    library = rows("indicators.csv")
    topics = Counter((r["field"], r["topic"]) for r in library)
    assert len(library) >= 7000
    assert len(topics) >= 350
    assert min(topics.values()) >= 12
    general = rows("general_indicators.csv")
    assert len(general) >= 80
    assert {r["field"] for r in general} == {"通用"}


def test_fields_are_kuan_of_the_budget_classification_and_none_is_thin() -> None:
    fields = Counter(r["field"] for r in rows("indicators.csv") if r["field"] != "通用")
    assert len(fields) >= 40
    assert all(re.fullmatch(r"[一-龥]+/[一-龥]+", field) for field in fields)
    assert min(fields.values()) >= 12


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_duplicates(library: str) -> None:
    keys = Counter((r["field"], r["topic"], r["name"]) for r in rows(library))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_level2_names_are_known(library: str) -> None:
    assert not faults(library, lambda r: r["level2"] not in LEVEL2)


def test_every_topic_has_the_classes_that_always_make_sense() -> None:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("indicators.csv"):
        found[row["field"], row["topic"]].add(row["level2"])
    needed = {"数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "服务对象满意度指标"}
    assert {topic: needed - have for topic, have in found.items() if needed - have} == {}


def test_every_topic_has_project_names_as_units_write_them() -> None:
    with lexicon_path("projects.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    topics = [(row["field"], row["topic"]) for row in table]
    assert sorted(topics) == sorted({(r["field"], r["topic"]) for r in rows("indicators.csv")})
    for row in table:
        names = row["projects"].split(";")
        assert len(names) == len(set(names)) >= 3, row["topic"]
        assert all(name == name.strip() and len(name) >= 2 for name in names), row["topic"]


def test_one_topic_has_one_set_of_keywords_and_each_is_a_word() -> None:
    for library in LIBRARIES:
        sets: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows(library):
            sets[row["field"], row["topic"]].add(row["keywords"])
        for topic, keywords in sets.items():
            words = [word for text in keywords for word in text.split(";")]
            assert len(keywords) == 1, topic
            assert len(words) == len(set(words)) >= 3, topic
            assert all(len(word) >= 2 for word in words), topic


@pytest.mark.parametrize("library", LIBRARIES)
def test_patterns_parse(library: str) -> None:
    """A pattern is sign + blank + unit, or a text with blanks, or an honest =0 / =100%."""

    def wrong(row: dict[str, str]) -> bool:
        pattern, sign, unit = row["pattern"], row["comparator"], row["unit"]
        if sign not in {"", "≥", "≤", "="} or (unit and not sign):
            return True
        if pattern in {f"=0{unit}", "=100%"}:
            return sign != "="
        if "___" not in pattern or "____" in pattern:
            return True
        return bool(sign) and "较" not in pattern and pattern != f"{sign}___{unit}"

    assert faults(library, wrong) == []


CLASS_ANSWERS = {
    "时效指标": {"time", "frequency", "rate"},
    "成本指标": {"money", "rate", "number"},  # litres for 100 km are a cost as well
    "经济成本指标": {"money", "rate", "number"},
    "服务对象满意度指标": {"rate", "number"},  # or points of a questionnaire
}
CHECKABLE = {"number", "money", "rate", "time", "frequency", "change", "standard"}


@pytest.mark.parametrize("library", LIBRARIES)
def test_patterns_filled_with_numbers_can_be_checked(library: str) -> None:
    """Whoever fills the blanks with numbers has a target of the kind that its class asks for."""

    def wrong(row: dict[str, str]) -> bool:
        kind = parse_target(row["pattern"].replace("___", "12")).kind
        return kind not in CLASS_ANSWERS.get(row["level2"], CHECKABLE)

    assert faults(library, wrong) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_patterns_invent_no_digits(library: str) -> None:
    """Digits in a pattern belong to its unit (24小时 is none); the number is the unit's to fill."""

    def wrong(row: dict[str, str]) -> bool:
        if row["pattern"] in {f"=0{row['unit']}", "=100%"}:
            return False
        rest = row["pattern"]
        if row["unit"]:
            rest = rest.replace(row["unit"], "")
        return bool(re.search(r"\d", rest))

    assert faults(library, wrong) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_examples_fill_their_patterns(library: str) -> None:
    def wrong(row: dict[str, str]) -> bool:
        pieces = [re.escape(piece) for piece in row["pattern"].split("___")]
        return not re.fullmatch(".*?".join(pieces), row["example"]) or "___" in row["example"]

    assert faults(library, wrong) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_examples_are_values_that_the_program_accepts(library: str) -> None:
    def wrong(row: dict[str, str]) -> bool:
        target = parse_target(row["example"])
        sign = row["comparator"]
        return target.kind in IDLE_KINDS or bool(sign and target.comparator != sign)

    assert faults(library, wrong) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_examples_run_the_right_way(library: str) -> None:
    """No example contradicts directions.toml (the word before the end may turn it round)."""
    lists = toml("directions.toml")

    def wrong(row: dict[str, str]) -> bool:
        entry = ends(lists["direction"], row["name"])
        if entry is None or "较" in row["example"]:
            return False
        if entry["direction"] == "higher":
            return row["comparator"] == "≤"
        turned = any(r["word"] in row["name"] for r in lists["reverse"])
        return entry["direction"] == "lower" and row["comparator"] == "≥" and not turned

    assert faults(library, wrong) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_full_marks_only_where_they_are_an_obligation_or_a_zero_of_trouble(library: str) -> None:
    idle = {e["word"] for e in toml("obligations.toml")["name"] if e["kind"] == "idle"}
    assert faults(library, lambda r: r["pattern"] == "=100%" and r["name"] in idle) == []


# --- the word lists -------------------------------------------------------------

LISTS = {
    "head_words.toml": ("head",),
    "directions.toml": ("direction", "reverse", "may_exceed"),
    "obligations.toml": ("name",),
    "confusions.toml": ("pair",),
    "recurrent.toml": ("word",),
    "bases.toml": ("word",),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_unique_and_has_reason_and_example(name: str) -> None:
    assert set(toml(name)) == set(LISTS[name])
    for group in LISTS[name]:
        entries = toml(name)[group]
        key = "wrong" if group == "pair" else "word"
        assert all(e[key] and e["reason"] and e["example"] for e in entries)
        assert max(Counter(e[key] for e in entries).values()) == 1
        shown = [e for e in entries if e.get("at") != "pattern" and e[key] not in e["example"]]
        assert [e[key] for e in shown] == []


def test_head_words_know_their_classes_and_what_they_ask() -> None:
    heads = toml("head_words.toml")["head"]
    assert len(heads) >= 350
    for head in heads:
        assert head["classes"], head["word"]
        assert set(head["classes"]) <= set(LEVEL2), head["word"]
        assert head["asks"], head["word"]
        assert set(head["asks"]) <= set(ANSWERS), head["word"]
        one_class = (
            set(head["classes"]) == {"成本指标", "经济成本指标"} or len(head["classes"]) == 1
        )
        assert head["border"] is not one_class, head["word"]
        assert isinstance(head["sure"], bool), head["word"]


def test_head_word_examples_answer_what_the_word_asks() -> None:
    wrong = []
    for head in toml("head_words.toml")["head"]:
        kind = parse_target(head["example"].partition("：")[2]).kind
        if not any(kind in ANSWERS[ask] for ask in head["asks"]):
            wrong.append((head["word"], head["asks"], kind, head["example"]))
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_library_rows_stand_in_a_class_their_head_word_allows(library: str) -> None:
    """A border may differ here and there; more than a few would mean that one of the two is wrong."""
    heads = [h for h in toml("head_words.toml")["head"] if h["sure"]]
    odd = faults(
        library,
        lambda r: (h := ends(heads, r["name"])) is not None and r["level2"] not in h["classes"],
    )
    assert len(odd) <= len(rows(library)) * 0.02, odd


def test_direction_examples_run_their_way() -> None:
    wrong = []
    for entry in toml("directions.toml")["direction"]:
        name, _, value = entry["example"].partition("：")
        target = parse_target(value)
        allowed = {"lower": "≤=", "higher": "≥="}.get(entry["direction"], "≤=≥")
        if not name.endswith(entry["word"]) or (
            target.kind != "change" and target.comparator not in allowed
        ):
            wrong.append(entry["example"])
    assert wrong == []


def test_words_that_may_exceed_are_no_obligations() -> None:
    duties = {e["word"] for e in toml("obligations.toml")["name"] if e["kind"] == "duty"}
    assert duties.isdisjoint(e["word"] for e in toml("directions.toml")["may_exceed"])


def test_obligations_say_what_to_write_instead_of_an_idle_rate() -> None:
    for entry in toml("obligations.toml")["name"]:
        assert entry["kind"] in {"duty", "idle"}
        assert ("instead" in entry) is (entry["kind"] == "idle"), entry["word"]
        assert "100%" in entry["example"], entry["word"]


def test_kinds_and_places_of_the_other_lists() -> None:
    for entry in toml("recurrent.toml")["word"]:
        assert entry["kind"] in {"recurrent", "one_off", "unclear"}
        assert entry["at"] in {"anywhere", "end"}
    for entry in toml("bases.toml")["word"]:
        assert entry["kind"] in {"bad", "good"}
        assert entry["at"] in {"anywhere", "whole", "title", "pattern"}
        assert ("instead" in entry) is (entry["kind"] == "bad"), entry["word"]
        if entry["at"] == "pattern":
            assert re.search(entry["word"], entry["example"])
    for entry in toml("directions.toml")["reverse"]:
        assert entry["turns"] in {"all", "trouble"}
        assert isinstance(entry["near"], bool)


def test_confusions_spare_the_words_that_contain_them() -> None:
    pairs = toml("confusions.toml")["pair"]
    assert len(pairs) >= 80
    for pair in pairs:
        assert pair["wrong"] != pair["right"]
        assert pair["right"] in pair["example"]
        assert all(pair["wrong"] in word for word in pair["unless"]), pair["wrong"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_slip_of_the_pen_in_the_library(library: str) -> None:
    text = lexicon_path(library).read_text(encoding="utf-8")
    for pair in toml("confusions.toml")["pair"]:
        rest = text
        for word in pair["unless"]:
            rest = rest.replace(word, "")
        assert pair["wrong"] not in rest, pair["wrong"]
