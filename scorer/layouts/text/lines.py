"""Lines of text made ready for reading: cut into pieces, page furniture taken out.

A piece is what stands between two separators. With tabs, pipes and wide gaps a piece is a
cell; with single spaces it may be part of a cell or two cells glued together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from scorer.forms import Line, Place
from scorer.layouts.words import Words, fold, is_table_number, squeeze, unnumbered

Mode = Literal["tab", "pipe", "wide", "signs", "space"]
PLACED: tuple[Mode, ...] = ("wide", "signs")  # columns kept by spaces
LONGEST = 20_000  # signs; no line of a form is longer, so nothing longer is examined
_CACHED = 1 << 15  # texts whose width is remembered
_PIPES = re.compile(r"[|│┃｜]")
_WIDE = re.compile(r"[ \u3000\xa0]{2,}|\u3000")
_WIDE_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_MANY_WIDE = 0.4  # of all lines
_GAP = re.compile(r"(?<=\S)[ \u3000\xa0]+(?=\S)")
_RULE = re.compile(r"^[\s|:\-+=─━┄┈═│┼├┤┌┐└┘┬┴]+$")
_LEAST_RULE = 3  # signs of a rule; «=» and «-» alone are cells
_SURE = 4  # signs of a label that no text's first word is
_HEADS = 3  # heads of a line that is a head row
_SPREAD = 16  # signs of the longest label that is printed sign by sign
_CYCLE_LINE = 10  # a watermark line is at most this long
_NO_SPACE = re.compile(  # where one is set and never parts cells: «指标 1：培训人数», «（40 分）»
    r"(?<=指标)[ \u3000\xa0]+(?=\d{1,2}[:：.、])|(?<=指标\d[:：])[ \u3000\xa0]++(?!\S{0,9}指标(?:\s|\d|$))|(?<=[（(]\d|\d\d)[ \u3000\xa0]+(?=分[）)])"
)
PAGE_NUMBER = re.compile(r"^\s*\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it stands in its line: cell index (tabs, pipes), offset in
    half-widths (wide gaps) or ordinal (single spaces). ``column`` is the one it stands in, where
    the places of heads and rows tell."""

    text: str
    at: float
    column: int | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a form's region as pieces. ``gap``: a blank line stands above it, in a text
    that parts its rows by blank lines; None where blank lines say nothing."""

    pieces: tuple[Piece, ...]
    place: Place
    gap: bool | None = None

    @property
    def text(self) -> str:
        """The pieces as one string, for messages and patterns."""
        return " ".join(p.text for p in self.pieces)


@lru_cache(maxsize=_CACHED)
def width(text: str) -> float:
    """Printed width in full-width signs: Chinese 1, Latin letters and digits 0.5."""
    return sum(0.5 if ord(c) < 0x2E80 and c not in "“”‘’—…、。" else 1.0 for c in text)


def size(text: str, mode: Mode) -> float:
    """How many half-widths a text takes where columns are kept by spaces."""
    return 2.0 * (len(text) if mode == "signs" else width(text))


def join_wrapped(parts: Sequence[str]) -> str:
    """Wrapped lines as one text: Chinese without spaces, Latin words with one."""
    if len(parts) == 1:
        return parts[0].strip()
    out = ""
    for part in (p.strip() for p in parts):
        if out and part and _needs_space(out[-1], part[0]):
            out += " "
        out += part
    return out


def _needs_space(before: str, after: str) -> bool:
    """True where a line break stands for a space: between Latin words, not inside numbers."""
    if not (before.isascii() and after.isascii()):
        return False
    if before.isdigit() and (after.isdigit() or after in ".,%"):
        return False
    return (before.isalnum() and after.isalnum()) or (before in ",;:" and after.isalpha())


def mode_of(lines: Sequence[str], words: Words) -> Mode:
    """How the columns of a region are parted."""
    filled = [text for text in lines if text.strip()]
    if sum("\t" in text.strip() for text in filled) * 4 >= len(filled):
        return "tab"
    if sum(len(_PIPES.findall(text)) >= 2 for text in filled) * 3 >= len(filled):
        return "pipe"
    if not _has_wide_columns(filled, words):
        return "space"
    return min(
        PLACED,
        key=lambda mode: (
            _cuts(filled, mode, words),
            _unevenness(filled, mode, words),
            -_in_line(filled, mode),
        ),
    )


def _cuts(lines: Sequence[str], mode: Mode, words: Words) -> int:
    """How many texts the columns of head rows cut below them at least, so counted."""
    found = 0
    head: list[Piece] = []
    rows: list[list[Piece]] = []
    for text in [*lines, ""]:
        pieces = _wide_pieces(text.rstrip(), mode)
        if text and sum(words.column_of(p.text) is not None for p in pieces) < _HEADS:
            rows.append(pieces)
            continue
        for left, right in pairwise(head):
            middles = [int(p.at + size(p.text, mode) / 2) for p in (left, right)]
            places = range(middles[0], middles[1] + 1)
            found += min((_cut_at(rows, x, mode) for x in places), default=0)
        head, rows = pieces, []
    return found


def _cut_at(rows: Sequence[Sequence[Piece]], x: float, mode: Mode) -> int:
    return sum(p.at < x < p.at + size(p.text, mode) for row in rows for p in row)


def _unevenness(lines: Sequence[str], mode: Mode, words: Words) -> float:
    """How far the names of level 2 are from standing below their column's head, a Chinese sign
    counted as two columns («wide») or, as some programs print a PDF's layout, as one («signs»)."""
    heads: list[float] = []
    far = 0.0
    for text in lines:
        pieces = _wide_pieces(text.rstrip(), mode)
        heads = [p.at for p in pieces if words.column_of(p.text) == "level2"] or heads
        if heads:
            names = [piece.at for piece in pieces if words.level2_of(piece.text)]
            far += sum(min(abs(at - head) for head in heads) for at in names)
    return far


def _in_line(lines: Sequence[str], mode: Mode) -> int:
    """How many pieces begin right below each other."""
    starts = Counter(piece.at for text in lines for piece in _wide_pieces(text.rstrip(), mode)[1:])
    return sum(n * (n - 1) for n in starts.values())


def _has_wide_columns(lines: Sequence[str], words: Words) -> bool:
    """Wide gaps part the columns if the lines of column heads say so, or many lines have
    several of them."""
    if sum(len(_WIDE_GAP.findall(text.strip())) > 1 for text in lines) >= _MANY_WIDE * len(lines):
        return True
    gaps: Counter[bool] = Counter()
    for text in lines:
        heads = [p for p in re.split(r"\s+", text.strip()) if p]
        if sum(_is_label(p, words) for p in heads) < 2:
            continue
        gaps.update(len(gap) >= 2 for gap in _GAP.findall(text.strip()))
    return gaps[True] >= 3 and gaps[True] >= 3 * gaps[False]


def _is_label(text: str, words: Words) -> bool:
    return bool(
        words.column_of(text)
        or words.level2_of(text)
        or words.field_of(text)
        or words.amount_of(text)
    )


def with_gaps(lines: Sequence[TextLine], spaced: Collection[Place], words: Words) -> list[TextLine]:
    """The lines with ``gap`` set if blank lines part the rows of this text: they stand above
    nearly all lines that open with a label, but not above the lines of wrapped cells.
    ``spaced`` are the places of lines with a blank line above."""
    opening = [x.place in spaced for x in lines if x.pieces and _opens_row(x.pieces[0].text, words)]
    close = sum(x.place not in spaced and len(x.text) > 1 for x in lines)
    if len(opening) < 4 or sum(opening) < 0.85 * len(opening) or close < max(3, len(lines) // 20):
        return list(lines)
    return [replace(line, gap=line.place in spaced) for line in lines]


def _opens_row(text: str, words: Words) -> bool:
    return bool(
        words.level1_of(text)
        or words.level2_of(text)
        or words.field_of(text)
        or words.amount_of(text)
    )


def split_line(line: Line, mode: Mode, words: Words) -> TextLine:
    """The pieces of one line; a Markdown rule gives none."""
    text = line.text.replace("\u200b", "").replace("\ufeff", "")
    if _RULE.match(text) and len(text.strip()) >= _LEAST_RULE:
        return TextLine((), line.place)
    if mode == "tab":
        pieces = _cells(text.split("\t"))
    elif mode == "pipe" and len(_PIPES.findall(text)) >= 1:
        cells = _PIPES.split(text)
        pieces = _cells([re.sub(r"<br\s*/?>|\*\*", "", cell) for cell in cells])
    elif mode in PLACED:
        pieces = [part for p in _wide_pieces(text.rstrip(), mode) for part in _parted(p, words)]
    else:
        parts = [p for p in re.split(r"[\s\xa0]+", _NO_SPACE.sub("", text)) if p]
        pieces = _unspread(_with_number(parts, words), words)
    return TextLine(tuple(pieces), line.place)


def _with_number(parts: list[str], words: Words) -> list[str]:
    """«1. 项目名称：…»: the number in front of a label is part of it."""
    if len(parts) < 2 or unnumbered(fold(parts[0])):
        return parts
    label = re.split("[:：]", parts[1])[0]
    return ["".join(parts[:2]), *parts[2:]] if _opens_row(label, words) else parts


def _cells(cells: Sequence[str]) -> list[Piece]:
    return [Piece(c.strip(" \u3000\xa0\r"), i) for i, c in enumerate(cells) if c.strip()]


def _wide_pieces(text: str, mode: Mode) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for gap in [*_WIDE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            pieces.append(Piece(text[start:end].strip(), size(text[:start], mode)))
        start = gap.end() if gap else end
    return pieces


def _parted(piece: Piece, words: Words) -> list[Piece]:
    """«满意度指 服务对象满»: two levels' names with one space between them, or labels and their
    texts («项目金额（元） 36»)."""
    left, _, right = piece.text.partition(" ")
    if right and words.opens_level(left) and words.opens_level(right):
        return [Piece(left, piece.at), Piece(right, piece.at + 2 * width(left) + 1)]
    parts = piece.text.split(" ")
    labels = [
        n
        for n, part in enumerate(parts)
        if _is_sure_label(part, words) or _is_term(parts[n : n + 2], words)
    ]
    if not labels or len(parts) == 1:
        return [piece]
    cuts = sorted({0, *labels, *(n + 1 for n in labels if n + 1 < len(parts))})
    return [
        Piece(" ".join(parts[a:b]), piece.at + 2 * width(" ".join(parts[:a])) + (a > 0))
        for a, b in pairwise([*cuts, len(parts)])
    ]


def _is_sure_label(text: str, words: Words) -> bool:
    return len(text) >= _SURE and bool(words.field_of(text) or words.is_money_head(text))


def _is_term(parts: Sequence[str], words: Words) -> bool:
    """«项目期 2025 年 1 月…»: a label too short to be sure by itself, and its time."""
    return len(parts) == 2 and words.field_of(parts[0]) == "period" and parts[1][:2] == "20"


def _unspread(parts: list[str], words: Words) -> list[Piece]:
    """Single signs that together spell a label are one piece: «项 目 名 称»."""
    pieces: list[Piece] = []
    i = 0
    while i < len(parts):
        j = i
        while j < min(len(parts), i + _SPREAD) and len(parts[j].rstrip(":：")) == 1:
            j += 1
        taken = next(
            (k for k in range(j, i + 1, -1) if _is_label("".join(parts[i:k]), words)), i + 1
        )
        pieces.append(Piece("".join(parts[i:taken]), len(pieces)))
        i = taken
    return pieces


def without_furniture(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines without blank ones, page numbers, running heads and watermarks."""
    filled = [line for line in lines if line.text.strip()]
    texts = [re.sub(r"\s+", " ", fold(line.text)).strip() for line in filled]
    marks = [bool(words.watermark.fullmatch(t)) for t in texts]
    cycles = _repeating(texts, words)
    kept = []
    for i, line in enumerate(filled):
        near = (i and marks[i - 1]) or (i + 1 < len(marks) and marks[i + 1])
        if marks[i] and (near or len(texts[i]) >= 4):
            continue
        if i in cycles or any(p.search(texts[i]) for p in words.noise):
            continue
        if is_table_number(texts[i]):
            continue
        if PAGE_NUMBER.match(texts[i]) and _at_page_edge(filled, i):
            continue
        kept.append(line)
    return kept


def _at_page_edge(lines: Sequence[Line], i: int) -> bool:
    """A bare number is a page number only where a page ends or starts."""
    page = lines[i].place.page
    after = lines[i + 1].place.page if i + 1 < len(lines) else page
    before = lines[i - 1].place.page if i else page
    return page is not None and (after != page or before != page)


def _repeating(texts: Sequence[str], words: Words) -> set[int]:
    """Indices of short lines that come round three times or more: a page's watermark."""
    found: set[int] = set()
    for period in (1, 2, 3, 4):
        run = 0
        for i in range(period, len(texts) + 1):
            same = i < len(texts) and texts[i] == texts[i - period] and _may_mark(texts[i], words)
            run = run + 1 if same else _note_run(found, i, run, period)
    return found


def _note_run(found: set[int], end: int, run: int, period: int) -> int:
    """Keep a finished run if it makes three full rounds; always returns 0 (the new run)."""
    if run >= 2 * period:
        found.update(range(end - run - period, end))
    return 0


def _may_mark(text: str, words: Words) -> bool:
    """Short, all words, no label: could be a watermark."""
    return (
        len(text) <= _CYCLE_LINE
        and not re.search(r"[\d%<>=≥≤]", text)
        and not _is_label(text, words)
        and squeeze(text) not in words.level1
    )


def numbers_columns(texts: Sequence[str]) -> bool:
    """«1 2 3 4 5»: a line below the heads that only counts the columns, three or more."""
    return len(texts) > 2 and all(text == str(n) for n, text in enumerate(texts, 1))
