"""Indicators typed as a list of sentences: «数量指标：培训人数：≥200人».

Who has no table types one indicator a line, below heads («（一）产出指标») or with the names of
its levels in front («产出指标-数量指标-…»). What parts name and value is for
:mod:`scorer.layouts.text.entries`; where only a figure tells, the reading is said to be in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scorer.forms import COST, OUTPUT, Phase, Place
from scorer.layouts.draft import FormDraft, natural_level1
from scorer.layouts.grid.indicator_rows import is_nothing
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.entries import (
    Way,
    mark_of,
    name_and_value,
    names_indicator,
    opens_entry,
    parts_of,
    way_of,
)
from scorer.layouts.text.header_row import head_row
from scorer.layouts.text.lines import TextLine, join_wrapped
from scorer.layouts.words import Words, fold, squeeze

_LEAST = 3  # typed indicators that make a list
_SHARE = 0.6  # of a list's lines that are indicators or heads
_CHAIN = re.compile(r"^[(]?([^:>/→、,。;()\-—]{2,12})[)]?\s*(?::|[-—>→/]+|(?<=[)]))\s*")
_APART = re.compile(r"^([^\s:]{2,14}指标)\s+(?=[^\s:].*:)")  # «数量指标 培训人数：200人»
_TITLE = re.compile(r"^(?:年度|项目)?(?:绩效)?指标(?:如下)?$")


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of the list, its wrapped lines joined: the levels in front, and the rest."""

    mark: str  # how it is numbered, its digits as one
    names: tuple[str, ...]
    rest: str
    place: Place

    @property
    def is_head(self) -> bool:
        return bool(self.names) and not self.rest


def typed_start(lines: Sequence[TextLine], words: Words) -> int | None:
    """Where a typed list of indicators begins; None where none stands in these lines."""
    items = [_item(line, words) for line in lines]
    first = next((i for i, item in enumerate(items) if item.names), None)
    if first is None or any(head_row(lines, i, words) for i in range(len(lines))):
        return None
    way = way_of(item.rest for item in items[first:])
    told = [item for item in items[first:] if item.names or opens_entry(item.rest, way)]
    named = sum(not x.names or names_indicator(x.rest, way) for x in told)
    if named < _LEAST or len(told) < _SHARE * len(items[first:]):
        return None
    titled = first > 0 and bool(_TITLE.match(squeeze(lines[first - 1].text)))
    return first - 1 if titled else first


def read_typed(lines: Sequence[TextLine], draft: FormDraft) -> Place | None:
    """The list's indicators into the draft; where the first stands whose value is in doubt."""
    way = way_of(_item(line, draft.words).rest for line in lines)
    items = list(_items(lines, draft.words, way))
    reader = _Reader(draft, way)
    for n, item in enumerate(items):
        reader.take(item, items[n + 1] if n + 1 < len(items) else None)
    return reader.doubt


def said_in(text: str) -> list[tuple[str, str]]:
    """Name and value of each indicator of a cell of sentences."""
    return [name_and_value(part)[:2] for part in parts_of(text)]


def _item(line: TextLine, words: Words) -> _Item:
    mark = mark_of(line.text)
    rest = line.text[len(mark) :]
    names: list[str] = []
    while (known := name_in_front(rest, words)) is not None:
        sure = known[0].endswith("指标") or not known[1] or names_indicator(known[1])
        if names and not sure:
            break  # «服务对象满意度：≥90%»: the indicator's own name
        names.append(known[0])
        rest = known[1]
    style = re.sub(r"\d+", "1", re.sub("[一二三四五六七八九十]+", "一", mark.strip()))
    return _Item(style, tuple(names), rest.strip(), line.place)


def name_in_front(text: str, words: Words) -> tuple[str, str] | None:
    """(a level's name, what follows it) at the beginning of an entry."""
    whole = fold(text).strip(" :;,。()")
    if _is_level(whole, words):
        return whole, ""
    match = _APART.match(fold(text)) or _CHAIN.match(fold(text))
    if match and _is_level(match[1], words):
        return match[1].strip(), text[match.end() :]
    return None


def _is_level(text: str, words: Words) -> bool:
    return bool(words.level1_of(text) or words.level2_of(text))


def _items(lines: Sequence[TextLine], words: Words, way: Way | None) -> Iterator[_Item]:
    """The entries; a line that opens none goes on with the one before."""
    open_: _Item | None = None
    for line in lines:
        if _TITLE.match(squeeze(line.text)):
            continue
        item = _item(line, words)
        opens = item.names or item.mark or opens_entry(item.rest, way) or block_phase(line.text)
        if open_ is not None and not opens and open_.rest:
            text = join_wrapped([open_.rest, item.rest])
            open_ = _Item(open_.mark, open_.names, text, open_.place)
            continue
        if open_ is not None:
            yield open_
        open_ = item
    if open_ is not None:
        yield open_


class _Reader:
    """Takes the entries one by one; heads say the levels of what follows."""

    def __init__(self, draft: FormDraft, way: Way | None) -> None:
        self.draft = draft
        self.way = way
        self.words = draft.words
        self.phase: Phase = "annual"
        self.level1 = self.level2 = ""
        self.ranks: dict[str, int] = {}  # numbering -> the level of the heads that bear it
        self.doubt: Place | None = None

    def take(self, item: _Item, following: _Item | None) -> None:
        """One entry: a block's title, a head, or one or more indicators."""
        if not item.names and (phase := block_phase(item.rest)):
            self.phase = phase
            return
        for name in item.names:
            self._enter(name, item, following)
        for part in parts_of(item.rest, self.way):
            self._row(part, item.place)

    def _enter(self, name: str, item: _Item, following: _Item | None) -> None:
        """A level's name: what follows is of it."""
        one, two = self.words.level1_of(name), self.words.level2_of(name)
        if one and (not two or self._is_first(one, item, following)):
            self.level1, self.level2 = one, ""
            rank = 1
        else:
            self.level2 = two or ""
            natural = natural_level1(self.level2)
            if self.level1 != natural and (self.level2, self.level1) != (natural, COST):
                self.level1 = natural
            rank = 2
        if item.is_head:
            self.ranks[item.mark] = rank

    def _is_first(self, one: str, item: _Item, following: _Item | None) -> bool:
        """成本指标 and 满意度指标 are names of both levels: the numbering of the head tells, or
        what stands below it."""
        if len(item.names) > 1:
            return (
                item.names[0] == item.names[1]
                or natural_level1(self.words.level2_of(item.names[1]) or "") == one
            )
        if not item.is_head:
            return False
        if item.mark in self.ranks:
            return self.ranks[item.mark] == 1
        below = self.words.level2_of(following.names[0]) if following and following.names else None
        return natural_level1(below or "") == one or self.level1 != OUTPUT

    def _row(self, text: str, place: Place) -> None:
        if is_nothing(text):
            return  # «成本指标：无»
        name, value, sure = name_and_value(text, self.way)
        if not sure:
            self.doubt = self.doubt or place
        self.draft.add_row(self.phase, self.level1, self.level2, name, value, place)
