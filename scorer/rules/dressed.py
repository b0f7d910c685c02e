"""Numbers that dress up a value which says nothing: «深远程度≥95%», «100%温暖», «减少明显率100%».

A percentage counts something only where its words name what is counted. Where they are soft
words, or repeat the wish in the name, the number changes nothing: nobody can check it.
"""

from __future__ import annotations

import re

from scorer.forms import BENEFIT, Indicator
from scorer.heads import bare_name, hollow
from scorer.lexicon import Lexicon
from scorer.rules.asks import asked_by
from scorer.targets import Target

_SHARES = frozenset(("%", "分", ""))
_COMPARING = re.compile(
    r"不(?:低于|少于|小于|高于|超过|大于)|大于|等于|小于|低于|高于|超过|达到?|以[上下内]|左右|控制在|力争|确保|实现|保持|均|都|为|在|的|[至到]$"
)
_AS_RATE = re.compile(r"(?:程度|比[例率]|指数|情况|率|度|性)$")
# Groups of soft words that a number does make checkable: «提高5%», «下降10%», «低于市场价5%».
_MOVES = frozenset(("rise", "fall", "thrift"))
# Soft words that are names of rates all the same: 优良率 of water, 及时率 of repairs.
_RATED = re.compile(
    r"优良|优秀|及时|准时|按时|按期|正常|规范|准确|完整|稳定|安全|满意|到位|健康|达标|合格"
)
_WISH = re.compile(
    r"^(?:促进|维护|保障|确保|优化|营造|助力|推动|推进|服务|弘扬|丰富|缓解|巩固|传承|提升|增强|加强|改善|加快|强化|活跃|繁荣|带动|方便|群众)"
)


def dressed(row: Indicator, target: Target, lexicon: Lexicon) -> bool:
    """Whether the value is a bare share or score of something that has none."""
    if not target.quantities or target.base or target.moments or target.frequency:
        return False
    if any(q.unit not in _SHARES for q in target.quantities):
        return False
    glued = _GLUED.fullmatch(target.text.strip())
    if glued and sum(map(len, lexicon.soft_in(glued[1]))) >= len(glued[1]):
        return True
    core = _said(target)
    if _led(target, core, lexicon):
        return True
    if _DEGREE.search(target.text) and _degree_of_nothing(row, core, lexicon):
        return True
    if target.change and not (core and "率" in target.text):
        return False
    if hollow(row.name):
        return not core or core in row.name or _soft(core, lexicon)
    if not core or _RATED.search(core):
        return False
    wish = bool(_WISH.search(bare_name(row.name)))
    return _soft(core, lexicon) or (wish and core in row.name)


# A bare number behind soft words counts nothing: «有所提升（≥1）».
_GLUED = re.compile(r"([一-龥]{2,12})[（(]?\s*[≥≤=<>＝＞＜]*\s*\d+(?:\.\d+)?\s*[）)]?")
# «100%节约», «全方位100%有效提升»: before the words a whole amounts to nothing; «下降100%» does.
_LED = re.compile(r"100[%％]\s*[一-龥][^\d]*$")


def _led(target: Target, core: str, lexicon: Lexicon) -> bool:
    said = _NOTHING.sub("", core)
    if not said or _RATED.search(said) or not _LED.search(target.text):
        return False
    return sum(map(len, lexicon.soft_in(said))) >= len(said)


# All of a year or a day measures nothing of what soft words praise: «全年365天有效减轻».
_ALL_TIME = re.compile(
    r"(?:全年|全天|每天|常年|连续)?(?:36[56]\s*天|12\s*个月|52\s*周|24\s*小时|1\s*年)"
)


def all_the_time(row: Indicator, target: Target, lexicon: Lexicon) -> bool:
    """Whether a benefit is soft words and the whole year: «长期（12个月不间断）»."""
    words = re.sub(r"[^一-龥\d]", "", _ALL_TIME.sub("", target.text))
    if row.level1 != BENEFIT or asked_by(row.name) or words == target.text or not words:
        return False
    return sum(map(len, lexicon.soft_in(words))) >= len(words)


# How far a wish has come: «有效解决程度≥95%», «提升度≥90%»; a 满意度 or an 增幅 is asked or counted.
_DEGREE = re.compile(r"[一-龥](?:程度|(?<![幅程温湿浓密精角长高宽深厚进力额])度)")
_ASKED = re.compile(r"满意|知晓|认可|信任|支持|参与|好评|饱和|集中")


def _degree_of_nothing(row: Indicator, core: str, lexicon: Lexicon) -> bool:
    """Whether the degree is one of soft words and of what the name wishes, which has no scale."""
    if not core or _ASKED.search(core) or _ASKED.search(row.name):
        return False
    left = core
    for word in lexicon.soft_in(core):
        left = left.replace(word, "", 1)
    left = _AS_RATE.sub("", left)
    return not left or (left != core and left in row.name)


_NOTHING = re.compile(
    r"效果|成效|作用|效益|水平|影响|情况|工作|整体|总体|全方位|多方位|全过程|全流程|全力"
)


def _said(target: Target) -> str:
    """The value's words without numbers, comparisons and what makes a rate of them."""
    text = target.text
    for quantity in reversed(target.quantities):
        text = text[: quantity.span[0]] + text[quantity.span[1] :]
    words = _COMPARING.sub("", re.sub(r"[^一-龥]", "", text))
    return _AS_RATE.sub("", words)


def _soft(core: str, lexicon: Lexicon) -> bool:
    """Whether soft words make up all that is said, one of them not of rising or falling."""
    core = _NOTHING.sub("", core)
    found = lexicon.soft_in(core)
    groups = {lexicon.soft_entries[word].group for word in found if word in lexicon.soft_entries}
    return bool(core) and sum(map(len, found)) >= len(core) and bool(groups - _MOVES)
