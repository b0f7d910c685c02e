"""A313: a target below what the form's own text says was reached last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Form, Indicator
from scorer.heads import bare_name
from scorer.rules.attainable.wrong_direction import way_of
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.counted import core_of, parts_of, same_unit
from scorer.rules.stated import texts_of
from scorer.rules.wording import FIELD_NAMES, cell
from scorer.targets import Quantity, Target, parse_target

RULE = Rule(
    code="A313",
    name="低于表里所写的上年实绩",
    checks="项目概况、必要性或目标写了上年做到多少，今年的指标值定得比它低得多，不做也能达到。",
    item="绩效合理性",
    severity="warning",
    basis="财预〔2021〕101号",
    bad="概况「2024年成活率88%」，补植成活率：≥55%",
    good="概况「2024年成活率88%」，补植成活率：≥90%",
    false_alarms=(
        "越低越好的（事故、投诉、成本），比上年低是对的，不算。",
        "任务本来就减少的数量，概况里写明的，不算。",
        "只低一成以内的，是留了余地，不算。",
    ),
)

_PAST = re.compile(r"上年|去年|上一年|往年|前一年")
_CLAUSE = re.compile(r"[。；;，,、\n]")
_LINK = re.compile(
    r"(?:已经?|就|为|达到?|是|有|约|共|仅|只有?|实际|完成|在|的|上年|去年|\d{4}年)+$"
)
_UNLIKE = re.compile(
    r"缺|欠|不足|未|没|损|坏|漏|亡|伤|病|故障|投诉|事故|失|降|减|超|逾期|积压|空置|退回|退费|险|爆|纠纷|脱|拒|罚|案|慢|难|死"
)
LEEWAY = Decimal("0.85")  # of last year's figure that is still ambition enough
_TAIL = 3  # letters of a rate's name that must agree


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield rows whose level falls short of the same thing's figure of the year before."""
    past = list(_past_figures(form))
    for index, row, target in ctx.rows() if past else ():
        own = _level(row, target)
        if own is None:
            continue
        for field, clause, quantity in past:
            if _same(row, own, clause, quantity) and own.value < quantity.value * LEEWAY:
                yield Hit(
                    indicator=index,
                    field="value",
                    message=f"{cell(row)}定为「{row.value}」，「{FIELD_NAMES[field]}」里写的是「{clause}」，比上年还低，不做也能达到。",
                    advice="请按上年实绩从严确定；任务减少的，请写明原因。",
                    confidence=0.8,
                )
                break


def _past_figures(form: Form) -> Iterator[tuple[str, str, Quantity]]:
    """Clauses with one number that speak of last year, by word or by number."""
    year = form.fiscal_year
    last = re.compile(rf"{year - 1}年(?!以来|起)") if year else None
    for field, text in texts_of(form, ("overview", "necessity", "goal_annual")):
        for clause in _CLAUSE.split(text):
            if not (_PAST.search(clause) or (last and last.search(clause))):
                continue
            target = parse_target(clause)
            if len(target.quantities) == 1 and not target.change and not _UNLIKE.search(clause):
                yield field, clause.strip(), target.quantities[0]


def _level(row: Indicator, target: Target) -> Quantity | None:
    """The one level that a row asks for where more is better."""
    quantity = target.only
    if quantity is None or target.frequency:
        return None
    if quantity.comparator in ("≤", "<") or quantity.high is not None or _UNLIKE.search(row.name):
        return None
    floor = quantity.comparator in ("≥", ">") and way_of(row.name) != "lower"
    return quantity if quantity.value > 0 and (floor or way_of(row.name) == "higher") else None


def _same(row: Indicator, own: Quantity, clause: str, past: Quantity) -> bool:
    """Whether a clause of last year speaks of the row's thing, in its unit."""
    if same_unit(own.unit) != same_unit(past.unit) or own.unit_kind in ("time", "money", ""):
        return False
    before = _LINK.sub("", clause[: past.span[0]].strip())
    if own.unit_kind == "rate":
        name = bare_name(row.name)
        return len(name) >= _TAIL and before.endswith(name[-_TAIL:])
    verbs, noun = parts_of(core_of(row.name))
    return (len(noun) > 1 and noun in clause) or any(before.endswith(verb) for verb in verbs)
