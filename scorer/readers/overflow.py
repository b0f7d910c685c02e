"""Text too tall for its row: one of its lines stands across the ruling.

A spreadsheet's row that was left too low prints its wrapped text in the middle all the same, over
the lines above and below. By its place such a line seems to be the neighbour's; but no text is
set across a line of its own cell, and the two cells' texts tell whose it is: each is centred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorer.readers.ruling import Box, Ruled
from scorer.readers.words import Word

_ACROSS = 0.2  # of its height that a text must reach over a line
_BETTER = 0.2  # of its height by which both texts must be better centred

Texts = dict[Box, list[Word]]


def settle(table: Ruled, texts: Texts) -> None:
    """Move each line that stands across a ruling to the cell whose text it belongs to."""
    by_corner = {(box.row, box.column): box for box in table.boxes}
    above_of = {(box.row + box.row_span, box.column): box for box in table.boxes}
    for box in list(texts):
        for word in list(texts[box]):
            for other in _beyond(word, box, table, by_corner, above_of):
                if _fits_better(word, box, other, table, texts):
                    texts[box].remove(word)
                    texts.setdefault(other, []).append(word)
                    break


def _beyond(
    word: Word,
    box: Box,
    table: Ruled,
    by_corner: dict[tuple[int, int], Box],
    above_of: dict[tuple[int, int], Box],
) -> Iterator[Box]:
    """The cells of the same columns, above or below, that the word reaches into."""
    top, bottom = _edges(box, table)
    if not top < (word.top + word.bottom) / 2 < bottom:
        return  # placed by the window it is seen through
    least = _ACROSS * word.height
    above = above_of.get((box.row, box.column)) if top - word.top > least else None
    below = None
    if word.bottom - bottom > least:
        below = by_corner.get((box.row + box.row_span, box.column))
    for other in (above, below):
        if other is not None and other.col_span == box.col_span:
            yield other


def _fits_better(word: Word, box: Box, other: Box, table: Ruled, texts: Texts) -> bool:
    """Whether the texts of both cells are nearer to the middle with the word in the other."""
    own, theirs = texts[box], texts.get(other, [])
    now = _off(own, box, table) + _off(theirs, other, table)
    rest = [w for w in own if w is not word]
    then = _off(rest, box, table) + _off([*theirs, word], other, table)
    return then < now - _BETTER * word.height


def _off(words: Sequence[Word], box: Box, table: Ruled) -> float:
    """How far the middle of a cell's text is from the cell's; 0 for a cell without text."""
    if not words:
        return 0.0
    top, bottom = _edges(box, table)
    return abs(min(w.top for w in words) + max(w.bottom for w in words) - top - bottom) / 2


def _edges(box: Box, table: Ruled) -> tuple[float, float]:
    return table.ys[box.row], table.ys[box.row + box.row_span]
