"""The cells of a text that keeps its columns by spaces, each given to the column it stands in.

Between two heads the columns part where the fewest words of the rows below are cut. One space may
be all that stands between two full cells: a piece is parted where its words stand in two columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, pairwise
from statistics import median_low

from scorer.layouts.grid.header_row import flat_role, role_of
from scorer.layouts.text.lines import Mode, Piece, TextLine, size
from scorer.layouts.text.pieces import role_price
from scorer.layouts.text.placed_heads import (
    PlacedHead,
    Span,
    as_lines,
    is_head,
    is_title,
    placed_head,
    spans_of,
)
from scorer.layouts.text.spaces import SIGNS
from scorer.layouts.words import Words, fold, squeeze

_OFF = 2.0  # half-widths by which a head may reach out of its column
_STEP = 1.0  # half-widths between places where columns may part
_NUMBERED = 4  # columns of a table that numbers them
_ODD = 4.0  # price of a word in a column where such words do not stand, in half-widths
_FEW = {  # columns whose cells say one of few things
    "kind": ("定量指标", "定性指标"),
    "direction": ("正向指标", "反向指标", "负向指标", "逆向指标"),
}
_SIGN = 3  # signs of more than a bare «>=»
_DIGITS = 4  # of a number that is none of a row
_SURE = 4  # signs of a label that no cell's rest is
_FULL = 3  # words of a line that is a row
_PART = 1.5  # price of a text that one space parts into two columns
_WHOLE = 12.0  # price of a date that is parted
_UNIT_OF_TIME = re.compile(r"[年月日](?!/)")
_YEAR_END = re.compile(r"20\d\d年$")
_AGAIN = 40.0  # half-widths that a text may stand outside its column before two share one

_UPRIGHT = tuple("绩效指标")  # signs of the title that is set downwards beside the levels


def in_columns(lines: Sequence[TextLine], mode: Mode, words: Words) -> list[TextLine]:
    """The lines with each head row whole, and each piece below one told its column."""
    rows = [spans_of(line, n, mode, words) for n, line in enumerate(lines)]
    ends = [_page_end(lines, n, len(lines)) for n in range(len(rows))]
    heads = [placed_head(rows[: ends[n]], n, words) for n in range(len(rows))]
    out: list[TextLine] = []
    columns: tuple[Span, ...] = ()
    edges: list[float] = []
    n = stop = end = 0
    while n < len(lines):
        found = heads[n]
        if found is not None:
            columns, n = found.columns, found.end
            out += as_lines(found, lines)
            end = _end(lines, n, heads, words)
            stop = _page_end(lines, n, end)
            edges = _edges(columns, rows[n:stop], words)
            n += n < len(lines) and _counts_columns(rows[n])
            continue
        if columns and _is_label(lines[n], words):
            columns = ()
        if columns and n == stop < end:
            stop = _page_end(lines, n, end)
            if not _stand_as_before(rows[n:stop], columns, edges, words):
                columns = _on_new_page(columns, lines[n:stop], mode, words)
                edges = _edges(columns, rows[n:stop], words)
        line = lines[n]
        out.append(_parted(line, rows[n], columns, edges, words) if columns else line)
        n += 1
    return out


def _end(
    lines: Sequence[TextLine], start: int, heads: Sequence[PlacedHead | None], words: Words
) -> int:
    """Where the rows below a head end: at the next head, or at a label of the form."""
    for n in range(start, len(lines)):
        if _is_label(lines[n], words) or heads[n]:
            return n
    return len(lines)


def _page_end(lines: Sequence[TextLine], start: int, end: int) -> int:
    """Where the page ends that a line stands on."""
    page = lines[start].place.page if start < end else None
    return next((n for n in range(start, end) if lines[n].place.page != page), end)


def _stand_as_before(
    rows: Sequence[Sequence[Span]], columns: Sequence[Span], edges: Sequence[float], words: Words
) -> bool:
    """The texts of a new page fit the columns of the page before."""
    roles = [_role(cell.text, words) for cell in columns]
    for span in (span for row in rows for span in row):
        c = sum(edge <= (span.low + span.high) / 2 for edge in edges)
        level2 = words.level2_of(span.text) and not words.level1_of(span.text)
        if any(span.low < edge < span.high for edge in edges):
            return False
        if _strange(span.text, roles[c], words) or (level2 and roles[c] == "level1"):
            return False
    return True


def _on_new_page(
    columns: Sequence[Span], lines: Sequence[TextLine], mode: Mode, words: Words
) -> tuple[Span, ...]:
    """The columns of a table that goes on without its head: each page is set by itself, and its
    lines that fill all columns, or all but those often blank, tell where they stand now."""
    roles = {
        n: _role(cell.text, words) for n, cell in enumerate(columns) if not is_title(cell.text)
    }
    for blank in _blanks(roles):
        filled = [n for n in roles if n not in blank]
        full = [x.pieces for x in lines if _fills(x.pieces, [roles[n] for n in filled], words)]
        if not full or len(filled) < _FULL:
            continue
        spans = {}
        for k, n in enumerate(filled):
            low = median_low([pieces[k].at for pieces in full])
            spans[n] = low, low + max(size(pieces[k].text, mode) for pieces in full)
        spans |= _left_of(min(spans), spans[min(spans)][0], columns, roles, lines, mode)
        return tuple(
            replace(cell, low=low, high=high)
            for n, cell in enumerate(columns)
            for low, high in [spans[n] if n in spans else _between(n, spans)]
        )
    return tuple(columns)


def _blanks(roles: Mapping[int, str]) -> list[set[int]]:
    """Columns that no line of a page may fill: level 1, merged from the page before, the names
    and values of a half, and a list's projects beside the middle one of their rows."""
    one = {n for n, role in roles.items() if role == "level1"}
    names = [n for n, role in roles.items() if role == "name"]
    halves = [{n, n + 1} for n in names] if len(names) > 1 else []
    first = min((n for n, role in roles.items() if role in ("level1", "level2")), default=0)
    projects = {n for n in roles if n < first and "flat" in roles.values()}
    lists = [projects, projects | one] if projects else []
    return [set(), one, *halves, *(one | half for half in halves), *lists]


def _left_of(
    first: int,
    at: float,
    columns: Sequence[Span],
    roles: Mapping[int, str],
    lines: Sequence[TextLine],
    mode: Mode,
) -> dict[int, tuple[float, float]]:
    """Where a list's columns of projects stand, and that of level 1 if no line need fill it, left
    of the ``first`` filled one that begins at ``at``: the texts of one stand below each other,
    apart from the next one's. Where that does not tell, they keep their distance from it."""
    left = [n for n in sorted(roles) if n < first]
    named = [n for n in left if roles[n] != "level1"]
    if not named:
        return {}
    runs: list[tuple[float, float]] = []
    pieces = (piece for line in lines for piece in line.pieces)
    for low, high in sorted((p.at, p.at + size(p.text, mode)) for p in pieces):
        if high > at:
            continue
        if runs and low < runs[-1][1]:
            runs[-1] = runs[-1][0], max(runs[-1][1], high)
        else:
            runs.append((low, high))
    found = next((ns for ns in (left, named) if len(ns) == len(runs)), None)
    if found is not None:
        return dict(zip(found, runs, strict=True))
    off = at - columns[first].low
    return {n: (columns[n].low + off, columns[n].high + off) for n in left}


def _between(n: int, spans: Mapping[int, tuple[float, float]]) -> tuple[float, float]:
    """Where a column stands that nothing fills: its share of the room between its neighbours."""
    left = max((k for k in spans if k < n), default=None)
    right = min((k for k in spans if k > n), default=None)
    if left is None or right is None:
        at = spans[min(spans)][0] - _OFF if left is None else spans[max(spans)][1] + _OFF
        return at - _OFF, at
    room = (spans[right][0] - spans[left][1]) / (right - left)
    at = spans[left][1] + room * (n - left - 0.5)
    return at, at


def _fills(pieces: Sequence[Piece], roles: Sequence[str], words: Words) -> bool:
    """A line with a fitting text for each column."""
    return len(pieces) == len(roles) and not any(
        _strange(squeeze(piece.text), role, words)
        for piece, role in zip(pieces, roles, strict=True)
    )


def _is_label(line: TextLine, words: Words) -> bool:
    """A line that begins with a label of a form's head or foot."""
    label, colon, _ = fold(line.pieces[0].text).partition(":") if line.pieces else ("", "", "")
    if len(label) < _SURE and not colon:
        return False  # «资金» may be the rest of a name
    return bool(words.field_of(label)) and not (words.column_of(label) or words.level1_of(label))


def _counts_columns(row: Sequence[Span]) -> bool:
    """«1 2 3 4 5» below the heads."""
    texts = [span.text for span in row]
    return len(texts) >= _NUMBERED and texts == [str(k + 1) for k in range(len(texts))]


def _edges(columns: Sequence[Span], rows: Sequence[Sequence[Span]], words: Words) -> list[float]:
    """Where each column but the first begins."""
    spans = [span for row in rows for span in row]
    edges: list[float] = []
    for left, right in pairwise(columns):
        first = max([left.low + _STEP, left.high - _OFF, *edges[-1:]])
        last = max(first, min(right.high - _STEP, right.low + _OFF))
        places = [first + _STEP * k for k in range(int((last - first) / _STEP) + 1)]
        cuts = [sum(span.low < x < span.high for span in spans) for x in places]
        gap = (left.high + right.low) / 2
        between = [s for s in spans if s.low < last and s.high > first]
        odd = partial(_odd_at, between, _role(left.text, words), _role(right.text, words), words)
        runs = _runs(places, cuts, min(cuts))
        run = min(runs, key=lambda r: (odd(r[0]), -len(r), abs((r[0] + r[-1]) / 2 - gap)))
        if odd(run[0]) > _ODD:  # a text that reaches over the edge is less odd than many beyond it
            prices = [odd(x) + 2 * _ODD * cut for x, cut in zip(places, cuts, strict=True)]
            run = max(_runs(places, prices, min(prices)), key=len)
        edges.append(min(max(gap, run[0]), run[-1]))
    return edges


def _runs(places: Sequence[float], prices: Sequence[float], best: float) -> list[list[float]]:
    """The places of that price, those that stand side by side together."""
    pairs = zip(places, prices, strict=True)
    return [[x for x, _ in run] for same, run in groupby(pairs, lambda p: p[1] == best) if same]


def _odd_at(spans: Sequence[Span], left: str, right: str, words: Words, edge: float) -> float:
    """How odd the words round an edge would be in their columns."""
    return sum(
        _strange(span.text, left if span.low + span.high < 2 * edge else right, words)
        for span in spans
    )


def _parted(
    line: TextLine,
    spans: Sequence[Span],
    columns: Sequence[Span],
    edges: Sequence[float],
    words: Words,
) -> TextLine:
    """The line with its pieces parted at the columns' edges, each standing under its head."""
    numbers: list[int | None] = []
    for cell in columns:
        counts = not is_title(cell.text) and (
            any(numbers) or 0 in numbers or is_head(cell.text, words)
        )
        numbers.append(sum(k is not None for k in numbers) if counts else None)
    roles = [_role(cell.text, words) for cell in columns]
    own = [n for n, number in enumerate(numbers) if number is not None]
    if _fills(line.pieces, [roles[n] for n in own], words):  # their order alone tells
        row = zip(line.pieces, own, strict=True)
        in_order = [Piece(piece.text, columns[n].low, numbers[n]) for piece, n in row]
        return replace(line, pieces=tuple(in_order))
    pieces: list[Piece] = []
    opening = _openings(line, spans)
    dealt = _dealt(spans, opening, edges, roles, words)
    for n, (span, c) in enumerate(zip(spans, dealt, strict=True)):
        if n not in opening and dealt[n - 1] == c:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text} {span.text}")
            continue
        outside = numbers[c] is None or (c == 0 and span.high <= columns[0].low)
        outside = outside or len(spans) < _FULL  # a wrapped rest, or no cell at all
        pieces.append(Piece(span.text, span.low if outside else columns[c].low, numbers[c]))
    return replace(line, pieces=tuple(pieces))


def _role(head: str, words: Words) -> str:
    """What a column holds, also left of the levels."""
    if is_title(head):
        return "serial"
    return role_of(head, words) or ("flat" if flat_role(head, words) else "")


def _openings(line: TextLine, spans: Sequence[Span]) -> set[int]:
    """The words that begin a piece: a wide gap stands before them."""
    found, n = set(), 0
    for piece in line.pieces:
        found.add(n)
        size = len("".join(piece.text.split()))
        while n < len(spans) and size > 0:
            size -= len("".join(spans[n].text.split()))
            n += 1
    return found


def _dealt(
    spans: Sequence[Span],
    opening: set[int],
    edges: Sequence[float],
    roles: Sequence[str],
    words: Words,
) -> list[int]:
    """The column of each word: the least of it stands outside, columns never go back, what a
    wide gap parts stands in two, and names of levels stand in theirs."""
    bounds = [float("-inf"), *edges, float("inf")]
    best: list[tuple[float, tuple[int, ...]]] = []
    for n, span in enumerate(spans):
        prices = [
            max(0.0, bounds[c] - span.low)
            + max(0.0, span.high - bounds[c + 1])
            + _strange(span.text, role, words)
            for c, role in enumerate(roles)
        ]
        if not best:
            best = [(price, (c,)) for c, price in enumerate(prices)]
            continue
        again = _AGAIN if n in opening or words.level2_of(spans[n - 1].text) else 0.0
        if n == 1 and spans[0].text in _UPRIGHT and words.level1_of(span.text):
            again = 0.0
        part = 0.0 if n in opening else _PART + _WHOLE * _is_date(spans, n)
        ways = []
        for c, price in enumerate(prices):
            same = (best[c][0] + again, best[c][1])
            left = [(cost + part, way) for cost, way in best[:c]]
            before, taken = min([same, *left], key=lambda way: way[0])
            ways.append((before + price, (*taken, c)))
        best = ways
    return list(min(best, key=lambda way: way[0])[1]) if best else []


def _is_date(spans: Sequence[Span], n: int) -> bool:
    """The word goes on with a date printed with spaces: «2025» before «年», «年» before «4»."""
    text = "".join(span.text for span in spans[max(0, n - 2) : n])
    if _UNIT_OF_TIME.match(spans[n].text):
        return text[-1:].isdigit()
    return bool(_YEAR_END.search(text)) and spans[n].text[0].isdigit()


def _strange(text: str, role: str, words: Words) -> float:
    """How odd a word is in a column of that role, in half-widths."""
    label = squeeze(text)
    part = words.opens_level(label) or words.ends_level(label)
    whole = label.endswith("指标") and bool(words.level1_of(label) or words.level2_of(label))
    if role in ("level1", "level2"):
        return 0.0 if part or whole else 2 * _ODD
    if role in _FEW:
        return 0.0 if any(label in word for word in _FEW[role]) else _ODD
    if whole or part:
        return 2 * _ODD if whole else _ODD
    counts = label.isdigit() and len(label) < _DIGITS
    if role == "name":
        return (1 + (len(text) < _SIGN)) * _ODD if text[0] in SIGNS else 0.0
    if role in ("serial", "flat"):
        return _ODD if counts == (role == "flat") else 0.0
    return _ODD if role_price(text, role) is None else 0.0
