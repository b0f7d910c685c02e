"""Names of level 2 that a narrow column broke, in lines whose columns nothing marks.

One part stands in the row, the other in a line of its own: the rest below the row («社会效益指»,
«标»), or the first part above it («社会效益» above «指标 就业人数 200人»). Where the name is set in the
middle, its first part stands above the row and its last below it, maybe beside those of level 1's
name or of the other half's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, squeeze

_REST = "指标"
_RESTS = ("指标", "标")
_ROW = 8  # lines of one row with a cell a line
_FIRST = 2  # pieces of a row among which level 2 stands, behind level 1 or not


def with_whole_level2(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with such names put together in the row that they stand in."""
    out = _with_lone_parts(lines, words)
    for i in range(len(out) - 1):
        if (row := _begun_above(out[i], out[i + 1], words)) is not None:
            out[i], out[i + 1] = replace(out[i], pieces=()), row
    for i in range(2, len(out)):
        above, below = out[i - 2], out[i]
        if (row := _all_around(above, out[i - 1], below, words)) is not None:
            out[i - 2 : i + 1] = replace(above, pieces=()), row, replace(below, pieces=())
    for i, rest in enumerate(out):
        if i == 0 or len(rest.pieces) != 1 or not out[i - 1].pieces:
            continue
        row = _completed(out[i - 1], rest.pieces[0].text, words)
        if row is None and i > 1 and len(out[i - 2].pieces) == 1:
            row = _around(out[i - 2].pieces[0], out[i - 1], rest.pieces[0].text, words)
            if row is not None:
                out[i - 2] = replace(out[i - 2], pieces=())
        if row is not None:
            out[i - 1], out[i] = row, replace(rest, pieces=())
    for i, rest in enumerate(out):
        if len(rest.pieces) == 1 and squeeze(rest.text) in _RESTS:
            _give_rest(out, i, words)
    return [line for line in out if line.pieces]


def _with_lone_parts(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with names whole whose two parts have a line each: «服务对象满» above «意度指标»."""
    out = list(lines)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        if not len(first.pieces) == len(second.pieces) == 1 or not words.opens_level2(first.text):
            continue
        whole = first.text + second.text
        alone = any(words.level2_of(x.text) or words.level1_of(x.text) for x in (first, second))
        if _is_name(whole, words) and not alone:
            out[i] = replace(first, pieces=())
            out[i + 1] = replace(second, pieces=(Piece(whole, first.pieces[0].at),))
    return out


def _give_rest(lines: list[TextLine], i: int, words: Words) -> None:
    """«指标» or «标» on a line of its own behind the cells of a row, to the name that lacks it above
    them, maybe behind level 1: that stands in the middle of the row, a cell a line."""
    rest = squeeze(lines[i].text)
    for k in range(i - 1, max(0, i - 1 - _ROW), -1):
        *before, last = lines[k].pieces or (Piece("", 0.0),)
        cut = last.text.endswith("指") == (rest == "标")
        alone = not before or (len(before) == 1 and words.level1_of(before[0].text))
        if before and alone and cut and i - k > 1 and _is_name(last.text + rest, words):
            whole = replace(last, text=last.text + rest)
            lines[k] = replace(lines[k], pieces=(*before, whole))
            lines[i] = replace(lines[i], pieces=())
            return
        if len(lines[k].pieces) > 1:
            return
        name = lines[k].text
        if words.level2_of(name) and not name.endswith(_REST) and cut:
            if i - k > _FIRST and not words.level2_of(lines[k - 1].text):
                lines[k] = replace(lines[k], pieces=(Piece(name + rest, lines[k].pieces[0].at),))
                lines[i] = replace(lines[i], pieces=())
            return


def _begun_above(first: TextLine, row: TextLine, words: Words) -> TextLine | None:
    """The row with its name whole, whose first part is all that stands in the line above, alone or
    behind level 1."""
    *level1, part = first.pieces or (Piece("", 0.0),)
    if len(level1) > 1 or not all(words.level1_of(piece.text) for piece in level1):
        return None
    if len(row.pieces) < _FIRST or not words.opens_level2(part.text):
        return None
    name = part.text + row.pieces[0].text
    if not _is_name(name, words):
        return None
    return replace(row, pieces=(*level1, Piece(name, row.pieces[0].at), *row.pieces[1:]))


def _completed(row: TextLine, rest: str, words: Words) -> TextLine | None:
    """The row with the rest behind the name it completes; None where it completes none."""
    for n, piece in enumerate(row.pieces[:_FIRST]):
        if len(row.pieces) > n + 1 and _is_name(piece.text + rest, words):
            whole = Piece(piece.text + rest, piece.at)
            return replace(row, pieces=(*row.pieces[:n], whole, *row.pieces[n + 1 :]))
    return None


def _around(first: Piece, row: TextLine, rest: str, words: Words) -> TextLine | None:
    """The row with a name whose parts stand above and below it."""
    if not _is_name(first.text + rest, words) or len(row.pieces) < _FIRST:
        return None
    n = 1 if words.level1_of(row.pieces[0].text) else 0
    name = Piece(first.text + rest, row.pieces[n].at)
    return replace(row, pieces=(*row.pieces[:n], name, *row.pieces[n:]))


def _all_around(above: TextLine, row: TextLine, below: TextLine, words: Words) -> TextLine | None:
    """The row with the names of both levels, or of level 2 in both halves, of which the lines above
    and below it hold nothing but the two parts."""
    if not 1 < len(above.pieces) == len(below.pieces):
        return None
    texts = [a.text + b.text for a, b in zip(above.pieces, below.pieces, strict=True)]
    level1 = texts[:1] if words.level1_of(texts[0]) and texts[0].endswith("指标") else []
    names = texts[len(level1) :]
    if not names or len(row.pieces) % len(names) or not all(_is_name(x, words) for x in names):
        return None
    size = len(row.pieces) // len(names)
    cells = [Piece(text, row.pieces[0].at) for text in level1]
    for n, name in enumerate(names):
        own = row.pieces[n * size : (n + 1) * size]
        cells += [Piece(name, own[0].at), *own] if own else []
    return replace(row, pieces=tuple(cells))


def _is_name(text: str, words: Words) -> bool:
    """A whole name («…指标»), not one that a column has cut."""
    name = squeeze(text)
    return name.endswith("指标") and words.level2_of(name) is not None
