"""Lists with a column for each level 2: «数量指标 | 质量指标 | …» as heads, sentences below them.

A cell holds its indicators as sentences («培训人数≥200人；培训期数≥4期»). The table is made one
with a row for each indicator, under the usual heads, and read like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from scorer.forms import Cell, Grid
from scorer.layouts.draft import natural_level1
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.grid.items import numbered
from scorer.layouts.grid.labels import inline_pairs, label_of
from scorer.layouts.grid.slots import Row, Slot, grid_rows, is_ditto, rejoin
from scorer.layouts.text.typed import names_indicator, said_in
from scorer.layouts.words import Words

_LEAST = 3  # level-2 names side by side; a row of indicators has one for each half
_HEADS = ("一级指标", "二级指标", "三级指标", "指标值")
_NOTHING = frozenset(("无", "/", "\\", "空", "不涉及"))
_PARTS = (re.compile(r"\n"), re.compile(r"[；;]"))


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
    per_row = Counter(c.row for c in grid.cells if len(c.text) <= 20 and words.level2_of(c.text))
    if max(per_row.values(), default=0) < _LEAST:
        return grid
    rows = grid_rows(grid)
    found = next((n for n in range(len(rows)) if _is_head(rows, n, words)), None)
    if found is None:
        return grid
    heads = _heads(rows, found, words)
    end = next((n for n in range(found + 1, len(rows)) if _ends(rows[n], words)), len(rows))
    last = rows[end - 1].index + 1
    body, starts = _body(rows[found + 1 : end], heads, last)
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


# --- the heads -----------------------------------------------------------------------


def _is_head(rows: Sequence[Row], n: int, words: Words) -> bool:
    """Levels side by side, with no heads of names and values below them."""
    named = {two for s in rows[n].own if (two := words.level2_of(s.text))}
    below = rows[n + 1] if n + 1 < len(rows) else None
    if len(named) < _LEAST or below is None:
        return False
    return not any(role_of(slot.text, words) for slot in below.own)


def _heads(rows: Sequence[Row], n: int, words: Words) -> _Heads:
    over = rows[n - 1] if n else None
    ones = {s.start: s for s in over.own if words.level1_of(s.text)} if over else {}
    levels, others = {}, []
    for slot in rows[n].slots:
        two = words.level2_of(slot.text)
        if two is None:
            others.append((slot.start, slot.text or _text_over(slot, over if ones else None)))
            continue
        one = next((u.text for u in ones.values() if u.start <= slot.start < u.end), "")
        levels[slot.start] = (words.level1_of(one) or natural_level1(two), two)
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


def _body(rows: Sequence[Row], heads: _Heads, last: int) -> tuple[list[Cell], list[int]]:
    """The cells of the new rows, and where the rows of each old one, up to ``last``, start."""
    said = {row.index: list(_indicators(row, heads)) for row in rows}
    heights = (max(1, len(said.get(index, ()))) for index in range(heads.index + 1, last))
    starts = list(accumulate(heights, initial=heads.index + 1))
    cells: list[Cell] = []
    for row in rows:
        at = starts[row.index - heads.index - 1]
        cells += _own_cells(row, heads, at, starts)
        for n, (slot, named) in enumerate(said[row.index]):
            texts = enumerate((*heads.levels[slot.start], *named), start=len(heads.others))
            cells += [Cell(text, at + n, column, place=slot.place) for column, text in texts]
    return cells, starts


def _own_cells(row: Row, heads: _Heads, at: int, starts: Sequence[int]) -> Iterator[Cell]:
    """The row's cells under the other heads, as high as its indicators."""
    columns = [start for start, _ in heads.others]
    for slot in row.own:
        if slot.start in columns:
            last = min(row.index + slot.cell.row_span - heads.index - 1, len(starts) - 1)
            column = columns.index(slot.start)
            yield replace(slot.cell, row=at, column=column, row_span=starts[last] - at, col_span=1)


def _indicators(row: Row, heads: _Heads) -> Iterator[tuple[Slot, tuple[str, str]]]:
    for slot in row.filled:
        if slot.start in heads.levels and not is_ditto(slot.text) and slot.text not in _NOTHING:
            yield from (
                (slot, said) for text in _sentences(slot.cell.text) for said in said_in(text)
            )


def _sentences(text: str) -> list[str]:
    """The sentences of a cell: numbered, a line each, or parted by semicolons."""
    if parts := numbered(text):
        return [rejoin(part) for part in parts]
    for separator in _PARTS:
        parts = [part.strip() for part in separator.split(text) if part.strip()]
        if len(parts) > 1 and all(map(names_indicator, parts)):
            return parts
    return [rejoin(text)]
