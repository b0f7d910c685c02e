"""Turns of phrase that several rules share, so that the voice is one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from scorer.forms import Indicator, Yuan


def cell(row: Indicator) -> str:
    """«数量指标「计算机数量」»: the row as a person would point at it."""
    return (
        f"{row.level2 or row.level1}「{row.name}」" if row.name else f"{row.level2 or row.level1}"
    )


def wan(yuan: Yuan) -> str:
    """Yuan as «47.08万元»; small sums as «560元»."""
    amount = Decimal(yuan)
    if abs(amount) < 10000:
        return f"{yuan:,}元"
    text = f"{amount / 10000:,.6f}".rstrip("0").rstrip(".")
    return f"{text}万元"


def named(names: Sequence[str], most: int = 4) -> str:
    """«「甲」「乙」»; of a long list the first few and how many there are."""
    shown = "".join(f"「{name}」" for name in names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}个项目"


FIELD_NAMES = {
    "project": "项目名称",
    "department": "主管部门",
    "unit": "实施单位",
    "attribute": "项目属性",
    "period": "项目期",
    "total_yuan": "实施期资金总额",
    "annual_yuan": "年度资金总额",
    "overview": "项目概况",
    "basis": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
    "goal_period": "实施期目标",
    "goal_annual": "年度目标",
}


def normalise(text: str | None) -> str:
    """Full width, case, spaces and punctuation do not count in comparisons."""
    folded = unicodedata.normalize("NFKC", text or "").lower()
    return "".join(c for c in folded if c.isalnum() or c in "<>=≥≤%‰.")


_OPENED = re.compile(r"[（(《“【][^（）()《》“”【】。；;！!？?]{0,24}$")


def opened_last(text: str) -> bool:
    """Whether a text breaks off inside a bracket, title or quotation."""
    return _OPENED.search(text) is not None
