"""What a cell of each column looks like: the prices by which :mod:`cells` cuts lines into rows.

A price of 0 is a text that could not stand better; the prices are those of one cell by
itself, whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scorer.layouts.grid.flat import UNIT_END
from scorer.layouts.text.lines import width
from scorer.layouts.text.pieces import holds_yes, role_price
from scorer.layouts.text.prices import (
    holds_value,
    is_counted,
    is_whole_value,
    name_cost,
    value_cost,
)
from scorer.layouts.text.spaces import NOTHING, SIGNS
from scorer.layouts.words import Words, fold

TEXTS = ("flat", "explanation", "standard", "note", "other")
LEVELS = ("level1", "level2")
_SWALLOWED = 4.0  # price of a level's name inside another cell
_SIGN_TWICE = 1.5  # price of a sign in front of a value where signs have a column
_UNIT_ALONE = 2.5  # price of a row of nothing but a unit's name, in «单位名称、项目名称»
_UNIT_LIKE = -1.0  # the same where it ends as units' names do
_NO_UNIT = 2.0  # price of a unit that does not end as units' names do
_LONG_UNIT = 6  # signs of a text that may be taken for a unit's name
_UNIT_KNOWN = -2.0  # the same where the text names the unit elsewhere
_NUMBERED = 5.0  # price of a remark that the template numbers as it does names («指标2：»)
_UNKNOWN = 9.0  # price of a level's cell that holds no level's name
_PROJECT = 1.2  # price of a project's name: most rows go on with the project above
_YES_BEHIND = 3.0  # price of a value with the next column's 是 or 否
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?![^\s])")
_SUM_FIRST = re.compile(r"\d[\d,]*\.\d\d ")  # «620.00 对3处矿山…»
_SUM_INSIDE = re.compile(r"\S \d[\d,]*\.\d\d(?:\d{4})?(?: [^\s%％万元个亩公千]|$)")


@dataclass
class CellLooks:
    """How unlike a cell of one of ``roles`` a text is. ``units`` are names of units that the
    text gives elsewhere."""

    roles: Sequence[str]
    words: Words
    units: frozenset[str]
    seen: dict[tuple[str, str], tuple[float, bool]] = field(default_factory=dict)

    def look(self, role: str, text: str) -> tuple[float, bool]:
        """(how unlike a cell of that role a text looks, False if no longer text can do)."""
        key = role, text
        if key not in self.seen:
            self.seen[key] = self._looked(role, text)
        return self.seen[key]

    def _looked(self, role: str, text: str) -> tuple[float, bool]:
        if role in LEVELS:
            known = self.words.level1_of if role == "level1" else self.words.level2_of
            if known(text):
                return 0.0, True
            return _UNKNOWN, len(text) < 12 and self.words.opens_level(text)
        level = 6.0 if self._is_level(text) else 0.0
        if role.startswith("flat:amount"):
            return (0.0, True) if _AMOUNT.fullmatch(text) else (_UNKNOWN, len(text) < 4)
        if role.startswith("flat"):
            level += _SWALLOWED if self._holds_amount(text) else 0.0
            of_row = text[0] in SIGNS or (role.startswith("flat:goal") and is_whole_value(text))
            level += _UNKNOWN if of_row else 0.0  # a row's value
            named = _PROJECT if role in ("flat:both", "flat:project") else 0.3
            return named + level, True
        if role == "name":
            rest = 3.0 if self.words.ends_level(text) else 0.0
            rest += _UNKNOWN if _SUM_FIRST.match(text) else 0.0  # a project's sum
            return name_cost(text) + level + rest, True
        if role.startswith("value"):
            doubled = _SIGN_TWICE if text[0] in SIGNS and "sign" in self.roles else 0.0
            doubled += _YES_BEHIND if "core" in self.roles and holds_yes(text) else 0.0
            return value_cost(text) + level + doubled + 0.05 * max(0.0, width(text) - 16), True
        if fold(text) in NOTHING:
            return 0.0, True
        if role in ("baseline", "actual"):
            bound = 1.0 if text[0] in SIGNS else 0.0  # what was reached has no bound
            return 0.2 + 1.5 * value_cost(text) + level + bound, True
        price = role_price(text, role)
        if price is None:
            return _UNKNOWN, len(text) <= 8
        value = 1.5 if role in TEXTS and (text[0] in SIGNS or holds_value(text)) else 0.0
        value += _NUMBERED if role in TEXTS and is_counted(text) else 0.0
        return price + level + value, True

    def _holds_amount(self, text: str) -> bool:
        """A sum in front of other words, or between them where sums have a column («水土保持监测
        12.00 完成监测»)."""
        if _AMOUNT.match(text):
            return not _AMOUNT.fullmatch(text)
        summed = any(role.startswith("flat:amount") for role in self.roles)
        return summed and _SUM_INSIDE.search(text) is not None

    def name_price(self, role: str, text: str, parts: tuple[str, ...]) -> float:
        """How unlike a unit's or a project's name a cell of such a column is."""
        if role == "flat:both":
            return self._unit_price(text, parts)
        if role == "flat:unit":
            known = text in self.units or UNIT_END.search(text)
            return 0.0 if known else _NO_UNIT
        if role == "flat:project" and "flat:unit" in self.roles:
            return 2.0 * sum(bool(UNIT_END.search(part)) for part in parts[:-1])
        return 0.0

    def _unit_price(self, text: str, parts: Sequence[str]) -> float:
        """In «单位名称、项目名称» a unit's name stands in a cell of its own."""
        if text in self.units:
            return 1.0
        begun = any(text.startswith(unit) for unit in self.units)
        inside = sum(bool(UNIT_END.search(part)) for part in parts[:-1])
        return (3.0 if begun else 0.0) + 2.0 * inside + 1.5 * bool(UNIT_END.search(text))

    def alone(self, text: str) -> float:
        """The price of a row of nothing but a unit's name."""
        if text in self.units:
            return _UNIT_KNOWN
        return _UNIT_LIKE if UNIT_END.search(text) else _UNIT_ALONE

    def swallowed(self, role: str, text: str) -> float:
        """The price of a piece that names a level, whole or its first part, or says that its
        cell is blank, in the middle of another cell."""
        if fold(text) in NOTHING:
            return _SWALLOWED
        if role in LEVELS or len(text) < 3:
            return 0.0
        may_be = self._lists_units and not role.startswith("flat") and len(text) >= _LONG_UNIT
        if may_be and UNIT_END.search(text):  # the next projects' unit
            return _SWALLOWED / 2
        opens = self.words.opens_level(text)
        return _SWALLOWED if self._is_level(text) else _SWALLOWED / 2 if opens else 0.0

    @property
    def _lists_units(self) -> bool:
        return "flat:both" in self.roles or "flat:unit" in self.roles

    def _is_level(self, text: str) -> bool:
        return len(text) >= 4 and bool(self.words.level2_of(text) or self.words.level1_of(text))
