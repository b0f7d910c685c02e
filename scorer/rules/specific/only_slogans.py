"""S113: a field is filled in, and with nothing but talk that fits every project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.backdrop import plain, without_backdrop
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES
from scorer.slogans import only_talk

RULE = Rule(
    code="S113",
    name="栏目里只有套话",
    checks="项目概况、项目设立必要性里只有意义重大、提升水平之类的套话，没有说到任何一件事，等于没有填。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="项目概况：该项目意义重大、影响深远，对于推动事业高质量发展具有十分重要的作用。",
    good="项目概况：为26所中小学14200名学生春秋两季各做一次视力筛查，更换120间教室的护眼灯。",
    false_alarms=(
        "说到了办什么事、为谁办的，哪怕只有一句，不算。",
        "立项依据、制度措施、实施计划、总体目标另有各自的规则。",
    ),
    topic="blank",
    status="stable",
)


# A want is said, if baldly: «蔬菜保供能力不足».
_LACK = re.compile(r"不足|缺|老化|陈旧|破损|隐患|滞后|落后|超期|紧张|薄弱|空白|达不到|不适应")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each field of which nothing is left once the slogans are gone."""
    for name in ("overview", "necessity"):
        text = (form.text(name) or "").strip()
        if not text or (name == "necessity" and _LACK.search(text)):
            continue
        told = without_backdrop(text)
        empty = only_talk(told) if told.strip("。；;，, ") else name == "overview"
        if not (empty or (name == "necessity" and _is_empty_goal(text, form, ctx))):
            continue
        yield Hit(
            field=name,
            evidence=text,
            message=f"「{FIELD_NAMES[name]}」写的「{text[:40]}{'…' if len(text) > 40 else ''}」放在哪个项目都说得通，等于没有填。",
            advice="请写这个项目自己的事：现状和缺口是什么、办哪几件事、为谁办，有数的写数。",
        )


def _is_empty_goal(text: str, form: Form, ctx: Context) -> bool:
    """Whether a necessity is the goal said again, and that goal without anything to check."""
    goals = [goal for goal in (form.goal.annual, form.goal.period) if goal]
    said = plain(text)
    return any(said == plain(goal) and not ctx.facts.promises(goal) for goal in goals)
