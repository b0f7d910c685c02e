"""Which form belongs to which line of a budget table: names differ by codes and prefixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from scorer.forms import Amount, Form, Yuan
from scorer.rules.wording import normalise

_DECOR = re.compile(r"^(?:\d{4}年度?|[\d.、\-()（）]+|关于)|(?:的)?(?:项目|经费|资金|费用)$")
ALIKE = 0.72  # names less alike than this are different projects


T = TypeVar("T", Form, Amount)


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Pairs of form and budget line, and what is left over on each side."""

    pairs: tuple[tuple[T, Amount], ...]
    forms: tuple[T, ...]
    lines: tuple[Amount, ...]


def match_projects(forms: Sequence[T], lines: Sequence[Amount], least: float = ALIKE) -> Matched[T]:
    """Pair forms (or projects named elsewhere) with budget lines, the most alike first; each
    is used once, and never with a name less alike than ``least``."""
    scored = sorted(
        (
            (_likeness(*_name_and_sum(form), line), f, n)
            for f, form in enumerate(forms)
            for n, line in enumerate(lines)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for likeness, f, n in scored:
        if likeness >= least and f not in taken and n not in used:
            taken[f] = n
            used.add(n)
    return Matched(
        tuple((forms[f], lines[n]) for f, n in sorted(taken.items())),
        tuple(form for f, form in enumerate(forms) if f not in taken),
        tuple(line for n, line in enumerate(lines) if n not in used),
    )


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """The name without year, code and words like 项目, 经费; normalised."""
    text = normalise(name)
    while (shorter := _DECOR.sub("", text)) != text and len(shorter) > 1:
        text = shorter
    return text


def _name_and_sum(item: Form | Amount) -> tuple[str, Yuan | None]:
    if isinstance(item, Form):
        return item.project or "", item.annual_yuan
    return item.name, item.yuan


@lru_cache(maxsize=16384)
def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 else 0.0  # cannot be alike


def _likeness(name: str, yuan: Yuan | None, line: Amount) -> float:
    a, b = core(name), core(line.name)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    ratio = _ratio(a, b)
    # The same sum makes a near name surer, but never makes two names alike by itself.
    return min(0.99, ratio + (0.12 if yuan == line.yuan and ratio > 0.5 else 0.0))
