"""T502: a 时效指标 that states only the year (2024年, 全年, 1年)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell, normalise
from scorer.targets import Target

RULE = Rule(
    code="T502",
    name="时效指标只写年度",
    checks="时效指标的值只是「2025年」「全年」「1年」「1月1日至12月31日」，没有办完的月份、频次或时限。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="设备到货时间：2025年",
    good="设备到货时间：2025年9月30日前",
    status="stable",
    false_alarms=(
        "租期、周期、时长、年限，年数就是答案，不算。",
        "值守、运行维护等常年的工作，只建议补频次或响应时限。",
        "「年底前」「12月底前」有月份，不算。",
        "多年项目写到以后某一年完工的，只提建议。",
    ),
)

_ONLY_YEAR = re.compile(
    r"(?:(?:19|20)\d\d\s*年?度?(?:内|全年|当年)?|(?:当|本|全)年度?内?|年内|年度内?|(?:1|一)\s*(?:个)?年(?:内)?|12个月|36[56]天|全年度|"
    r"(?:19|20)\d\d年度?(?:完成|前完成|内完成|期间))[。.]?"
)
# From the year's first day to its last: «2025年1月1日至12月31日», «1—12月».
_WHOLE_YEAR = re.compile(
    r"[自从]?(?P<year>20\d\d)?[年./-]?0?1(?:月份?|[./-])?(?:0?1日?)?起?(?:至|到|[-—–~～―]+)"
    r"(?P=year)?[年./-]?(?:当年)?12(?:月份?|[./-])?(?:31日?)?[底末]?(?:前|止|期间|内|完成)*[。.]?"
)
_BY_PLAN = re.compile(
    r"按照?(?:20\d\d年度?)?(?:工作|年度|既定|实施)?(?:计划|方案|进度|安排|要求)(?:完成|实施|执行|推进)?"
)
_LASTS = re.compile(r"(?:租期|周期|时长|年限|期限|寿命|质保期|保修期|[年月天]数)$")
_STEADY = re.compile(
    r"服务|运行|运转|维护|运维|值[班守]|保障|租|保洁|管护|养护|播出|开放|供应|监测|巡|补助|补贴|聘|协议|有效|周期|期限|工期|发放时间段|在岗"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield timeliness rows with nothing finer than a year."""
    for index, row, target in ctx.rows("时效指标"):
        if not _only_a_year(target.text):
            continue
        if _LASTS.search(row.name):
            continue
        steady = bool(_STEADY.search(row.name))
        mend = (
            "常年的工作请写频次或时限，如「每月___日前」「报修后 ___ 小时内」。"
            if steady
            else "请写到月或日，如「___月___日前」。"
        )
        mild = steady or ((ctx.facts.years or 1) > 1 and not _of_this_year(row, target, form))
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}填的是「{row.value}」，只有年度，一年里什么时候做完看不出来。",
            advice=mend,
            severity="advice" if mild else None,
        )


def _of_this_year(row: Indicator, target: Target, form: Form) -> bool:
    """Whether a row of the year says that year: the months of its own year are known."""
    years = {moment.year for moment in target.moments}
    return row.phase == "annual" and form.fiscal_year in years


def _only_a_year(value: str) -> bool:
    """Whether the value is one whole year, however it is written."""
    plain = _BY_PLAN.sub("", normalise(value).lstrip("=≤")) or normalise(value)
    dated = re.sub(r"\s", "", value).lstrip("=≤")
    return bool(_ONLY_YEAR.fullmatch(plain) or _WHOLE_YEAR.fullmatch(dated))
