"""Which cells of a row are labels, and which cell is each label's value.

A value stands right of its label, in the label's own cell after a colon, or, where a
row holds labels only, in the row below (实施期目标 | 年度目标 and two texts under them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from scorer.layouts.grid.money import looks_like_amount
from scorer.layouts.grid.slots import Slot, rejoin
from scorer.layouts.words import Words, fold, money_unit, squeeze

GOALS = frozenset(("goal", "goal_period", "goal_annual"))
LONG = GOALS | {"overview", "basis", "necessity", "safeguards", "plan"}
FOOT = frozenset(("leader", "handler", "phone", "filled_at"))
_MAX_LABEL = 40
_YEARS = re.compile(r"\([^()]*(?:年|\d{4}|[xX]{2})[^()]*\)$")
_YEAR_FIRST = re.compile(r"^20\d\d\s*年度?")  # «2025年度绩效目标»
_MONEY_HEAD = re.compile(r"^.{0,10}(?:预算|概算|资金|经费|金额|投资|投入).{0,6}$")
_PAIR = re.compile(r"(?:^|(?<=[\s；;，,。、]))\s*([^\s:：；;，,。]{2,20}?)\s*[:：]")
_NAMES = frozenset(("project", "department", "unit"))
_GLUED = re.compile(r"^(.+?)\s+(\S{2,20}?)[:：]?\s+([\d,.]+(?:[万亿]?元)?)$")
# One of several amounts in a text: «年度资金总额138.60万元，其中：财政拨款130.00万元»
_SAID_AMOUNT = re.compile(
    r"\s*([^\d\s:：]{2,20}?)\s*[:：为]?\s*"
    r"((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(?:[万亿千]?元)?)\s*(?:[，；;。、]|,(?!\d)|\s|$)"
)
_OF_WHICH = re.compile(r"其中\s*[:：]?\s*")
_START = re.compile(r"^(?:项目)?(?:计划|实施|预计)?(?:开始|起始)(?:日期|时间)$")
# «二级项目» in front of a row labels a project's name; elsewhere it is a project's rank
_RANKED = re.compile(r"[二三]级项目|预算项目")
_TERM = re.compile(r"\s*(?:20\d\d|[\d一二两三四五]{1,2}\s*(?:个月|年))")  # «3年», «2025年-2027年»
_SUM = re.compile(
    r"^(?:合计|总计|小计|金额|总额|资金总额|总金额|金额合计|预算合计|资金合计|预算数|预算额)$"
)
_END = re.compile(r"^(?:项目)?(?:计划|实施|预计)?(?:完成|结束|终止|截止)(?:日期|时间)$")

Kind = Literal["field", "amount", "money"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label: kind, the field's (or funding cell's) name, and its words as printed."""

    kind: Kind
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value's cell; ``text`` is the value (the rest of the label's own cell
    where both share one). ``value`` None: no cell stands right of the label. ``extras``
    are further cells before the next label."""

    label: Label
    at: Slot
    value: Slot | None
    text: str = ""
    extras: tuple[Slot, ...] = ()


def label_of(text: str, words: Words) -> Label | None:
    """The label a cell's whole text is, if any."""
    return _label_of(text, words) if text and len(text) <= _MAX_LABEL else None


@lru_cache(maxsize=20_000)
def _label_of(text: str, words: Words) -> Label | None:
    text = _YEAR_FIRST.sub("年度", fold(text)) if text.startswith("20") else text
    name = words.field_of(text) or words.field_of(_YEARS.sub("", fold(text)))
    if name == "ignored" and words.is_source_head(text):
        return Label("money", "", text)
    date = _date_name(text)
    if date or name:
        return Label("field", date or name or "", text)
    if source := words.amount_of(text):
        return Label("amount", source, text)
    return Label("money", "", text) if words.is_money_head(text) else None


def _date_name(text: str) -> str | None:
    label = squeeze(text)
    if _START.match(label):
        return "start"
    return "end" if _END.match(label) else None


def inline_pairs(raw: str, words: Words) -> list[tuple[Label, str]]:
    """«负责人：张三  联系电话：6620318» as labels and texts; [] unless it opens with a label."""
    if ":" not in fold(raw):
        return []
    text = _OF_WHICH.sub(" ", raw)
    found: list[tuple[Label, int, int]] = []
    for match in _PAIR.finditer(text):
        label = label_of(match[1], words)
        if label is not None:
            found.append((label, match.start(), match.end()))
    if not found or text[: found[0][1]].strip():
        # «填报日⏎期：2024» in a narrow cell
        return inline_pairs(raw.replace("\n", ""), words) if "\n" in raw else []
    ends = [start for _, start, _ in found[1:]] + [len(text)]
    pairs = [
        (label, rejoin(text[begin:end]).strip(" ；;，,、"))
        for (label, _, begin), end in zip(found, ends, strict=True)
    ]
    return [part for pair in pairs for part in amounts_in(*pair, words) or [pair]]


def amounts_in(head: Label, text: str, words: Words) -> list[tuple[Label, str]]:
    """«项目资金：年度资金总额138.60万元，其中：财政拨款130.00万元» as labels and amounts; [] for a
    text that holds anything else."""
    if head.kind != "money":
        return []
    text, at = _OF_WHICH.sub("", text), 0
    unit = money_unit(head.text) if "元" in head.text else None
    found: list[tuple[Label, str]] = []
    while at < len(text):
        match = _SAID_AMOUNT.match(text, at)
        label = label_of(match[1], words) if match else None
        if match is None or label is None or label.kind != "amount":
            return []
        printed = f"{label.text}({unit})" if unit and "元" not in match[2] else label.text
        found.append((replace(label, text=printed), match[2]))
        at = match.end()
    return found


def pairs_of(slots: Sequence[Slot], words: Words, in_money: bool) -> list[Pair]:
    """The row's labels with their values, left to right. ``in_money`` is True below a money
    head: there «其他» is the label of an amount, elsewhere it may be a value."""
    pairs: list[Pair] = []
    i = 0
    while i < len(slots):
        slot = slots[i]
        after = slots[i + 1] if i + 1 < len(slots) else None
        label = label_before(slot, after, words, in_money)
        if label is None:
            pairs += [
                Pair(part, slot, slot, text) for part, text in inline_pairs(slot.cell.text, words)
            ]
            i += 1
            continue
        in_money = in_money or label.kind != "field"
        i += 1
        if label.kind == "amount" and i + 1 < len(slots) and _is_sum(slots[i], slots[i + 1]):
            i += 1  # «当年预算 | 合计 | 326»
        if label.kind == "money" and after is not None and _SUM.match(squeeze(after.text)):
            value = None
        else:
            value = slots[i] if i < len(slots) and _is_value(label, slots[i], words) else None
        extras: list[Slot] = []
        if value is not None:
            i += 1
            while i < len(slots) and not _opens(slots[i : i + 2], words, in_money):
                extras.append(slots[i])
                i += 1
            value = _stray(value, extras)
            extras = [slot for slot in extras if slot is not value]
        parts = amounts_in(label, value.text, words) if value else []
        pairs += [Pair(part, slot, value, text) for part, text in parts]
        pairs += _with_glued(
            Pair(label, slot, value, value.text if value else "", tuple(extras)), words
        )
    return pairs


def _with_glued(pair: Pair, words: Words) -> list[Pair]:
    """«某中心 年度预算（万元） 96.00» in one cell: a ruling was lost between two."""
    match = _GLUED.match(pair.text) if pair.label.name in _NAMES else None
    label = label_of(match[2], words) if match else None
    if match is None or label is None or label.kind == "field":
        return [pair]
    return [replace(pair, text=match[1]), Pair(label, pair.at, pair.value, match[3])]


def label_before(
    slot: Slot, after: Slot | None, words: Words, in_money: bool = False
) -> Label | None:
    """The label a cell is, also where only the cell after it tells: «单位» before a unit's
    name, «实施期» before «3年», «合计» before an amount below a money head."""
    if squeeze(slot.text) == "单位" and after is not None and words.is_unit_name(after.text):
        return Label("field", "unit", slot.text)
    if slot.start == 0 and after is not None and _RANKED.fullmatch(squeeze(slot.text)):
        return Label("field", "project", slot.text)
    if after is not None and _is_term(slot, after):
        return Label("field", "period", slot.text)
    if in_money and after is not None and _is_sum(slot, after):
        return Label("amount", "total", slot.text)
    label = label_of(slot.text, words)
    if label is None and after is not None and _MONEY_HEAD.match(squeeze(slot.text)):
        beside = label_of(after.text, words)
        if _SUM.match(squeeze(after.text)) or (beside is not None and beside.kind == "amount"):
            return Label("money", "", slot.text)  # «年度预算申请（万元） | 资金总额 | 45.60»
    return label


def _is_term(slot: Slot, after: Slot) -> bool:
    """«实施期» and the term beside it, not the head of a half."""
    return squeeze(slot.text) == "实施期" and bool(_TERM.match(fold(after.text)))


def _is_sum(slot: Slot, after: Slot) -> bool:
    """«合计» and the amount beside it."""
    return bool(_SUM.match(squeeze(slot.text)) and after.text and looks_like_amount(after.text))


def _is_value(label: Label, slot: Slot, words: Words) -> bool:
    """A cell right of a label is its value unless it is a label itself."""
    other = label_of(slot.text, words)
    if other is None:
        return label.name in LONG or not inline_pairs(slot.cell.text, words)
    if label.kind == "field" and label.name not in LONG and other.kind != "field":
        # «项目类别 | 其他»: a source's name is a value here, a total's never is
        return other.name not in ("total", "annual") and other.kind == "amount"
    return False


def _opens(ahead: Sequence[Slot], words: Words, in_money: bool) -> bool:
    """Whether the first of these cells, one or two, is the next label."""
    slot, *after = ahead
    label = label_of(slot.text, words)
    if label is None and after and _is_term(slot, after[0]):
        return True
    if label is not None:
        return label.kind != "amount" or in_money or label.name in ("total", "annual")
    return bool(inline_pairs(slot.cell.text, words))


def _stray(value: Slot, extras: Sequence[Slot]) -> Slot:
    """The value of a label whose next cell is blank: the only text before the next label
    (an unmerged sheet leaves the cells of a wide field apart), or the first, where the others are
    a label that nobody knows and its value."""
    filled = [slot for slot in extras if slot.text]
    return value if value.text or len(filled) % 2 == 0 else filled[0]
