"""What changed since the last report in the same folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer.compare import Name, name_of, paired
from scorer.ranking import Ranking
from scorer.reports.json_report import documents_in


@dataclass(frozen=True, slots=True)
class EarlierForm:
    """What an earlier report knew of one form."""

    name: Name
    total: float


Earlier = Sequence[EarlierForm]


def earlier_forms(path: Path) -> Earlier:
    """The forms of an earlier 结果.json in its order.

    Empty where there is no such file, or none that this program wrote.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return [
                EarlierForm(_name(form, document), float(form["review"]["total"]))
                for document in documents_in(lines)
                for form in document["forms"]
            ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _name(form: dict[str, Any], document: dict[str, Any]) -> Name:
    return name_of(
        form.get("unit") or document.get("unit"),
        form.get("project"),
        form.get("fiscal_year"),
        [row.get("name") for row in form.get("indicators", ())],
    )


def changes(ranking: Ranking, before: Earlier) -> dict[int, float]:
    """Points gained or lost since then, by place in the ranking; new forms are absent."""
    if not before:
        return {}
    now = []
    for row in ranking.forms:
        form = row.judged.form
        unit = form.unit or row.paper.unit
        names = [i.name for i in form.indicators]
        now.append(name_of(unit, form.project, form.fiscal_year, names))
    pairs = paired([was.name for was in before], now)
    return {
        row.place: round(row.total - before[pairs[n]].total, 1)
        for n, row in enumerate(ranking.forms)
        if n in pairs
    }


def change_line(ranking: Ranking, before: Earlier, gained: Mapping[int, float]) -> str:
    """One line for people: how many forms gained, lost, are new or gone.

    ``gained`` is what ``changes`` gave.
    """
    up, down = sum(d > 0 for d in gained.values()), sum(d < 0 for d in gained.values())
    new = len(ranking.forms) - len(gained)
    gone = len(before) - len(gained)
    if not any((up, down, new, gone)):
        return "与上次相比，各表得分不变。"
    return f"与上次相比：提高 {up} 张，降低 {down} 张，新增 {new} 张，不再出现 {gone} 张。"
