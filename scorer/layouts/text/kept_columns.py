"""Lines whose tabs keep all columns, blank ones too, while their cells wrap from line to line.

Some programs print a table as it stands on paper: every printed line is a line of text, and a tab
parts each column, so that a wrapped cell goes on below in its own column. Such lines say the same
as a text laid out by spaces, and are turned into one, which the readers of such texts know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Line
from scorer.layouts.grid.header_row import role_of
from scorer.layouts.text.lines import size
from scorer.layouts.words import Words

_LEAST_COLUMNS = 5
_LEAST_LABELS = 4  # names of level 2 that must be seen
_IN_PLACE = 0.8  # of them that stand in the columns of level 2
_SAME_SIZE = 0.9  # of the lines that have all columns
_GAP = 3  # blanks between two columns
_WIDEST = 60  # half-widths of a column: longer texts run over several


def laid_out(lines: Sequence[Line], words: Words) -> list[Line] | None:
    """The lines with blanks that keep the columns; None where tabs do not keep them."""
    rows = [[cell.strip() for cell in line.text.split("\t")] for line in lines]
    wide = [row for row in rows if len(row) > 1]
    columns = max(map(len, rows), default=0)
    whole = sum(len(row) == columns for row in wide)
    if columns < _LEAST_COLUMNS or whole < _SAME_SIZE * len(wide) or not _in_place(rows, words):
        return None
    starts = _starts(wide, columns)
    return [replace(line, text=_spread(row, starts)) for line, row in zip(lines, rows, strict=True)]


def _in_place(rows: Sequence[Sequence[str]], words: Words) -> bool:
    """Nearly all names of level 2 stand below their heads. Where rows have lost blank cells they
    stand elsewhere."""
    cells = [(c, text) for row in rows for c, text in enumerate(row) if text]
    heads = {c for c, text in cells if role_of(text, words) == "level2"}
    # «满意度指标», «成本指标» may be names of level 1.
    named = [c for c, text in cells if words.level2_of(text) and not words.level1_of(text)]
    in_place = sum(c in heads for c in named)
    return len(named) >= _LEAST_LABELS and in_place >= _IN_PLACE * len(named)


def _starts(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Where each column begins: behind the widest text that stands in the column before."""
    starts = [0]
    for c in range(columns - 1):
        texts = [row[c] for row in rows if c < len(row)]
        widest = max((size(t, "wide") for t in texts if size(t, "wide") <= _WIDEST), default=0.0)
        starts.append(starts[-1] + int(widest) + _GAP)
    return starts


def _spread(row: Sequence[str], starts: Sequence[int]) -> str:
    """The cells, each where its column begins, or behind a longer one."""
    out, taken = "", 0
    for text, start in zip(row, starts, strict=False):
        if not text:
            continue
        gap = max(start - taken, _GAP if out else 0)
        out += " " * gap + text
        taken += gap + int(size(text, "wide") + 0.5)
    return out
