"""A Grid seen row by row: each row with the cells that cover it, merged ones included.

Everything further on asks «what stands in this row, from column a to column b», so a
merged cell is listed in every row it covers, once, and only its first row owns it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from scorer.forms import Cell, Grid, Place
from scorer.layouts.text.lines import join_wrapped
from scorer.layouts.words import Words, fold

_SHORT = 40  # signs; longer texts are seldom printed twice
_LONGEST_LABEL = 12  # of «项目名称» and its like
MAX_SLOTS = 2_000_000  # a sheet of one workbook has at most a few hundred thousand


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell as one row sees it: columns [start, end); ``origin`` in its own first row."""

    cell: Cell
    start: int
    end: int
    origin: bool
    text: str

    @property
    def place(self) -> Place:
        return self.cell.place


@dataclass(frozen=True)
class Row:
    """One row of one grid. ``first`` marks the grid's first row that has text."""

    slots: tuple[Slot, ...]
    index: int
    first: bool

    @cached_property
    def own(self) -> tuple[Slot, ...]:
        """Cells that start in this row, left to right."""
        return tuple(slot for slot in self.slots if slot.origin)

    @cached_property
    def filled(self) -> tuple[Slot, ...]:
        """Cells with text that start in this row."""
        return tuple(slot for slot in self.slots if slot.origin and slot.text)


def is_oversized(grid: Grid) -> bool:
    """True for a grid whose cells cover more slots than any real table has."""
    if len(grid.cells) >= MAX_SLOTS:
        return True
    covered = 0
    for cell in grid.cells:
        if cell.row_span == 1 and cell.col_span == 1:
            covered += 1
            continue
        rows = max(1, min(cell.row_span, grid.n_rows - cell.row))
        columns = max(1, min(cell.col_span, grid.n_columns - cell.column))
        covered += rows * columns
        if covered > MAX_SLOTS:
            return True
    return False


def rejoin(text: str) -> str:
    """A cell's text with its wrapped lines joined again, as one reads it."""
    return _rejoined_short(text) if len(text) <= _SHORT else join_wrapped(text.splitlines())


@lru_cache(maxsize=20_000)
def _rejoined_short(text: str) -> str:
    return join_wrapped(text.splitlines())


def grid_rows(grid: Grid) -> list[Row]:
    """The grid's rows that have any cell, top to bottom."""
    found: dict[int, list[Slot]] = defaultdict(list)
    for cell in grid.cells:
        text = rejoin(cell.text)
        if cell.row_span == 1 and cell.col_span == 1:
            found[cell.row].append(Slot(cell, cell.column, cell.column + 1, True, text))
            continue
        rows = max(1, min(cell.row_span, grid.n_rows - cell.row))
        end = cell.column + max(1, min(cell.col_span, grid.n_columns - cell.column))
        for offset in range(rows):
            found[cell.row + offset].append(Slot(cell, cell.column, end, offset == 0, text))
    rows_out: list[Row] = []
    started = False
    for index in sorted(found):
        slots = tuple(sorted(found[index], key=lambda slot: slot.start))
        has_text = any(slot.origin and slot.text for slot in slots)
        rows_out.append(Row(slots, index, has_text and not started))
        started = started or has_text
    return rows_out


def split_side_by_side(rows: list[Row], words: Words) -> list[list[Row]]:
    """Forms that stand beside each other on one sheet, each as its own rows.

    They are told by two «项目名称» labels in one row with a «一级指标» head under each.
    """
    cuts = _cuts(rows, words)
    if not cuts:
        return [rows]
    edges = [0, *cuts, 1 << 30]
    parts: list[list[Row]] = []
    for left, right in pairwise(edges):
        part: list[Row] = []
        started = False
        for row in rows:
            slots = tuple(slot for slot in row.slots if left <= slot.start < right)
            has_text = any(slot.origin and slot.text for slot in slots)
            if slots:
                part.append(Row(slots, row.index, has_text and not started))
            started = started or has_text
        parts.append(part)
    return parts


def _cuts(rows: list[Row], words: Words) -> list[int]:
    """First columns of the second and further forms of a sheet."""
    for row in rows:
        labels = [slot.start for slot in row.filled if _labels_project(slot.text, words)]
        if len(labels) > 1:
            heads = {
                slot.start
                for other in rows
                for slot in other.own
                if words.column_of(slot.text) == "level1"
            }
            return labels[1:] if all(any(h >= cut for h in heads) for cut in labels[1:]) else []
    return []


def _labels_project(text: str, words: Words) -> bool:
    """«项目名称», «项目名称：古树名木保护»."""
    label = fold(text).partition(":")[0]
    return len(label) <= _LONGEST_LABEL and words.field_of(label) == "project"


def joined_rows(upper: Row, lower: Row) -> Row | None:
    """A row that a page break cut in two, put together; None if the cells do not pair."""
    top, bottom = upper.own, lower.own
    if len(top) != len(bottom):
        return None
    slots = tuple(
        replace(a, text=join_wrapped([a.text, b.text]), cell=_joined_cell(a.cell, b.cell))
        for a, b in zip(top, bottom, strict=True)
    )
    return Row(slots, upper.index, False)


def _joined_cell(a: Cell, b: Cell) -> Cell:
    return replace(a, text=f"{a.text}\n{b.text}" if a.text and b.text else a.text or b.text)


def lines_of(rows: list[Row]) -> list[tuple[str, Place]]:
    """The rows as tab-separated text lines, for the readers of plain text."""
    return [
        ("\t".join(slot.text for slot in row.own), row.filled[0].place)
        for row in rows
        if row.filled
    ]


def is_ditto(text: str) -> bool:
    """True for a cell that holds only dots or dashes: a template's «……» or a blank «—»."""
    return not fold(text).strip(" .…·-—–_、。")
