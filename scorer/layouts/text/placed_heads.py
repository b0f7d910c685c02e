"""Head rows of a text that keeps its columns by spaces, each cell put together by its place.

A narrow column breaks its head («度量单» above «位»), one space may be all that parts two heads, and
a head may stand over those of its own columns («指标值» over «历史值» and «年度值»). What stands one
below the other is one cell; a run of lines whose cells are heads is a head row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorer.layouts.grid.header_row import flat_role, role_of
from scorer.layouts.text.columns import block_phase
from scorer.layouts.text.lines import Mode, Piece, TextLine, size
from scorer.layouts.words import Words, fold, is_code_head, squeeze

_MOST = 7  # lines of a head row
_LEAST = 3  # heads of a table of indicators
_LABEL = 4  # signs of a form's label
_ABOVE = 3  # heads of which part stands above all others
_LONGEST = 16  # signs of a head
_PUSHED = 0.75  # of a head's width that its neighbour may stand below
_SHARED = 1.0  # half-widths by which one cell's parts stand below each other at least
_WORD = re.compile(r"(?:[（(][^（()）]*[）)]|\S)+")  # «半年（1—6 月）» is one
_ALL = re.compile(r".+")
_NO_HEAD = re.compile(r"[≥≤=<>%；。]|\d{2}")
_LABELLED = re.compile(r"[:：]")
_VERTICAL = "绩效指标"  # set downwards, one sign a line
_LABEL_ENDS = ("目标", "绩效目标", "体目标", "标")  # last line of «总体目标» in a narrow cell
_TITLES = frozenset(("绩效指标", "绩效", "指标", "序号", "年度绩效指标"))  # no column of their own


@dataclass(frozen=True, slots=True)
class Span:
    """A text of one line and from where to where it stands, in half-widths."""

    text: str
    low: float
    high: float
    line: int


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """A head row: its cells from left to right, and those below the one that is divided."""

    start: int
    end: int  # one past its last line
    cells: tuple[Span, ...]
    divided: int | None = None  # the cell that ``subs`` stand below
    subs: tuple[Span, ...] = ()

    @property
    def columns(self) -> tuple[Span, ...]:
        """One cell a column, those included that say what the table is or count its rows."""
        return tuple(
            sub
            for n, cell in enumerate(self.cells)
            for sub in (self.subs if n == self.divided else (cell,))
        )


def is_title(text: str) -> bool:
    """«绩效指标» left of the levels, «序号»: what stands below is no cell of a row."""
    label = squeeze(text)
    return label in _TITLES or (len(label) == 1 and label in _VERTICAL)


def spans_of(line: TextLine, n: int, mode: Mode, words: Words) -> list[Span]:
    """The words of a line with their places; a label printed sign by sign is one."""
    found = []
    for piece in line.pieces:
        spread = max(map(len, piece.text.split())) == 1 and is_head(piece.text, words)
        for match in (_ALL if spread else _WORD).finditer(piece.text):
            low = piece.at + size(piece.text[: match.start()], mode)
            found.append(Span(match[0], low, low + size(match[0], mode), n))
    return found


def placed_head(rows: Sequence[Sequence[Span]], start: int, words: Words) -> PlacedHead | None:
    """The head row that begins at a line; None where none does."""
    if any(_opens(span.text, words) for span in rows[start]):
        return _from(rows, start, words)
    if len(rows[start]) > _ABOVE or start + 1 == len(rows):
        return None
    # the first part of a head whose fellows have one line, in the middle of the row
    whole, below = _from(rows, start, words), placed_head(rows, start + 1, words)
    if whole is None or below is None or len(whole.columns) <= len(below.columns):
        return None
    parts = {span.text for span in rows[start]}
    return None if any(cell.text in parts for cell in whole.columns) else whole


def _from(rows: Sequence[Sequence[Span]], start: int, words: Words) -> PlacedHead | None:
    """The best head row that takes some lines from this one on."""
    best: tuple[float, PlacedHead] | None = None
    for end in range(start + 1, min(len(rows), start + _MOST) + 1):
        found = _understood(rows[start:end], start, end, words)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _opens(text: str, words: Words) -> bool:
    """A head or its first part; every head row begins with one."""
    label = squeeze(text)
    return (
        label in _TITLES
        or label[:2] in words.head_openings
        or bool(flat_role(label, words) or role_of(label, words) or words.field_opening(label))
        or any(field.startswith(label) for field in words.fields if len(label) >= 2)
    )


def _titles_block(text: str) -> bool:
    """«长期绩效目标表» above the heads, not «绩效指标» beside them or «实施周期指标», a head's part."""
    return text.endswith("表") and block_phase(text) is not None


def is_head(text: str, words: Words) -> bool:
    if squeeze(text) in _TITLES or is_code_head(text):
        return True
    return bool(role_of(text, words) or flat_role(text, words))


def _understood(
    rows: Sequence[Sequence[Span]], start: int, end: int, words: Words
) -> tuple[float, PlacedHead] | None:
    """(how well it reads as one, the head row) of some lines."""
    if any(_LABELLED.search(span.text) for row in rows for span in row):
        return None  # «单位：万元» above the heads
    if any(len(row) == 1 and _titles_block(row[0].text) for row in rows):
        return None
    cells: list[Span] = []
    divided: Span | None = None
    subs: tuple[Span, ...] = ()
    for group in _groups([span for row in rows for span in row]):
        parted = _parted(group, words)
        if parted is None:
            return None
        parent, parts = parted
        if parent is not None and _is_value(parent.text, words):
            divided, subs = parent, tuple(parts)
            cells.append(parent)
        else:
            cells += parts
    cells.sort(key=lambda cell: cell.low)
    if divided is None:
        divided, subs = _under_value(cells, words)
        cells = [cell for cell in cells if cell not in subs]
    if divided is not None and sum(_is_value(cell.text, words) for cell in cells) > 1:
        at = cells.index(divided)  # «近两年指标值» beside «预期当年实现值»
        cells[at : at + 1] = subs
        divided, subs = None, ()
    known = [cell for cell in cells if is_head(cell.text, words)]
    roles = {role_of(cell.text, words) for cell in cells}
    if len(known) < max(_LEAST, 0.6 * len(cells)) or not roles & {"level1", "level2"}:
        return None
    if not any((role or "").startswith("value") for role in roles) or not _all_heads(cells, words):
        return None
    over = None if divided is None else cells.index(divided)
    head = PlacedHead(start, end, tuple(cells), over, subs)
    return len(known) - 2.0 * (len(cells) - len(known)) + len(subs) - 0.1 * len(rows), head


def _all_heads(cells: Sequence[Span], words: Words) -> bool:
    return all(
        is_head(cell.text, words)
        or (
            len(cell.text) <= _LONGEST
            and not _NO_HEAD.search(fold(cell.text))
            and not (words.level2_of(cell.text) or words.level1_of(cell.text))
        )
        for cell in cells
    )


def _is_value(text: str, words: Words) -> bool:
    return (role_of(text, words) or "").startswith("value")


def _groups(spans: Sequence[Span]) -> list[list[Span]]:
    """The texts that stand one below the other, directly or through others."""
    groups: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: s.low):
        mine = [g for g in groups if any(_below(span, other) for other in g)]
        groups = [g for g in groups if g not in mine]
        groups.append([span, *(other for g in mine for other in g)])
    return groups


def _below(one: Span, other: Span) -> bool:
    shared = min(one.high, other.high) - max(one.low, other.low)
    return one.line != other.line and shared > _SHARED


def _parted(group: Sequence[Span], words: Words) -> tuple[Span | None, list[Span]] | None:
    """(what stands over all, the columns' heads) of a group; None where that is not clear."""
    lines: dict[int, list[Span]] = {}
    for span in group:
        lines.setdefault(span.line, []).append(span)
    most = max(len(spans) for spans in lines.values())
    if most == 1:
        own = [span for span in group if not is_title(span.text)]
        if own and len(own) < len(group) and not is_head(_joined(group).text, words):
            group = own  # «绩效指标» in a line of its own above «一级指标»
        if not is_head(_joined(group).text, words) and _are_neighbours(group, words):
            return None, list(group)
        if _is_beside_label(group, words):
            return None
        return None if _are_rows(group, words) else (None, [_joined(group)])
    (line, heads) = next(item for item in lines.items() if len(item[1]) == most)
    heads = sorted(heads, key=lambda span: span.low)
    cells = [[head] for head in heads]
    over: list[Span] = []
    for span in (s for s in group if s.line != line):
        under = [cell for cell in cells if _below(span, cell[0])]
        if len(under) > 1 and span.line < line and is_head(span.text, words):
            over.append(span)
            continue
        if not under:
            return None
        max(under, key=lambda cell: _shared(span, cell[0])).append(span)
    lowest = max(over, key=lambda span: span.line) if over else None
    return lowest, [_joined(cell) for cell in cells]


def _shared(one: Span, other: Span) -> float:
    return min(one.high, other.high) - max(one.low, other.low)


def _are_neighbours(group: Sequence[Span], words: Words) -> bool:
    """Heads side by side, one of them a line lower, that a text's narrow signs have pushed
    together."""
    beside = sorted(group, key=lambda span: span.low)
    return all(is_head(span.text, words) for span in group) and all(
        _shared(one, other) < _PUSHED * min(one.high - one.low, other.high - other.low)
        for one, other in pairwise(beside)
    )


def _is_beside_label(group: Sequence[Span], words: Words) -> bool:
    """The end of a form's label stands right above a whole head: «目标» of 总体目标 above «一级指标»."""
    *above, last = sorted(group, key=lambda span: span.line)
    whole = words.column_of(last.text) == "level1" and not is_head(_joined(group).text, words)
    return whole and any(span.text in _LABEL_ENDS for span in above)


def _are_rows(group: Sequence[Span], words: Words) -> bool:
    """Labels of a form below each other («项目名称», «项目金额», «绩效目标») are no head."""
    return sum(bool(words.field_of(s.text) and len(s.text) >= _LABEL) for s in group) > 1


def _joined(spans: Sequence[Span]) -> Span:
    spans = sorted(spans, key=lambda span: span.line)
    low, high = min(span.low for span in spans), max(span.high for span in spans)
    return Span("".join(span.text for span in spans), low, high, spans[0].line)


def _under_value(cells: Sequence[Span], words: Words) -> tuple[Span | None, tuple[Span, ...]]:
    """«指标值» that stands above the gap between «历史值» and «年度值»."""
    for parent in cells:
        if not _is_value(parent.text, words):
            continue
        middle = (parent.low + parent.high) / 2
        below = [cell for cell in cells if cell.line > parent.line]
        for left, right in pairwise(below):
            if left.high <= middle <= right.low and _are_subs((left, right), words):
                return parent, (left, right)
    return None, ()


def _are_subs(cells: Sequence[Span], words: Words) -> bool:
    roles = [role_of(cell.text, words) or "" for cell in cells]
    return any(role.startswith("value") for role in roles) and all(
        role.startswith(("value", "baseline", "actual")) for role in roles
    )


def as_lines(head: PlacedHead, lines: Sequence[TextLine]) -> list[TextLine]:
    """The head row in one line, or in two where a head is divided."""
    place = lines[head.start].place
    top = tuple(Piece(cell.text, cell.low) for cell in head.cells)
    below = tuple(Piece(sub.text, sub.low) for sub in head.subs)
    return [TextLine(row, place) for row in (top, below) if row]
