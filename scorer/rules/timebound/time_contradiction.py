"""T503: a date that cannot be: before the project, after its end, another year's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scorer.forms import Form, Indicator
from scorer.rules.calendar import Span, first_month, last_month, project_span, stated_year
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Target

RULE = Rule(
    code="T503",
    name="时间与项目期、年度矛盾",
    checks="完成时间早于项目开始、晚于项目期，工期比项目期还长，目标或计划里留着别的年度。",
    item="实现可能性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="2025年度项目，设备到货时间：2023年12月前",
    good="2025年度项目，设备到货时间：2025年9月30日前",
    false_alarms=(
        "多年项目在项目期内的以后年度，不算。",
        "质保、管护、协议续签、下年结算和绩效评价的日期，可以晚于项目期。",
        "「较2024年」「2024年为25分钟」是对比的基数，不算。",
        "文号〔2022〕、立项批复的年份、填报日期是上一年的，不算。",
    ),
    status="stable",
    label="incoherent",
)

# Dates of these lie outside the project by nature, and benefits come after it.
_LATER = re.compile(
    r"质保|保修|结算|决算|尾款|清算|审计|评价|续签|续聘|签至|协议|合同|执行至|延续|有效期|使用|运营|运维|偿还|还款|管护|养护|次年|下年|来年"
    r"|滚动|整改|移交|质量保证|缺陷责任|保存"
)
_BASELINE = re.compile(r"[较比对与]|征订|订阅|预订|基[数期准]|测算|监测值|以来|同口径|版|届")
_OUTPUTS = frozenset(("数量指标", "质量指标", "时效指标", "成本指标", "经济成本指标"))
_LASTING = re.compile(
    r"轮换|轮岗|任职|质保|保修|质量保证|保存|使用|服务|维护|有效|租|更新|周期|年限|响应|寿命|存续|合作|协议|运营|聘|任期|保管|观察|随访|缺陷|反馈|申请"
    r"|频|期数|周年|历史|管护|养护|追溯|跟踪|回访|监测|近[二三两]年|每"
)
_MONTHS_OF_UNIT = {"年": 12, "个月": 1, "月": 1, "个季度": 3, "季度": 3}
_SEASONS = (
    (re.compile(r"春[季耕播防]|春节前|春运"), range(1, 7)),
    (re.compile(r"夏[季收粮]|三夏"), range(4, 10)),
    (re.compile(r"秋[季收播防粮]|三秋"), range(7, 13)),
    (re.compile(r"汛前|汛期前"), range(1, 8)),
    (re.compile(r"上半年"), range(1, 7)),
    (re.compile(r"下半年"), range(7, 13)),
)
# A year that opens a clause of work to be done: «2023年完成…», «2023年3月招标».
_TASK_YEAR = re.compile(
    r"(?:^|[。；;，,：:（(\n]|\d[.、])\s*(?:在|于|到|至|计划|力争)?(20\d\d)年度?(?=\d{1,2}(?:[-—–~～至到]\d{1,2})?月|[上下]半年|[一二三四第]|全年|内|底|末|年?[底末]前|计划|完成|实施|开展|组织|采购|建设)"
)
_ANY_YEAR = re.compile(r"(20\d\d)\s*(?=年|[-—~至.]\s*\d)")
_DONE = re.compile(r"已|以来|立项|批复|印发|下达|决算|实际|较|比")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows and text fields whose dates contradict the project's own."""
    form = replace(form, fiscal_year=form.fiscal_year or stated_year(form))
    span = project_span(form)
    for index, row, target in ctx.rows():
        trouble = _row_trouble(form, row, target, span)
        if trouble:
            yield Hit(
                indicator=index,
                field="value",
                message=f"{cell(row)}填的是「{row.value}」，{trouble}。",
                advice="请核对年份和月份；属于以前年度的内容请换成本年度的。",
            )
    if form.fiscal_year is not None:
        yield from _left_over_years(form, form.fiscal_year, span)


def _row_trouble(form: Form, row: Indicator, target: Target, span: Span | None) -> str:
    """What is wrong with the time of one row, "" if nothing can be shown to be."""
    if target.change or target.base or any(q.unit_kind != "time" for q in target.quantities):
        return ""
    if row.level2 in _OUTPUTS and not _BASELINE.search(row.name + target.text):
        if dated := _outside(form, row, target, span):
            return dated
        if (
            row.level2 == "时效指标"
            and span
            and span.exact
            and (too_long := _too_long(row, target, span))
        ):
            return too_long
    return _out_of_season(row, target)


def _outside(form: Form, row: Indicator, target: Target, span: Span | None) -> str:
    """A date before the project or its year, or after its end."""
    ends = [m for moment in target.moments if (m := last_month(moment)) is not None]
    starts = [m for moment in target.moments if (m := first_month(moment)) is not None]
    if not ends:
        return ""
    year = form.fiscal_year
    if row.phase == "annual" and year is not None and max(ends) // 12 < year:
        return f"早于{year}年度"
    if span and max(ends) < span.first:
        return f"早于{_when(form)}"
    if span and max(starts) > span.last and not _LATER.search(row.name + row.value):
        return f"晚于{_when(form)}"
    return ""


def _when(form: Form) -> str:
    """The time that the form is for, as a person says it: its dates, else its year."""
    period = form.period or ""
    if re.search(r"20\d\d", period) or form.fiscal_year is None:
        return f"项目期（{period}）"
    return f"本表的{form.fiscal_year}年度"


def _too_long(row: Indicator, target: Target, span: Span) -> str:
    """A time to finish that is longer than the whole project."""
    if target.frequency or target.moments or _LASTING.search(row.name + row.value):
        return ""
    for quantity in target.quantities:
        months = (quantity.high or quantity.value) * _MONTHS_OF_UNIT.get(quantity.unit, 0)
        if months > span.months and quantity.comparator not in ("≥", ">"):
            return f"比项目期（{span.months}个月）还长"
    return ""


def _out_of_season(row: Indicator, target: Target) -> str:
    """A month that the season in the name does not have."""
    months = [m.month for m in target.moments if m.month]
    if not months or target.frequency:
        return ""
    for season, allowed in _SEASONS:
        if (found := season.search(row.name)) and not any(m in allowed for m in months):
            return f"与名称里的「{found[0]}」对不上"
    return ""


_WORK = re.compile(
    r"(?:开始|全面|陆续|组织|完成)?(?:开工|施工|动工|启动|招标|采购|安装|建设|实施|开展|发放|培训|完工|竣工|建成|完成|上线|投用)"
)


def _late_work(text: str, span: Span) -> str:
    """The first words that date work of the project after its end, "" for none."""
    for found in _TASK_YEAR.finditer(text):
        clause = re.split(r"[，,。；;\n]", text[found.start(1) :])[0]
        late = int(found[1]) > max(span.years())
        if late and _WORK.search(clause) and not (_LATER.search(clause) or _DONE.search(clause)):
            return clause
    return ""


def _left_over_years(form: Form, year: int, span: Span | None) -> Iterator[Hit]:
    """Goal and plan that speak of work of another year, and of no year of the project."""
    own = set(span.years()) if span else set()
    for field in ("goal_annual", "goal_period", "plan"):
        text = form.text(field) or ""
        known = own | {year} if field != "goal_annual" else {year}
        years = {int(y) for y in _ANY_YEAR.findall(text)}
        if span and len(own) == 1 and (late := _late_work(text, span)):
            yield Hit(
                field=field,
                evidence=text,
                message=f"「{FIELD_NAMES[field]}」里写着「{late}」，晚于{_when(form)}。",
                advice="请核对年份：一年期项目的工作应当在当年做完；跨年的请改项目期。",
                confidence=0.85,
            )
            continue
        if not years or years & (known | own) or (span is None and max(years) > year):
            continue
        for found in _TASK_YEAR.finditer(text):
            after = text[found.end() : found.end() + 12]
            if int(found[1]) not in known and not _DONE.search(after):
                yield Hit(
                    field=field,
                    evidence=text,
                    message=f"「{FIELD_NAMES[field]}」里写的是{found[1]}年的事，本表是{year}年度，像是往年的文字没有改。",
                    advice=f"请改成{year}年度的时间和内容。",
                    confidence=0.85,
                )
                break
