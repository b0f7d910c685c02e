"""T506: a row finishes before the work begins, or after the day the goal promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Target, parse_target

RULE = Rule(
    code="T506",
    name="完成早于开始，或晚于目标的期限",
    checks="时效指标的完成时间早于计划里的开工、采购时间，或比总体目标写的期限还晚。",
    item="实现可能性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="实施计划「9月开工」，时效指标「完工时间：2025年6月底前」",
    good="实施计划「3月开工」，时效指标「完工时间：2025年6月底前」",
    false_alarms=(
        "分批、分标段各有开始和完成的，不比较。",
        "验收、结算、评估本来就在目标的期限以后，不算晚。",
        "招标、采购结束以前先完成的设计、摸底，不算早。",
        "跨年度的开始，不比较。",
    ),
)

_BROKE_GROUND = re.compile(r"开工|动工|(?<!设备)(?<!材料)进场|开始施工|施工开始")
_TENDERED = re.compile(r"招标|采购(?!完成)")
_BUILT = re.compile(r"完工|竣工|建成|完成|投用|投入使用|通车|交付|启用")
_ENDED = re.compile(
    r"完工|竣工|建成|完成|投用|投入使用|启用|上线|通车|交付|到货|发放|发完|配发|配送|安装"
)
# What comes after the work may be later than the goal says, what comes before it earlier.
_AFTER = re.compile(
    r"验收|结算|决算|评估|评价|审计|移交|归档|总结|付款|支付|回访|考核|质保|监测|调查|报告"
)
_BEFORE = re.compile(
    r"设计|摸底|方案|勘|选址|论证|招标|采购|审批|立项|宣传|报名|遴选|征集|公示|预算|前期|核[采实查]|采集|普查|排查|测量"
)
_PARTS = re.compile(r"[每逐各分批]|陆续|第[一二三]|[一二三]期|滚动|首")
_CLAUSE = re.compile(r"[。；;，,、\n]")
_AROUND = re.compile(
    r"[^一-龥]|项目|工程|任务|工作|全部|年度|时间|时限|日期|期限|节点|整体|实施|总|的|日$"
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """Words that date something, and the one month of the year they name."""

    where: str
    words: str
    month: int


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield timeliness rows whose end cannot be, by the form's own plan and goal."""
    year = form.fiscal_year
    if year is None or (ctx.facts.years or 1) > 1:
        return
    ground, tender = _starts(form, ctx, year)
    for index, row, target in ctx.rows("时效指标"):
        month = _end_of(row, target, year)
        if month is None:
            continue
        begun = ground if _BUILT.search(row.name) else None
        begun = begun or tender
        if begun and month < begun.month:
            trouble = f"{begun.where}写的是「{begun.words}」，还没开始就要完成"
        elif (promised := _promise(row, form, year)) and month > promised.month + 1:
            trouble = f"{promised.where}写的是「{promised.words}」，比目标的期限还晚"
        else:
            continue
        yield Hit(
            indicator=index,
            field="value",
            message=f"{cell(row)}填的是「{row.value}」，{trouble}。",
            advice="请把目标、实施计划和时效指标的时间核对一致。",
            confidence=0.8,
        )


def _starts(form: Form, ctx: Context, year: int) -> tuple[_Dated | None, _Dated | None]:
    """When the building and when the buying begins, None where several things do."""
    dated = [_Dated("「实施计划」", c, m) for c, m in _clauses(form.plan or "", year)]
    for _, row, target in ctx.rows("时效指标"):
        if (month := _month(target, year)) is not None:
            dated.append(_Dated(cell(row), f"{row.name}：{row.value}", month))
    ground = [d for d in dated if _BROKE_GROUND.search(d.words)]
    tender = [d for d in dated if _TENDERED.search(d.words)]
    return _only(ground), _only(tender)


def _only(dated: list[_Dated]) -> _Dated | None:
    return dated[0] if len({d.month for d in dated}) == 1 else None


def _end_of(row: Indicator, target: Target, year: int) -> int | None:
    """The month by which a row wants the work done, None where it speaks of something else."""
    if not _ENDED.search(row.name) or _PARTS.search(row.name + row.value):
        return None
    if _AFTER.search(row.name) or _BEFORE.search(row.name):
        return None
    return _month(target, year)


def _promise(row: Indicator, form: Form, year: int) -> _Dated | None:
    """The deadline that the goal gives the row's thing."""
    thing = _AROUND.sub("", _ENDED.sub("", bare_name(row.name)))
    for clause, month in _clauses(form.goal.annual or "", year):
        if len(thing) > 1 and thing in clause and "前" in clause and not _PARTS.search(clause):
            return _Dated(f"「{FIELD_NAMES['goal_annual']}」", clause, month)
    return None


def _clauses(text: str, year: int) -> Iterator[tuple[str, int]]:
    """The clauses that name one month of the year."""
    for clause in _CLAUSE.split(text):
        if (month := _month(parse_target(clause), year)) is not None:
            yield clause.strip(), month


def _month(target: Target, year: int) -> int | None:
    months = [m for m in target.moments if m.month]
    if len(months) != 1 or len(target.moments) != 1 or target.frequency:
        return None
    # Another year is another rule's fault.
    moment = months[0]
    return moment.month if moment.year in (None, year) else None
