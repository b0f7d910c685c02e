"""Two columns of running text, printed line by line or one after the other, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from scorer.layouts.text.lines import Mode, Piece, join_wrapped, width
from scorer.layouts.words import fold

Row = tuple[Piece, ...]
Halves = tuple[list[tuple[int, str]], list[tuple[int, str]]]  # (row index, text) of each half
_ENDS = re.compile(r"[。；;！？!?.]$")
_PAIRS = (("(", ")"), ("“", "”"), ("《", "》"), ("「", "」"))
_CUT = 0.5  # price of a text that is not whole
_REST = 8  # signs of a sentence's end that belongs to the other text
_SENTENCE = re.compile(r"(?<=[。；;])(?=.)")


def split_halves(
    rows: Sequence[Row], mode: Mode, heads: tuple[float, float] | None = None
) -> Halves:
    """(left, right) texts of the rows, each with its row's index.

    ``heads`` are the places of the two column heads, where known. A single text without
    any hint of the other column is the left one's.
    """
    rows = list(rows)
    if mode != "space" and heads is not None and heads[0] < heads[1]:
        return _by_place(rows, heads)
    if mode != "space":
        return _by_order(rows)
    options = list(_options(rows))
    return min(options, key=_cost) if options else ([], [])


def text_of(half: Sequence[tuple[int, str]]) -> str:
    """A half's fragments as one text."""
    return join_wrapped([text for _, text in half])


def _by_place(rows: Sequence[Row], heads: tuple[float, float]) -> Halves:
    """Each piece to the head it stands under: left of the middle between both, or right."""
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    for i, row in enumerate(rows):
        if len(row) == 2:
            left.append((i, row[0].text))
            right.append((i, row[1].text))
            continue
        for piece in row:
            near_right = abs(piece.at - heads[1]) < abs(piece.at - heads[0])
            (right if near_right else left).append((i, piece.text))
    return left, right


def _by_order(rows: Sequence[Row]) -> Halves:
    """Cells without column heads: the first cell of a row is left, the rest right."""
    left = [(i, row[0].text) for i, row in enumerate(rows) if row]
    right = [(i, p.text) for i, row in enumerate(rows) for p in row[1:]]
    return left, right


def _options(rows: Sequence[Row]) -> Iterator[Halves]:
    """All sensible ways to part weakly separated rows."""
    whole = [(i, " ".join(p.text for p in row)) for i, row in enumerate(rows)]
    yield whole, []
    if len(rows) == 1:
        yield from _one_line(rows[0])
        return
    for cut in range(1, len(rows)):  # one column after the other
        yield whole[:cut], whole[cut:]
    for i, row in enumerate(rows):  # the same, the left's end and the right's start on one line
        for k in range(1, len(row)):
            start, end = row[:k], row[k:]
            yield [*whole[:i], (i, _spaced(start))], [(i, _spaced(end)), *whole[i + 1 :]]
    for k in range(1, (len(rows) + 1) // 2):  # the shorter one in the middle of the other's lines
        inner, outer = whole[k:-k], [*whole[:k], *whole[-k:]]
        yield inner, outer
        yield outer, inner
    if len(rows) > 2 and all(len(row) == 1 for row in rows):
        yield whole[::2], whole[1::2]  # line by line, each on a line of its own
    for single_right in (False, True):  # line by line
        yield _interleaved(rows, single_right)


def _one_line(row: Row) -> Iterator[Halves]:
    for k in range(1, len(row)):
        yield [(0, _spaced(row[:k]))], [(0, _spaced(row[k:]))]
    if len(row) != 1:
        return
    text = row[0].text
    for match in _SENTENCE.finditer(text):  # glued at a sentence's end
        yield [(0, text[: match.start()])], [(0, text[match.start() :])]
    opening = text[:4]
    again = text.find(opening, 4) if len(text) >= 8 else -1
    while again > 0:  # glued where the text starts over
        yield [(0, text[:again])], [(0, text[again:])]
        again = text.find(opening, again + 1)


def _spaced(row: Row) -> str:
    return " ".join(p.text for p in row)


def _interleaved(rows: Sequence[Row], single_right: bool) -> Halves:
    """Line by line; lines with one text belong to the longer column."""
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    usual = max((width(r[0].text) for r in rows if len(r) == 2), default=0.0)
    for i, row in enumerate(rows):
        if len(row) == 1:
            (right if single_right else left).append((i, row[0].text))
            continue
        cut = min(range(1, len(row)), key=lambda k: abs(width(_spaced(row[:k])) - usual), default=1)
        left.append((i, _spaced(row[:cut])))
        right.append((i, _spaced(row[cut:])))
    return left, right


def _cost(halves: Halves) -> float:
    """How unlikely a parting is: halves of a form say alike things in columns of one width."""
    left, right = text_of(halves[0]), text_of(halves[1])
    if not right:
        return 1.6 + (0.5 if " " in left else 0.0) + wrap_cost([t for _, t in halves[0]])
    alike = SequenceMatcher(None, left, right, autojunk=False).ratio()
    ends = 0.3 * (bool(_ENDS.search(left)) != bool(_ENDS.search(right)))
    starts = 0.15 * (left[:2] != right[:2])
    cut = _CUT * sum(map(is_cut, (left, right))) + _CUT * holds_rest(left, right)
    inner = 0.15 * sum(text.count(" ") for half in halves for _, text in half)
    return (
        1.0
        + inner
        - 0.8 * alike
        + ends
        + starts
        + cut
        + wrap_cost([t for _, t in halves[0]])
        + wrap_cost([t for _, t in halves[1]])
    )


def is_cut(text: str) -> bool:
    """A quotation mark or bracket is closed elsewhere: the text is not whole."""
    folded = fold(text)
    return any(folded.count(a) != folded.count(b) for a, b in _PAIRS)


def holds_rest(left: str, right: str) -> bool:
    """The left text does not end its sentence, and the right one begins with the rest of one:
    «…处理», «好。2024年管护…»."""
    return bool(left) and not _ENDS.search(left) and 0 < right.find("。", 0, _REST) < len(right) - 1


def wrap_cost(parts: Sequence[str]) -> float:
    """How unlike a wrapped cell a list of lines looks: all but the last should be full."""
    if len(parts) < 2:
        return 0.0
    sizes = [width(part) for part in parts]
    full = max(sizes)
    cost = 0.35 * sum(
        size < full - 1.5 and not _ENDS.search(part)
        for size, part in zip(sizes[:-1], parts[:-1], strict=True)
    )
    return cost + 0.35 * (sizes[-1] > max(sizes[:-1]) + 1.0)
