"""What a rule is, and the catalogue of all of them.

A rule file holds ``RULE = Rule(...)`` (its page) and ``check(subject, ctx)`` (its test).
``check`` yields ``Hit``s: facts only. The engine adds code, severity, place and
fingerprint, so that a rule knows nothing of files, profiles or reports.
"""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from scorer.forms import Place, Severity
from scorer.profile import nearest

if TYPE_CHECKING:
    from scorer.rules.context import Context

LETTERS: dict[str, tuple[str, str]] = {
    "C": ("complete", "完整"),
    "S": ("specific", "明确"),
    "M": ("measurable", "可衡量"),
    "A": ("attainable", "适当"),
    "R": ("relevant", "相关"),
    "T": ("timebound", "有时限"),
    "X": ("crosscheck", "勾稽"),
    "P": ("privacy", "隐私"),
}
# Written by `make measure-rules`: precision of each rule on the labelled rows.
MEASURED = Path(__file__).with_name("measured.toml")
SMART_OF_LETTER = {"C": "S", "S": "S", "M": "M", "A": "A", "X": "A", "R": "R", "T": "T"}
ITEMS: dict[str, float] = {
    "规范完整性": 10,
    "明确清晰性": 10,
    "目标相关性": 15,
    "指标科学性": 15,
    "绩效合理性": 15,
    "资金匹配性": 15,
    "实现可能性": 10,
    "条件充分性": 10,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault as a rule sees it: where (a row and a cell of it, or a field), what to say.

    ``message`` says cell, trouble: «数量指标「计算机数量」填的是「按需要」，没有台数，年底无法核对。»
    ``advice`` says the mending; ``proposals`` are wordings that could stand in the cell
    (``___`` where only the unit knows the number). ``project`` names the form a document
    rule speaks of. ``severity`` overrides the rule's for milder or graver cases.
    ``more`` are other places of the same fault.
    """

    message: str
    advice: str = ""
    indicator: int | None = None
    field: str = ""
    evidence: str = ""
    proposals: tuple[str, ...] = ()
    why: str = ""
    severity: Severity | None = None
    confidence: float = 1.0
    place: Place | None = None
    project: str | None = None
    more: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """The page of a rule. Text is Chinese: clerks and reviewers read it.

    ``basis`` is the document number the rule rests on; empty means advice without points.
    ``item`` is one of 88号's eight (or "" for none). ``topic`` groups rules that would say
    the same thing of one cell: the engine keeps the one with the lowest ``rank``.
    ``label`` links the rule to a label of the training rows (vague, mismatch, …).
    ``summary`` says once what many forms of a document have in common, with {n}, {projects}
    and {evidence}; without it the document's remark quotes the forms' own (see summaries.py).
    """

    code: str
    name: str
    checks: str
    item: str
    severity: Severity
    basis: str
    bad: str
    good: str
    false_alarms: tuple[str, ...]
    scope: Literal["form", "document"] = "form"
    status: Literal["preview", "stable"] = "preview"
    topic: str = ""
    rank: int = 50
    label: str | None = None
    options: dict[str, Any] = field(default_factory=dict)  # thresholds a profile may set
    summary: str = ""
    slug: str = ""
    measured: str = ""  # precision on labelled rows, from measured.toml
    check: Callable[[Any, Context], Iterator[Hit]] | None = None

    @property
    def letter(self) -> str:
        return self.code[0]

    @property
    def smart(self) -> str | None:
        """The SMART letter, None for rules outside SMART."""
        return SMART_OF_LETTER.get(self.letter)


@cache
def catalogue() -> dict[str, Rule]:
    """All rules by code, in the order of the letters. Importing costs a few ms."""
    measured = tomllib.loads(MEASURED.read_text("utf-8"))
    rules: dict[str, Rule] = {}
    for letter, (folder, _) in LETTERS.items():
        package = importlib.import_module(f"scorer.rules.{folder}")
        found = []
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            if hasattr(module, "RULE"):
                rule = module.RULE
                found.append(
                    replace(
                        rule,
                        slug=info.name,
                        check=module.check,
                        measured=measured.get(rule.code, {}).get("text", ""),
                    )
                )
        for rule in sorted(found, key=lambda r: r.code):
            if rule.code in rules or rule.letter != letter:
                raise ValueError(f"rule code {rule.code} is used twice or lies in the wrong folder")
            rules[rule.code] = rule
    return rules


def nearest_code(code: str) -> str:
    """The known code most like a mistyped one."""
    return nearest(code.upper(), catalogue())
