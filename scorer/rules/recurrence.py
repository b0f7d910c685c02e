"""Does a project's name speak of work that comes back every year, or is done once?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from scorer.lexicon import Matcher, load_toml

# A thing bought once may bear the name of lasting work: 食堂设备, 防汛物资, 免疫疫苗.
_THING = re.compile(r"设备|设施|物资|器材|器具|装备|疫苗|耗材|系统|平台|软件|仪器")
_TAIL = re.compile(r"(?:项目|专项|经费|资金|费用|费)+$")


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {w["word"]: (w["kind"], w["at"]) for w in load_toml("recurrent.toml")["word"]}


@cache
def _matcher() -> Matcher:
    return Matcher(frozenset(_words()))


@lru_cache(maxsize=16384)
def kind_of(name: str) -> tuple[str, str]:
    """("recurrent" | "one_off" | "unclear" | "", the word that says so)."""
    found = [w for w in _matcher().find(name) if _stands(w, name)]
    kinds = {_words()[w][0] for w in found}
    if len(kinds) != 1:
        return ("unclear" if kinds else "", "")
    if "recurrent" in kinds and _THING.search(name, name.rfind(found[-1]) + len(found[-1])):
        return ("unclear", "")
    return kinds.pop(), found[-1]


def _stands(word: str, name: str) -> bool:
    if _words()[word][1] != "end":
        return True
    return name.endswith(word) or _TAIL.sub("", name).endswith(word)
