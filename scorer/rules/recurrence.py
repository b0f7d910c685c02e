"""Does a project's name speak of work that comes back every year, or is done once?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from scorer.lexicon import Matcher, load_toml

_TAIL = re.compile(r"(?:项目|专项|经费|资金|费用|费)+$")


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {w["word"]: (w["kind"], w["at"]) for w in load_toml("recurrent.toml")["word"]}


@cache
def _matcher() -> Matcher:
    return Matcher(frozenset(_words()))


@lru_cache(maxsize=65536)
def kind_of(name: str) -> tuple[str, str]:
    """("recurrent" | "one_off" | "unclear" | "", the word that says so)."""
    found = [w for w in _matcher().find(name) if _stands(w, name)]
    kinds = {_words()[w][0] for w in found}
    if len(kinds) != 1:
        return ("unclear" if kinds else "", "")
    return kinds.pop(), found[-1]


def _stands(word: str, name: str) -> bool:
    if _words()[word][1] != "end":
        return True
    return name.endswith(word) or _TAIL.sub("", name).endswith(word)
