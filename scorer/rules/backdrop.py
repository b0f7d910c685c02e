"""What a goal says of the county, of the money spent and of doing one's work: figures, none to be reached.

«全县面积2140平方公里，常住人口38万人，2025年安排180万元，招商工作完成率100%» promises nothing that could be counted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scorer.rules.stated import CLAUSE
from scorer.rules.wording import normalise
from scorer.slogans import substance

_SIZE = r"[^，,。；;\d]{0,6}?[约近达为有共是]{0,2}\d"
# The size of a place: its area, its people, its towns, its output.
_PLACE = re.compile(
    rf"(?:国土|行政|区域|县域|市域|辖区|总|[县市区镇乡村省州旗境])(?:总)?面积{_SIZE}|^\s*面积{_SIZE}"
    rf"|(?:下?辖|管辖|现辖)(?:有)?\d|(?:常住|户籍|总|农业|乡村|城镇|[县市区镇乡村])人口{_SIZE}|^\s*人口{_SIZE}"
    rf"|(?:生产总值|GDP|财政(?:总|一般公共预算)?收入|人均可支配收入|人均收入|城镇化率|海拔|森林覆盖率)(?!.*[提达增力])[约为达是]{{0,2}}\d"
    r"|[东西]经\d|[南北]纬\d|\d{4}年(?:设|建|置)[县市区镇]|地处|位于|距[^，,。；;]{0,8}\d"
)
# What the place already has of offices and people on the pay-roll.
_STAFF = re.compile(
    r"(?:现有|内设|下设|在编|在职|编制)(?:在编|在职|职工|人员|干部|教师|机构|科室|股室|编制|总?人?数|共|为)+\d+(?:个|人|名)"
)
# What kind of office it is: «为公益一类事业单位», «核定编制9名», «内设综合股、管护股», «办公地址在…».
_OFFICE = re.compile(
    r"(?:是|为|属|系)[一-龥]{0,12}?(?:公益[一二]类|全额|差额|财政)?(?:拨款|补助)?(?:事业单位|行政机关|工作部门|二级机构|(?:正|副)?[科股处]级(?:单位|机构|部门))$"
    r"|^(?:核定|核编|定编|实有)(?:编制|人员|在编)*[^，,。；;\d]{0,4}\d+[个名人]?$|^[内下]设[一-龥、]+(?:[股科室部组站]|中心)$|^(?:办公|单位)?(?:地址|地点)[在为是:：]"
)
# The nation's and the world's figures: no county's want.
_FAR = re.compile(r"我国|全国|全球|世界|联合国|国际|全人类|发达国家|国内[^，,。；;]{0,12}\d")
_UNTIL = re.compile(r"截[至止]?(?:目前|20\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?[底初末]?)")
_OWN = re.compile(r"[我本全][县市区镇乡村校院馆]|(?:高|低|多|少|优)于|排名?|居")
_MONEY = re.compile(
    r"(?:\d{4}年度?)?(?:其中[:：]?)?(?:[上下]半年|第?[一二三四]季度|\d{1,2}月|年内)?"
    r"(?:[一-龥]{0,6}?(?:安排|预算|投入|拨付|下达|申请|使用|拨款|落实|总额|经费|资金|金额|支出|支付|列支))+"
    r"(?:[约为共计达是]|人民币)*\d[\d.,，]*(?:亿|万|千)?元(?:资金|经费|预算)?"
)
# What is met by doing one's work, whatever it is.
_OWN_WORK = re.compile(
    r"(?:(?:确保|做到|实现|其中|全年)?(?:各项|年度)?[一-龥]{0,6}(?:工作|任务|目标|计划|按时|按期|及时)(?:按时|按期|及时)?(?:完成|落实|达标|合格|执行|实现|达成|推进|开展)?率|(?:项目|各项)完成率"
    r"|(?:成本|预算|资金|经费)?(?:控制|执行|使用|支付|到位|支出)率|(?:社会|群众|服务对象|综合)?满意[度率])(?:达到?|为|均为|保持)?100[%％]"
)


# Of every project alike: «力争各项工作达到100%», «实现本项目预期效果100%», «群众满意率达到95%以上».
_OF_ALL = re.compile(
    r"(?:力争|确保|实现)?(?:各项|全部|所有)(?:工作|任务|指标|目标)(?:均|全部|都)?达到?(?:100[%％]|百分之百)"
    r"|(?:完成|达到|实现|确保|做到)(?:[本该]?项目|年度)?(?:的|各项|预期|既定|绩效)*(?:任务|目标|效果|效益|成果)(?:达到?|的)?(?:100[%％]|百分之百)"
    r"|(?:力争|确保|实现|使)?(?:社会|群众|人民群众|服务对象|社会公众|公众|各方|受益群众)(?:综合|总体|的)?满意[度率](?:达到?|为|均为|保持|不低于|≥|在)*\d+(?:\.\d+)?[%％](?:以上|及以上|左右)?"
)


# What the form's head has said: «（经常性项目，项目期1年，资金总额45万元）绩效目标为：».
_HEAD = re.compile(
    r"(?:项目|年度)?(?:资金|预算|经费)(?:总额|金额|规模)[约为共计是:：]*\d[\d.,]*(?:亿|万|千)?元"
    r"|项目(?:实施)?(?:期限?|周期)[为是:：]?\d+年|20\d\d年度(?=[一-龥]{2,20}(?:项目|经费))"
)


@lru_cache(maxsize=2048)
def without_backdrop(goal: str) -> str:
    """The goal without clauses that only size up the place, name the money or one's work, and without
    what the head of the form says."""
    goal = _HEAD.sub("", goal)
    kept, start = [], 0
    for mark in (*CLAUSE.finditer(goal), None):
        clause = goal[start : mark.start() if mark else None]
        if not _is_backdrop(clause):
            kept.append(clause + (mark[0] if mark else ""))
        start = mark.end() if mark else start
    return "".join(kept)


def plain(text: str) -> str:
    """What a text says, normalised, without backdrop and without clauses that only adorn it; the
    whole text where nothing else is left."""
    return normalise(substance(without_backdrop(text))) or normalise(text)


def _is_backdrop(clause: str) -> bool:
    bare = clause.strip()
    if _UNTIL.fullmatch(bare):
        return True
    if any(told.search(bare) for told in (_PLACE, _STAFF, _OFFICE)):
        return True
    if _FAR.search(bare) and re.search(r"\d", bare) and not _OWN.search(bare):
        return True
    return bool(bare) and all(
        any(p.fullmatch(part) for p in (_MONEY, _OWN_WORK, _OF_ALL)) for part in bare.split("、")
    )
