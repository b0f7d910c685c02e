"""Labelled rows in a JSON Lines file (design.md section 7), and the forms they make up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer.forms import BENEFIT, COST, OUTPUT, SATISFACTION, Form, Goal, Indicator

KEYS = ("project", "overview", "goal", "amount_yuan", "level1", "level2", "name", "value")
_SHORT = {
    "服务对象满意度": "服务对象满意度指标",
    "满意度指标": "服务对象满意度指标",
    "成本指标": "成本指标",
}
_LEVEL1 = {
    "数量指标": OUTPUT,
    "质量指标": OUTPUT,
    "时效指标": OUTPUT,
    "成本指标": OUTPUT,
    "经济成本指标": COST,
    "社会成本指标": COST,
    "生态环境成本指标": COST,
    "服务对象满意度指标": SATISFACTION,
}


class RowsError(ValueError):
    """A rows file cannot be used. The text is for users and names the line."""


@dataclass(frozen=True)
class RowForms:
    """Rows grouped into forms: ``place[n]`` is (form, indicator) of row n."""

    forms: tuple[Form, ...]
    place: tuple[tuple[int, int], ...]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of the file in order. Raises RowsError naming the first bad line."""
    rows = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RowsError(f"读不出「{path}」：{error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RowsError(f"「{path}」第{number}行不是JSON：{error}") from error
        if not isinstance(row, dict) or "name" not in row or "value" not in row:
            raise RowsError(f"「{path}」第{number}行缺少name或value。")
        rows.append(row)
    return rows


def forms_of(rows: Sequence[dict[str, Any]]) -> RowForms:
    """One form per project (its rows need not stand together), in order of first appearance.

    A project is told by name, overview and goal together: two units may use one name.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, row in enumerate(rows):
        key = tuple(_text(row.get(k)) or "" for k in ("project", "overview", "goal"))
        groups.setdefault(key, []).append(n)
    place: list[tuple[int, int]] = [(0, 0)] * len(rows)
    forms = []
    for f, members in enumerate(groups.values()):
        for r, n in enumerate(members):
            place[n] = (f, r)
        forms.append(_form([rows[n] for n in members]))
    return RowForms(tuple(forms), tuple(place))


def _form(rows: Sequence[dict[str, Any]]) -> Form:
    first = rows[0]
    amount = first.get("amount_yuan")
    year = first.get("fiscal_year")
    return Form(
        project=_text(first.get("project")),
        overview=_text(first.get("overview")),
        goal=Goal(annual=_text(first.get("goal"))),
        unit=_text(first.get("unit")),
        fiscal_year=year if isinstance(year, int) else None,
        period=_text(first.get("period")),
        total_yuan=amount,
        annual_yuan=amount,
        indicators=tuple(_indicator(row) for row in rows),
    )


def _indicator(row: dict[str, Any]) -> Indicator:
    level2 = _text(row.get("level2")) or ""
    level2 = _SHORT.get(
        level2, level2 if not level2 or level2.endswith("指标") else f"{level2}指标"
    )
    level1 = _text(row.get("level1")) or _LEVEL1.get(level2, BENEFIT)
    return Indicator(level1, level2, _text(row.get("name")) or "", _text(row.get("value")) or "")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
