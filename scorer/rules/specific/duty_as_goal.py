"""S102: the goal is a list of duties or of spending, without a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.backdrop import without_backdrop
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, normalise
from scorer.slogans import is_slogan, without_show
from scorer.targets import parse_target

RULE = Rule(
    code="S102",
    name="以职责、支出代替目标",
    checks="总体目标通篇是做好、开展、组织、落实之类的职责，或用于支付什么钱，没有一句说达到什么结果。",
    item="明确清晰性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="年度目标：开展信访接待，组织业务培训，落实领导包案。",
    good="年度目标：受理信访320件，按期办结率不低于98%，重复信访比上年减少30件。",
    status="stable",
    false_alarms=(
        "先列工作、后说结果的，不算。",
        "写了率、频次、名次、验收等可查结果的，不算。",
        "按月足额发放补助、惠及多少人，本身就是结果。",
    ),
    topic="goal",
    rank=15,
)
_CLAUSE = re.compile(r"[，,。；;、\n]|\d[.、）)]")
_DUTY = re.compile(
    r"^(?:\d{4}年|全年|年内|积极|认真|切实|全面|扎实|深入|进一步|继续|按照.{0,10}要求|有序|按时)*"
    r"(?:做好|做实|抓好|搞好|开展|组织|召开|举办|负责|落实|贯彻|执行|配合|协助|承担|承办|参加|参与|推进|履行|用于|支付|安排|统筹|协调|加强|保障|保证|确保|维护|服务|完成.{0,14}工作)"
)
_RESULT = re.compile(
    r"[≥≤%％‰]|率|达到|降到|降低|减少|缩短|增加|增长|提高到|建成|覆盖|惠及|受益|通过.{0,8}(?:验收|评审|认证|考核)|名次|以内|以上|不低于|不高于|不超过|不少于"
    r"|零|无.{0,6}(?:事故|案件|投诉)|解决|消除|实现|使|让|满意"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each goal made of duties and spending only; equal goals once."""
    said: set[str] = set()
    for name in ("goal_annual", "goal_period"):
        goal = form.text(name)
        if not goal or normalise(goal) in said:
            continue
        said.add(normalise(goal))
        if name == "goal_period" and ctx.facts.period_goal_is_secondary:
            continue
        goal = without_show(without_backdrop(goal))
        clauses = [c.strip() for c in _CLAUSE.split(goal) if len(c.strip()) > 2]
        clauses = [c for c in clauses if not is_slogan(c) or _DUTY.match(c)]
        duties = [c for c in clauses if _DUTY.match(c)]
        if len(duties) < 2 or len(duties) * 3 < len(clauses) * 2 or _has_result(goal):
            continue
        yield Hit(
            field=name,
            message=f"「{FIELD_NAMES[name]}」写的都是要做的事（{_short(duties[0])}、{_short(duties[1])}），没有说达到什么结果。",
            advice="请写办完以后的结果：办成多少、谁受益、比上年好多少；工作内容放到实施计划里。",
        )


def _has_result(goal: str) -> bool:
    target = parse_target(goal)
    return bool(_RESULT.search(goal) or target.frequency or target.standards)


def _short(text: str) -> str:
    return text if len(text) <= 14 else text[:13] + "…"
