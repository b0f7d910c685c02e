"""What a row counts: its number, and the thing and the act that its name says.

Several rules ask whether two places speak of the same thing; they all part a name alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scorer.heads import bare_name
from scorer.rules.stated import THINGS
from scorer.targets import Quantity, Target

_MEASURE = re.compile(
    r"(?:总?[人户家个台套辆份册卷页条篇本幅张株头只盏座处间栋期场次班件起宗批组亩吨支项]数|公里数|米数|总?数量|总?人次|场次|期次|面积|长度|里程|[土石]?方[量数]|总量|总数)$"
)
_VERBS = (
    "除险加固|清淤|清除|清掏|适配|加固|补植|抚育|管护|抽检|抽查|新建|建设|建成|修建|购置|采购|购买|更换|更新|新增|覆盖|完成|开展|组织|举办|培训|发放|救助|维护|维修|改造|安装|聘请|选聘|聘用|巡查|巡察"
    "|检测|监测|消除|拆除|整治|治理|清理|清运|走访|慰问|资助|补助|服务|印制|制作|扶持|引进|创建|实施|铺设|配备|配置|升级|接待|受理|办理"
    "|审查|代理|开工|启动|招募|参加|参与|参会|入驻|派驻|到位|召开|编制|种植|栽植|疏浚|养护|租用|租赁|签约|注销|翻新|装修|投放|推广|调解|评审|审计|救治|治疗|筛查|接种|防治|修缮|惠及|受益"
)
ANY_VERB = re.compile(_VERBS)
_VERB_FIRST = re.compile(rf"(?:{_VERBS})(?=..)")
_VERB_LAST = re.compile(rf"(?<=..)(?:{_VERBS})$")
_SOFT_START = re.compile(r"^(?:全年|年度|当年|本年|计划|年内|\d{4}年度?)+")
_SAME_UNIT = {
    "名": "人",
    "位": "人",
    "人员": "人",
    "个人": "人",
    "所": "个",
    "处": "个",
    "家": "个",
    "座": "个",
    **dict.fromkeys(("km", "KM", "Km", "千米"), "公里"),
    **dict.fromkeys(("㎡", "m²", "m2", "M2", "平米", "平方"), "平方米"),
    **dict.fromkeys(("m³", "m3", "M3", "M³", "立方", "立米", "方"), "立方米"),
}


def counted(target: Target) -> Quantity | None:
    """The one count or measure of a value, None for anything else."""
    quantity = target.only
    if quantity is None or target.frequency:
        return None
    if quantity.unit_kind not in THINGS or quantity.high is not None or "/" in quantity.unit:
        return None
    extra = len(target.text.strip()) - (quantity.span[1] - quantity.span[0])
    return quantity if quantity.value > 0 and extra <= 2 else None


@lru_cache(maxsize=16384)
def core_of(name: str) -> str:
    """The thing a name counts: without measure words and fillers."""
    return _SOFT_START.sub("", _MEASURE.sub("", bare_name(name)))


def same_unit(unit: str) -> str:
    """One word for units that count alike: 名 and 人, 处 and 个, km and 公里."""
    return _SAME_UNIT.get(unit, unit)


@lru_cache(maxsize=16384)
def parts_of(core: str) -> tuple[tuple[str, ...], str]:
    """The verbs at both ends of a core, and the noun between: «外窗更换» -> (更换,), 外窗."""
    verbs = []
    while m := _VERB_FIRST.match(core):
        verbs.append(m[0])
        core = core[m.end() :]
    while m := _VERB_LAST.search(core):
        verbs.append(m[0])
        core = core[: m.start()]
    return tuple(verbs), core
