"""What changed since the last report in the same folder."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from scorer.ranking import Ranking

Key = tuple[str, str, int | None]


def earlier_totals(path: Path) -> dict[Key, list[float]]:
    """Totals of the forms in an earlier 结果.json by unit, project and year, in its order.

    Empty where there is no such file, or none that this program wrote.
    """
    found: dict[Key, list[float]] = defaultdict(list)
    try:
        for document in json.loads(path.read_bytes())["documents"]:
            for form in document["forms"]:
                found[_key(form, document)].append(float(form["review"]["total"]))
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(found)


def _key(form: dict[str, Any], document: dict[str, Any]) -> Key:
    unit = form.get("unit") or document.get("unit") or "（未写单位）"
    return unit, form.get("project") or "", form.get("fiscal_year")


def changes(ranking: Ranking, before: dict[Key, list[float]]) -> dict[int, float]:
    """Points gained or lost since then, by place in the ranking; new forms are absent."""
    left = {key: list(totals) for key, totals in before.items()}
    gained = {}
    for row in ranking.forms:
        form = row.judged.form
        totals = left.get((row.unit, form.project or "", form.fiscal_year))
        if totals:
            gained[row.place] = round(row.judged.review.total - totals.pop(0), 1)
    return gained


def change_line(ranking: Ranking, before: dict[Key, list[float]]) -> str:
    """One line for people: how many forms gained, lost, are new or gone."""
    gained = changes(ranking, before)
    up, down = sum(d > 0 for d in gained.values()), sum(d < 0 for d in gained.values())
    new = len(ranking.forms) - len(gained)
    gone = sum(map(len, before.values())) - len(gained)
    if not any((up, down, new, gone)):
        return "与上次相比，各表得分不变。"
    return f"与上次相比：提高 {up} 张，降低 {down} 张，新增 {new} 张，不再出现 {gone} 张。"
