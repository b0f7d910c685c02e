"""The head of a form as tokens: which pieces are labels, which are text or amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from scorer.forms import Place
from scorer.layouts.grid.labels import GOALS
from scorer.layouts.text.lines import Mode, Piece, TextLine
from scorer.layouts.words import Words, fold, money_unit, squeeze

Kind = Literal["field", "amount", "money", "number", "text"]
_SEVERAL = frozenset(("attribute", "department", "unit"))  # one form may have two such labels
LONG_FIELDS = frozenset(("overview", "basis", "necessity", "safeguards", "plan"))
_BUDGETED = ("年初预算数", "全年预算数")  # heads of the amounts' column
_SOURCES = "资金来源"
_SUMS = ("合计", "总计", "金额合计")
_UNIT_ONLY = re.compile(r"^\((?:单位:?)?[百千万亿]*元\)$|^[百千万亿]*元\)$|^\([百千万亿]*元?$")
_UNIT_LINE = re.compile(r"单位:?([百千万亿]*元)")
_YEAR_SAID = re.compile(r"^.{0,4}年度:20\d\d年?$")
_NUMBER = re.compile(r"^[¥￥]?-?[\d,，]*\d(?:\.\d+)?(?:[万亿]?元|万|亿)?$|^[-—–/]$")
_GLUED_NUMBER = re.compile(r"^(-?[\d,]*\d(?:\.\d+)?(?:[万亿]?元)?)(?=[^\d.,])")
_WITH_PARTS = re.compile(
    r"^([\d,]*\d(?:\.\d+)?[万亿]?元)(?:[(,;:、]*其中|[(,;、。])\s*(\D.*?)[)。;,]*$"
)
_YEARS = re.compile(r"[(][^()]*(?:年|\d{4}|[xX]{2})[^()]*[)]$")
_CLAUSE = re.compile(r"[,，;；。].")
# What goes on after a label's words in running text: «立项依据充分» is no label.
_PROSE = re.compile(r"^(的|是|为|和|与|及|及其|、|，|,|充分|不足|明确|合理|包括|如下|等)")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece, understood. ``key`` is the field, or the source of an amount label."""

    kind: Kind
    text: str
    at: float
    key: str = ""


@dataclass(slots=True)
class Tokens:
    """One line's tokens."""

    items: list[Token]
    place: Place


@dataclass
class Tokenizer:
    """Turns lines into tokens, top down: what counts as a label depends on what has come.

    ``money_unit`` is filled when a unit is met («(万元)», «单位：万元»).
    """

    words: Words
    mode: Mode
    money_unit: str | None = None
    seen: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)  # those met, as printed
    opened: str = ""  # the field under way
    blank: bool = False  # nothing has come since its label
    in_money: bool = False
    alone: bool = False  # the line has no other piece

    def line(self, line: TextLine) -> Tokens:
        """The tokens of the next line."""
        items: list[Token] = []
        self.alone = len(line.pieces) == 1
        for piece in line.pieces:
            text = fold(piece.text)
            if match := _UNIT_LINE.search(text):
                self.money_unit = self.money_unit or match[1]
                if len(text) <= 12:
                    continue
            if _YEAR_SAID.match(text):
                continue
            if _UNIT_ONLY.match(text):
                self.money_unit = self.money_unit or money_unit(text)
                continue
            items += self._piece(piece, items)
            self.blank = self.blank and items[-1].kind == "field"
        return Tokens(items, line.place)

    def _piece(self, piece: Piece, before: Sequence[Token]) -> list[Token]:
        """One piece as tokens: whole label, label with text, amount, or plain text."""
        text, at = piece.text, piece.at
        if whole := self._whole(text, at, before):
            return [whole]
        if self.in_money and (parts := self._amount_parts(text, at)):
            return parts
        one, _, other = text.partition(" ")
        if other and self.words.field_of(one) and (self._is_sum(other) or self._field_of(other)):
            first = self._piece(Piece(one, at), before)  # two labels that one blank parts
            return [*first, *self._piece(Piece(other, at), [*before, *first])]
        label, rest = self._label_of(text)
        if label and (head := self._whole(label, at, before)):
            return [head, *self._piece(Piece(rest, at), [*before, head])]
        return [Token("text", text, at)]

    def _whole(self, text: str, at: float, before: Sequence[Token]) -> Token | None:
        """The piece as one label or number."""
        if self.words.is_money_head(text) or self._heads_sources(text):
            if self.in_money:  # in the middle of its block
                self.money_unit = self.money_unit or money_unit(text)
                return Token("money", text, at)
            if "money" in self.seen:
                return None
            self.in_money = True
            self.seen.add("money")
            self.money_unit = money_unit(text.partition("项目")[2] or text) or self.money_unit
            return Token("money", text, at)
        source = self.words.amount_of(text) or self._sum_beside(text, before)
        if source and (self.in_money or source in ("total", "annual")):
            self.in_money = True
            self.money_unit = _bracket_unit(text) or self.money_unit
            return Token("amount", text, at, source)
        key = self._field_of(text)
        if self.in_money and self.alone and squeeze(text) in _BUDGETED:
            return Token("money", text, at)
        if key and self._may_open(key, text, before):
            beside = key == "ignored" and any(token.kind == "amount" for token in before)
            self.in_money = self.in_money and beside  # «预算执行率权重» behind the year's sum
            self.seen.add(key)
            self.labels.add(squeeze(text))
            self.opened, self.blank = key, True
            return Token("field", text, at, key)
        if self.in_money and _NUMBER.match(fold(text)):
            return Token("number", text, at)
        return None

    def _sum_beside(self, text: str, before: Sequence[Token]) -> str | None:
        """«合计» right behind the head of the money, whose words say whether it is the year's."""
        if not before or before[-1].kind != "money" or squeeze(text) not in _SUMS:
            return None
        return "annual" if self.words.is_budget_head(before[-1].text) else "total"

    def _heads_sources(self, text: str) -> bool:
        """«资金来源» inside the money block heads the sources, whose amounts follow it."""
        return self.in_money and squeeze(text) == _SOURCES

    def _field_of(self, text: str) -> str | None:
        """A label, also with its years: «中期目标（2023年—2025年）»."""
        return self.words.field_of(text) or self.words.field_of(_YEARS.sub("", fold(text)))

    def _may_open(self, key: str, label: str, before: Sequence[Token]) -> bool:
        """A label counts once, and not in the middle of a long text of weakly parted pieces."""
        if key in self.seen and key != "ignored" and not self._is_other(key, label):
            return False
        if self.mode != "space" or not before:
            return True
        return self.opened not in LONG_FIELDS or before[-1].kind != "text"

    def _is_other(self, key: str, label: str) -> bool:
        """Another label of the same field: «项目类别» beside «项目性质», «预期目标» right
        below «年度总体目标»."""
        squeezed = squeeze(label)
        if squeezed in self.labels:
            return False
        another = key in _SEVERAL or (key in GOALS and squeezed[-1].isdigit())
        return another or (self.blank and key == self.opened)

    def _label_of(self, text: str) -> tuple[str, str]:
        """(label, rest) of «经办人:张三» or, where cells are glued, «项目期1年»."""
        match = re.match(r"^([^:：]{2,24})[:：](.+)$", text, re.S)
        key = self._field_of(match[1]) if match else None
        if match and (key not in (None, "ignored") or self._is_sum(match[1])):
            return match[1], match[2]
        longest = self.words.field_opening(fold(text))
        key = self.words.fields.get(longest, "ignored")
        rest = text[len(longest) :]
        if self._asks_for_text() and key in LONG_FIELDS | GOALS and _CLAUSE.search(rest):
            return "", text  # «项目计划投入286万元，购置…» below «项目总体目标»
        if not rest or key == "ignored" or key in self.seen or _PROSE.match(rest):
            return "", text
        sure = len(longest) >= 4 or (len(longest) == 3 and rest[0].isdigit())
        return (text[: len(longest)], rest) if sure and self.mode == "space" else ("", text)

    def _asks_for_text(self) -> bool:
        """The label of a long text has come, and nothing since."""
        return self.blank and self.opened in LONG_FIELDS | GOALS

    def _is_sum(self, text: str) -> bool:
        return self._is_amount(text) or self.words.is_money_head(text)

    def _is_amount(self, text: str) -> bool:
        source = self.words.amount_of(text)
        return bool(source) and (self.in_money or source in ("total", "annual"))

    def _amount_parts(self, text: str, at: float) -> list[Token] | None:
        """«单位自筹0», «0省级财政资金», a cut «市县(区)财政资» inside the money block."""
        folded = fold(text)
        if whole := _WITH_PARTS.match(folded):
            return [Token("number", whole[1], at), *self._sources(whole[2], at)]
        squeezed = squeeze(text).removeprefix("其中").strip(":")
        if number := _GLUED_NUMBER.match(folded):
            rest = self._amount_parts(text[number.end() :], at)
            source = self.words.amount_of(text[number.end() :])
            if source:
                rest = [Token("amount", text[number.end() :], at, source)]
            return [Token("number", number[1], at), *rest] if rest else None
        label = re.match(r"^(\D{2,16}?)[:：]?\s*(-?[\d,]+(?:\.\d+)?(?:[万亿]?元)?)$", folded)
        if label and (source := self.words.amount_of(label[1])):
            return [Token("amount", label[1], at, source), Token("number", label[2], at)]
        cut = {s for w, s in self.words.amounts.items() if w.startswith(squeezed)}
        if len(squeezed) >= 4 and len(cut) == 1:
            return [Token("amount", text, at, cut.pop())]
        if len(squeezed) <= 3 and any(w.endswith(squeezed) for w in self.words.amounts):
            return [Token("amount", text, at, "")]  # the rest of a wrapped label
        return None

    def _sources(self, text: str, at: float) -> list[Token]:
        """«其中：中央资金20万元、县级资金10万元»; what names no source is left out."""
        parts = [part for part in re.split(r"[、,;]", text) if part]
        return [token for part in parts for token in self._amount_parts(part, at) or ()]


def _bracket_unit(text: str) -> str | None:
    match = re.search(r"\(([百千万亿]*元)\)", fold(text))
    return match[1] if match else None
