"""What an indicator's name asks for, by the word that ends it (``lexicons/head_words.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from scorer.forms import LEVEL2
from scorer.lexicon import load_toml

ASKS = ("count", "rate", "time", "money", "grade", "event")
DIRECTIONS = ("higher", "lower", "either", "guaranteed")
_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_TAIL = re.compile(r"[\s\W_\d%‰≥≤]+$")


@dataclass(frozen=True, slots=True)
class Head:
    """One head word: the value kinds that answer it, its classes, whether it is a border."""

    word: str
    asks: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    border: bool = False
    sure: bool = False


@cache
def _heads() -> dict[str, Head]:
    entries = load_toml("head_words.toml")["head"]
    return {
        e["word"]: Head(
            e["word"],
            tuple(e["asks"]),
            tuple(c for c in e["classes"] if c in LEVEL2),
            e["border"],
            e["sure"],
        )
        for e in entries
    }


@cache
def _directions() -> dict[str, str]:
    return {e["word"]: e["direction"] for e in load_toml("directions.toml")["direction"]}


@cache
def _may_exceed() -> frozenset[str]:
    return frozenset(e["word"] for e in load_toml("directions.toml")["may_exceed"])


@cache
def _longest(kind: str) -> int:
    words = {"head": [*_heads()], "direction": [*_directions()], "exceed": [*_may_exceed()]}[kind]
    return max(len(word) for word in words)


@lru_cache(maxsize=65536)
def bare_name(name: str) -> str:
    """The name without bracketed remarks and without signs at its end."""
    return _TAIL.sub("", _BRACKETS.sub("", name)) or name


@lru_cache(maxsize=65536)
def head_of(name: str) -> Head | None:
    """The longest head word that ends ``name`` (brackets stripped), or None."""
    heads, bare = _heads(), bare_name(name)
    for size in range(min(len(bare), _longest("head")), 0, -1):
        if (head := heads.get(bare[-size:])) is not None:
            return head
    return None


@lru_cache(maxsize=65536)
def direction_of(name: str) -> str:
    """Which way is better: "higher", "lower", "either", "guaranteed", or "" if unknown."""
    words, bare = _directions(), bare_name(name)
    for size in range(min(len(bare), _longest("direction")), 0, -1):
        if (direction := words.get(bare[-size:])) is not None:
            return direction
    return ""


def may_exceed(name: str) -> bool:
    """Whether a share of this name may honestly pass 100 %."""
    bare = bare_name(name)
    return any(bare[-size:] in _may_exceed() for size in range(2, _longest("exceed") + 1))


@cache
def _obligations() -> dict[str, str]:
    return {e["word"]: e["kind"] for e in load_toml("obligations.toml")["name"]}


def obligation_of(name: str) -> str:
    """Of «=100%» rows: "duty" (right), "idle" (says nothing) or "", by the name's longest end."""
    words, bare = _obligations(), bare_name(name)
    return next((words[bare[n:]] for n in range(len(bare)) if bare[n:] in words), "")


_MADE_INDEX = re.compile(
    r"(?:综合)?(?:指数|系数|得分|评分|分值|程度|完成度|实现度|饱和度|契合度|融合度|成熟度|贡献度)$"
)
_OF_WORK = re.compile(r"(?:工作|事业|绩效)(?:持续|稳定|综合|整体)*(?:发展|绩效)?$")
_TEMPLATE = re.compile(r"^(?:指标\d*[:：]|\d+[.、])|[（(][^（()）]*[)）]|指标$|\s")


@lru_cache(maxsize=65536)
def hollow(name: str) -> str:
    """The reason why a name measures nothing (建设意义, 服务范围), "" where it does."""
    bare = _TEMPLATE.sub("", name)
    # An index of one's own making counts no more than its name: «工作意义指数».
    index, bare = bare, _MADE_INDEX.sub("", bare) or bare
    if index != bare and _OF_WORK.search(bare):
        return "指数、系数是自己编的，没有说怎么算"
    if only_numbered(name):
        return "只有编号，没有说办什么事"
    whole, ends = _hollow_names()
    if bare in whole:
        return whole[bare]
    if not bare.endswith(tuple(ends)):
        return ""
    return next((reason for word, reason in ends.items() if bare.endswith(word)), "")


# «工作任务一», «任务2»: a number in the place of a name
_COUNTED = re.compile(
    r"(?:工作|项目|具体|重点|年度|主要)?(?:任务|内容|事项|工作)(?:[一二三四五六七八九十]|\d{1,2})"
)


def only_numbered(name: str) -> bool:
    """Whether a name is none («工作任务一»), so that no value beside it says what is counted."""
    return bool(_COUNTED.fullmatch(_TEMPLATE.sub("", name)))


@cache
def _hollow_names() -> tuple[dict[str, str], dict[str, str]]:
    rows = load_toml("hollow_names.toml")["name"]
    return (
        {r["word"]: r["reason"] for r in rows},
        {r["word"]: r["reason"] for r in rows if r["at"] == "end"},
    )


_CLASS_STEMS = frozenset(level.removesuffix("指标") for level in LEVEL2) | {"满意度", "三级"}
_NOTHING = re.compile(
    r"(?:无|没有|空|不涉及|不适用|无此项|无需填写|无内容|[\s/／\\|—―\-－_－…]*)[。.]?"
)


@lru_cache(maxsize=65536)
def stands_open(name: str, value: str) -> bool:
    """Whether a row only says that its class does not apply: «无: 无», «/: /», «生态效益: 无»,
    a line of the template with nothing in it. Which classes a project needs is another question."""
    if not _NOTHING.fullmatch(value):
        return False
    return bool(_NOTHING.fullmatch(name)) or _TEMPLATE.sub("", name) in _CLASS_STEMS
