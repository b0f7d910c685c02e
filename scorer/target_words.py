"""Words of a 指标值 that carry its kind: placeholders, standards, events, grades, approvals."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

from scorer.lexicon import load_toml

_MARK = r"[XxNn×✕*_□○●\-.…·/\\|?#()（）—\s]"
_SIGN = r"(?:[≥≤=<>]|不低于|不少于|不超过|不高于|至少|控制在|以上|以下|以内)"
_ITEM = r"[年月日个人次台套件%元万天名户项份场期]"
_PLACEHOLDER = re.compile(
    rf"""
      {_SIGN}?(?:{_ITEM}{{0,2}}{_MARK}++){{1,4}}+{_ITEM}{{0,2}}{_SIGN}?
    | {_SIGN}{{0,2}}\s*(?:年月日|年月|月日|[人个台套件%元天名户项份场期]|万元|人次)?\s*{_SIGN}?
    | (?:暂)?(?:待定|未定|待填|待补充?|待确定|待核实|待明确|另定|另行确定|另行通知|略|同上|同前|同左
        |见上|如上|如题|空|空白|示例|样例|测试|指标值|目标值|年度指标值|请填写|填写|填报|无此项|不适用|暂无|暂缺
        |未知|未填|不详|n/?a|null|none|nan|tbd|todo)[。.]?
    | [(（]?(?:详?见|参见)[一-龥]{{0,4}}(?:附件|附表|附后|备注|方案|合同|清单|文件|下文|正文|明细|申报书|说明).{{0,6}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Marks left where a number or a name belongs: «完成XX场», «20__年».
_LEFT_OPEN = re.compile(
    r"(?<![A-Za-z])(?:[XxＸ]{2,4}|×{2,}|\*{2,}|_{2,}|□{2,}|○{2,})(?![A-Za-z\d])"
)
_YES_NO = re.compile(r"[是否有√✓✔×]|是/否|是否|否/是|有/无|没有|是的|yes|no", re.IGNORECASE)
_LEVEL = re.compile(
    r"""
      《[^》]+》
    | (?:[ⅠⅡⅢⅣⅤ]|IV|I{1,3}|V|[劣一二三四五])类(?:(?:及|或)?以上|水质|水体?|标准|(?=$|[,，。;；、)）]))
    | (?:[ⅠⅡⅢⅣⅤ]|(?<![A-Za-z])[A-E]|[一二三四五六1-6])级(?:甲等|乙等|丙等|(?:及|或)?以上|标准|苗|(?<![升提高了降]..)(?=$|[,，。;；、)）]))
    | (?:甲|乙|丙)级(?:资质|以上|及以上|$) | [三二一]甲 | [1-5]?A{1,5}级 | [一二三四五六1-6]星(?:级|及?以上)
    | (?<![A-Za-z])(?:IP\d\d|[CFPMW]\d{1,3})(?:级|(?=$|[,，。;；、)）]))
    | 国(?:三|四|五|六|Ⅲ|Ⅳ|Ⅴ|Ⅵ)[AaBb]?(?:排放)?(?:标准|(?:及|或)?以上|$)
    | (?:国家|行业|地方|国际|现行|强制性|省级|省定|市定|部颁|欧盟)[一-龥]{0,14}?(?:标准|规范|规程)(?!化)
    | 国标|行标|地标(?!性)|部标|(?<![A-Za-z])(?:CMA|CNAS|CCC|3C)(?![A-Za-z])
    | [一二三](?:级[ABab](?![A-Za-z])|级(?:能效|节水))|[1-3]级(?:能效|节水)|能效[一二三1-3]级
    | (?:符合|达到|按照?|执行)[一-龥]{2,14}(?:技术指南|导则|技术规程|基本安全要求)
    | 等保[一二三2-4]级|[一二三2-4]级等保|[一二三2-4]级(?:测评|防护|密评|保护)
    | (?:优秀?|良好?|优良|合格|达标)[”"]?(?:级|等级|等次|档)?(?:及|或)?以上
    | (?:符合|满足|不低于|达到|优于)(?:合同|采购文件|招标文件|磋商文件|施工图纸?|设计(?:图纸?|文件)?|技术协议)[一-龥]{0,6}(?:参数|要求|标准|约定|规定|指标)
    """,
    re.VERBOSE,
)
_UP = "提高|提升|增长|(?<!新)增加|上升|增收|扩大|上涨|多增|↑|上浮|(?<!新)增(?=\\d)"
_DOWN = "下降|降低|减少|缩短|压减|削减|下调|压降|缩减|回落|减轻|↓|下浮"
_CHANGE = re.compile(
    rf"(?P<up>{_UP}|翻[一两1-9]番|(?<![最至])多(?=\d))|(?P<down>{_DOWN}|(?:[降减]|(?<![至不最])少)(?=\d|[到至]))"
)
_CHANGE_TO = re.compile(r"\S{0,2}(?:至|到|为|(?<![一二两三四五六七八九\d])成)")
_BASE = re.compile(
    r"""
      (?:同比|环比)(?:上年)?
    | (?:较|比|比较|相比|对比|相较于?|与)
      (?:\d{4}年\S{0,6}?|二〇\S{2}年|上一?年度?|去年|前年|上年度?同期|去年同期|上期|上月|上季度|往年|历年|基期|项目?实施前|实施前|改造前|
        治理前|建设前|建设初期|培训前|前[一二三两3]年(?:平均|均值)?|近[三3]年(?:平均|均值)?|全[省市县国](?:平均)?|预算|概算|计划|定额|同期|市场价|原\S{1,3}|传统\S{1,4})
      (?:决算数|同期|平均|年底|末|底|水平|实际|基数|均值)?
    | (?<![一-龥])由\s*[^,，。;；]{1,12}?(?=提|增|升|降|减|缩|压|到|至)
    """,
    re.VERBOSE,
)


@cache
def _signs() -> Any:
    return load_toml("hard_signs.toml")


@cache
def _grades() -> tuple[frozenset[str], frozenset[str]]:
    """Grades that stand alone, and the words of lists of grades."""
    grades = _signs()["grades"]
    return frozenset(grades["alone"]), frozenset(grades["words"])


@cache
def _alternation(section: str) -> re.Pattern[str]:
    words = sorted(_signs()[section]["words"], key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


@cache
def _standard_code() -> re.Pattern[str]:
    codes = "|".join(sorted(_signs()["standard"]["codes"], key=lambda c: (-len(c), c)))
    return re.compile(
        rf"(?<![A-Za-z])(?:{codes})(?:\d\d)?(?:\s*/\s*[A-Z]{{1,5}})?\s*\d{{2,6}}(?:\.\d+)*(?:-(?:19|20)?\d\d)?(?![\d%])"
    )


@cache
def _zero() -> re.Pattern[str]:
    signs = _signs()
    trouble = "|".join(sorted(signs["trouble"]["words"], key=lambda w: (-len(w), w)))
    exempt = "|".join(signs["trouble"]["not_after_zero"])
    return re.compile(
        rf"""
          ^无[。.]?$
        | 零(?!{exempt}|下|散|[一-龥]?售)[一-龥]
        | (?:无|没有|未见|未有|不留)(?!{exempt})[^,，。;；]{{0,10}}?(?:{trouble})
        | (?:未见|未发现)(?!{exempt}|明显)[一-龥]{{2,8}}$
        | (?:不发生|未发生|无发生|不出现|未出现|杜绝|避免发生|不得出现|不得发生)(?!{exempt})[一-龥]
        | (?:不|未|不再)(?:{trouble})
        """,
        re.VERBOSE,
    )


@cache
def _approved() -> re.Pattern[str]:
    figures = "|".join(sorted(_signs()["approved"]["words"], key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?:[≤≥<>=]|不超过?|不低于|不少于|不高于|不大于|不突破|不得超|低于|高于|小于|大于|优于|超过|控制在|按照?|依据?|依照|执行|以|根据|参照|较|与|在|等于|符合)"
        rf"[^,，。;；]{{0,10}}?(?:{figures})"
        r"|(?:预算|概算|控制数|批复|限额|核定数|合同价)[^,，。;；]{0,4}(?:以内|之内|内|范围)$"
        r"|法定(?:时限|期限|审限|工作日)"
    )


_SWEEP = re.compile(
    r"""
      逢[一-龥]{1,3}必[一-龥]
    | 先[一-龥]后[一-龥](?![进来])
    | 逐(?![步年渐月季日周级层])[一-龥]
    | (?:全部|全数|悉数)(?![一-龥]{0,3}(?:户|道路|群众|地方|村|对象)$|满意|优)
    | 全员(?:参训|持证|合格|签|考核|到岗|在岗|接种|体检|轮训|培训)
    | (?:批批|趟趟|条条|户户|月月|周周|村村|人人|件件|台台|车车)(?:有(?![责份功花着回])|合格|通|见证|核|签|持证|达标)
    | 一[人户案事村校企物桥井树区站车店厕地犬牛机套项器]一(?:[档号卡码册卷标证表号账签牌件长柜箱机户份]|案(?=建档))(?<!人一份)
    | 日[一-龥]日[清结毕了]
    | (?:进入|位列|位居|排名|保持|列|居|^)(?:全[省市县国州区])?
      (?:前[一二三四五六七八九十\d]+[名位强]?|第[一二三四五六七八九十\d]+[名位]?)(?:以内)?(?=$|[,，。;；])
    | (?:^|[账物卡证人票款表实])(?:[账物卡证人票款表实]、?)*[三二两]?者?相符
    | [与和同][^,，。]{1,14}一致|[三两]者一致|(?:核对|比对)一致
    | 每[一-龥]{1,2}合格
    | (?:证|照片|[表单签章]|认证|标识)齐全
    | 一次性?合格 | (?:试验|比对|测试|评定|签字|复核)[^,，。]{0,4}合格
    | ^(?:满意|合格|优秀?|良好|通过)[(（][^()（）]{4,}[)）]$
    | 由[^,，。]{1,6}转(?:为|正|负|盈|入|出)
    | ^(?:全部|一律|100%)?采用(?!.{0,4}(?:先进|科学|合理|有效|多种|各种|适当|方式|措施|手段))[一-龥A-Za-z0-9]{3,}
    | (?:不得|未|不|无)检出 | (?:即时|当场|立等|当日|一次)办[结理](?=$|[,，。;；])
    | (?:不|严禁|禁止|不得)(?:使用|采用|添加)(?!超)[一-龥]{2,}
    | 不[少漏落](?=$|[一个人户])
    | ^(?:不减少?|不下降|不降低|不增加|零增长|杜绝|归零|为零|清零|绝迹|不出现|不发生|不再有|未发生|未出现|未发现)$
    """,
    re.VERBOSE,
)
# An act that is only promised soon, or hangs on a condition, proves nothing.
_HEDGED = re.compile(
    r"及时|按时|按期|限时|尽快|尽早|早日|适时|如期|视[一-龥]|酌情|力争|争取|有望|推动|加快|后才|后兑|即(?:开|时(?!办结)|可)|基本|情况|据实|为准$"
)
_THRIFT = re.compile(
    r"=?(?:不|无|未|严禁|杜绝|避免|防止)(?:出现)?(?:超支|浪费|超额|超)(?:现象|情况)?[。.]?"
)
_SLOGAN = re.compile(r"应[一-龥]{1,2}[尽必全][一-龥]")
_GRADE_LIST = re.compile(r"[/、,，;；\s或和与及]+")


def is_placeholder(text: str) -> bool:
    """Whether nothing was filled in: «XX», «**台», «待定», a bare sign."""
    return bool(_PLACEHOLDER.fullmatch(text) or _LEFT_OPEN.search(text))


def is_yes_no(text: str) -> bool:
    """Whether the value is a yes or no."""
    return _YES_NO.fullmatch(text) is not None


def is_scale(text: str) -> bool:
    """Whether the value is a grade or a list of grades: «优», «好/较好/一般», «优良中低差»."""
    alone, words = _grades()
    if text in alone:
        return True
    parts = [p for p in _GRADE_LIST.split(text.rstrip("。.")) if p]
    if len(parts) > 1:
        return all(p in words for p in parts)
    return len(text) >= 3 and all(letter in words for letter in text)


def find_standards(text: str) -> list[tuple[int, int]]:
    """Spans of named standards, documents and grades."""
    spans = [m.span() for m in _standard_code().finditer(text)]
    spans += [m.span() for m in _LEVEL.finditer(text)]
    return sorted(spans)


def is_event(text: str) -> bool:
    """Whether a register or a paper can show it: «零事故», «通过市级验收», «逢包必检»."""
    if _SLOGAN.search(text) or _THRIFT.fullmatch(text):
        return False
    return bool(
        _zero().search(text)
        or _SWEEP.search(text)
        or (_alternation("act").search(text) and not _HEDGED.search(text))
    )


def is_approved(text: str) -> bool:
    """Whether an approved or earlier figure stands behind it: «≤批复概算», «按预算控制»."""
    return _approved().search(text) is not None and not text.endswith("为准")


def find_change(text: str) -> tuple[Literal["", "up", "down"], tuple[int, int], bool]:
    """Direction («up», «down» or «»), the span of its verb, and whether a level to be
    reached follows («提高到22%») rather than a difference («提高2%»)."""
    m = _CHANGE.search(text)
    if not m:
        return "", (0, 0), False
    return ("up" if m["up"] else "down"), m.span(), bool(_CHANGE_TO.match(text, m.end()))


def find_base(text: str) -> tuple[str, tuple[int, int]]:
    """What a rise or fall is measured against («较上年», «比2024年», «同比»), and its span."""
    m = _BASE.search(text)
    return (m.group().strip(), m.span()) if m else ("", (0, 0))
