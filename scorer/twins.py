"""Rows that stand in both halves of one form: one statement printed twice."""

from __future__ import annotations

import unicodedata

from scorer.forms import Form, Indicator

LEAST = 3  # characters that a name cut by its column must keep


def twins(form: Form) -> dict[int, int]:
    """Maps the index of a 年度 row to the 实施期 row that says the same.

    Same class and value, and the same name — or one name cut short by its column,
    which is how narrow right-hand columns print it.
    """
    left = [n for n, row in enumerate(form.indicators) if row.phase == "period"]
    found: dict[int, int] = {}
    for n, row in enumerate(form.indicators):
        if row.phase != "annual":
            continue
        for m in left:
            if m not in found.values() and _same(form.indicators[m], row):
                found[n] = m
                break
    return found


def _same(one: Indicator, other: Indicator) -> bool:
    if one.level2 != other.level2 or _plain(one.value) != _plain(other.value):
        return False
    a, b = sorted((_plain(one.name), _plain(other.name)), key=len)
    return a == b or (len(a) >= LEAST and b.startswith(a))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
