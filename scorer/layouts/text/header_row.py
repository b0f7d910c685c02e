"""The head row of an indicator table in text, also where its cells are wrapped.

The pieces from a line on are taken one by one: a piece is a column's head, several pieces
on lines of their own are the wrapped one («分值权», «重»), a piece nobody knows counts as
a column if known heads follow. What the heads mean is decided as for a ruled table
(:mod:`scorer.layouts.grid.header_row`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scorer.forms import Cell, Grid, Phase
from scorer.layouts.grid.header_row import (
    Column,
    Heading,
    flat_role,
    phase_of,
    read_heading,
    role_of,
)
from scorer.layouts.grid.slots import grid_rows
from scorer.layouts.text.columns import Columns, Half
from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.words import Words, fold, is_code_head, squeeze

_WRAPS = 5  # lines of one head
_LINES = 30  # lines of a head row in which every cell is wrapped
_NEAR = 9  # pieces below the heads among which a level's name stands
_LONGEST = 14  # signs of a head nobody knows
_SUB = re.compile(r"^(前年|上年|年度|当年|历史|实际|预计|预期|20\d\d年)|(值|实现|完成)$")
_HEADISH = re.compile(
    r"(名称|编码|代码|金额|资金|额|数|目标|情况|类型|类别|性质|规模|单位|部门|年度|期限|期|备注)$|^序号|元"
)
_OF_YEAR = re.compile(r"^20\d\d年度?(?=[一-龥]{2})")  # «2024年目标值»
_NO_HEAD = re.compile(r"[\d≥≤=<>%。；，]")
_NOT_SUB = re.compile(r"[≥≤=<>%]|\d月|^\d+[^\d年]")
_VERTICAL = frozenset("绩效指标目")
_NAME, _THIRD = "绩效指标", "三级指标"  # the first, right of 二级指标, means the second
_LEVEL, _SECOND = "指标", "二级指标"  # the first alone may mean the second
_VALUE = "指标值"
_CONTENT = ("内容", "数值", "值", "具体内容", "具体数值")  # what its own column may be headed
_LABELLED = re.compile(r"[:：].")
_NOTES = ("备注", "说明")  # columns that most rows leave blank
_SERIAL = "序号"
# What may stand left of the first head; 目标名称 counts the goals of 湖北.
_BEFORE = ("绩效指标", "绩效", "指标", "目标名称", _SERIAL)


@dataclass(frozen=True, slots=True)
class _Head:
    """A head's text, the place of its first piece and its line."""

    text: str
    at: float
    line: int


@dataclass(frozen=True)
class HeadRow:
    """A head row. ``end`` is the line behind it; ``rest`` what its last line holds besides."""

    heading: Heading
    texts: tuple[str, ...]
    cells: tuple[Cell, ...]
    at: tuple[float, ...]
    end: int
    rest: tuple[Piece, ...] = ()
    numbered: bool = False  # «序号» stands in front

    @property
    def is_flat(self) -> bool:
        return bool(self.heading.flat)

    def columns(self, phase: Phase) -> Columns:
        """The columns without level 1; ``phase`` is that of a half that names none."""
        kept = [c for c in self._all if c.role != "level1"]
        known = {(c.start, c.role): n for n, c in enumerate(kept)}

        def index(columns: Sequence[Column]) -> int | None:
            return known.get((columns[-1].start, columns[-1].role)) if columns else None

        halves = []
        for half in self.heading.halves:
            name = index(half.of("name")[:1])
            if name is None:
                name = index(half.of("level2")[:1]) or 0
            value, label = index(half.of("value")[:1]), index(half.of("level2")[:1])
            halves.append(Half(half.phase or phase, name, value, label))
        roles = tuple(_look(c) for c in kept)
        one_row = len(self.at) == len(self.texts)
        at = tuple(self.at[c.start] if one_row else None for c in kept)
        return Columns(roles, tuple(halves), at, tuple(c.start for c in kept))

    @property
    def level2_at(self) -> float:
        """Half way between the heads of level 1 and level 2; 0 where either is missing."""
        one = self.heading.level1
        two = self.heading.halves[0].of("level2")
        if one is None or not two or len(self.at) != len(self.texts):
            return 0.0
        return (self.at[one.start] + self.at[two[0].start]) / 2

    @property
    def roles(self) -> tuple[str, ...]:
        """What the cells of every column look like, level 1 and a flat list's included."""
        return tuple(_look(column) for column in self._all)

    @property
    def _all(self) -> list[Column]:
        """Every column from left to right, unknown ones as "other"."""
        found = {c.start: replace(c, role=f"flat:{c.role}") for c in self.heading.flat}
        found |= {c.start: c for c in self.heading.columns}
        return [found.get(n, Column("other", n, n + 1, text)) for n, text in enumerate(self.texts)]


def _look(column: Column) -> str:
    """The column's role as the prices of cells know it."""
    if squeeze(column.text) in _NOTES:
        return "note"
    if column.role == "baseline" and "标准" in column.text:
        return "standard"  # words («计划标准»), no figures
    both = column.role == "flat:project" and re.search(r"单位|部门", column.text)
    return "flat:both" if both else column.role


def head_row(lines: Sequence[TextLine], start: int, words: Words) -> HeadRow | None:
    """The head row that begins at a line, None where none does."""
    if not _may_start(lines[start], words):
        return None
    pieces = _flattened(_with_heads_around(lines, start, words), start)
    heads, used = _heads(pieces, words)
    if len(heads) < 2:
        return None
    if _heads_level2(pieces[0][0].text, heads, pieces[used : used + _NEAR], words):
        heads.insert(0, _Head(_SECOND, pieces[0][0].at, pieces[0][1]))
    subs, more = _sub_heads(heads, pieces[used:], words)
    found = _heading(heads, subs, words)
    if found is None or not (found[0].flat or role_of(heads[0].text, words)):
        return None  # other labels above the head row
    used += more
    end = pieces[used - 1][1] + 1
    first = pieces[used - 1][1]
    rest = tuple(piece for piece, line in pieces if line == first or first < line < end)
    ats = tuple(head.at for head in (subs or heads))
    numbered = squeeze(pieces[0][0].text) == _SERIAL
    return HeadRow(*found, ats, end, _labels_only(rest, words), numbered)


def _with_heads_around(lines: Sequence[TextLine], start: int, words: Words) -> Sequence[TextLine]:
    """The lines with the heads whole of which half stands above and half below the others:
    each row's text is set in the middle of it."""
    if start + 2 >= len(lines):
        return lines
    above, middle, below = lines[start : start + 3]
    row = _below_phases(above, middle, below, words) or _one_around(above, middle, below, words)
    if row is not None:
        return _with_one_row(lines, start, row)
    if not 2 <= len(above.pieces) == len(below.pieces) or len(middle.pieces) < 2:
        return lines
    pairs = list(zip(above.pieces, below.pieces, strict=True))
    whole = [Piece(one.text + two.text, one.at) for one, two in pairs]
    known = sum(role_of(piece.text, words) is not None for piece in whole)
    alone = sum(role_of(piece.text, words) is not None for piece in above.pieces)
    if not all(_may_be_head(p.text, words) for p in whole) or 2 * known <= len(whole) or alone:
        return lines
    pieces = [*middle.pieces, *whole]
    if len({piece.at for piece in pieces}) == len(pieces):  # else nothing tells the places
        pieces.sort(key=lambda piece: piece.at)
    return _with_one_row(lines, start, replace(below, pieces=tuple(pieces)))


def _with_one_row(lines: Sequence[TextLine], start: int, row: TextLine) -> Sequence[TextLine]:
    """The lines with one row in place of three, the first two blank: line numbers stay."""
    blank = [replace(line, pieces=()) for line in lines[start : start + 2]]
    return [*lines[:start], *blank, row, *lines[start + 3 :]]


def _below_phases(
    above: TextLine, middle: TextLine, below: TextLine, words: Words
) -> TextLine | None:
    """«一级指标 二级指标», «实施期指标 年度指标» and «三级指标 指标值 三级指标 指标值», one below the
    other, as one line: the levels beside the columns of both halves."""
    levels = [words.column_of(piece.text) for piece in above.pieces]
    if not levels or not set(levels) <= {"level1", "level2"}:
        return None
    phases = [phase_of(piece.text) for piece in middle.pieces]
    heads, size = below.pieces, len(below.pieces) // 2
    roles = [words.column_of(piece.text) for piece in heads]
    if set(phases) != {"period", "annual"} or len(phases) != 2 or len(heads) % 2:
        return None
    if roles[:size] != roles[size:] or roles[:size] != ["name", "value"]:
        return None
    named = [
        replace(p, text=middle.pieces[n // size].text[:-2] + p.text) if roles[n] == "value" else p
        for n, p in enumerate(heads)
    ]
    return replace(below, pieces=(*above.pieces, *named))


def _one_around(
    above: TextLine, middle: TextLine, below: TextLine, words: Words
) -> TextLine | None:
    """The line of heads with the one whose halves are all that stands above and below it: at its
    place, or in front of the value where nothing tells it («指标性», «质»)."""
    if len(above.pieces) != 1 or len(below.pieces) != 1:
        return None
    text = above.text + below.text
    alone = words.column_of(above.text) or words.column_of(below.text)
    roles = [words.column_of(piece.text) for piece in middle.pieces]
    if alone or "level2" not in roles or words.column_of(text) in (None, *roles):
        return None
    at = above.pieces[0].at
    if at and at not in (piece.at for piece in middle.pieces):
        pieces = sorted((*middle.pieces, Piece(text, at)), key=lambda piece: piece.at)
        return replace(below, pieces=tuple(pieces))
    n = next((n for n, role in enumerate(roles) if (role or "").startswith("value")), len(roles))
    n += words.column_of(text) != "sign" and n < len(roles)
    pieces = [*middle.pieces[:n], Piece(text, 0.0), *middle.pieces[n:]]
    return replace(below, pieces=tuple(replace(p, at=float(k)) for k, p in enumerate(pieces)))


def _heads_level2(
    text: str, heads: Sequence[_Head], after: Sequence[tuple[Piece, int]], words: Words
) -> bool:
    """«指标» in front of «绩效指标名称 目标值» heads the names of level 2 below it."""
    if squeeze(text) != _LEVEL or _roles(heads, words) & {"level1", "level2"}:
        return False
    return any(words.level2_of(piece.text) for piece, _ in after)


def without_serials(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines below «序号» without the numbers that count their rows."""
    out = []
    following = "1"
    for line in lines:
        first = line.pieces[0].text if line.pieces else ""
        if first and first in (following, "1"):
            following = str(int(first) + 1)
            line = replace(line, pieces=line.pieces[1:])
        out.append(line)
    return out


def _may_start(line: TextLine, words: Words) -> bool:
    """A cheap look: a head, its first part, or the table's vertical title."""
    if not line.pieces:
        return False
    first = squeeze(line.pieces[0].text)
    return (
        first[:2] in words.head_openings
        or first == _SERIAL
        or bool(flat_role(first, words))
        or any(role_of(p.text, words) for p in line.pieces[:3])
    )


def _labels_only(pieces: Sequence[Piece], words: Words) -> tuple[Piece, ...]:
    """Names of levels that stand beside the heads; other words there are nobody's."""
    return tuple(p for p in pieces if _is_level(p.text, words))


def _flattened(lines: Sequence[TextLine], start: int) -> list[tuple[Piece, int]]:
    return [
        (piece, n)
        for n in range(start, min(len(lines), start + _LINES))
        for piece in lines[n].pieces
    ]


def _heads(pieces: Sequence[tuple[Piece, int]], words: Words) -> tuple[list[_Head], int]:
    """The heads from the first piece on, and how many pieces they take."""
    found: list[_Head] = []
    k = used = unknown = 0
    while k < len(pieces):
        piece, line = pieces[k]
        if not found and (piece.text in _VERTICAL or squeeze(piece.text) in _BEFORE):
            k += 1
            continue
        if k == 0 and is_code_head(piece.text):
            found.append(_Head(piece.text, piece.at, line))  # left of the names
            k += 1
            continue
        if _begins_sub_heads(found, pieces[k:], words):
            break
        if both := _two_lines(pieces[k:], words):
            found += both
            k += 2 * len(both)
            used, unknown = k, 0
            continue
        if _is_level(piece.text, words) and _stands_before_head(pieces, k, words):
            k += 1
            continue
        if _is_over_levels(pieces[k : k + 2], words):
            k += 1
            continue
        if squeeze(piece.text) == _NAME and (seen := _roles(found, words)) & {"level2"}:
            k += 1
            if "name" not in seen:  # else the table's title, left of its first row
                found.append(_Head(_THIRD, piece.at, line))
                used, unknown = k, 0
            continue
        taken = _one_head(pieces, k, words)
        if taken:
            texts, size = taken
            found += [_Head(text, piece.at, line) for text in texts]
            k += size
            used, unknown = k, 0
            continue
        same_line = found and pieces[k - 1][1] == line
        if not same_line or unknown >= 2 or not _may_be_head(piece.text, words):
            break
        if not any(role_of(head.text, words) for head in found) and not _HEADISH.search(
            squeeze(piece.text)
        ):
            break  # a form's «项目名称 某某项目 主管部门 …» is no head row of a list
        unknown += 1
        found.append(_Head(piece.text, piece.at, line))
        k += 1
    return found, used + unknown


def _is_over_levels(pieces: Sequence[tuple[Piece, int]], words: Words) -> bool:
    """«绩效指标» in front of «一级指标», or «年度绩效指标» on one line with it: the title over the
    columns of levels. On a line of its own the second is a block's."""
    (title, at), *after = pieces
    if not any(words.column_of(piece.text) == "level1" for piece, _ in after):
        return False
    text = squeeze(title.text)
    return text == _NAME or (text.endswith(_NAME) and after[0][1] == at)


def _two_lines(pieces: Sequence[tuple[Piece, int]], words: Words) -> list[_Head]:
    """The heads that the rest of a line and the whole of the next one make, piece by piece, where
    nobody knows the upper parts alone: «半年 全年» above «指标值 指标值»."""
    line = pieces[0][1]
    upper = [piece for piece, at in pieces if at == line]
    below = pieces[len(upper) : 2 * len(upper)]
    size = len({at for _, at in below})
    more = pieces[2 * len(upper) : 2 * len(upper) + 1]
    if (
        len(upper) < 2
        or len(below) < len(upper)
        or size != 1
        or (more and more[0][1] == below[0][1])
    ):
        return []
    if any(role_of(p.text, words) for p in upper) or not all(
        role_of(p.text, words) for p, _ in below
    ):
        return []
    whole = [_Head(p.text + b.text, p.at, line) for p, (b, _) in zip(upper, below, strict=True)]
    return whole if any(_is_value(head.text, words) for head in whole) else []


def _roles(heads: Sequence[_Head], words: Words) -> set[str | None]:
    return {role_of(head.text, words) for head in heads}


def _is_level(text: str, words: Words) -> bool:
    return bool(words.level2_of(text) or words.level1_of(text))


def _stands_before_head(pieces: Sequence[tuple[Piece, int]], k: int, words: Words) -> bool:
    """A level's name that has come up between the heads of its line: more than half of what
    follows are heads («历史标准» may be a cell of the first row)."""
    line = pieces[k][1]
    after = [piece.text for piece, at in pieces[k + 1 : k + 8] if at == line]
    return 2 * sum(words.column_of(text) is not None for text in after) > len(after)


def _may_be_head(text: str, words: Words) -> bool:
    if len(text) > _LONGEST or _NO_HEAD.search(fold(text)):
        return False
    return not _is_level(text, words)


def _joins(pieces: Sequence[tuple[Piece, int]], most: int) -> list[str]:
    """The first piece, and it with the lines below that could be its wrapped rest."""
    joined = [pieces[0][0].text]
    for (_, above), (piece, line) in pairwise(pieces[:most]):
        if line == above:
            break
        joined.append(joined[-1] + piece.text)
    return joined


def _one_head(
    pieces: Sequence[tuple[Piece, int]], k: int, words: Words
) -> tuple[list[str], int] | None:
    """(heads, pieces taken) at a piece: one head, a wrapped one, or several glued."""
    joined = _joins(pieces[k : k + _WRAPS], _WRAPS)
    if _LABELLED.search(pieces[k][0].text):
        return None  # «单位名称：某局» stands above the heads
    for n in range(len(joined), 0, -1):
        text = joined[n - 1]
        if (words.column_of(text) or flat_role(text, words)) and not _are_two(
            [piece.text for piece, _ in pieces[k : k + n]], words
        ):
            return [text], n
    parts = [piece.text for piece, _ in pieces[k : k + len(joined)]]
    if glued := _glued(parts[0], words):
        return glued, 1
    for n in range(len(joined), 0, -1):
        text = joined[n - 1]
        if any(role_of(part, words) or _is_level(part, words) for part in parts[1:n]):
            continue  # the next cell
        # A year in front is no figure of a row.
        plain = _OF_YEAR.sub("", fold(text))
        if len(text) <= _LONGEST and not _NO_HEAD.search(plain) and role_of(text, words):
            return [text], n
    return None


def _are_two(parts: Sequence[str], words: Words) -> bool:
    """«指标值» above «设定依据», «单位名称» above «项目名称»: heads that together would be another."""
    roles = [role_of(part, words) for part in parts]
    if len(parts) == 2 and None not in roles and roles[0] != roles[1]:
        return True
    listed = [flat_role(part, words) or role for part, role in zip(parts, roles, strict=True)]
    return len(parts) > 1 and all(listed) and min(map(len, parts)) > 2


def _glued(text: str, words: Words) -> list[str]:
    """«三级指标指标值» as its heads, [] for anything else."""
    heads = sorted((w for w in words.columns if len(w) >= 3), key=len, reverse=True)
    found, rest = [], squeeze(text)
    while rest:
        head = next((w for w in heads if rest.startswith(w)), None)
        if head is None:
            return []
        found.append(head)
        rest = rest[len(head) :]
    return found


# --- a second row of heads ----------------------------------------------------------------


def _begins_sub_heads(
    heads: Sequence[_Head], after: Sequence[tuple[Piece, int]], words: Words
) -> bool:
    """The next line divides the one value column: «历史值 年度值», «前年 上年 预计当年实现»."""
    if not heads or after[0][1] == heads[-1].line:
        return False
    return bool(_sub_heads(heads, after, words)[0])


def _sub_heads(
    heads: Sequence[_Head], after: Sequence[tuple[Piece, int]], words: Words
) -> tuple[list[_Head], int]:
    """Heads of a second row, and how many pieces they take."""
    if sum(_is_value(head.text, words) for head in heads) != 1:
        return [], 0
    if parts := _parts_of_value(after, words):
        return parts, len(parts)
    found: list[_Head] = []
    k = 0
    while k < len(after):
        joined = _joins(after[k : k + 3], 3)
        text = next((t for t in joined if _is_sub(t, words)), None)
        if text is None:
            break
        found.append(_Head(text, after[k][0].at, after[k][1]))
        k += joined.index(text) + 1
    return (found, k) if len(found) >= 2 else ([], 0)


def _parts_of_value(after: Sequence[tuple[Piece, int]], words: Words) -> list[_Head]:
    """«运算符号 内容 度量单位» on the line below «指标值»: its parts as heads, [] for anything else."""
    line = [(piece, at) for piece, at in after if at == after[0][1]]
    roles = [
        "value" if squeeze(piece.text) in _CONTENT else role_of(piece.text, words)
        for piece, _ in line
    ]
    if roles.count("value") != 1 or len(roles) < 2 or not set(roles) <= {"sign", "unit", "value"}:
        return []
    return [
        _Head(_VALUE if role == "value" else piece.text, piece.at, at)
        for role, (piece, at) in zip(roles, line, strict=True)
    ]


def _is_value(text: str, words: Words) -> bool:
    return (role_of(text, words) or "").startswith("value")


def _is_sub(text: str, words: Words) -> bool:
    squeezed = squeeze(text)
    if not 2 <= len(squeezed) <= 8 or _NOT_SUB.search(squeezed):
        return False
    role = role_of(text, words) or "value"
    return role.startswith(("value", "baseline", "actual")) and bool(_SUB.search(squeezed))


def _heading(
    heads: Sequence[_Head], subs: Sequence[_Head], words: Words
) -> tuple[Heading, tuple[str, ...], tuple[Cell, ...]] | None:
    """The heads' meaning, the texts of all columns, and the heads as cells of a grid."""
    cells: list[Cell] = []
    below: list[Cell] = []
    names: list[str] = []
    for head in heads:
        column = len(names)
        if subs and _is_value(head.text, words):
            cells.append(Cell(head.text, 0, column, 1, len(subs)))
            below += [Cell(sub.text, 1, column + n) for n, sub in enumerate(subs)]
            names += [sub.text for sub in subs]
        else:
            cells.append(Cell(head.text, 0, column, 2 if subs else 1))
            names.append(head.text)
    rows = grid_rows(Grid((*cells, *below), 2 if subs else 1, len(names)))
    found = read_heading(rows[0], rows[1] if subs else None, None, words)
    return (found[0], tuple(names), (*cells, *below)) if found else None
