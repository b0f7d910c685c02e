"""Flat lists whose merged cells came in pieces, single blanks between the cells.

A PDF's text read line by line gives the names of projects and levels, set in the middle of their
rows, among those rows:

    数量指标 免费开放天数 ≥ 300 天
    文化馆免费 产出指标
    全年开放，开展培训。 质量指标 公共设施开放率 = 100 %
    开放资金
    满意度指标 服务对象满意度指标 群众满意度 ≥ 90 %

Rows are told by the names of levels and by signs; what stands before those words, and lines
without them, are pieces of the projects' cells. Each label reaches over the rows in whose middle
it stands, a project ends where its levels start anew, and its pieces are given to its columns
(:mod:`centred_cells`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from scorer.forms import COST, LEVEL2
from scorer.layouts.text.cells import CellReader
from scorer.layouts.text.centred_cells import Cells, Found, ProjectCells
from scorer.layouts.text.header_row import HeadRow
from scorer.layouts.text.lines import Piece, TextLine
from scorer.layouts.text.placed import give_levels
from scorer.layouts.text.placed_projects import Parts
from scorer.layouts.text.rows import Row
from scorer.layouts.text.spaces import Spaces
from scorer.layouts.words import Words, fold

_LEVELS = ("level1", "level2")
_COSTS = LEVEL2[4:7]  # «经济成本指标» and the like
_LEAST = 4  # rows of such a list
_AMONG = 0.5  # of its projects whose pieces stand among their rows
_BESIDE = 0.6  # of rows with texts in front of their levels: the list says its projects again
_INSIDE = 0.2  # of a project's rows that stand above its pieces' middle, and below it
_SET = 0.6  # price of a blank below which it is only set
_SIGN = re.compile(r"^(?:[≥≤=<>≧≦⩾⩽]{1,2}|[大小]于(?:等于)?|等于|定性)$")
_BOUND = re.compile(r"^[≥≤=<>≧≦⩾⩽]{1,2}\s*\d")
_CUT_LABEL = re.compile(r"^(?:[一-龥]{2,8}指|指?标|[正反]向(?:指标?)?)(?: |$)")
_END = re.compile(r"[。；！]$")


@dataclass
class _Line:
    """A line taken apart: texts of the projects' cells, names of levels, the row's own texts."""

    free: list[str] = field(default_factory=list)
    levels: dict[str, str] = field(default_factory=dict)
    tail: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class CentredRows:
    """The rows of a list, and why they may be wrong where they may."""

    rows: list[Row]
    price: float
    sure: bool


@dataclass
class CentredReader:
    """Reads the lines below a head row, if its projects' cells stand among their rows."""

    head: HeadRow
    words: Words
    elsewhere: str  # text that may name the projects
    units: frozenset[str] = frozenset()  # names of units that it gives
    costs: bool = False  # the list has kinds of costs, so that «成本指标» is their level 1

    def read(self, lines: Sequence[TextLine]) -> CentredRows | None:
        """The rows; None where the list is none of this kind."""
        roles = self.head.roles
        first = next((n for n, role in enumerate(roles) if role in _LEVELS), 0)
        if not first or not all(r.startswith(("flat", "amount")) for r in roles[:first]):
            return None
        spaces = Spaces.of(lines, roles)
        level2 = {self.words.level2_of(piece.text) for line in lines for piece in line.pieces}
        self.costs = bool(level2 & set(_COSTS))
        taken = [self._apart(line, spaces) for line in lines]
        rows = [n for n, line in enumerate(taken) if line.tail]
        if len(rows) < _LEAST or sum(bool(taken[n].free) for n in rows) > _BESIDE * len(rows):
            return None
        levels = self._levels(taken, rows)
        starts = _starts([self.words.level1_of(row.get("level1", "")) or "" for row in levels])
        pieces = _pieces(taken, rows)
        bounds = [*starts, len(rows)]
        blocks = _blocks(pieces, bounds)
        if not _stand_among(blocks, bounds) or _has_cut_labels(pieces):
            return None
        reader = CellReader(roles[first:], self.words)
        body = [self._row(lines[n], taken[n], own) for n, own in zip(rows, levels, strict=True)]
        read = reader.read(body)
        cells = ProjectCells(roles[:first], self.words, self.elsewhere, spaces, self.units).share(
            blocks
        )
        out = _with_projects(read, rows, starts, cells, roles, first)
        value = roles.index("value") - first if "value" in roles else 0
        whole = len(read) == len(rows) and all(row.cells[value] for row in read)
        whole = whole and all(cell.sure for cell in cells)
        return CentredRows(out, reader.price, whole)

    def _apart(self, line: TextLine, spaces: Spaces) -> _Line:
        """The line's three parts; a line without a tail is no row."""
        pieces = line.pieces
        at = next((n for n, p in enumerate(pieces) if self._level(p.text)), None)
        if at is None:
            return self._without_level(pieces, spaces)
        levels: dict[str, str] = {}
        end = at
        while end < len(pieces) and (role := self._level(pieces[end].text, levels)):
            levels[role] = pieces[end].text
            end += 1
        return _Line(_texts(pieces[:at]), levels, pieces[end:])

    def _without_level(self, pieces: Sequence[Piece], spaces: Spaces) -> _Line:
        """A row that begins with its name, in front of a sign; else texts of the projects."""
        marks = (n for n, p in enumerate(pieces) if n and _is_bound(pieces, n, self.head.roles))
        at = next(marks, None)
        if at is None:
            return _Line(_texts(pieces))
        name = at - 1
        while name and spaces.price(pieces[name - 1].text, pieces[name].text) < _SET:
            name -= 1
        return _Line(_texts(pieces[:name]), {}, tuple(pieces[name:]))

    def _level(self, text: str, seen: Collection[str] = ()) -> str | None:
        """The role of a level's name of its own («产出», «数量指标»), behind those ``seen``. «成本指标»
        is a level 2 where the list has no kinds of costs."""
        one, two = self.words.level1_of(text), self.words.level2_of(text)
        costs = one == COST and two is not None and not self.costs
        if one and not costs and not seen:
            return "level1"
        return "level2" if two and text.endswith("指标") and "level2" not in seen else None

    def _levels(self, taken: Sequence[_Line], rows: Sequence[int]) -> list[dict[str, str]]:
        """Each row's names of levels, merged ones spread over the rows around them."""
        columns: list[Parts] = [[], []]
        at = _places(len(taken), rows)
        for n, line in enumerate(taken):
            for role, text in line.levels.items():
                columns[_LEVELS.index(role)].append((at[n], text))
        cells: list[dict[int, Parts]] = [{} for _ in rows]
        give_levels(cells, columns, _LEVELS, [2.0 * n for n in range(len(rows))], self.words)
        return [
            {role: "".join(t for _, t in row[c]) for c, role in enumerate(_LEVELS) if c in row}
            for row in cells
        ]

    def _row(self, line: TextLine, taken: _Line, levels: dict[str, str]) -> TextLine:
        """The row's own texts behind the names of its levels."""
        known = [levels[role] for role in _LEVELS if role in levels and role in self.head.roles]
        pieces = [Piece(text, 0.0) for text in known]
        return replace(line, pieces=(*pieces, *taken.tail))


def _is_bound(pieces: Sequence[Piece], n: int, roles: Sequence[str]) -> bool:
    text = fold(pieces[n].text)
    return bool(_BOUND.match(text) or ("sign" in roles and _SIGN.match(text)))


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


def _places(size: int, rows: Sequence[int]) -> list[int]:
    """Where each line stands, counted in half rows: between two rows, or in one."""
    found, done = [], 0
    own = set(rows)
    for n in range(size):
        found.append(2 * done if n in own else 2 * done - 1)
        done += n in own
    return found


def _pieces(taken: Sequence[_Line], rows: Sequence[int]) -> list[Found]:
    at = _places(len(taken), rows)
    return [Found(n, at[n], tuple(line.free)) for n, line in enumerate(taken) if line.free]


def _has_cut_labels(pieces: Sequence[Found]) -> bool:
    """Names of levels or ways are broken over lines: the pieces are not the projects' alone."""
    return any(_CUT_LABEL.match(text) for piece in pieces for text in piece.texts)


def _starts(level1: Sequence[str]) -> list[int]:
    """The first row of each project: its levels come back to one that is closed."""
    starts, seen = [0], set(level1[:1])
    for n in range(1, len(level1)):
        if level1[n] != level1[n - 1] and level1[n] in seen:
            starts.append(n)
            seen = set()
        seen.add(level1[n])
    return starts


def _blocks(pieces: Sequence[Found], bounds: Sequence[int]) -> list[list[Found]]:
    """The pieces by project; those between two projects part where a text ends."""
    blocks: list[list[Found]] = [[] for _ in bounds[1:]]
    between: dict[int, list[Found]] = {}
    for piece in pieces:
        k = sum(2 * start - 1 < piece.at for start in bounds[1:-1])
        if piece.at == 2 * bounds[k + 1] - 1 and k + 1 < len(blocks):
            between.setdefault(k, []).append(piece)
        else:
            blocks[k].append(piece)
    for k, found in between.items():
        ended = [n for n, piece in enumerate(found) if _END.search(piece.texts[-1])]
        cut = ended[0] + 1 if ended and not _is_ended(blocks[k]) else 0
        blocks[k] += found[:cut]
        blocks[k + 1][:0] = found[cut:]
    return blocks


def _is_ended(pieces: Sequence[Found]) -> bool:
    """The goal has come to its end above."""
    return bool(pieces) and any(_END.search(piece.texts[-1]) for piece in pieces)


def _stand_among(blocks: Sequence[Sequence[Found]], bounds: Sequence[int]) -> bool:
    """Most projects' pieces have their middle among the rows, not in front of them."""
    among = 0
    for pieces, first, end in zip(blocks, bounds, bounds[1:], strict=False):
        if pieces:
            middle = pieces[len(pieces) // 2].at / 2 - first
            among += _INSIDE * (end - first) <= middle <= (1 - _INSIDE) * (end - first)
    return among > _AMONG * len(blocks)


def _with_projects(
    read: Sequence[Row],
    rows: Sequence[int],
    starts: Sequence[int],
    cells: Sequence[Cells],
    roles: Sequence[str],
    first: int,
) -> list[Row]:
    """The rows with the projects' cells in the first row of each; units' rows above them."""
    out: list[Row] = []
    done = 0
    for row in read:
        own = tuple(rows[n] if n >= 0 else -1 for n in row.firsts)
        begun = min((n for n in row.firsts if n >= 0), default=0)
        texts, lines = ("",) * first, (-1,) * first
        if done < len(starts) and begun >= starts[done]:
            texts, lines = cells[done].texts, cells[done].lines
            if cells[done].unit:
                blank = len(roles) - 1
                out.append(Row((cells[done].unit, *[""] * blank), (own[0], *[-1] * blank)))
            done += 1
        out.append(Row((*texts, *row.cells), (*lines, *own)))
    return out
