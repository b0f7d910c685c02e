"""The indicator part of a form in text: the rows of its blocks, with their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scorer.forms import Place
from scorer.layouts.draft import FormDraft, natural_level1
from scorer.layouts.grid.slots import is_ditto
from scorer.layouts.text.block import Block
from scorer.layouts.text.blocks import cut_blocks
from scorer.layouts.text.cells import CellReader
from scorer.layouts.text.columns import Columns, Half, make_columns
from scorer.layouts.text.levels import Spot, from_bottom, spread_labels
from scorer.layouts.text.lines import PLACED, Mode, TextLine
from scorer.layouts.text.placed_block import PlacedRows
from scorer.layouts.text.prices import is_slot
from scorer.layouts.text.rows import Row, RowReader
from scorer.layouts.text.rows_around import with_rows_filled
from scorer.layouts.words import Words
from scorer.targets import join_target

_TWO_HALVES = ("level2", "name", "value", "level2", "name", "value")
_ONE_HALF = ("level2", "name", "value")
_WELL = 1.7  # mean price of a row up to which cells read one after the other fit
_SINGLE = 0.9  # of the lines of a text that gives a cell a line
_DEAR = 3.0  # mean price of a row from which cells may not stand where their lines say
_SEVERAL = 3  # rows from which a blank half is no chance
_BADLY = 9.0  # mean price of a row of two halves above which they do not
_FIRST = re.compile(r"^(?:指标)?\s*[1①一]\s*[:：.、]")  # «指标1：», the first row of a level
_EXTRA = {  # role of a column -> the indicator's field
    "kind": "declared_kind",
    "direction": "direction",
    "weight": "weight",
    "standard": "baseline",
    "baseline": "baseline",
    "note": "explanation",
    "explanation": "explanation",
}


def read_blocks(
    lines: Sequence[TextLine], draft: FormDraft, mode: Mode
) -> tuple[list[Columns], Place | None]:
    """Read all blocks into the draft; returns the columns of each, in order, and where the
    first rows stand that may be cut wrongly."""
    words = draft.words
    lines = with_rows_filled(lines, words) if mode == "space" else lines
    blocks = cut_blocks(lines, words, mode)
    for block in blocks:
        block.columns = block.columns or _guess_columns(block, words)
        _read_block(block, draft, mode)
    doubt = next((block.lines[0].place for block in blocks if block.doubtful), None)
    return [block.columns for block in blocks if block.columns], doubt


def _guess_columns(block: Block, words: Words) -> Columns:
    """Columns of a block without a head row: two halves if level-2 names come in pairs."""
    labels = [
        c for line in block.lines for p in line.pieces if (c := words.level2_of(p.text)) is not None
    ]
    pairs = sum(a == b for a, b in pairwise(labels))
    two = pairs >= 2 and pairs * 3 >= len(labels)
    return make_columns(_TWO_HALVES if two else _ONE_HALF, phase=block.phase)


def _read_block(block: Block, draft: FormDraft, mode: Mode) -> None:
    """The block's rows into the draft, in printed order."""
    columns = block.columns
    if columns is None:
        return
    rows, block.doubtful = _cheapest(block, columns, mode, draft.words)
    if _left_is_blank(rows, columns):
        rows = [moved for row in rows for moved in _in_right_half(row, columns)]
    spots = _spots(block, columns, rows) if mode in PLACED else []
    levels = _levels(block, columns, rows, spots, draft.words)
    for row, (level1, level2) in zip(rows, levels, strict=True):
        for half in columns.halves:
            own = row.cells[half.label] if half.label is not None else ""
            if own and own != level2:  # the halves are not level
                _add(draft, block, columns, row, half, (_level1_for(own, level1, draft.words), own))
            else:
                _add(draft, block, columns, row, half, (level1, level2))


def _cheapest(block: Block, columns: Columns, mode: Mode, words: Words) -> tuple[list[Row], bool]:
    """(the rows, True where they may be cut wrongly). A single half, or two halves with a line
    for each cell, are read cell after cell; where that fits badly, wrapped cells may stand side
    by side, line by line, as those of two halves otherwise do."""
    if mode in PLACED and (placed := _by_place(block, columns, mode, words)) is not None:
        return placed
    beside = RowReader(columns, mode, words)
    halves = len({half.name for half in columns.halves})
    if mode != "space" or (halves > 1 and not _cell_a_line(block)):
        return beside.read(block.lines, block.level1), beside.price > _BADLY
    reader = CellReader(columns.roles, words)
    rows = reader.read(block.lines, tuple(block.level1))
    slipped = _halves_differ(rows, columns, words)
    well = reader.price <= _WELL * halves and not slipped
    if well and not any(_is_rest(row, columns) for row in rows):
        return rows, False
    other = beside.read(block.lines, block.level1)
    if well:
        closed = [row.cells for row in _closed(rows, columns)]
        agree = closed == [row.cells for row in other]
        return (other if agree and beside.price < reader.price else rows), False
    if slipped and not _halves_differ(other, columns, words):
        return other, beside.price > _BADLY
    return (other if beside.price < reader.price else rows), True


def _is_rest(row: Row, columns: Columns) -> bool:
    """Nothing but a name: maybe the rest of a wrapped one, which stands below the value."""
    filled = {c for c, text in enumerate(row.cells) if text}
    return len(filled) == 1 and filled <= {half.name for half in columns.halves}


def _closed(rows: Sequence[Row], columns: Columns) -> list[Row]:
    """The rows with those of nothing but a name added to the name above."""
    found: list[Row] = []
    for row in rows:
        if found and _is_rest(row, columns):
            above = found.pop()
            row = Row(
                tuple(a + b for a, b in zip(above.cells, row.cells, strict=True)), above.firsts
            )
        found.append(row)
    return found


def _by_place(
    block: Block, columns: Columns, mode: Mode, words: Words
) -> tuple[list[Row], bool] | None:
    """The same for rows whose cells stand where a ruled table has them; None where their places
    tell no columns. Where that fits badly, the cheaper of this and of rows line by line."""
    placed, beside = PlacedRows(columns, words), RowReader(columns, mode, words)
    rows = placed.read(block.lines)
    if rows is None or placed.price <= _DEAR:
        return None if rows is None else (rows, False)
    other = beside.read(block.lines, block.level1)
    best = rows if placed.price <= beside.price else other
    return best, min(placed.price, beside.price) > _BADLY


def _left_is_blank(rows: Sequence[Row], columns: Columns) -> bool:
    """No row whose two labels are printed has anything in its left half, while the right one has:
    a row without labels belongs there too."""
    if len(columns.halves) != 2 or any(half.label is None for half in columns.halves):
        return False
    left, right = columns.halves
    labelled = [row for row in rows if all(_label(row, half) for half in columns.halves)]
    filled = [row for row in labelled if _says(row, right)]
    return len(filled) >= _SEVERAL and not any(_says(row, left) for row in labelled)


def _in_right_half(row: Row, columns: Columns) -> list[Row]:
    """The row with what stands in its left half in the right one: a row of its own, where the
    right half has another."""
    left, right = columns.halves
    if not _says(row, left):
        return [row]
    cells, firsts = list(row.cells), list(row.firsts)
    rest_cells, rest_firsts = list(row.cells), list(row.firsts)
    for one, other in ((left.name, right.name), (left.value, right.value)):
        if one is not None and other is not None:
            cells[other], firsts[other] = cells[one], firsts[one]
            for texts, lines in ((cells, firsts), (rest_cells, rest_firsts)):
                texts[one], lines[one] = "", -1
    moved, rest = (Row(tuple(t), tuple(f)) for t, f in ((cells, firsts), (rest_cells, rest_firsts)))
    return [moved, rest] if _says(row, right) else [moved]


def _label(row: Row, half: Half) -> str:
    return row.cells[half.label] if half.label is not None else ""


def _says(row: Row, half: Half) -> bool:
    return bool(row.cells[half.name] or (half.value is not None and row.cells[half.value]))


def _halves_differ(rows: Sequence[Row], columns: Columns, words: Words) -> bool:
    """The two halves of some row name different levels: one of them has slipped."""
    labels = [half.label for half in columns.halves if half.label is not None]
    named = [{words.level2_of(row.cells[i]) for i in labels if row.cells[i]} for row in rows]
    return any(len(levels) > 1 for levels in named)


def _cell_a_line(block: Block) -> bool:
    """Hardly a line has two cells."""
    single = sum(len(line.pieces) == 1 for line in block.lines)
    return single >= _SINGLE * len(block.lines)


def _spots(block: Block, columns: Columns, rows: Sequence[Row]) -> list[Spot]:
    """Where the rows and their labels stand, line by line."""
    starts = [min(f for f in row.firsts if f >= 0) for row in rows]
    ends = [*(start - 1 for start in starts[1:]), len(block.lines) - 1]
    labels = [h.label for h in columns.halves if h.label is not None]
    found = []
    for row, first, last in zip(rows, starts, ends, strict=True):
        at = [row.firsts[i] for i in labels if row.cells[i] and row.firsts[i] >= 0]
        found.append(Spot(first, max(first, last), min(at, default=first)))
    return found


def _levels(
    block: Block,
    columns: Columns,
    rows: Sequence[Row],
    spots: Sequence[Spot],
    words: Words,
) -> list[tuple[str, str]]:
    """(level 1, level 2) of each row."""
    label_columns = [h.label for h in columns.halves if h.label is not None]
    labels = [next((t for i in label_columns if (t := row.cells[i])), "") for row in rows]
    texts = [_texts(row, columns) for row in rows]
    starts = [min(f for f in row.firsts if f >= 0) for row in rows]
    level1 = [_level1_before(block, start) for start in starts]
    labels = [
        label or ("服务对象满意度指标" if one == "满意度指标" else "")
        for label, one in zip(labels, level1, strict=True)
    ]
    breaks = [i > 0 and level1[i] != level1[i - 1] for i in range(len(rows))]
    if not spots and _stand_below(block, words):
        whole = from_bottom(labels)
    else:
        apart = None if spots or not _stand_between(block, words) else _labels_above(rows, columns)
        whole = spread_labels(labels, texts, breaks, words, spots, apart)
    return [(_level1_for(two, one, words), two) for one, two in zip(level1, whole, strict=True)]


def _labels_above(rows: Sequence[Row], columns: Columns) -> frozenset[int]:
    """The rows whose label stands on a line above their name."""
    half = columns.halves[0]
    return frozenset(
        n
        for n, row in enumerate(rows)
        if half.label is not None and -1 < row.firsts[half.label] < row.firsts[half.name]
    )


def _stand_between(block: Block, words: Words) -> bool:
    """A level's name alone between two rows that have none, where others stand in theirs: names
    are set in the middle of the rows they head."""
    named = [any(words.level2_of(p.text) for p in line.pieces) for line in block.lines]
    alone = [n for n, line in enumerate(block.lines) if named[n] and len(line.pieces) == 1]
    if any(_FIRST.match(line.pieces[0].text) for n in alone for line in block.lines[n + 1 : n + 2]):
        return False
    between = [
        n
        for n in alone
        if 0 < n < len(named) - 1
        and not named[n - 1]
        and not named[n + 1]
        and min(len(block.lines[n - 1].pieces), len(block.lines[n + 1].pieces)) > 1
    ]
    return bool(between) and between == alone and 2 * len(alone) < sum(named)


def _stand_below(block: Block, words: Words) -> bool:
    """Every level's name stands alone on a line, and the last one ends the block: names are set at
    the bottom of the rows they head."""
    named = [any(words.level2_of(p.text) for p in line.pieces) for line in block.lines]
    alone = all(len(x.pieces) == 1 for x, name in zip(block.lines, named, strict=True) if name)
    return alone and named[-1] and not named[0]


def _texts(row: Row, columns: Columns) -> tuple[str, str]:
    """Name and value of the row's first half that has any."""
    for half in columns.halves:
        name = row.cells[half.name]
        value = row.cells[half.value] if half.value is not None else ""
        if name or value:
            return name, value
    return "", ""


def _level1_before(block: Block, line: int) -> str:
    before = [i for i in block.level1 if i <= line]
    return block.level1[max(before)] if before else ""


def _level1_for(level2: str, printed: str, words: Words) -> str:
    """The level 1 that goes with a known level 2: labels may be printed on another row."""
    canonical = words.level2_of(level2) or ""
    if canonical == "成本指标":
        return "成本指标" if printed == "成本指标" else "产出指标"
    return natural_level1(canonical) or printed


def _add(
    draft: FormDraft,
    block: Block,
    columns: Columns,
    row: Row,
    half: Half,
    levels: tuple[str, str],
) -> None:
    """One half of a row as an indicator, at the line where its name (else value) starts."""
    name = row.cells[half.name]
    value = row.cells[half.value] if half.value is not None else ""
    if is_slot(name + value) or (is_slot(name) and not value):
        return
    if (not name and not value) or _is_other_phases(columns, row, half, value):
        return
    columns_of = [i for i in (half.name, half.value) if i is not None and row.firsts[i] >= 0]
    place: Place = block.lines[row.firsts[columns_of[0]]].place if columns_of else Place()
    extra = {
        key: row.cells[i]
        for role, key in _EXTRA.items()
        if (i := columns.index(role)) is not None and row.cells[i]
    }
    value = _with_sign(value, columns, row)
    draft.add_row(half.phase, *levels, name, value, place, extra)


def _is_other_phases(columns: Columns, row: Row, half: Half, value: str) -> bool:
    """The name stands for both phases, and «—» or a blank says that this one has no row."""
    others = [h for h in columns.halves if h is not half and h.name == half.name]
    filled = any(h.value is not None and row.cells[h.value] for h in others)
    return bool(others) and (is_ditto(value) if value else filled)


def _with_sign(value: str, columns: Columns, row: Row) -> str:
    """Sign, number and unit of three columns as one says them: «≥95%»."""
    sign, unit = columns.index("sign"), columns.index("unit")
    if not value or (sign is None and unit is None):
        return value
    before = row.cells[sign] if sign is not None else ""
    after = row.cells[unit] if unit is not None else ""
    return join_target("" if before.startswith("定") else before, value, after)
