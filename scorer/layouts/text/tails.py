"""Ends of tall cells that a text gives after the cells beside them, back where they belong.

Some programs write a table row line by line: a value's second line («应» of «满足15天以上供|应»)
follows the cell right of it. It shows where the line above it in its cell is far from full, and
one cell further left is as wide as any of its column and ends with no word that ends a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.heads import head_of
from scorer.layouts.text.lines import width

_TAIL = re.compile(r"^[\u4e00-\u9fff]{1,2}$")
_FULL = 0.6  # signs that a full line may lack
_FAR = 1.6  # signs that a line lacks which did not go on
_NARROW = 4.0  # signs; no cell wraps at less

Row = tuple[tuple[str, ...], ...]  # the lines of each cell


def with_tails(rows: Sequence[Row], wraps: Sequence[bool]) -> list[Row]:
    """The rows with such ends in their cells; ``wraps`` says which columns may have them."""
    full = [
        max((width(line) for cell in column for line in cell), default=0.0)
        for column in zip(*rows, strict=True)
    ]
    return [_mended(row, full, wraps) for row in rows]


def _mended(row: Row, full: Sequence[float], wraps: Sequence[bool]) -> Row:
    last = max((c for c, cell in enumerate(row) if cell), default=0)
    cell = row[last]
    if len(cell) < 2 or not _TAIL.match(cell[-1]) or width(cell[-2]) > full[last] - _FAR:
        return row
    homes = [c for c in range(last) if wraps[c] and row[c] and _goes_on(row[c][-1], full[c])]
    if len(homes) != 1:
        return row
    cells = list(row)
    cells[last] = cell[:-1]
    cells[homes[0]] = (*row[homes[0]], cell[-1])
    return tuple(cells)


def _goes_on(line: str, full: float) -> bool:
    """A full line that does not end as names do."""
    return width(line) >= max(full - _FULL, _NARROW) and head_of(line) is None
