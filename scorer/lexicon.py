"""Word lists and the indicator library, read from ``lexicons/``.

The lists are TOML or CSV beside the source tree; the wheel carries them in
``scorer/_data/lexicons``. Each file is read once, when first asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from scorer.resources import resource


def lexicon_path(name: str) -> Path:
    """Where the list file ``name`` («units.toml») lies; FileNotFoundError if nowhere."""
    return resource(f"lexicons/{name}")


@cache
def load_toml(name: str) -> Mapping[str, Any]:
    """The parsed TOML list ``name``, read once. Do not change what it returns."""
    return tomllib.loads(lexicon_path(name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class SoftWord:
    """A soft word, why it cannot be checked, a value in which it stands, the name of its
    group (rise, degree, deferral, …) and what a reviewer would ask for instead (Chinese)."""

    word: str
    reason: str
    example: str
    group: str
    ask: str


class Matcher:
    """Finds all words of a list in a text, longest first, left to right, no overlap."""

    def __init__(self, words: frozenset[str]) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        for word in sorted(words, key=lambda w: (-len(w), w)):
            self._by_first[word[0]] = (*self._by_first.get(word[0], ()), word)

    def find(self, text: str) -> tuple[str, ...]:
        """The words in printed order, with repeats."""
        by_first, found, skip_to = self._by_first, [], 0
        for place, letter in enumerate(text):
            if letter in by_first and place >= skip_to:
                for word in by_first[letter]:
                    if text.startswith(word, place):
                        found.append(word)
                        skip_to = place + len(word)
                        break
        return tuple(found)


@dataclass(frozen=True)
class Lexicon:
    """The word lists that rules and the target grammar use. Lists not given are read
    from the files when first needed."""

    soft: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()  # values that a bureau's profile takes as checkable
    rejected: frozenset[str] = frozenset()  # values that it takes as vague

    @cached_property
    def soft_matcher(self) -> Matcher:
        """Finds soft words in a text."""
        return Matcher(self.soft)

    @cached_property
    def soft_entries(self) -> Mapping[str, SoftWord]:
        """The soft words with reason and example, from ``vague_words.toml``."""
        return _soft_entries()

    @cached_property
    def unit_kinds(self) -> Mapping[str, str]:
        """Unit -> kind (count, money, length, …), from ``units.toml``."""
        return {
            unit: kind for kind, entry in load_toml("units.toml").items() for unit in entry["units"]
        }

    @cached_property
    def people_units(self) -> frozenset[str]:
        """Units that count persons: 人, 名, 位, 人次, …"""
        return frozenset(load_toml("units.toml")["count"]["people"])

    @cached_property
    def affirmations(self) -> frozenset[str]:
        """Values that only say yes to the name: 达到, 完成, 符合, 实现, …"""
        return frozenset(load_toml("hard_signs.toml")["affirmation"]["words"])

    def soft_in(self, text: str) -> tuple[str, ...]:
        """The soft words found in ``text``, in printed order."""
        return self.soft_matcher.find(text)


@cache
def _soft_entries() -> Mapping[str, SoftWord]:
    return {
        word: SoftWord(word, group["reason"], example, group["name"], group["ask"])
        for group in load_toml("vague_words.toml")["group"]
        for word, example in group["words"]
    }


@cache
def default_lexicon() -> Lexicon:
    """The lexicon made of the shipped lists, one for the process."""
    return Lexicon(soft=frozenset(_soft_entries()))


# Where none of these letters stands no entry of not_targets.toml can begin: one look in
# place of some thirty.
_NAME_STARTS = r"[\d\sA-Za-z〔\[【(（〈“\"‘「『一二三四五六七八九两十百千万亿双第满总不以]"


@cache
def not_target_pattern() -> re.Pattern[str]:
    """Matches digits and numerals that belong to a name (十四五, 12345, 〔2022〕29号)."""
    names = "|".join(f"(?:{p['match']})" for p in load_toml("not_targets.toml")["pattern"])
    return re.compile(f"(?={_NAME_STARTS})(?:{names})")


@cache
def lexicon_with(accepted: frozenset[str], rejected: frozenset[str]) -> Lexicon:
    """The shipped lists with a bureau's own values, one for the process: what a lexicon works
    out once (its matcher, its units) is not worked out again for each document."""
    return replace(default_lexicon(), accepted=accepted, rejected=rejected)
