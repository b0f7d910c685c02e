"""X603: work that comes back every year is declared 一次性 (or building work 经常性)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.recurrence import kind_of

RULE = Rule(
    code="X603",
    name="经常性工作填成一次性项目",
    checks="项目属性填一次性，而名称、立项依据或发放办法说的是每年都有的工作；或建设类项目填成经常性。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="项目名称：办公设备运行维护费。项目属性：一次性项目",
    good="项目名称：办公设备运行维护费。项目属性：经常性（延续）项目",
    false_alarms=(
        "名称里既有经常性的词又有一次性的词（普查工作经费、运行平台建设），不判断。",
        "当地要求按年度一律填一次性的，三张以上的表合成一句，请单位统一说明。",
        "项目期超过一年的一次性项目，不在此列。",
    ),
    status="stable",
    summary="{n}个项目是每年都有的工作，项目属性却都填「{evidence}」：{projects}。",
)

_ONE_OFF = re.compile(r"一次性")
_RECURRENT = re.compile(r"经常性|常年性|延续")
_CONTINUED = re.compile(r"延续(?:性)?项目|经常性项目|上年延续|历年延续")
_BASIS_SAYS = "立项依据写的是「{}」"
_MONTHLY = re.compile(
    r"(?:按|逐|每)(?:月|季度?)(?:.{0,6}(?:发放|支付|拨付|兑付|一次)|$)|常年聘[用请]"
)
_EVERY_YEAR = re.compile(r"常年|年年|每年(?:都|均|需|要|安排|开展|发放|举办|组织)|逐年安排")
# Subsidies are paid once or for ever: the name alone does not tell.
_EITHER_WAY = frozenset(("补助", "补贴", "慰问", "以奖代补"))
_PAID_ON = re.compile(r"每月|按月|逐月|按季|每季|每年|月发|遗属|抚恤")
_BUILDS = re.compile(r"新建|扩建|改建|迁建|重建|修缮|大修|改造工程|建设工程|建设项目$|购置$")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one hit where the attribute and the rest of the form disagree."""
    attribute, name = form.attribute or "", form.project or ""
    if _ONE_OFF.search(attribute) and (ctx.facts.years or 1) == 1:
        if reason := _comes_back(form, name):
            yield Hit(
                field="attribute",
                evidence=attribute,
                message=f"{reason}，项目属性却填「{attribute}」。",
                advice="请改为经常性（延续）项目；当地要求按年度一律填一次性的，请在说明里统一交代。",
                severity="advice" if _said_by_nothing_else(form, reason) else None,
            )
    elif _RECURRENT.search(attribute) and kind_of(name)[0] == "one_off" and _BUILDS.search(name):
        yield Hit(
            field="attribute",
            evidence=attribute,
            message=f"「{name}」是办完就结束的建设、购置项目，项目属性却填「{attribute}」。",
            advice="请改为一次性项目；每年都要办的，请在概况里写明每年的量。",
            severity="advice",
        )


def _said_by_nothing_else(form: Form, reason: str) -> bool:
    """A basis of this one word costs its points as a weak basis (R408): not twice."""
    basis = (form.basis or "").strip("。；; ")
    return reason == _BASIS_SAYS.format(basis)


def _comes_back(form: Form, name: str) -> str:
    """Why the work comes back every year, "" where nothing says so."""
    kind, word = kind_of(name)
    if match := _CONTINUED.search(form.basis or ""):
        return _BASIS_SAYS.format(match[0])
    told = f"{name}{form.overview or ''}{form.plan or ''}"
    if kind == "recurrent" and (word not in _EITHER_WAY or _PAID_ON.search(told)):
        return f"「{word}」是每年都有的工作"
    rows = [row.value for row in form.indicators if row.level2 == "时效指标"]
    if kind != "one_off":
        for text in (form.plan or "", *rows):
            if match := _MONTHLY.search(text):
                return f"表里写了「{match[0]}」，是每年都有的工作"
        if match := _EVERY_YEAR.search(form.overview or ""):
            return f"项目概况写了「{match[0]}」，是每年都有的工作"
    return ""
