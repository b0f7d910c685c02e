"""Printed lines -> blocks: the wrapped lines of one cell put together, where no line is drawn.

Lines of one cell follow each other at the pitch of the type; the next row keeps a wider
distance. Where the page does not show two such pitches apart, nothing is put together.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from scorer.readers.words import Run, Word, is_han

_PIECE_GAP = 0.55  # in text heights: a wider gap on a line may part two cells
_HAN_GAP = 0.25  # the same between Chinese characters, which need no space
_WRAP_PITCH = 1.65  # in text heights: lines of one cell are not further apart
_SAME_PITCH = 1.12  # lines of one cell differ by no more
_ROW_PITCH = 1.22  # times the pitch inside a cell: the least distance of two rows
_FEW = 0.04  # such a share of pitches in between is noise
_ALIGNED = 0.4  # in text heights: edges or middles closer than this are aligned
_INDENT = 2.4  # in text heights: the first line of a paragraph
_SAME_SIZE = 1.25  # height of full-width text over that of figures alone

Row = Sequence[Word]


class Piece(NamedTuple):
    """Words of one printed line without a wide gap between them."""

    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of the line of type."""
        return self.bottom - self.top


class Block(NamedTuple):
    """The text of one cell: its lines from top to bottom, and their box."""

    lines: tuple[Piece, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of the block's centre."""
        return (self.top + self.bottom) / 2

    @property
    def words(self) -> list[Word]:
        """All words, line by line."""
        return [word for line in self.lines for word in line.words]

    @property
    def text(self) -> str:
        """All text without spaces and line breaks."""
        return "".join([word.text for line in self.lines for word in line.words])


def pieces_of(row: Row) -> list[Piece]:
    """A printed line cut at its wide gaps."""
    parts: list[list[Word]] = [[row[0]]]
    for left, right in itertools.pairwise(row):
        han = is_han(left.text[-1]) and is_han(right.text[0])
        gap = _HAN_GAP if han else _PIECE_GAP
        if right.x0 - left.x1 >= gap * max(left.height, right.height):  # «一» may be flat
            parts.append([])
        parts[-1].append(right)
    return [piece_of(part) for part in parts]


def unglued(lines: Sequence[Row], runs: Sequence[Run]) -> list[list[Word]]:
    """The lines, words of Chinese characters cut where one stands off: a narrow gap between
    two columns may pass for none in the text layer. ``runs`` are the page's, uncut."""
    whole = {run.whole: run for run in runs if all(map(is_han, run.whole.text))}
    widths = sorted((w.x1 - w.x0) / len(w.text) for w in whole)
    wide = widths[len(widths) // 2] if widths else 0.0

    def parts(word: Word) -> list[Word]:
        spare = word.x1 - word.x0 - wide * len(word.text)
        if spare < _HAN_GAP * word.height or word not in whole:
            return [word]
        return _cut(whole[word].pieces())

    return [[part for word in line for part in parts(word)] for line in lines]


def _cut(signs: Sequence[Word]) -> list[Word]:
    parts: list[list[Word]] = [[signs[0]]]
    for left, right in itertools.pairwise(signs):
        if right.x0 - left.x1 >= _HAN_GAP * left.height:
            parts.append([])
        parts[-1].append(right)
    return [
        Word("".join(w.text for w in part), part[0].x0, part[0].top, part[-1].x1, part[0].bottom)
        for part in parts
    ]


def piece_of(words: Sequence[Word]) -> Piece:
    """Words of one line, without a gap between them, as a piece."""
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return Piece(tuple(words), words[0].x0, top, words[-1].x1, bottom)


def block_of(pieces: Sequence[Piece]) -> Block:
    """One block of the given lines."""
    return Block(
        tuple(pieces),
        min(p.x0 for p in pieces),
        pieces[0].top,
        max(p.x1 for p in pieces),
        pieces[-1].bottom,
    )


def blocks_of(lines: Sequence[Sequence[Piece]]) -> list[Block] | None:
    """The cells' texts of a table's printed lines, from top to bottom; None where wrapped
    lines cannot be told from rows."""
    followers = _followers(lines)
    heights = sorted(piece.height for line in lines for piece in line)
    size = heights[len(heights) // 2]
    limit = _wrap_limit([(lower.bottom - upper.bottom) / size for upper, lower in followers])
    if limit is None:
        return None
    below: dict[Piece, Piece] = {}
    taken: set[Piece] = set()
    for upper, lower in followers:
        if lower.bottom - upper.bottom <= limit * size and lower not in taken:
            below[upper] = lower
            taken.add(lower)
    found = []
    for piece in (p for line in lines for p in line):
        if piece not in taken:
            chain = [piece]
            while chain[-1] in below:
                chain.append(below[chain[-1]])
            found.append(block_of(chain))
    return sorted(found, key=lambda b: (b.top, b.x0))


def _followers(lines: Sequence[Sequence[Piece]]) -> list[tuple[Piece, Piece]]:
    """Each piece with the nearest one below it, if that is set flush with it."""
    found = []
    for n, line in enumerate(lines):
        for piece in line:
            for lower in itertools.islice(lines, n + 1, n + 8):
                met = [p for p in lower if p.x0 < piece.x1 and p.x1 > piece.x0]
                if met:
                    if len(met) == 1 and _flush(piece, met[0]):
                        found.append((piece, met[0]))
                    break
    return found


def _flush(upper: Piece, lower: Piece) -> bool:
    near = _ALIGNED * upper.height
    if max(upper.height, lower.height) > _SAME_SIZE * min(upper.height, lower.height):
        return False
    left = upper.x0 - lower.x0
    middle = (upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2
    indented = 0 < left <= _INDENT * upper.height and upper.x1 >= lower.x1 - near
    return abs(left) <= near or abs(middle) <= near or indented


def _wrap_limit(pitches: Sequence[float]) -> float | None:
    """Up to which pitch, in text heights, two lines belong to one cell; 0 where no cell is
    wrapped, None where the pitches do not fall apart into lines and rows."""
    near = sorted(p for p in pitches if p > 0.5)
    if not near or near[0] > _WRAP_PITCH:
        return 0.0
    usual = near[len([p for p in near if p <= near[0] * _SAME_PITCH]) // 2]
    limit = usual * _SAME_PITCH
    between = [p for p in near if limit < p < usual * _ROW_PITCH]
    rows = [p for p in near if p >= usual * _ROW_PITCH]
    if len(between) > _FEW * len(near) or len(rows) < 2:
        return None
    return limit
