"""What part of a form's rows is sound: reviewers trust a form by the share that stands.

A row is sound where nothing is said of it and where it shows something of this project. Rows that
anybody can add to any form do not count, so that padding makes no form sounder: «=100%», the budget
said again as a cost, one row cut into twelve or said twice, words of another project.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from scorer.forms import Finding, Form, Indicator
from scorer.rules.attainable.idle_completion import says_all
from scorer.rules.counted import core_of
from scorer.rules.money import share_of_year
from scorer.rules.trades import kin_of, named_by, pairs_in, used_by
from scorer.slogans import substance
from scorer.targets import parse_target

_CLASS = 3  # faulty rows that a missing class counts for
_CUT = 3  # rows of one name from which they are one row cut up
_LEAST_SHARE = 0.1  # a form without one sound row keeps something
# Part of the library's topics from which a pair of letters names nothing: in the project's own
# name, in its texts, in the rows of like projects.
_IN_NAME, _IN_TEXT, _IN_KIN = 0.15, 0.1, 0.03
_NOTHING = frozenset(
    "工作 项目 资金 专项 组织 开展 完成 改善 提升 提高 条件 加工 等候 候时".split()
)
_BUDGET = (Decimal("0.95"), Decimal("1.05"))  # of the money: it is only said again
_PASTED = "R430"  # a text of another project: rows that know it are no nearer to this one
_TEXTS = ("overview", "goal_period", "goal_annual")
# What every office does anyway, whatever the project.
_DUTY = re.compile(
    r"例会|会议|总结|学习|值班|谈心|谈话|信息|简报|台账|归档|档案|宣传栏|考勤|汇报|笔记|心得|会场|会标|通知|签到|点名"
    r"|编前会|碰头会|横幅|条幅|标语(?!牌)|微信群|工作群|交办|合影|打卡(?!点)"
)
_PIECES = frozenset("次 场 期 条 份 篇 个".split())  # «召开会议 ≥1次»: hardly to be missed
_BUILT = re.compile(r"每|建成|新建|建设|编制|创建")  # of these one may be all that is wanted
_ORDINAL = re.compile(r"[\d一二三四五六七八九十第批期次月季上下年份度、（）()\s]")
# Units of one thing said in other words: «16000册», «16000本».
_ALIKE = {
    "本": "册",
    "场": "次",
    "期": "次",
    "场次": "次",
    "批次": "次",
    "批": "次",
    "班次": "次",
    "套": "台",
    "辆": "台",
    "部": "台",
}
_WHOLE = re.compile(r"[1-9]\d+(?=[^\d.%万亿元年月])")
_SIGN = re.compile(r"[\s≥≤=＝><]|不低于|不少于|不超过|不高于|不[小大]于|至少|及?以[上下]|以内")


class Soundness:
    """The rows of one form that could be sound, and the share of them that is."""

    def __init__(self, form: Form, findings: Sequence[Finding], twins: Mapping[int, int]) -> None:
        # Rows of which anything is said, advice too, make a form no sounder.
        self._doubted = {
            twins.get(f.indicator, f.indicator)
            for f in findings
            if f.indicator is not None and not f.preview
        }
        pasted = {f.field for f in findings if f.code == _PASTED}
        shows = _shows_something(form, [text for text in _TEXTS if text not in pasted])
        self._keys = {
            n: ((row.level2, _ORDINAL.sub("", row.name)), (row.level2, _amount(row.value)))
            for n, row in enumerate(form.indicators)
            if n not in twins and shows(row)
        }

    def share(self, faulty: int, missing: int, mended: Collection[object]) -> float:
        """The share (0–1] of rows that is sound, with ``faulty`` rows and ``missing`` classes left
        and the ``mended`` ones in order."""
        doubted = self._doubted.difference(mended)
        rows = [keys for n, keys in self._keys.items() if n not in doubted]
        often = Counter(name for name, _ in rows)
        rows = [(name, value) for name, value in rows if often[name] < _CUT]
        # «8个站» said again in other words is one row too, and a doubted row said again is none.
        again = {self._keys[n][1] for n in doubted if n in self._keys}
        values = {value for _, value in rows} - again
        parts = Counter(_number(value) for value in values)  # «320根», «320块»: of the 320盏
        cut = sum(n - 1 for number, n in parts.items() if number and n >= _CUT)
        sound = min(len({name for name, _ in rows}), len(values) - cut)
        wrong = faulty + _CLASS * missing
        return max(_LEAST_SHARE, sound / (wrong + sound)) if wrong else 1.0


def _amount(value: str) -> str:
    """What a value amounts to, whatever its sign and the word for its unit."""
    value = unicodedata.normalize("NFKC", value)
    plain, quantity = _SIGN.sub("", value), parse_target(value).only
    if quantity is None or quantity.unit not in (*_ALIKE, *_ALIKE.values()):
        return plain
    return plain.replace(quantity.unit, _ALIKE.get(quantity.unit, quantity.unit))


def _number(key: tuple[str, str]) -> tuple[str, str] | None:
    """(class, number) of a large whole number, which rows share only where they count the parts of
    one thing."""
    digits = _WHOLE.match(key[1])
    return (key[0], digits[0]) if digits else None


def _shows_something(form: Form, texts: Sequence[str]) -> Callable[[Indicator], bool]:
    """Whether a row shows something of this form's project, by its name and ``texts``, and asks
    for more than =100% or the budget."""
    own = own_words(form, texts)
    project = form.project or ""
    money = [Decimal(yuan) for yuan in (form.annual_yuan, form.total_yuan) if yuan]

    def shows(row: Indicator) -> bool:
        target = parse_target(row.value)
        quantities = target.quantities
        if says_all(row, target):
            return False
        low, high = _BUDGET
        if any(
            q.unit == "元" and low * m <= q.value <= high * m for q in quantities for m in money
        ):
            return False
        if any(share_of_year(row, target, yuan) for yuan in money):
            return False
        one = any(q.value == 1 and q.comparator == "≥" and q.unit in _PIECES for q in quantities)
        if one and not _BUILT.search(row.name):
            return False
        duty = _DUTY.search(row.name)
        if duty and duty[0] not in project:
            return False
        return bool(pairs_in([core_of(row.name)]) & own)

    return shows


def own_words(form: Form, texts: Sequence[str] = _TEXTS) -> frozenset[str]:
    """Pairs of letters that name what this project is about, by its name and these fields."""
    return _words_of(form.project, *(form.text(field) for field in texts))


@lru_cache(maxsize=16)  # one form's sheet is made several times over: points, mendings, gains
def _words_of(project: str | None, *texts: str | None) -> frozenset[str]:
    name = pairs_in([project])
    said = pairs_in(substance(text or "") for text in texts)
    words = name - named_by(_IN_NAME)
    return frozenset(words | telling(said) | telling(kin_of(name), _IN_KIN)) - _NOTHING


def telling(pairs: set[str], below: float = _IN_TEXT) -> set[str]:
    """The pairs of letters that few of the library's topics use in rows or projects."""
    return pairs - named_by(below) - used_by(below)
