"""CSV and other delimited text -> one grid. UTF-8, UTF-16 and GB18030."""

from __future__ import annotations

import csv
import io
from collections import Counter

from scorer.forms import Cell, Grid, Page, Place
from scorer.readers import limits
from scorer.readers.base import Reading, Unreadable, too_big
from scorer.readers.text import decoded

_DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 200
_MIN_COLUMNS = 3


def delimiter(text: str) -> str | None:
    """The delimiter of a delimited table, or None for running text.

    A table has the same number of fields in nearly every row. Tabs must agree
    exactly, because text exports of forms use tabs for ragged columns.
    """
    sample = text[: 1 << 17]
    best: tuple[int, str] | None = None
    for mark in _DELIMITERS:
        if mark not in sample:
            continue
        widths = [len(row) for row in _rows(sample, mark, _SAMPLE_ROWS)]
        if len(text) > len(sample) and len(widths) < _SAMPLE_ROWS:
            widths = widths[:-1]  # the sample may end inside a row
        if len(widths) < 2:
            continue
        width, count = Counter(widths).most_common(1)[0]
        share = count / len(widths)
        needed = 1.0 if mark in "\t|" else 0.8
        if width >= _MIN_COLUMNS and share >= needed and (best is None or width > best[0]):
            best = (width, mark)
    return best[1] if best and not _looks_like_markdown(sample, best[1]) else None


def read(data: bytes, path: str) -> Reading:  # noqa: ARG001
    """One Grid; ``place.line`` is the record's first physical line, ``cell`` its address."""
    text = decoded(data).text
    mark = delimiter(text)
    if mark is None:
        raise Unreadable("没有认出列的分隔符", "请另存为 XLSX 后再读")
    rows, lines = _numbered(text, mark)
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > limits.MAX_CELLS:
        raise too_big("单元格数", limits.MAX_CELLS)
    cells = tuple(
        Cell(row[c].strip() if c < len(row) else "", r, c, place=Place(line=line, column=c + 1))
        for r, (row, line) in enumerate(zip(rows, lines, strict=True))
        for c in range(width)
    )
    return Reading((Page(1, (Grid(cells, len(rows), width),)),) if cells else ())


def _rows(text: str, mark: str, most: int) -> list[list[str]]:
    """Up to ``most`` non-empty records."""
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if any(field.strip() for field in row):
                found.append(row)
            if len(found) >= most:
                break
    except csv.Error:
        return []
    return found


def _numbered(text: str, mark: str) -> tuple[list[list[str]], list[int]]:
    """All non-empty records with the line each begins on."""
    rows, lines = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    before = 0
    try:
        for row in reader:
            if len(row) > limits.MAX_SHEET_COLUMNS:
                raise too_big(f"第{before + 1}行的列数", limits.MAX_SHEET_COLUMNS)
            if any(field.strip() for field in row):
                rows.append(row)
                lines.append(before + 1)
            before = reader.line_num
            if len(rows) > limits.MAX_LINES:
                raise too_big("行数", limits.MAX_LINES)
    except csv.Error as error:
        raise Unreadable(
            f"第{before + 1}行的引号或字段不完整（{error}）", "请用 Excel 另存"
        ) from error
    return rows, lines


def _looks_like_markdown(sample: str, mark: str) -> bool:
    return mark == "|" and any(
        set(line.strip()) <= set("|-: ") and "---" in line for line in sample.splitlines()[:50]
    )
