"""Budget tables in the text layer of a PDF: no columns, wrapped names, glued sides.

A row is a label and the figures after it. One space parts two cells there, so an empty
cell leaves two in a row; where a text keeps no such trace, only complete rows are
trusted with more than their first column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from scorer.forms import Place, Yuan
from scorer.layouts.ledger.tables import (
    TOTAL_LABEL,
    RawTable,
    TableRow,
    is_index_row,
    mark_empty,
    zone_unit,
)
from scorer.layouts.ledger.zones import ORDINAL, Zone, is_meta, is_note, squeezed
from scorer.layouts.money import NUMBER, parse_number, to_yuan
from scorer.layouts.words import fold

# A figure: with decimals it may touch the label of the right-hand side («550.51一、…»).
_NEXT_SIDE = rf"{ORDINAL}|本年|年终|上年|支出|收入|结转"
_FIGURE = re.compile(
    rf"(?<![A-Za-z0-9.,-])-?(?:[\d,]*\d\.\d+(?=\s|$|{_NEXT_SIDE})|(?<!\S){NUMBER}(?=\s|$))"
)
_CODE = re.compile(r"(\d{3}|\d{5}|\d{7})\s+(?=\D)")
_NUMBERED = rf"{ORDINAL}|[①②③④⑤⑥]|[(（][一二三四五六七八九十\d]+[)）]"
_FIRST_ROW = re.compile(rf"^(?:{_NUMBERED})")
_STARTS = re.compile(
    rf"^(?:{_NUMBERED}"
    r"|(?:本年)?(?:收入|支出)[合总]计|(?:上年|年终|年末).{0,6}(?:结转|结余))"
)
_SPENDING = re.compile(r"支出|年终|预备费|结余分配")

# Heads of amount columns, in the order in which the published templates print them.
_HEADS = (
    ("合计", r"合计|总计"),
    ("小计", r"小计"),
    ("金额", r"金额|预算数(?!据)"),
    ("当年预算安排", r"当年预算(?:安排)?|本年预算(?:安排)?"),
    ("基本支出", r"基本支出(?!分)"),
    ("人员经费", r"人员经费"),
    ("公用经费", r"公用经费|日常公用"),
    ("项目支出", r"项目支出"),
    ("一般公共预算", r"一般公共预算(?:拨款|资金)?"),
    ("政府性基金", r"政府性基金(?:预算)?(?:拨款|资金)?"),
    ("国有资本经营预算", r"国有资本经营(?:预算)?(?:拨款|资金)?"),
    ("财政专户管理资金", r"财政专户管理资金"),
    ("单位资金", r"单位资金|其他资金"),
    ("上年结转", r"上年结转(?:安排)?"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A label and the cells after it, blanks kept; one line may hold two."""

    label: str
    cells: tuple[str, ...]
    place: Place
    begins: bool = False  # surely the beginning of a row
    closed: bool = False  # followed by blank cells: surely the end of a label
    depth: int = 0

    @property
    def figures(self) -> list[str]:
        """The cells that are not blank."""
        return [cell for cell in self.cells if cell]


@dataclass(slots=True)
class _Side:
    name: str
    heads: tuple[str, ...]
    segments: list[Segment] = field(default_factory=list)
    names: tuple[str, ...] = ()  # heads of the text columns


def read_text(zone: Zone) -> list[RawTable]:
    """Tables of a zone of plain lines; none where no unit of money is stated."""
    factor = zone_unit(zone)
    printed = [
        (row.cells[0], row.place)
        for row in zone.rows
        if not (is_meta(row.folded) or is_note(row.folded))
    ]
    start = next((k for k, (text, _) in enumerate(printed) if _is_body(text)), len(printed))
    heads = [text for text, _ in printed[:start]]
    two_sided = _is_two_sided(zone.title, heads)
    segments = [s for text, place in printed[start:] for s in split_line(text, place, two_sided)]
    found = []
    if factor is not None:
        for side in _sides(join_wrapped(segments), heads, two_sided):
            if side.segments:
                found.append(_table(zone, side, factor))
    return mark_empty(zone, found)


def _is_body(text: str) -> bool:
    """Whether a line is the first row rather than a head."""
    body = squeezed(text)
    if is_index_row(text.split()):
        return False
    label = re.split(r"\s", fold(text).strip(), maxsplit=1)[0]
    if TOTAL_LABEL.match(label) and _FIGURE.search(text):
        return True
    return bool(_FIRST_ROW.match(body)) or bool(re.search(r"\s-?[\d,]*\d\.\d+(\s|$)", fold(text)))


def _is_two_sided(title: str, heads: Sequence[str]) -> bool:
    """Whether income stands on the left and spending on the right."""
    text = squeezed("".join(heads))
    return "收支" in title and (
        text.count("项目") - text.count("项目支出") > 1 or bool(re.match(r"收入.*支出", text))
    )


def split_line(text: str, place: Place, two_sided: bool) -> list[Segment]:
    """The segments of one line. In a one-sided table figures count at the end only, so
    that numbers inside a name stay there."""
    body = fold(text)
    if is_index_row(body.split()):
        return []
    figures = list(_FIGURE.finditer(body))
    if not two_sided:
        while figures and not _only_figures(body[figures[0].start() :]):
            figures.pop(0)
        cut = figures[0].start() if figures else len(body)
        return _segment(text[:cut], body[cut:], place)
    found: list[Segment] = []
    at = 0
    for index, figure in enumerate(figures):
        after = figures[index + 1].start() if index + 1 < len(figures) else len(body)
        if body[figure.end() : after].strip() or index + 1 == len(figures):
            first = next(f for f in figures if f.start() >= at)
            end = figure.end() + len(re.match(r"\s*", body[figure.end() :])[0])  # type: ignore[index]
            found += _segments(text[at : first.start()], body[first.start() : end], place)
            at = end
    return found + _segments(text[at:], "", place)


def _only_figures(text: str) -> bool:
    return all(parse_number(part) is not None for part in text.split())


def _segments(label: str, cells: str, place: Place) -> list[Segment]:
    """One piece of text; «二、政府性基金预算  二、外交支出» is two labels with blank cells."""
    parts = re.split(rf"(?<=\S)\s+(?={ORDINAL})", label)
    blank = [replace(s, closed=True) for p in parts[:-1] for s in _segment(p, "", place)]
    return blank + _segment(parts[-1], cells, place)


def _segment(label: str, cells: str, place: Place) -> list[Segment]:
    """The blanks between label and first figure are cells too."""
    text = label.strip()
    if not text and not cells.strip():
        return []
    gap = len(label) - len(label.rstrip()) if text else 0
    blanks = ("",) * (gap - 1) if cells else ()
    return [
        Segment(
            text,
            blanks + tuple(cells.rstrip("\n").split(" ")) if cells else (),
            place,
            bool(_STARTS.match(text) or _CODE.match(fold(text)) or label.startswith("　")),
            closed=not cells and gap >= 2,
            depth=len(label) - len(label.lstrip("　")),
        )
    ]


def join_wrapped(segments: Sequence[Segment]) -> list[Segment]:
    """Rows whose label is spread over lines, with their figures; blank rows fall away."""
    rows: list[Segment] = []
    waiting: list[Segment] = []
    for segment in segments:
        if not segment.cells:
            waiting.append(segment)
            continue
        if (segment.label and (segment.begins or TOTAL_LABEL.match(squeezed(segment.label)))) or (
            segment.label and _is_rest(waiting)
        ):
            _append_rest(rows, waiting)
            rows.append(segment)
        elif segment.label or waiting:
            rows.append(_with_heads(waiting, segment))
        waiting = []
    _append_rest(rows, waiting)
    return rows


def _is_rest(waiting: Sequence[Segment]) -> bool:
    """A short piece before a full row is the end of the name above it («…经费» + «维护费»)."""
    return len(waiting) == 1 and len(waiting[0].label) <= 4 and not waiting[0].begins


def _append_rest(rows: list[Segment], waiting: list[Segment]) -> None:
    """What stands after a row's figures and begins nothing new belongs to its label."""
    for piece in waiting:
        if not rows or piece.begins or piece.closed or TOTAL_LABEL.match(squeezed(piece.label)):
            return
        rows[-1] = replace(rows[-1], label=rows[-1].label + piece.label)


def _with_heads(waiting: Sequence[Segment], row: Segment) -> Segment:
    """The pieces of the label that stand on the lines before the figures."""
    pieces: list[Segment] = []
    for piece in reversed(waiting):
        if piece.closed:
            break
        pieces.insert(0, piece)
        if piece.begins:
            break
    if not pieces:
        return row
    label = "".join(piece.label for piece in pieces) + row.label
    return replace(row, label=label, begins=pieces[0].begins, depth=pieces[0].depth)


def _sides(rows: list[Segment], heads: Sequence[str], two_sided: bool) -> list[_Side]:
    found = column_heads(heads)
    if not two_sided:
        names = tuple(re.findall(r"(?:项目|科目|单位|部门)名称", squeezed("".join(heads))))
        return [_Side("", found, [row for row in rows if row.label], names)]
    right = tuple(head for head in found if head != "金额" or len(found) == 1)
    sides = {"收入": _Side("收入", ("合计",)), "支出": _Side("支出", right)}
    for row in rows:
        if row.label:
            sides["支出" if _SPENDING.search(row.label) else "收入"].segments.append(row)
    return list(sides.values())


def column_heads(lines: Sequence[str]) -> tuple[str, ...]:
    """The heads of the amount columns. Heads that span two lines come out of a PDF
    before those beside them, so a head spread over lines is put in the templates' order."""
    text = squeezed("".join(lines))
    found = {name: m for name, pattern in _HEADS if (m := re.search(pattern, text))}
    if "小计" in found or "合计" in found:
        found.pop("金额", None)
    last = squeezed(lines[-1]) if lines else ""
    heads = list(found.values())
    if all(head[0] in last for head in heads):
        heads.sort(key=lambda head: head.start())
    return tuple(head[0] for head in heads)


def _table(zone: Zone, side: _Side, factor: int) -> RawTable:
    width = max((len(s.figures) for s in side.segments), default=0)
    width = max(width, len(side.heads))
    side.segments = [_one_name(segment, side.names) for segment in side.segments]
    spaced = _keeps_blanks(side.segments, width)
    lines, steps = [], []
    for segment in side.segments:
        numbers = assign(segment.cells, width, spaced)
        values = tuple(None if n is None else to_yuan(n, factor) for n in numbers)
        steps += [_step(n, factor) for n in numbers if n is not None]
        code = match[1] if (match := _CODE.match(fold(segment.label))) else ""
        label = segment.label[len(code) :].strip()
        places = (segment.place,) * width
        lines.append(TableRow(label, values, places, segment.place, code, segment.depth))
    columns = side.heads + ("",) * (width - len(side.heads))
    return RawTable(
        zone.title,
        columns,
        lines,
        zone.place,
        side=side.name,
        step=min(steps, default=None),
        name_head=next((name for name in side.names if name == "项目名称"), ""),
    )


def _one_name(segment: Segment, names: Sequence[str]) -> Segment:
    """Of several text columns keep the one that names the row: 项目名称, else the first.
    A blank text cell left its space before the first figure."""
    if TOTAL_LABEL.match(squeezed(segment.label)):
        segment = replace(segment, label=squeezed(segment.label))  # «合 计»
    if len(names) < 2:
        return segment
    parts = segment.label.split()
    cells = list(segment.cells)
    for _ in range(len(names) - len(parts)):
        if cells and not cells[0]:
            cells.pop(0)
    wanted = names.index("项目名称") if "项目名称" in names else 0
    label = parts[wanted] if len(parts) == len(names) else segment.label
    return replace(segment, label=label, cells=tuple(cells))


def _step(number: Decimal, factor: int) -> Yuan:
    exponent = number.as_tuple().exponent
    return to_yuan(Decimal(1).scaleb(int(exponent)), factor)


def _keeps_blanks(segments: Sequence[Segment], width: int) -> bool:
    """Whether blank cells left their space: single spaces in full rows, more elsewhere."""
    full = [s for s in segments if len(s.figures) == width > 1]
    single = all(len(_trimmed(s.cells)) == width for s in full)
    shifted = sum(not s.cells[0] for s in segments) * 2 > len(segments)
    blanks = any("" in _trimmed(s.cells) or s.cells[-2:] == ("", "") for s in segments)
    return single and not shifted and blanks


def _trimmed(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def assign(cells: Sequence[str], width: int, spaced: bool) -> list[Decimal | None]:
    """Figures to columns. What cannot be placed is left out, except the first column."""
    figures = [cell for cell in cells if cell]
    kept = _trimmed(cells)
    if len(figures) >= width:
        kept = figures[:width]
    elif not spaced:
        kept = figures[:1]
    elif len(kept) > width:
        kept = _squeeze_gap(kept, width) or figures[:1]
    return [parse_number(cell) for cell in kept + [""] * (width - len(kept))]


def _squeeze_gap(cells: list[str], width: int) -> list[str] | None:
    """Empty cells that left two spaces each: with a single gap the ends still tell."""
    blanks = [k for k, cell in enumerate(cells) if not cell]
    if blanks[-1] - blanks[0] + 1 != len(blanks):
        return None
    left, right = cells[: blanks[0]], cells[blanks[-1] + 1 :]
    return left + [""] * (width - len(left) - len(right)) + right
