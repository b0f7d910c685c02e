"""What to write instead: at most three proposals for a finding, the best first.

They are built from the form's own facts and from the indicator library. A number that
the form does not hold is never invented: it is a blank with its unit («≥___台»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property

from scorer.forms import BENEFIT, OUTPUT, SATISFACTION, Finding, Form, Indicator
from scorer.heads import Head, direction_of, head_of
from scorer.lexicon import default_lexicon, load_toml
from scorer.library import Entry, library, likeness
from scorer.targets import parse_target

MOST = 3
_LEVEL1_CLASSES = {
    OUTPUT: ("数量指标", "质量指标", "时效指标"),
    BENEFIT: ("社会效益指标", "可持续影响指标"),
    SATISFACTION: ("服务对象满意度指标",),
}
_BARE_COUNTS = ("数量", "总数", "个数", "规模", "总量")
_NAME_FIELDS = ("name", "level2")
_STATED = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{2,12}?)(?P<number>\d[\d,.]*[万亿]?)(?P<unit>[\u4e00-\u9fff㎡%‰]{1,3})"
)


def with_proposals(form: Form, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with its rule's own proposals or else ours."""
    adviser = Adviser(form)
    return [
        f if f.proposals else replace(f, proposals=tuple(adviser.proposals(f))[:MOST])
        for f in findings
    ]


class Adviser:
    """Proposals for the findings of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @cached_property
    def topics(self) -> list[str]:
        """Topics of the library that fit this project, the best first."""
        more = " ".join(t for t in (self.form.overview, self.form.goal.annual) if t)
        return library().topics(self.form.project or "", more)[:4]

    def proposals(self, finding: Finding) -> list[str]:
        """Wordings that could stand in the finding's cell, without repeats."""
        row = None if finding.indicator is None else self.form.indicators[finding.indicator]
        if row is not None and finding.field == "value":
            found = self._values(row)
        elif row is not None and finding.field in _NAME_FIELDS:
            found = self._rows(row.level2, row.name)
        elif finding.field.startswith("goal_"):
            found = self._goals()
        elif classes := _LEVEL1_CLASSES.get(finding.field, (finding.field,)):
            found = (p for c in classes for p in self._rows(c, "", each=2))
        return list(dict.fromkeys(found))[:MOST]

    def _values(self, row: Indicator) -> Iterator[str]:
        """Values for a row that keeps its name: the form's own figure, then a pattern."""
        entry = library().like(row.name, self.topics, row.level2, least=0.6)
        unit = entry.unit if entry else _unit(row)
        asks_count = row.level2 == "数量指标" or unit
        if asks_count and (own := self._own_figure(row.name, unit)):
            yield f"{_sign(row)}{own}"
        if entry is not None:
            yield entry.pattern
        patterns = list(_patterns(row, unit))
        yield from patterns
        if entry is None and not patterns:  # a slogan for a name: offer whole rows instead
            yield from self._rows(row.level2, row.name)

    def _own_figure(self, name: str, unit: str) -> str:
        """A figure with unit that overview or goals state for the thing the row counts."""
        for text in (self.form.overview, self.form.goal.annual, self.form.goal.period):
            for match in _STATED.finditer(text or ""):
                found = (
                    unit if match["unit"].startswith(unit or "?") else _count_unit(match["unit"])
                )
                same_thing = likeness(match["before"][-6:], name.removesuffix("数量")) >= 0.4
                if found and same_thing and unit in ("", found):
                    return f"{match['number']}{found}"
        return ""

    def _rows(self, level2: str, name: str, each: int = MOST) -> Iterator[str]:
        """Whole rows («名称：值») of one class that fit the project, most like ``name`` first."""
        taken = [i.name for i in self.form.indicators]
        fitting = [
            e
            for e in library().candidates(self.topics, level2)
            if all(likeness(e.name, other) < 0.6 for other in taken)
        ]
        fitting.sort(key=lambda e: -self._fit(e, name))
        yield from (f"{e.name}：{e.pattern}" for e in fitting[:each])

    def _fit(self, entry: Entry, name: str) -> float:
        about = f"{self.form.project or ''}{self.form.overview or ''}"
        rank = self.topics.index(entry.topic)
        return likeness(entry.name, name) + 2 * likeness(entry.name, about) - 0.1 * rank

    def _goals(self) -> Iterator[str]:
        """A goal sentence made of the form's own checkable rows, with blanks for the rest."""
        year = f"{self.form.fiscal_year}年" if self.form.fiscal_year else "___年"
        outputs = [_clause(i) for i in self.form.indicators if i.level2 == "数量指标" and _firm(i)]
        effects = [_clause(i) for i in self.form.indicators if i.level1 == BENEFIT and _firm(i)]
        done = "，".join(dict.fromkeys(outputs[:3])) or "完成___（做什么）___（多少）"
        effect = "，".join(dict.fromkeys(effects[:2])) or "使___（谁）___（得到什么，可查的结果）"
        yield f"{year}___月底前，{done}；{effect}。"


def _firm(row: Indicator) -> bool:
    return bool(row.name) and bool(parse_target(row.value).quantities)


def _clause(row: Indicator) -> str:
    return f"{row.name}{row.value}"


def _count_unit(text: str) -> str:
    """The longest unit of counting that ``text`` begins with, "" if none."""
    kinds = default_lexicon().unit_kinds
    return next((text[:n] for n in (3, 2, 1) if kinds.get(text[:n]) == "count"), "")


def _head(row: Indicator) -> Head | None:
    """The name's head word, where it is at home in the row's class."""
    head = head_of(row.name)
    return head if head and row.level2 in head.classes else None


def _unit(row: Indicator) -> str:
    """The usual unit of the name's head word, "" where none is known."""
    head = _head(row)
    if head is None or head.word in _BARE_COUNTS:
        return ""  # «建设数量» does not say what is counted
    return next(iter(_units().get(head.word, ())), "")


@cache
def _units() -> dict[str, tuple[str, ...]]:
    return {e["word"]: tuple(e["units"]) for e in load_toml("head_words.toml")["head"]}


def _sign(row: Indicator) -> str:
    return "≤" if direction_of(row.name) == "lower" or "成本" in row.level2 else "≥"


def _patterns(row: Indicator, unit: str) -> Iterator[str]:
    """Patterns by what the name's head word or its class asks for."""
    head = _head(row)
    asks = head.asks if head else ()
    if row.level2 == "时效指标" and "rate" not in asks:
        yield from ("___月___日前", "每月___日前", "≤___个工作日")
    elif "成本" in row.level2:
        yield from (f"≤___{unit}" if "元" in unit else "≤___元", "≤___万元")
    elif "money" in asks and row.level2 == "经济效益指标":
        yield f"≥___{unit if '元' in unit else '万元'}"
    elif row.level1 == SATISFACTION or "rate" in asks or unit == "%":
        yield f"{_sign(row)}___%"
    elif "time" in asks:
        yield from ("___月___日前", "≤___天")
    elif unit:
        yield f"{_sign(row)}___{unit}"
    elif row.level2 == "数量指标":
        yield f"{_sign(row)}___（写明单位）"
