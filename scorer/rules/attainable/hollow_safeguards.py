"""A310: the safeguards cell holds slogans or a sentence about paying, no named measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.library import pairs_of
from scorer.rules.bases import without_empty_titles, without_general_laws
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import normalise
from scorer.slogans import only_talk, substance

RULE = Rule(
    code="A310",
    name="制度措施空洞",
    checks="保证项目实施的制度、措施只有口号或拨款的话，没有一项叫得出名字的制度、办法。",
    item="条件充分性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="列入财政预算，年内足额拨付",
    good="《县级维修资金管理办法》；到货三方验收；每月报送进度",
    false_alarms=(
        "字数少但有真东西的（三家询价、双人验收、按月考核付款），不算。",
        "只写按政府采购、财务制度办理的，有制度可循，只提建议。",
        "表里没有这一栏的，不算。",
    ),
    status="stable",
)

# What says nothing of how the work is done: resolve, praise, order, and the paying of money.
_SLOGAN = re.compile(
    r"(?:切实|进一步|不断|全面|充分|层层|统一|确实)?(?:加强|强化|健全|提高|落实|压实|明确|细化|严明|加大|加快|夯实)(?:[一-龥]{0,2}(?:组织|内部|资金|项目|监督|纪律|工作|督导|安全))?"
    r"(?:领导|责任|管理|监督|监管|检查|认识|站位|纪律|控制|协调|落实|分工|力度|进度|保卫|协作|合作|保障)(?:工作|到位|到人)?"
    r"|(?:主要|分管)?领导(?:高度)?(?:重视|亲自抓)|高度重视|亲自抓|(?:精心|认真|周密|科学)(?:组织|部署|实施|谋划|履职|负责)|狠抓落实|(?:统筹|稳步|有序)(?:推进|协调|推动)*"
    r"|(?:密切|多方|部门|上下)*(?:配合|联动|协同)|齐抓共管|齐心协力|团结协作|责任到人|(?:专人|专班)(?:负责|管理|推进)?|项目专班"
    r"|倒排工期|挂图作战|一岗双责|党政同责|签订责任状|从严(?:管理|监督|考核|要求)|做好|做到位|严格(?:管理|把关|审批|审核|使用|要求|奖惩|财务管理|项目管理)?"
    r"|(?:成立|组建)(?:[一-龥]{0,8}?)?(?:领导|工作|采购)?(?:小组|专班)|(?:局长|院长|站长|主要领导|一把手)负责制|确保[一-龥]*|形成[一-龥]*(?:格局|合力)|安全第一|预防为主"
    r"|(?:所需|项目|专项|上级|配套|补助)*(?:资金|经费)(?:来源)?(?:已|均|将|全部|全额|足额|及时|可靠|稳定|充足|有)*(?:下达|落实|安排|到账|到位)?"
    r"|由(?:[县市区镇乡本]?级?)财政(?:部门)?(?![所局])|(?:全额|足额|优先|统筹|兜底|充分)*(?:保障|安排|解决|承担|列支|支出|兑付)|不留(?:资金)?缺口|按(?:进度|计划|需)(?:及时)?(?:拨付|支付|到位)?|职责明确|分工明确"
    r"|(?:列入|纳入)[一-龥]{0,6}预算(?:管理|安排)?|(?:年内|按时|及时|按期)?(?:足额|及时|按时)(?:拨付|到位|支付)|财政拨款|专款专用|专人|资金(?:安全|保障|到位)|(?:规范|合理|节约)使用|厉行节约|勤俭节约|财务"
    r"|(?:严格)?(?:按照?|遵守|执行|依照|落实)?(?:[一-龥]{0,3}(?:有关|相关|各项|上级))?(?:规章)?(?:规定|制度|要求|纪律|办法)(?:执行|办理|使用|实施|组织实施|审核|操作)?"
    r"|(?:中央)?八项规定(?:精神)?|(?:按|按照)?(?:规定|制度|要求)|[“\"《]?[一-龥\d]{2,6}工作法[”\"]?|坚持|各项任务|落到实处|按照?|执行|办理|遵守|年内|开展|工作|顺利|良好|无"
    # Meetings and admonition alone: «全年召开会议12次，逢会必讲，做到100%重视».
    r"|(?:全年|年内|每[年月季周]度?|定期|不定期|及时|经常|多次)*(?:召开|组织召开|组织|举行)?(?:[一-龥]{0,4}(?:工作|专题|推进|调度|协调|部署|动员))?(?:会议|例会|会)(?!费)(?:不少于|至少)?\d*[次场]?"
    r"|(?:全年|每[年月季周]度?|定期|经常|反复|逢会)*(?:必讲|强调|重视|提醒|督促|叮嘱|过问|传达学习|传达)(?:不少于|至少)?\d*[次遍]?|做到\d*[%％]?|逢会"
)
_REAL = re.compile(
    r"《|验收|监理|公示|台账|合同|招标|抽[查检审]|考[核评勤]|签[字订到](?!责任状)|核[查对验]|登记|比对|审计|打卡|公开|询价|双人|一卡通|评审|档案|检测|巡|备案|质保|凭|第三方|牵头|会审|分离|签到|造册|三审|月报|点名|代发|专[户账]"
    r"|(?:补助|补贴|奖补|就业|救助|维修|养护|[县市省区]级)[一-龥]{2,6}(?:办法|制度|细则|规程)"
)
# Strictness without a word of how, how often or by whom: «严格考核», «加强监督检查».
_STRICT = re.compile(
    r"(?:严格|加强|强化|健全|完善|规范|严肃|落实)(?:绩效|监督|日常|内部|跟踪|资金)?(?:考核|验收|审核|检查|公示|公开|审计|评审|把关|台账|审批)(?:制度|管理|工作|力度|奖惩|问责|机制)*(?=$|[，,。；;、])"
)
_KNOWN_LAW = re.compile(
    r"政府采购|采购法|招投标|财务制度|财经纪律|财务管理|基本建设程序|内部控制|内控"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the safeguards cell that names nothing anybody could ask to see."""
    text = (form.safeguards or "").strip()
    own = _without_office_rules(text, form)
    named = _STRICT.sub("", without_empty_titles(without_general_laws(_PLEA.sub("", own))))
    if not text or _REAL.search(named):
        return
    told = _without_praise(without_empty_titles(without_general_laws(_STRICT.sub("", own))))
    known = bool(_KNOWN_LAW.search(told))
    left = substance(_SLOGAN.sub("", _KNOWN_LAW.sub("", told)))
    rest = re.sub(r"[\W\d_]+|和|与|及|并|、", "", left)
    hollow = len(rest) <= 3 or only_talk(own) or normalise(text) in _other_texts(form)
    if not hollow or (known and len(text) > 30):
        return
    yield Hit(
        field="safeguards",
        evidence=text,
        message=f"「保证项目实施的制度、措施」写的是「{text[:40]}{'…' if len(text) > 40 else ''}」，"
        + ("只提到通用制度，没有本项目的措施。" if known else "没有一项具体的制度或措施。"),
        advice="请写出制度名称和做法，如「《___管理办法》；采购、验收、付款分开；每月报送进度」。",
        severity="advice" if known else None,
    )


# Rules of any office, whatever its project does.
_OFFICE = re.compile(
    r"《[^》]*(?:考勤|请销?假|公文|值日|值班|办公用品|印章|保密|公务用车|公务接待|会议|学习|卫生)[^》]*》[、，,]?"
)


def _without_office_rules(text: str, form: Form) -> str:
    """The text without such rules, unless the project is about what they are for, or their titles
    name what it is about («《审计数据保密办法》»)."""
    about = pairs_of((form.project or "") + "|" + (form.overview or ""))
    return _OFFICE.sub(lambda m: m[0] if pairs_of(_OF_RULES.sub("|", m[0])) & about else "", text)


_OF_RULES = re.compile(
    r"[《》、，,]|管理|办法|制度|规定|规程|条例|细则|工作|处理|使用|机关|单位|党政|领用"
)
# Praise of one's own order, and the plea for a good mark.
_PRAISED = re.compile(
    r"(?:健全|完善|完备|齐全|有力|得力|得当|规范|可控|可靠|充分|到位|严密|严格|有效|合理|可行|扎实|良好|优良|优秀|过硬|明确|清晰|科学|先进|一流|突出|显著|零风险|有保障|(?:评|定|给予?)[为予]?优(?:秀|等)?|满分|高分|(?:要求|标准|条件))$"
)
_PLEA = re.compile(
    r"(?:完全|充分|全面|高度|均|已)*(?:符合|满足|达到)[^，,。；;]*(?:审核|评审|评分|评价|考核|绩效)[^，,。；;]*(?:要求|标准|条件|等次|等级)"
    r"|(?:建议|应当?|可|请)[^，,。；;]{0,6}(?:评|定|给|认定)[^，,。；;]*(?:优|满分|高分|[Aa]级|通过)[^，,。；;]*"
)
_CLAUSES = re.compile(r"[，,。；;！!\n]")


def _without_praise(text: str) -> str:
    """The text without clauses that only say how good everything is: «措施有力、风险可控»."""
    kept = (c for c in _CLAUSES.split(_PLEA.sub("", text)) if not _PRAISED.search(c.strip()))
    return "，".join(kept)


def _other_texts(form: Form) -> frozenset[str]:
    """The form's other texts: the goal said again is no measure."""
    texts = (form.goal.annual, form.goal.period, form.overview, form.necessity, form.plan)
    return frozenset(normalise(text) for text in texts if text)
