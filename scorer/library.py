"""The indicator library of ``lexicons/``: what clerks of each field really measure.

``pattern`` is what advice may show («≥___台»); ``example`` holds invented figures and is
never shown as a proposal.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from scorer.lexicon import lexicon_path

FILES = ("indicators.csv", "general_indicators.csv")
GENERAL = "通用"
FEW = 8  # topics of some hundred


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the library. ``field`` is 类/款 of 政府收支分类, or 通用."""

    field: str
    topic: str
    keywords: tuple[str, ...]
    level2: str
    name: str
    comparator: str
    unit: str
    pattern: str
    where: str
    example: str


class Library:
    """All entries, with the questions that advice asks of them."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries

    @cached_property
    def by_topic(self) -> dict[str, tuple[Entry, ...]]:
        """Entries of each topic, in the order of the file."""
        topics: dict[str, list[Entry]] = {}
        for entry in self.entries:
            topics.setdefault(entry.topic, []).append(entry)
        return {topic: tuple(rows) for topic, rows in topics.items()}

    @cached_property
    def _topics_of(self) -> dict[str, list[str]]:
        """Keyword -> the topics that have it."""
        topics: dict[str, list[str]] = {}
        for word, topic in dict.fromkeys((w, e.topic) for e in self.entries for w in e.keywords):
            topics.setdefault(word, []).append(topic)
        return topics

    @cached_property
    def _lengths(self) -> range:
        return range(1, max(map(len, self._topics_of), default=0) + 1)

    def _keywords_in(self, text: str) -> set[str]:
        """The keywords that stand in a text: each of its stretches is looked up."""
        starts = range(len(text))
        found = {text[n : n + size] for size in self._lengths for n in starts}
        return found & self._topics_of.keys()

    def points(self, project: str, more: str = "") -> dict[str, float]:
        """Topics that speak to a project with their points, the best first.

        Each keyword counts by its length, in the project's name three times as much as in
        ``more``. Of equal topics the special ones come before the general (采购, 培训 …).
        """
        points: dict[str, float] = {}
        named, told = self._keywords_in(project), self._keywords_in(more)
        for word in named | told:
            hits = 3.0 * (word in named) + 1.0 * (word in told)
            for topic in self._topics_of[word]:
                points[topic] = points.get(topic, 0.0) + hits * len(word)
        order = sorted(points, key=lambda t: (-points[t], self.by_topic[t][0].field == GENERAL, t))
        return {topic: points[topic] for topic in order}


@lru_cache(maxsize=16384)
def pairs_of(text: str) -> frozenset[str]:
    """All pairs of neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset(text)


@cache
def telling_pairs() -> frozenset[str]:
    """Pairs of characters that stand in the indicators of few topics only: they say what an
    indicator is about, as 数量, 完成, 设备 do not."""
    seen: dict[str, set[str]] = {}
    for entry in library().entries:
        for pair in pairs_of(entry.name):
            seen.setdefault(pair, set()).add(entry.topic)
    return frozenset(pair for pair, topics in seen.items() if len(topics) <= FEW)


def likeness(one: str, other: str) -> float:
    """Share (0–1) of common pairs of characters."""
    a, b = pairs_of(one), pairs_of(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@cache
def library() -> Library:
    """The shipped library, read once when first asked for."""
    return Library(tuple(entry for name in FILES for entry in _entries(name)))


@cache
def project_names() -> tuple[tuple[str, ...], ...]:
    """The names under which units file projects, topic by topic."""
    with lexicon_path("projects.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_words(row["projects"]) for row in csv.DictReader(file))


def _entries(name: str) -> Iterator[Entry]:
    """The entries of one file. Its columns are Entry's fields in their order."""
    with lexicon_path(name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for field, topic, keywords, *rest in rows:
            yield Entry(field, topic, _words(keywords), *rest)


@lru_cache
def _words(joined: str) -> tuple[str, ...]:
    return tuple(word for word in joined.split(";") if word)
