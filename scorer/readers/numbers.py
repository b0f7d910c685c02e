"""A spreadsheet number as its cell shows it: 0.95 with the format 0% is «95%»."""

from __future__ import annotations

import datetime as dt
import re
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
_QUOTED = re.compile(r'"([^"]*)"')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PADDING = re.compile(r"[_*].")
_NUMBER = re.compile(r"[#0?][#0?,.]*")
_DATE_WORDS = re.compile(r"[ymdhs]", re.I)
_MARK = "\ue000"  # stands for a quoted or escaped character while the pattern is looked for
_PLAIN = frozenset(("", "general", "@", "g/通用格式"))


class Shape(NamedTuple):
    """A number format, understood."""

    before: str
    after: str
    decimals: int
    thousands: bool
    percent: bool


def plain(value: float) -> str:
    """A number under the General format."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def shown(value: float, code: str) -> str:
    """A number under a format code; formats that we do not know show the plain number."""
    if code.lower() in _PLAIN or (shape := _shape(code, value < 0)) is None:
        return plain(value)
    number = Decimal(format(abs(value), ".15g")) * (100 if shape.percent else 1)
    number = number.quantize(Decimal(1).scaleb(-shape.decimals), ROUND_HALF_UP)
    digits = format(number, ",f" if shape.thousands else "f")
    sign = "-" if value < 0 and number else ""
    return f"{sign}{shape.before}{digits}{shape.after}"


def shown_date(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str = "") -> str:
    """A date as its format orders its parts; without one as 2024-12-31."""
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    low = _BRACKETS.sub("", _QUOTED.sub(r"\1", code)).replace("\\", "").lower()
    month, day, year = f"{value.month}", f"{value.day}", f"{value.year}"
    has_day, has_year = "d" in low or "日" in low, "y" in low or not low
    if "年" in low or "月" in low:
        parts = (f"{year}年" if has_year else "", f"{month}月", f"{day}日" if has_day else "")
        return "".join(parts)
    mark = "/" if "/" in low else "-" if "-" in low or "." not in low else "."
    if "mm" in low or not low:
        month, day = month.zfill(2), day.zfill(2)
    parts_found = [year] if has_year else []
    parts_found += [month, day] if has_day or not low else [month]
    return mark.join(parts_found)


def is_date(code: str) -> bool:
    """Whether a format code shows dates or times."""
    bare = _BRACKETS.sub("", _QUOTED.sub("", code))
    return (
        bool(_DATE_WORDS.search(bare))
        and not _NUMBER.search(bare)
        and "general" not in bare.lower()
    )


@lru_cache(maxsize=512)
def _shape(code: str, negative: bool) -> Shape | None:
    section = _section(code, negative)
    kept: list[str] = []  # literal characters, in order

    def hide(found: re.Match[str]) -> str:
        kept.append(found.group(1))
        return _MARK

    text = _BRACKETS.sub("", section)
    text = re.sub(r'"([^"]*)"|\\(.)', lambda m: _hide(m, kept), text)
    text = _PADDING.sub("", text)
    number = _NUMBER.search(text)
    if number is None or "e+" in text.lower() or "/" in text:
        return None
    pattern = number.group()
    before = _restore(text[: number.start()], kept)
    after = _restore(text[number.end() :], kept[text[: number.start()].count(_MARK) :])
    decimals = len(pattern.split(".", 1)[1].replace(",", "")) if "." in pattern else 0
    return Shape(before, after, decimals, "," in pattern.rstrip(","), "%" in text)


def _section(code: str, negative: bool) -> str:
    """The part of «positive;negative;zero;text» that applies; signs are set by ``shown``."""
    sections = code.split(";")
    if negative and len(sections) > 1 and any(mark in sections[1] for mark in "(（"):
        return sections[0]  # brackets mean minus: the sign says the same
    return sections[0]


def _hide(found: re.Match[str], kept: list[str]) -> str:
    kept.append(found.group(1) if found.group(1) is not None else found.group(2))
    return _MARK


def _restore(text: str, kept: list[str]) -> str:
    words = iter(kept)
    return "".join(next(words, "") if c == _MARK else c for c in text)
