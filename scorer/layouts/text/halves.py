"""Two columns of running text, printed line by line or one after the other, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from scorer.layouts.text.lines import Mode, Piece, join_wrapped, width
from scorer.layouts.words import fold

Row = tuple[Piece, ...]
Half = list[tuple[int, str]]  # (row index, text) of each line
Halves = tuple[Half, Half]
_ENDS = re.compile(r"[。；;！？!?.]$")
_PAIRS = (("(", ")"), ("“", "”"), ("《", "》"), ("「", "」"))
_SET = re.compile(  # a blank set around figures: «到 2026 年»
    r"(?<=[\u4e00-\u9fff]) (?=[\da-zA-Z])|(?<=[\da-zA-Z%]) (?=[\u4e00-\u9fff])"
)
_ODD = 0.4  # price of a text in the other's lines, not in their middle, or of its second item
_RARE = 0.2  # price of another order that few programs write
_YEAR = re.compile(r"(?<!\d)20\d\d(?= ?年)")
_NEXT = re.compile(r"^(?:目标|任务)?\(?[2-9]\)?[:.、]")  # «目标2：», which goes on with «目标1»
_HEAD = 4.5  # half the width of a goal's head, in columns of print
_NEAR = 0.25  # of the way from head to head: how far from its middle two cells may part
_EARLIER = 0.3  # price of a left text, the longer term's, that ends before the right one
_ALIKE = 0.8  # what halves save that say the same
_CUT = 0.5  # price of a text that is not whole
_OFF = 0.8  # price of a text that ends with a full line and in no sentence
_MANY = 40  # lines of two goals; more are not parted line by line
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
    best: tuple[float, Halves] = float("inf"), ([], [])
    for price, halves in _options(rows):
        cost = price + _cost(halves, best[0] - price)
        best = min(best, (cost, halves), key=lambda way: way[0])
    return best[1]


def text_of(half: Sequence[tuple[int, str]]) -> str:
    """A half's fragments as one text."""
    return join_wrapped([text for _, text in half])


def _by_place(rows: Sequence[Row], heads: tuple[float, float]) -> Halves:
    """Each piece to the head whose middle is nearest to that of its column, which the widest of
    the pieces tells that begin at one place."""
    left: list[tuple[int, str]] = []
    right: list[tuple[int, str]] = []
    rows = [_parted(row, heads) for row in rows]
    pieces = [piece for row in rows for piece in row]
    for i, row in enumerate(rows):
        if len(row) == 2:
            left.append((i, row[0].text))
            right.append((i, row[1].text))
            continue
        for piece in row:
            beside = [p for p in pieces if abs(p.at - piece.at) <= 1.0]
            middle = max(p.at + width(p.text) for p in beside)
            at = [abs(middle - head - _HEAD) for head in heads]
            (right if at[1] < at[0] else left).append((i, piece.text))
    return left, right


def _parted(row: Row, heads: tuple[float, float]) -> Row:
    """A line that reaches under both heads parted at the blank half-way between them: one blank
    is all that parts two full cells."""
    if len(row) != 1 or " " not in row[0].text:
        return row
    (piece,) = row
    between, room = (heads[0] + heads[1]) / 2 + _HEAD, (heads[1] - heads[0]) * _NEAR
    blanks = [n for n, sign in enumerate(piece.text) if sign == " "]
    places = {n: piece.at + 2 * width(piece.text[:n]) for n in blanks}
    cut = min(blanks, key=lambda n: abs(places[n] - between))
    end = piece.at + 2 * width(piece.text)
    if abs(places[cut] - between) > room or not piece.at < heads[0] + _HEAD or end < between + room:
        return row
    left, right = piece.text[:cut], piece.text[cut + 1 :]
    return Piece(left, piece.at), Piece(right, places[cut])


def _by_order(rows: Sequence[Row]) -> Halves:
    """Cells without column heads: the first cell of a row is left, the rest right."""
    left = [(i, row[0].text) for i, row in enumerate(rows) if row]
    right = [(i, p.text) for i, row in enumerate(rows) for p in row[1:]]
    return left, right


def _options(rows: Sequence[Row]) -> Iterator[tuple[float, Halves]]:
    """All sensible ways to part weakly separated rows, each with the price of its order."""
    whole = [(i, _spaced(row)) for i, row in enumerate(rows)]
    yield 0.0, (whole, [])
    if len(rows) < 2:
        yield from ((0.0, way) for row in rows for way in _one_line(row))
        return
    yield from ((0.0, way) for way in _one_after_the_other(rows, whole))
    if len(rows) > _MANY:
        return
    yield from _one_inside(whole)
    yield from _in_turns(whole)
    yield from ((0.0, way) for way in _interleaved(rows, whole))
    for k in range(1, len(rows[0])):  # both first lines on one, then one column after the other
        left, right = _spaced(rows[0][:k]), _spaced(rows[0][k:])
        for cut in range(2, len(rows)):
            yield _RARE, ([(0, left), *whole[1:cut]], [(0, right), *whole[cut:]])


def _one_after_the_other(rows: Sequence[Row], whole: Half) -> Iterator[Halves]:
    """The left's end and the right's start may be on one line."""
    for cut in range(1, len(rows)):
        yield whole[:cut], whole[cut:]
    for i, row in enumerate(rows):
        for k in range(1, len(row)):
            start, end = row[:k], row[k:]
            yield [*whole[:i], (i, _spaced(start))], [(i, _spaced(end)), *whole[i + 1 :]]


def _one_inside(whole: Half) -> Iterator[tuple[float, Halves]]:
    """One text between the lines of the other, mostly in their middle."""
    for start in range(1, len(whole) - 1):
        for end in range(start + 1, len(whole)):
            inner, outer = whole[start:end], [*whole[:start], *whole[end:]]
            price = 0.0 if start == len(whole) - end else _ODD
            yield price, (inner, outer)
            yield price, (outer, inner)


def _in_turns(whole: Half) -> Iterator[tuple[float, Halves]]:
    """Line by line, each on a line of its own; the longer text's rest follows."""
    for pairs in range(1, len(whole) // 2 + 1):
        both, rest = whole[: 2 * pairs], whole[2 * pairs :]
        price = 0.0 if len(rest) < 2 else _RARE
        yield price, ([*both[::2], *rest], both[1::2])
        if rest:
            yield price, (both[::2], [*both[1::2], *rest])


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


def _interleaved(rows: Sequence[Row], whole: Half) -> Iterator[Halves]:
    """Line by line: some lines have a text of each column, those around them one of the longer.
    A column breaks at one width, so all but the shorter one's last line are cut there."""
    for first, end in _both(len(rows)):
        middle = rows[first:end]
        for k in range(1, len(middle[0])):
            usual = width(_spaced(middle[0][:k]))
            cuts = [_near(row, usual) for row in middle[:-1]]
            if not all(cuts):
                continue
            for last in range(1, len(middle[-1])) if len(middle) > 1 else [k]:
                ks = [*cuts, last]
                parts = [(_spaced(r[:n]), _spaced(r[n:])) for r, n in zip(middle, ks, strict=True)]
                left = [(first + n, text) for n, (text, _) in enumerate(parts)]
                right = [(first + n, text) for n, (_, text) in enumerate(parts)]
                yield [*whole[:first], *left, *whole[end:]], right
                yield left, [*whole[:first], *right, *whole[end:]]


def _both(size: int) -> Iterator[tuple[int, int]]:
    """From where to where lines may have both texts: from the top, or in the middle."""
    yield from ((0, end) for end in range(1, size + 1))
    yield from ((n, size - n) for n in range(1, (size + 1) // 2))


def _near(row: Row, usual: float) -> int:
    """Where a line is cut so that its left text is nearest to the width of that column."""
    cuts = range(1, len(row))
    return min(cuts, key=lambda k: abs(width(_spaced(row[:k])) - usual), default=0)


def _cost(halves: Halves, most: float) -> float:
    """How unlikely a parting is: halves of a form say alike things in columns of one width.
    What costs ``most`` or more anyhow is not compared word by word."""
    left, right = text_of(halves[0]), text_of(halves[1])
    wraps = sum(wrap_cost([text for _, text in half]) for half in halves)
    if not right:
        return 1.6 + (0.5 if _blanks(left) else 0.0) + wraps
    ends = 0.3 * (bool(_ENDS.search(left)) != bool(_ENDS.search(right)))
    starts = 0.15 * (left[:2] != right[:2])
    cut = _CUT * sum(map(is_cut, (left, right))) + _CUT * holds_rest(left, right)
    inner = 0.15 * sum(_blanks(text) for half in halves for _, text in half)
    cut += _OFF * _breaks_off(*halves) + _ODD * (_NEXT.match(fold(right)) is not None)
    years = _EARLIER * (max(_years(left), default="9") < max(_years(right), default="0"))
    cost = 1.0 + inner + ends + starts + cut + years + wraps
    alike = SequenceMatcher(None, left, right, autojunk=False)
    if cost - _ALIKE * alike.real_quick_ratio() >= most:
        return cost
    return cost - _ALIKE * alike.ratio()


def _breaks_off(left: Half, right: Half) -> int:
    """How many of the texts end with a full line of their column and in no sentence, where the
    other one has its full stop."""
    widths = [width(text) for _, text in (*left, *right)]
    ends = [half[-1][1] for half in (left, right) if half]
    stops = [bool(_ENDS.search(end)) for end in ends]
    if len(widths) < 3 or not any(stops):
        return 0
    return sum(
        not stop and width(end) > max(widths) - 2 for end, stop in zip(ends, stops, strict=True)
    )


def _blanks(text: str) -> int:
    """The blanks that may part two cells."""
    return text.count(" ") - len(_SET.findall(text))


def _years(text: str) -> list[str]:
    return _YEAR.findall(fold(text))


def is_cut(text: str) -> bool:
    """A quotation mark or bracket is closed elsewhere: the text is not whole."""
    folded = fold(text)
    return any(folded.count(a) != folded.count(b) for a, b in _PAIRS)


def holds_rest(left: str, right: str) -> bool:
    """The left text does not end its sentence, and the right one begins with the rest of one:
    «…处理», «好。2024年管护…»."""
    return bool(left) and not _ENDS.search(left) and 0 < right.find("。", 0, _REST) < len(right) - 1


def is_sentence(parts: Sequence[str]) -> bool:
    """Full lines and a last one that make one sentence: nothing stands beside them."""
    return "".join(parts).find("。") == sum(map(len, parts)) - 1 and wrap_cost(parts) == 0


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
    whole = all(_ENDS.search(part) for part in parts[:-1])  # an item a line
    return cost + 0.35 * (sizes[-1] > max(sizes[:-1]) + 1.0 and not whole)
