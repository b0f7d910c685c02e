"""Which form belongs to which line of a budget table: names differ by codes and prefixes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scorer.forms import Amount, Form
from scorer.rules.wording import normalise

_DECOR = re.compile(r"^(?:\d{4}年度?|[\d.、\-()（）]+|关于)|(?:的)?(?:项目|经费|资金|费用)$")
ALIKE = 0.72  # names less alike than this are different projects


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs of form and budget line, and what is left over on each side."""

    pairs: tuple[tuple[Form, Amount], ...]
    forms: tuple[Form, ...]
    lines: tuple[Amount, ...]


def match_projects(forms: Sequence[Form], lines: Sequence[Amount]) -> Matched:
    """Pair forms with budget lines, the most alike first; each is used once."""
    scored = sorted(
        (
            (_likeness(form.project or "", line.name, form.annual_yuan == line.yuan), f, n)
            for f, form in enumerate(forms)
            for n, line in enumerate(lines)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for likeness, f, n in scored:
        if likeness >= ALIKE and f not in taken and n not in used:
            taken[f] = n
            used.add(n)
    return Matched(
        tuple((forms[f], lines[n]) for f, n in sorted(taken.items())),
        tuple(form for f, form in enumerate(forms) if f not in taken),
        tuple(line for n, line in enumerate(lines) if n not in used),
    )


def core(name: str) -> str:
    """The name without year, code and words like 项目, 经费; normalised."""
    text = normalise(name)
    while (shorter := _DECOR.sub("", text)) != text and len(shorter) > 1:
        text = shorter
    return text


def _likeness(one: str, other: str, same_sum: bool) -> float:
    a, b = core(one), core(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    # The same sum makes a near name surer, but never makes two names alike by itself.
    return min(0.99, ratio + (0.12 if same_sum and ratio > 0.5 else 0.0))
