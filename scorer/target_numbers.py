"""Numbers with sign, scale and unit in a normalised 指标值.

Works on half-width text of the same length as the cell, so spans need no mapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from scorer.lexicon import default_lexicon
from scorer.target_types import Comparator, Quantity

# Sign words, longest first within the alternation of _tokens(). «不» forms must come
# before their positive («不低于» before «低于»).
SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(
        "≥= ≥ >= => 不低于 不少于 不小于 不短于 不得低于 不得少于 不应低于 大于等于 大于或等于 高于或等于 至少 起码 "
        "最低 最少 保底 确保达到 不下于".split(),
        "≥",
    ),
    **dict.fromkeys(
        "≤= ≤ <= =< 不超过 不超出 不超 不高于 不大于 不多于 不得超过 不得高于 不应超过 小于等于 小于或等于 低于等于 "
        "低于或等于 至多 最多 最高 最长 控制在 限定在 限制在 压到 降到 压缩到 压减到 封顶 上限 不长于 不突破".split(),
        "≤",
    ),
    **dict.fromkeys("> 超过 大于 高于 多于 超出 突破 长于 优于 超".split(), ">"),
    **dict.fromkeys("< 小于 低于 少于 不到 不足 短于 未满 不满".split(), "<"),
    "=": "=",
    "等于": "=",
}
# Words after the number.
TAILS: dict[str, Comparator] = {
    **dict.fromkeys(
        "以上 及以上 含以上 (含)以上 （含）以上 (含以上) 之上 或以上 起步 起 +".split(), "≥"
    ),
    **dict.fromkeys(
        "以内 之内 以下 及以下 含以下 (含)以下 （含）以下 (含)以内 （含）以内 之下 或以下 封顶 内".split(),
        "≤",
    ),
}
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "万亿": 1_000_000_000_000,
}  # fmt: skip
_CN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_CN_SCALES = {"十": 10, "百": 100, "千": 1000}
_SHARES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_RATE_FACTOR = {"‰": Decimal("0.1"), "‱": Decimal("0.01"), "成": Decimal(10)}

_NUM = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_CN = r"[零〇一二两三四五六七八九十百千万亿]+"
_SEP = r"\s*[-~至到]\s*"


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral below 10¹⁶ («三万四千», «二〇二五»); None if it is none."""
    total = section = digit = 0
    seen_scale = False
    for letter in text:
        if letter in _CN_DIGITS:
            # Digits in a row without a scale are read off («二〇二五»).
            digit = digit * 10 + _CN_DIGITS[letter] if not seen_scale else _CN_DIGITS[letter]
        elif letter in _CN_SCALES:
            section += (digit or 1) * _CN_SCALES[letter]
            digit, seen_scale = 0, True
        elif letter in "万亿":
            if not (digit or section or total):
                return None
            total = (total + section + digit) * (10_000 if letter == "万" else 100_000_000)
            section, digit, seen_scale = 0, 0, True
        else:
            return None
    return Decimal(total + section + digit) if text else None


@cache
def _unit_pattern() -> str:
    """All units of the lexicon, longest first, each perhaps followed by «/人·天»."""
    units = sorted(default_lexicon().unit_kinds, key=lambda u: (-len(u), u))
    # A Latin unit must not be the head of a longer Latin word (m in mg).
    words = "|".join(
        re.escape(u) + (r"(?![A-Za-z])" if u[-1].isascii() and u[-1].isalpha() else "")
        for u in units
    )
    more = r"(?:\s*/\s*(?:[A-Za-zμ²³㎡°℃]+[23]?|\d*[一-龥]{1,5}?(?=$|[^一-龥]|以[上下内]|左右|标准|计|封顶|及以)|[一-龥]{1,2}))"
    times = r"(?:[·.*×•]\s*(?:[一-龥]{1,3}?(?=以[上下内]|左右)|[一-龥A-Za-z]{1,3}))"
    return rf"(?:{words})(?:{more}{times}*|{times}+)*"


@cache
def _tokens() -> re.Pattern[str]:
    """One scan over signs and numbers."""
    sign = "|".join(re.escape(s) for s in sorted(SIGNS, key=lambda s: (-len(s), s)))
    tail = "|".join(re.escape(s) for s in sorted(TAILS, key=lambda s: (-len(s), s)))
    unit = _unit_pattern()
    first = "".join(sorted({re.escape(s[0]) for s in SIGNS}))
    scale = r"(?:万亿|[十百千]万|[万亿]|[十百千](?![分克米瓦伏字焦帕卡赫]))"
    return re.compile(
        rf"""
        (?=[{first}\d{_CN[1:-2]}半¥￥-])  # where neither can begin, look no further
        (?:
        (?P<sign>{sign})
      | (?:
          (?P<full>百分百)
        | (?P<halved>(?<![一-龥]{8})一半(?!$)(?=以[上下内])|(?<=[少降低加升长了])一半)
        | (?P<share>[百千万])分之(?P<sn>{_NUM}|{_CN})(?:{_SEP}(?:[百千万]分之)?(?P<sn2>{_NUM}|{_CN}))?
        | (?P<fb>[一二两三四五六七八九十]+)分之(?P<fa>[一二两三四五六七八九十]+)
        | (?P<ra>(?<![\d.:])\d{{1,6}}(?:\.\d{{1,4}})?)\s*:\s*(?P<rb>\d{{1,6}}(?:\.\d{{1,4}})?)(?![\d:])
        | (?P<qa>(?<![\d./])\d{{1,2}})\s*/\s*(?P<qb>\d{{1,2}})(?![\d./年月万])
        | (?P<yuan>[¥￥]\s*)?(?P<num>(?<![\d.])-?{_NUM})\s*(?:[余多](?=[万亿]))?(?P<scale>{scale})?\s*(?P<unit>{unit}|/\s*(?:10|十|百)?万)?
          (?:{_SEP}(?P<num2>{_NUM})\s*(?P<scale2>{scale})?\s*(?P<unit2>{unit})?)?
        | (?P<cn>(?<![数几好])(?:{_CN}|半))(?P<half>半)?[余多来]?\s*(?P<cnunit>{unit})(?P<more>[一二三四五六七八九半](?!\w?[次轮]))?
        )
        (?P<few>余|多|来)?(?P<late>(?<=[余多来]){unit})?(?:[(（](?P<boxscale>[万亿])?(?P<boxed>{unit})[)）])?
        \s*(?:左右|上下)?\s*(?P<tail>{tail})?
        )
        """,
        re.VERBOSE,
    )


# «每人每月» before an amount makes it 元/人·月; a few words may stand between.
_EACH = "(?:公斤|公顷|千克|千瓦|立方|平米|平方米|立方米|平方公里|公里|人次|千字|工作日|小时|千瓦时|行政村|乡镇|村|单位|课时|学时|学期|个?[一-龥])"
_PER = re.compile(
    rf"(?:每({_EACH})|([人户亩村台次日月年])均)(?:每({_EACH}))?[^\d,，。;；、:：]{{0,8}}$"
)
_STOP = frozenset(",，。;；、:：()（）")


def find_quantities(text: str, printed: str) -> list[Quantity]:
    """Quantities of ``text`` in printed order. ``text`` has dates and names blanked out;
    ``printed`` still has them (a «每人每月» before an amount is looked up there)."""
    return list(_scan(text, printed))


@cache
def _lone_numeral() -> re.Pattern[str]:
    sign = "|".join(re.escape(s) for s in sorted(SIGNS, key=lambda s: (-len(s), s)))
    return re.compile(rf"\s*(?P<sign>{sign})?(?:\s|{sign})*(?P<cn>{_CN})\s*")


def lone_numeral(text: str) -> list[Quantity]:
    """The whole value is a Chinese numeral without a unit: «零», «≥三»."""
    m = _lone_numeral().fullmatch(text)
    value = chinese_number(m["cn"]) if m else None
    if m is None or value is None:
        return []
    sign = m["sign"]
    start = m.start("sign") if sign else m.start("cn")
    return [
        Quantity(
            value,
            comparator=SIGNS[sign] if sign else "=",
            stated_comparator=bool(sign),
            span=(start, m.end("cn")),
        )
    ]


def _scan(text: str, printed: str) -> Iterator[Quantity]:
    sign: Comparator | None = None
    sign_start = sign_end = done = 0
    for m in _tokens().finditer(text):
        if m.start() < done:
            continue  # inside the unit of the number before («150千字»)
        if word := m["sign"]:
            if sign is None or word.isascii() or sign_end != m.start():
                sign_start = m.start()
                sign = SIGNS[word]
            sign_end = m.end()
            continue
        quantity = _quantity(m, text, printed)
        if quantity is None:
            continue
        value, high, unit, kind, end = quantity
        done = end
        start, gap = m.start(), text[sign_end : m.start()]
        boxed = gap.strip() in (")", "）")  # «（≥）95%»
        near = sign is not None and len(gap) <= 8 and (boxed or _STOP.isdisjoint(gap))
        tail: Comparator | None = TAILS.get(m["tail"] or "")
        if m["tail"] == "内" and kind != "time" and not near:
            tail = None
        comparator = sign if near and sign else tail
        if near and tail and sign in (">", "<", "="):
            comparator = tail
        if near and not gap.strip():
            start = sign_start
        yield Quantity(
            value, unit, kind, comparator or "=", comparator is not None, high, (start, end)
        )
        sign = None


def _quantity(
    m: re.Match[str], text: str, printed: str
) -> tuple[Decimal, Decimal | None, str, str, int] | None:
    """Value, high end, unit, unit kind and end offset of a match; None if it is no number."""
    if m["num"]:
        return _arabic(m, text, printed)
    if m["cn"]:
        return _chinese(m)
    if m["halved"]:
        return Decimal(50), None, "%", "rate", m.end()
    if m["full"]:
        return Decimal(100), None, "%", "rate", m.end()
    if share := m["share"]:
        low, high = _read(m["sn"]), _read(m["sn2"])
        factor = _SHARES[share]
        return (low or Decimal(0)) * factor, high and high * factor, "%", "rate", m.end()
    if ratio := m["rb"]:
        if not Decimal(ratio):
            return None
        value = (Decimal(m["ra"]) / Decimal(ratio)).quantize(Decimal("0.0001"))
        return value, None, ":", "ratio", m.end()
    part, whole = _read(m["fa"] or m["qa"]), _read(m["fb"] or m["qb"])
    if not part or not whole or part >= whole:
        return None
    return (part / whole * 100).quantize(Decimal("0.01")), None, "%", "rate", m.end()


_ARABIC = ("num", "num2", "scale", "scale2", "unit2", "unit", "late", "boxed")


def _arabic(
    m: re.Match[str], text: str, printed: str
) -> tuple[Decimal, Decimal | None, str, str, int]:
    number, second, scale, scale2, *units = m.group(*_ARABIC)
    value, high = Decimal(_plain(number)), None
    unit = next(filter(None, units), "") or ("元" if m["yuan"] else "")
    if second:
        high = Decimal(_plain(second)) * _scale(scale2)
        scale = scale or scale2
    if scale:
        value *= _SCALES[scale]
    if scale := m["boxscale"]:  # «12.00(万元)»
        value *= _SCALES[scale]
        high = high and high * _SCALES[scale]
    end = m.end()
    if not unit and not m["tail"]:
        unit = _unknown_unit(text, end)
        end += len(unit)
    value, high, unit, kind = _finish(value, high, unit)
    if kind == "money" and "/" not in unit:
        unit = _per(unit, printed[: m.start()])
    return value, high, unit, kind, end


def _chinese(m: re.Match[str]) -> tuple[Decimal, Decimal | None, str, str, int] | None:
    word = m["cn"]
    value = Decimal("0.5") if word == "半" else chinese_number(word)
    if value is None:
        return None
    unit = m["cnunit"]
    if m["half"]:
        value += Decimal("0.5")
    end = m.end()
    if unit == "成" and m["more"]:
        value += (chinese_number(m["more"]) or Decimal(5)) / 10
    value, high, unit, kind = _finish(value, None, unit)
    return value, high, unit, kind, end


def _finish(
    value: Decimal, high: Decimal | None, unit: str
) -> tuple[Decimal, Decimal | None, str, str]:
    """Rates to percent, unit without blanks, its kind looked up by its first part."""
    unit = unit.replace(" ", "")
    if factor := _RATE_FACTOR.get(unit):
        return value * factor, high and high * factor, "%", "rate"
    kinds = default_lexicon().unit_kinds
    kind = kinds.get(unit)
    if kind is None and unit:
        kind = kinds.get(re.split(r"[/·.*×•]", unit, maxsplit=1)[0], "")
    return value, high, "百分点" if unit.endswith("百分点") else unit, kind or ""


def _unknown_unit(text: str, end: int) -> str:
    """One or two letters after a number that end the phrase are its unit («15桌»)."""
    m = _TRAILING.match(text, end)
    return m.group() if m else ""


_TRAILING = re.compile(r"[一-龥]{1,2}(?=$|[,，。;；、()（）])(?<![前后内外上下达到完成左右余])")


def _per(unit: str, before: str) -> str:
    m = _PER.search(before[-16:])
    if not m:
        return unit
    return f"{unit}/{'·'.join(part for part in m.groups() if part)}"


def _read(text: str | None) -> Decimal | None:
    if not text:
        return None
    return Decimal(_plain(text)) if text[0].isdigit() else chinese_number(text)


def _plain(digits: str) -> str:
    return digits.replace(",", "").replace("，", "")


def _scale(word: str | None) -> int:
    return _SCALES[word] if word else 1
