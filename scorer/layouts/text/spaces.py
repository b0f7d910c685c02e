"""Where a text without rulings may be cut into cells, and where a space is only set.

A single space in a line parts two cells, or a program has set it between Chinese signs and
digits («2025 年 10 月», «不超过 1500 元»). What a text does elsewhere tells the one from the
other, and dates, bounds and names that are not complete say where no cell ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from scorer.heads import head_of
from scorer.layouts.text.lines import TextLine
from scorer.layouts.words import fold

SPACE = 1.1  # price of a space inside a cell
_SET = 0.2  # price of one that stands between Chinese signs and digits all over the text
_LATIN = 0.5  # the same between Latin words, or a bound and its unit («≥30 公里»)
_LEFT_OPEN = 1.0  # price of a name that goes on behind its head word, or of a value that has one
_RUN_ON = 2.5  # price of a figure behind the end of a name
_BROKEN_DATE = 4.0  # price of a cut between a number and «月»
_APART = 4.0  # price of a sign for a blank cell inside another
NOTHING = ("/", "—", "——", "--")  # what a cell that stays blank may say
_NO_HEAD = 0.25  # price of a name that ends with no word we know
_SET_CUT = 0.6  # price of a cut at a space that may only be set
_CACHED = 1 << 14
SIGNS = "≥≤=<>≧≦⩾⩽＝＞＜"  # that a value begins with
_SIGN_ONLY = re.compile(
    r"^(?:[≥≤=<>≧≦⩾⩽]{1,2}|不低于|不少于|不超过|不高于|大于|小于|等于|至少|约)$"
)
_BOUND = re.compile(r"^[≥≤=<>≧≦⩾⩽]{1,2}\d[\d,.]*$")
_SPACES = re.compile(" ")
_HAN_DIGIT = re.compile(r"[\u4e00-\u9fff]( ?)[\dA-Za-z]")
_DIGIT_HAN = re.compile(r"[\dA-Za-z]( ?)[\u4e00-\u9fff]")
_DAY_END = re.compile(r"^[日号][前底末内]")  # what is behind a day is no number's unit
_DATES = (  # where a date goes on: its end above, its start below, price of a cut
    (re.compile(r"月$"), re.compile(r"^\d{1,2} ?日"), 4.0),
    (re.compile(r"年$"), re.compile(r"^\d{1,2} ?月"), 4.0),
    (re.compile(r"[日月周年]$"), re.compile(r"^[前底末内]"), 4.0),
)
_LINES = (  # the same for a text that is broken at the end of a line
    (re.compile(r"\d$"), re.compile(r"^[月日%％年]"), 4.0),
    (re.compile(r".[/／（(《、]$"), re.compile(r"^"), 3.0),
    (re.compile(r"\d$"), re.compile(r"^\d"), 1.0),
    (re.compile(r"^"), re.compile(r"^[^（(《“]*[）)》”]"), 2.0),
    (re.compile(r"^"), re.compile(r"^[\u4e00-\u9fff]$"), 1.0),
)
_INSIDE = (  # and for one that is parted by spaces
    (re.compile(r"月 ?\d{1,2}$"), re.compile(r"^[日号]"), 4.0),
    (re.compile(r"年 ?\d{1,2}$"), re.compile(r"^月"), 4.0),
    (re.compile(r"(?:每[年月季周]度?|[次当本]月)$"), re.compile(r"^\d{1,2} ?[月日号次]"), 4.0),
    (re.compile(r"(?:不[超少低高大小]\S|[大小]于|至少|约|近|控制在)$"), re.compile(r"^\d"), 3.0),
)


@dataclass(frozen=True, slots=True)
class Spaces:
    """Whether a text sets spaces in front of digits and behind them, and whether the units of
    values have a column of their own."""

    before: bool = False
    behind: bool = False
    units: bool = False

    @classmethod
    def of(cls, lines: Sequence[TextLine], roles: Sequence[str] = ()) -> Spaces:
        """What the lines do where Chinese signs and digits meet; ``roles`` are the columns'."""
        texts = [line.text for line in lines]
        return cls(_are_set(_HAN_DIGIT, texts), _are_set(_DIGIT_HAN, texts), "unit" in roles)

    def price(self, left: str, right: str) -> float:
        """The price of two pieces of a line in one cell."""
        if left in NOTHING or right in NOTHING:
            return _APART
        if _SIGN_ONLY.match(fold(left)):
            return 0.0
        if right[0] in SIGNS:
            return 2.5  # a value starts here
        if left[-1].isascii() and right[0].isascii():
            return _LATIN
        if _BOUND.match(fold(left)) and not self.units:
            return _LATIN
        seam = f"{left[-1]}{right[0]}"
        if (self.before and _HAN_DIGIT.match(seam)) or (self.behind and _DIGIT_HAN.match(seam)):
            return _SET
        return 0.6 if left[-1] in "，、；：。,;:（(" or right[0] in "（()）%" else SPACE

    def parts(self, texts: Sequence[str]) -> list[str]:
        """The texts of a line, those whole that a blank only seems to part («12 条河道»)."""
        found: list[str] = []
        for text in texts:
            if found and self.price(found[-1], text) < _SET_CUT:
                found[-1] += f" {text}"
            else:
                found.append(text)
        return found

    def cut(self, left: str, right: str, role: str) -> float:
        """The price of a cell of that role that begins with ``right``, behind a space."""
        price = cut_price(left, right, same_line=True, unit=role == "unit")
        set_only = self.behind and role != "unit" and _DIGIT_HAN.match(f"{left[-1]}{right[0]}")
        return max(price, _SET_CUT if set_only else 0.0)


def _are_set(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    """Nearly all such places have a space."""
    found = [match[1] for text in texts for match in pattern.finditer(text)]
    return bool(found) and 10 * found.count("") <= len(found)


def cut_price(left: str, right: str, *, same_line: bool, unit: bool = False) -> float:
    """The price of a cell that ends with ``left`` where ``right`` is what follows, on its line or
    on the next one; ``unit``: what follows would be a number's unit, in a cell of its own."""
    left, right = fold(left), fold(right)
    dated = _DAY_END.match(right) or (right[0] in "年月日号" and not unit)
    if same_line and left[-1].isdigit() and dated:
        return _BROKEN_DATE
    if unit and not same_line:
        return 0.0
    seams = _DATES + (_INSIDE if same_line else _LINES)
    return next(
        (cost for end, start, cost in seams if end.search(left) and start.match(right)), 0.0
    )


@lru_cache(maxsize=_CACHED)
def name_seams(name: str) -> float:
    """The price of a name that no known word ends, higher where one stands before a space in it
    («核验时限 受理后»), and of one with its value in it («改造面积 1200 亩|架设面积»)."""
    begun = [match for match in _SPACES.finditer(name) if ends_name(name[: match.start()])]
    if any(name[match.end()].isdigit() for match in begun):
        return _RUN_ON
    head = head_of(name)
    if head is not None and not name[-1].isdigit():
        return 0.0
    if begun:
        return _LEFT_OPEN
    return _NO_HEAD if head is None else 0.0


@lru_cache(maxsize=_CACHED)
def value_seams(value: str) -> float:
    """The price of a space behind a name's end inside a value: «完整率 100 %»."""
    return _LEFT_OPEN * any(ends_name(left) for left, _ in pairwise(value.split(" ")) if left)


def ends_name(text: str) -> bool:
    """The text ends with a word that is an indicator's and nothing but that."""
    head = head_of(text)
    return head is not None and len(head.asks) == 1
