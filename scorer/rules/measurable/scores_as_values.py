"""M207: the value column holds scores or weights instead of targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import PHASES, Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.targets import Target

RULE = Rule(
    code="M207",
    name="把分值填成指标值",
    checks="指标值一列都是没有单位的数（5、10、22.5），加起来正好100或90，像是分值权重。",
    item="指标科学性",
    severity="error",
    basis="财预〔2021〕101号",
    bad="数量指标：20；质量指标：15；满意度：10",
    good="数量指标：≥12台；质量指标：验收合格率=100%；满意度：≥90%",
    status="stable",
    false_alarms=(
        "单位另有一栏、读入时已拼上单位的，不算。",
        "数都带%、台、元等单位的，是真的指标值，不算。",
        "只有一两条缺单位的，由「单位缺失」去说。",
    ),
    topic="scores",
    options={"least": 4, "share": 0.7},
)

_BARE = re.compile(r"\s*\d{1,3}(?:\.\d)?\s*分?\s*")
_SUMS = frozenset(Decimal(n) for n in (100, 90, 80, 50))


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield one remark a half whose values are bare scores."""
    for phase in PHASES:
        rows = [(r, t) for _, r, t in ctx.rows() if r.phase == phase and t.kind != "blank"]
        bare = [(r, t) for r, t in rows if _BARE.fullmatch(t.text)]
        if len(bare) < ctx.options["least"] or len(bare) < ctx.options["share"] * len(rows):
            continue
        scores = [_number(t) for _, t in bare]
        odd = sum(1 for r, _ in bare if r.level2 not in ("数量指标", "成本指标"))
        if odd < 2 or not (sum(scores) in _SUMS or len(set(scores)) <= len(scores) / 2):
            continue
        listed = "、".join(t.text.strip() for _, t in bare[:5])
        yield Hit(
            field=f"indicators_{phase}",
            evidence=listed,
            message=f"{len(bare)}条指标的值都是没有单位的数（{listed}等），像是把分值填进了指标值。",
            advice="分值请填到权重一栏，指标值改填要达到的数量、比例、时间。",
        )


def _number(target: Target) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", target.text))
