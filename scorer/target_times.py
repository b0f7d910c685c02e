"""Dates, deadlines and frequencies in a normalised 指标值.

Works on half-width text of the same length as the cell, so spans need no mapping.
"""

from __future__ import annotations

import re
from typing import Literal

from scorer.target_types import Moment

Limit = Literal["before", "at", "after", "during"]

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NOT_A_DATE = "[万亿元人个台吨亩户公平件]"
_BEFORE = r"(?:之前|以前|前(?![三列茅后往来两几\d])|止(?!损)|截止)"
_AFTER = r"(?:之后|以后|后|起)"

# One scan finds every calendar date. The month needs no sign right before it: «≤12月» is a
# duration. Alternatives go from the fullest date to the barest part of one.
_DATE = re.compile(
    rf"""
    (?=[\d不截早≤<次来明当本今全年第一二三四五六七八九十上下Qq])
    (?:(?P<by>不晚于|不迟于|不超过|不得晚于|截[至止]到?|早于|≤|<)\s*)?
    (?:
      (?P<iy>(?<![\d.])(?:19|20)\d\d)(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])
        (?:(?P=sep)(?P<id>3[01]|[12]\d|0?[1-9]))?(?![\d%.]|\s*{_NOT_A_DATE})
    | (?<![\d.≥≤<>=])(?P<dm>1[0-2]|0?[1-9])[.](?P<dd>3[01]|[12]\d|0?[1-9])(?=\s*[日号]?(?:前|之前|以前)(?![三列]))
    | (?P<cy>20[0-4]\d)(?P<cm>1[0-2]|0[1-9])(?P<cd>3[01]|[12]\d|0[1-9])(?!\d|\s*{_NOT_A_DATE})
    | (?<!\d)20\d\d-(?P<yb>20\d\d)(?![\d年.])
    | (?:(?P<y>(?:(?<!\d)20\d\d年?[-~至到])?(?:19|20)\d\d|二[〇零][一二三四][一二三四五六七八九〇零])
          \s*(?:年度?(?:-(?:19|20)\d\d年度?)?|(?=[Qq][1-4]))
        | (?P<ry>次年|来年|明年|当年|本年度?|今年|全年度?(?!不间断|无休|坚持|常态|持续|候)|(?<![上往历前])年度(?=内|$))
      )?
      \s*的?
      (?: 第?(?P<q>[一二三四1-4])\s*(?:(?:(?<=第.)个)?季度|(?<=第.)季)(?!\S{{0,2}}次) | [Qq](?P<q2>[1-4])(?!\d)
        | (?P<half>上|下)半年
        | (?:(?<![\d.≥≤<>=~])(?:1[0-2]|[1-9])月?\s*[-~至到]\s*)?
          (?P<month>(?<![\d.≥≤<>=])(?:1[0-2]|0?[1-9])
            |(?<![一二三四五六七八九十每几])(?:十[一二]?|[一二三四五六七八九]))
          \s*月(?!均|租|度|龄|薪|份?额|供|一[^日号])份?
          (?:\s*(?P<day>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号])?
          (?P<part>上旬|中旬|下旬|月?底|末|初|中(?!标|期))?
        | (?P<end>年底|年末|年终|年中(?!级)|(?<![\d一二两三四五六七八九十半])年内(?!容))
      )?
    )
    \s*(?P<part2>底|末|初)?(?P<inside>内(?!容)|之内|以内)?(?:\d{{1,2}}[时点:]\d{{0,2}}分?)?
    (?:[(（]含[)）])?(?P<limit>{_BEFORE}|{_AFTER}|期间)?
    """,
    re.VERBOSE,
)
# Days of the month without a month, and dates that no calendar has.
# The farmer's calendar: each of these is a day of the year.
_TERMS = "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
_NAMED = re.compile(
    rf"""
      (?:(?<=每月)|(?<=每个月)|(?<=次月)|(?<=当月)|(?<=季末月)|(?<=首月)|(?<=末月)|(?<=逐月))
        \s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]?(?!个|工|次|场|期|\d|[.,%万元])(?P<l1>{_BEFORE}|{_AFTER})?
    | (?<![\d.月])(?P<day2>3[01]|[12]\d|0?[1-9])(?:[日号](?P<l2>{_BEFORE})|号(?![文令楼线井机院路公]))
    | (?P<settled>[Tt]\s*\+\s*\d{{1,2}}\s*(?:个?工作日|个?交易日|日|天)?(?:内|前)?)
    | (?P<clock>(?<![\d.:])(?:0?[6-9]|1\d|2[0-4]|0[0-5]):[0-5]\d(?!\d)
        |(?:上午|下午|早上?|晚上?)(?:[01]?\d|2[0-4]|十[一二]?|[一二三四五六七八九])(?:[时点:]\d{{0,2}}半?)?)(?P<l3>{_BEFORE}|{_AFTER})?
    | (?P<due>(?:合同|协议|中标通知书?|招标文件|采购文件|批复|实施方案|责任书|任务书|文件)(?:约定|规定|签订|要求|明确)?
        的?(?:供货|服务|完工|交货|交付|付款)?(?:时间|时限|工期|期限|日期|节点|进度|周期|期)(?:内|前)?)
    | (?P<now>当[天日月季]|次[日月]|隔[日天]|当周|翌日|每?个?(?:月|季度?|学期|旬|学年)(?:底|末|初)
        |季后首月|首月|末月|节前|考前|赛前|汛前|农历\S{{1,3}}月(?:初|十|廿|二十)?[一-十]?)(?P<l4>{_BEFORE}|{_AFTER})?
    | (?P<name>[一-龥]{{0,8}}(?:[一-龥](?<![提目空超当面跟眼靠在列位居以之年底月日末天时号内予产先从日名])))(?P<l5>前|之前|以前)
        (?=完成|到位|全部|发放|完工|竣工|交付|结束|投入|建成|安装|各|一次|[,，。;；、)）]|\s*$)
    | (?P<season>(?:(?<=^)|(?<=[、和及,，]))[春夏秋冬]季(?=$|[、和及,，。;；前末]))
    | (?P<feast>(?:元旦|春节|清明|五一|六一|七一|八一|十一|端午|中秋|国庆|重阳|教师节|护士节|记者节)(?:节|假期?|前夕|前后|期间|当[天日])?(?:[、和]|$))
    | (?P<term>^(?:{_TERMS})(?:前后|节气)?(?:[至到—~-](?:{_TERMS})(?:前后|节气)?)?(?:期间|之间)?$)
    | (?P<during>(?:汛期|雨季|供暖期|供暖季|采暖期|采暖季|暑假|寒假|暑期|节假日|开学季?|会议|活动|施工|两会
        |春节|国庆|中秋|防火期|枯水期|农闲|高考|中考|项目实施|质保|合同|服务)(?:期间|期内|当天|结束(?:后|前)))
    """,
    re.VERBOSE,
)
_PERIOD = r"(?:半年|年度?(?!级)|季度?|月度?|周|星期|日|天|旬|学期|学年|小时|晚|夜|班)"
_FREQUENCY = re.compile(
    rf"""
      (?P<every>每(?:隔)?\s*(?:(?:\d+|[一二两三四五六七八九十])\s*个?\s*)?{_PERIOD})
    | (?P<per>(?:\d+|[一二两三四五六七八九十])\s*(?:[次场期轮回遍趟班]|场次)\s*[/每]\s*{_PERIOD})
    | (?P<once>(?:\d+|[一二两三四五六七八九十半])\s*个?{_PERIOD}
        (?=\s*(?:不少于|至少)?\s*(?:一|两|1|2)\s*[次轮遍班更](?!性)))
    | (?P<by>(?:按|逐)(?:年|季(?!节)|月|周|日|旬|学期)度?(?=(?:足额|及时|按时|准时|全额|均衡|据实|打卡|直接|分批)?(?:发|足额$)|足额$|支|拨|结|缴|报|开|提交|考核|进行|[,，。;；、)）]|\s*$))
    | (?P<pace>一[日周旬月季年]一(?![个新更台变体度直定])[一-龥])
    | (?P<days>(?<![个\d一二三四五六七八九十])(?:工作日|学习日|教学日|交易日)(?=$|全[天时]|每|期间|[,，、。;；]))
    | (?P<week>周[一二三四五六日天](?:[至到、,-]周?[一二三四五六日天])*)
    """,
    re.VERBOSE,
)
_GATE = re.compile(
    rf"[年月日季周旬天时前期号每按逐次隔早晚上下:Qq]|^(?:{_TERMS})|(?:19|20)\d\d|\d\.\d|[Tt]\+"
)


def has_time_letters(text: str) -> bool:
    """Whether a scan for times can find anything at all."""
    return _GATE.search(text) is not None


def find_frequencies(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of frequencies («每月», «2次/年», «按季») and whether a count of
    times stands inside («2次/年»), which is a quantity too."""
    return [(*m.span(), m.lastgroup == "per") for m in _FREQUENCY.finditer(text)]


def find_moments(text: str) -> list[Moment]:
    """Dates and deadlines in printed order."""
    found = [moment for m in _DATE.finditer(text) if m.end() > m.start() and (moment := _date(m))]
    taken = [m.span for m in found]
    for match in _NAMED.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append(_named(match))
    return sorted(found, key=lambda m: m.span) if len(found) > 1 else found


def _date(m: re.Match[str]) -> Moment | None:
    """A Moment of a match of _DATE; None if the match holds no part of a date."""
    part = m.groupdict()
    year = _year(part["iy"] or part["cy"] or part["yb"] or part["y"])
    month = _number(part["im"] or part["cm"] or part["dm"] or part["month"])
    day = _number(part["id"] or part["cd"] or part["dd"] or part["day"])
    quarter = _QUARTERS.get(part["q"] or part["q2"] or "")
    if part["half"]:
        month = 6 if part["half"] == "上" else 12
    end = part["end"] or (part["part2"] if not month and not quarter else None) or ""
    if end in ("年底", "年末", "年终", "底", "末"):
        month = 12
    elif end == "年中":
        month = 6
    if not (year or month or day or quarter or part["ry"] or end):
        return None
    if part["by"] in _SIZE_SIGNS and not (year or day or quarter or end):
        return None  # «≤12月» is a duration
    whole = day is None and not part["part"] and not end and not part["part2"]
    return Moment(year, month, day, quarter, _limit(part, whole), m.span(), part["ry"] or "")


_SIZE_SIGNS = ("不超过", "≤", "<")


def _limit(part: dict[str, str | None], whole: bool) -> Limit:
    """How the date binds. ``whole``: only a year, quarter or month is printed."""
    word = part["limit"] or ""
    if word == "期间":
        return "during"
    if part["by"] or word.endswith(("前", "止")) or (word and word[0] == "截"):
        return "before"
    if word:
        return "after"
    return "during" if whole or part["inside"] or part["end"] == "年内" else "at"


def _named(m: re.Match[str]) -> Moment:
    """A Moment of a match of _NAMED."""
    part = m.groupdict()
    word = part["l1"] or part["l2"] or part["l3"] or part["l4"] or part["l5"] or ""
    limit: Limit = "at"
    if part["during"]:
        limit = "during"
    elif word:
        limit = "before" if word.endswith(("前", "止")) else "after"
    day = _number(part["day"] or part["day2"])
    return Moment(day=day, limit=limit, span=m.span(), name="" if day else m.group())


def _year(text: str | None) -> int | None:
    return int(text[-4:].translate(_DIGITS)) if text else None


def _number(text: str | None) -> int | None:
    """A day or month number from digits or Chinese numerals below 40."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int(text.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
