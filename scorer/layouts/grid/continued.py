"""A table that goes on over a page: the header's columns found again in the next grid.

The next page's grid has its own column numbers: a page without the head's finely cut
rows has fewer columns. Columns are matched in order, else by the level-2 names in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scorer.layouts.grid.header_row import Column, Heading, role_of
from scorer.layouts.grid.indicator_rows import assign, has_levels
from scorer.layouts.grid.labels import inline_pairs, label_of
from scorer.layouts.grid.slots import Row, Slot, joined_rows
from scorer.layouts.words import Words


def remap(heading: Heading, rows: Sequence[Row], words: Words) -> Heading | None:
    """The heading in the columns of ``rows`` (a further grid of the same table), or None
    if they do not fit."""
    body = _body(rows, words)
    starts = sorted({slot.start for row in body for slot in row.slots})
    wanted = sorted({(c.start, c.end) for c in (*heading.columns, *heading.flat)})
    if not body or not starts:
        return None
    if {start for start, _ in wanted} <= set(starts):
        return heading if _levels_agree(heading, body, words) else None
    ends = [*starts[1:], max(slot.end for row in body for slot in row.slots)]
    new = list(zip(starts, ends, strict=True))
    for skip in range(3):  # 绩效指标 and unnamed columns may stand left of the first role
        if len(new) - skip == len(wanted):
            return _moved(heading, dict(zip(wanted, new[skip:], strict=True)))
    lost = len(wanted) - len(new)
    if lost == 1 and heading.level1 and not heading.flat:  # a merged level 1 stays behind
        places = [w for w in wanted if w != (heading.level1.start, heading.level1.end)]
        mapping = dict(zip(places, new, strict=True))
        return _moved(heading, {(heading.level1.start, heading.level1.end): (-1, -1)} | mapping)
    return _by_names(heading, body, new, words)


def joined_header(upper: Row, lower: Row, words: Words) -> Row | None:
    """A header row that a page break cut in two, in the columns of its lower part. One head
    over several columns (指标值 over 历史值 and 年度值) gives its words to each of them."""
    top, bottom = [slot.text for slot in upper.own], lower.own
    more = len(bottom) - len(top)
    if more < 0 or has_levels([lower], words):
        return None
    if more:
        values = [n for n, text in enumerate(top) if role_of(text, words) == "value"]
        if len(values) != 1:
            return None
        top[values[0] : values[0] + 1] = [top[values[0]]] * (more + 1)
    slots = (replace(b, text=a + b.text) for a, b in zip(top, bottom, strict=True))
    return Row(tuple(slots), lower.index, lower.first)


def joined_list_row(upper: Row, lower: Row, heading: Heading, words: Words) -> Row | None:
    """A row of a flat list that a page break cut in two; None if ``lower`` is a new row: its
    levels are whole names, or more than the rest of those above; without levels, as many
    cells are filled."""
    joined = joined_rows(upper, lower)
    if joined is None or has_levels([lower], words):
        return None
    if not heading.columns and len(lower.filled) >= len(upper.filled):
        return None
    levels = [c for c in heading.columns if c.role in ("level1", "level2")]
    cells = assign(joined, levels)
    for column in levels:
        text = "".join(slot.text for slot in cells.get(column, []))
        if text and not (words.level1_of(text) or words.level2_of(text)):
            return None
    return joined


def _body(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows up to the first foot or head row."""
    body: list[Row] = []
    for row in rows:
        filled = row.filled
        if filled and _is_foot(filled[0], words):
            break
        body.append(row)
    return body


def _is_foot(slot: Slot, words: Words) -> bool:
    if label_of(slot.text, words):
        return words.level2_of(slot.text) is None
    return bool(inline_pairs(slot.cell.text, words))


def _levels_agree(heading: Heading, body: Sequence[Row], words: Words) -> bool:
    """No level-2 name stands under another column."""
    columns = [c for half in heading.halves for c in half.of("level2")]
    if not columns:
        return True
    named = [s for row in body for s in row.own if words.level2_of(s.text)]
    inside = [s for s in named if any(c.start < s.end and s.start < c.end for c in columns)]
    return len(inside) * 2 >= len(named)


def _moved(heading: Heading, to: dict[tuple[int, int], tuple[int, int]]) -> Heading:
    def move(column: Column) -> Column:
        start, end = to[column.start, column.end]
        return replace(column, start=start, end=end)

    halves = tuple(replace(h, columns=tuple(move(c) for c in h.columns)) for h in heading.halves)
    level1 = move(heading.level1) if heading.level1 else None
    return Heading(
        tuple(move(c) for c in heading.columns),
        halves,
        level1,
        tuple(move(c) for c in heading.flat),
    )


def _by_names(
    heading: Heading, body: Sequence[Row], new: Sequence[tuple[int, int]], words: Words
) -> Heading | None:
    """Anchor each half at a column that holds level-2 names."""
    hits: Counter[int] = Counter()
    for row in body:
        hits.update(slot.start for slot in row.own if words.level2_of(slot.text))
    order = [start for start, _ in new]
    anchors = sorted(start for start, count in hits.items() if count)
    own = [h for h in heading.halves if h.of("level2")]
    if not anchors or len(anchors) != len(own) or heading.flat:
        return None
    to: dict[tuple[int, int], tuple[int, int]] = {}
    if heading.level1:
        left = order.index(anchors[0]) - 1
        to[heading.level1.start, heading.level1.end] = new[left] if left >= 0 else (-1, -1)
    for anchor, half in zip(anchors, own, strict=True):
        at = order.index(anchor)
        for offset, column in enumerate(sorted(half.columns, key=lambda c: c.start)):
            if at + offset >= len(new):
                return None
            to[column.start, column.end] = new[at + offset]
    return (
        _moved(heading, to) if len(to) == len({(c.start, c.end) for c in heading.columns}) else None
    )
