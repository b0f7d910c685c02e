"""Rows of values and merged ranges -> one Grid per sheet (XLSX, XLS, ODS alike)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorer.forms import Cell, Grid, Page, Place, Problem
from scorer.readers import limits, quick
from scorer.readers.base import too_big
from scorer.readers.numbers import plain, shown, shown_date, shown_text

Texts = dict[int, dict[int, str]]  # row -> column -> text, empty cells left out
Merge = tuple[tuple[int, int], tuple[int, int]]  # first and last slot, inclusive


@dataclass(slots=True)
class Extras:
    """What stands beside the values: hidden rows and columns, number formats, own texts,
    and the slots whose text is struck out."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)


def letters(column: int) -> str:
    """0 -> «A», 26 -> «AA»."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(value: Any, code: str = "") -> str:
    """A cell's value as its cell shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        if "\r" in value or "_x" in value:
            value = value.replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n")
        text = value.strip()[: limits.MAX_CELL_CHARS]
        return shown_text(text, code) if code else text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return shown(value, code) if code else plain(value)
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return shown_date(value, code)
    return str(value)


def page(
    number: int,
    name: str,
    texts: Texts,
    merges: Sequence[Merge],
    extras: Extras,
) -> Page:
    """The sheet as a Page with one Grid (none when the sheet is empty).

    Rows and columns of ``texts`` count from 0. Hidden rows and columns
    are left out; empty ones at the end are cut. Places keep the sheet's own addresses.
    """
    if not texts:
        return Page(number, (), name)
    if len(merges) > limits.MAX_MERGES:
        raise too_big(f"工作表“{name}”的合并区域数", limits.MAX_MERGES)
    last_row, last_column = max(texts), max(map(max, texts.values()))
    if last_row >= limits.MAX_SHEET_ROWS or last_column >= limits.MAX_SHEET_COLUMNS:
        raise too_big(f"工作表“{name}”的行列数", limits.MAX_SHEET_ROWS)
    anchors = {first: last for first, last in merges if first <= (last_row, last_column)}
    for (row, column), last in anchors.items():
        if column in texts.get(row, ()):
            last_row = max(last_row, min(last[0], limits.MAX_SHEET_ROWS - 1))
            last_column = max(last_column, min(last[1], limits.MAX_SHEET_COLUMNS - 1))
    # A merged title may be drawn over a million columns: no further than the values reach.
    shown_rows = [r for r in range(last_row + 1) if r not in extras.hidden_rows]
    shown_columns = [c for c in range(last_column + 1) if c not in extras.hidden_columns]
    if len(shown_rows) * len(shown_columns) > limits.MAX_CELLS:
        raise too_big(f"工作表“{name}”的单元格数", limits.MAX_CELLS)
    cells = _cells(name, texts, anchors, shown_rows, shown_columns)
    grid = Grid(cells, len(shown_rows), len(shown_columns), Place(sheet=name))
    return Page(number, (grid,) if cells else (), name)


def hidden_note(path: str, name: str, message: str) -> Problem:
    """The note that something hidden was left out of sheet ``name``."""
    remedy = "需要时请在 Excel 里取消隐藏后保存"
    return Problem(path, message, remedy, Place(sheet=name), "hidden")


def hidden_texts(path: str, name: str, texts: Texts, extras: Extras) -> Iterator[Problem]:
    """A note if hidden rows or columns hold any text."""
    rows = sorted(r + 1 for r in texts if r in extras.hidden_rows)
    columns = []
    if extras.hidden_columns:
        columns = sorted(extras.hidden_columns.intersection(itertools.chain(*texts.values())))
    parts = []
    if rows:
        parts.append(f"第{_some(map(str, rows))}行")
    if columns:
        parts.append(f"第{_some(map(letters, columns))}列")
    if parts:
        yield hidden_note(path, name, f"{'、'.join(parts)}是隐藏的，没有读")


def _some(names: Iterable[str]) -> str:
    found = list(names)
    return "、".join(found[:5]) + ("等" if len(found) > 5 else "")


def texts_of(rows: Sequence[Sequence[Any]], start: tuple[int, int], extras: Extras) -> Texts:
    """The texts of rows of values that begin at slot ``start``."""
    formats = extras.formats
    texts: Texts = {}
    for r, row in enumerate(rows, start=start[0]):
        found: dict[int, str] = {}
        for c, value in enumerate(row, start=start[1]):
            if value == "":
                continue
            code = formats.get((r, c), "") if formats else ""
            if text := text_of(value, code):
                found[c] = text
        if found:
            texts[r] = found
    for r, own in extras.texts.items():
        texts.setdefault(r, {}).update(own)
    return texts


def without_struck(texts: Texts, extras: Extras) -> list[str]:
    """Take struck-out texts out of ``texts``; gives them in order."""
    found = [
        (slot, texts[slot[0]].pop(slot[1], ""))
        for slot in sorted(extras.struck)
        if slot[0] in texts
    ]
    for r in {r for (r, _), _ in found if not texts[r]}:
        del texts[r]
    return [text for _, text in found]


def _covered_text(texts: Texts, first: tuple[int, int], last: tuple[int, int]) -> str:
    """The only text in a merged range whose first cell is blank: programs that merge after
    filling leave it in another cell."""
    if not texts:
        return ""
    rows = range(first[0], min(last[0], max(texts)) + 1)
    found = {text for r in rows for c, text in texts.get(r, {}).items() if first[1] <= c <= last[1]}
    return found.pop() if len(found) == 1 else ""


def _cells(
    sheet: str,
    texts: Texts,
    anchors: dict[tuple[int, int], tuple[int, int]],
    rows: list[int],
    columns: list[int],
) -> tuple[Cell, ...]:
    """Cells in row order; a merged range is one cell, at its first slot that is shown."""
    row_at = {r: i for i, r in enumerate(rows)}
    column_at = {c: i for i, c in enumerate(columns)}
    covered: set[tuple[int, int]] = set()
    merged: dict[tuple[int, int], tuple[str, int, int, tuple[int, int]]] = {}
    for first, last in anchors.items():
        inner_rows = [row_at[r] for r in range(first[0], min(last[0], rows[-1]) + 1) if r in row_at]
        inner_columns = [
            column_at[c] for c in range(first[1], min(last[1], columns[-1]) + 1) if c in column_at
        ]
        if not inner_rows or not inner_columns:
            continue
        top, left = inner_rows[0], inner_columns[0]
        text = texts.get(first[0], {}).get(first[1], "") or _covered_text(texts, first, last)
        merged[top, left] = (text, len(inner_rows), len(inner_columns), first)
        covered.update((r, c) for r in inner_rows for c in inner_columns)
        if len(covered) > limits.MAX_CELLS:
            raise too_big(f"工作表“{sheet}”的单元格数", limits.MAX_CELLS)
    found: list[Cell] = []
    slots = [(j, c, letters(c)) for j, c in enumerate(columns)]
    touched = {i for i, _ in covered}  # rows with a merged cell in them
    for i, r in enumerate(rows):
        number, get = str(r + 1), texts.get(r, {}).get
        if i not in touched:
            found += [
                quick.cell(get(c, ""), i, j, 1, 1, quick.sheet_place(sheet, name + number))
                for j, c, name in slots
            ]
            continue
        for j, c, name in slots:
            if (i, j) in merged:
                text, row_span, col_span, (ar, ac) = merged[i, j]
                place = quick.sheet_place(sheet, f"{letters(ac)}{ar + 1}")
                found.append(quick.cell(text, i, j, row_span, col_span, place))
            elif (i, j) not in covered:
                place = quick.sheet_place(sheet, name + number)
                found.append(quick.cell(get(c, ""), i, j, 1, 1, place))
    return tuple(found)
