"""R414: a task with a number in the goal that no row takes up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from scorer.forms import Form
from scorer.library import pairs_of
from scorer.rules.calendar import DAY
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.stated import Stated, stated_numbers, texts_of
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="R414",
    name="目标里的任务没有指标",
    checks="总体目标写了做什么、做多少，三级指标里没有一条说到它。",
    item="指标科学性",
    severity="warning",
    status="stable",
    basis="财预〔2021〕101号",
    bad="目标「硬化道路3公里，植树2000株」，指标只有「硬化道路长度：3公里」",
    good="再加一条「植树株数：≥2000株」",
    false_alarms=(
        "换了说法、简称的，只要有一处用词或数字相同，就算有指标。",
        "目标里的背景数、现有数、比上年的数，不算任务。",
        "几个数加起来正是一条指标的，不算。",
        "没有数的任务不查。",
    ),
)

_BACKGROUND = re.compile(r"现有|已有|原有|上年|去年|目前|共有|截至|其中|每|较|比|第")
_IN_EVERY_ROW = frozenset(
    "完成 开展 组织 举办 实施 建设 新建 建成 改造 购置 采购 配备 安装 更换 维修 发放 补助 扶持 培育 培训 全年 年度 达到 不少 不低 以上 覆盖 惠及 受益 服务 工作 项目 数量".split()
)
_FEW = 3  # rows below which the form itself is too short to compare


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each numbered task of a goal that shares neither number nor word with any row."""
    firm = sum(bool(t.quantities or t.moments) for t in ctx.targets)
    # Vague rows lose their own points, and nobody can say what they are about.
    if len(form.indicators) < _FEW or firm * 2 < len(form.indicators):
        return
    said = "\n".join(f"{row.name} {row.value} {row.explanation or ''}" for row in form.indicators)
    numbers = {q.value for target in ctx.targets for q in target.quantities}
    words = pairs_of(said)
    told: set[str] = set()
    halves = {row.phase for row in form.indicators}
    fields = tuple(f for f in ("goal_annual", "goal_period") if f.removeprefix("goal_") in halves)
    tasks = list(stated_numbers(texts_of(form, fields)))
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for stated in tasks:
        amounts[stated.clause].append(stated.quantity.value)
    for stated in tasks:
        if not any(c.isdigit() for c in stated.clause[slice(*stated.quantity.span)]):
            continue  # «这两个», «一期»: names, not amounts
        task = re.sub(r"[^一-龥]", "", DAY.sub("", stated.before)[-8:])
        thing = re.sub(r"[^一-龥]", "", stated.after[:6])
        about = pairs_of(task) | pairs_of(thing) if len(task) > 1 or len(thing) > 1 else frozenset()
        known = stated.quantity.value in numbers or _telling(about) & words
        if not about or known or _BACKGROUND.search(stated.clause) or stated.clause in told:
            continue
        if sum(sums := amounts[stated.clause]) in numbers and len(sums) > 1:
            continue  # «电视12套、广播3套» and a row of 15套
        if stated.quantity.value in _sums_of_rows(ctx):
            continue  # «购置设备12台» and rows of 4, 6 and 2
        told.add(stated.clause)
        yield Hit(
            field="indicators",  # what is wanting is a row
            message=f"「{FIELD_NAMES[stated.field]}」写了「{_task(stated)}」，三级指标里没有一条说到它。",
            advice="请补一条对应的数量指标；不是今年要办的，从目标里删去。",
            evidence=stated.clause.strip(),
            confidence=0.7,
        )


def _sums_of_rows(ctx: Context) -> set[Decimal]:
    """What the amounts of 数量 rows that stand together make."""
    rows = [t.quantities[0].value for _, _, t in ctx.rows("数量指标") if len(t.quantities) == 1]
    runs = combinations(range(len(rows) + 1), 2)
    return {sum(rows[start:end], Decimal(0)) for start, end in runs if end - start > 1}


def _telling(pairs: frozenset[str]) -> frozenset[str]:
    """The pairs that say what a task is about: 完成, 建设 and the like are in every row. Where
    there are none of these, what there is must do."""
    return pairs - _IN_EVERY_ROW or pairs


def _task(stated: Stated) -> str:
    """The piece of the clause, between «、», in which the number stands."""
    start, end = stated.quantity.span
    left = stated.clause.rfind("、", 0, start) + 1
    right = stated.clause.find("、", end)
    return stated.clause[left : right if right >= 0 else None].strip()
