"""Indicators of a text that gives a table column after column.

Some programs print all cells of 一级指标, then all of 二级指标, of 三级指标 and of 指标值, one a
line. Each column counts its rows from the top: the n-th name belongs to the n-th value. That is
believed where every column has as many cells and they suit each other; else nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from scorer.forms import BENEFIT, COST, OUTPUT, SATISFACTION, Phase, Place
from scorer.layouts.draft import FormDraft, natural_level1
from scorer.layouts.text.lines import TextLine, join_wrapped
from scorer.layouts.words import Words, fold, squeeze
from scorer.targets import join_target

_LEAST = 3  # rows
_NEEDED = ("level", "name", "value")
_ORDER = (OUTPUT, COST, BENEFIT, SATISFACTION)
_SERIAL = "序号"
_FIGURE = re.compile(r"\d")
_SHARE = re.compile(r"[%‰]|百分|成$")
_RATE = re.compile(r"(?<!频|汇|功)率$")

_Cell = tuple[str, Place]


@dataclass
class ColumnsDown:
    """Such a table: where it begins, and the cells of each role from the top."""

    start: int
    place: Place
    cells: dict[str, list[_Cell]] = field(default_factory=dict)

    def read(self, draft: FormDraft) -> bool:
        """The rows into the draft; False where the cells cannot be told into rows."""
        two, names = self.cells.get("level2", []), self.cells.get("name", [])
        values = {role: cells for role, cells in self.cells.items() if role.startswith("value")}
        others = [self.cells[role] for role in ("sign", "unit") if role in self.cells]
        columns = [two, names, *values.values(), *others]
        if not values or len(two) < _LEAST or {len(column) for column in columns} != {len(two)}:
            return False
        levels = [draft.words.level2_of(text) or "" for text, _ in two]
        ones = self._level1(levels, draft.words)
        if ones is None:
            return False
        found = []
        for role, column in values.items():
            phase: Phase = "period" if role == "value_period" and len(values) > 1 else "annual"
            for n, (text, _) in enumerate(column):
                value = join_target(self._at("sign", n), text, self._at("unit", n))
                if not _suit(levels[n], names[n][0], value):
                    return False
                found.append((phase, ones[n], levels[n], names[n][0], value, names[n][1]))
        for row in found:
            draft.add_row(*row)
        return True

    def _at(self, role: str, n: int) -> str:
        return self.cells[role][n][0] if role in self.cells else ""

    def _level1(self, levels: Sequence[str], words: Words) -> list[str] | None:
        """Level 1 of each row, from the names printed and those that the second levels belong
        to; None where they contradict each other."""
        natural = [natural_level1(level) for level in levels]
        printed = [words.level1_of(text) or "" for text, _ in self.cells.get("level1", [])]
        if len(printed) == len(levels):
            same = all(
                one == own or (one, own) == (COST, OUTPUT)
                for one, own in zip(printed, natural, strict=True)
            )
            natural = printed
        else:
            same = not printed or [k for k, _ in groupby(printed)] == [
                k for k, _ in groupby(natural)
            ]
        if not same or not all(one in _ORDER for one in natural):
            return None
        return natural if len(list(groupby(natural))) == len(set(natural)) else None


def columns_down(
    lines: Sequence[TextLine], spaced: Collection[Place], words: Words
) -> ColumnsDown | None:
    """Such a table in the lines of a form; ``spaced`` are places below a blank line."""
    cells = _cells(lines, spaced)
    heads = {n: role for n, (text, _, _) in enumerate(cells) if (role := words.column_of(text))}
    first = next((n for n, role in heads.items() if role in ("level1", "level2")), None)
    if first is None:
        return None
    start = _with_serials([text for text, _, _ in cells], first)
    table = ColumnsDown(cells[start][2], cells[first][1])
    if not _are_columns(cells, heads, words):
        found = _below_heads(cells, heads, words)
        table.cells = found
        return table if found else None
    current = ""
    for n in range(first, len(cells)):
        text, place, _ = cells[n]
        if n in heads:
            current = heads[n]
            continue
        role = _level(text, current, [c[0] for c in cells[n + 1 : n + 2]], words)
        role = role or ("name" if current.startswith("level") else current)
        table.cells.setdefault(role, []).append((text, place))
    return table


def _cells(lines: Sequence[TextLine], spaced: Collection[Place]) -> list[tuple[str, Place, int]]:
    """(text, place, line) of each cell: where blank lines part them, one may have several."""
    parted = 2 * sum(line.place in spaced for line in lines) > len(lines)
    cells: list[tuple[list[str], Place, int]] = []
    for n, line in enumerate(lines):
        if cells and parted and line.place not in spaced:
            cells[-1][0].append(line.text)
        else:
            cells.append(([line.text], line.place, n))
    return [(join_wrapped(parts), place, n) for parts, place, n in cells]


def _are_columns(
    cells: Sequence[tuple[str, Place, int]], heads: dict[int, str], words: Words
) -> bool:
    """Below the head of each column its own cells stand, not the next head."""
    roles = list(heads.values())
    wanted = {"level2", "name"} <= set(roles) and any(role.startswith("value") for role in roles)
    if not wanted or len(set(roles)) < len(roles):
        return False
    for n, role in heads.items():
        if not role.startswith(_NEEDED):
            continue
        below = cells[n + 1][0] if n + 1 < len(cells) else ""
        known = {"level1": words.level1_of, "level2": words.level2_of}.get(role)
        if not below or n + 1 in heads or (known is not None and not known(below)):
            return False
    return True


def _below_heads(
    cells: Sequence[tuple[str, Place, int]], heads: dict[int, str], words: Words
) -> dict[str, list[_Cell]]:
    """The cells of columns whose heads all stand above the first of them; {} for rows."""
    roles = [role for role in heads.values() if not role.startswith("level")]
    last = max(heads)
    if last - min(heads) >= len(heads) or sorted(roles) != ["name", "value"]:
        return {}
    found: dict[str, list[_Cell]] = {}
    for text, place, _ in cells[last + 1 :]:
        column = "level2" if "level2" in found else "level1"
        role = "" if "rest" in found else _level(text, column, (), words)
        found.setdefault(role or "rest", []).append((text, place))
    rest = found.pop("rest", [])
    size = len(found.get("level2", ()))
    if size < _LEAST or len(rest) != 2 * size:
        return {}
    return found | {roles[0]: rest[:size], roles[1]: rest[size:]}


def _with_serials(texts: Sequence[str], first: int) -> int:
    """Where the column of «序号» in front of the first head begins."""
    n = first
    while n and texts[n - 1].isdigit():
        n -= 1
    return n - 1 if n and squeeze(texts[n - 1]) == _SERIAL else first


def _level(text: str, current: str, following: Sequence[str], words: Words) -> str:
    """Which level a cell names, "" for none; «满意度指标» and «成本指标» may name either."""
    if not squeeze(text).endswith("指标") and not current.startswith("level"):
        return ""
    one, two = words.level1_of(text), words.level2_of(text)
    if not (one and two):
        return "level1" if one else "level2" if two else ""
    if current.startswith("level"):
        return current
    return "level1" if any(words.level2_of(below) for below in following) else "level2"


def _suit(level2: str, name: str, value: str) -> bool:
    """Nothing in a row contradicts that its cells belong together."""
    if ("满意" in name) != (natural_level1(level2) == SATISFACTION) or not value:
        return False
    rate = bool(_RATE.search(name)) and bool(_FIGURE.search(value))
    return not rate or bool(_SHARE.search(fold(value)))
