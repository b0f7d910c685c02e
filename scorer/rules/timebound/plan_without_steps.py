"""T504: the plan has no steps and no months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES
from scorer.slogans import clauses as clauses_of
from scorer.slogans import is_slogan
from scorer.targets import parse_target

RULE = Rule(
    code="T504",
    name="实施计划没有步骤",
    checks="项目实施计划没有月份、季度和先后步骤，只写年度或「按计划实施」，或每个月都是「按计划实施」。",
    item="实现可能性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="2025年完成",
    good="3月招标，6月到货，7—8月安装调试，9月验收",
    false_alarms=(
        "按月发放、每季度结算一类的例行工作，写清频次就够，不算。",
        "没有月份但写了几步先后做什么的、只有一个月份的，只提建议。",
        "多年项目按年份写清每年做什么的，不算。",
        "表里没有实施计划这一栏的，不算。",
    ),
    status="stable",
)

_ROUTINE = re.compile(
    r"[按每逐分]\s*[月季周日旬年度]|[季月]度?(?:支付|结算|发放|报告|末)|天天|全年.{0,8}[每按]|次月|分[批期次]|工作日|学期"
)
_STEP = re.compile(
    r"招标|采购|签[订约]|验收|到货|安装|调试|施工|开工|竣工|公示|申报|审核|评审|拨付|兑付|发放|培训|调研|编制|设计|检查|排查|总结|考核|结算|立项|摸底|部署|宣传|动员|监测"
)
_PUSHED = re.compile(r"计划|推进|实施|开展")  # of whatever it is
_YEARS = re.compile(r"20\d\d(?=年)")
# Words that say no more than that a year's share is done.
_SHARE = re.compile(
    r"20\d\d年?度?|[当本次全各分]年|年度|完成|剩余|其余|余下|全部|部分|任务|工作|内容|目标|计划|按照?|实施|继续|推进|开展|启动|组织|项目|建设|投资|进度|的|并|及|\d+%|一半|底|末|前|内|在|于|到|至"
)
_SEPARATOR = re.compile(r"[，,；;。、→\n]|然后|再|后")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the plan cell where no reader could tell what happens when."""
    plan = (form.plan or "").strip()
    if copied := _copied_from(form, plan):
        yield Hit(
            field="plan",
            evidence=plan,
            message=f"「项目实施计划」照抄了「{FIELD_NAMES[copied]}」，没有月份和步骤，看不出先做什么、何时做完。",
            advice="请按月或按季写清步骤，如「___月采购，___月实施，___月验收」。",
        )
        return
    said = "，".join(clause for clause in clauses_of(plan) if not is_slogan(clause))
    if len(plan) < 2 or (dated_steps(plan) >= 2 and not _months_only(said)):
        return
    if _ROUTINE.search(plan) and not (_months_only(plan) and _PUSHED.search(plan)):
        return
    steps = len({m[0] for c in clauses_of(plan) if not is_slogan(c) for m in _STEP.finditer(c)})
    dated = dated_steps(plan)
    clauses = len([c for c in _SEPARATOR.split(plan) if c.strip()])
    if (dated == 1 or _tells_years_apart(plan)) and clauses >= 2:
        return
    yield Hit(
        field="plan",
        evidence=plan,
        message=f"「项目实施计划」写的是「{plan[:40]}{'…' if len(plan) > 40 else ''}」，"
        + (
            "只有一个时间，没有分步的安排。"
            if dated == 1
            else "有月份而没有步骤，看不出哪个月做什么。"
            if dated
            else "没有月份和步骤，看不出先做什么、何时做完。"
        ),
        advice="请按月或按季写清步骤，如「___月采购，___月实施，___月验收」。",
        severity="advice" if steps >= (1 if dated else 3) and not _months_only(plan) else None,
    )


_COPY = 12  # letters from which the same words are no chance


def _copied_from(form: Form, plan: str) -> str | None:
    """The field whose words the plan repeats, where it tells no two months."""
    words = _LETTERS.sub("", plan)
    months = sum(1 for m in parse_target(plan).moments if m.month or m.quarter)
    if len(words) < _COPY or months >= 2:
        return None
    fields = ("overview", "goal_annual", "goal_period", "necessity")
    return next((f for f in fields if words in _LETTERS.sub("", form.text(f) or "")), None)


_LETTERS = re.compile(r"[^一-龥\d]")

# What may be said of every month alike.
_EVERY_MONTH = re.compile(
    r"按照?|[至到起止]|逐[月季周]|每[月季周年]|\d+[次遍回]|计划|方案|要求|实施|推进|开展|进行|继续|持续|深入|有序|稳步|全面|扎实|认真|落实|抓好|做好|加快|组织|项目|工作|任务|各项|相关|正常|年度|全年|本月|当月|阶段|相应|有关|完成|全部|的|并|好|地|该"
    r"|抓好?|启动|深化|总结|巩固|提升|攻坚|收官|收尾|冲刺|筹备|准备|部署|动员|谋划|检查|督查|验收|考核|见效|阶段|全力|强力|重点|持续|成效|成果|质量|进度|落实|回顾|提高|完善|突破|工作|期"
)
_WHEN = re.compile(
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月份?(?:\d{1,2}日)?|(?:年|全年)(?=[初中末底]))[底末初中上下旬]*(?:以?前|之前)?"
)


def _months_only(plan: str) -> bool:
    """Whether no month is told what is done in it: «1月按计划实施，2月按计划实施»."""
    return not re.search(r"[一-龥\d]", _EVERY_MONTH.sub("", _WHEN.sub("", plan)))


def _tells_years_apart(plan: str) -> bool:
    """Whether the plan says what each of several years brings («2024年主体，2025年装修»), not
    only that each does its share."""
    if len(set(_YEARS.findall(plan))) < 2:
        return False
    return any(re.search(r"[一-龥]{2}|\d", _SHARE.sub("", c)) for c in _SEPARATOR.split(plan))


def dated_steps(plan: str) -> int:
    """How many months, quarters or half years the plan names; a frequency counts as two."""
    target = parse_target(plan)
    dated = sum(1 for m in target.moments if m.month or m.quarter or m.day)
    ranges = len(re.findall(r"\d\s*[-—–~至到]\s*\d{1,2}\s*月", plan))
    named = len(re.findall(r"汛前|汛期|春节|秋收|开学|暑假|寒假|采暖期|[上中下]旬", plan))
    return dated + ranges + named + (2 if target.frequency else 0)
