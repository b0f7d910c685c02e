"""What to write instead: at most three proposals for a finding, the best first.

They are built from the form's own facts and from the indicator library. A number that
the form does not hold is never invented: it is a blank with its unit («≥___台»). Where
nothing fits the cell there is no proposal: a silly one is worse than none.

A proposal is a value for the cell («≥___台»), a whole row («名称：值»), or a sentence for a goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from scorer.advice_patterns import row_for_idea, value_patterns
from scorer.forms import BENEFIT, OUTPUT, SATISFACTION, Finding, Form, Indicator
from scorer.heads import bare_name, head_of
from scorer.lexicon import default_lexicon
from scorer.library import GENERAL, Entry, library, likeness, pairs_of, telling_pairs
from scorer.rules.asks import asked_by
from scorer.rules.catalogue import catalogue
from scorer.targets import parse_target

MOST = 3
_CLASSES_OF = {
    OUTPUT: ("数量指标", "质量指标", "时效指标"),
    BENEFIT: ("社会效益指标", "可持续影响指标"),
    SATISFACTION: ("服务对象满意度指标",),
}
# Rules whose cell wants another value, another name, or a row that is missing.
_VALUE_TOPICS = frozenset(("unverifiable",))
_VALUE_CODES = frozenset(("R407", "T502", "T501"))
_NAME_CODES = frozenset(("S106", "R401"))
_MISSING_CODES = frozenset(("C101", "C102", "A309"))
_GOAL_TOPICS = frozenset(("goal",))

STRONG = 9.0  # points of a topic whose rows fit a project even without a word in common
_TOUCH = 6.0  # points with which a word in common is needed
_ALIKE = 0.6  # an entry's name and the row's name are the same indicator
_STATED = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{2,12}?)(?P<number>\d[\d,.]*[万亿]?)(?P<unit>[\u4e00-\u9fff㎡%‰]{1,3})"
)
_HOLLOW = 60  # letters: a form that says less of itself names no words to share


def with_proposals(form: Form, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with its rule's own proposals or else ours."""
    adviser = Adviser(form)
    return [
        f if f.proposals else replace(f, proposals=tuple(adviser.proposals(f))) for f in findings
    ]


class Adviser:
    """Proposals for the findings of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @cached_property
    def own_text(self) -> str:
        """What the form says of itself in words."""
        form = self.form
        parts = (form.project, form.overview, form.plan, form.goal.annual, form.goal.period)
        return "\n".join(p for p in parts if p)

    @cached_property
    def topics(self) -> dict[str, float]:
        """Topics of the library that the project's name speaks of, with their points."""
        more = " ".join(t for t in (self.form.overview, self.form.goal.annual) if t)
        points = library().points(self.form.project or "", more)
        return {t: p for t, p in points.items() if p >= _TOUCH}

    def proposals(self, finding: Finding) -> list[str]:
        """At most three wordings that could stand in the finding's cell, without repeats."""
        rule = catalogue().get(finding.code)
        topic = rule.topic if rule else ""
        row = None if finding.indicator is None else self.form.indicators[finding.indicator]
        found: Iterator[str] = iter(())
        if row is not None:
            if finding.code in _NAME_CODES:
                found = self._rows(row.level2, row.name)
            elif finding.code == "A306":  # the whole sum again would be no better
                found = (p for p in value_patterns(self.form, row) if "/" in p)
            elif topic in _VALUE_TOPICS or finding.code in _VALUE_CODES:
                found = self._values(row)
        elif topic in _GOAL_TOPICS:
            found = self._goals()
        elif finding.code in _MISSING_CODES:
            classes = _CLASSES_OF.get(finding.field, (finding.field,))
            found = (p for c in classes for p in self._rows(c, "", each=2))
        return list(dict.fromkeys(found))[:MOST]

    def _values(self, row: Indicator) -> Iterator[str]:
        """Values for a row that keeps its name: the form's own figure, then patterns; whole
        rows where the name asks for nothing."""
        patterns = value_patterns(self.form, row)
        counts = row.level2 == "数量指标" and asked_by(row.name) in ("count", "")
        if counts and (own := self._own_figure(row.name)):
            yield f"≥{own}"
        entry = self._same(row)
        if entry is not None and not patterns:
            # «检测结果公信力» is no «检测结果公示率»: what answers one is no answer to the other.
            same_head = head_of(entry.name) == head_of(row.name)
            yield entry.pattern if same_head else f"{entry.name}：{entry.pattern}"
        elif entry is not None and _kind(entry.pattern) == _kind(patterns[0]):
            yield entry.pattern
        yield from patterns
        if not patterns and entry is None:
            if idea := row_for_idea(self.form, row):
                yield idea
            yield from self._rows(row.level2, row.name)

    def _same(self, row: Indicator) -> Entry | None:
        """The library's entry for the same indicator in this project's topics."""
        best = max(
            (e for t in self.topics for e in library().by_topic[t] if e.level2 == row.level2),
            key=lambda e: likeness(bare_name(row.name), e.name),
            default=None,
        )
        return best if best and likeness(bare_name(row.name), best.name) >= _ALIKE else None

    def _own_figure(self, name: str) -> str:
        """A figure with unit that overview or goals state for the thing the row counts."""
        wanted = re.sub(r"(?:总?数量?|总量|规模)$", "", bare_name(name))
        for text in (self.form.overview, self.form.goal.annual, self.form.goal.period):
            for match in _STATED.finditer(text or ""):
                unit = _count_unit(match["unit"])
                if unit and likeness(match["before"][-6:], wanted) >= 0.4:
                    return f"{match['number']}{unit}"
        return ""

    def _rows(self, level2: str, name: str, each: int = MOST) -> Iterator[str]:
        """Whole rows of one class that fit the project, most like ``name`` first."""
        taken = [i.name for i in self.form.indicators]
        hollow = len(self.own_text) < _HOLLOW
        fitting = [
            e
            for topic, points in self.topics.items()
            for e in library().by_topic[topic]
            if e.level2 == level2
            and (self._touched(e) or (hollow and points >= STRONG and e.field != GENERAL))
            and all(likeness(e.name, other) < _ALIKE for other in taken)
        ]
        fitting.sort(key=lambda e: -self._fit(e, name))
        yield from (f"{e.name}：{e.pattern}" for e in fitting[:each])

    def _touched(self, entry: Entry) -> int:
        """How many telling pairs of letters the entry's name shares with the form's own text."""
        return sum(p in self.own_text for p in pairs_of(entry.name) & telling_pairs())

    def _fit(self, entry: Entry, name: str) -> float:
        more = 0.02 * self.topics[entry.topic]
        return likeness(entry.name, name) + 0.5 * self._touched(entry) + more

    def _goals(self) -> Iterator[str]:
        """A goal sentence made of the form's own counted rows, with blanks for the rest."""
        year = f"{self.form.fiscal_year}年" if self.form.fiscal_year else "___年"
        outputs = [
            _clause(i) for i in self.form.indicators if i.level2 == "数量指标" and _counts(i)
        ]
        effects = [_clause(i) for i in self.form.indicators if i.level1 == BENEFIT and _counts(i)]
        done = (
            "，".join(dict.fromkeys(outputs))
            if len(set(outputs)) <= 2
            else "，".join(list(dict.fromkeys(outputs))[:2])
        )
        done = done or "完成___（做什么）___（多少）"
        effect = next(iter(effects), "使___（谁）___（得到什么，可查的结果）")
        yield f"{year}___月底前，{done}；{effect}。"


def _counts(row: Indicator) -> bool:
    """Whether the row counts or measures things under a name that can stand in a sentence."""
    quantities = parse_target(row.value).quantities
    if len(quantities) != 1 or not quantities[0].unit or not quantities[0].value:
        return False
    plain = len(row.name) <= 14 and not default_lexicon().soft_in(row.name)
    return plain and quantities[0].unit_kind in (
        "count",
        "length",
        "area",
        "weight",
        "volume",
        "money",
    )


def _clause(row: Indicator) -> str:
    name = bare_name(row.name)
    if row.value[:1] in "≥≤<>=" or head_of(name):
        return f"{name}{row.value.lstrip('=')}"
    return f"{name}{row.value}"


def _count_unit(text: str) -> str:
    """The longest unit of counting that ``text`` begins with, "" if none."""
    kinds = default_lexicon().unit_kinds
    return next((text[:n] for n in (3, 2, 1) if kinds.get(text[:n]) == "count"), "")


def _kind(pattern: str) -> str:
    """What a pattern answers, for comparing two: rate, time, money or count."""
    if "%" in pattern or "‰" in pattern:
        return "rate"
    if "元" in pattern:
        return "money"
    return "time" if re.search(r"[月日年天]|小时|分钟", pattern) else "count"
