"""The indicator part of a form in text: head rows, level-1 labels, blocks, rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scorer.forms import Phase, Place
from scorer.layouts.draft import FormDraft
from scorer.layouts.text_columns import (
    Columns,
    Half,
    block_phase,
    head_roles,
    make_columns,
    sub_roles,
    without_heads,
)
from scorer.layouts.text_levels import spread_labels
from scorer.layouts.text_lines import Mode, Piece, TextLine
from scorer.layouts.text_rows import Row, RowReader
from scorer.layouts.words import Words, fold, squeeze

_TWO_HALVES = ("level2", "name", "value", "level2", "name", "value")
_ONE_HALF = ("level2", "name", "value")
_TOO_WIDE = 7
_VERTICAL = "绩效指标"
_SATISFACTION = ("服务对象满意度指标", "社会公众或服务对象满意度指标")
_COST_CLASSES = ("经济成本指标", "社会成本指标", "生态环境成本指标")


@dataclass
class Block:
    """Lines that share their columns; ``level1`` maps a line's index to the label before it."""

    columns: Columns | None
    phase: Phase
    lines: list[TextLine] = field(default_factory=list)
    level1: dict[int, str] = field(default_factory=dict)


def block_start(lines: Sequence[TextLine], words: Words) -> int:
    """Index of the first line of the indicator part, or the number of lines."""
    start = len(lines)
    for i, line in enumerate(lines):
        start = i
        if head_roles(line, words):
            break
        texts = [p.text for p in line.pieces[:3]]
        if not texts:
            continue
        if len(line.pieces) <= 2 and all(block_phase(t) for t in texts):
            break
        if words.level1_of(texts[0]) and squeeze(texts[0]).endswith("指标"):
            break
        if words.level2_of(texts[0]) and len(squeeze(texts[0])) >= 4:
            break
    else:
        return len(lines)
    while start and squeeze(lines[start - 1].text) in {*_VERTICAL, "绩效"}:
        start -= 1
    return start


def read_blocks(lines: Sequence[TextLine], draft: FormDraft, mode: Mode) -> list[Columns]:
    """Read all blocks into the draft; returns the columns of each, in order."""
    words = draft.words
    blocks = _blocks(lines, words)
    for block in blocks:
        block.columns = block.columns or _guess_columns(block, words)
        _read_block(block, draft, mode)
    return [block.columns for block in blocks if block.columns]


def _blocks(lines: Sequence[TextLine], words: Words) -> list[Block]:
    """The lines cut at block titles and head rows; labels of level 1 taken out."""
    blocks: list[Block] = [Block(None, "annual")]
    heads: list[tuple[str, float]] = []  # of the head row just above
    for line in _without_vertical(_level1_merged(lines, words)):
        if heads and (roles := sub_roles(heads, line, words)):
            blocks[-1].columns, heads = None, []
            _take_head(blocks, roles)
            continue
        phase = _title_phase(line)
        if phase:
            if len(line.pieces) == 1 and squeeze(line.pieces[0].text) != _VERTICAL:
                blocks.append(Block(None, phase))
            continue
        if heads := head_roles(line, words):
            if titled := _title_beside(line):
                blocks.append(Block(None, titled))
            _take_head(blocks, heads)
            line = without_heads(line, words)
        _take(blocks[-1], line, words)
    return [b for b in blocks if b.lines]


def _title_phase(line: TextLine) -> Phase | None:
    """The phase of a line that is a block's title («年度绩效指标») or of several."""
    phases = [block_phase(p.text) for p in line.pieces]
    return phases[0] if phases and all(phases) and len(phases) <= 2 else None


def _title_beside(line: TextLine) -> Phase | None:
    """The phase of a block's title on its head row: «长期绩效指标 一级指标 二级指标 …»."""
    title = line.pieces[0].text
    return None if squeeze(title) == _VERTICAL else block_phase(title)


def _take_head(blocks: list[Block], roles: Sequence[tuple[str, float]]) -> None:
    """A head row starts a block, or repeats on a new page what is known."""
    block = blocks[-1]
    columns = make_columns([r for r, _ in roles], [a for _, a in roles], block.phase)
    if block.columns is None:
        block.columns = columns
    elif columns.roles != block.columns.roles:
        blocks.append(Block(columns, block.phase))


def _level1_merged(lines: Sequence[TextLine], words: Words) -> list[TextLine]:
    """Level-1 labels that were wrapped or printed downwards, whole again."""
    out = list(lines)
    for i, line in enumerate(out):
        head = line.pieces[0].text if line.pieces else ""
        if not 1 <= len(head) <= 4 or not any(w.startswith(head) for w in _level1_words(words)):
            continue
        if i and any(words.opens_level2(p.text) for p in out[i - 1].pieces):
            continue  # the middle of «服务对象|满意度指|标»
        joined = head
        for k in range(i + 1, min(i + 6, len(out))):
            joined += out[k].pieces[0].text if out[k].pieces else ""
            if joined in _level1_words(words):
                out[i] = TextLine((Piece(joined, line.pieces[0].at), *line.pieces[1:]), line.place)
                for n in range(i + 1, k + 1):
                    out[n] = TextLine(out[n].pieces[1:], out[n].place)
                break
    return out


def _level1_words(words: Words) -> set[str]:
    return {w for w in words.level1 if w.endswith("指标")}


def _without_vertical(lines: Sequence[TextLine]) -> list[TextLine]:
    """Without 绩效指标, whole or printed downwards sign by sign."""
    out = []
    expected = _VERTICAL
    for line in lines:
        head = squeeze(line.pieces[0].text) if line.pieces else ""
        if head == _VERTICAL:
            line = TextLine(line.pieces[1:], line.place)
        elif head and expected.startswith(head) and len(head) < 4:
            expected = expected[len(head) :] or _VERTICAL  # once more on the next page
            line = TextLine(line.pieces[1:], line.place)
        out.append(line)
    return out


def _take(block: Block, line: TextLine, words: Words) -> None:
    """Add a line to a block, its level-1 labels noted and taken off."""
    pieces = list(line.pieces)
    while pieces:
        level1, rest = _level1_at(pieces, words, block)
        if level1 is None:
            break
        block.level1[len(block.lines)] = level1
        pieces = rest
    if pieces:
        block.lines.append(TextLine(tuple(pieces), line.place))


def _level1_at(
    pieces: Sequence[Piece], words: Words, block: Block
) -> tuple[str | None, list[Piece]]:
    """(level 1, remaining pieces) if the first piece is one, or is glued to its level 2."""
    first, rest = pieces[0], list(pieces[1:])
    text = squeeze(first.text)
    level1 = words.level1_of(text)
    if level1 is None:
        for word in _level1_words(words):
            behind = fold(first.text).removeprefix(word)
            if behind != fold(first.text) and words.level2_opening(behind):
                return words.level1[word], [Piece(first.text[len(word) :], first.at), *rest]
        return None, list(pieces)
    if words.level2_of(text) is None:
        sure = text.endswith("指标") or (rest and words.level2_opening(rest[0].text))
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
        is_level1 = level1 != "成本指标" or one_half
    return (level1, rest) if is_level1 else (None, list(pieces))


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
    if columns is None or (mode not in ("tab", "pipe") and _is_too_wide(columns)):
        return
    rows = RowReader(columns, mode, draft.words).read(block.lines, block.level1)
    levels = _levels(block, columns, rows, draft.words)
    for row, (level1, level2) in zip(rows, levels, strict=True):
        for half in columns.halves:
            _add(draft, block, columns, row, half, (level1, level2))


def _is_too_wide(columns: Columns) -> bool:
    """So many columns that texts parted by spaces cannot be told apart: no rows are better
    than wrong ones, and the form is said to be read in part."""
    return len({half.name for half in columns.halves}) == 1 and columns.size >= _TOO_WIDE


def _levels(
    block: Block, columns: Columns, rows: Sequence[Row], words: Words
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
    out = []
    for one, two in zip(level1, spread_labels(labels, texts, breaks, words), strict=True):
        canonical = words.level2_of(two)
        own = _level1_for(canonical or "", one)
        out.append((own, two))
    return out


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


def _level1_for(level2: str, printed: str) -> str:
    """The level 1 that goes with a known level 2: labels may be printed on another row."""
    if level2 in ("数量指标", "质量指标", "时效指标"):
        return "产出指标"
    if level2 in ("成本指标", *_COST_CLASSES):
        return "成本指标" if level2 != "成本指标" or printed == "成本指标" else "产出指标"
    if level2 == "服务对象满意度指标":
        return "满意度指标"
    return "效益指标" if level2 else printed


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
    if not name and not value:
        return
    columns_of = [i for i in (half.name, half.value) if i is not None and row.firsts[i] >= 0]
    place: Place = block.lines[row.firsts[columns_of[0]]].place if columns_of else Place()
    extra = {
        key: row.cells[i]
        for key, role in _EXTRA.items()
        if (i := columns.index(role)) is not None and row.cells[i]
    }
    value = _with_sign(value, columns, row)
    draft.add_row(half.phase, *levels, name, value, place, extra)


_EXTRA = {
    "declared_kind": "kind",
    "direction": "direction",
    "weight": "weight",
    "baseline": "baseline",
    "explanation": "explanation",
}


def _with_sign(value: str, columns: Columns, row: Row) -> str:
    """Sign, number and unit of three columns as one says them: «≥95%»."""
    sign, unit = columns.index("sign"), columns.index("unit")
    if value and sign is not None and not row.cells[sign].startswith("定"):
        value = row.cells[sign] + value
    if value and unit is not None and value[-1].isdigit():
        value += row.cells[unit]
    return value
