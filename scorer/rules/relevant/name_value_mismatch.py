"""R407: the value cannot answer the name (完成时间: 120台; 人数: 98%)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form, Indicator
from scorer.heads import bare_name, head_of
from scorer.rules.asks import Ask, asked_by, name_holds_answer, offered
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.unmeasurable import percentage_of_an_idea
from scorer.rules.wording import cell
from scorer.targets import Quantity, Target

RULE = Rule(
    code="R407",
    name="名称和指标值对不上",
    checks="名称问的是一种东西，指标值答的是另一种：数量填成日期、时间填成百分比、率填成台数；或给算不出比例的事定百分比。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="设备到货时间：18套",
    good="设备到货时间：9月30日前",
    false_alarms=(
        "值里几样都写、其中一样答得上的，不算（「3期，结业率95%」）。",
        "较上年增减的幅度，答数量、费用、时长都可以，不算。",
        "满意度用问卷得分，比例写成「8处全部消除」，等于有比例，不算。",
        "计量单位写在名称里、值只有数的，不算。",
        "手续费、监理费等按金额的比例收取，写费率不算。",
        "安全感、获得感有民意调查可查，经济指标的增长幅度也不算。",
        "及时率、满意度等填「及时」「满意」，是没有量化，不是答错。",
    ),
    status="stable",
    topic="unverifiable",
    rank=30,
    label="incoherent",
)

_ASKS = {
    "rate": ("比例", "请填百分数，如「≥ ___ %」。"),
    "time": ("时间", "请填日期或时限，如「___月___日前」「≤ ___ 天」。"),
    "count": ("数量", "请填数和单位，如「≥ ___ 个」。"),
    "money": ("金额", "请填金额和单位，如「≤ ___ 元」。"),
}
_GIVES = {"rate": "百分比", "time": "时间", "count": "数量", "money": "金额", "repeat": "频次"}

# A share said in words: all of a counted set, or a part per something.
_WHOLE = re.compile(r"[全均都皆每各零无占]|一[巡检验]")
_SHARE = re.compile(r"占|比例|率")
_RELATIVE = re.compile(r"[较比由从]|同比|环比|的\d|市场|均价")
_INTEREST = re.compile(r"(?:融资|贷款|资金|担保|负债)[一-龥]{0,2}(?:成本|费)$")
# Fees that are charged on a sum of money, at a small part of it.
_CHARGED = re.compile(
    r"(?:手续|代理|代征|代办|归集|发行|承销|担保|监理|设计|勘[察测]|管理|审[计核]|评估|咨询|前期|交易|通道|保|保险|服务)费用?$"
)
_FEE = re.compile(r"费用?$")
_LARGEST_FEE = 10  # per cent
_PER_MANY = re.compile(r"每|[百千万亿][台人车户公辆件次元]")
_PRICED = re.compile(r"[元免价单]|[万亿]$|预算")
_TIMES_UNITS = frozenset("次 遍 轮 回 趟 次/年 次/月 点 声".split())
_MACHINES = frozenset(
    "台 套 辆 件 座 栋 间 株 棵 头 只 盏 册 本 张 块 台套 件套 部 艘 架 份 篇".split()
)
_HOUSEHOLDS = frozenset("户 家 个村 所 户家庭".split())
_MEASURES = {
    "area": re.compile(r"面积$"),
    "length": re.compile(r"(?:里程|长度|公里数|厚度|宽度|高度)$"),
    "weight": re.compile(r"(?:重量|吨数)$"),
    "volume": re.compile(r"体积$"),
    "time": re.compile(r"(?:天|月|时|年)数$"),
}
_SPANS = re.compile(r"[天日月时年]")
_PEOPLE = re.compile(r"(?:人数|人次)$")
# Places, bodies and machines, which nobody counts in persons.
_BODIES = re.compile(
    r"(?:村|乡镇|街道|社区|学校|园区|企业|单位|机构|小区|网点|站点|基地|河道|道路|场馆|医院|车辆|设备)(?:总?数量?|个数|家数|所数)$"
)
_PERSON_UNITS = frozenset("人 名 位".split())
_SESSIONS = re.compile(r"(?:场次|班次|批次|频[次率]|轮次|次数|期数|场数)$")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+[届期次]")

# Words of another kind: a grade or an attitude cannot say when, how many or how much.
_GRADE = re.compile(
    r"^(?:[一-龥]{0,4}(?:合格|优良|良好|优秀|通过|成功|准确|满意|达标)|优|良|质优|[一二三四五]星)$"
)
_ATTITUDE = re.compile(
    r"认真|负责|规范|从严|从实|严格|严查|仔细|热情|热烈|关心|关爱|用心|质量|安全|满意|一步到位"
)
_TEMPORAL = re.compile(
    r"[时期日月年季周天早晚听等待立刻延迟限尽先后前常久昼夜按视随赶抢节]|进度|同步|即|长期|定期|及时|快[办速]?$|5\+2"
)
_DEFERRED = re.compile(r"[按据视应尽多少若满足够增减提升降全每]|完成|一批")
_NOUN_END = re.compile(
    r"(?:[村镇乡县区市州省]|街道|社区|学校|单位|部门|企业|机构|班子|居民|群众|农户|家庭|人员|干部|职工|学生|教师|老人|儿童|党员"
    r"|军人|会员|类|规定|制度|通知|文件|方案)$"
)
_FEELING = re.compile(r"认真|负责|满意|关心|关爱|热情|省心|按时|及时|(?<!检验)合格$|优良$|一步到位")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose value is an answer to another question."""
    for index, row, target in ctx.rows():
        if target.kind in ("blank", "placeholder") or not row.name:
            continue
        if percentage_of_an_idea(row, target):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}说的是一种状态，算不出百分比或分数，「{row.value}」没有口径可核。",
                advice="请换成数得出来的事，如件数、次数、发生率、办结率、使用年限，再写要达到的数。",
                confidence=0.9,
            )
            continue
        asked = asked_by(row.name)
        if trouble := _reading_missed(row, target):
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}要用仪器测，填的「{row.value}」{trouble}，答不上名称。",
                advice="请填测得出的数和单位，如「≥ ___ 勒克斯」「≤ ___ 分贝」。名称写错的，请改名称。",
                confidence=0.9,
            )
            continue
        wrong = _wrong(row, target, asked) if asked else _wrong_for_class(row, target)
        if wrong is None:
            continue
        asked, given = wrong
        what, advice = _ASKS[asked]
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}问的是{what}，填的「{row.value}」{given}，答不上名称。",
            advice=advice + "名称写错的，请改名称。",
            confidence=0.95 if target.quantities or target.moments else 0.85,
        )


def _wrong(row: Indicator, target: Target, asked: Ask) -> tuple[Ask, str] | None:
    """(what is asked, how the value misses it) for a name that plainly asks; None if it fits."""
    given = offered(target)
    if not given:
        miss = _words_miss(target, asked)
    elif target.change or target.base or (asked == "money" and row.level2 == "时效指标"):
        miss = ""
    else:
        miss = _MISSES[asked](bare_name(row.name), target, given)
    return (asked, miss) if miss else None


def _words_miss(target: Target, asked: Ask) -> str:
    """How mere words miss the question, "" if they are only soft."""
    text = target.text.strip().lstrip("=＝≥≤ ")
    if target.kind in ("approved", "yes_no", "standard", "change") or asked == "rate":
        return ""
    grade = _GRADE.search(text) or (target.kind != "event" and _ATTITUDE.search(text))
    if asked == "time":
        if _TEMPORAL.search(text):
            return ""
        return "说的不是时间" if grade or _is_noun(text) else ""
    if asked == "count":
        if _ORDINAL.fullmatch(text):
            return "是第几次，不是数量"
        if _DEFERRED.search(text) and not (_is_noun(text) and text[0] in "全各"):
            return ""
        return "不是数量" if grade or _is_noun(text) else ""
    return "不是金额" if _FEELING.search(text) else ""


def _is_noun(text: str) -> bool:
    return bool(_NOUN_END.search(text)) or text in ("各村", "全区", "全县", "全市")


def _rate_missed(name: str, target: Target, given: frozenset[str]) -> str:
    text = target.text
    if "rate" in given or (_WHOLE.search(text) and (target.quantities or "time" not in given)):
        return ""
    first = target.quantities[0] if target.quantities else None
    if first and _PER_MANY.search(name):
        return ""
    if first and not first.unit:
        return "不是百分数" if first.value > 1000 else ""
    if first and (first.unit == "分" or "/" in first.unit):
        weight = first.value <= 20 and "满分" not in text and _bare(target)
        return "像是分值权重" if first.unit == "分" and weight else ""
    return f"是{_said(given)}"


def _time_missed(name: str, target: Target, given: frozenset[str]) -> str:
    if given & {"time", "repeat"} or any(not q.unit for q in target.quantities):
        return ""
    if all(q.unit in _TIMES_UNITS for q in target.quantities):
        return ""
    return f"是{_said(given)}"


def _count_missed(name: str, target: Target, given: frozenset[str]) -> str:
    if given == {"rate"}:
        return "" if _SHARE.search(name + target.text) else "是百分比"
    if given == {"time"} and not target.quantities:
        return "是日期" if len(target.moments) == 1 else ""
    if given == {"money"}:
        return (
            "是金额" if (_PEOPLE.search(name) or _SESSIONS.search(name) or "天数" in name) else ""
        )
    if given == {"count"}:
        return _unit_missed(name, target.quantities)
    return ""


def _unit_missed(name: str, quantities: tuple[Quantity, ...]) -> str:
    """How the units of all numbers miss a count of people, of sessions or a measure."""
    units = {q.unit for q in quantities}
    kinds = {q.unit_kind for q in quantities}
    said = "、".join(sorted(units))
    for kind, pattern in _MEASURES.items():
        if pattern.search(name):
            spans = kind == "time" and _SPANS.search(said)
            other = kinds and kinds <= _OTHER_KINDS - {kind} and not spans
            return f"单位是「{said}」" if other else ""
    if name.endswith("人数") and units <= _HOUSEHOLDS:
        return f"单位是「{said}」"
    if _BODIES.search(name) and units <= _PERSON_UNITS:
        return f"单位是「{said}」"
    if _PEOPLE.search(name) and (units <= _MACHINES or kinds <= _OTHER_KINDS - {"count"}):
        return f"单位是「{said}」"
    if _SESSIONS.search(name) and units <= _MACHINES:
        return f"单位是「{said}」"
    return ""


_OTHER_KINDS = frozenset(("count", "area", "length", "weight", "volume"))


def _money_missed(name: str, target: Target, given: frozenset[str]) -> str:
    text = target.text
    if "money" in given or _RELATIVE.search(text) or _PRICED.search(text):
        return ""
    if given == {"rate"} and (
        _SHARE.search(name + text) or _INTEREST.search(name) or _fee_on_a_sum(name, target)
    ):
        return ""
    if any(not q.unit for q in target.quantities):
        return ""
    return f"是{_said(given)}"


def _fee_on_a_sum(name: str, target: Target) -> bool:
    """Whether the value is the rate of a fee («手续费 ≤0.6‰», «监理费 ≤2%»)."""
    if not _FEE.search(name):
        return False
    charged = _CHARGED.search(name) is not None
    return all(
        q.unit == "‰" or (charged and q.unit == "%" and q.value <= _LARGEST_FEE)
        for q in target.quantities
    )


# What an instrument reads, which no number of things can answer.
_READING = re.compile(
    r"(?:照度|亮度|温度|水温|室温|气温|湿度|噪[声音](?:值|级)?|分贝|压力|水压|气压|风压|电压|电流|浓度|(?<![车客人物])流量|流速|风速|水位|带宽|网速|时速|车速|酸碱度|pH值?|透明度|浊度|厚度|深度|宽度|高度)$",
    re.IGNORECASE,
)
_OF_PERSONS = frozenset("人 名 位 人次 场 次 场次 期 条 家 户 个 元 万元".split())


def _reading_missed(row: Indicator, target: Target) -> str:
    """«课桌面平均照度 ≥300间»: a count of things where a reading is asked for."""
    if target.change or not target.quantities or not _READING.search(bare_name(row.name)):
        return ""
    units = {q.unit for q in target.quantities}
    things = units <= _MACHINES | _HOUSEHOLDS | _OF_PERSONS
    return f"单位是「{'、'.join(sorted(units))}」" if things else ""


_MISSES = {
    "rate": _rate_missed,
    "time": _time_missed,
    "count": _count_missed,
    "money": _money_missed,
}


def _said(given: frozenset[str]) -> str:
    return "、".join(_GIVES[k] for k in ("time", "repeat", "rate", "money", "count") if k in given)


# --- names that ask nothing plainly: the class and the head word decide ----------

_PUNCTUAL = re.compile(r"及时|按时|按期|准时|如期|准点|进度|情况|质量|效果|评价|水平")
_ACT = re.compile(
    r"(?:报名|归档|审计|统计|核定|盘点|签约|签订|验收|招标|评标|施工|调试|检查|排查|复查|普查|摸底|征集|高峰|布展|闭幕|开幕|开馆|结业|审批|审查"
    r"|审核|申报|公示|公告|告知|送检|付款|缴费|缴纳|入账|对账|整理|到岗|上岗|进场|过户|接种|注射|配送|发运|回收|流程|查处|整治|拆除|交割)$"
)
_PASSED = re.compile(r"通过|脱[检保]|[零0][件辆起次]")
_DATED = re.compile(r"[时日期]$|时间|日期|节点")
_SAMPLED = re.compile(r"抽|查$|密度|浓度|水分|坡度|比|率|度$|覆盖")
_QUALITY = re.compile(r"[一-龥](?:性|路面|地面|墙面|结构)$")
_THING = re.compile(
    r"(?:[机器车仪瓶带箱柜板桌椅灯泵管牌屋楼桥树苗书册员柱杆阀炉船艇衣帽鞋]|[商门]店|用户|农户|商户|站点|网点|设备|装备|物资|人员|队伍?|对象|群众)$"
)
_PERSONS = re.compile(
    r"(?:选手|学员|队员|人员|教师|职工|群众|对象|代表|专家|志愿者|[^官成会议委]员)$"
)


def _wrong_for_class(row: Indicator, target: Target) -> tuple[Ask, str] | None:
    """The same for a name that asks nothing plainly, by its class and head word."""
    name = bare_name(row.name)
    if _PUNCTUAL.search(name) or name_holds_answer(name):
        return None
    given = offered(target)
    head = head_of(name)
    asks = head.asks if head else ()
    if row.level2 == "时效指标":
        miss = _act_missed(name, target, given, asks)
        return ("time", miss) if miss else None
    if row.level2 == "数量指标":
        miss = _thing_missed(name, target, given, asks)
        return ("count", miss) if miss else None
    if given == {"time"} and not target.quantities and _bare(target):
        rated = "rate" in asks and not {"time", "event"} & set(asks)
        return ("rate", "是日期") if rated or _QUALITY.search(name) else None
    return None


def _act_missed(name: str, target: Target, given: frozenset[str], asks: tuple[str, ...]) -> str:
    """An act under 时效 (补助发放, 主体完工) with a bare number of something or a grade."""
    if not given:
        return "说的是好坏，不是时间" if target.kind == "scale" else ""
    acts = "time" in asks or _ACT.search(name)
    if given & {"time", "repeat"} or not acts or target.change or _PASSED.search(target.text):
        return ""
    if any(not q.unit or q.unit in _TIMES_UNITS for q in target.quantities):
        return ""
    if given == {"rate"} and "rate" in asks and "试" not in name:
        return ""
    return f"是{_said(given)}" if _bare(target) else ""


def _thing_missed(name: str, target: Target, given: frozenset[str], asks: tuple[str, ...]) -> str:
    """A thing under 数量 (档案盒购置, 参会企业) with a date, a share or a grade."""
    counted = asks == ("count",) or bool(_THING.search(name))
    if not given:
        return "说的是好坏，不是数量" if target.kind == "scale" else ""
    if target.change or target.base:
        return ""
    if given == {"time"} and not target.quantities:
        return "是日期" if counted and not _DATED.search(name) and _bare(target) else ""
    if given <= {"time", "repeat"} and not target.quantities and _THING.search(name):
        return f"是{_said(given)}" if not _DATED.search(name) else ""
    if given == {"rate"} and not _SAMPLED.search(name) and _bare(target):
        # «重要信息收集 =100%» is read as «all done» (A304 speaks of that), «≥60%» as nothing.
        part = target.quantities[0].value < 100
        counts = counted or (part and asks and not {"rate", "event", "grade"} & set(asks))
        return "是百分比" if counts else ""
    if given == {"count"} and _PERSONS.search(name) and _units(target) <= _MACHINES:
        return f"单位是「{'、'.join(sorted(_units(target)))}」"
    return ""


def _units(target: Target) -> set[str]:
    return {q.unit for q in target.quantities}


def _bare(target: Target) -> bool:
    """Whether number or date make up nearly the whole value."""
    spans = [q.span for q in target.quantities] + [m.span for m in target.moments]
    covered = sum(end - start for start, end in spans)
    return len(target.text.strip()) - covered <= 4
