"""Rows of a table whose cells come one after the other, each a run of lines.

A PDF's text layer prints a table cell by cell in drawing order: a wrapped cell's lines
follow each other before the next cell begins. A row is then a run of pieces cut into cells
whose columns only go forward. Every way to cut has a price (what a cell of that column looks
like, how wrapped lines fall, which columns are left blank); the cheapest cut of all pieces is
found exactly, piece by piece. It is done twice: the first reading shows how wide each column
is, how often it is blank and which words come again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.layouts.text.cell_looks import LEVELS, TEXTS, CellLooks
from scorer.layouts.text.lines import TextLine, join_wrapped, width
from scorer.layouts.text.prices import (
    ends_counted,
    ends_rows,
    is_slot,
    wrapping,
)
from scorer.layouts.text.rows import Row, column_widths
from scorer.layouts.text.spaces import SPACE, Spaces, cut_price
from scorer.layouts.text.tails import with_tails
from scorer.layouts.words import Words

_INFINITE = float("inf")
_MOST_LINES = 14  # lines of one cell
_MOST_TEXT_LINES = 60  # lines of a cell with running text
_MERGED = (*LEVELS, "flat:both", "flat:project", "flat:unit", "flat:goal", "flat:goal_annual")
_ROW = 0.4  # price of a row
_INSIDE_LINE = 3.0  # price of a row that starts in the middle of a line
_HOPELESS = 12.0  # a reading that much dearer is dropped
_GAP = 3.5  # price of a blank line inside a cell
_GAP_CELL = 1.5  # the same in front of a cell that is not the first of its row
_FULL = 0.6  # price of a row after a full line, which is likely to go on
_NO_GAP = 0.8  # price of a row without a blank line above it
_BROKEN_LEVEL = 0.2  # price of a further line of a level's name
_GOES_ON = 1.5  # price of a line behind one whose space would stand inside the cell
_BROKEN_DAY = 4.0  # price of a cut between a day and «日», its month on the line above
_COUNTS = 3.0  # price of a sum that counts something, or of a name with its value
_MARKED = 2.0  # price of a row that goes on behind a level-1 label
_ENDED = 2.5  # price of a name's line that ends like a row of its own
_SELDOM = 2.0  # price of a line of its own for a cell of a column that is blank nearly everywhere
_BLANK_SHARE = 0.7  # of its cells
_BLANK_OFTEN = 0.4  # the same where the line goes on behind that cell
_BLANK = {"name": 5.0, "value": 2.5, "level2": 0.4, "level1": 0.3, "sign": 0.5, "unit": 0.4,
          "explanation": 1.0, "baseline": 1.0, "weight": 1.0, "kind": 1.0, "direction": 1.0, "note": 0.1, "flat:both": 0.1, "flat:project": 0.1, "flat:unit": 0.1}  # fmt: skip
_EMPTY = 0.8  # price of a row that the template prints and nobody has filled in
_GOAL_ALONE = 3.0  # price of a goal without its project beside it
_BLANK_OTHER = 0.4
_SEEN_ALWAYS = 1.8  # price of a blank in a column that is never blank elsewhere
_AGAIN = 0.8  # gain of a text that stands in other cells of its column
_NEW = 0.8  # price of a new text in a column whose texts come again and again
_ROUNDS = 3
_COUNT = re.compile(r"[万亿]?[^\W\d]{1,2}")  # «名», «万亩»


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    line: int
    opens: bool  # first of its line
    gap: bool | None = None  # of its line, where it opens it


@dataclass
class _Learned:
    """What a first reading has shown of each column."""

    widths: tuple[float, ...]
    blank: tuple[float, ...] = ()
    again: tuple[Counter[str], ...] = ()


@dataclass
class CellReader:
    """Reads a block of lines into rows of ``roles`` (columns from left to right).

    ``price`` is the mean price of a row of the last reading: high where the lines are no
    such table.
    """

    roles: Sequence[str]
    words: Words
    units: frozenset[str] = frozenset()  # names of units that the text gives elsewhere
    price: float = 0.0
    spaces: Spaces = field(default_factory=Spaces)
    by_rows: bool = False  # blank lines part rows, not cells
    runs: dict[tuple[int, int], tuple[tuple[str, ...], str]] = field(default_factory=dict)
    looks: CellLooks = field(init=False)

    def __post_init__(self) -> None:
        self.looks = CellLooks(self.roles, self.words, self.units)

    def read(self, lines: Sequence[TextLine], marks: Sequence[int] = ()) -> list[Row]:
        """The rows; before the lines in ``marks`` stands a level-1 label."""
        pieces = self._pieces(lines)
        self.spaces = Spaces.of(lines, self.roles)
        parted = [len(line.pieces) > 1 for line in lines if line.gap]
        self.by_rows = 2 * sum(parted) > len(parted)
        if not pieces:
            return []
        self.runs.clear()
        learned = _Learned((0.0,) * len(self.roles))
        rows: list[list[tuple[int, int, int]]] = []
        for _ in range(_ROUNDS):
            rows = self._cut(pieces, learned, frozenset(marks))
            learned = self._learn(pieces, rows)
        wraps = [role not in LEVELS for role in self.roles]
        cells = with_tails([self._cells(pieces, row) for row in rows], wraps)
        return [self._row(pieces, *row) for row in zip(rows, cells, strict=True)]

    def _pieces(self, lines: Sequence[TextLine]) -> list[_Piece]:
        found = []
        for n, line in enumerate(lines):
            for k, piece in enumerate(line.pieces):
                label, rest = self._glued(piece.text)
                texts = [text for text in (label, rest) if text]
                for text in texts:
                    opens = k == 0 and text is texts[0]
                    found.append(_Piece(text, n, opens, line.gap if opens else None))
        return found

    def _glued(self, text: str) -> tuple[str, str]:
        """«数量指标培训人数» as two pieces."""
        if "level2" not in self.roles or self.words.level2_of(text):
            return "", text
        label = self.words.level2_prefix(text)
        return text[: len(label)], text[len(label) :]

    # --- the cheapest cut -------------------------------------------------------------

    def _cut(
        self, pieces: Sequence[_Piece], learned: _Learned, marks: frozenset[int]
    ) -> list[list[tuple[int, int, int]]]:
        """Rows of (column, first piece, end)."""
        n, size = len(pieces), len(self.roles)
        blanks = self._blanks(learned)
        best = [[_INFINITE] * size for _ in range(n + 1)]  # the last cell ends here, by column
        back: list[list[tuple[int, int] | None]] = [[None] * size for _ in range(n + 1)]
        closed = [_INFINITE] * (n + 1)  # a row ends here
        closed_at = [-1] * (n + 1)
        closed[0] = 0.0
        for p in range(n + 1):
            for c in range(size):
                rest = sum(blanks[c + 1 :])
                if self.roles[c] == "level2":
                    rest = min(rest, _EMPTY)
                elif c == 0 and self.roles[0] == "flat:both" and (cell := back[p][0]):
                    rest = min(rest, self.looks.alone(self._run(pieces, cell[0], p)[1]))
                total = best[p][c] + rest
                if total < closed[p]:
                    closed[p], closed_at[p] = total, c
            if p == n:
                break
            fresh = closed[p] + _ROW + (0.0 if pieces[p].opens else _INSIDE_LINE)
            fresh += _NO_GAP if pieces[p].gap is False else 0.0
            if closed_at[p] >= 0 and width(pieces[p - 1].text) > learned.widths[closed_at[p]] - 0.6:
                fresh += _FULL if learned.widths[closed_at[p]] else 0.0
            going, before = _INFINITE, -1
            for c in range(size):
                start, source = fresh, -1
                goes_on = going + (_MARKED if pieces[p].opens and pieces[p].line in marks else 0.0)
                if goes_on < fresh:
                    start, source = goes_on, before
                if start < min(_INFINITE, closed[p] + _HOPELESS):
                    start += self._split(pieces, p, self.roles[c])
                    if c and source < 0 and self.roles[c].startswith("flat:goal"):
                        start += _GOAL_ALONE
                    start += self._seldom(pieces[p : p + 2], c, learned)
                    start += _GAP_CELL if source >= 0 and pieces[p].gap and self.by_rows else 0.0
                    self._extend(pieces, p, c, start, source, learned, marks, best, back)
                fresh += blanks[c]
                going += blanks[c]
                if best[p][c] < going:
                    going, before = best[p][c], c
        return self._trace(n, closed, closed_at, back)

    def _extend(
        self,
        pieces: Sequence[_Piece],
        p: int,
        c: int,
        start: float,
        source: int,
        learned: _Learned,
        marks: frozenset[int],
        best: list[list[float]],
        back: list[list[tuple[int, int] | None]],
    ) -> None:
        """All cells of column ``c`` that begin at piece ``p``."""
        role = self.roles[c]
        most = _MOST_TEXT_LINES if role.startswith(TEXTS) else _MOST_LINES
        more = parted = 0.0  # for spaces, blank lines and levels' names inside the cell
        for q in range(p, min(len(pieces), p + most)):
            piece = pieces[q]
            if q > p:
                if not piece.opens:
                    parted = self.spaces.price(pieces[q - 1].text, piece.text)
                    more += parted
                elif piece.line in marks:
                    return
                elif role in ("name", "value") and parted >= SPACE:
                    more += _GOES_ON  # the line holds two cells
                more += (_GAP if piece.gap else 0.0) + self.looks.swallowed(role, piece.text)
                more += self.looks.swallowed(role, pieces[p].text) if q == p + 1 else 0.0
                if more > _HOPELESS:
                    return
            parts, text = self._run(pieces, p, q + 1)
            price, may_grow = self.looks.look(role, text)
            if not may_grow:
                return
            total = start + price + more + self._fit(c, parts, text, learned)
            total += self._counted(role, text, pieces[q + 1 : q + 2])
            if total < best[q + 1][c]:
                best[q + 1][c] = total
                back[q + 1][c] = (p, source)

    def _counted(self, role: str, text: str, behind: Sequence[_Piece]) -> float:
        """The price of a sum with what it counts behind it («330 名»), and of a name that ends its
        line with its value («聘用管护员 330 名»)."""
        on = next((piece.text for piece in behind if not piece.opens), "")
        if role.startswith("flat:amount"):
            return _COUNTS * (_COUNT.fullmatch(on) is not None)
        ends = role == "flat:project" or (role == "name" and not on)
        return _COUNTS * (ends and ends_counted(text))

    def _split(self, pieces: Sequence[_Piece], p: int, role: str) -> float:
        """The price of a cell that starts where a broken date, number or name goes on."""
        if p == 0:
            return 0.0
        line = pieces[p].line
        if pieces[p].opens:
            weighed = role == "unit" and self._behind_weights
            return cut_price(pieces[p - 1].text, pieces[p].text, same_line=False, unit=weighed)
        dated = pieces[p].text[0] in "日号" and pieces[p - 1].text.isdigit()
        if dated and p > 1 and pieces[p - 2].text.endswith("月"):
            return _BROKEN_DAY  # «2025 年 12 月» above «31 日»
        before = " ".join(piece.text for piece in pieces[max(0, p - 3) : p] if piece.line == line)
        behind = " ".join(piece.text for piece in pieces[p : p + 3] if piece.line == line)
        return self.spaces.cut(before, behind, role)

    @property
    def _behind_weights(self) -> bool:
        """The units stand behind the weights: «15» above «%» is no value."""
        return "weight,unit" in ",".join(self.roles)

    def _seldom(self, pieces: Sequence[_Piece], c: int, learned: _Learned) -> float:
        """The price of a remark that opens a line: where hardly a row has one, or where more stands
        on that line, it is rather the first part of the next row's name."""
        free = self.roles[c].startswith(TEXTS) and not self.roles[c].startswith("flat")
        if not (free and pieces[0].opens):
            return 0.0
        followed = len(pieces) > 1 and not pieces[1].opens
        least = _BLANK_OFTEN if followed else _BLANK_SHARE
        blank = learned.blank[c] if learned.blank else _BLANK_OFTEN
        return _SELDOM if blank >= least else 0.0

    def _run(self, pieces: Sequence[_Piece], start: int, end: int) -> tuple[tuple[str, ...], str]:
        """(lines, text) of a run of pieces."""
        key = start, end
        if key not in self.runs:
            parts = self._parts(pieces, start, end)
            self.runs[key] = parts, join_wrapped(parts)
        return self.runs[key]

    def _fit(self, c: int, parts: tuple[str, ...], text: str, learned: _Learned) -> float:
        """How unlike the other cells of its column a cell is."""
        price = self.looks.name_price(self.roles[c], text, parts)
        if self.roles[c] == "name" and is_slot(text):
            price -= sum(self._blanks(learned)[c + 1 : c + 2])  # nothing is to follow
        if self.roles[c] == "name":
            price += _ENDED * ends_rows(parts)
        if len(parts) > 1 and self.roles[c] in LEVELS:
            price += _BROKEN_LEVEL * (len(parts) - 1)  # a known name, wherever it is broken
        elif len(parts) > 1:
            price += wrapping(parts, learned.widths[c])
        if learned.again:
            seen = learned.again[c]
            if seen[text] > 1:
                price -= _AGAIN
            elif 3 * len(seen) <= seen.total():
                price += _NEW
        return price

    def _blanks(self, learned: _Learned) -> list[float]:
        """The price of a blank cell in each column."""
        usual = [_BLANK.get(role.split("_")[0], _BLANK_OTHER) for role in self.roles]
        if not learned.blank:
            return usual
        return [
            # Cells of levels and projects are merged over rows: their blanks say nothing.
            price + (0.0 if role in _MERGED else _SEEN_ALWAYS * max(0.0, 1.0 - 4.0 * blank))
            for role, price, blank in zip(self.roles, usual, learned.blank, strict=True)
        ]

    def _trace(
        self,
        n: int,
        closed: Sequence[float],
        closed_at: Sequence[int],
        back: Sequence[Sequence[tuple[int, int] | None]],
    ) -> list[list[tuple[int, int, int]]]:
        """The cheapest cut, from its end."""
        rows: list[list[tuple[int, int, int]]] = []
        at, column = n, closed_at[n]
        row: list[tuple[int, int, int]] = []
        while at > 0 and column >= 0:
            step = back[at][column]
            if step is None:
                break
            start, source = step
            row.append((column, start, at))
            at, column = start, source
            if column < 0:
                rows.append(row[::-1])
                row, column = [], closed_at[at]
        rows.reverse()
        self.price = closed[n] / max(1, len(rows))
        return rows

    # --- from cuts to rows ------------------------------------------------------------

    def _parts(self, pieces: Sequence[_Piece], start: int, end: int) -> tuple[str, ...]:
        parts: list[str] = []
        for q in range(start, end):
            if q == start or pieces[q].opens:
                parts.append(pieces[q].text)
            else:
                parts[-1] += " " + pieces[q].text
        return tuple(parts)

    def _learn(
        self, pieces: Sequence[_Piece], rows: Sequence[Sequence[tuple[int, int, int]]]
    ) -> _Learned:
        cells = [self._cells(pieces, row) for row in rows]
        # Rows that the template prints and nobody has filled in say nothing of blanks.
        own = [c for c in self._columns if self.roles[c] not in _MERGED]
        cells = [row for row in cells if any(row[c] for c in own)] or cells
        texts = [Counter(join_wrapped(row[c]) for row in cells if row[c]) for c in self._columns]
        filled = [sum(bool(row[c]) for row in cells) for c in self._columns]
        blank = tuple(1.0 - count / max(1, len(cells)) for count in filled)
        return _Learned(column_widths(cells), blank, tuple(texts))

    @property
    def _columns(self) -> range:
        return range(len(self.roles))

    def _cells(
        self, pieces: Sequence[_Piece], row: Sequence[tuple[int, int, int]]
    ) -> tuple[tuple[str, ...], ...]:
        found: list[tuple[str, ...]] = [()] * len(self.roles)
        for column, start, end in row:
            found[column] = self._parts(pieces, start, end)
        return tuple(found)

    def _row(
        self,
        pieces: Sequence[_Piece],
        row: Sequence[tuple[int, int, int]],
        cells: tuple[tuple[str, ...], ...],
    ) -> Row:
        firsts = [-1] * len(self.roles)
        for column, start, _ in row:
            firsts[column] = pieces[start].line
        return Row(tuple(join_wrapped(cell) if cell else "" for cell in cells), tuple(firsts))
