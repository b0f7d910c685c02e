"""A311: «工作完成率 = 100%»: a rate of nothing in particular, met by doing one's job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import BENEFIT, Form, Indicator
from scorer.heads import bare_name
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell
from scorer.targets import Target

RULE = Rule(
    code="A311",
    name="空转的完成率",
    checks="完成率、落实率、保障率没有说是哪件事，目标又是100%：只是说自己会把工作做完。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="数量指标 工作完成率：=100%",
    good="数量指标 走访困难退役军人：≥240户",
    status="stable",
    false_alarms=(
        "说了是哪件事的（病害路面修复完成率、危房改造竣工率），不算。",
        "必须做到的（应发尽发率、发放准确率、验收合格率），不算。",
    ),
    topic="unverifiable",
    rank=70,
)

# Rates of doing one's own work, where 99 % says no more than 100 %.
_OWN = re.compile(r"(?:完成|出具|保障|执行|落实|开展|实施|到位|按时|按期|推进)率$")
_NEARLY_ALL = 98  # per cent
_NOTHING = "年度|全年|本年|当年|各项|全部|日常|重点|主要|相关|中心|整体|总体|绩效|既定|计划|目标|任务|工作|项目|指标"
_HOW = "按时|按期|按计划|及时|如期|圆满|全面"
_END = "完成|落实|实现|执行|达成|达标|推进|保障|覆盖|到位|开展"
_IDLE = re.compile(
    rf"(?:{_NOTHING})*(?:{_HOW})?(?:{_END})(?:情况|程度)?率?"
    rf"|(?:{_NOTHING})*(?:工作|任务|计划)(?:质量)?(?:合格|达标|及时|按时|按期|准时|规范|优良)率"
)
# «普查工作完成率», «监测预警工作按时开展率»: the work of the unit, and no thing that it does.
_OWN_WORK = re.compile(
    rf"工作(?:{_HOW})?(?:完成|落实|执行|达成|达标|推进|开展|保障|到位)(?:情况|及时)?率$"
)
# Of a benefit: «农民增收工作实现率», «产业发展推进率».
_PROCESS = re.compile(
    r"(?:工作|任务|目标)(?:实现|推进|落实|完成|达成|执行|开展|保障)率$|(?:实现|推进|促进|推动|达成|开展)率$"
)
# How far one keeps one's own rules: «防疫工作制度执行率».
_OWN_ORDER = re.compile(
    r"(?:制度|规定|规程|职责|要求|流程|责任|精神|决策|部署)(?:的)?(?:执行|落实|贯彻|健全|完善|到位)率$"
)
# A rate of what nobody counts: «市场公平维护率», «计量事业发展促进率», «长效机制建立率».
_OF_A_WISH = re.compile(
    r"(?:公平|正义|稳定|和谐|秩序|民生|福祉|事业|经济|社会|发展|振兴|文明|氛围|形象|风气|长效机制|机制|体系|格局|影响力|公信力|凝聚力|生态)"
    r"(?:有效|持续)?(?:维护|促进|推动|推进|保障|提升|增强|弘扬|健全|建立|完善|带动|优化|巩固|发挥|改善|形成|构建)率$"
)
# «机关正常运转保障率»: of the office, which nobody counts; of a plant or a device it is measured.
_RUNNING = re.compile(
    r"(?:机关|单位|部门|机构|中心|党委|政府|村级组织|各项工作|日常工作)[一-龥]{0,4}(?:运转|运行)(?:保障|维持)?率$"
)
# A phrase with «率» behind it: «为领导决策提供依据率», «促进社会和谐稳定率».
_PHRASE = re.compile(
    r"^(?:为.{2,12}提供.{0,6}(?:依据|保障|支持|支撑|参考|服务)|(?:促进|推动|维护|增强|服务)[^率]*(?:发展|稳定|和谐|振兴|提升|大局|公平))率$"
)
_EFFECT = re.compile(r"(?:社会|经济|生态|预期)?效益(?:实现|达成|完成|达标)率")
_IDLE_BENEFITS = (_PROCESS, _OF_A_WISH, _RUNNING, _PHRASE)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield =100 % rows whose name says no object."""
    for index, row, target in ctx.rows():
        if idle(row, target):
            yield Hit(
                indicator=index,
                field="name",
                message=f"{cell(row)}没有说是哪件事，填「{row.value}」只是说会把工作做完。",
                advice="请换成这个项目自己的数：办几件、办到什么程度、什么时候办完。",
            )


def says_all(row: Indicator, target: Target) -> bool:
    """Whether a row asks for =100 %, or for nearly all of one's own work."""
    least = _NEARLY_ALL if _OWN.search(row.name) else 100
    return any(q.unit == "%" and q.value >= least for q in target.quantities)


def idle(row: Indicator, target: Target) -> bool:
    """Whether a row only says that the whole of one's work will be done."""
    if not says_all(row, target):
        return False
    name = bare_name(row.name).strip()
    if row.level1 == BENEFIT and any(p.search(name) for p in _IDLE_BENEFITS):
        return True
    found = _IDLE.fullmatch(name) or _EFFECT.fullmatch(name)
    return bool(found or _OWN_ORDER.search(name) or _OWN_WORK.search(name))
