"""A spreadsheet number as its cell shows it: 0.95 with the format 0% is «95%».

A format has up to four sections (above zero, below, zero, text; or each with a condition).
A section is words around one number pattern; its digits may have words between them, as
in ``0!.0,"万元"``, which shows 125000 as 12.5万元.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

# The numbered formats of ECMA-376 that change what a reader sees; 0 is General.
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "yyyy/m/d", 16: "m/d", 17: "yyyy/m", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 27: "yyyy年m月", 31: "yyyy年m月d日", 28: "m月d日", 57: "yyyy年m月",
    58: "m月d日", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip
_PLAIN = frozenset(("", "general", "@", "g/通用格式"))
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<section>;)'
    r"|(?P<general>general|g/通用格式)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<other>e[+-]|[/a-z])|(?P<text>@)|(?P<literal>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)$")
_CURRENCY = re.compile(r"\$([^-]+)")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]|-")
_DATE_PART = re.compile(
    r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|[_*].|(y+|m+|d+|a{3,})|([hs].*|;.*)|(.)', re.I
)


class Section(NamedTuple):
    """One section of a format: (kind, text) tokens, and the condition if it has one."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, kind: str) -> bool:
        """Whether there is a token of this kind."""
        return any(token == kind for token, _ in self.tokens)

    def words(self) -> str:
        """What is shown beside the number."""
        return "".join([text for kind, text in self.tokens if kind == "literal"])

    def holds(self, value: float) -> bool:
        """Whether the condition is met; without one it is."""
        return self.condition is None or _TESTS[self.condition[0]](value, self.condition[1])


def plain(value: float) -> str:
    """A number under the General format."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def shown(value: float, code: str) -> str:
    """A number under a format code; formats that we do not know show the plain number."""
    if code.lower() in _PLAIN:
        return plain(value)
    section, sign = _chosen(_sections(code), value)
    if section.has("other"):
        return plain(value)
    if section.has("general"):
        return sign + "".join(
            [plain(abs(value)) if kind == "general" else text for kind, text in section.tokens]
        )
    if not section.has("digit"):
        return section.words()
    return _filled(section, abs(value), sign)


def frames_text(code: str) -> bool:
    """Whether a format adds words to a text, as ``@"级"`` does."""
    last = _sections(code)[-1]
    return last.has("text") and bool(last.words().strip())


def shown_text(value: str, code: str) -> str:
    """A text under a format code."""
    if not frames_text(code):
        return value
    return "".join([value if kind == "text" else text for kind, text in _sections(code)[-1].tokens])


def shown_date(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str = "") -> str:
    """A date as its format orders its parts; without one as 2024-12-31."""
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    if "年" in code or "月" in code:
        return _worded_date(value, code)
    low = re.sub(r"\[[^\]]*\]", "", code).replace("\\", "").lower()
    month, day, year = f"{value.month}", f"{value.day}", f"{value.year}"
    has_day, has_year = "d" in low, "y" in low or not low
    mark = "/" if "/" in low else "-" if "-" in low or "." not in low else "."
    if "mm" in low or not low:
        month, day = month.zfill(2), day.zfill(2)
    parts_found = [year] if has_year else []
    parts_found += [month, day] if has_day or not low else [month]
    return mark.join(parts_found)


def _worded_date(value: dt.date, code: str) -> str:
    """A date between words, as «2025年9月底前»; the time of day is left out."""
    parts = {"y": str(value.year), "m": str(value.month), "d": str(value.day)}
    found = []
    for match in _DATE_PART.finditer(code):
        quoted, escaped, part, rest, other = match.groups()
        if rest:
            break
        if part:
            found.append(parts.get(part[0].lower(), "").zfill(2 if len(part) == 2 else 1))
        else:
            found.append(quoted or escaped or other or "")
    return "".join(found).strip()


def _chosen(sections: tuple[Section, ...], value: float) -> tuple[Section, str]:
    """The section that applies to a number, and the sign to write before it."""
    minus = "-" if value < 0 else ""
    positive = sections[0]
    if any(section.condition for section in sections):
        return next((s for s in sections[:3] if s.holds(value)), positive), minus
    if value < 0 and len(sections) > 1:
        below = sections[1]
        if any(mark in below.words() for mark in "(（"):
            return positive, minus  # brackets mean minus: the sign says the same
        # Only a colour tells minus: the sign is put back.
        return below, "" if _WORD.search(below.words()) or not below.has("digit") else minus
    if value == 0 and len(sections) > 2 and sections[2].words().strip() != "-":
        return sections[2], ""  # accounts write a dash for nought: the number says the same
    return positive, minus


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    found: list[Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code + ";"):
        kind, text = match.lastgroup or "", match.group()
        if kind == "section":
            found.append(Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            if test := _CONDITION.match(match.group(kind)):
                condition = test.group(1), float(test.group(2))
            elif money := _CURRENCY.match(match.group(kind)):
                tokens.append(("literal", money.group(1)))
        elif kind in ("quoted", "escaped"):
            tokens.append(("literal", match.group(kind)))
        elif kind == "literal" and text == "%":
            tokens += [("percent", ""), ("literal", text)]
        elif kind:  # without a kind it is padding
            tokens.append((kind, text))
    return tuple(found[:4])


def _filled(section: Section, value: float, sign: str) -> str:
    """The section with the number's digits in its places."""
    kinds = [kind for kind, _ in section.tokens]
    places = [i for i, kind in enumerate(kinds) if kind == "digit"]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole, part = [i for i in places if i < point], [i for i in places if i > point]
    scale = 2 * kinds.count("percent") - 3 * kinds[places[-1] :].count("comma")
    number = Decimal(format(value, ".15g")).scaleb(scale)
    number = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{number:f}".partition(".")
    texts = [text if kind in ("literal", "point") else "" for kind, text in section.tokens]
    needed = [i for i in places if section.tokens[i][1] == "0"]  # shown even where nought
    while part and part[-1] not in needed and decimals[len(part) - 1] == "0":
        part.pop()
    for i, digit in zip(part, decimals, strict=False):
        texts[i] = digit
    if not part and point < len(kinds):
        texts[point] = ""
    least = sum(i in needed for i in whole)
    digits = digits.lstrip("0").zfill(least)
    if whole and "comma" in kinds[whole[0] : whole[-1]]:
        digits = f"{int(digits or 0):,}" if digits else ""
        whole = whole[:1]
    for i in whole[:0:-1]:
        digits, texts[i] = digits[:-1], digits[-1:]
    if whole:
        texts[whole[0]] = digits
    elif digits:
        texts[point] = digits + texts[point]
    return (sign if number else "") + "".join(texts)
