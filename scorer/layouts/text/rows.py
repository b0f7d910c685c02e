"""Indicator rows out of lines whose columns may be shifted, wrapped or glued.

Every line's pieces are laid into the columns in all sensible ways, as a new row or as the
continuation of the open one. What a person would look at has a price (:class:`RowPrices`):
level-2 names in their columns, a name with its value, wrapped lines that are full, and the
two halves of a form saying the same thing. The cheapest reading of all lines wins
(a beam search: time grows with the number of lines, not with the ways to read them).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_high

from scorer.layouts.text.columns import Columns
from scorer.layouts.text.lines import PLACED, Mode, TextLine, join_wrapped, width
from scorer.layouts.text.pieces import Part, PieceReader, kind_fits
from scorer.layouts.text.prices import Cells, RowPrices
from scorer.layouts.text.spaces import SPACE, Spaces
from scorer.layouts.words import Words

_BEAM = 24  # readings kept from line to line
_HOPELESS = 6.0  # a reading this much dearer than the best is dropped
_JUMP = 0.9  # price of a line that goes back to a column further left
_BARRIER = 1.0  # price of a row that runs over a level-1 label
_GAP = 3.0  # price of a row that runs over a blank line
_GAP_IN_ROWS = 0.3  # the same where blank lines part a row's cells too
_UNDER_OTHER = 3.0  # price of a text under another column's head
_SPACE = 1.3  # price of two pieces in one cell
_WIDE_SPACE = 3.0  # the same where more than a space parts cells
_MAX_LINES = 14  # lines of one row
_MAX_PARTS = 12  # parts of one line that are laid out in all ways

Firsts = tuple[int, ...]  # the line of each column's first fragment, -1 for none


@dataclass(frozen=True, slots=True)
class Row:
    """One logical row: the text of each column and the line where each starts (-1: none)."""

    cells: tuple[str, ...]
    firsts: Firsts


@dataclass(slots=True)
class _State:
    """A reading of the lines so far: closed rows, and one that is still open."""

    closed: float
    cells: Cells
    firsts: Firsts
    extra: float  # price of the open row's layout (glue, shifts, jumps between columns)
    lines: int
    past: _State | None
    total: float = 0.0  # price if the row ends here
    rank: float = 0.0  # price if what is missing still comes


@dataclass
class RowReader:
    """Reads one block of lines with fixed columns."""

    columns: Columns
    mode: Mode
    words: Words
    going_on: float = 0.0  # price of a line that continues a row
    gap: float = _GAP  # the same behind a blank line
    price: float = 0.0  # mean price of a row of the last reading
    spaces: Spaces = field(default_factory=Spaces)

    def __post_init__(self) -> None:
        self.prices = RowPrices(self.columns, self.words)

    def read(self, lines: Sequence[TextLine], marks: Collection[int] = ()) -> list[Row]:
        """The rows of the block; before the lines in ``marks`` stands a level-1 label.

        Where cells wrap, the block is read twice: the first time shows how wide each
        column is, and only a full line goes on below.
        """
        self.spaces = Spaces.of(lines, self.columns.roles) if self.mode == "space" else Spaces()
        regular = self._regular_widths(lines)
        self.prices.wraps_at(regular)
        self.going_on = 0.0 if self._has_short_lines(lines) else 1.5
        self.gap = _GAP_IN_ROWS if self._parts_cells(lines) else _GAP
        if self.mode in ("tab", "pipe"):
            self.going_on += 0.5
        first = self._search(lines, marks)
        if first is None:
            return []
        wrapped = [cell for state in _chain(first) for cell in state.cells if len(cell) > 1]
        if not wrapped:
            return self._told(first)
        widths = column_widths([state.cells for state in _chain(first)])
        self.prices.wraps_at(tuple(map(max, widths, regular)))
        second = self._search(lines, marks)
        return self._told(second) if second else []

    def _told(self, state: _State) -> list[Row]:
        rows = _rows(state)
        self.price = state.total / max(1, len(rows))
        return rows

    def _has_short_lines(self, lines: Sequence[TextLine]) -> bool:
        """Lines with less than a name and a value for each half: cells are wrapped."""
        least = 2 * len(self.columns.halves) if self.columns.index("level2") is not None else 2
        return any(
            0 < len(line.pieces) < least
            and not any(self.words.level2_of(p.text) for p in line.pieces)
            for line in lines
        )

    def _parts_cells(self, lines: Sequence[TextLine]) -> bool:
        """Blank lines stand between the cells of a row too: where both halves name their level,
        one name alone between two of them is no row."""
        labels = [half.label for half in self.columns.halves if half.label is not None]
        alone = [
            line
            for line, below in pairwise(lines)
            if line.gap and below.gap and len(line.pieces) == 1
            and self.words.level2_of(line.text)
        ]  # fmt: skip
        return len(labels) > 1 and len(alone) > 1

    def _regular_widths(self, lines: Sequence[TextLine]) -> tuple[float, ...]:
        """The least width of each column: that of the widest cell in a line that fills
        all columns, labels where labels belong."""
        widths = [0.0] * self.columns.size
        labels = {i for i, role in enumerate(self.columns.roles) if role == "level2"}
        for line in lines:
            texts = [p.text for p in line.pieces]
            if len(texts) == len(widths) and all(
                (self.words.level2_of(t) is not None) == (i in labels) for i, t in enumerate(texts)
            ):
                widths = [max(w, width(t)) for w, t in zip(widths, texts, strict=True)]
        return tuple(widths)

    def _search(self, lines: Sequence[TextLine], marks: Collection[int]) -> _State | None:
        """The cheapest reading of all lines."""
        reader = PieceReader(self.words, self.mode)
        states: list[_State] = []
        for n, line in enumerate(lines):
            if not line.pieces:
                continue
            options = reader.options(lines, n)
            fresh = self._new_rows(states, options, n)
            barrier = self.going_on + (_BARRIER if n in marks else 0.0)
            barrier += self.gap if line.gap else 0.0
            going = self._continued(states, options[:6], n, barrier)
            states = self._best([*fresh, *going])
        return min(states, key=lambda s: s.total, default=None)

    def _new_rows(
        self, states: Sequence[_State], options: Sequence[tuple[list[Part], float]], n: int
    ) -> Iterator[_State]:
        """The line as the start of a row, after the cheapest reading so far."""
        past = min(states, key=lambda s: s.total, default=None)
        base = past.total if past else 0.0
        for parts, price in options:
            for layout, more in self._layouts(parts):
                cells = self._lay(((),) * self.columns.size, parts, layout)
                firsts = tuple(n if cell else -1 for cell in cells)
                yield _State(base, cells, firsts, price + more, 1, past)

    def _continued(
        self,
        states: Sequence[_State],
        options: Sequence[tuple[list[Part], float]],
        n: int,
        barrier: float,
    ) -> Iterator[_State]:
        """The line as the continuation of each open row."""
        for parts, price in options:
            if len(parts) > _MAX_PARTS:
                continue
            layouts = [x for x in self._layouts(parts) if price + x[1] <= _HOPELESS / 2]
            for state in states:
                if state.lines >= _MAX_LINES:
                    continue
                reached = max((i for i, cell in enumerate(state.cells) if cell), default=0)
                for layout, more in layouts:
                    if not self._labels_agree(state.cells, parts, layout):
                        continue
                    jump = barrier + (_JUMP if layout[0] < reached else 0.0)
                    if any(part.kind == "label" for part in parts) and self._filled(state.cells):
                        jump += 0.9  # a label below its row's text
                    cells = self._lay(state.cells, parts, layout)
                    firsts = tuple(
                        first if first >= 0 or not cell else n
                        for first, cell in zip(state.firsts, cells, strict=True)
                    )
                    extra = state.extra + price + more + jump
                    yield _State(state.closed, cells, firsts, extra, state.lines + 1, state.past)

    def _labels_agree(self, cells: Cells, parts: Sequence[Part], layout: Sequence[int]) -> bool:
        """A label cell that is complete takes no second label («服务对象» with «满意度指标»
        below it is not)."""
        return not any(
            part.kind == "label" and cells[i] and not self._completes(cells[i], part.text)
            for part, i in zip(parts, layout, strict=True)
        )

    def _completes(self, cell: tuple[str, ...], text: str) -> bool:
        begun = "".join(cell)
        return self.words.opens_level2(begun) and bool(self.words.level2_of(begun + text))

    def _filled(self, cells: Cells) -> bool:
        return any(cells[half.name] for half in self.columns.halves)

    def _best(self, states: Sequence[_State]) -> list[_State]:
        for state in states:
            closed, still_open = self.prices.cost(state.cells)
            state.total = state.closed + state.extra + closed
            state.rank = state.closed + state.extra + still_open
        seen: set[tuple[Cells, int]] = set()
        kept: list[_State] = []
        for state in sorted(states, key=lambda s: s.rank):
            key = (state.cells, id(state.past))
            if kept and state.rank > kept[0].rank + _HOPELESS:
                break
            if key not in seen:
                seen.add(key)
                kept.append(state)
            if len(kept) == _BEAM:
                break
        return kept

    # --- laying parts into columns ------------------------------------------------

    def _layouts(self, parts: Sequence[Part]) -> Iterator[tuple[tuple[int, ...], float]]:
        """(column of each part, price): columns never go back within a line."""
        if len(parts) > _MAX_PARTS:
            # Too many pieces for any table: running text, kept in the first name column.
            yield (self.columns.halves[0].name,) * len(parts), 6.0
            return
        found: list[tuple[tuple[int, ...], float]] = []
        self._extend(parts, (), 0.0, found)
        found.sort(key=lambda pair: pair[1])
        yield from found[:60]

    def _extend(
        self,
        parts: Sequence[Part],
        layout: tuple[int, ...],
        price: float,
        found: list[tuple[tuple[int, ...], float]],
    ) -> None:
        if price > 9.0 or len(found) > 400:
            return
        done = len(layout)
        if done == len(parts):
            found.append((layout, price + self._shift(parts, layout)))
            return
        for i in range(layout[-1] if layout else 0, self.columns.size):
            more = kind_fits(parts[done], self.columns.roles[i])
            if more is None:
                continue
            if layout and i == layout[-1]:
                more += self._joining(parts[done - 1], parts[done], self.columns.roles[i])
            elif layout and self.mode == "space":
                more += self._cut(parts, done, self.columns.roles[i])
            self._extend(parts, (*layout, i), price + more, found)

    def _joining(self, left: Part, right: Part, role: str) -> float:
        """The price of two pieces in one cell: low for «≥ 90%» and Latin words."""
        if right.glued or role == "level2":
            return 9.0
        price = self.spaces.price(left.text, right.text)
        if price == SPACE:
            return _SPACE if self.mode == "space" else _WIDE_SPACE
        return price

    def _cut(self, parts: Sequence[Part], n: int, role: str) -> float:
        """The price of a cell of that role that starts at part ``n`` of a line."""
        left = " ".join(part.text for part in parts[max(0, n - 3) : n])
        right = " ".join(part.text for part in parts[n : n + 3])
        return self.spaces.cut(left, right, role)

    def _shift(self, parts: Sequence[Part], layout: Sequence[int]) -> float:
        """Cells should stand under their heads, or all be shifted alike."""
        if self.mode == "space":
            return 0.0
        places = [
            (part.at, at)
            for part, i in zip(parts, layout, strict=True)
            if (at := self.columns.at[i]) is not None and part.at is not None
        ]
        if not places:
            return 0.0
        if self.mode in PLACED:
            far = sum(min(abs(a - b) * 0.12, 2.5) for a, b in places)
            if len(parts) == self.columns.size:  # their order alone tells
                return far
            return far + sum(
                _UNDER_OTHER * self._stands_under_other(part, i)
                for part, i in zip(parts, layout, strict=True)
            )
        shift = places[0][0] - places[0][1]
        off = sum(min(abs(a - b - shift), 4.0) for a, b in places)
        return 0.25 * off + 0.15 * min(abs(shift), 4.0)

    def _stands_under_other(self, part: Part, column: int) -> bool:
        """The part stands right under the heads of other columns, and not under its own."""
        if part.at is None:
            return False
        end = part.at + 2 * width(part.text)
        under = [
            i for i, at in enumerate(self.columns.at) if at is not None and part.at <= at < end
        ]
        return bool(under) and column not in under

    def _lay(self, cells: Cells, parts: Sequence[Part], layout: Sequence[int]) -> Cells:
        """The cells with a line's parts added as one more fragment each."""
        new: dict[int, str] = {}
        for part, i in zip(parts, layout, strict=True):
            new[i] = f"{new[i]} {part.text}" if i in new else part.text
        return tuple((*cell, new[i]) if i in new else cell for i, cell in enumerate(cells))


def column_widths(rows: Sequence[Cells]) -> tuple[float, ...]:
    """Where each column wraps: the usual width of lines that go on, 0 where none does."""
    widths = []
    for column in zip(*rows, strict=True):
        going_on = [width(part) for cell in column for part in cell[:-1]]
        whole = sorted(width(cell[0]) for cell in column if len(cell) == 1)
        widths.append(median_high(going_on) if len(going_on) >= 2 else 0.0)
        if going_on and whole and widths[-1] < whole[int(0.9 * (len(whole) - 1))] - 1.0:
            widths[-1] = whole[int(0.9 * (len(whole) - 1))]
    return tuple(widths)


def _chain(state: _State | None) -> Iterator[_State]:
    while state is not None:
        yield state
        state = state.past


def _rows(state: _State) -> list[Row]:
    rows = [Row(tuple(join_wrapped(c) for c in s.cells), s.firsts) for s in _chain(state)]
    return rows[::-1]
