"""A head row one of whose cells is broken around the table's title, which is set downwards beside it.

    绩 一级指 二级指标 三级指标 指标值
    效
    指
    标
    标

The signs of 绩效指标 and the rest of the broken head come one below the other: what is left of them
without the title's signs makes the head whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.grid.header_row import flat_role, role_of
from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words

_TITLE = "绩效指标"
_LEAST = 3  # heads of a head row
_MOST = 8  # lines of the title's signs and the rest
_SHORT = 2  # signs of one of them


def with_whole_heads(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """The lines with such heads whole, the title's signs beside and below them taken out."""
    out: list[TextLine] = []
    i = 0
    while i < len(lines):
        whole = _whole(lines, i, words) or _sum_around(lines, i, words)
        out.append(whole[0] if whole else lines[i])
        i += whole[1] if whole else 1
    return out


def _whole(lines: Sequence[TextLine], i: int, words: Words) -> tuple[TextLine, int] | None:
    """(head row, lines it takes) where one head is broken so; None for any other line."""
    pieces = lines[i].pieces
    title, heads = pieces[:1], pieces[1:]
    cut = [n for n, piece in enumerate(heads) if not role_of(piece.text, words)]
    if not title or not _TITLE.startswith(title[0].text):
        return None
    if len(cut) != 1 or len(heads) - 1 < _LEAST:
        return None
    (at,) = cut
    joined = ""
    for n, line in enumerate(lines[i + 1 : i + 1 + _MOST], 2):
        if len(line.pieces) != 1 or len(line.text) > _SHORT:
            return None
        joined += line.text
        text = heads[at].text + _without(joined, _TITLE[len(title[0].text) :])
        if len(joined) > len(_TITLE) - len(title[0].text) and role_of(text, words):
            row = (*heads[:at], Piece(text, heads[at].at), *heads[at + 1 :])
            return replace(lines[i], pieces=row), n
    return None


def _sum_around(lines: Sequence[TextLine], i: int, words: Words) -> tuple[TextLine, int] | None:
    """«年度资金总额（» and «万元）» about the heads of a list: the sums stand behind the projects."""
    near = lines[i : i + _LEAST]
    if len(near) < _LEAST or len(near[0].pieces) != 1 or len(near[2].pieces) != 1:
        return None
    head, row = near[0].text + near[2].text, near[1]
    roles = [flat_role(piece.text, words) for piece in row.pieces]
    levels = sum(role_of(piece.text, words) is not None for piece in row.pieces)
    if "project" not in roles or levels < _LEAST or not near[0].text.endswith(("（", "(")):
        return None
    if not (flat_role(head, words) or "").startswith("amount"):
        return None
    at = roles.index("project") + 1
    pieces = (*row.pieces[:at], Piece(head, row.pieces[at - 1].at + 0.5), *row.pieces[at:])
    return replace(row, pieces=pieces), _LEAST


def _without(text: str, signs: str) -> str:
    """The text without the first of each of these signs."""
    for sign in signs:
        text = text.replace(sign, "", 1)
    return text
