"""S101: the goal names no amount, no time, no effect that anybody could check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from scorer.forms import Form
from scorer.rules.backdrop import without_backdrop
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.left_open import DONE, no_trouble
from scorer.rules.wording import FIELD_NAMES, normalise
from scorer.slogans import clauses, only_talk, substance, without_show
from scorer.targets import parse_target

RULE = Rule(
    code="S101",
    name="总体目标空泛",
    checks="总体目标里没有数量、时间、标准或可查的结果，只有保障、提高、做好之类的话。",
    item="明确清晰性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="保障工作正常开展。",
    good="2025年完成档案数字化8万页，抽检差错率不高于0.3%，群众查档等候不超过15分钟。",
    status="stable",
    false_alarms=(
        "说了可查的结果（主体封顶、通过复审、建成并上线），或者说了办哪件事、为谁办而没有数的，只作提醒。",
        "一年期项目年度目标写清了，实施期目标简略的，不再说。",
        "人员补助一句话写清对象、频次的，不算空泛。",
    ),
    topic="goal",
    rank=20,
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each goal without anything to check; equal goals once."""
    said: set[str] = set()
    for name in ("goal_annual", "goal_period"):
        goal = form.text(name)
        if not goal or normalise(goal) in said or ctx.facts.promises(goal):
            continue
        text = without_backdrop(goal)
        target = parse_target(_WITHOUT.sub("", text))
        if target.frequency or target.standards or no_trouble(text):
            continue
        if name == "goal_period" and ctx.facts.period_goal_is_secondary:
            continue
        # One honest line is all that a pension or an allowance needs, if it says anything.
        honest = ctx.facts.internal and substance(text).strip()
        mild = honest or DONE.search(text) or not _hollow(text, form)
        other_is_good = name == "goal_period" and ctx.facts.promises(form.goal.annual or "")
        said.add(normalise(goal))
        yield Hit(
            field=name,
            message=f"「{FIELD_NAMES[name]}」写的是「{_short(goal)}」，没有数量、时间和可查的结果。",
            advice="请写清：什么时候、做什么、做多少、谁得到什么好处。数字可用三级指标里已有的。",
            severity="warning" if other_is_good or mild else None,
        )


# A law that is lived up to is no standard of the work, «让群众在每一次执法中感受到» no frequency.
_WITHOUT = re.compile(
    r"(?:深入|全面|认真|坚决)*(?:学习|贯彻|落实|践行|围绕|遵循)+[^，,。；;]{0,6}《[^》]*》[^，,。；;]*|每一[次个名件位][^，,。；;]{0,8}[中里都]"
)
# «2025年度内按照2025年度计划»: the year that the form is for, and no step of it.
_BY_PLAN = re.compile(r"20\d\d年度?(?:内|全年)?|按照?[^，,。；;]{0,8}?(?:计划|方案|要求|进度)")


def _hollow(goal: str, form: Form) -> bool:
    """Whether the goal says nothing beyond talk and the project's own name: «做好县志编纂各项工作,
    服务发展大局»."""
    names = (form.project or "") + (form.unit or "")
    goal = without_show(_BY_PLAN.sub("", _WITHOUT.sub("", goal)))
    left = [rest for c in clauses(goal) if len(rest := _without(c, names)) > 2]
    return not left or only_talk("，".join(left))


def _without(clause: str, names: str) -> str:
    """The clause without the runs of letters that the names have too."""
    match = SequenceMatcher(None, clause, names, autojunk=False).get_matching_blocks()
    for block in reversed([b for b in match if b.size > 1]):
        clause = clause[: block.a] + clause[block.a + block.size :]
    return clause


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "…"
