"""Flat lists of many projects (family C) in plain text.

The text is cut into cells (:mod:`cells`), the cells are put back into a grid, and the
grid is read as any ruled list is.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Cell, Form, Grid, Indicator, Line, Place, Problem
from scorer.layouts.grid.walk import Walker
from scorer.layouts.text.cells import CellReader
from scorer.layouts.text.centred import CentredReader
from scorer.layouts.text.form_end import notes_start
from scorer.layouts.text.header_row import HeadRow, head_row, without_serials
from scorer.layouts.text.lines import PLACED, Mode, TextLine, numbers_columns
from scorer.layouts.text.placed import placed_rows
from scorer.layouts.text.rows import Row
from scorer.layouts.words import PLACE, Words, squeeze

_NUMBERS = 4  # lines that count up, which no row of a list does
_DOUBTFUL = 6.0  # mean price of a row above which the cells were not told apart


def read_list(
    above: Sequence[Line],
    lines: Sequence[TextLine],
    path: str,
    words: Words,
    mode: Mode,
    before: Sequence[Line] = (),
) -> tuple[list[Form], list[Problem]]:
    """The forms of a flat list: ``above`` are its title and labelled lines, ``lines`` begin
    with the head row, ``before`` is all text in front of it, which may name the projects. A list
    whose cells cannot be told apart gives a problem as well."""
    head = head_row(lines, 0, words)
    if head is None:
        return [], []
    body = _without_heads(lines[head.end :], head, words)
    if head.numbered:
        body = [line for line in without_serials(body) if line.pieces]
    walker = Walker(path, words)
    for line in above:
        walker.line(line)
    pairs = walker.reading.before.pairs
    said = [text for label, text, _ in pairs if label.name in ("unit", "department")]
    units = _units_of_place(said, body, words) if "flat:both" in head.roles else []
    reader = CellReader(head.roles, words, frozenset([*said, *units]))
    body = body[: notes_start(body, words)]
    if mode in PLACED:  # the unit said above stands again over its projects: it is none of them
        above_all = set(map(squeeze, said))
        body = [line for line in body if squeeze(line.text) not in above_all]
    placed = placed_rows(head, body, words) if mode in PLACED else None
    elsewhere = "\n".join(line.text for line in before)
    middles = CentredReader(head, words, elsewhere, reader.units)
    centred = middles.read(body) if mode == "space" else None
    rows = centred.rows if centred else reader.read(body) if placed is None else placed.rows
    rows = [_one_a_line(row, body, head) for row in rows]
    n_head = max(cell.row + cell.row_span for cell in head.cells)
    cells = list(head.cells)
    for r, row in enumerate(rows, start=n_head):
        start = min((first for first in row.firsts if first >= 0), default=0)
        for c, text in enumerate(row.cells):
            place = body[row.firsts[c] if row.firsts[c] >= 0 else start].place
            cells.append(Cell(text, r, c, place=place))
    place = lines[0].place
    walker.grid(Grid(tuple(cells), n_head + len(rows), len(head.texts), place))
    found = walker.reading
    found.close()
    problems = list(found.problems)
    price = centred.price if centred else reader.price
    unsure = placed is None and (mode in PLACED or price > _DOUBTFUL)
    apart = centred or placed
    told = apart is not None and apart.sure
    if not found.forms or unsure:
        problems.append(_doubtful(path, place))
    elif not told or any(_is_odd(row, words) for f in found.forms for row in f.indicators):
        problems.append(replace(_doubtful(path, place), lost=False))
    return found.forms, problems


def _units_of_place(said: Sequence[str], lines: Sequence[TextLine], words: Words) -> list[str]:
    """Names of units on lines of their own that begin with the county of a unit said above."""
    places = tuple(found[0] for name in said if (found := PLACE.match(name)))
    alone = (line.text for line in lines if len(line.pieces) == 1)
    return [t for t in alone if places and t.startswith(places) and words.is_unit_name(t)]


def _one_a_line(row: Row, body: Sequence[TextLine], head: HeadRow) -> Row:
    """The row of a project that has as many lines in front of its level 1 as there are columns: each
    is a cell."""
    level1 = head.roles.index("level1") if "level1" in head.roles else 0
    given = [first for first in row.firsts[:level1] if first >= 0]
    top, below = min(given, default=-1), row.firsts[level1]
    lines = body[top:below] if given else []
    if not lines or len(lines) != level1 or any(len(line.pieces) != 1 for line in lines):
        return row
    texts = [line.text for line in lines]
    return Row((*texts, *row.cells[level1:]), (*range(top, below), *row.firsts[level1:]))


def _without_heads(lines: Sequence[TextLine], first: HeadRow, words: Words) -> list[TextLine]:
    """The lines without titles and head rows that are repeated on further pages, and without the
    columns' numbers. Columns that stand elsewhere there are moved under the first head."""
    kept: list[TextLine] = []
    ways: tuple[Sequence[float], Sequence[float]] | None = None
    i = 0
    while i < len(lines):
        if numbers := _numbers_down(lines[i : i + len(first.texts)]):
            i += numbers
            continue
        if head := head_row(lines, i, words):
            i = head.end
            same = head.roles == first.roles and 1 < len(head.at) == len(first.at)
            ways = (head.at, first.at) if same else None
            continue
        line = lines[i]
        i += 1
        if numbers_columns([piece.text for piece in line.pieces]) or words.is_title(line.text):
            continue
        if ways is not None:
            pieces = (replace(piece, at=_moved(piece.at, *ways)) for piece in line.pieces)
            line = replace(line, pieces=tuple(pieces))
        kept.append(line)
    return kept


def _numbers_down(lines: Sequence[TextLine]) -> int:
    """How many lines hold the columns' numbers, one a line: 1, 2, 3 …"""
    texts = [line.pieces[0].text if len(line.pieces) == 1 else "" for line in lines]
    end = next((n for n, text in enumerate(texts) if text != str(n + 1)), len(texts))
    return end if end >= _NUMBERS else 0


def _moved(at: float, heads: Sequence[float], first: Sequence[float]) -> float:
    """A place among these heads as a place among the first page's, between the same two."""
    n = max(1, min(bisect(heads, at), len(heads) - 1))
    part = (at - heads[n - 1]) / max(heads[n] - heads[n - 1], 1.0)
    return first[n - 1] + part * (first[n] - first[n - 1])


def _is_odd(row: Indicator, words: Words) -> bool:
    """A row without a name, or below a level 2 that nobody knows: its cells may be another's."""
    return not row.name or bool(row.level2 and not words.level2_of(row.level2))


def _doubtful(path: str, place: Place) -> Problem:
    message = "此处的绩效目标清单没有表格线，各列是按文字先后分开的，可能分错"
    return Problem(
        path, message, "请核对这份清单，或提供Excel、Word版本", place, "doubtful_columns"
    )
