"""Which trade a text speaks of, by the pairs of characters that few topics of the library share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from scorer.forms import Form
from scorer.library import library, project_names

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
RARE, RARE_IN_NAME = 0.04, 0.1  # part of the library's topics that may use a telling pair
OF_FEW = 0.03  # part of them that are of one trade
RARE_LETTER = 0.05  # part of them that may use a letter of one trade: 侨, 茶, not 设
_LEAST_SEEN = 1 / 2000


def pairs_in(texts: Iterable[str | None]) -> set[str]:
    """Every two neighbouring Chinese characters."""
    runs = (run for text in texts if text for run in _HAN.findall(text))
    return {run[n : n + 2] for run in runs for n in range(len(run) - 1)}


# Words of a value that only compare; how they are spelt says nothing of a trade.
_SIGN = re.compile(r"(?:不|大于|小于|高于|低于|等于|或|少于|超过|至少|控制在|以上|以下|以内)+")


def without_signs(value: str) -> str:
    """A value without the words for ≥ and ≤."""
    return _SIGN.sub(" ", value)


def telling_of(pairs: set[str]) -> set[str]:
    """Pairs that few topics of the library use: 路灯, 冷藏, not 设备, 合格."""
    return pairs - used_by(RARE)


def kin_of(pairs: set[str]) -> set[str]:
    """What the library's topics say that use one of these pairs, if hardly any others do."""
    topics, using = _topics(), _topics_using()
    kin = {n for pair in pairs - used_by(OF_FEW) for n in using.get(pair, ())}
    return set().union(*(topics[n] for n in kin))


_PLACE = re.compile(r"[一-龥]{1,5}?[省市县区旗州盟]")


def place_of(form: Form) -> str:
    """The county that the unit is named after: every text of every project may name it."""
    found = _PLACE.match(form.unit or form.department or "")
    return found[0] if found else ""


def fit_of(name: set[str], said: set[str]) -> float:
    """How well what is said fits the best topic that the name may belong to, as part (0–1) of how
    well it fits the best topic of all."""
    own = {pair for pair in name if 0 < in_topics(pair) < OF_FEW}
    fits = [(sum(map(weight, said & topic)), bool(own & topic)) for topic in _topics()]
    best = max(fit for fit, _ in fits)
    return max((fit for fit, is_own in fits if is_own), default=0.0) / best if best else 1.0


def weight(pair: str) -> float:
    """How much a pair tells: the fewer topics use it, the more."""
    return -math.log(max(in_topics(pair), _LEAST_SEEN))


def known_share(said: set[str], there: set[str]) -> float:
    """The part (0–1) of what is said, by what its pairs tell, that stands there too."""
    return sum(map(weight, said & there)) / sum(map(weight, said))


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
def used_by(part: float) -> frozenset[str]:
    """The pairs that this part (0–1) of the library's topics use, or more."""
    counts, topics = _counts()
    return frozenset(pair for pair, count in counts.items() if count / topics >= part)


@cache
def _topics_using() -> dict[str, list[int]]:
    using: dict[str, list[int]] = {}
    for n, topic in enumerate(_topics()):
        for pair in topic:
            using.setdefault(pair, []).append(n)
    return using


@cache
def _letter_counts() -> Counter[str]:
    return Counter(letter for topic in _topics() for letter in set("".join(topic)))


def rare_letters(name: str) -> set[str]:
    """Letters of a name that few topics use: 侨联 is told by 侨胞, 归侨, 侨眷."""
    counts, least = _letter_counts(), RARE_LETTER * len(_topics())
    return {c for run in _HAN.findall(name) for c in run if counts[c] < least} - _PARTICLES


_PARTICLES = frozenset("和与及等第的")


@cache
def _project_counts() -> tuple[Counter[str], int]:
    """In the names of how many topics' projects each pair stands, and how many topics there are."""
    names = project_names()
    return Counter(pair for topic in names for pair in pairs_in(topic)), len(names)


@cache
def named_by(part: float) -> frozenset[str]:
    """The pairs that this part (0–1) of the topics' projects have in their names, or more."""
    counts, topics = _project_counts()
    return frozenset(pair for pair, count in counts.items() if count / topics >= part)
