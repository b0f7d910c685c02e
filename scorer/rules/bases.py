"""What a 立项依据 rests on: the words of ``lexicons/bases.toml``, looked up fast."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from scorer.lexicon import load_toml
from scorer.rules.wording import normalise


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """One expression for all words of a kind that may stand anywhere in the cell."""
    parts = []
    for word in load_toml("bases.toml")["word"]:
        if word["kind"] != kind or word["at"] == "whole":
            continue
        text = word["word"] if word["at"] == "pattern" else re.escape(word["word"])
        parts.append(
            rf"{text}(?=》|第[一二三四五六七八九十百\d]+条)" if word["at"] == "title" else text
        )
    return re.compile("|".join(sorted(parts, key=lambda p: -len(p))))


@cache
def _whole(kind: str) -> frozenset[str]:
    return frozenset(
        normalise(w["word"])
        for w in load_toml("bases.toml")["word"]
        if w["kind"] == kind and w["at"] == "whole"
    )


# A title that names no document: «《有关文件精神》».
_EMPTY_TITLE = re.compile(
    r"[《〈](?=[^》〉]*(?:有关|相关|上级|各级|精神|要求|指示|领导))"
    r"(?:有关|相关|上级|各级|国家|[省市县区]|财政|主管|部门|单位|工作|项目|管理|文件|规定|要求|精神|通知|政策|制度|会议|指示|领导|安排|讲话|[的及和与])+[》〉]"
)


def without_empty_titles(text: str) -> str:
    """A basis without titles that could stand for any document."""
    return _EMPTY_TITLE.sub("", text)


@lru_cache(maxsize=4096)
def good_sign(text: str) -> str:
    """The document, law or minute that a basis names, "" if none."""
    text = without_empty_titles(text)
    match = _pattern("good").search(text)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def bad_sign(text: str) -> str:
    """The words that say nothing (领导安排, 工作需要), "" if none."""
    if normalise(text) in _whole("bad"):
        return text.strip()
    match = _pattern("bad").search(text)
    return match[0] if match else ""
