"""Lists with a column for each level: «数量指标 | 质量指标 | …» (or «产出指标 | 效益指标 | …») as
heads, sentences below them.

A cell holds its indicators as sentences («培训人数≥200人；培训期数≥4期»). The table is made one
with a row for each indicator, under the usual heads, and read like any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from scorer.forms import Cell, Grid
from scorer.layouts.draft import natural_level1
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.items import numbered
from scorer.layouts.grid.labels import inline_pairs, label_of
from scorer.layouts.grid.slots import Row, Slot, grid_rows, is_ditto, rejoin
from scorer.layouts.text.entries import names_indicator
from scorer.layouts.text.typed import name_in_front, said_in
from scorer.layouts.words import Words

_LEAST = 3  # levels side by side; a row of indicators has but one level 1 and its level 2
_LONGEST_LEVEL = 20
_HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
_NOTHING = frozenset(("无", "/", "\\", "空", "不涉及"))
_PARTS = (re.compile(r"\n"), re.compile(r"[；;]"))


Texts = tuple[str, str, str, str]  # an indicator: level 1, level 2, name, value


@dataclass(frozen=True)
class _Heads:
    """The row of heads: {column of the grid: its level 1 and 2}, the other columns, and how many
    rows the heads take above this one."""

    index: int
    levels: dict[int, tuple[str, str]]
    others: tuple[tuple[int, str], ...]
    above: int


def with_rows(grid: Grid, words: Words) -> Grid:
    """The grid with a row for each indicator, if levels are the heads of its columns."""
    if not _may_hold_heads(grid, words):
        return grid
    rows = grid_rows(grid)
    found = next((n for n in range(len(rows)) if _is_head(rows, n, words)), None)
    if found is None:
        return grid
    heads = _heads(rows, found, words)
    end = next((n for n in range(found + 1, len(rows)) if _ends(rows[n], words)), len(rows))
    last = rows[end - 1].index + 1
    body, starts = _body(rows[found + 1 : end], heads, last, words)
    if not _are_sentences(body, len(heads.others) + len(_HEADS) - 1):
        return grid
    more = starts[-1] - last
    cells = (
        *(c for c in grid.cells if c.row < heads.index - heads.above),
        *_head_cells(rows[found], heads),
        *body,
        *(replace(c, row=c.row + more) for c in grid.cells if c.row >= last),
    )
    width = max(grid.n_columns, len(heads.others) + len(_HEADS))
    made = replace(grid, cells=cells, n_rows=grid.n_rows + more, n_columns=width)
    return with_rows(made, words)  # a further list may stand below


def _may_hold_heads(grid: Grid, words: Words) -> bool:
    """Cheaply: is there a row with so many levels?"""
    found: dict[int, set[str]] = defaultdict(set)
    for cell in grid.cells:
        if len(cell.text) <= _LONGEST_LEVEL and (level := _level(cell.text, words)):
            found[cell.row].add(level)
    return any(len(levels) >= _LEAST for levels in found.values())


# --- the heads -----------------------------------------------------------------------


def _is_head(rows: Sequence[Row], n: int, words: Words) -> bool:
    """Levels side by side, with no heads below them: neither of level 2 nor of names and values."""
    below = rows[n + 1] if n + 1 < len(rows) else None
    if below is None or len({_level(s.text, words) for s in rows[n].own} - {""}) < _LEAST:
        return False
    return not any(role_of(s.text, words) or _level(s.text, words) for s in below.own)


def _level(text: str, words: Words) -> str:
    return words.level2_of(text) or words.level1_of(text) or ""


def _heads(rows: Sequence[Row], n: int, words: Words) -> _Heads:
    over = rows[n - 1] if n else None
    ones = {s.start: s for s in over.own if words.level1_of(s.text)} if over else {}
    first = any(words.level1_of(s.text) and not words.level2_of(s.text) for s in rows[n].own)
    levels, others = {}, []
    for slot in rows[n].slots:
        two = words.level2_of(slot.text) or ""
        if first and words.level1_of(slot.text):  # «产出指标 | 效益指标 | 成本指标»
            levels[slot.start] = (words.level1_of(slot.text) or "", "")
        elif two:
            one = next((u.text for u in ones.values() if u.start <= slot.start < u.end), "")
            levels[slot.start] = (words.level1_of(one) or natural_level1(two), two)
        else:
            others.append((slot.start, slot.text or _text_over(slot, over if ones else None)))
    return _Heads(rows[n].index, levels, tuple(others), 1 if ones else 0)


def _text_over(slot: Slot, over: Row | None) -> str:
    """Where merged cells are lost, the head stands in the upper of two rows."""
    return next((u.text for u in over.slots if u.start == slot.start), "") if over else ""


def _head_cells(row: Row, heads: _Heads) -> Iterator[Cell]:
    place = row.slots[0].place
    for column, text in enumerate([*(text for _, text in heads.others), *_HEADS]):
        yield Cell(text, heads.index, column, place=place)


# --- the rows ------------------------------------------------------------------------


def _ends(row: Row, words: Words) -> bool:
    """A row below the list: a note across it, labels with their texts."""
    if not row.filled:
        return False
    first = row.filled[0]
    wide = len(row.own) == 1 and first.end - first.start > 1
    return wide or bool(label_of(first.text, words) or inline_pairs(first.cell.text, words))


def _body(
    rows: Sequence[Row], heads: _Heads, last: int, words: Words
) -> tuple[list[Cell], list[int]]:
    """The cells of the new rows, and where the rows of each old one, up to ``last``, start."""
    said = {row.index: list(_indicators(row, heads, words)) for row in rows}
    heights = (max(1, len(said.get(index, ()))) for index in range(heads.index + 1, last))
    starts = list(accumulate(heights, initial=heads.index + 1))
    cells: list[Cell] = []
    for row in rows:
        at = starts[row.index - heads.index - 1]
        cells += _own_cells(row, heads, at, starts)
        for n, (slot, texts) in enumerate(said[row.index]):
            columns = enumerate(texts, start=len(heads.others))
            cells += [Cell(text, at + n, column, place=slot.place) for column, text in columns]
    return cells, starts


def _are_sentences(cells: Sequence[Cell], column: int) -> bool:
    """Not the figures of a table of weights or scores: most indicators have name and value."""
    values = [cell.text for cell in cells if cell.column == column]
    return 2 * sum(map(bool, values)) > len(values)


def _own_cells(row: Row, heads: _Heads, at: int, starts: Sequence[int]) -> Iterator[Cell]:
    """The row's cells under the other heads, as high as its indicators."""
    columns = [start for start, _ in heads.others]
    for slot in row.own:
        if slot.start in columns:
            last = min(row.index + slot.cell.row_span - heads.index - 1, len(starts) - 1)
            column = columns.index(slot.start)
            yield replace(slot.cell, row=at, column=column, row_span=starts[last] - at, col_span=1)


def _indicators(row: Row, heads: _Heads, words: Words) -> Iterator[tuple[Slot, Texts]]:
    for slot in row.filled:
        if slot.start in heads.levels and not is_ditto(slot.text) and slot.text not in _NOTHING:
            for texts in _said(slot.cell.text, *heads.levels[slot.start], words):
                yield slot, texts


def _said(text: str, one: str, two: str, words: Words) -> Iterator[Texts]:
    """The indicators of a cell; «数量指标：…» in it says the level of what follows."""
    for sentence in _sentences(text, words):
        front = name_in_front(sentence, words)
        # «服务对象满意度：≥90%» is the indicator's own name
        if front and (names_indicator(front[1]) or not re.search(r"\d", front[1])):
            two, sentence = words.level2_of(front[0]) or two, front[1]
        if sentence:
            yield from ((one, two, name, value) for name, value in said_in(sentence))


def _sentences(text: str, words: Words) -> list[str]:
    """The sentences of a cell: numbered, a line each, or parted by semicolons."""
    if parts := numbered(text):
        return [rejoin(part) for part in parts]
    for separator in _PARTS:
        parts = [part.strip() for part in separator.split(text) if part.strip()]
        if len(parts) > 1 and all(names_indicator(p) or _level(p, words) for p in parts):
            return parts
    return [rejoin(text)]
