"""Words whose letters stand apart («项 目 名 称»), as headings are set and some converters write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Line

# One space between single letters, four or more of them; a wider gap is another cell.
_SPREAD = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff]){3,}(?![\u4e00-\u9fff])"
)
_NUMBERED = re.compile(r"(?<![^\s])指标 (?=\d{1,2}\s?[：:.、])")  # the template's number
_MANY = 3  # such words from which a text is written so


def with_close_letters(lines: Sequence[Line]) -> list[Line]:
    """The lines with «指标 1：» in one piece, and those of a text that spreads its words with these
    closed up; what follows keeps its place, so that columns stay where they are."""
    lines = [replace(line, text=_NUMBERED.sub(" 指标", line.text)) for line in lines]
    if sum(len(_SPREAD.findall(line.text)) for line in lines) < _MANY:
        return lines
    return [replace(line, text=_SPREAD.sub(_closed, line.text)) for line in lines]


def _closed(found: re.Match[str]) -> str:
    word = found[0].replace(" ", "")
    return word if found.end() == len(found.string) else word.ljust(len(found[0]))
