"""A flat list whose columns are kept by spaces: the place of each text tells its column.

Cells stand in the middle of their rows and merged ones in the middle of several, so a line may
hold parts of many cells. Every row has its value or sign; the other parts go to the row they stand
nearest to. A merged level is given to as many rows as put it in their middle (or at their top), and
a project's cells to the rows around them, up to where the levels start anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scorer.forms import COST
from scorer.layouts.draft import natural_level1
from scorer.layouts.text.header_row import HeadRow
from scorer.layouts.text.lines import Piece, TextLine, join_wrapped, width
from scorer.layouts.text.placed_projects import AT_TOP, Parts, first_rows, middle, once
from scorer.layouts.text.placed_steps import above_rows, in_steps, rows_below
from scorer.layouts.text.prices import seam, wrapping
from scorer.layouts.text.rows import Row
from scorer.layouts.words import Words

Rows = tuple[int, int]  # from the first row to the one after the last

_RAGGED = 1.6  # signs that a full line of a cell may be shorter than the longest
_MERGED = 60  # rows that one merged cell reaches over at most
_OF_UNIT = ("flat:amount", "other")  # what may stand beside a unit's name: its sum, its code
_KINDS = ("定量指标", "定性指标")
_MARKS = ("value", "sign")  # columns of which every row has its own
_STRANGE = 2.0  # price of a row whose level 2 belongs below another level 1
_AGAIN = 0.5  # of a list's rows that say the project of the row above
_MOST_LINES = 14  # of one cell
_TOP = 0.25  # price, in lines, of a cell at the top of its row
_BLANK = 1.0  # price of a level's name that heads no row
_NONE = 0.4  # price of a row without a cell


@dataclass(frozen=True)
class PlacedRows:
    """The rows of a list; not ``sure`` where its levels do not start anew with its projects."""

    rows: list[Row]
    sure: bool


def placed_rows(head: HeadRow, lines: Sequence[TextLine], words: Words) -> PlacedRows | None:
    """The rows of the list, None where places do not tell them apart."""
    roles = head.roles
    if len(head.at) != len(roles) or not {"value", "level1"} <= set(roles):
        return None
    lines = [_without_glued(line, roles, words) for line in lines]
    columns = _columns(head, lines, words)
    own = (n for n, role in enumerate(roles) if role in ("name", "sign"))
    named = {line for n in own for line, _ in columns[n]}
    anchors = _anchors(columns, roles, named)
    if not anchors:
        return None
    cells: list[dict[int, Parts]] = [{} for _ in anchors]
    for c, role in enumerate(roles):
        if not role.startswith(("flat", "amount", "level")):
            parts = _values(columns[c], named) if role in _MARKS else [[p] for p in columns[c]]
            share = _centred if role == "name" else _nearest
            for own_cells, cell in zip(cells, share(parts, anchors), strict=True):
                if cell:
                    own_cells[c] = cell
    stepped = _give_steps(cells, columns, roles, anchors, words)
    if not stepped:
        give_levels(cells, columns, roles, anchors, words)
    heads = [c for c, role in enumerate(roles) if role.startswith(("flat", "amount"))]
    projects = [c for c in heads if roles[c] in ("flat:project", "flat:both")]
    if not projects:
        return None
    units = (
        _units_alone(columns, projects[0], roles, words)
        if roles[projects[0]] == "flat:both"
        else []
    )
    sure = True
    if not _give_again(cells, columns, heads, projects[0], anchors):
        names = once(columns[projects[0]])
        one = roles.index("level1")
        level1 = [words.level1_of("".join(t for _, t in row.get(one, []))) or "" for row in cells]
        found = first_rows(names, level1, anchors)
        if stepped and (below := rows_below(names, anchors)):
            found = below, True
        if found is None:
            return None
        starts, sure = found
        first = min(starts)
        for c in heads:
            for line, text in once(columns[c]):
                row = max((s for s, top in starts.items() if top <= line), default=first)
                cells[row].setdefault(c, []).append((line, text))
    whole = [*zip(anchors, cells, strict=True)]
    whole += [(middle(unit), {projects[0]: unit}) for unit in units]
    at = {_on_paper(line, n): n for n, line in enumerate(lines)}
    rows = [_row(found, len(roles), at) for _, found in sorted(whole, key=lambda item: item[0])]
    return PlacedRows(rows, sure)


def _without_glued(line: TextLine, roles: Sequence[str], words: Words) -> TextLine:
    """The line with names of levels and kinds in pieces of their own that stand one blank behind a
    text that fills its column: «保障全县村（社区）干 产出指标», «个百分点 定量指标»."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        rest, blank, name = piece.text.rpartition(" ")
        kind = name if name in _KINDS else None
        said = {"level1": words.level1_of(name), "level2": words.level2_of(name), "kind": kind}
        own = -1 if piece.column is None else piece.column
        found = [n for n, role in enumerate(roles) if said.get(role) and n > own]
        told = len(found) == 1 or (len(found) > 1 and own >= 0)
        if rest and told and name.endswith("指标"):
            at = piece.at + 2 * width(rest + blank)
            pieces += [replace(piece, text=rest), Piece(name, at, found[0])]
        else:
            pieces.append(piece)
    return replace(line, pieces=tuple(pieces))


def _on_paper(line: TextLine, n: int) -> int:
    """Where a line stands, blank lines counted."""
    return line.place.line or n


def _units_alone(columns: list[Parts], c: int, roles: Sequence[str], words: Words) -> list[Parts]:
    """The names of units that stand in lines of their own, with at most their code and their sum,
    taken out of the columns."""
    beside = (n for n, role in enumerate(roles) if n != c and not role.startswith(_OF_UNIT))
    filled = {line for n in beside for line, _ in columns[n]}
    found: list[Parts] = []
    for line, text in columns[c]:
        if line in filled:
            continue
        if found and found[-1][-1][0] == line - 1:
            found[-1].append((line, text))
        else:
            found.append([(line, text)])
    found = [unit for unit in found if words.is_unit_name("".join(text for _, text in unit))]
    gone = {line for unit in found for line, _ in unit}
    for parts in columns:
        parts[:] = [part for part in parts if part[0] not in gone]
    return found


def _give_again(
    cells: Sequence[dict[int, Parts]],
    columns: Sequence[Parts],
    heads: Sequence[int],
    project: int,
    anchors: Sequence[float],
) -> bool:
    """Give each row its own project's cells where the list says them again in every row; False
    where it does not."""
    own: list[dict[int, Parts]] = [{} for _ in cells]
    for c in heads:
        for part in columns[c]:
            row = min(range(len(anchors)), key=lambda r: abs(anchors[r] - part[0]))
            own[row].setdefault(c, []).append(part)
    names = ["".join(text for _, text in row.get(project, [])) for row in own]
    again = sum(bool(a) and a == b for a, b in pairwise(names))
    if again < _AGAIN * len(names) or not all(names):
        return False
    for mine, found in zip(cells, own, strict=True):
        mine.update(found)
    return True


def _anchors(columns: Sequence[Parts], roles: Sequence[str], named: set[int]) -> list[float]:
    """The middle of each row: of its value, else of its sign."""
    found: list[Parts] = []
    for mark in _MARKS:
        for parts in (columns[n] for n, role in enumerate(roles) if role == mark):
            cells = _values(parts, named)
            found += [x for x in cells if not any(y[0][0] <= x[0][0] <= y[-1][0] for y in found)]
    return sorted({middle(cell) for cell in found})


def _nearest(cells: Sequence[Parts], anchors: Sequence[float]) -> list[Parts]:
    """For each row the cells of a column that stand nearest to it."""
    found: list[Parts] = [[] for _ in anchors]
    for cell in cells:
        found[min(range(len(anchors)), key=lambda r: abs(anchors[r] - middle(cell)))] += cell
    return found


def _centred(cells: Sequence[Parts], anchors: Sequence[float]) -> list[Parts]:
    """For each row what stands in it of a column: the cells' lines in their order, as near as can be
    to the middle of their rows or at their top, and as wrapped cells look; a row may have none."""
    full = max((width(text) for cell in cells for _, text in cell), default=0.0)

    def price(taken: Parts, anchor: float) -> float:
        off = min(abs(middle(taken) - anchor), abs(taken[0][0] - anchor) + _TOP)
        lines = tuple(text for _, text in taken)
        return off + (wrapping(lines, full) if len(lines) > 1 else 0.0)

    best: dict[int, float] = {0: 0.0}
    backs: list[dict[int, int]] = []  # per row: where its cell ends -> where it begins
    for anchor in anchors:
        ways: dict[int, float] = {}
        back: dict[int, int] = {}
        for start, before in best.items():
            for end in range(start, min(start + _MOST_LINES, len(cells)) + 1):
                taken = [part for cell in cells[start:end] for part in cell]
                if taken and abs(taken[-1][0] - anchor) > _MOST_LINES:
                    continue  # no cell reaches that far
                total = before + (price(taken, anchor) if taken else _NONE)
                if total < ways.get(end, math.inf):
                    ways[end], back[end] = total, start
        best = ways
        backs.append(back)
    if len(cells) not in best:
        return _nearest(cells, anchors)
    ends = [len(cells)]
    for back in reversed(backs):
        ends.append(back[ends[-1]])
    return [[p for cell in cells[a:b] for p in cell] for a, b in pairwise(ends[::-1])]


def _values(parts: Parts, named: set[int]) -> list[Parts]:
    """The texts of a value column by cell. A short rest («月», «平方米») on a line without a
    name or sign of its own ends the value above that filled the column."""
    full = max((width(text) for _, text in parts), default=0.0) - _RAGGED
    found: list[Parts] = []
    for part in parts:
        line, text = part
        above = found[-1][-1] if found else None
        if (
            above is not None
            and line - above[0] <= 2
            and line not in named
            and width(above[1]) >= full
            and seam(above[1], text) <= 0
        ):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _columns(head: HeadRow, lines: Sequence[TextLine], words: Words) -> list[Parts]:
    """Each column's texts: a piece belongs to the column it stands under or nearest to."""
    spans = _spans(head, lines, words)
    found: list[Parts] = [[] for _ in spans]
    for k, line in enumerate(lines):
        n = _on_paper(line, k)
        for piece in line.pieces:
            if piece.column is not None:
                found[min(piece.column, len(spans) - 1)].append((n, piece.text))
                continue
            low, high = piece.at, piece.at + 2 * width(piece.text)

            def far(c: int, low: float = low, high: float = high) -> tuple[float, float]:
                left, right = spans[c]
                overlap = min(high, right) - max(low, left)
                return -overlap, abs(low + high - left - right)

            found[min(range(len(spans)), key=far)].append((n, piece.text))
    return found


def _spans(head: HeadRow, lines: Sequence[TextLine], words: Words) -> list[tuple[float, float]]:
    """From where to where each column reaches: under its head, or, where lines fill all
    columns from level 1 on, where their texts stand."""
    spans = [(at, at + 2 * width(text)) for at, text in zip(head.at, head.texts, strict=True)]
    if "level1" not in head.roles:
        return spans
    tail = range(head.roles.index("level1"), len(spans))
    full = [line.pieces[-len(tail) :] for line in lines if len(line.pieces) >= len(tail)]
    full = [pieces for pieces in full if words.level1_of(pieces[0].text)]
    for n, c in enumerate(tail):
        ends = [(p[n].at, p[n].at + 2 * width(p[n].text)) for p in full]
        if ends:
            spans[c] = min(low for low, _ in ends), max(high for _, high in ends)
    return spans


def _cells(parts: Parts, role: str, words: Words) -> list[Parts]:
    """A column's texts by cell: a level's name is whole when it is known; other texts are
    left for the nearest row one by one."""
    known: dict[str, Callable[[str], str | None]] = {
        "level1": words.level1_of,
        "level2": words.level2_of,
    }
    if role not in known:
        return [[part] for part in parts]
    found: list[Parts] = []
    for part in parts:
        whole = "".join(text for _, text in found[-1]) if found else ""
        near = bool(found) and part[0] - found[-1][-1][0] <= 2
        goes_on = (
            near
            and not known[role](part[1])
            and (known[role](whole + part[1]) or words.opens_level(whole + part[1]))
        )
        if goes_on:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _give_steps(
    cells: Sequence[dict[int, Parts]],
    columns: Sequence[Parts],
    roles: Sequence[str],
    anchors: Sequence[float],
    words: Words,
) -> bool:
    """Give each row the names of the levels that stand in lines above it; False where the levels
    stand beside their rows."""
    levels = [n for n, role in enumerate(roles) if role in ("level1", "level2")]
    labels = {n: _cells(columns[n], roles[n], words) for n in levels}
    if not all(found and in_steps(found, anchors) for found in labels.values()):
        return False
    for n, found in labels.items():
        for own, label in zip(cells, above_rows(found, anchors), strict=True):
            if label:
                own[n] = label
    return True


def give_levels(
    cells: Sequence[dict[int, Parts]],
    columns: Sequence[Parts],
    roles: Sequence[str],
    anchors: Sequence[float],
    words: Words,
) -> None:
    """Write each level's name into all rows that it is merged over."""
    above = [""] * len(cells)  # the level 1 that a row's level 2 asks for
    costs = [False] * len(cells)
    for role in ("level2", "level1"):
        if role not in roles:
            continue
        c = roles.index(role)
        labels = _cells(columns[c], role, words)
        said = [
            words.level1_of("".join(t for _, t in x)) if role == "level1" else "" for x in labels
        ]
        tiles = _tiles(labels, said, above, anchors)
        for label, named, (first, end) in zip(labels, said, tiles, strict=True):
            for row in range(first, end):
                cells[row][c] = label
                if role == "level2":
                    known = words.level2_of("".join(text for _, text in label))
                    above[row] = natural_level1(known or "")
                    costs[row] = known == COST  # which is level 1 too
                elif above[row] not in ("", named) and not (costs[row] and named == COST):
                    # its neighbour came too far
                    cells[row][c] = [(label[0][0], above[row])]


def _tiles(
    labels: Sequence[Parts],
    said: Sequence[str | None],
    above: Sequence[str],
    anchors: Sequence[float],
) -> list[Rows]:
    """For each label the rows it is merged over: all rows from top to bottom, each label as near as
    can be to the middle of its rows, or at their top (a cell cut by a page). ``said`` is the
    level 1 a label names, ``above`` the one that a row's level 2 belongs to. A label with lines of its
    own, none of them a row's, may head no row: its class is blank."""
    blank = [not any(x[0][0] - 1 < row < x[-1][0] + 1 for row in anchors) for x in labels]
    if len(labels) - sum(blank) > len(anchors):
        near = (min(range(len(anchors)), key=lambda r: abs(anchors[r] - middle(x))) for x in labels)
        return [(row, row + 1) for row in near]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for k, label in enumerate(labels):
        left = sum(not free for free in blank[k + 1 :])
        ways: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (price, bounds) in best.items():
            if blank[k]:
                way = price + _BLANK, (*bounds, start)
                ways[start] = min(way, ways.get(start, way))
            if start == len(anchors):
                continue
            top = abs(anchors[start] - label[0][0]) + AT_TOP
            strange = 0.0
            for end in range(start + 1, min(start + _MERGED, len(anchors) - left) + 1):
                strange += _STRANGE * bool(said[k] and above[end - 1] not in ("", said[k]))
                off = abs((anchors[start] + anchors[end - 1]) / 2 - middle(label))
                way = price + strange + min(off, top), (*bounds, end)
                ways[end] = min(way, ways.get(end, way))
        best = ways
    _, bounds = best.get(len(anchors), (0.0, tuple(range(len(labels) + 1))))
    return list(pairwise(bounds))


def _row(found: dict[int, Parts], size: int, at: dict[int, int]) -> Row:
    cells = [join_wrapped([text for _, text in sorted(found.get(c, []))]) if c in found else ""
             for c in range(size)]  # fmt: skip
    firsts = [at[min(line for line, _ in found[c])] if found.get(c) else -1 for c in range(size)]
    return Row(tuple(cells), tuple(firsts))
