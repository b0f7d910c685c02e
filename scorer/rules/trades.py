"""Which trade a text speaks of, by the pairs of characters that few topics of the library share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from scorer.library import library, project_names

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
RARE, RARE_IN_NAME = 0.04, 0.1  # part of the library's topics that may use a telling pair
OF_FEW = 0.03  # part of them that are of one trade


def pairs_in(texts: Iterable[str | None]) -> set[str]:
    """Every two neighbouring Chinese characters."""
    runs = (run for text in texts if text for run in _HAN.findall(text))
    return {run[n : n + 2] for run in runs for n in range(len(run) - 1)}


def telling_of(pairs: set[str]) -> set[str]:
    """Pairs that few topics of the library use: 路灯, 冷藏, not 设备, 合格."""
    return {pair for pair in pairs if in_topics(pair) < RARE}


def kin_of(pairs: set[str]) -> set[str]:
    """What the library's topics say that use one of these pairs, if hardly any others do."""
    telling = {pair for pair in pairs if in_topics(pair) < OF_FEW}
    return set().union(*(topic for topic in _topics() if topic & telling))


@cache
def _topics() -> tuple[frozenset[str], ...]:
    """The pairs of each topic of the library: of its indicators' names and its keywords."""
    return tuple(
        frozenset(pairs_in([e.name for e in entries] + list(entries[0].keywords)))
        for entries in library().by_topic.values()
    )


@cache
def _counts() -> tuple[Counter[str], int]:
    """In how many of the library's topics each pair stands, and how many topics there are."""
    return Counter(pair for topic in _topics() for pair in topic), len(_topics())


def in_topics(pair: str) -> float:
    """Part of the library's topics that use the pair."""
    counts, topics = _counts()
    return counts[pair] / topics


@cache
def _project_counts() -> tuple[Counter[str], int]:
    """In the names of how many topics' projects each pair stands, and how many topics there are."""
    names = project_names()
    return Counter(pair for topic in names for pair in pairs_in(topic)), len(names)


def in_projects(pair: str) -> float:
    """Part of the library's topics whose projects have the pair in their names: 经费, 补助."""
    counts, topics = _project_counts()
    return counts[pair] / topics
