"""A target value over several cells: sign, number and unit apart, and joined again.

``scorer.targets.join_target`` says how the cells are read; what is written here must come
back from it as the clerk wrote it, with as few cells changed as can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scorer.targets import is_direction, join_target

_PARTS = re.compile(
    r"^(?P<sign>[≥≤=><＞＜＝]|>=|<=)?\s*"
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?(?:\s*[-~～—]\s*\d[\d,]*(?:\.\d+)?)?)\s*"
    r"(?P<unit>\D*)$"
)
_NOTHING = frozenset(("", "无", "空", "/", "\\", "不涉及", "无此项", "不适用", "-", "—", "－"))
_KIND = re.compile(r"^定[性量](指标)?$")


def parts_of(value: str) -> tuple[str, str, str]:
    """«≥95%» -> ("≥", "95", "%"); words stay whole in the middle."""
    match = _PARTS.match(value.strip())
    if match is None:
        return "", value, ""
    return match["sign"] or "", match["number"], match["unit"]


def joined(sign: str, value: str, unit: str) -> str:
    """The three cells as a reader of the table says them."""
    sign = "" if _KIND.match(sign) or sign.strip() in _NOTHING else sign
    unit = "" if unit.strip() in _NOTHING else unit
    return join_target(sign, value, unit) if sign or unit else value


def three_columns(sign: str | None, unit: str | None, wanted: str) -> tuple[str, str, str]:
    """New texts of sign, value and unit cell; ``sign`` and ``unit`` are what stands there now
    (None: the table has no such column)."""
    for candidate in _candidates(sign, unit, wanted):
        if joined(*candidate) == wanted:
            return candidate
    return "", wanted, ""


def _candidates(sign: str | None, unit: str | None, wanted: str) -> Iterator[tuple[str, str, str]]:
    """Ways to part the value, those that change the fewest cells first."""
    own_sign, number, own_unit = parts_of(wanted)
    old_sign, old_unit = sign or "", unit or ""
    if number == wanted:  # blank, words or a bare number: nothing to part
        if wanted and not re.search(r"\d", wanted):  # beside words no sign but «=» makes sense
            stays = old_sign in ("=", "＝") or _KIND.match(old_sign) or is_direction(old_sign)
            old_sign = old_sign if stays else ""
            old_unit = old_unit if old_unit.strip() in _NOTHING else ""
        yield old_sign, wanted, old_unit
        yield old_sign, wanted, ""
        yield "", wanted, old_unit
        return
    signs = [old_sign, own_sign] if sign is not None else [""]
    in_value = sign is None or is_direction(old_sign)  # «正向» stays in its column
    signs = signs[:1] if in_value else signs
    units = [old_unit, own_unit] if unit is not None else [""]
    numbers = [number]
    numbers += [f"{own_sign}{number}"] if in_value else []
    numbers += [f"{number}{own_unit}"] if unit is None else []
    for middle in numbers:
        for left in signs:
            for right in units:
                yield left, middle, right
    yield old_sign, wanted, ""
    yield "", wanted, ""


def spread(printed: Sequence[str], wanted: str) -> list[str]:
    """A value over the cells under one head («≥ | 95 | %»): each part where its kind stood."""
    roles = [_role(text) for text in printed]
    if not any(roles) and len(printed) == 3:
        roles = ["sign", "number", "unit"]
    sign, number, unit = parts_of(wanted)
    parts = {"sign": sign, "number": number, "unit": unit}
    main = next((n for n, role in enumerate(roles) if role == "number"), 0)
    roles = [role if n != main else "number" for n, role in enumerate(roles)]
    for role in ("sign", "unit"):
        if role not in roles:
            both = (parts[role], parts["number"])
            parts["number"] = "".join(both if role == "sign" else both[::-1])
            parts[role] = ""
    found, used = [], set()
    for role in roles:
        found.append("" if role in used else parts.get(role, ""))
        used.add(role)
    return found


def _role(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    if re.search(r"\d", text):
        return "number"
    return "sign" if re.fullmatch(r"[≥≤=><＞＜＝]{1,2}", text) else "unit"
