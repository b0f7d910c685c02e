"""What a form leaves open without being at fault: reviewers give a little less for it.

A goal that names the work alone («更换电梯3部»), where 101号 asks for output and effect; a plan of one
or two dates; safeguards with one measure that could be looked up; no cost or no satisfaction where the work needs none. Each costs a small share of one item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from scorer.forms import Finding, Form
from scorer.rules.backdrop import without_backdrop
from scorer.rules.bases import without_empty_titles
from scorer.rules.catalogue import catalogue
from scorer.rules.facts import Facts
from scorer.rules.timebound.plan_without_steps import dated_steps
from scorer.rules.wording import FIELD_NAMES
from scorer.slogans import substance, without_show
from scorer.targets import parse_target

CLASSES = frozenset(("C102", "A309"))  # rules of a class without rows
STEPS = 2  # dates of a plan from which nothing is missing


class LeftOpen(NamedTuple):
    """What is missing in one text, or a class that a rule only advises to fill: the field, the item
    that it costs, the parts in words."""

    field: str
    item: str
    parts: tuple[str, ...]
    advised: str = ""  # the rule's own words for a class

    @property
    def reason(self) -> str:
        """The line of the sheet."""
        if self.advised:
            return self.advised
        return f"「{FIELD_NAMES[self.field]}」没有写{'、'.join(self.parts)}。"


def left_open(form: Form) -> Iterator[LeftOpen]:
    """What the goal (the 年度 one, where there are two), the plan and the safeguards leave open."""
    goal = "goal_annual" if form.goal.annual else "goal_period"
    yield LeftOpen(goal, "明确清晰性", goal_leaves_open(form.text(goal) or ""))
    yield LeftOpen("plan", "实现可能性", _plan_leaves_open(form.plan or ""))
    yield LeftOpen("safeguards", "条件充分性", _safeguards_leave_open(form.safeguards or ""))


def classes_left_open(findings: Iterable[Finding]) -> Iterator[LeftOpen]:
    """Satisfaction or cost that the form does without, where that is no fault: reviewers give a
    little less all the same."""
    for finding in findings:
        rule = catalogue()[finding.code]
        if finding.code in CLASSES and finding.severity == "advice" and finding.field:
            yield LeftOpen(finding.field, rule.item, (finding.field,), finding.message)


def _plan_leaves_open(plan: str) -> tuple[str, ...]:
    return ("各步骤的月份",) if plan and dated_steps(plan) < STEPS else ()


# How often, how soon, how many: «每季度抽查», «公示7天», «三家询价».
_FIGURE = re.compile(r"\d|[每按逐][月季周日年半旬]|[一二两三四五六七八九十]+[家人次天日级道方重]")
_PAPER = re.compile(r"《[^》]*》|[〔\[（(]\d{4}[〕\])）]\s*\d+号")


def _safeguards_leave_open(safeguards: str) -> tuple[str, ...]:
    """A paper of its own, and a measure that says how often or how much."""
    if not safeguards:
        return ()
    paper = _PAPER.search(without_empty_titles(safeguards))
    figure = _FIGURE.search(_PAPER.sub("", safeguards))
    missing = (("本项目的管理办法", paper), ("有次数或期限的做法", figure))
    return tuple(part for part, said in missing if not said)


TIME, EFFECT = "完成时间", "可查的效果"

# A result that can be seen to be there or not, though no number says how much.
DONE = re.compile(
    r"建成|竣工|封顶|上线|投入使用|通车|验收|通过.{0,8}(?:复审|评审|认证|考核)|编制完成|出版|挂牌|交付"
)
_NONE = re.compile(r"零(?!距离)|不发生|未发生|不出现|无[一-龥]{0,6}(?:事故|差错|泄密|投诉|事件)")
# An amount that says what changes, or who gains: «由26人降到9人», «减免检定费60万元», «惠及480户».
_CHANGE = re.compile(
    r"[由从][^，,。；;]{0,8}\d[^，,。；;]{0,6}[到至为]"
    r"|(?:提高|提升|减少|降低|下降|增加|增长|缩短|压缩|受益|惠及|服务|带动|节约|节省|减免|增收)[^，,。；;]{0,12}\d"
)


@lru_cache(maxsize=2048)
def goal_leaves_open(goal: str) -> tuple[str, ...]:
    """TIME and EFFECT, as far as a goal that names an amount leaves them open."""
    if not Facts.promises(goal):
        return ()
    text = without_show(substance(without_backdrop(goal)))
    target = parse_target(text)
    timed = target.dated or bool(target.frequency)
    rates = any(q.unit in ("%", "‰") for q in target.quantities)
    shown = (
        rates or target.standards or DONE.search(text) or _CHANGE.search(text) or no_trouble(text)
    )
    return tuple(part for part, said in ((TIME, timed), (EFFECT, shown)) if not said)


def no_trouble(goal: str) -> bool:
    """Whether the goal promises that countable troubles do not happen («试卷零泄密»)."""
    return any(
        parse_target(clause).kind == "event" and _NONE.search(clause)
        for clause in re.split(r"[，,。；;、]", goal)
    )
