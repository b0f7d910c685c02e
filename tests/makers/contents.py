"""Reads the invented forms in contents/*.toml into ``scorer.forms.Form`` objects.

A row is ``level1|level2|name|value`` or ``level1|level2|name|实施期 value|年度 value``; «-» as a
value says that this half has no such row, nothing says that the cell is blank.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from scorer.forms import Form, Funding, Goal, Indicator, Phase

HERE = Path(__file__).parent / "contents"

LEVEL1 = {"产出": "产出指标", "效益": "效益指标", "满意": "满意度指标", "成本": "成本指标"}
LEVEL2 = {
    "数量": "数量指标",
    "质量": "质量指标",
    "时效": "时效指标",
    "成本": "成本指标",
    "经济成本": "经济成本指标",
    "社会成本": "社会成本指标",
    "环境成本": "生态环境成本指标",
    "生态环境成本": "生态环境成本指标",
    "经济": "经济效益指标",
    "社会": "社会效益指标",
    "生态": "生态效益指标",
    "可持续": "可持续影响指标",
    "满意": "服务对象满意度指标",
}
SOURCES = ("central", "province", "city_county", "self_raised", "other")


def indicators(rows: str) -> tuple[Indicator, ...]:
    """Rows of both halves, 实施期 first, in the order written."""
    found: dict[Phase, list[Indicator]] = {"period": [], "annual": []}
    for line in rows.strip().splitlines():
        level1, level2, name, *values = (part.strip() for part in line.split("|"))
        halves: dict[Phase, str] = {"period": values[0], "annual": values[-1]}
        for phase, value in halves.items():
            if value != "-":
                row = Indicator(LEVEL1[level1], LEVEL2[level2], name, value, phase)
                found[phase].append(row)
    return tuple(found["period"] + found["annual"])


def _funding(sources: dict[str, int | float]) -> Funding:
    unknown = set(sources) - set(SOURCES)
    if unknown:
        raise ValueError(f"unknown sources {unknown}")
    return Funding(**{k: v if isinstance(v, int) else Decimal(str(v)) for k, v in sources.items()})


def form_from(entry: dict[str, Any], unit: dict[str, Any]) -> Form:
    """One TOML entry (with the defaults of its unit) as a Form."""
    data = {**unit, **entry}
    annual_funding = data.get("annual_funding", data["funding"])
    return Form(
        project=data["project"],
        department_code=data.get("code"),
        department=data["department"],
        unit=data["unit"],
        fiscal_year=data["year"],
        attribute=data.get("attribute", "一次性项目"),
        period=data.get("period", "1年"),
        total_yuan=data["total"],
        annual_yuan=data.get("annual", data["total"]),
        funding_period=_funding(data["funding"]),
        funding_annual=_funding(annual_funding),
        overview=data.get("overview"),
        basis=data.get("basis"),
        necessity=data.get("necessity"),
        safeguards=data.get("safeguards"),
        plan=data.get("plan"),
        goal=Goal(data.get("goal_period", data.get("goal")), data.get("goal")),
        filled_at=data.get("filled_at"),
        leader=data.get("leader"),
        handler=data.get("handler"),
        phone=data.get("phone"),
        indicators=indicators(data["rows"]),
    )


@cache
def load(name: str) -> dict[str, Form]:
    """The forms of contents/<name>.toml by their id."""
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    units = data.get("units", {})
    return {
        key: form_from(entry, units.get(entry.get("of", ""), {}))
        for key, entry in data["forms"].items()
    }
