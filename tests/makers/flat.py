"""Family C: a flat list from the integrated system, one row an indicator, many projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorer.forms import Form, Indicator

from .sheet import Block, Sheet, SheetBuilder, Span

# sign, number, unit; no further digit in the unit: «2025年10月31日前» is words, not a number
NUMERIC = re.compile(r"^([≥≤=><＞＜]?)(\d[\d,.]*)([^\d，。；]{0,8})$")


@dataclass(frozen=True)
class FlatStyle:
    """``template``: yunnan (指标内容) or sichuan (权重 and 指标方向性).
    ``merged`` merges a project's cells, else they are repeated in every row; ``filled`` merges
    nothing and leaves the repeated cells blank."""

    template: str = "yunnan"
    merged: bool = True
    filled: bool = True
    level_merged: bool = False
    county: str = "松河县"


def parts(value: str) -> tuple[str, str, str]:
    """A value as 指标性质, 指标值, 度量单位; words have the sign the system gives them."""
    found = NUMERIC.match(value)
    if not found:
        return ("定性" if value else "", value, "")
    return found[1] or "=", found[2], found[3]


def direction(row: Indicator) -> str:
    return "反向指标" if row.value.startswith("≤") else "正向指标"


def weights(count: int) -> list[int]:
    """Weights of a form's rows: 90 points shared out, the rest on the first rows."""
    base, more = divmod(90, max(1, count))
    return [base + (n < more) for n in range(count)]


def _yunnan(row: Indicator) -> tuple[str, ...]:
    sign, number, unit = parts(row.value)
    words = sign == "定性"
    kind = "定性指标" if words else "定量指标"
    note = f"反映{row.name}的情况" if row.name else ""
    return ("=" if words else sign, number, unit, kind, row.explanation or note)


def _sichuan(row: Indicator, weight: int) -> tuple[str, ...]:
    sign, number, unit = parts(row.value)
    return (sign, number, unit, str(weight), direction(row))


HEADS = {
    "yunnan": (
        "单位名称、项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标性质",
        "指标值", "度量单位", "指标属性", "指标内容",
    ),
    "sichuan": (
        "单位名称", "项目名称", "年度目标", "一级指标", "二级指标", "三级指标", "指标性质",
        "指标值", "度量单位", "权重", "指标方向性",
    ),
}  # fmt: skip
WIDTHS = {
    "yunnan": (12, 22, 8, 9, 16, 6, 9, 7, 8, 16),
    "sichuan": (10, 12, 20, 8, 9, 16, 6, 9, 7, 5, 8),
}


def flat_sheet(forms: Sequence[Form], style: FlatStyle) -> Sheet:
    """Every project's annual rows under one head."""
    b = SheetBuilder(WIDTHS[style.template])
    b.add(*HEADS[style.template])
    b.mark_header(1)
    unit = None
    for form in forms:
        if style.template == "yunnan" and form.unit != unit:
            unit = form.unit
            b.add(unit or "", *[""] * 9)
        _project(b, form, style)
    return b.build()


def _project(b: SheetBuilder, form: Form, style: FlatStyle) -> None:
    rows = form.of_phase("annual")
    keys = [form.project or "", form.goal.annual or ""]
    if style.template == "sichuan":
        keys.insert(0, form.unit or "")
    shares = weights(len(rows))
    runs = _runs(rows)
    for n, row in enumerate(rows):
        if style.merged:
            head = [Span(key, 1, len(rows)) for key in keys] if n == 0 else []
        else:
            head = [Span(key if n == 0 or style.filled else "") for key in keys]
        levels = [Span(row.level1), Span(row.level2)]
        if style.level_merged:
            levels = [
                Span(text, 1, runs[depth][n])
                for depth, text in enumerate((row.level1, row.level2))
                if n in runs[depth]
            ]
        tail = _yunnan(row) if style.template == "yunnan" else _sichuan(row, shares[n])
        b.add(*head, *levels, row.name, *tail)


def _runs(rows: Sequence[Indicator]) -> tuple[dict[int, int], dict[int, int]]:
    """Where equal level-1 and level-2 labels begin, and how long they run."""
    found: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for depth in (0, 1):
        start = 0
        for n in range(1, len(rows) + 1):
            same = n < len(rows) and all(
                getattr(rows[n], name) == getattr(rows[start], name)
                for name in ("level1", "level2")[: depth + 1]
            )
            if not same:
                found[depth][start] = n - start
                start = n
    return found


def one_year(forms: Sequence[Form]) -> list[Form]:
    """The forms as one list would hold them: all of the first one's year."""
    return [replace(form, fiscal_year=forms[0].fiscal_year) for form in forms]


def blocks(forms: Sequence[Form], style: FlatStyle) -> list[Block]:
    """Title, unit line and the list."""
    year = forms[0].fiscal_year
    if any(form.fiscal_year != year for form in forms):
        raise ValueError("one list is of one year")
    if style.template == "yunnan":
        head = ["附表05-2", f"{year}年项目支出绩效目标表（本级下达）", f"单位名称：{forms[0].unit}"]
    else:
        head = ["表6", f"{year}年部门预算项目绩效目标", f"部门：{forms[0].department}"]
    return [*head, flat_sheet(forms, style)]
