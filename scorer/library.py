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


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the library."""

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
    def _keywords(self) -> tuple[tuple[str, str, bool], ...]:
        seen = {(w, e.topic): e.field == GENERAL for e in self.entries for w in e.keywords}
        return tuple((word, topic, general) for (word, topic), general in seen.items())

    def topics(self, project: str, more: str = "") -> list[str]:
        """Topics that fit a project, the best first: its name counts most, then ``more``.

        Special topics come before the general ones (采购, 培训, 租赁 …).
        """
        points: dict[str, float] = {}
        general: set[str] = set()
        for word, topic, is_general in self._keywords:
            hits = 3.0 * (word in project) + 1.0 * (word in more)
            if hits:
                points[topic] = points.get(topic, 0.0) + hits * len(word)
                if is_general:
                    general.add(topic)
        return sorted(points, key=lambda t: (t in general, -points[t], t))

    def candidates(self, topics: list[str], level2: str) -> Iterator[Entry]:
        """Entries of a class, topic by topic."""
        for topic in topics:
            yield from (e for e in self.by_topic[topic] if e.level2 == level2)

    def like(self, name: str, topics: list[str], level2: str, least: float = 0.5) -> Entry | None:
        """The entry whose name is most like ``name`` among the topics', if alike enough."""
        best = max(
            self.candidates(topics, level2), key=lambda e: likeness(name, e.name), default=None
        )
        return best if best is not None and likeness(name, best.name) >= least else None


@lru_cache(maxsize=65536)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset(text)


def likeness(one: str, other: str) -> float:
    """Share (0–1) of common pairs of characters."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@cache
def library() -> Library:
    """The shipped library, read once when first asked for."""
    return Library(tuple(entry for name in FILES for entry in _entries(name)))


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
