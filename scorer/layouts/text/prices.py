"""What a cell of an indicator row should look like, as prices: 0 for the usual.

The prices are weights of evidence, set on texts written for this purpose; only their order
of size matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from scorer.layouts.text.columns import Columns, Half
from scorer.layouts.text.lines import join_wrapped, width
from scorer.layouts.text.spaces import SIGNS, name_seams, value_seams
from scorer.layouts.words import Words, fold

Cells = tuple[tuple[str, ...], ...]  # the fragments of each column

_CACHED = 1 << 15  # cells whose price is remembered
_REMARK = 2.5  # price of a value in front of which the end of its name stands («(4月底前)100%»)
_BEGUN = 1.5  # price of a name with the beginning of its value, or the value's unit, behind it
_TWO_ROWS = 5.0  # price of a cell into which the next row's name has run
_FRAGMENT = 0.2  # price of each further line in a cell
_NARROW = 4.0  # signs; columns seldom wrap at less
_ROW = 0.3  # price of a row
_UNLABELLED = 0.8  # price of a row that takes the level 2 of the row above
_COMPARATOR = re.compile(
    r"^(?:[≥≤=<>≧≦⩾⩽]|不低于|不少于|不超过|不高于|不大于|不小于|大于|小于|至少)"
)
_HARD_VALUE = re.compile(
    r"^[约近]?(?:20\d\d年|\d[\d,.]*)|[≥≤=<>%]|\d+月|每[年月周日季天]|\d+$|[一二三四五六七八九十]+[次个月日天]"
)
_WHOLE_FIGURE = re.compile(
    r"^(?:20\d\d[-年./].*[\d日前底月]|[≥≤=<>≧≦⩾⩽]\s*[^)]+|[约近]?\d[\d,.]*\s*(?:[%‰]|[^\d\s)]{1,8}))$"
)
_ONE_SIGN = "是否有无优良中差好高低零升降增减"  # values of one sign
_INSIDE = re.compile(r"[^≥≤=<>≧≦][≥≤=<>≧≦]{1,2}\s*\d")
_BRACKETS = re.compile(r"\([^()]*\)|《[^》]*》")
_COUNTED = re.compile(r"指标\s?\d{1,2}\s?[:.、]")  # the template's number in front of a name
# «有所提高»: a value that is whole without a figure
_WORDS_ALONE = re.compile(
    r"(?:有所|明显|显著|有效|逐步|不断|持续|进一步|大幅|稳步)"
    r"(?:提高|提升|改善|增强|增加|增长|下降|降低|减少|缓解|保障|加强|优化|完善|减轻)$"
)
# «≥90%消防员满意度»: the next row's name behind a whole value
_NAME_BEHIND = re.compile(
    r"[≥≤=<>≧≦⩾⩽]\s*\d[\d,.]*[%‰][一-龥]{2,}(?:率|满意度|[人次户台件]数|时间)$"
)
_SLOT = re.compile(rf"(?:{_COUNTED.pattern}|[①-⑳]|\d{{1,2}}[.、])?(?:…+|\.{{3,}})?")
_CELL_OF_DIGITS = re.compile(r"\S \d[\d.,]*$")
_COUNT_AT_END = re.compile(r"\S \d[\d.,]*( ?[^\d\s]{1,4})?$")
_REMARK_FIRST = re.compile(r"^\((?:[^()]*\)\s*[≥≤=<>≧≦⩾⩽\d]|[^()]*$)")
_VALUE_BEGUN = re.compile(r".{3}(?:[后前]|之日起)$|[^(]元/[^()]{1,3}$")  # «验收后» above «20日内»
_BARE_NUMBER = re.compile(r"^[<>=≥≤]*\d[\d,.]*[%‰]?$")


@dataclass
class RowPrices:
    """The price of a row's cells; ``full`` is the width at which each column wraps, once known;
    with ``labels_apart`` names of level 2 are given to the rows afterwards."""

    columns: Columns
    words: Words
    full: tuple[float, ...] = ()
    labels_apart: bool = False
    memo: dict[Cells, tuple[float, float]] = field(default_factory=dict)

    def wraps_at(self, full: tuple[float, ...]) -> None:
        """Set the columns' widths; prices are worked out anew."""
        self.full = full
        self.memo.clear()

    def cost(self, cells: Cells) -> tuple[float, float]:
        """How unlike a row of such a form these cells are, as they stand and if the
        missing ones may still come (0 = like any other)."""
        if cells not in self.memo:
            self.memo[cells] = self._cost(cells)
        return self.memo[cells]

    def _cost(self, cells: Cells) -> tuple[float, float]:
        texts = [join_wrapped(cell) for cell in cells]
        labels, missing = self._labels(texts)
        total = _ROW + self._wrapping(cells) + labels
        halves = self.columns.halves
        shared = len(halves) == 2 and halves[0].name == halves[1].name
        for half in halves[:1] if shared else halves:
            total += self._half_cost(texts, half)
            missing += self._missing(texts, half)
        if len(halves) == 2 and not shared:
            total += self._agreement(texts)
            missing += self._half_alone(texts)
        if not any(texts[h.name] or (h.value is not None and texts[h.value]) for h in halves):
            missing += 0.0 if any(texts) and self._has_label(texts) else 8.0
        total += self._other_columns(texts)
        return total + missing, total + 0.25 * missing

    def _wrapping(self, cells: Cells) -> float:
        full = self.full or (0.0,) * len(cells)
        return sum(wrapping(c, f) for c, f in zip(cells, full, strict=True) if len(c) > 1)

    def _has_label(self, texts: Sequence[str]) -> bool:
        return any(h.label is not None and texts[h.label] for h in self.columns.halves)

    def _labels(self, texts: Sequence[str]) -> tuple[float, float]:
        """Level-2 cells hold known names, the same in both halves: (price, price of what
        may still come: the rest of a wrapped name)."""
        known = []
        total = missing = 0.0
        for i in sorted({h.label for h in self.columns.halves if h.label is not None}):
            canonical = self.words.level2_of(texts[i]) if texts[i] else ""
            if canonical is None and self.words.opens_level2(texts[i]):
                missing += 4.0
                canonical = ""
            elif canonical is None:
                total += 7.0
            known.append(canonical or "")
        if len(known) == 2 and known[0] != known[1]:
            total += 5.0 if known[0] and known[1] else 1.2
        if not any(known) and not missing and not self.labels_apart:
            total += _UNLABELLED
        return total, missing

    def _half_cost(self, texts: Sequence[str], half: Half) -> float:
        name = texts[half.name]
        value = texts[half.value] if half.value is not None else ""
        return (name_cost(name) if name else 0.0) + (value_cost(value) if value else 0.0)

    def _missing(self, texts: Sequence[str], half: Half) -> float:
        """A name without its value, a value without its name."""
        value = texts[half.value] if half.value is not None else ""
        if texts[half.name]:
            return 0.0 if value or half.value is None else 3.0
        return 4.0 if value else 0.0

    def _half_alone(self, texts: Sequence[str]) -> float:
        """Both halves of a row are filled, or none."""
        left, right = (self._half_texts(texts, half) for half in self.columns.halves)
        if any(left) == any(right):
            return 0.0
        return 1.5 if any(left) else 1.6

    def _half_texts(self, texts: Sequence[str], half: Half) -> tuple[str, str]:
        return texts[half.name], texts[half.value] if half.value is not None else ""

    def _agreement(self, texts: Sequence[str]) -> float:
        """The halves of a row say the same, whole or cut."""
        left, right = (self._half_texts(texts, half) for half in self.columns.halves)
        return unlike(left[0], right[0], 2.2) + unlike(left[1], right[1], 1.4)

    def _other_columns(self, texts: Sequence[str]) -> float:
        return 0.3 * sum(
            not text and role not in ("level2", "name", "explanation", "note", "other", "baseline", "actual")
            and not role.startswith("value")
            for text, role in zip(texts, self.columns.roles, strict=True)
        )  # fmt: skip


@lru_cache(maxsize=_CACHED)
def unlike(left: str, right: str, most: float) -> float:
    """0 for equal texts, little where one is the other cut, ``most`` for strangers."""
    if left == right or not left or not right:
        return 0.0
    short, long = sorted((left, right), key=len)
    if long.startswith(short):
        return (0.2 if len(short) >= 2 else 0.7) * most
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
    return most * (1.0 - 0.5 * same / len(short))


def holds_value(text: str) -> bool:
    """True for a text with a bound («≥ 90») behind other words."""
    return _INSIDE.search(_BRACKETS.sub("", fold(text))) is not None


def is_whole_value(text: str) -> bool:
    """«≥98%», «36 台», «18万元/个»: nothing is missing."""
    return _WHOLE_FIGURE.match(fold(text)) is not None


def is_counted(name: str) -> bool:
    """«指标2：公路里程»: the template numbers its names."""
    return _COUNTED.match(fold(name)) is not None


@lru_cache(maxsize=_CACHED)
def is_slot(name: str) -> bool:
    """«指标2：», «②» with nothing behind it, «……»: a row of the template that nobody has filled
    in."""
    return bool(name) and _SLOT.fullmatch(fold(name)) is not None


@lru_cache(maxsize=_CACHED)
def name_cost(name: str) -> float:
    folded = fold(name)
    total = name_seams(name)
    if _COMPARATOR.match(folded) or _BARE_NUMBER.match(folded):
        total += 4.0
    if folded[-1] in "，、,；;：:" or folded[0] in "，、,；;。）)%":
        total += 1.0
    if holds_value(folded):
        total += 2.5  # a value has run into the name
    if _COUNTED.search(folded, 1):
        total += _TWO_ROWS
    if _VALUE_BEGUN.search(folded):
        total += _BEGUN
    if is_slot(name):
        return total
    return total + (0.6 if len(name) == 1 else 0.0) + (1.0 if _open_bracket(name) else 0.0)


def ends_rows(parts: Sequence[str]) -> int:
    """How many lines of a name but the last end like a row of their own: «新建公厕 72 座»."""
    return sum(map(ends_counted, parts[:-1]))


def ends_counted(text: str) -> bool:
    """«新建公厕 72 座»: a number, and at most its unit, stand apart at the end."""
    return _COUNT_AT_END.search(fold(text)) is not None


@lru_cache(maxsize=_CACHED)
def value_cost(value: str) -> float:
    folded = fold(value)
    inside = value_seams(value) + (2.5 if holds_value(folded) else 0.0)
    inside += _TWO_ROWS if _COUNTED.search(folded) or is_slot(value) else 0.0
    inside += _TWO_ROWS if _NAME_BEHIND.match(folded) else 0.0
    inside += _REMARK if _REMARK_FIRST.match(folded) else 0.0
    if not folded.strip(SIGNS):
        return inside + 4.0  # a bound without its figure
    if _HARD_VALUE.search(folded):
        return inside
    if len(folded) == 1 and folded not in _ONE_SIGN:
        return inside + 2.5  # the end of a value that was broken: «里», «月»
    return inside + (
        0.5 + (0.4 if width(value) > 16 else 0.0) + (0.8 if folded[0] in "，、,；;。）)" else 0.0)
    )


@lru_cache(maxsize=_CACHED)
def wrapping(parts: tuple[str, ...], column: float) -> float:
    """Fragments of one cell: each costs something, and all but the last should be full."""
    sizes = [width(part) for part in parts]
    full = max(max(sizes), column)
    total = _FRAGMENT * (len(parts) - 1) + 1.4 * sum(size < full - 1.6 for size in sizes[:-1])
    if sizes[-1] > max(sizes[:-1]) + 0.6 and not parts[-2][-1].isdigit():
        total += 1.4
    if full < _NARROW:
        total += 0.8
    return total + sum(seam(before, part) for before, part in pairwise(parts))


@lru_cache(maxsize=_CACHED)
def seam(before: str, part: str) -> float:
    """How unlike one broken text two fragments look: negative where the break shows."""
    if is_slot(before) or is_slot(part):
        return _TWO_ROWS
    folded = fold(part)
    if (before[-1].isdigit() or before[-1] in "-－—") and folded[0].isdigit():
        return -1.0  # «GB18918-» above «2002一级A标准»
    if _CELL_OF_DIGITS.search(before):
        return 0.0  # rather the value of a row
    if before[-1].isdigit() or before[-1] in "，、；：,;:（(《“" or _open_bracket(before):
        return -0.4
    if _COMPARATOR.match(folded):
        return 2.0
    return 0.7 if is_whole_value(part) or _WORDS_ALONE.match(folded) else 0.0


def _open_bracket(text: str) -> bool:
    folded = fold(text)
    return any(folded.count(a) > folded.count(b) for a, b in ("()", "《》", "“”"))
