"""R415: a benefit row that only counts the unit's own work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.heads import bare_name
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="R415",
    name="把自己办的事当效益",
    checks="效益指标数的是单位自己开展、购置、印发了多少，没有说给谁带来什么变化。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="社会效益指标 开展培训：3次",
    good="社会效益指标 参训人员持证上岗率：≥85%",
    false_alarms=(
        "受益人数、覆盖率、就业人数、参观人次是别人得到的，不算。",
        "减少、避免、挽回的数，是变化，不算。",
        "培训后的持证、就业、增收，不算。",
    ),
    status="stable",
    label="misplaced",
)

_BENEFITS = frozenset(("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"))
_ACTS = re.compile(
    r"^(?:建设(?![期后中])|搭建|开展|举办|组织|召开|印发|印制|购置|采购|购买|配备|安装|编制|制作|录制|拍摄|撰写|编写|编印|组建|聘请|聘用|选聘|检查|巡查|巡护|核查|排查|督查|抽检|走访|慰问|张贴|刊发|推送|派发|发放(?!率)|铺设|更换|更新|新建|维修(?!纠纷)|改造|栽植|种植(?!户)|培训(?!后)|宣传(?!覆盖|知晓))"
    r"|(?:培训|会议|宣传|宣讲|检查|巡查|核查|排查|督查|演练|活动|讲座|座谈|推介|购置|采购|安装|印发|发放|走访|慰问|制作|录制|更换|维修|改造|建设|聘用)(?:次数|场次|期数|批次|数量|台数|份数|套数|人次|人数|户数|节数|[条个篇部集块座盏处]数)$"
)
_EFFECT = re.compile(
    r"受益|惠及|覆盖|就业|参观|接待|服务|满意|减少|避免|挽回|下降|降低|增|提高|带动|吸引|持证|取证|获奖|投诉|观众|日均|活动人次|率$|惠民|救治|救助|收入|产值|纠纷|签约|接入|(?:播放|浏览|阅读|点击|访问|曝光|转发|收听|收视|下载|关注|使用)(?:量|次数|人数|数)?$"
)
_OWN_UNITS = frozenset(
    "次 场 期 场次 期次 台 套 件 份 册 本 个 批 批次 条 篇 辆 块 人次 人 名 节 部 集 幅 面 座 盏 处 户 户次 家次 轮 株 张".split()
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield benefit rows whose name is an act of the unit and whose value counts it."""
    for index, row, target in ctx.rows():
        name = bare_name(row.name)
        if row.level2 not in _BENEFITS or target.change or target.base:
            continue
        if not _ACTS.search(name) or _EFFECT.search(name) or _EFFECT.search(row.value):
            continue
        if len(target.quantities) == 1 and target.quantities[0].unit in _OWN_UNITS:
            yield Hit(
                indicator=index,
                field="level2",
                evidence=row.level2,
                message=f"{cell(row)}数的是本单位自己办的事，不是效益。",
                advice="请移到数量指标；效益写谁得到什么、发生什么变化，如持证率、增收、事故下降。",
                proposals=(f"数量指标　{row.name}：{row.value}",),
                confidence=0.9,
            )
