"""M208: most rows of the form carry nothing that can be counted or dated."""

from __future__ import annotations

from collections.abc import Iterator

from scorer.forms import Form
from scorer.heads import obligation_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context

RULE = Rule(
    code="M208",
    name="量化指标偏少",
    checks="有数、有日期或有名称标准的指标不到一半。",
    item="指标科学性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="8条指标，只有满意度一条有数",
    good="数量、质量、时效、成本各有数或日期",
    status="stable",
    false_alarms=(
        "只有三四条指标的小项目不看比例。",
        "人员补助类项目，不看比例。",
        "调研、文稿类项目允许较多定性指标，配置里可调低比例。",
        "像是从别的项目一起抄来的几条，有数也不算在内。",
    ),
    options={"share": 0.5, "least_rows": 5},
)


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield once for the half that is worse (equal halves are one fault)."""
    if ctx.facts.internal:
        return
    worst: tuple[float, int, int] | None = None
    for phase in ("period", "annual"):
        rows = [n for n, i, _ in ctx.rows() if i.phase == phase and i.value]
        answers = {n for n in rows if _is_firm(n, ctx)}
        copied = answers & ctx.copied
        firm, rows = len(answers - copied), [n for n in rows if n not in copied]
        if len(rows) < ctx.options["least_rows"]:
            continue
        if firm / len(rows) < ctx.options["share"] and (
            worst is None or firm / len(rows) < worst[0]
        ):
            worst = (firm / len(rows), firm, len(rows))
    if worst is not None:
        yield Hit(
            field="indicators",
            evidence=f"{worst[1]}/{worst[2]}",
            message=f"{worst[2]}条指标里只有{worst[1]}条有数、有日期或有可查的标准。",
            advice="请先把数量、质量、时效、成本指标改成能数、能查的。",
        )


def _is_firm(index: int, ctx: Context) -> bool:
    """Countable, dated or named; «工作完成率=100%» repeats that we do our job and is not."""
    target = ctx.targets[index]
    if ctx.unverifiable(index) or target.kind == "placeholder":
        return False
    idle = target.kind == "rate" and target.quantities[:1] and target.quantities[0].value == 100
    return not (idle and obligation_of(ctx.form.indicators[index].name) == "idle")
