"""The cells of projects out of pieces that stand among each other (see :mod:`centred`).

A line's pieces keep the order of their columns, so a line that has as many pieces as there are
columns is sure; a single piece may be of any. All ways are weighed: a name that the text gives
elsewhere, cells that wrap at their column's width, goals that end with a full stop, and cells
whose middles stand at one height.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, pairwise

from scorer.layouts.text.lines import join_wrapped, width
from scorer.layouts.text.prices import wrapping
from scorer.layouts.text.spaces import Spaces
from scorer.layouts.words import Words, fold

_BEST = 200  # readings of the pieces so far that are kept
_KNOWN = -6.0  # price of a name that the text gives elsewhere
_SENTENCE = 3.0  # price of a full stop or comma in a name
_CLAUSE = 1.5  # price of a goal that ends with a comma, of one that does not end while others do
_BLANK = 3.0  # price of a project without its name or its goal
_NO_SUM = 1.0  # price of a project without its sum
_OFF = 0.4  # price of a line by which the middles of two cells differ
_CLOSE = 1.0  # price by which another name is dearer, so that the name is sure
_LEAST = 4  # signs of a name that is looked for elsewhere
_INSIDE = 3.0  # times the price of a blank in a cell
_MANY = 8  # pieces of a line; more are one text
_NO_NAME = re.compile(r"[。，；！：,;:]")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BRACKETS = re.compile(r"[(（《“][^()（）《》“”]*[)）》”]?")


@dataclass(frozen=True, slots=True)
class Found:
    """A line's pieces of projects' cells: the line, its place in half rows, the texts."""

    line: int
    at: int
    texts: tuple[str, ...]


Cell = tuple[tuple[int, str], ...]  # (number of the piece's line, text)
Reading = tuple[Cell, ...]  # by column


@dataclass(frozen=True)
class Cells:
    """One project's texts and the line each begins at; ``unit`` is printed above it."""

    texts: tuple[str, ...]
    lines: tuple[int, ...]
    unit: str = ""
    sure: bool = True


@dataclass
class ProjectCells:
    """Gives the pieces of each project to the columns ``roles``."""

    roles: Sequence[str]
    words: Words
    elsewhere: str
    spaces: Spaces
    units: frozenset[str] = frozenset()  # names of units that the text gives elsewhere

    def share(self, blocks: Sequence[Sequence[Found]]) -> list[Cells]:
        """The cells of every project."""
        widths = self._widths(blocks)
        return [self._cells(list(pieces), widths) for pieces in blocks]

    def _widths(self, blocks: Sequence[Sequence[Found]]) -> tuple[float, ...]:
        """How wide each column is, as lines say that fill all of them."""
        parts = (self.spaces.parts(piece.texts) for pieces in blocks for piece in pieces)
        full = [texts for texts in parts if len(texts) == len(self.roles)]
        return tuple(
            max((width(texts[c]) for texts in full), default=0.0) for c in range(len(self.roles))
        )

    def _cells(self, pieces: list[Found], widths: tuple[float, ...]) -> Cells:
        unit = ""
        if len(pieces) > 1 and self._names_unit(pieces[0].texts):
            unit = pieces.pop(0).texts[0]
        readings: list[tuple[float, float, Reading]] = [(0.0, 0.0, ((),) * len(self.roles))]
        for n, piece in enumerate(pieces):
            longer = (
                (blanks + more, self._longer(reading, columns, piece.texts, n))
                for _, blanks, reading in readings
                for columns, more in self._ways(piece.texts)
            )
            last = n + 1 == len(pieces)
            priced = ((b + self._price(x, widths, len(pieces), last), b, x) for b, x in longer)
            readings = sorted(priced, key=lambda item: item[0])[:_BEST]
        price, _, best = readings[0]
        name = self._name(best)
        others = [p for p, _, reading in readings if self._name(reading) != name]
        sure = bool(name) and (self._is_known(name) or not others or others[0] - price >= _CLOSE)
        texts = tuple(join_wrapped([t for _, t in cell]) if cell else "" for cell in best)
        lines = tuple(pieces[cell[0][0]].line if cell else -1 for cell in best)
        return Cells(texts, lines, unit, sure)

    def _names_unit(self, texts: Sequence[str]) -> bool:
        """A line of nothing but a unit's name, where units stand in the projects' column or the
        text says the unit above the list as well."""
        if len(texts) != 1 or not self.words.is_unit_name(texts[0]):
            return False
        return self.roles[0] == "flat:both" or texts[0] in self.units

    def _ways(self, texts: Sequence[str]) -> Iterator[tuple[tuple[int, ...], float]]:
        """The columns that a line's pieces may stand in, from left to right, and the price of the
        blanks inside them."""
        size = len(self.roles)
        if len(texts) > _MANY:
            yield (size - 1,) * len(texts), 0.0
            return
        blanks = [self.spaces.price(left, right) for left, right in pairwise(texts)]
        for columns in combinations_with_replacement(range(size), len(texts)):
            inside = zip(blanks, pairwise(columns), strict=True)
            yield columns, sum(_INSIDE * price for price, (a, b) in inside if a == b)

    @staticmethod
    def _longer(reading: Reading, columns: Sequence[int], texts: Sequence[str], n: int) -> Reading:
        out = list(reading)
        for c, text in zip(columns, texts, strict=True):
            last = out[c][-1] if out[c] else None
            if last is not None and last[0] == n:
                out[c] = (*out[c][:-1], (n, f"{last[1]} {text}"))
            else:
                out[c] = (*out[c], (n, text))
        return tuple(out)

    def _price(self, reading: Reading, widths: Sequence[float], size: int, last: bool) -> float:
        total = 0.0
        for c, (role, cell) in enumerate(zip(self.roles, reading, strict=True)):
            parts = tuple(text for _, text in cell)
            if len(parts) > 1:
                total += wrapping(parts, widths[c])
            total += self._look(role, parts, last)
        return total + (self._off(reading, size) if last else 0.0)

    def _look(self, role: str, parts: tuple[str, ...], last: bool) -> float:
        """How unlike a cell of its column a text looks."""
        text = join_wrapped(parts) if parts else ""
        if "amount" in role:
            return _NO_SUM * last if not text else 9.0 * (_AMOUNT.fullmatch(text) is None)
        number = 9.0 * sum(_AMOUNT.fullmatch(part) is not None for part in parts[:1])
        if role == "flat:unit":
            return number + (2.0 if text and last and not self.words.is_unit_name(text) else 0.0)
        if role.startswith("flat:goal"):
            if not text:
                return _BLANK * last
            return number + _CLAUSE * (last and text[-1] not in "。；！.")
        if role not in ("flat:project", "flat:both"):
            return number
        if not text:
            return _BLANK * last
        inside = _NO_NAME.findall(_BRACKETS.sub("", text))
        return number + _SENTENCE * len(inside) + _KNOWN * (last and self._is_known(text))

    @staticmethod
    def _off(reading: Reading, size: int) -> float:
        """How far the cells are from standing in the middle of all."""
        middles = [(cell[0][0] + cell[-1][0]) / 2 for cell in reading if cell]
        return _OFF * sum(abs(middle - (size - 1) / 2) for middle in middles)

    def _name(self, reading: Reading) -> str:
        roles = enumerate(self.roles)
        c = next((n for n, role in roles if role in ("flat:project", "flat:both")), 0)
        return join_wrapped([text for _, text in reading[c]]) if reading[c] else ""

    def _is_known(self, name: str) -> bool:
        """The text has the name elsewhere, no Chinese sign right before or behind it."""
        short = re.sub(r"\s", "", fold(name))
        if len(short) < _LEAST:
            return False
        spaced = r"\s*".join(re.escape(sign) for sign in short)
        return (
            re.search(rf"(?<![\u4e00-\u9fff]){spaced}(?!\s*[\u4e00-\u9fff])", self._text)
            is not None
        )

    @cached_property
    def _text(self) -> str:
        return fold(self.elsewhere)
