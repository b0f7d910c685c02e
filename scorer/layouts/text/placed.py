"""A flat list whose columns are kept by spaces: the place of each text tells its column.

Cells stand in the middle of their rows and merged ones in the middle of several, so a line may
hold parts of many cells. Every row has one line with its value or sign; the other parts go to the
row they stand nearest to. A project's cells belong to the rows around them, up to where the
levels start anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from scorer.layouts.text.header_row import HeadRow
from scorer.layouts.text.lines import TextLine, join_wrapped, width
from scorer.layouts.text.rows import Row
from scorer.layouts.words import Words

Parts = list[tuple[int, str]]  # (line, text) of one column from top to bottom


def placed_rows(head: HeadRow, lines: Sequence[TextLine], words: Words) -> list[Row] | None:
    """The rows of the list, None where places do not tell them apart."""
    roles = head.roles
    if len(head.at) != len(roles) or "value" not in roles:
        return None
    columns = _columns(head, lines, words)
    marks = [columns[n] for n, role in enumerate(roles) if role in ("value", "sign")]
    anchors = sorted({line for parts in marks for line, _ in parts})
    if not anchors:
        return None
    cells: list[dict[int, Parts]] = [{} for _ in anchors]
    for c, role in enumerate(roles):
        if role.startswith(("flat", "amount")):
            continue
        for parts in _cells(columns[c], role, words):
            middle = (parts[0][0] + parts[-1][0]) / 2
            row = min(range(len(anchors)), key=lambda r: abs(anchors[r] - middle))
            cells[row].setdefault(c, []).extend(parts)
    groups = {c: _groups(columns[c]) for c, role in enumerate(roles) if role.startswith("flat")}
    starts = _starts(groups, roles, anchors, cells, words)
    if starts is None:
        return None
    for c, found in groups.items():
        for parts in found:
            middle = (parts[0][0] + parts[-1][0]) / 2
            row = max((s for s in starts if anchors[s] <= middle), default=starts[0])
            cells[row].setdefault(c, []).extend(parts)
    return [_row(found, len(roles)) for found in cells]


def _columns(head: HeadRow, lines: Sequence[TextLine], words: Words) -> list[Parts]:
    """Each column's texts: a piece belongs to the column it stands under or nearest to."""
    spans = _spans(head, lines, words)
    found: list[Parts] = [[] for _ in spans]
    for n, line in enumerate(lines):
        for piece in line.pieces:
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
        near = bool(found) and part[0] - found[-1][-1][0] <= 1
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


def _groups(parts: Parts) -> list[Parts]:
    """The texts of merged cells: lines that follow each other."""
    found: list[Parts] = []
    for part in parts:
        if found and part[0] - found[-1][-1][0] <= 1:
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _starts(
    groups: dict[int, list[Parts]],
    roles: Sequence[str],
    anchors: Sequence[int],
    cells: Sequence[dict[int, Parts]],
    words: Words,
) -> list[int] | None:
    """The first row of each project: between two projects' names the levels start anew."""
    named = next((g for c, g in groups.items() if roles[c] in ("flat:project", "flat:both")), [])
    if not named or "level1" not in roles:
        return None
    column = roles.index("level1")
    level1 = [words.level1_of("".join(t for _, t in row.get(column, []))) for row in cells]
    starts = [0]
    for above, below in pairwise(named):
        between = [
            r
            for r, line in enumerate(anchors)
            if above[0][0] < line <= below[-1][0] and level1[r] == level1[0] != level1[r - 1]
        ]
        if len(between) != 1 or between[0] <= starts[-1]:
            return None
        starts.append(between[0])
    return starts


def _row(found: dict[int, Parts], size: int) -> Row:
    cells = [join_wrapped([text for _, text in sorted(found.get(c, []))]) if c in found else ""
             for c in range(size)]  # fmt: skip
    firsts = [min(line for line, _ in found[c]) if found.get(c) else -1 for c in range(size)]
    return Row(tuple(cells), tuple(firsts))
