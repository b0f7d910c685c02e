"""Labels of a form's head that a narrow column broke, put together again.

A label may go on in the lines below, stand one sign a line, or be set about the middle of its row, so
that its parts stand above and below what it labels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, fold, squeeze

_SUM = re.compile(r"\d[\d,]*(?:\.\d+)?")  # «1,500.00»
_UPRIGHT = 2  # signs of a label's part beside a line of its text: the label is set downwards
_PARTS = 5  # lines of a label whose parts have more than one sign
_DOWNWARDS = 12  # signs of the longest label that is printed one sign a line


def merge_wrapped_labels(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """Labels that a narrow column broke are put together on their first line."""
    openings = _openings(words)
    out = _with_labels_around(_with_whole_sources(lines, words), words)
    for i, line in enumerate(out):
        head = line.pieces[0].text if line.pieces else ""
        if not 1 <= len(head) <= 14 or _opening(head) not in openings:
            continue
        if _is_known(head, words) and len(line.pieces) > 1:
            continue
        if end := _upright_end(out, i, words):
            out[i] = replace(line, pieces=(Piece(_downwards(out, i, end), line.pieces[0].at),))
            out[i + 1 : end] = [replace(x, pieces=()) for x in out[i + 1 : end]]
            continue
        _join_below(out, i, openings, words)
    return [line for line in out if line.pieces]


def _join_below(out: list[TextLine], i: int, openings: Collection[str], words: Words) -> None:
    """Put the label that begins line ``i`` together with its rests in the lines below."""
    line = out[i]
    joined = line.pieces[0].text
    below = out[i + 1].pieces if i + 1 < len(out) else ()
    if len(below) > 1 and below[0].text.isdigit() and _is_known(joined, words):
        return  # «年度目标» above «6 个村的道路»
    for k in range(i + 1, min(i + _PARTS, len(out))):
        joined += out[k].pieces[0].text if out[k].pieces else ""
        if _is_known(joined, words):
            out[i] = replace(line, pieces=(Piece(joined, line.pieces[0].at), *line.pieces[1:]))
            for n in range(i + 1, k + 1):
                out[n] = replace(out[n], pieces=out[n].pieces[1:])
            return
        vertical = len(out[k].pieces) > 1 and len(out[k].pieces[0].text) <= _UPRIGHT
        if len(out[k].pieces) > 1 and not (vertical and _opening(joined) in openings):
            return


def begins_source(text: str, words: Words) -> bool:
    """«其中：一般公», above «共预算»: a part of a source's label, and no text of a cell."""
    return fold(text).startswith("其中") and _opening(text) in _openings(words)


def _with_whole_sources(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """«其中：财政» in a line of its own above «预算数 36.80 资金 36.80»: a source's label that was
    broken is set about the middle of its row."""
    out = list(lines)
    for i, (upper, row) in enumerate(pairwise(lines)):
        if len(upper.pieces) != 1 or _is_known(upper.text, words):
            continue
        source = fold(upper.text).startswith("其中")
        for n, piece in enumerate(row.pieces):
            whole = upper.text + piece.text
            ignored = words.field_of(whole) == "ignored" and len(squeeze(piece.text)) > 1
            if n and (words.amount_of(whole) if source else ignored):
                pieces = (*row.pieces[:n], Piece(whole, piece.at), *row.pieces[n + 1 :])
                out[i : i + 2] = [replace(upper, pieces=()), replace(row, pieces=pieces)]
                break
    return [line for line in out if line.pieces]


def _with_labels_around(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """«市县(区)财» above and «政资金» below «2,160,000.00 …»: a broken label set about the middle
    of its row stands in front of it."""
    out = list(lines)
    for i in range(1, len(out) - 1):
        above, row, below = out[i - 1 : i + 2]
        if (whole := _with_pairs_around(above, row, below, words)) is not None:
            out[i - 1 : i + 2] = replace(above, pieces=()), whole, replace(below, pieces=())
            continue
        if len(above.pieces) != 1 or len(below.pieces) != 1 or not row.pieces:
            continue
        parts = above.text, below.text
        if (whole := _with_sum_around(row, "".join(parts), words)) is not None:
            out[i - 1 : i + 2] = replace(above, pieces=()), whole, replace(below, pieces=())
            continue
        thrice = above.text + row.pieces[0].text + below.text
        if _is_known(thrice, words):  # three parts of one label, maybe with its text in the middle
            if len(row.pieces) > 1 and not _is_known(above.text + row.pieces[0].text, words):
                whole = replace(row, pieces=(Piece(thrice, row.pieces[0].at), *row.pieces[1:]))
                out[i - 1 : i + 2] = replace(above, pieces=()), whole, replace(below, pieces=())
            continue
        alone = len(row.pieces) == 1 and any(_is_known(part, words) for part in parts)
        # «项目资金（万» and «元）» are about the row of a sum whose own label is whole.
        heads_sum = words.is_money_head("".join(parts)) and words.amount_of(row.pieces[0].text)
        taken = _is_known(row.pieces[0].text, words) and not heads_sum
        if alone or taken or not _is_known("".join(parts), words):
            continue
        label = Piece("".join(parts), above.pieces[0].at)
        out[i - 1 : i + 2] = [
            replace(above, pieces=()),
            replace(row, pieces=(label, *row.pieces)),
            replace(below, pieces=()),
        ]
    return [line for line in out if line.pieces]


def _with_sum_around(row: TextLine, label: str, words: Words) -> TextLine | None:
    """«年度预算（万» and «元）» about «项目单位 某局 1,500.00»: the label in front of the sum that ends
    the row; None for anything else."""
    *before, last = row.pieces
    begun = before and _is_known(before[0].text, words) and len(before) > 1
    if not begun or not _SUM.fullmatch(last.text) or words.amount_of(label) is None:
        return None
    return replace(row, pieces=(*before, Piece(label, last.at - 0.5), last))


def _with_pairs_around(
    above: TextLine, row: TextLine, below: TextLine, words: Words
) -> TextLine | None:
    """«主管预算 某局（机» and «部门 关）» about «某局 单位名称», «年度资金 其中：财» and «总额 政拨款» about two
    amounts: the row with its broken label in front, and the other text where it belongs."""
    if len(above.pieces) != 2 or len(below.pieces) != 2 or len(row.pieces) != 2:
        return None
    label, other = (a.text + b.text for a, b in zip(above.pieces, below.pieces, strict=True))
    first, second = row.pieces
    both = _is_known(other, words)
    begun = _is_known(above.pieces[0].text, words) and not both  # «年度资金» may be whole
    if not _is_known(label, words) or begun or _is_known(first.text, words):
        return None
    front, beside = Piece(label, above.pieces[0].at), Piece(other, above.pieces[1].at)
    if both:
        return replace(row, pieces=(front, first, beside, second))
    return (
        replace(row, pieces=(front, *row.pieces, beside)) if _is_known(second.text, words) else None
    )


def _upright_end(lines: Sequence[TextLine], i: int, words: Words) -> int | None:
    """One past the lines of the longest label that is printed one sign a line from here on."""
    end = i
    while end < min(len(lines), i + _DOWNWARDS) and _is_one_sign(lines[end]):
        end += 1
    found = (k for k in range(end, i + 1, -1) if _is_known(_downwards(lines, i, k), words))
    return next(found, None)


def _is_one_sign(line: TextLine) -> bool:
    return len(line.pieces) == 1 and len(line.pieces[0].text) == 1


def _downwards(lines: Sequence[TextLine], start: int, end: int) -> str:
    return "".join(line.text for line in lines[start:end])


def _opening(text: str) -> str:
    """A label's first part as compared: without «其中» and a unit's open bracket."""
    text = squeeze(text).removeprefix("其中").strip(":")
    return re.sub(r"[(][^()]{0,3}$", "", text)


@lru_cache(maxsize=8)
def _openings(words: Words) -> frozenset[str]:
    """Every first part of a label, whole labels included (a unit in brackets may follow)."""
    known = [*words.fields, *words.amounts, *words.money]
    return frozenset(word[:n] for word in known for n in range(1, len(word) + 1))


def _is_known(text: str, words: Words) -> bool:
    return bool(words.field_of(text) or words.amount_of(text) or words.is_money_head(text))
