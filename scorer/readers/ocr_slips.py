"""Certain slips of text recognition, put right on lines and on whole cells.

Only what no author can have meant is changed: a look-alike where the other reading is no
Chinese («项日», «二54处»), a bracket that closes another kind, a speck read as a dot. What is
merely likely stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from scorer.forms import Cell, Grid, Line
from scorer.readers.stitch import Blocks
from scorer.readers.words import Word

_HAN = "\u4e00-\u9fff"
_SIGN = re.compile(r"[≥≤><=＞＜＝]")
_TWO_HAN = re.compile(rf"[{_HAN}]{{2}}")
_FULL = {"(": "（", ")": "）"}
_FEW = 2  # steps between Chinese characters that tell their size
_ROOM = 1.65  # such steps from the sign before a bracket to the one behind it
_PAIRS = {"(": ")", "（": "）"}
_NUMERALS = "〇零一二三四五六七八九"
# A dot before a cell's text is a speck of dust, but not in «.5», «.NET», «...».
_SPECK = re.compile(r"[.·•・]\s*+(?![.·•・0-9A-Za-z])")
_BULLETS = re.compile(r"\n[.·•・]")
_SLIPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"(?<=\d)，(?=\d{3}(?!\d))", ","),
        # No sum of money has three decimals: the point in 7,421.000 was a comma.
        (r"(?<=\d,\d{3})\.(?=\d{3}(?!\d))", ","),
        # But «二0二四年» is a year.
        (rf"(?<![{_HAN}])二(?=\d)(?!0[{_NUMERALS}])", "="),
        # Left alone: «各项日常», «单项日均», and what goes on as both («日产», «目产»).
        (r"(?<=项)(\n?)日(?!\n?[期常均产程志清间工报用后前益记夜检查巡供处结])", r"\1目"),
        (r"(?<=[效度期体])(\n?)日(\n?)标", r"\1目\2标"),
        (r"(?<=主管部)(\n?)内", r"\1门"),
        (r"(?<=部)内(?=预算|决算|整体|及代码)", "门"),
        (rf"(?<=[{_HAN}%])([,;:])(?=[{_HAN}])", lambda found: chr(ord(found.group()) + 0xFEE0)),
        # Only after a month: wells, ponds, net cages are counted in 口.
        (r"(\d月\n?\d{1,2})口(?=[前底内起止至、，。）)]|$)", r"\1日"),
        (r"(?<=[。；！？])\s*[.·•・]$", ""),
        (r"[〔\[［【](\d{4})[〕\]］】)）](?=\d)", r"〔\1〕"),
        # The last ring of «0.9‰» stands off; but «100%0» is two texts run together.
        (r"(?<![\d.])(\d{1,2}(?:\.\d+)?)(?:%[0oO〇○]|‰0)(?![\dA-Za-z.,%])", r"\1‰"),
    )
)


def mended(blocks: Blocks) -> Blocks:
    """The same blocks with their certain slips put right."""
    found = (_grid(b) if isinstance(b, Grid) else _line(b) for b in blocks.blocks)
    return blocks._replace(blocks=tuple(found))


def wide_brackets(words: Sequence[Word]) -> list[Word]:
    """The words of a line, brackets that take the room of a Chinese character full width:
    the engine tells the two kinds apart by chance."""
    middles = [m for word in words for m in _middles(word)]
    signs = "".join(word.text for word in words)
    steps = [
        b - a
        for a, b, pair in zip(middles, middles[1:], map("".join, pairwise(signs)), strict=False)
        if _TWO_HAN.match(pair)
    ]
    if len(steps) < _FEW:
        return list(words)
    room = _ROOM * median(steps)
    found = list(signs)
    for i in range(1, len(signs) - 1):
        if signs[i] in _FULL and middles[i + 1] - middles[i - 1] > room:
            found[i] = _FULL[signs[i]]
    rest = iter(found)
    return [word._replace(text="".join(next(rest) for _ in word.text)) for word in words]


def _middles(word: Word) -> list[float]:
    step = (word.x1 - word.x0) / len(word.text)
    return [word.x0 + (i + 0.5) * step for i in range(len(word.text))]


def mend(text: str) -> str:
    """One text with its certain slips put right."""
    for pattern, right in _SLIPS:
        text = pattern.sub(right, text)
    return _bracketed(text)


def _line(line: Line) -> Line:
    return replace(line, text=mend(line.text))


def _grid(grid: Grid) -> Grid:
    signs = {cell.column for cell in grid.cells if _SIGN.fullmatch(cell.text)}

    def right(cell: Cell) -> Cell:
        # An equals sign alone in a column of signs looks like the numeral two.
        text = "=" if cell.text == "二" and cell.column in signs else mend(_dusted(cell.text))
        return cell if text == cell.text else replace(cell, text=text)

    return replace(grid, cells=tuple(map(right, grid.cells)))


def _dusted(text: str) -> str:
    """A cell's text without a stray dot before it; a list's bullets stay."""
    speck = _SPECK.match(text)
    return text[speck.end() :] if speck and not _BULLETS.search(text) else text


def _bracketed(text: str) -> str:
    """Brackets of a pair of one width: where they differ, both full."""
    signs = list(text)
    open_at: list[int] = []
    for i, sign in enumerate(signs):
        if sign in _PAIRS:
            open_at.append(i)
        elif sign in ")）" and open_at:
            start = open_at.pop()
            if _PAIRS[signs[start]] != sign:
                signs[start], signs[i] = "（", "）"
    return "".join(signs)
