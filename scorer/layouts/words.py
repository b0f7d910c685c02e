"""The vocabulary of 绩效目标表: labels, level names, column heads, titles, page furniture.

Loaded from ``lexicons/layout_words.toml``; a county adds words there (or passes its own
mapping to :func:`load_words`) without touching code. Every question takes a cell or line
as printed and answers a name of ours, or None.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from scorer.forms import LEVEL1, LEVEL2
from scorer.layouts import label_grammar
from scorer.resources import resource

_FOLD = {0xFF01 + i: 0x21 + i for i in range(94)} | {
    ord(a): b for a, b in zip("　\u00a0﹙﹚﹕〔〕【】[]", "  ():()()()", strict=True)
}
_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(r"^(?:[(]?第?[一二三四五六七八九十\d]{1,2}[)、.]{1,2}|[①-⑳]、?)+(?!\d)")
_TAIL_BRACKET = re.compile(
    r"[(](?:单位)?:?(?:[百千万亿]*元|签字|盖章|签章|公章|签名|章|人民币.{0,6}|%|[\d.]+分?|\d+分)[)]$"
)
_YEAR = re.compile(r"(20\d\d)\s*年")
_OWN_YEAR = re.compile(r"^20\d\d年度?(?=\D)")  # «2024年预算安排»
PLACE = re.compile(r"[一-龥]{1,6}?[省市县区旗州盟]")  # «青岑县» in front of a unit's name
_LABELLED_YEAR = re.compile(r"年度\s*:\s*(20\d\d)(?!\d)")
# «预算年度：2025年», where nothing else follows that it could be part of
_WITH_YEAR = re.compile(
    r"(?:预算|填报|申报|编制|编报|所属|项目|绩效)?年度\s*[:：]\s*20\d\d(?!\d)(?:年度?)?(?=\s*(?:[（(]|$)|\s{2})"
)
_CHINESE_YEAR = re.compile(
    r"二[〇○O0零]([〇○O0零一二三四五六七八九])([〇○O0零一二三四五六七八九])年"
)
_MONEY_UNIT = re.compile(r"(万元|亿元|千元|元)")
# «预算05-3表», «附件3», «公开表10», «表十一»: the number of a table in its collection
_COUNT = r"(?:\d{1,3}(?:-\d{1,3})*|[一二三四五六七八九十]{1,3})"
_TABLE_NUMBER = re.compile(
    rf"^(?:附件|附表|[一-鿿]{{0,6}}表){_COUNT}:?$|^[一-鿿]{{0,6}}\d{{1,3}}(?:-\d{{1,3}})*表$"
)
_SLIP = re.compile(r"([一二三]级)(?:.标|指.)")  # «三级旨标»
_CODE_HEAD = re.compile(r"(?:预算|项目|部门)?(?:单位|项目|部门)(?:编码|代码)")
_MADE_UP = re.compile(r"None|NaN|nan|NULL|<NA>|Unnamed: ?\d+(?:_level_\d+)?")
_OF_ALL_WORK = re.compile(r"(?:部门|单位)整体|整体(?:支出)?绩效")
_CONTINUED = re.compile(r"\(?续表?\d*\)?$|\s")  # behind the title of a further page
# What is asked of a budget, or given by it, is the year's; «总预算» is not.
_OF_A_BUDGET = re.compile(
    r"^(?:项目|资金|财政)?(?:预算(?:申请|申报|安排|批复|下达)|(?:申请|申报)预算)"
)
_NUMBERED = re.compile(r"^(.*\D)\d{1,2}$")
_REMARKED = re.compile(r"^([^()]+)\(([^()]+)\)$")
_LONG = (
    "goal",
    "goal_period",
    "goal_annual",
    "overview",
    "basis",
    "necessity",
    "safeguards",
    "plan",
)
# «主管部门及代码», the conjunction telling it from «单位代码»; the last sign is often mistyped
_AND_CODE = re.compile(r"(?:[及和与、/]|\()[代编]\S\)?$")
_SHORT = 40  # signs; longer texts are seldom printed twice
_CUT_ROOM = 3  # signs a column may cut off a canonical level-2 name
_CUT_LEAST = 3  # signs of it that must stay; of an alias, twice as many


def fold(text: str) -> str:
    """Full-width signs and brackets to ASCII, one sign for one: positions stay."""
    return text.translate(_FOLD)


def unnumbered(text: str) -> str:
    """A folded text without the number in front of it: «一、项目名称», «(1)», «①»."""
    return _NUMBERING.sub("", text)


@lru_cache(maxsize=1 << 15)
def squeeze(text: str) -> str:
    """A label as compared: folded, without spaces, numbering, colon, bracketed unit."""
    return _squeezed_short(text) if len(text) <= _SHORT else _squeezed(text)


def _squeezed(text: str) -> str:
    text = _SPACE.sub("", fold(text)).strip(":*_")
    text = _NUMBERING.sub("", text)
    return _TAIL_BRACKET.sub("", text).strip(":.")


# The cells of a long list say the same few things again and again.
_squeezed_short = lru_cache(maxsize=20_000)(_squeezed)


def year_in(text: str) -> int | None:
    """The first year a line names: «(2024年度)» -> 2024, «二〇二五年» -> 2025."""
    if match := _YEAR.search(fold(text)):
        return int(match[1])
    if match := _CHINESE_YEAR.search(text):
        digits = "〇一二三四五六七八九"
        return 2000 + int("".join(str(max(digits.find(c), 0)) for c in match.groups()))
    return None


def _said_once(label: str) -> str:
    """«社会效益指标指标» -> «社会效益指标»."""
    return label[:-2] if label.endswith("指标指标") else label


def is_table_number(text: str) -> bool:
    """«预算05-3表», «附件3:», «表十一» and nothing else."""
    return bool(_TABLE_NUMBER.match(re.sub(r"\s", "", fold(text))))


def is_code_head(text: str) -> bool:
    """«单位编码», the head of a list's first column: none of ours, but a column."""
    return bool(_CODE_HEAD.fullmatch(squeeze(text)))


def is_made_up(text: str) -> bool:
    """«NaN», «None», «Unnamed: 3»: what a program has put where a cell is blank."""
    return bool(_MADE_UP.fullmatch(text.strip()))


def same_title(one: str, other: str) -> bool:
    """Whether two titles are one, said again on a further page («…目标表（续）»)."""
    return _CONTINUED.sub("", fold(one)) == _CONTINUED.sub("", fold(other))


def labelled_year(text: str) -> int | None:
    """«预算年度：2025» -> 2025."""
    match = _LABELLED_YEAR.search(fold(text))
    return int(match[1]) if match else None


def without_year(text: str) -> str:
    """«单位名称：某局 预算年度：2025» without its year."""
    return _WITH_YEAR.sub(" ", text)


def money_unit(text: str) -> str | None:
    """The unit a head names: «项目资金（万元）» -> «万元»."""
    match = _MONEY_UNIT.search(_SPACE.sub("", fold(text)))
    return match[1] if match else None


def _reverse(table: Mapping[str, Iterable[str]], *, keep: bool = False) -> dict[str, str]:
    """printed (squeezed) -> name; ``keep`` also maps each name to itself."""
    out = {squeeze(word): name for name, words in table.items() for word in words}
    return out | {name: name for name in table} if keep else out


_OF_LEVEL = {  # what «其中：» is followed by where it names no more than the level
    **dict.fromkeys(("中央", "中央级"), "central"),
    **dict.fromkeys(("省", "省级", "自治区", "自治区级"), "province"),
    **dict.fromkeys(
        ("市级", "市本级", "县级", "县本级", "区级", "区本级", "本级", "地方"), "city_county"
    ),
}


@dataclass(frozen=True, eq=False)  # by identity: answers about it can be cached
class Words:
    """The vocabulary, ready for asking."""

    data: Mapping[str, Any]

    @cached_property
    def fields(self) -> dict[str, str]:
        """Squeezed label -> Form field ("project", "goal", … or "ignored")."""
        return _reverse(self.data["fields"])

    @cached_property
    def amounts(self) -> dict[str, str]:
        """Squeezed label -> "total", "annual" or a source of Funding."""
        return _reverse(self.data["amounts"])

    @cached_property
    def money(self) -> frozenset[str]:
        """Squeezed heads of the money block («项目资金»)."""
        return frozenset(squeeze(word) for word in self.data["money"]["labels"])

    @cached_property
    def level1(self) -> dict[str, str]:
        """Squeezed printed level-1 name -> canonical; one that is none of ours -> itself."""
        return self._others("level1") | _reverse(self.data["level1"], keep=True)

    @cached_property
    def level2(self) -> dict[str, str]:
        """Squeezed printed level-2 name -> canonical, with forms a column has cut."""
        names = _reverse(self.data["level2"], keep=True)
        aims = {f"{x.removesuffix('指标')}目标": x for x in self.data["level2"]}  # «数量目标»
        return self._others("level2") | aims | _with_cuts(names)

    def _others(self, level: str) -> dict[str, str]:
        return {squeeze(word): word for word in self.data["other_levels"][level]}

    @cached_property
    def columns(self) -> dict[str, str]:
        """Squeezed column head -> role ("name", "value", "sign", …)."""
        return _reverse(self.data["columns"])

    @cached_property
    def head_openings(self) -> frozenset[str]:
        """The first two signs of every column head, and of «绩效指标» printed downwards."""
        return frozenset(word[:2] for word in self.columns) | {"绩", "绩效"}

    @cached_property
    def _titles(self) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
        table = self.data["titles"]
        return [re.compile(p) for p in table["patterns"]], [
            re.compile(p) for p in table["not_titles"]
        ]

    @cached_property
    def noise(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of page numbers and running heads."""
        return tuple(re.compile(p) for p in self.data["noise"]["patterns"])

    @cached_property
    def watermark(self) -> re.Pattern[str]:
        """A line of nothing but watermark words."""
        words = sorted(self.data["noise"]["watermarks"], key=len, reverse=True)
        return re.compile(r"(?:" + "|".join(map(re.escape, words)) + r"|\s)+")

    def field_of(self, label: str) -> str | None:
        """The Form field of a label cell; "ignored" for known labels we do not keep."""
        key = squeeze(label)
        return (
            self.fields.get(key)
            or self._numbered_goal(key)
            or self._remarked(key)
            or self.fields.get(_AND_CODE.sub("", key))
            or (None if self._is_other_word(key) else label_grammar.field_of(key))
        )

    def _is_other_word(self, key: str) -> bool:
        """A word that the lexicon knows as something else: «项目预算», «三级目标»."""
        known: tuple[Container[str], ...] = (self.amounts, self.money, self.columns, self.level1)
        return any(key in words for words in known) or key in self.level2

    def _numbered_goal(self, key: str) -> str | None:
        """«年度目标2»: one of several goals; «年度目标2024» is a label with a text behind it."""
        match = _NUMBERED.match(key)
        name = self.fields.get(match[1]) if match else None
        return name if name and name.startswith("goal_") else None

    def _remarked(self, key: str) -> str | None:
        """«项目概况(300字以内)»; «绩效总目标(长期目标)», «总体目标(年度)» say which goal."""
        match = _REMARKED.match(key)
        name = self.fields.get(match[1]) if match else None
        if match is None or name not in _LONG:
            return None
        if not name.startswith("goal"):
            return name
        return self.fields.get(match[2]) or self.fields.get(f"{match[2]}目标") or name

    def is_unit_name(self, text: str) -> bool:
        """True for a text that ends as the names of units do («…就业中心», «…局本级»)."""
        ends = tuple(self.data["rows"]["unit_ends"])
        return len(text) >= 4 and text.strip().removesuffix("本级").endswith(ends)

    def rank_of(self, name: str, label: str) -> int:
        """How early a label stands among a field's words: the first says it best."""
        known = [squeeze(word) for word in self.data["fields"].get(name, ())]
        key = squeeze(label)
        return known.index(key) if key in known else len(known)

    def field_opening(self, text: str) -> str:
        """The longest field label that a (folded) text starts with, "" for none."""
        options = self._labels_by_opening.get(text[:2], ())
        return next((w for w in options if text.startswith(w)), "")

    @cached_property
    def _labels_by_opening(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for word in sorted(self.fields, key=len, reverse=True):
            out.setdefault(word[:2], []).append(word)
        return out

    def amount_of(self, label: str) -> str | None:
        """The funding cell of a label: «其中:中央财政资金» -> "central"."""
        text = squeeze(squeeze(label).removeprefix("其中"))
        text = _OWN_YEAR.sub("年度", text)
        known = self.amounts.get(text)
        if known is None and squeeze(label).startswith("其中"):
            known = _OF_LEVEL.get(text)
        if known is None and text not in self.fields and text not in self.money:
            known = label_grammar.amount_of(text)
        return known

    def is_money_head(self, label: str) -> bool:
        """True for «项目资金(元)» and its like."""
        key = squeeze(label)
        return key in self.money or (key not in self.fields and label_grammar.heads_money(key))

    def is_source_head(self, label: str) -> bool:
        """True for «资金来源（万元）»; without the unit a text stands beside it, no amounts."""
        named = squeeze(label) in self.data["money"].get("with_unit", ())
        return named and money_unit(label) is not None

    def is_budget_head(self, label: str) -> bool:
        """True for «预算申请», «申请预算»: the sum below it is the year's."""
        return bool(_OF_A_BUDGET.match(squeeze(label)))

    def is_fiscal_sum(self, label: str) -> bool:
        """True for «财政拨款» and its like: the sum over the levels of government."""
        sums = self.data["money"].get("fiscal_sums", ())
        return squeeze(label).removeprefix("其中").strip(":") in sums

    def level1_of(self, label: str) -> str | None:
        """Canonical level-1 name of a cell («产出», «效益指标(30分)»)."""
        return self.level1.get(_said_once(squeeze(label)))

    def level2_of(self, label: str) -> str | None:
        """Canonical level-2 name of a cell, cut or whole («服务对象满意度指»), also behind its
        level 1 («产出指标-数量指标»)."""
        key = _said_once(squeeze(label))
        one, sign, two = key.partition("-") if "-" in key else key.partition("/")
        return self.level2.get(two if sign and one in self.level1 else key)

    def level2_opening(self, text: str) -> str | None:
        """Canonical level-2 name that a text is or starts with («服务对象满意度指满意度»)."""
        squeezed = squeeze(text)
        longest = next((w for w in self._level2_longest if squeezed.startswith(w)), None)
        return self.level2[longest] if longest else self.level2.get(squeezed)

    def opens_level2(self, text: str) -> bool:
        """True for the first part of a level-2 name that was broken («服务对象»)."""
        return squeeze(text) in self._level2_openings

    @cached_property
    def _level2_openings(self) -> frozenset[str]:
        names = self.data["level2"]
        return frozenset(name[:n] for name in names for n in range(2, len(name)))

    @cached_property
    def _level2_longest(self) -> list[str]:
        return sorted((w for w in self.level2 if len(w) >= 4), key=len, reverse=True)

    def level2_prefix(self, text: str) -> str:
        """The level-2 name ending in 指标 that a text opens with, "" for none."""
        folded = fold(text)
        names = (w for w in self._level2_longest if w.endswith("指标"))
        return next((w for w in names if folded.startswith(w)), "")

    def opens_level(self, text: str) -> bool:
        """True for the first part of a level's name («产出指», «服务对象满意»)."""
        return squeeze(text) in self._level_openings

    def ends_level(self, text: str) -> bool:
        """True for the last part of a level's name that was broken («响指标»)."""
        return text in self._level_endings

    @cached_property
    def _level_endings(self) -> frozenset[str]:
        names = [w for w in (*self.level1, *self.level2) if w.endswith("指标")]
        return frozenset(name[n:] for name in names for n in range(1, len(name)))

    @cached_property
    def _level_openings(self) -> frozenset[str]:
        names = [*self.level1, *self.data["level2"], *_reverse(self.data["level2"])]
        return frozenset(name[:n] for name in names for n in range(1, len(name)))

    def column_of(self, head: str) -> str | None:
        """Role of an indicator column by its head («三级指标» -> "name")."""
        key = squeeze(head)
        slip = _SLIP.fullmatch(key)
        known = self.columns.get(f"{slip[1]}指标" if slip else key)
        others: tuple[Container[str], ...] = (self.fields, self.level1, self.level2)
        if known is None and not any(key in words for words in others):
            known = label_grammar.column_of(key)
        return known

    def is_title(self, line: str) -> bool:
        """True for a line that starts a form («…项目支出绩效目标申报表»)."""
        text = _SPACE.sub("", fold(line)).strip("|│#*")
        if not 4 <= len(text) <= 90 or "绩效" not in text:
            return False
        wanted, unwanted = self._titles
        return any(p.search(text) for p in wanted) and not any(p.search(text) for p in unwanted)

    def kind_of_title(self, line: str) -> str:
        """What the table is about: "project", "whole_unit", "transfer" or "self_review"."""
        text = _SPACE.sub("", fold(line))
        if _OF_ALL_WORK.search(text):  # a whole unit's, also where it reviews itself
            return "whole_unit"
        for kind in ("self_review", "transfer", "whole_unit"):
            if any(re.search(pattern, text) for pattern in self.data["titles"][kind]):
                return kind
        return "project"


def _with_cuts(names: Mapping[str, str]) -> dict[str, str]:
    """Add the forms a narrow column leaves: «…满意度指» of any name, «服务对象满意», «可持续影»
    of the canonical ones (an alias cut further could be an indicator's own name)."""
    cuts: dict[str, set[str]] = {}
    for name, canonical in names.items():
        room, least = (_CUT_ROOM, _CUT_LEAST) if name == canonical else (1, 2 * _CUT_LEAST)
        for size in range(1, room + 1):
            if name.endswith("指标") and len(name) - size >= least:
                cuts.setdefault(name[:-size], set()).add(canonical)
    return {cut: c.pop() for cut, c in cuts.items() if len(c) == 1} | dict(names)


def load_words(extra: Mapping[str, Any] | None = None) -> Words:
    """The shipped vocabulary plus a county's own words (same tables, lists are added)."""
    with resource("lexicons/layout_words.toml").open("rb") as stream:
        data: dict[str, Any] = tomllib.load(stream)
    for table, entries in (extra or {}).items():
        for key, words in entries.items():
            data.setdefault(table, {}).setdefault(key, [])
            data[table][key] = [*data[table][key], *words]
    return Words(data)


@lru_cache(maxsize=1)
def words() -> Words:
    """The shipped vocabulary, loaded once."""
    loaded = load_words()
    unknown = {*loaded.data["level1"], *loaded.data["level2"]} - {*LEVEL1, *LEVEL2}
    if unknown:
        raise ValueError(f"layout_words.toml: level names outside forms.py: {sorted(unknown)}")
    return loaded
