"""X614: a one-year project whose 实施期 and 年度 halves say different things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from scorer.forms import PHASE_NAMES, Form, Indicator, Phase
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell, normalise
from scorer.targets import parse_target

RULE = Rule(
    code="X614",
    name="一年期项目两半不一致",
    checks="项目期只有一年，实施期与年度两半应当相同，而目标、指标或指标值不一样，或一条指标只有一半有。",
    item="规范完整性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="项目期1年。实施期：可持续影响指标空着；年度：可持续影响指标 工作效率 提高",
    good="两半填同样的目标、指标和指标值",
    status="stable",
    false_alarms=(
        "右半边名称被格子宽度截短的，不算不同。",
        "一半整体空着的表样，不比较。",
        "两半目标只差标点的，不算不同；实施期目标简略、年度目标写清了数的，不算。",
        "两半都没有数、只差几个字的，只作建议。",
    ),
)
_FEW = 6  # signs of difference that look like a slip, not like a clause added
_ALIKE = 0.5  # names, or goals, less alike than this are not meant to be the same


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield differing goals, rows of one half only, and rows with other numbers."""
    if not ctx.facts.one_year:
        return
    yield from _goals(form, ctx)
    period, annual = _by_class(form, "period"), _by_class(form, "annual")
    if not period or not annual:
        return
    for level2 in dict.fromkeys((*period, *annual)):
        yield from _rows(form, period[level2], annual[level2])


def _goals(form: Form, ctx: Context) -> Iterator[Hit]:
    """Goals with two numbers of one thing; and slogans that differ by a few words.

    A short period goal beside an annual one with figures is usual, and no fault.
    """
    one, other = form.goal.period, form.goal.annual
    if not one or not other:
        return
    a, b = sorted((_letters(one), _letters(other)), key=len)
    if not a or a == b or (a in b and len(b) - len(a) > _FEW):  # cut off, or a clause more
        return
    clash = _clash(one, other)
    if clash:
        said, severity = f"数字不同（{clash}）", None
    elif ctx.facts.has_figures(one) or ctx.facts.has_figures(other) or _ratio(a, b) < _ALIKE:
        return
    else:
        said, severity = "不一样", "advice"
    yield Hit(
        field="goal_annual",
        message=f"项目期是一年，实施期目标与年度目标却{said}。"
        f"实施期：「{_short(one)}」；年度：「{_short(other)}」。",
        advice="一年期项目两半写同一个目标；不同的请改成一致。",
        proposals=(one,) if len(one) > len(other) else (),
        severity="advice" if severity == "advice" else None,
    )


def _clash(one: str, other: str) -> str:
    """«4辆 / 6辆» where both goals give a single number of the same thing, and not the same."""
    a, b = _by_unit(one), _by_unit(other)
    for unit in a:
        if len(a[unit]) != 1 or len(b.get(unit, ())) != 1:
            continue
        (left, near), (right, close) = a[unit][0], b[unit][0]
        if left != right and near & close:
            return f"{left:g}{unit} / {right:g}{unit}"
    return ""


def _by_unit(text: str) -> dict[str, list[tuple[Decimal, frozenset[str]]]]:
    """The counts of a goal by unit, each with the pairs of letters around it."""
    found: dict[str, list[tuple[Decimal, frozenset[str]]]] = defaultdict(list)
    for quantity in parse_target(text).quantities:
        start, end = quantity.span
        if not quantity.unit or quantity.unit_kind in ("rate", "time") or "第" in text[:start][-6:]:
            continue
        around = re.findall(
            r"[\u4e00-\u9fa5]+", text[max(0, start - 8) : start] + " " + text[end : end + 6]
        )
        pairs = frozenset(word[k : k + 2] for word in around for k in range(len(word) - 1))
        found[quantity.unit].append((quantity.value, pairs))
    return found


def _rows(form: Form, period: list[int], annual: list[int]) -> Iterator[Hit]:
    """The rows of one class: pair them, then tell what is left and what differs."""
    pairs, left, right = _paired(form.indicators, period, annual)
    for index, phase in [*((n, "period") for n in left), *((n, "annual") for n in right)]:
        row = form.indicators[index]
        other = PHASE_NAMES["annual" if phase == "period" else "period"]
        yield Hit(
            indicator=index,
            field="name",
            evidence=row.name,
            message=f"项目期是一年，{cell(row)}只有{PHASE_NAMES[phase]}一半有，{other}一半没有。",
            advice="一年期项目两半应当相同，请补上或删去。",
        )
    for n, m in pairs:
        one, other_row = form.indicators[n], form.indicators[m]
        a, b = _figures(one.value), _figures(other_row.value)
        if a and b and a != b:
            yield Hit(
                indicator=m,
                field="value",
                message=f"项目期是一年，{cell(other_row)}年度填「{other_row.value}」，实施期填「{one.value}」。",
                advice="请核对哪个数对，两半改成一致。",
                proposals=(one.value,),
                severity="error",
            )


def _paired(
    rows: tuple[Indicator, ...], period: list[int], annual: list[int]
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of rows and what is left in each half. As many rows on both sides are pairs in
    their order: names are cut short on the right, sometimes in the middle."""
    if len(period) == len(annual):
        return list(zip(period, annual, strict=True)), [], []
    scored = sorted(
        ((_alike(rows[n], rows[m]), n, m) for n in period for m in annual),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for alike, n, m in scored:
        if alike >= _ALIKE and not {n, m} & taken:
            pairs.append((n, m))
            taken |= {n, m}
    return (
        pairs,
        [n for n in period if n not in taken],
        [m for m in annual if m not in taken],
    )


def _alike(one: Indicator, other: Indicator) -> float:
    a, b = sorted((normalise(one.name), normalise(other.name)), key=len)
    return 1.0 if a and b.startswith(a) else _ratio(a, b)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _by_class(form: Form, phase: Phase) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(form.indicators):
        if row.phase == phase and row.name.strip():
            found[row.level2].append(index)
    return found


def _figures(text: str) -> tuple[object, ...]:
    target = parse_target(text)
    return tuple((q.value, q.unit, q.high) for q in target.quantities)


def _letters(text: str) -> str:
    return "".join(c for c in normalise(text) if c.isalnum())


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "…"
