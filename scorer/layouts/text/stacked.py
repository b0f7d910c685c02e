"""Labels that a narrow column has broken, in a text that keeps its columns by spaces.

«年度资金» above and «总额：» below the line of the amount, or «服务对象满意度» and «指标» round the
row they head: the parts stand one below the other. They are put together on the line in
their middle, where the other cells of the row stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.grid.header_row import flat_role
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.lines import Piece, TextLine, width
from scorer.layouts.words import Words

_OFF = 2.0  # half-widths by which parts of one cell may be out of line
_DOWN = 2  # lines from one part to the next
_MOST = 3  # parts of a label
_UPRIGHT = 12  # lines that a label set downwards may take
_LEAST = 4  # signs of such a label
_LONGEST = 16  # signs of a label

_At = tuple[int, Piece]  # a piece and its line


def stacked_whole(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with broken labels whole, lines that nothing is left of taken out."""
    out = list(lines)
    for i in range(len(out) - 1):
        _part_from_text(out, i, words)
    for i in range(len(out)):
        _set_upright(out, i, words)
        for piece in out[i].pieces:
            parts = _parts(out, (i, piece), words)
            if parts:
                _join(out, parts)
    return [line for line in out if line.pieces]


def _part_from_text(lines: list[TextLine], i: int, words: Words) -> None:
    """The label of a goal whole on the line of its text, where one blank parts it from that:
    «年度总体 扶持工坊15家» above «目标», or «总体目» above «标 两年完成26座»."""
    if not lines[i].pieces or not lines[i + 1].pieces:
        return
    above, below = lines[i].pieces[0], lines[i + 1].pieces[0]
    (one, _, beside), (two, _, under) = above.text.partition(" "), below.text.partition(" ")
    known = words.field_of(one) or words.field_of(two) or bool(beside) == bool(under)
    if known or words.field_of(one + two) not in GOALS or abs(above.at - below.at) > _OFF:
        return
    label = Piece(one + two, min(above.at, below.at))
    text = replace(above if beside else below, text=beside or under, column=None)
    text = replace(text, at=label.at + 2 * width(one + " "))
    rests = lines[i].pieces[1:], lines[i + 1].pieces[1:]
    home, other = (i, i + 1) if beside else (i + 1, i)
    lines[home] = replace(lines[home], pieces=(label, text, *rests[home - i]))
    lines[other] = replace(lines[other], pieces=rests[other - i])


def _set_upright(lines: list[TextLine], i: int, words: Words) -> None:
    """A label of a goal whole on the line of its first sign, where its signs stand one below the
    other at the left edge, the cell's text between them."""
    pieces = lines[i].pieces
    if not pieces or len(pieces[0].text) != 1:
        return
    at, text, found = pieces[0].at, pieces[0].text, [i]
    for k in range(i + 1, min(len(lines), i + _UPRIGHT)):
        first = lines[k].pieces[0] if lines[k].pieces else None
        if first is not None and abs(first.at - at) <= _OFF:
            if len(first.text) > 1:
                return
            text, found = text + first.text, [*found, k]
        if words.field_of(text) in GOALS and len(text) >= _LEAST:
            break
    else:
        return
    lines[i] = replace(lines[i], pieces=(Piece(text, at), *pieces[1:]))
    for k in found[1:]:
        lines[k] = replace(lines[k], pieces=lines[k].pieces[1:])


def _parts(lines: Sequence[TextLine], first: _At, words: Words) -> list[_At]:
    """The parts of the longest label that begins with a piece, [] where it is no part of one."""
    best: list[_At] = []
    parts, text = [first], first[1].text
    if len(text) < 2 or len(text) > _LONGEST:
        return []
    while len(parts) < _MOST and (below := _below(lines, parts[-1])) is not None:
        parts = [*parts, below]
        text += below[1].text
        if len(text) > _LONGEST:
            break
        whole = _is_label(text, words) or _is_new_head(text, parts, words)
        if whole and not _are_rows(lines, parts, words):
            best = parts
    return best


def _below(lines: Sequence[TextLine], at: _At) -> _At | None:
    """The next piece that stands right below another, in line with it."""
    n, piece = at
    for k in range(n + 1, min(len(lines), n + 1 + _DOWN)):
        for other in lines[k].pieces:
            if _overlap(piece, other):
                return (k, other) if _in_line(piece, other) else None
    return None


def _overlap(one: Piece, other: Piece) -> bool:
    return one.at < _end(other) and other.at < _end(one)


def _in_line(one: Piece, other: Piece) -> bool:
    """They begin at one place, or have one middle."""
    middles = abs(one.at + _end(one) - other.at - _end(other)) / 2
    return abs(one.at - other.at) <= _OFF or middles <= _OFF


def _end(piece: Piece) -> float:
    return piece.at + 2 * width(piece.text)


def _is_label(text: str, words: Words) -> bool:
    return bool(
        words.field_of(text)
        or words.amount_of(text)
        or words.is_money_head(text)
        or words.column_of(text)
        or words.level1_of(text)
        or words.level2_of(text)
    )


def _is_new_head(text: str, parts: Sequence[_At], words: Words) -> bool:
    """A list's head in words of its own («年度预算数（» + «万元）»), of parts that say nothing."""
    said = any(_is_label(p.text, words) or flat_role(p.text, words) for _, p in parts)
    return not said and bool(flat_role(text, words))


def _are_rows(lines: Sequence[TextLine], parts: Sequence[_At], words: Words) -> bool:
    """Each part is a label with its own cell to the right: rows of a table, not one label."""
    return all(
        _is_label(piece.text, words) and any(other.at > piece.at for other in lines[n].pieces)
        for n, piece in parts
    )


def _join(lines: list[TextLine], parts: Sequence[_At]) -> None:
    """Put the parts together on the line in their middle."""
    first, last = parts[0][0], parts[-1][0]
    inner = range(first, last + 1)
    middle = (first + last) / 2
    home = min(inner, key=lambda n: (abs(n - middle), -len(lines[n].pieces)))
    for n, piece in parts:
        rest = tuple(other for other in lines[n].pieces if other is not piece)
        lines[n] = replace(lines[n], pieces=rest)
    text = "".join(piece.text for _, piece in parts)
    whole = Piece(text, min(piece.at for _, piece in parts), parts[0][1].column)
    pieces = sorted((*lines[home].pieces, whole), key=lambda piece: piece.at)
    lines[home] = replace(lines[home], pieces=tuple(pieces))
