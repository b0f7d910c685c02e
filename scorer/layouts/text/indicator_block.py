"""The indicator part of a form in text: head rows, level-1 labels, blocks, rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scorer.forms import BENEFIT, Phase, Place
from scorer.layouts.draft import FormDraft, natural_level1
from scorer.layouts.grid.indicator_rows import TOTALS
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.grid.slots import is_ditto
from scorer.layouts.text.broken_levels import with_whole_level2
from scorer.layouts.text.cells import CellReader
from scorer.layouts.text.columns import (
    Columns,
    Half,
    block_phase,
    goal_phase,
    make_columns,
)
from scorer.layouts.text.goals_between import goal_at
from scorer.layouts.text.header_row import HeadRow, head_row, without_serials
from scorer.layouts.text.levels import Spot, from_bottom, spread_labels
from scorer.layouts.text.lines import PLACED, Mode, Piece, TextLine
from scorer.layouts.text.placed_block import PlacedRows
from scorer.layouts.text.prices import is_slot
from scorer.layouts.text.rows import Row, RowReader
from scorer.layouts.words import Words, fold, squeeze, unnumbered
from scorer.targets import join_target

_TWO_HALVES = ("level2", "name", "value", "level2", "name", "value")
_ONE_HALF = ("level2", "name", "value")
_LABEL_LINES = 6  # lines of a level-1 label that is printed downwards
_TITLE_LINES = 8
_WELL = 1.7  # mean price of a row up to which cells read one after the other fit
_SINGLE = 0.9  # of the lines of a text that gives a cell a line
_DEAR = 3.0  # mean price of a row from which cells may not stand where their lines say
_BADLY = 9.0  # mean price of a row of two halves above which they do not
_REST = "指标"  # of «一级», which stands above the other heads
_VERTICAL, _GOAL = "绩效指标", "绩效目标"
_SATISFACTION = ("服务对象满意度指标", "社会公众或服务对象满意度指标")
_SCORE = re.compile(r"^\(\d{1,3}(?:\.\d+)?(?:分|%|分值)?\)$")  # «（40分）»
_POINTS = re.compile(r"^\(?\d{1,3}(?:\.\d+)?分\)?$")
_COST_CLASSES = ("经济成本指标", "社会成本指标", "生态环境成本指标")


@dataclass
class Block:
    """Lines that share their columns; ``level1`` maps a line's index to the label before it.
    Where places tell, pieces that start left of ``left`` are level 1's."""

    columns: Columns | None
    phase: Phase
    lines: list[TextLine] = field(default_factory=list)
    level1: dict[int, str] = field(default_factory=dict)
    doubtful: bool = False  # its cells may be cut wrongly
    left: float = 0.0


def block_start(lines: Sequence[TextLine], words: Words) -> int:
    """Index of the first line of the indicator part, or the number of lines."""
    for i, line in enumerate(lines):
        if _starts_block(lines, i, words):
            return _with_vertical(lines, i)
        texts = [p.text for p in line.pieces[:1]]
        if any(words.level1_of(t) and _sure_level(t) for t in texts):
            return _with_vertical(lines, i)
        if any(words.level2_of(t) and len(squeeze(t)) >= 4 for t in texts):
            return _with_vertical(lines, i)
    return len(lines)


def _sure_level(text: str) -> bool:
    """«产出指标», «(一)产出»: a short name may be any word, unless it is numbered."""
    return squeeze(text).endswith("指标") or unnumbered(fold(text)) != fold(text)


def _with_vertical(lines: Sequence[TextLine], i: int) -> int:
    """Where the first signs of 绩效指标, set downwards, begin above line ``i``."""
    start, above = i, ""
    for k in range(i - 1, max(-1, i - 1 - len(_VERTICAL)), -1):
        above = squeeze(lines[k].text) + above
        if above not in _VERTICAL:
            break
        start = k if _VERTICAL.startswith(above) else start
    return start


def _starts_block(lines: Sequence[TextLine], i: int, words: Words) -> bool:
    """A head row or a block's title stands here, or several titles side by side."""
    line = lines[i]
    if not line.pieces:
        return False
    if head_row(lines, i, words) or block_title(lines, i):
        return True
    if _goal_title(lines, i, words):
        return not _labels_text_above(lines, i, words)
    return len(line.pieces) == 2 and all(block_phase(p.text) for p in line.pieces)


def block_title(lines: Sequence[TextLine], i: int) -> tuple[Phase, int] | None:
    """(phase, lines it takes) of a block's title: «年度绩效指标», wrapped, or set downwards."""
    joined = ""
    found = None
    for n in range(i, min(len(lines), i + _TITLE_LINES)):
        pieces = lines[n].pieces
        if not pieces or len(pieces[0].text) > 10:
            break
        joined += squeeze(pieces[0].text)
        if (phase := block_phase(joined)) and joined != _VERTICAL:
            found = phase, n + 1 - i
        elif found:
            break
        if len(pieces) > 1:
            break
    return found


def _goal_title(lines: Sequence[TextLine], i: int, words: Words) -> tuple[Phase, int] | None:
    """«年度目标1：» on a line of its own above a head row heads a block."""
    if len(lines[i].pieces) != 1 or i + 1 >= len(lines) or not head_row(lines, i + 1, words):
        return None
    phase = goal_phase(lines[i].text)
    return (phase, 1) if phase else None


def _labels_text_above(lines: Sequence[TextLine], i: int, words: Words) -> bool:
    """«年度绩效目标» below its text, at the bottom of its cell: this goal has not been named
    before, and the line above ends a sentence."""
    goal = words.field_of(lines[i].text)
    named = any(words.field_of(line.pieces[0].text) == goal for line in lines[:i] if line.pieces)
    return i > 0 and goal in GOALS and not named and lines[i - 1].text.endswith(("。", "；"))


def read_blocks(
    lines: Sequence[TextLine], draft: FormDraft, mode: Mode
) -> tuple[list[Columns], Place | None]:
    """Read all blocks into the draft; returns the columns of each, in order, and where the
    first rows stand that may be cut wrongly."""
    words = draft.words
    blocks = _blocks(lines, words, mode)
    for block in blocks:
        block.columns = block.columns or _guess_columns(block, words)
        _read_block(block, draft, mode)
    doubt = next((block.lines[0].place for block in blocks if block.doubtful), None)
    return [block.columns for block in blocks if block.columns], doubt


def _blocks(lines: Sequence[TextLine], words: Words, mode: Mode) -> list[Block]:
    """The lines cut at block titles, head rows and goals between blocks; labels of level 1 taken
    out. Above the goal of the year stand the rows of the long term."""
    between = [goal for n in range(len(lines)) if (goal := goal_at(lines, n, words))]
    above: Phase = "period" if any(phase == "annual" for phase, _ in between) else "annual"
    blocks: list[Block] = [Block(None, above)]
    lines = _level1_merged([_without_score(line, words) for line in lines], words)
    if mode == "space":
        lines = with_whole_level2(lines, words)
    expected = _VERTICAL
    i = 0
    while i < len(lines):
        if title := block_title(lines, i) or _goal_title(lines, i, words):
            phase, taken = title
            last = lines[i + taken - 1]
            if len(last.pieces) == 2 and block_phase(last.pieces[1].text):
                i += taken  # the titles of two halves
                continue
            blocks.append(Block(None, phase))
            lines[i + taken - 1] = replace(last, pieces=last.pieces[1:])
            i += taken - 1
        elif goal := goal_at(lines, i, words):
            phase, taken = goal
            blocks.append(Block(None, phase))
            i += taken
        elif head := head_row(lines, i, words):
            _take_head(blocks, head)
            blocks[-1].left = head.level2_at if mode in PLACED else 0.0
            if head.numbered:
                lines[head.end :] = without_serials(lines[head.end :])
            if head.rest:
                _take(blocks[-1], TextLine(head.rest, lines[head.end - 1].place), words)
            i = head.end
        else:
            line, expected = _without_vertical(_without_goal(lines[i], words), expected)
            line = _without_left(line, blocks[-1].left, words)
            if not _names_block(line, blocks[-1], words):
                _take(blocks[-1], line, words, _next_pieces(lines, i))
            i += 1
    return [b for b in blocks if b.lines]


def _names_block(line: TextLine, block: Block, words: Words) -> bool:
    """«目标名称 垃圾收运体系完善» between a block's title and its head row."""
    opens = block.columns is None and not block.lines
    return opens and bool(line.pieces) and words.field_of(line.pieces[0].text) == "ignored"


def _take_head(blocks: list[Block], head: HeadRow) -> None:
    """A head row starts a block, or repeats on a new page what is known."""
    block = blocks[-1]
    columns = head.columns(block.phase)
    if block.columns is None:  # rows may stand above their own head row
        block.columns = columns
    elif columns.roles != block.columns.roles:
        blocks.append(Block(columns, block.phase))


def _without_score(line: TextLine, words: Words) -> TextLine:
    """The line without the points of a level in brackets, which stand behind its name or on
    a line below it («产出指标», «（40分）»)."""
    levels = 0
    for n, piece in enumerate(line.pieces):
        if _SCORE.match(fold(piece.text)):
            return replace(line, pieces=(*line.pieces[:n], *line.pieces[n + 1 :]))
        levels += words.opens_level(piece.text) or words.ends_level(piece.text)
        if levels <= n:
            break
    return line


def _level1_merged(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """Level-1 labels that were wrapped or printed downwards, whole again."""
    out = list(lines)
    for i, line in enumerate(out):
        head = line.pieces[0].text if line.pieces else ""
        if not 1 <= len(head) <= 4 or not any(w.startswith(head) for w in words.level1):
            continue
        if i and any(words.opens_level2(p.text + head) for p in out[i - 1].pieces):
            continue  # the middle of «服务对象|满意度指|标»
        last = _end_of_label(out, i, words)
        if last is not None:
            joined = "".join(x.pieces[0].text for x in out[i : last + 1] if x.pieces)
            out[i] = replace(line, pieces=(Piece(joined, line.pieces[0].at), *line.pieces[1:]))
            for n in range(i + 1, _end_of_points(out, last) + 1):
                out[n] = replace(out[n], pieces=out[n].pieces[1:])
    return out


def _end_of_points(lines: Sequence[TextLine], last: int) -> int:
    """The line on which the points end that go on below a broken label («50», «分»), or that of
    the label's end."""
    joined = ""
    for k in range(last + 1, min(last + 1 + _LABEL_LINES, len(lines))):
        joined += fold(lines[k].text) if len(lines[k].pieces) == 1 else " "
        if _POINTS.match(joined):
            return k
    return last


def _end_of_label(lines: Sequence[TextLine], start: int, words: Words) -> int | None:
    """The line on which a level-1 label ends that is broken or printed downwards from a line on;
    one without «指标» («满意度») has a line for each of its signs."""
    found, joined = None, ""
    for k in range(start, min(start + _LABEL_LINES, len(lines))):
        part = lines[k].pieces[0].text if lines[k].pieces else ""
        joined += part
        downwards = len(joined) > 2 and len(joined) == k + 1 - start
        if k > start and joined in words.level1 and (joined.endswith("指标") or downwards):
            found = k
    return found


def _level1_words(words: Words) -> set[str]:
    return {w for w in words.level1 if w.endswith("指标")}


def _without_goal(line: TextLine, words: Words) -> TextLine:
    """The line without 绩效目标, where that stands over all levels instead of 绩效指标."""
    texts = [squeeze(piece.text) for piece in line.pieces[:2]]
    over = len(texts) == 2 and texts[0] == _GOAL and words.level1_of(texts[1]) is not None
    return replace(line, pieces=line.pieces[1:]) if over else line


def _without_vertical(line: TextLine, expected: str) -> tuple[TextLine, str]:
    """The line without 绩效指标, whole or the sign of it that is ``expected`` next."""
    head = squeeze(line.pieces[0].text) if line.pieces else ""
    if head == _VERTICAL:
        return replace(line, pieces=line.pieces[1:]), expected
    if head and expected.startswith(head) and len(head) < 4:
        rest = expected[len(head) :] or _VERTICAL  # once more on the next page
        return replace(line, pieces=line.pieces[1:]), rest
    return line, expected


def _next_pieces(lines: Sequence[TextLine], i: int) -> Sequence[Piece]:
    """The pieces of the next line that has any."""
    return next((line.pieces for line in lines[i + 1 : i + 4] if line.pieces), ())


def _without_left(line: TextLine, left: float, words: Words) -> TextLine:
    """The line without parts of a level-1 name that stand in that column («满意», «度指»)."""
    if not line.pieces or line.pieces[0].at >= left:
        return line
    text = squeeze(line.pieces[0].text)
    part = len(text) <= 4 and any(text in name for name in _level1_words(words))
    return replace(line, pieces=line.pieces[1:]) if part else line


def _take(block: Block, line: TextLine, words: Words, following: Sequence[Piece] = ()) -> None:
    """Add a line to a block, its level-1 labels noted and taken off. ``following`` is what
    stands in the next line."""
    pieces = list(line.pieces)
    if pieces and squeeze(pieces[0].text) in TOTALS:
        return
    if not block.lines and [squeeze(piece.text) for piece in pieces] == [_REST]:
        return
    while pieces:
        level1, rest = _level1_at(pieces, words, block, following)
        if level1 is None:
            break
        block.level1[len(block.lines)] = level1
        pieces = rest
    if pieces:
        block.lines.append(replace(line, pieces=tuple(pieces)))


def _level1_at(
    pieces: Sequence[Piece], words: Words, block: Block, following: Sequence[Piece]
) -> tuple[str | None, list[Piece]]:
    """(level 1, remaining pieces) if the first piece is one, or is glued to its level 2."""
    first, rest = pieces[0], list(pieces[1:])
    text = squeeze(first.text)
    if block.columns is not None and first.column in block.columns.starts:
        return None, list(pieces)  # «满意度» may be the rest of a name
    if first.at < block.left and (level1 := words.level1_of(text)):
        return level1, rest
    above = [p.text for p in block.lines[-1].pieces] if block.lines else []
    if any(words.opens_level2(part) and words.level2_of(part + text) for part in above):
        return None, list(pieces)  # the rest of a broken level-2 name
    level1 = words.level1_of(text)
    if level1 is None:
        for word in _level1_words(words):
            behind = fold(first.text).removeprefix(word)
            if behind != fold(first.text) and words.level2_opening(behind):
                return words.level1[word], [Piece(first.text[len(word) :], first.at), *rest]
        return None, list(pieces)
    if words.level2_of(text) is None:
        after = rest or list(following)
        sure = text.endswith("指标") or (after and words.level2_opening(after[0].text))
        return (level1, rest) if sure else (None, list(pieces))
    # 成本指标 and 满意度指标 are names of both levels: what follows tells.
    follow = words.level2_opening(rest[0].text) if rest else None
    one_half = block.columns is not None and block.columns.roles.count("level2") < 2
    if level1 == "成本指标":
        is_level1 = follow in _COST_CLASSES or (follow == "成本指标" and one_half)
    else:
        opens = bool(rest) and any(squeeze(rest[0].text) in w for w in _SATISFACTION)
        is_level1 = opens or (follow or "").startswith("服务对象")
    if not rest and block.columns is not None:
        is_level1 = level1 != "成本指标" or (one_half and _opens_cost(following, words))
    elif level1 == BENEFIT:  # «影响力指标» over «长效管理», or itself over an indicator
        is_level1 = natural_level1(follow or "") == BENEFIT
    return (level1, rest) if is_level1 else (None, list(pieces))


def _opens_cost(pieces: Sequence[Piece], words: Words) -> bool:
    """A class of cost, whole or its first part, stands below «成本指标»: that is level 1."""
    if not pieces:
        return False
    text = squeeze(pieces[0].text)
    opened = words.level2_opening(text) in ("成本指标", *_COST_CLASSES)
    return opened or (len(text) >= 2 and any(w.startswith(text) for w in _COST_CLASSES))


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
    if reader.price <= _WELL * halves and not slipped:
        return rows, False
    other = beside.read(block.lines, block.level1)
    if slipped and not _halves_differ(other, columns, words):
        return other, beside.price > _BADLY
    return (other if beside.price < reader.price else rows), True


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
        middle = not spots and _stand_between(block, words)
        whole = spread_labels(labels, texts, breaks, words, spots, middle=middle)
    return [(_level1_for(two, one, words), two) for one, two in zip(level1, whole, strict=True)]


def _stand_between(block: Block, words: Words) -> bool:
    """A level's name alone between two rows that have none, where others stand in theirs: names
    are set in the middle of the rows they head."""
    named = [any(words.level2_of(p.text) for p in line.pieces) for line in block.lines]
    alone = [n for n, line in enumerate(block.lines) if named[n] and len(line.pieces) == 1]
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
    if is_slot(name) and not value:
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


_EXTRA = {  # role of a column -> the indicator's field
    "kind": "declared_kind",
    "direction": "direction",
    "weight": "weight",
    "standard": "baseline",
    "baseline": "baseline",
    "note": "explanation",
    "explanation": "explanation",
}


def _with_sign(value: str, columns: Columns, row: Row) -> str:
    """Sign, number and unit of three columns as one says them: «≥95%»."""
    sign, unit = columns.index("sign"), columns.index("unit")
    if not value or (sign is None and unit is None):
        return value
    before = row.cells[sign] if sign is not None else ""
    after = row.cells[unit] if unit is not None else ""
    return join_target("" if before.startswith("定") else before, value, after)
