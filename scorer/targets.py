"""The grammar of 指标值: «≤47.08万元» -> Target.

The cell is made half-width letter by letter (offsets stay), names with digits are blanked
out, then dates, frequencies and quantities are scanned, and the kind is decided.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scorer.lexicon import default_lexicon, not_target_pattern
from scorer.target_numbers import find_quantities, lone_numeral
from scorer.target_times import find_frequencies, find_moments, has_time_letters
from scorer.target_types import Comparator, Kind, Moment, Quantity, Target
from scorer.target_words import (
    find_base,
    find_change,
    find_standards,
    is_approved,
    is_event,
    is_placeholder,
    is_scale,
    is_yes_no,
)

__all__ = [
    "Comparator",
    "Kind",
    "Moment",
    "Quantity",
    "Target",
    "has_figures",
    "join_target",
    "parse_target",
    "target_of",
]

_HALF_WIDTH = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（），：；！？"},
    **{ord(c): "≥" for c in "≧⩾﹥≩"},
    **{ord(c): "≤" for c in "≦⩽﹤≨"},
    **{ord(c): "-" for c in "—–−‐‑―﹣"},
    **{ord(c): "~" for c in "～〜∼˜﹏"},
    **{ord(c): " " for c in "\u3000\u00a0\t\r\n\v\f\u2002\u2003\u2009"},
    ord("："): ":",
    ord("∶"): ":",
    ord("︰"): ":",
    ord("﹪"): "%",
    ord("⁄"): "/",
    ord("∕"): "/",
}
# Numerals of cheques and contracts («玖拾捌万元整»), read only in runs before a unit: some are
# common letters as well (陆地, 收拾).
_FORMAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]*[壹贰叁肆伍陆柒捌玖][拾佰仟万亿零壹贰叁肆伍陆柒捌玖]*(?=[元圆次个台套人名户项份件年月天日]|$)"
)
_HAS_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖]")
_FORMAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_PUT_OFF = re.compile(r"适时|尽快|择机|视情")
_FILLER = "\x00"
_NUMERAL = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿半]")
_STANDARD_GATE = re.compile(r"[《A-Za-zⅠⅡⅢⅣⅤ级类甲标星规要国优良合达]")
_REPEATS = frozenset(
    "次 场 期 回 轮 遍 趟 班 场次 次/年 次/月 次/周 次/季度 次/季 次/日 次/天 场/年 场/月 期/年 餐 顿 餐次".split()
)


_UNIT_IN_NAME = re.compile(r"[（(]([^（）()]{1,8})[）)]\s*$")


def target_of(name: str, value: str) -> Target:
    """A row's value, with the unit that its name has in brackets: «线路条数（条）» 14."""
    named = _UNIT_IN_NAME.search(name)
    if named and value.rstrip()[-1:].isdigit():
        target = parse_target(f"{value.rstrip()}{named[1]}")
        if target.only is not None and target.only.unit_kind:
            return target
    return parse_target(value)


@lru_cache(maxsize=32768)
def parse_target(text: str) -> Target:
    """Understand one 指标值. Pure; never raises."""
    plain = _plain_numerals(text.translate(_HALF_WIDTH))
    bare = plain.strip()
    if not bare:
        return Target(text, "blank")
    if is_placeholder(bare):
        return Target(text, "placeholder")
    standards = find_standards(plain) if _STANDARD_GATE.search(plain) else []
    masked = _blank(plain, standards)
    has_numeral = _NUMERAL.search(masked) is not None
    if has_numeral:
        masked = not_target_pattern().sub(_fill, masked)
    moments: list[Moment] = []
    frequency = ""
    if has_time_letters(masked):
        moments = find_moments(masked)
        masked, frequency = _frequency(_blank(masked, [m.span for m in moments]), plain)
    quantities = find_quantities(masked, plain) or lone_numeral(masked) if has_numeral else []
    change, (verb_start, verb_end), to_level = find_change(plain)
    base, (base_start, base_end) = find_base(plain) if len(bare) > 2 else ("", (0, 0))
    # The year compared with is no date to be kept, last year's figure no target.
    moments = [m for m in moments if not (base_start <= m.span[0] and m.span[1] <= base_end)]
    if base and len(quantities) > 1:
        quantities = [q for q in quantities if not base_end <= q.span[0] < verb_start]
    kind = _kind(bare, quantities, moments, frequency, standards)
    if change and not to_level and (base or _amount_after(quantities, verb_end)):
        kind = "change" if quantities or kind in ("words", "approved", "time") else kind
    return Target(
        text,
        kind,
        tuple(quantities),
        tuple(moments),
        frequency,
        tuple(text[a:b].strip() for a, b in standards),
        change,
        base,
        default_lexicon().soft_in(bare),
    )


def has_figures(text: str) -> bool:
    """Whether ``text`` can hold a quantity, a time or a standard at all: far quicker than
    to look for them."""
    plain = _plain_numerals(text.translate(_HALF_WIDTH))
    gates = (_NUMERAL.search(plain), _STANDARD_GATE.search(plain), has_time_letters(plain))
    return any(gates)


def _plain_numerals(text: str) -> str:
    """Formal numerals as everyday ones, letter by letter."""
    if _HAS_FORMAL.search(text) is None:
        return text
    return _FORMAL.sub(lambda m: m.group().translate(_FORMAL_DIGITS), text)


def _kind(
    bare: str,
    quantities: list[Quantity],
    moments: list[Moment],
    frequency: str,
    standards: list[tuple[int, int]],
) -> Kind:
    """The kind of the whole value; what is counted or measured speaks first."""
    if quantities:
        first = _leading(quantities)
        if first.unit_kind == "money":
            return "money"
        if first.unit_kind == "rate":
            return "rate"
        if frequency and (first.unit in _REPEATS or first.unit_kind == "time"):
            return "frequency"
        return "time" if first.unit_kind == "time" else "number"
    whole_year = all(m.name.startswith(("全年", "当年", "本年")) and not m.month for m in moments)
    if moments and whole_year and is_event(bare):
        return "event"  # «全年无事故»
    if moments and _PUT_OFF.search(bare) and not any(m.day or m.quarter for m in moments):
        return "words"  # «年底前适时»
    if moments and any(m.limit != "after" or not m.name for m in moments):
        return "time"
    if frequency:
        return "frequency"
    if is_yes_no(bare):
        return "yes_no"
    if is_scale(bare):
        return "scale"
    if is_approved(bare):
        return "approved"
    if standards:
        return "standard"
    return "event" if is_event(bare) else "words"


def _leading(quantities: list[Quantity]) -> Quantity:
    """The quantity that the value is about: the first that is no duration beside others."""
    return next((q for q in quantities if q.unit_kind != "time"), quantities[0])


def _amount_after(quantities: list[Quantity], place: int) -> bool:
    """Whether a number follows closely behind a verb of rise or fall that ends at ``place``."""
    return any(place <= q.span[1] and -2 <= q.span[0] - place <= 6 for q in quantities)


def _frequency(masked: str, plain: str) -> tuple[str, str]:
    """The text with periods of frequencies blanked, and the first frequency as printed,
    with the times that follow («每季度» -> «每季度一次»)."""
    spans = find_frequencies(masked)
    if not spans:
        return masked, ""
    start, end, _ = spans[0]
    if m := _TIMES.match(plain, end):
        end = m.end()
    return _blank(masked, [(a, b) for a, b, counted in spans if not counted]), plain[start:end]


_TIMES = re.compile(
    r"\s*(?:不少于|至少|不低于|≥)?\s*(?:\d+|[一二两三四五六七八九十])\s*[次场期轮回遍趟]"
)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _FILLER * (end - start) + text[end:]
    return text


def _fill(match: re.Match[str]) -> str:
    return _FILLER * (match.end() - match.start())


# Sign cells that say nothing a person would repeat before the value.
_NO_SIGN = frozenset(("", "定性", "无", "文字描述", "其他", "定量", "/", "-", "—"))
# «正向» in the column of signs says where the value is to go, not how it is compared
_DIRECTION = re.compile(r"(?:[正反逆负双]向?|中性|适度|越[大高多小低少]越[好优])(?:指标)?")
_SIGN_SPELLINGS = {
    **dict.fromkeys(("＝", "等于", "=="), "="),
    **dict.fromkeys((">=", "＞=", "＞＝", ">＝", "=>", "≧", "⩾", "大于等于", "大于或等于"), "≥"),
    **dict.fromkeys(("<=", "＜=", "＜＝", "<＝", "=<", "≦", "⩽", "小于等于", "小于或等于"), "≤"),
    **dict.fromkeys(("＞", "大于"), ">"),
    **dict.fromkeys(("＜", "小于"), "<"),
}
_BARE_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LIMITS = frozenset(("前", "之前", "以前"))
_NO_UNIT = frozenset(("", "无", "/", "-", "—", "－", "无单位", "其他"))
_OWN_SIGN = re.compile(
    r"[≥≤=<>]|不低于|不少于|不超过|不高于|不大于|不小于|至少|大于|小于|超过|低于|高于|控制在"
)
_DIGIT = re.compile(r"\d")
_FULL_DATE = re.compile(
    r"(?<![\d.])(?:19|20)\d\d\s*[年.\-/]|\d\s*[月日号]|[季年][度末底]|[日月底末]前"
)


def is_direction(sign: str) -> bool:
    """True for «正向», «反向指标» and their like, which some tables print as the sign."""
    return _DIRECTION.fullmatch(sign.strip()) is not None


def _is_number(value: str) -> bool:
    """«三次», «百分之九十»: a number in letters, and nothing else."""
    quantity = parse_target(value).only
    return quantity is not None and quantity.span[1] - quantity.span[0] >= len(value.strip()) - 1


def join_target(sign: str, value: str, unit: str) -> str:
    """Sign, value and unit of three cells as a person would say it.

    ("≥", "95", "%") -> "≥95%"; ("=", "优", "") -> "优"; ("定性", "优良中低差", "") ->
    "优良中低差"; a unit or sign that the value already has is not doubled.
    """
    sign, value, unit = sign.strip(), value.strip(), unit.strip()
    plain, plain_unit = value.translate(_HALF_WIDTH), unit.translate(_HALF_WIDTH)
    if not value or _NUMERAL.search(plain) is None:
        return value
    if _DIGIT.search(plain) is None and not _is_number(value):
        return value  # «一卡通发放»
    sign = _SIGN_SPELLINGS.get(sign, sign)
    is_date = _FULL_DATE.search(plain) is not None
    if is_date and unit not in _NO_UNIT and _BARE_NUMBER.fullmatch(plain):
        is_date = False  # «2025.6» 亩
    if (
        sign in _NO_SIGN
        or is_direction(sign)
        or _OWN_SIGN.match(plain)
        or (sign == "=" and is_date)
    ):
        sign = ""
    if unit in _NO_UNIT or plain_unit in plain or (is_date and unit not in _LIMITS):
        unit = ""
    elif not plain[-1].isdigit() and plain_unit.startswith(plain[-1]):
        unit = unit[1:]  # «5万» in «万元»
    return f"{sign}{value}{unit}"
