"""Numbers that the form's own texts state of things: «更换高速复印机2台», «惠及180名幼儿»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scorer.forms import Form
from scorer.targets import Quantity, parse_target

CLAUSE = re.compile(r"[。；;！!？?\n]|[,，](?!(?<=\d[,，])\d{3}(?!\d))|[：:]")
# Kinds of unit that count or measure things; money and shares are other rules' business.
THINGS = frozenset(("count", "length", "area", "weight", "volume"))


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a text field, with the words around it in its clause (no other number
    between), and the clause itself."""

    field: str
    quantity: Quantity
    before: str
    after: str
    clause: str


@lru_cache(maxsize=256)
def stated_numbers(form_texts: tuple[tuple[str, str], ...]) -> tuple[Stated, ...]:
    """All counted or measured things in (field, text) pairs, in order."""
    found = []
    for field, text in form_texts:
        for clause in CLAUSE.split(text):
            if not clause or not any(
                c.isdigit() or c in "一二两三四五六七八九十百千万" for c in clause
            ):
                continue
            numbers = parse_target(clause).quantities
            for place, quantity in enumerate(numbers):
                if quantity.unit_kind not in THINGS or quantity.high is not None:
                    continue
                left = numbers[place - 1].span[1] if place else 0
                right = numbers[place + 1].span[0] if place + 1 < len(numbers) else len(clause)
                start, end = quantity.span
                found.append(Stated(field, quantity, clause[left:start], clause[end:right], clause))
    return tuple(found)


def texts_of(form: Form, fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The (field, text) pairs of a form that are filled in, in the order of ``fields``."""
    return tuple((name, text) for name in fields if (text := form.text(name)))
