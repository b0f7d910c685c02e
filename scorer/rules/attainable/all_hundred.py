"""A304: nearly all numbers are =100 % completion rates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import PHASE_NAMES, PHASES, Form, Indicator
from scorer.heads import obligation_of
from scorer.rules.attainable.idle_completion import says_all
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.routine import office_routine
from scorer.targets import Target

RULE = Rule(
    code="A304",
    name="指标清一色100%",
    checks="有数的指标大多是「完成率=100%」一类，看不出做了多少、做得怎样。",
    item="绩效合理性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="工作完成率=100%、保障率=100%、培训完成率=100%、采购完成率=100%",
    good="培训≥6场300人次，考核通过率≥92%，投诉≤2起",
    status="stable",
    false_alarms=(
        "应保尽保率、足额发放率、验收合格率等必须做到的，本来就该是100%，不计入。",
        "只有两三条的，不算。",
        "人员补助类项目，不算。",
    ),
    options={"least": 4, "share": 0.5},
)

_WHAT = {True: "100%", False: "98%以上的完成率"}
_SATISFACTION = re.compile(r"满意")
_UNCOUNTED = frozenset(("blank", "placeholder", "words", "scale", "yes_no", "event", "standard"))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half where =100 % rows outweigh all other numbers."""
    if ctx.facts.internal:
        return
    for phase in PHASES:
        rows = [(r, t) for n, r, t in ctx.rows() if r.phase == phase and not _beside(n, r, ctx)]
        numbered = [(r, t) for r, t in rows if t.kind not in _UNCOUNTED]
        idle = [r for r, t in numbered if _full_share(r, t)]
        most = len(idle) >= max(ctx.options["least"], ctx.options["share"] * len(numbered))
        if not (most or _no_count(rows, ctx.options["least"] - 1)):
            continue
        exact = all("100" in row.value for row in idle)
        names = "、".join(f"「{r.name}」" for r in idle[:3])
        yield Hit(
            field=f"indicators_{phase}",
            evidence="；".join(f"{r.name} {r.value}" for r in idle),
            message=f"{PHASE_NAMES[phase]}有数的{len(numbered)}条指标里，{len(idle)}条是{_WHAT[exact]}（{names}等），看不出做多少、做得怎样。",
            advice="请改用数量、次数、时限、差错率等说得清多少和好坏的指标，100%只留必须做到的。",
        )


def _beside(index: int, row: Indicator, ctx: Context) -> bool:
    """Rows of another project or of office routine: they do not make up for idle ones."""
    return ctx.foreign(index) or office_routine(row, ctx.facts.own_text)


def _no_count(rows: list[tuple[Indicator, Target]], least: int) -> bool:
    """Whether the 数量 rows, several of them, are all such rates: nobody knows how much is done."""
    counts = [_full_share(r, t) for r, t in rows if r.level2 == "数量指标"]
    return len(counts) >= least and all(counts)


def _full_share(row: Indicator, target: Target) -> bool:
    """A row of =100 %, or nearly, that is no obligation and no satisfaction."""
    return (
        says_all(row, target)
        and obligation_of(row.name) != "duty"
        and not _SATISFACTION.search(row.name)
    )
