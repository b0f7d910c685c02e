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


_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千万]")


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a text field, with the words around it in its clause (no other number
    between), and the clause itself."""

    field: str
    quantity: Quantity
    before: str
    after: str
    clause: str

    def says_most_of(self, name: str) -> bool:
        """Whether the clause has most pairs of neighbouring letters of a name, in any order:
        «完成退化防护林修复1.2万亩» of 修复退化防护林. A name of one letter is never said."""
        pairs = {name[k : k + 2] for k in range(len(name) - 1)}
        return 2 * sum(pair in self.clause for pair in pairs) > len(pairs)


@lru_cache(maxsize=256)
def all_numbers(form_texts: tuple[tuple[str, str], ...]) -> tuple[Stated, ...]:
    """All numbers with or without a unit in (field, text) pairs, in order; no ranges.

    Of numbers that touch («618户2310人») the second has the words before the first.
    """
    found = []
    for field, text in form_texts:
        for clause in filter(_DIGIT.search, CLAUSE.split(text)):
            numbers = parse_target(clause).quantities
            left = 0
            for place, quantity in enumerate(numbers):
                start, end = quantity.span
                if place and start - numbers[place - 1].span[1] > 1:
                    left = numbers[place - 1].span[1]
                right = numbers[place + 1].span[0] if place + 1 < len(numbers) else len(clause)
                if quantity.high is None:
                    before, after = clause[left:start], clause[end:right]
                    found.append(Stated(field, quantity, before, after, clause))
    return tuple(found)


def stated_numbers(form_texts: tuple[tuple[str, str], ...]) -> tuple[Stated, ...]:
    """The numbers that count or measure things."""
    return tuple(s for s in all_numbers(form_texts) if s.quantity.unit_kind in THINGS)


def texts_of(form: Form, fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The (field, text) pairs of a form that are filled in, in the order of ``fields``."""
    return tuple((name, text) for name in fields if (text := form.text(name)))
