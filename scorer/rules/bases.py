"""What a 立项依据 rests on: the words of ``lexicons/bases.toml``, looked up fast."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from scorer.lexicon import load_toml
from scorer.rules.wording import normalise


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """One expression for all words of a kind that may stand anywhere in the cell."""
    parts = []
    for word in load_toml("bases.toml")["word"]:
        if word["kind"] != kind or word["at"] == "whole":
            continue
        text = word["word"] if word["at"] == "pattern" else re.escape(word["word"])
        parts.append(
            rf"{text}(?=》|第[一二三四五六七八九十百\d]+条)" if word["at"] == "title" else text
        )
    return re.compile("|".join(sorted(parts, key=lambda p: -len(p))))


@cache
def _whole(kind: str) -> frozenset[str]:
    return frozenset(
        normalise(w["word"])
        for w in load_toml("bases.toml")["word"]
        if w["kind"] == kind and w["at"] == "whole"
    )


# A title that names no document: «《有关文件精神》».
_EMPTY_TITLE = re.compile(
    r"[《〈](?=[^》〉]*(?:有关|相关|上级|各级|各项|各类|精神|要求|指示|领导))"
    r"(?:有关|相关|上级|各级|各项|各类|具体|规章|办法|细则|规程|流程|国家|[省市县区]|财政|主管|部门|单位|工作|项目|管理|文件|规定|要求|精神|通知|政策|制度|会议|指示|领导|安排|讲话|[的及和与])+[》〉]"
)


# «《关于进一步做好有关工作的通知》»: nothing is left without what every circular says.
_CIRCULAR = re.compile(
    r"[《〈](?:关于|印发|转发|进一步|切实|认真|全面|做好|加强|推进|开展|落实|贯彻|实施|有关|相关|当前|各项|重点|日常|工作|事项|问题|任务|的|及|和|与|\d{4}年?度?)+"
    r"(?:通知|意见|方案|要求|规定|办法|安排|部署)[》〉]"
)
# Laws of every unit's office: none of them founds a project, unless it is about just that.
_GENERAL_LAW = re.compile(
    r"[《〈](?:中华人民共和国)?(?:民法典|宪法|会计法|审计法|预算法|公务员法|档案法|统计法|劳动法|劳动合同法|合同法|票据法|公司法|政府采购法|招标投标法|税收征收管理法|行政许可法|行政处罚法|行政诉讼法)[》〉]"
)


# A standard of a feeling: «《库区水环境美好指南》», «GB/T 99999—2025《群众安全感通用要求》».
_PRAISE_TITLE = re.compile(
    r"(?:GB(?:/T)?\s*\d+(?:[-—.]\d+)*\s*)?[《〈][^》〉]*(?:美好|优质|满意|幸福|获得感|安全感|和谐|卓越|一流|精品|温馨|放心|品质)[^》〉]{0,8}(?:标准|指南|规范|要求|规程|办法)[》〉]"
)


# What every budget follows, whatever it is for: the rules of targets themselves found no project.
_OF_BUDGETS = re.compile(
    r"[《〈](?:中华人民共和国)?预算法(?:实施条例)?[》〉]|[《〈][^》〉]{0,24}绩效(?:目标)?(?:管理|评价)[^》〉]{0,12}[》〉]"
    r"|财预[〔\[（(]20(?:15|21|20)[〕\])）](?:88|101|10)号|中发[〔\[（(]2018[〕\])）]34号"
)
_PAPER = re.compile(r"[《〈]|〔|\[\d{4}\]|号")


def only_general_laws(text: str) -> bool:
    """Whether a basis rests on laws of every office, several of them, or on the rules of
    budgets and targets, and on no other paper."""
    if _OF_BUDGETS.search(text):
        return not _PAPER.search(_GENERAL_LAW.sub("", _OF_BUDGETS.sub("", text)))
    laws = _GENERAL_LAW.findall(text)
    return len(laws) > 2 and not _PAPER.search(_GENERAL_LAW.sub("", text))


def without_general_laws(text: str) -> str:
    """A text without the laws of every office."""
    return _GENERAL_LAW.sub("", text)


def without_empty_titles(text: str) -> str:
    """A basis without titles that could stand for any document."""
    return _CIRCULAR.sub("", _PRAISE_TITLE.sub("", _EMPTY_TITLE.sub("", text)))


# The spirit of meetings and reports that found every project alike: «政府工作报告有关要求».
_SPIRIT = re.compile(
    r"(?:根据|按照?|依据|贯彻落实|贯彻|落实|学习)*[^\d〔\[《〈“第，,；;、。]{0,16}"
    r"(?:会议|全会|大会|文件|讲话|报告|部署|决策|指示|批示|战略|政策|方针)(?:的|有关|相关|重要)*(?:精神|要求|部署|指示)"
)
_ITEMS = re.compile(r"[，,；;、。\s]+|[和及与](?=[^，,；;、。]{2,}(?:精神|要求))")


def only_spirit(text: str) -> bool:
    """Whether a basis is made of the spirit of great meetings and papers, none with number or title."""
    items = [item for item in _ITEMS.split(text) if item]
    several = len(items) > 1 or bool(re.search(r"有关|相关|重要|上级", text))
    return bool(items) and several and all(_SPIRIT.fullmatch(item) for item in items)


_NUMBERED = re.compile(
    r"[一-龥]{0,12}[〔\[（(【［]\s*(?P<year>20\d\d)\s*[〕\]）)】］]\s*第?\d*\s*号?"
)


def written_by(text: str, year: int | None) -> str:
    """A basis without the numbers of papers that will be written only after the budget year."""
    if year is None:
        return text
    return _NUMBERED.sub(lambda m: "" if int(m["year"]) > year else m[0], text)


@lru_cache(maxsize=4096)
def good_sign(text: str) -> str:
    """The document, law or minute that a basis names, "" if none."""
    text = without_empty_titles(text)
    match = _pattern("good").search(text)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def bad_sign(text: str) -> str:
    """The words that say nothing (领导安排, 工作需要), "" if none."""
    if normalise(text) in _whole("bad"):
        return text.strip()
    match = _pattern("bad").search(text)
    return match[0] if match else ""
