"""S103: the goal is a copy of the necessity, the overview or the project's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from scorer.forms import Form
from scorer.rules.backdrop import plain
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES, normalise

RULE = Rule(
    code="S103",
    name="目标照抄必要性或概况",
    checks="总体目标与项目设立必要性、项目概况或项目名称几乎一样，没有说要达到什么。",
    item="明确清晰性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="必要性：因工作需要，替换计算机终端。总体目标：因工作需要，替换计算机终端。",
    good="总体目标：2025年9月底前替换终端320台，老旧终端占比由82%降到10%以内。",
    status="stable",
    false_alarms=(
        "目标里有数量、时间、效果，而必要性也引用了同样的话，不算照抄；只有现状的数，算。",
        "实施期目标与年度目标相同的一年期项目，只说一次。",
    ),
    topic="goal",
    rank=10,
    options={"alike": 0.9},
)


# What only a goal says: by when, how well, what will be better or worse than before.
_RESULT = re.compile(
    r"\d月|季度|[年月]底|以[内上下]|不[低高少多]于|不超过|至少|达到|达\d|提高|降[到至低]|减少|缩短|增加|惠及|受益|覆盖|满意|[率％%]|改善|投[入用]|完成"
)
_LEAD = re.compile(
    r"^(?:(?:本|该|此)?项目(?:的)?(?:总体|年度|绩效)?(?:目标|内容)?[是为]?|(?:\d{4}年度?|本年度?|今年|全年|计划|拟|将|通过|总体目标|年度目标)[,，:：是为]?)+"
)
_LEAST = 16  # letters below which goal and overview may both say the one true thing
# Words and dates of what is to be reached.
_PROMISE = re.compile(
    r"\d月|季度|[年月]底|以内|以上|以下|不[低高少多]于|不超过|至少|达到|达\d|完成|提高[到至]|降[到至低]|减少|缩短|建成|增加|惠及|受益|[新改扩]建|购置|更换"
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each goal that is (nearly) another cell; equal goals are reported once."""
    said = set()
    for name in ("goal_annual", "goal_period"):
        goal = form.text(name)
        if not goal or normalise(goal) in said:
            continue
        figures = ctx.facts.has_figures(goal)
        # A need or a task with its figures is still no goal: it says not what will be reached.
        said_once = figures and (ctx.facts.internal or len(normalise(goal)) < _LEAST)
        for source in ("necessity", *(() if said_once else ("overview",)), "project"):
            other = form.text(source)
            if figures and (_PROMISE if source == "necessity" else _RESULT).search(goal):
                continue
            if other and _alike(goal, other) >= ctx.options["alike"]:
                said.add(normalise(goal))
                yield Hit(
                    field=name,
                    message=f"「{FIELD_NAMES[name]}」与「{FIELD_NAMES[source]}」一样，没有说要达到什么。",
                    advice="请写清做什么、做多少、何时完成、谁得到什么好处，数字用表里已有的。",
                )
                break


def _alike(one: str, other: str) -> float:
    """How near (0–1) two texts come, with or without what only adorns them."""
    return max(_ratio(one, other), _ratio(plain(one), plain(other)))


def _ratio(one: str, other: str) -> float:
    a, b = (normalise(_LEAD.sub("", text)) or normalise(text) for text in (one, other))
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()
