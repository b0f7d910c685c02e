"""Rows of a form's indicators in a text that keeps its columns by spaces.

What stands between two rulings on paper stands on lines of its own in such a text, so its lines are
cut into rows where that leaves every cell in the middle of its row (or, in some tables, at its top),
nothing cut and nothing glued. Names of level 2 are merged over rows: each is given those that it
stands in the middle of, by itself in each half, and one that stands beside no row has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scorer.layouts.text.columns import Columns, Half
from scorer.layouts.text.levels import misfit
from scorer.layouts.text.lines import TextLine, join_wrapped, width
from scorer.layouts.text.prices import Cells, RowPrices, is_counted, is_slot, is_whole_value
from scorer.layouts.text.rows import Row
from scorer.layouts.words import Words

_MOST = 14  # lines of one row
_CLOSE = 0.5  # lines by which a cell may stand out of its row's middle
_OFF = 1.6  # price of each further line
_ROWS = 2.5  # price of a further line with a name and a value of its own
_BLANK = 2.5  # price of a blank line inside a row
_SPACED = 0.4  # of the lines with a blank line above: that parts the rows
_NO_BLANK = 1.0  # price of a row without one in such a text
_MERGED = 40  # rows that a label is merged over at most
_BESIDE = 3.0  # price of a label without rows that stands beside one
_NONE = 0.4  # price of a label without rows
_OTHER = 1.0  # price, in lines, of a label that does not stand as the others (cut by a page)
_STRANGE = 0.4  # price of a row whose words mark another level 2

Parts = list[tuple[int, str]]  # (line on paper, text) of a cell


@dataclass(frozen=True)
class _Line:
    """A line's texts by column and where it stands, blank lines counted."""

    at: int
    n: int
    texts: dict[int, str]


@dataclass
class PlacedRows:
    """Reads one block of lines; ``price`` is the mean price of a row of the last reading."""

    columns: Columns
    words: Words
    price: float = 0.0
    prices: RowPrices = field(init=False)

    def __post_init__(self) -> None:
        self.prices = RowPrices(self.columns, self.words, labels_apart=True)

    def read(self, lines: Sequence[TextLine]) -> list[Row] | None:
        """The rows, each half's level 2 in every one; None where places do not tell columns."""
        found = self._lines(lines)
        if found is None:
            return None
        labels = {h.label for h in self.columns.halves if h.label is not None}
        filled = [line for line in found if set(line.texts) - labels]
        if not filled or not labels:
            return None
        self.prices.wraps_at(self._widths(filled, labels))
        whole = {c: self._labels(found, c) for c in sorted(labels)}
        price, rows, given = min(
            (self._read(filled, whole, top=top) for top in (False, True)), key=lambda way: way[0]
        )
        self.price = price / len(rows)
        return [
            self._row(row, {c: names[k] for c, names in given.items()})
            for k, row in enumerate(rows)
        ]

    def _read(
        self, lines: Sequence[_Line], labels: dict[int, list[Parts]], *, top: bool
    ) -> tuple[float, list[Sequence[_Line]], dict[int, list[str]]]:
        """(price, rows, each half's level 2 in every row) with cells in the middle of their rows,
        or at their top."""
        total, cuts = self._cut(lines, set(labels), top=top)
        rows = [lines[a:b] for a, b in cuts]
        given = {}
        for c, names in labels.items():
            price, given[c] = self._give(names, rows, c, top=top)
            total += price
        return total, rows, given

    def _lines(self, lines: Sequence[TextLine]) -> list[_Line] | None:
        number = {start: n for n, start in enumerate(self.columns.starts)}
        if not number:
            return None
        found: list[_Line] = []
        for n, line in enumerate(lines):
            if line.place.line is None or any(piece.column is None for piece in line.pieces):
                return None
            texts: dict[int, str] = {}
            for piece in line.pieces:
                c = number.get(piece.column or 0)
                if c is not None and not is_slot(piece.text):
                    texts[c] = f"{texts[c]} {piece.text}" if c in texts else piece.text
            if texts:
                found.append(_Line(line.place.line, n, texts))
        return found if self._stand_in_columns(found) else None

    def _stand_in_columns(self, lines: Sequence[_Line]) -> bool:
        """Names of level 2 stand in their columns, and no values do: the head row told where those
        are."""
        labels = {h.label for h in self.columns.halves}
        inside = outside = 0
        for line in lines:
            for c, text in line.texts.items():
                named = self.words.level2_of(text) is not None
                inside += named and c in labels
                outside += named and c not in labels and text.endswith("指标")
                outside += c in labels and is_whole_value(text)
        return inside > 0 and not outside

    def _widths(self, lines: Sequence[_Line], labels: set[int]) -> tuple[float, ...]:
        """The width of each column's widest text, where its cells break."""
        return tuple(
            0.0 if c in labels else max((width(x.texts.get(c, "")) for x in lines), default=0.0)
            for c in range(self.columns.size)
        )

    def _cut(
        self, lines: Sequence[_Line], labels: set[int], *, top: bool
    ) -> tuple[float, list[tuple[int, int]]]:
        """The cheapest way to cut the lines into rows, and its price."""
        close = [b.at == a.at + 1 for a, b in pairwise(lines)]
        spaced = len(close) - sum(close) >= _SPACED * len(close)
        begin = [0.0, *(_NO_BLANK * (spaced and near) for near in close)]
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(lines) + 1):
            ways = [
                (
                    best[start][0] + begin[start] + self._cost(lines[start:end], labels, top=top),
                    start,
                )
                for start in range(max(0, end - _MOST), end)
            ]
            best.append(min(ways))
        cuts: list[tuple[int, int]] = []
        end = len(lines)
        while end:
            cuts.insert(0, (best[end][1], end))
            end = best[end][1]
        return best[-1][0], cuts

    def _cost(self, row: Sequence[_Line], labels: set[int], *, top: bool) -> float:
        """How unlike one row some lines are."""
        cells = [
            [(line.at, line.texts[c]) for line in row if c in line.texts and c not in labels]
            for c in range(self.columns.size)
        ]
        fragments: Cells = tuple(tuple(text for _, text in cell) for cell in cells)
        blank = row[-1].at - row[0].at - (len(row) - 1)
        return (
            self.prices.cost(fragments)[0]
            + _BLANK * blank
            + sum(_off(cell, row, top=top) for cell in cells if cell)
            + sum(self._again(cells, half) for half in self.columns.halves)
        )

    def _again(self, cells: Sequence[Parts], half: Half) -> float:
        """Each line of some has a name and a value that is whole: those are rows."""
        if half.value is None:
            return 0.0
        name, value = cells[half.name], cells[half.value]
        both = {at for at, _ in name} & {at for at, _ in value}
        before = ["", *(text for _, text in value)]
        whole = [
            at
            for (at, text), above in zip(value, before, strict=False)
            if at in both and is_whole_value(text) and above[-1:] not in ("年", "月")
        ]
        numbered = [text for _, text in name[1:] if is_counted(text)]
        return _ROWS * (max(0, len(whole) - 1) + len(numbered))

    def _labels(self, lines: Sequence[_Line], c: int) -> list[Parts]:
        """The names of level 2 in a column, broken ones whole."""
        found: list[Parts] = []
        for line in lines:
            if (text := line.texts.get(c)) is None:
                continue
            begun = "".join(part for _, part in found[-1]) if found else ""
            whole = self.words.level2_of(begun + text) or self.words.opens_level2(begun + text)
            if begun and whole and not begun.endswith("指标"):
                found[-1].append((line.at, text))
            else:
                found.append([(line.at, text)])
        return found

    def _give(
        self, labels: Sequence[Parts], rows: Sequence[Sequence[_Line]], c: int, *, top: bool
    ) -> tuple[float, list[str]]:
        """(price, the name of level 2 of each row) in one half."""
        half = next(h for h in self.columns.halves if h.label == c)
        texts = [
            tuple(
                join_wrapped([x.texts[k] for x in row if k in x.texts]) if k is not None else ""
                for k in (half.name, half.value)
            )
            for row in rows
        ]
        names = ["".join(text for _, text in label) for label in labels]
        if not names:
            return 0.0, [""] * len(rows)
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for k, label in enumerate(labels):
            ways: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (price, ends) in best.items():
                strange = 0.0
                for end in range(start, min(start + _MERGED, len(rows)) + 1):
                    if end > start:
                        name, value = texts[end - 1]
                        strange += _STRANGE * misfit((name, value), names[k], self.words)
                    way = (
                        price + strange + _far(label, rows[start:end], rows, top=top),
                        (*ends, end),
                    )
                    ways[end] = min(way, ways.get(end, way))
            best = ways
        price, ends = best.get(len(rows), min(best.values()))
        given: list[str] = []
        for name, end in zip(names, ends, strict=True):
            given += [name] * (end - len(given))
        return price, given + [names[-1]] * (len(rows) - len(given))

    def _row(self, row: Sequence[_Line], labels: dict[int, str]) -> Row:
        cells, firsts = [], []
        for c in range(self.columns.size):
            mine = [line for line in row if c in line.texts]
            cells.append(
                labels.get(c) or ""
                if c in labels
                else join_wrapped([x.texts[c] for x in mine])
                if mine
                else ""
            )
            firsts.append(mine[0].n if mine and c not in labels else -1)
        return Row(tuple(cells), tuple(firsts))


def _off(cell: Parts, row: Sequence[_Line], *, top: bool) -> float:
    """The price of a cell that stands out of the middle (or not at the top) of its row."""
    if top:
        return _OFF * (cell[0][0] - row[0].at)
    off = abs(cell[0][0] + cell[-1][0] - row[0].at - row[-1].at) / 2
    return _OFF * max(0.0, off - _CLOSE)


def _far(
    label: Parts, mine: Sequence[Sequence[_Line]], rows: Sequence[Sequence[_Line]], *, top: bool
) -> float:
    """How far a label is from the middle, or the top, of its rows."""
    middle = (label[0][0] + label[-1][0]) / 2
    if not mine:
        beside = any(row[0].at <= middle <= row[-1].at for row in rows)
        return _BESIDE if beside else _NONE
    first, last = mine[0][0].at, mine[-1][-1].at
    from_middle, from_top = abs((first + last) / 2 - middle), abs(first - label[0][0])
    return min(from_middle + _OTHER * top, from_top + _OTHER * (not top))
