"""Could anybody check this value in December? The question behind the letter M.

Name and value are read together: a number or date in the name counts when the value
only says yes to it («培训场次6场: 完成»).
"""

from __future__ import annotations

import re

from scorer.forms import BENEFIT, COST, Indicator
from scorer.heads import bare_name, direction_of
from scorer.lexicon import Lexicon
from scorer.rules.asks import asked_by
from scorer.rules.bases import without_empty_titles
from scorer.rules.dressed import all_the_time, dressed
from scorer.rules.no_scale import on_no_scale
from scorer.slogans import is_slogan, without_show
from scorer.targets import Target, parse_target

# Kinds of value that leave a trace to check, whatever the name says.
_CHECKABLE = frozenset(
    ("number", "money", "rate", "time", "frequency", "standard", "event", "approved")
)


def unverifiable(row: Indicator, target: Target, lexicon: Lexicon) -> bool:
    """True where neither the value nor the name with it gives anything to check."""
    if target.text.strip() in lexicon.rejected:
        return True
    if target.text.strip() in lexicon.accepted:
        return False
    if target.kind == "event" and (_all_of_nothing(row, target) or _none_wanted(row, target)):
        return True
    if target.kind in ("blank", "placeholder"):
        return False
    if _DEFERRED.fullmatch(target.text.strip()):
        return True
    if _for_show(target) or dressed(row, target, lexicon) or _talk(row, target):
        return True
    if _names_no_standard(row, target.text.strip().lstrip("=＝")):
        return True
    if on_no_scale(row, target, lexicon) or cannot_miss(row, target):
        return True
    if all_the_time(row, target, lexicon):
        return True
    if (bare := _without_remark(target)) is not None:
        return unverifiable(row, bare, lexicon)
    if target.kind in _CHECKABLE:
        return _only_decorated(target) or (row.level2 != "时效指标" and _only_a_year(target))
    if _rated(row, target):
        return False
    if target.kind == "change":
        return not target.quantities
    if target.kind == "yes_no" or target.text.strip().lstrip("=＝") in (
        "是",
        *lexicon.affirmations,
    ):
        return not _name_is_checkable(row.name)
    return True


# Whatever the year brings: «以年终统计数据为准».
_DEFERRED = re.compile(r"(?:最终|具体|指标值)?(?:以|按照?)[一-龥]{1,16}(?:为准|确定|而定)")
# Names of a rater's word: the paper shows who found it so.
_RATER = re.compile(
    r"(?:鉴定|评定|认定)$"
    r"|(?:鉴定|评定|认定|评审|审计|检定|检[验测查]|验证|考核|评价|测评|评估|质控|抽[查检])(?:结论|结果|意见|报告|等级)$"
)
_GRADES = frozenset("合格 满意 优 优良 优秀 良好 达标 通过 符合 甲等 A级".split())
_CREDENTIAL = re.compile(r"(?:资质|资格|证照|证件|职称)$")
_CREDENTIAL_SHOWN = re.compile(r"[级师证]|有效期|注册|备案")


def _rated(row: Indicator, target: Target) -> bool:
    """A grade that a named rater gave, works that were accepted, a licence that can be shown."""
    if target.kind == "scale" and _ACCEPTED.search(row.name) and "合格" in target.text:
        return True
    if _CREDENTIAL.search(row.name) and _CREDENTIAL_SHOWN.search(target.text):
        return True
    return bool(_RATER.search(row.name)) and target.text.strip().lstrip("=＝") in _GRADES


_REMARK = re.compile(r"[（(][^（()）]*[)）]")
# What the review gives for a row says nothing of it: «按时（权重5分，历史标准）».
_WEIGHT = re.compile(
    r"[（(][^（()）]*(?:权重|分值|赋分|计分)[^（()）]*[)）]|[，,；;]?\s*(?:权重|分值)\s*\d+(?:\.\d+)?\s*[分%％]?"
)


def _without_remark(target: Target) -> Target | None:
    """The value without bracketed remarks, where these count and name nothing:
    «逐步下降（以年底统计为准）»."""
    if _WEIGHT.search(target.text):
        return parse_target(_WEIGHT.sub("", target.text).strip())
    plain = _REMARK.sub("", target.text).strip()
    if not plain or plain == target.text.strip():
        return None
    bare = parse_target(plain)
    told = len(bare.quantities), _named(bare)
    return bare if told == (len(target.quantities), _named(target)) else None


def _named(target: Target) -> int:
    """How many standards a value names: «良好（依据国家标准）» names none."""
    return sum(not _ANY_STANDARD.fullmatch(standard) for standard in target.standards)


_ANY_STANDARD = re.compile(
    r"(?:国家|行业|地方|相关|有关|国内|省级?|市级?|部颁|企业|规定|通用|现行|技术|[的及和、])*(?:标准|规范|规定|要求|规程|国标|行标)"
)


def _names_no_standard(row: Indicator, value: str) -> bool:
    """«符合有关标准», and «符合国家标准» for a training, of which there is none."""
    if _NO_STANDARD.fullmatch(value):
        return True
    return bool(_ANY_MET.fullmatch(value) and _OF_NO_NORM.search(bare_name(row.name)))


_ANY_MET = re.compile(
    rf"(?:均|全部|完全)?(?:符合|达到|满足|按照?)?{_ANY_STANDARD.pattern}(?:要求)?"
)
_OF_NO_NORM = re.compile(
    r"(?:培训|服务|工作|教学|活动|宣传|会议|管理|演出|调研|课程|接待|慰问|走访|宣讲|保障|运转|业务|办公|组织)(?:质量|水平|效果|成效|情况|能力)$"
)

# «符合国家有关标准和规范要求»: which? «符合国家标准» may be the one that there is.
_BODY = r"(?:国家|行业|地方|国内|[省市县]级?|上级|部颁|企业|部门|法律法规|政策|制度|技术|质量|管理|安全|项目|工程|验收|施工|设计|卫生)*"
_NORM = r"(?:标准|规范|规定|要求|规程|指标|文件|精神|准则)"
_NO_STANDARD = re.compile(
    rf"(?:均|全部|完全|基本)?(?:符合|达到|满足|遵守|执行|按照?|达|参照|依据)?{_BODY}"
    rf"(?:有关|相关|各项|相应)的?{_BODY}(?:{_NORM}[的和及与、或]?)+(?:执行|办理|实施|落实)?"
)


def _talk(row: Indicator, target: Target) -> bool:
    """A sentence of talk, or one with a date before it: «2025年12月底前持续提升»."""
    if target.quantities or target.frequency or target.standards or not target.text.strip():
        return False
    words = _DATED.sub("", target.text)
    if target.moments:
        return row.level1 == BENEFIT and bool(words) and (is_slogan(words) or _soft_only(words))
    return len(words) >= _SENTENCE and is_slogan(words)


_DATED = re.compile(
    r"(?:截[至止]|到)?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?[底末初中]|以?前|之前|期间|全年|内)*"
)
_SENTENCE = 6  # letters from which words are a sentence, not the name of a state


def _soft_only(words: str) -> bool:
    """Whether nothing is left of the words without soft ones."""
    target = parse_target(words)
    return not target.quantities and sum(map(len, target.soft_words)) >= len(words)


# Works that are accepted by a protocol with signatures: «竣工验收: 合格».
_ACCEPTED = re.compile(r"(?:竣工|交工|完工|主体|工程)[一-龥]{0,6}(?:验收|评定|检测)$")
# A yes or no about a fact, not about a wish («是否有利于治理», «意识是否提高»).
_WHETHER = re.compile(r"是否")
_WISHED = re.compile(
    r"有[利助]|维护|促[进成]|保障|提高|提升|提振|节约|减轻|减少|减缓|增强|改善|兜牢|阻断|推动|推进|带动|助力|加强|满足|有效|明显|显著|影响|确保"
    r"|传承|弘扬|丰富|繁荣|惠及|巩固|夯实|激发|彰显|优化|发挥|树立|体现|营造|方便|便利|缓解|意义|作用|好转|合理|高效|得力|效果|成效"
)


def _all_of_nothing(row: Indicator, target: Target) -> bool:
    """«维护道路: 全部园区道路»: all of how many?"""
    return row.level2 == "数量指标" and "全部" in target.text and not _name_is_checkable(row.name)


def _none_wanted(row: Indicator, target: Target) -> bool:
    """«采购单价: 无», «购置台数: 无»: nothing was filled in; «安全事故: 无» is a full value."""
    if target.text.strip("。. ") not in ("无", "没有"):
        return False
    if row.level2 == "成本指标" or row.level1 == COST:
        return asked_by(row.name) == "money"
    wants = row.level2 == "数量指标" or asked_by(row.name) in ("rate", "time")
    return wants and direction_of(row.name) != "lower"


_MAY_SINK = re.compile(r"增|净|差|节|降|结余|盈余|利润|收支|温|变化|海拔|余额|提[高升]")
_WIDE = 10  # times the lower end of a range from which it binds nobody


def cannot_miss(row: Indicator, target: Target) -> bool:
    """Whether any outcome at all would do: «≥0件», «0—1000处», «1—200场»."""
    quantity = target.only
    if quantity is None or target.moments:
        return False
    if quantity.unit_kind in ("time", "physics", "money") or _MAY_SINK.search(
        row.name + target.text
    ):
        return False
    if direction_of(row.name) == "lower" or row.level2 == "成本指标" or row.level1 == COST:
        return False  # which way it points is another fault
    if quantity.high is None:
        return quantity.value == 0 and quantity.comparator == "≥"
    return quantity.unit_kind != "rate" and quantity.high >= _WIDE * quantity.value


def _only_decorated(target: Target) -> bool:
    """A soft word with a number for show: «12315体系显著», «365天及时»."""
    if not target.soft_words or target.moments or target.frequency or target.standards:
        return False
    return target.kind in ("number", "time") and all(
        not q.stated_comparator
        and q.unit in ("", "天", "小时")
        and _soft_follows(target.text[q.span[1] :], target.soft_words, near=bool(q.unit))
        for q in target.quantities
    )


def _for_show(target: Target) -> bool:
    """A number that only praises, a title of no document: «提供100%优质参考», «符合《有关要求》»."""
    plain = without_empty_titles(without_show(target.text))
    if plain == target.text:
        return False
    left = parse_target(plain)
    return not (left.quantities or left.moments or left.frequency or left.standards)


def _only_a_year(target: Target) -> bool:
    """«2025年良好»: a soft word with the fiscal year before it."""
    if target.quantities or target.frequency or target.standards or not target.soft_words:
        return False
    return all(not m.month and not m.quarter and not m.name for m in target.moments) and bool(
        target.moments
        and target.moments[0].span[0] == 0
        and target.text.strip().endswith(target.soft_words)
    )


def _soft_follows(rest: str, soft: tuple[str, ...], *, near: bool) -> bool:
    return rest.startswith(soft) if near else rest.endswith(soft)


def _name_is_checkable(name: str) -> bool:
    if asked := _WHETHER.search(name):
        wish = name[asked.end() :]
        return not (_WISHED.search(wish) or is_slogan(wish))
    target = parse_target(name)
    return bool(
        target.quantities
        or target.moments
        or target.frequency
        or target.standards
        or target.kind in ("event", "approved")
    )
