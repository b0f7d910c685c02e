"""Rows read from text whose cells look as if they were cut in wrong places.

Where nothing but blanks parts the cells of a text, a reading may be wrong and still look like a table.
Some things no author writes: a level's name in the name of an indicator, a bracket that is opened in
one cell and closed in the next, a figure alone as a name or behind the word that ends one, a unit
alone as a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Goal, Indicator
from scorer.layouts.text.halves import holds_rest, is_cut
from scorer.layouts.text.spaces import ends_name
from scorer.layouts.words import Words, fold, squeeze

_PAIRS = (("(", ")"), ("《", "》"), ("“", "”"), ("[", "]"), ("【", "】"))
_HEADED = re.compile(r"[一二三]级指标|指标值|绩效指标$|^指标\d{0,2}[:：]?$|^[指标]标?$")
_HEADS_IN = re.compile(r"[一二三]级指标?.?[一二三]级指|[二三]级指标|(?:绩效|长期|年度)指标表?$")
_FIGURE = re.compile(r"^[≥≤=<>≧≦⩾⩽]|^\d[\d,.]*\s*[%‰]?$")
_REST_BEHIND = re.compile(r"[。；;]\s*[\u4e00-\u9fff]{1,2}。$")
_STOPS = "。；;！!？?.…）)”"
_STARTS = "、，,;；。)》”%‰·/"
_ENDS = "、，,(《“…"
_BROKEN_IN = re.compile(r"[≥≤=<>≧≦⩾⩽]\s*[\d.]+[%‰]?[^\d\s()%‰]{6,}$")
_TWO = re.compile(r"[≥≤≧≦⩾⩽]\s*[\d,.]+[^≥≤≧≦⩾⩽,，、;；且及和或~(]*[≥≤≧≦⩾⩽]\s*\d")
_BEHIND = re.compile(
    r"^[≥≤=<>≧≦⩾⩽]\s*[\d.]+[%‰]\s*(?!以|左右|及|之|的|/|\(|、|,|，|;|；|。|且|或|和)[^\d\s]"
)
_UNIT = re.compile(
    r"^(?:[≥≤=<>≧≦⩾⩽]+|[%‰]|[个座亩人户场天次件台套吨元]|人次|万元|万亩|公里|平方米|月|日前|月底前?|标)$"
)
_LABEL_BEHIND = re.compile(r"[元%]标$|(?:数量|质量|时效|成本|产出|效益|影响|满意度)指$")
_COUNT_INSIDE = re.compile(r"\d\s*[处个座亩户场次件台套吨]\s*[^\d\W]{3,}$")
_COUNT = re.compile(r"(\d[\d.,]*)\s*[处个座亩户场次件台套吨]$")
_TWICE = 3  # rows that come once more
_CUT = 4  # signs of a name that a column has cut off
_DIGITS = re.compile(r"\d+")


def odd_rows(rows: Sequence[Indicator], words: Words) -> list[Indicator]:
    """The rows with cells that no author writes so."""
    named = any(row.level2 for row in rows)
    return [
        row for row in rows if _is_odd(_as_whole(row, rows), words) or (named and not row.level2)
    ]


def _as_whole(row: Indicator, rows: Sequence[Indicator]) -> Indicator:
    """The row with the name that the form's other half has whole, where a narrow column has cut it
    off («开工率（202»): the original prints it so."""
    longer = (
        other.name
        for other in rows
        if other.phase != row.phase
        and other.level2 == row.level2
        and len(row.name) >= _CUT
        and other.name.startswith(row.name)
    )
    return replace(row, name=max(longer, key=len, default=row.name))


def odd_goals(goal: Goal) -> list[str]:
    """The goals that hold words of a head row or of a block's title, or that end with one or two
    signs of the other; both where one of them goes on in the other."""
    texts = [text for text in (goal.period, goal.annual) if text]
    headed = [text for text in texts if _HEADS_IN.search(squeeze(text))]
    if headed or len(texts) < 2:
        return headed
    parted = all(map(is_cut, texts)) and not is_cut("".join(texts))
    mixed = parted or holds_rest(*texts) or _holds_start(*texts)
    return texts if mixed else [text for text in texts if _REST_BEHIND.search(text)]


def _holds_start(left: str, right: str) -> bool:
    """The left text goes on behind a full stop without coming to an end, and the right one does:
    «…改善。2024年完成», «高标准农田建设。»."""
    return "。" in left and left[-1] not in _STOPS and right[-1] in _STOPS


def read_twice(rows: Sequence[Indicator]) -> bool:
    """One phase has the names of its rows twice, in the same order: those of the other phase."""
    names = [row.name for row in rows]
    half = len(names) // 2
    one_phase = len({row.phase for row in rows}) == 1
    return one_phase and half >= _TWICE and names[:half] == names[half:]


def _is_odd(row: Indicator, words: Words) -> bool:
    name, value = fold(row.name).strip(), fold(row.value).strip()
    return (
        not name
        or len(name) == 1
        or any(_cut(text, words) for text in (name, value) if text)
        or bool(_FIGURE.search(name) or _BROKEN_IN.search(name))
        or bool(_COUNT_INSIDE.search(name) and _COUNT_INSIDE.search(value))
        or _runs_on(name)
        or _counts_otherwise(name, value)
        or bool(_LABEL_BEHIND.search(value))
        or bool(_TWO.search(value) or _BEHIND.search(value) or _UNIT.fullmatch(value))
    )


def _runs_on(name: str) -> bool:
    """A figure stands behind the word that ends the name («监测点数量3处建成站房»); in
    «优良率90%以上的断面数» a further word does."""
    inside = (name[: match.start()].strip() for match in _DIGITS.finditer(name, 1))
    return any(map(ends_name, inside)) and not ends_name(name)


def _counts_otherwise(name: str, value: str) -> bool:
    """Name and value end with different counts: one of them is another row's value."""
    counts = _COUNT.search(name), _COUNT.search(value)
    return counts[0] is not None and counts[1] is not None and counts[0][1] != counts[1][1]


def _cut(text: str, words: Words) -> bool:
    """Something is missing before or behind, or stands there that belongs elsewhere."""
    label = squeeze(text)
    return (
        text[0] in _STARTS
        or text[-1] in _ENDS
        or any(text.count(a) != text.count(b) for a, b in _PAIRS)
        or bool(_HEADED.search(label))
        or bool(label.endswith("指标") and words.level1_of(label))
        or any(name in label for name in words.level2 if len(name) > 3 and name.endswith("指标"))
    )
