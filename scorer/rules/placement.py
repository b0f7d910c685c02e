"""The level-2 class of rows whose name and value leave no doubt, whatever is printed.

Kind of name against kind of value: «…及时率» is 时效 wherever it stands, a date by which
something is finished too; a counted thing is no 质量, a price no 数量; and what the unit itself did so
and so many times is no benefit. Where the two do not settle it, nothing is said.
"""

from __future__ import annotations

import re

from scorer.forms import Indicator
from scorer.heads import bare_name
from scorer.targets import Target

BENEFITS = frozenset(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"))
_COSTS = frozenset(("成本指标", "经济成本指标"))
_OUTPUTS = frozenset(("数量指标", "质量指标", "时效指标", *_COSTS))
_SATISFACTION = "服务对象满意度指标"

_TIMELY = re.compile(r"(?:及时|按时)(?:率|性|度)$")
_DONE = re.compile(
    r"(?:时间|日期|期限|时限|节点|进度|工期|周期)$"
    r"|完成|建成|竣工|完工|交付|到货|到位|开工|启动|召开|举办|报送|上报|发放|拨付|支付|投用|印发|出版|移交|下达|公示|结项|上线"
)
_MEASURED = re.compile(r"(?:率|数|数量|金额|标准|单价|面积|里程|人次|合格|质量)$")
_QUALITY = re.compile(r"(?:合格|达标|优良|优秀|准确|正确|完好)率$")
_SATISFIED = re.compile(r"满意[度率]$")
_PRICE = re.compile(r"(?:单价|造价|均价|成本|费用|[水电运修护务训议旅刷询理计酬租油]费)$")
_COUNTED = re.compile(r"(?:人数|人次|户数|次数|数量|面积|里程|台数|份数|个数|家数|期数|场次|单位)$")
# Counts of what went wrong are quality, and who is satisfied may be counted.
_NO_OUTPUT = re.compile(r"[零不无错断漏每频]|事故|投诉|返工|故障|缺陷|[死伤]亡|发生|失误|问题|满意")
_OWN_ACT = re.compile(
    r"^(?:走访|慰问|收运|清运|发放|推送|巡护|抽查|排查|组织|举办|上门)"
    r"|(?:检查|巡查|抽检|抽查|演练|宣讲|走访|慰问|讲座|座谈会|推介会|培训班?|宣传活动|巡护|回访)$"
)
# What the unit did, counted by those it was done to: 接种针次, 法律援助案件数.
_ACT_COUNT = re.compile(
    r"(?:筛查|改造|侦破|破获|接种|法律援助|检查|走访|发放|培训|清运|修复|维修|安装|鉴定|调解|审理|巡查|抽查|检验|评审|宣讲)"
    r"[一-龥]{0,2}(?:(?<!种)数|数量|人次|针次|户次)$"
)
_EFFECT = re.compile(
    r"后|率|均|受益|惠及|覆盖|就业|满意|投诉|纠纷|观众|吸[纳引]|带动|[减降增]|提高|避免|挽回"
)
_TIMES = frozenset("次 场 期 场次 期次 家次 户次 人次 批次 站次 轮 课时 户 吨 份".split())


# What only an instrument in nature tells, no account: pH of the soil, PM2.5 of the air.
_OF_NATURE = re.compile(
    r"(?:土壤|水体|河[流道]|耕地|空气|大气|断面)[一-龥]{0,4}(?:pH|酸碱度|有机质|含量|浓度|质量|水质)|PM2\.?5|PM10|水质(?:类别|达标率?|等级)?$|空气(?:质量)?优良|植被覆盖|森林覆盖|林草覆盖|水土流失|氨氮|化学需氧量|COD|碳排放|二氧化碳",
    re.IGNORECASE,
)


def plain_class(row: Indicator, target: Target) -> str:
    """The class in which the row plainly belongs where another is printed, else "".

    Costs are called 成本指标 here; a form of the newer system calls them 经济成本指标.
    """
    name, printed = bare_name(row.name), row.level2
    if printed in BENEFITS:
        if name.endswith(("时间", "日期")) and _is_deadline(name, target):
            return "时效指标"
        if _is_own_act(name, target):
            return "数量指标"
        natural = printed == "经济效益指标" and _OF_NATURE.search(name)
        return "生态效益指标" if natural and target.kind != "money" else ""
    if printed == _SATISFACTION:
        return "数量指标" if _is_count(name, target) else ""
    if printed not in _OUTPUTS:
        return ""
    right = _of_output(name, target)
    same = right == printed or (right == "成本指标" and printed in _COSTS)
    return "" if same else right


def _of_output(name: str, target: Target) -> str:
    """The class that an output's name and value tell, "" if they leave it open."""
    if _TIMELY.search(name) or _is_deadline(name, target):
        return "时效指标"
    if _SATISFIED.search(name):
        return _SATISFACTION
    if _QUALITY.search(name):
        return "质量指标"
    if _PRICE.search(name) and target.kind == "money":
        return "成本指标"
    return "数量指标" if _is_count(name, target) else ""


def _is_deadline(name: str, target: Target) -> bool:
    """Whether the value is a mere date for the thing of the name to be done."""
    dated = target.kind == "time" and not target.quantities
    named = any(m.month or m.day or m.quarter for m in target.moments)
    return dated and named and bool(_DONE.search(name)) and not _MEASURED.search(name)


def _is_count(name: str, target: Target) -> bool:
    """Whether the row counts or measures things that were done, with a floor if any."""
    if not _COUNTED.search(name) or _NO_OUTPUT.search(name):
        return False
    return _amounts(target, "/") and target.quantities[0].comparator not in ("≤", "<")


def _is_own_act(name: str, target: Target) -> bool:
    """Whether the row only counts how often the unit itself did something, or to how many."""
    if _EFFECT.search(name + target.text) or not _amounts(target):
        return False
    if _ACT_COUNT.search(name):
        return target.quantities[0].comparator not in ("≤", "<")
    return bool(_OWN_ACT.search(name)) and target.quantities[0].unit in _TIMES


def _amounts(target: Target, barred: str = "\0") -> bool:
    """Whether the value is one counted or measured amount, no change, no rate of units."""
    quantity = target.only
    if quantity is None:
        return False
    things = quantity.unit_kind in ("count", "area", "length", "weight", "volume")
    return things and quantity.value > 0 and barred not in quantity.unit
