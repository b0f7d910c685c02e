"""Arithmetic on printed sums: what rounding explains, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from scorer.forms import Form, Submission, Yuan
from scorer.targets import parse_target

CENT_OF_WAN = Decimal(100)  # 0.01万元, the last digit of most budget tables
_STEPS = (CENT_OF_WAN, Decimal(1), Decimal("0.01"))
_UP = re.compile(r"增加|新增|增长|上涨|追加|提高|上调|增")
_DOWN = re.compile(r"减少|下降|压减|压缩|核减|取消|缩减|调减|减")


def step_of(amounts: Iterable[Yuan]) -> Decimal:
    """The last printed digit as far as the sums show it: 0.01万元, one yuan or one fen."""
    printed = [Decimal(amount) for amount in amounts]
    return next((s for s in _STEPS if all(a % s == 0 for a in printed)), _STEPS[-1])


def slack(count: int, step: Yuan) -> Decimal:
    """The most that rounding can part a sum from its ``count`` parts, in yuan."""
    return (count + 1) * Decimal(step) / 2


def form_yuan(form: Form) -> Yuan | None:
    """This year's money of a form; of one that names a single total, that one."""
    return form.annual_yuan if form.annual_yuan is not None else form.total_yuan


def signed_sums(text: str) -> Iterator[tuple[Decimal, int]]:
    """The sums of a passage that tells why money rose or fell, in yuan, with +1, -1, or 0
    where no verb says which way."""
    way = 0
    for clause in re.split(r"[，,。；;、]", text):
        words = [*((m.start(), 1) for m in _UP.finditer(clause))]
        words += [(m.start(), -1) for m in _DOWN.finditer(clause)]
        way = min(words)[1] if words else way
        for quantity in parse_target(clause).quantities:
            if quantity.unit == "元":
                yield quantity.value, way


def carried_total(submission: Submission) -> Yuan:
    """上年结转 of the document, 0 where it has none."""
    ledger = submission.ledger
    if ledger.carryover_total is not None:
        return ledger.carryover_total.yuan
    return sum((line.yuan for line in ledger.carryover), 0)
