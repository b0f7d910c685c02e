"""Cells and Places by the hundred thousand.

A frozen dataclass sets each field through ``object.__setattr__``, which takes most of the
time of reading a large sheet. A twin with the same slots that is not frozen is filled at
three times the speed; then it is declared to be the frozen class, which Python allows
for equal slots. What comes out is an ordinary Cell or Place.
"""

from __future__ import annotations

from typing import Any

from scorer.forms import Cell, Place


class _CellTwin:
    __slots__ = ("col_span", "column", "place", "row", "row_span", "text")


class _PlaceTwin:
    __slots__ = ("cell", "column", "line", "page", "part", "row", "sheet", "table")


def cell(text: str, row: int, column: int, row_span: int, col_span: int, place: Place) -> Cell:
    """The same as ``Cell(text, row, column, row_span, col_span, place)``."""
    made: Any = _CellTwin()
    made.text, made.row, made.column = text, row, column
    made.row_span, made.col_span, made.place = row_span, col_span, place
    made.__class__ = Cell
    return made  # type: ignore[no-any-return]


def sheet_place(sheet: str, address: str) -> Place:
    """The same as ``Place(sheet=sheet, cell=address)``."""
    made: Any = _PlaceTwin()
    made.page = made.line = made.table = made.row = made.column = made.part = None
    made.sheet, made.cell = sheet, address
    made.__class__ = Place
    return made  # type: ignore[no-any-return]


def table_place(page: int | None, table: int, row: int, column: int) -> Place:
    """The same as ``Place(page=page, table=table, row=row, column=column)``."""
    made: Any = _PlaceTwin()
    made.line = made.sheet = made.cell = made.part = None
    made.page, made.table, made.row, made.column = page, table, row, column
    made.__class__ = Place
    return made  # type: ignore[no-any-return]
