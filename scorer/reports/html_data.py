"""What the HTML report's script needs of each form, as small plain JSON objects.

Texts of persons' telephone numbers are masked here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from scorer.forms import FUNDING_NAMES, Form, Indicator, Review, Yuan
from scorer.ranking import Ranked, worst_finding
from scorer.reports.grouping import Group, gravest_first, remarks_in
from scorer.reports.masking import mask, mask_number
from scorer.reports.steadiness import sway_line
from scorer.review import BY_HAND
from scorer.twins import twins

TEXT_FIELDS = {
    "overview": "项目概况",
    "basis": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
}
FOOT_FIELDS = {
    "leader": "负责人",
    "handler": "经办人",
    "phone": "联系电话",
    "filled_at": "填报日期",
}
EXTRAS = {
    "declared_kind": "属性",
    "direction": "方向",
    "weight": "权重",
    "baseline": "历史值",
    "explanation": "说明",
}


def index_row(row: Ranked) -> list[object]:
    """One line of the ranking: what the table shows and what filters and search look at."""
    filed = row.filed
    form = filed.judged.form
    groups = remarks_in(filed)
    worst = worst_finding([g.finding for g in groups])
    return [
        row.place,
        row.total,
        row.grade,
        row.project or "（未写项目名称）",
        row.unit,
        _wan(row.amount) if _known(form) else None,
        len(groups),
        mask(worst.message) if worst else "",
        worst.code if worst else "",
        " ".join(sorted({g.finding.code for g in groups})),
        form.department if form.department != row.unit else "",
        form.fiscal_year,
        int(row.sway is not None and row.sway.hangs),
    ]


def _known(form: Form) -> bool:
    return form.annual_yuan is not None or form.total_yuan is not None


def _wan(amount: Yuan) -> float:
    return round(float(amount) / 10000, 4)


def form_data(row: Ranked) -> dict[str, Any]:
    """The form as the unit wrote it, its remarks by number and its sheet."""
    filed = row.filed
    form = filed.judged.form
    groups = sorted(remarks_in(filed), key=gravest_first)
    pairs = list(twins(form).items())
    return {
        "title": form.title or "",
        "path": row.paper.path,
        "place": form.place.label(),
        "head": {name: _cell(form, name) for name in _HEAD},
        "money": list(_money(form)),
        "texts": [
            [name, label, mask(form.text(name) or "")]
            for name, label in TEXT_FIELDS.items()
            if form.text(name) or name in form.asked
        ],
        "goals": [mask(form.goal.period or ""), mask(form.goal.annual or "")],
        "halves": [bool(form.of_phase("period")) or bool(form.goal.period),
                   bool(form.of_phase("annual")) or bool(form.goal.annual)],
        "rows": [_row(i) for i in form.indicators],
        "lines": paired_rows(form),
        "foot": [
            [name, label, _foot(form, name)]
            for name, label in FOOT_FIELDS.items()
            if form.text(name) or name in form.asked
        ],
        "remarks": [_remark(g, pairs) for g in groups],
        "review": _review(filed.judged.review, groups),
        "dismissed": len(filed.judged.dismissed),
        "sway": sway_line(row.sway) if row.sway else "",
    }  # fmt: skip


_HEAD = (
    "project", "department", "department_code", "unit", "attribute", "period",
    "total_yuan", "annual_yuan",
)  # fmt: skip


def _cell(form: Form, name: str) -> str:
    value = getattr(form, name)
    if name.endswith("_yuan"):
        return _yuan(value)
    return mask(str(value or ""))


def _yuan(value: Yuan | None) -> str:
    return "" if value is None else f"{value:,}"


def _money(form: Form) -> Iterator[list[str]]:
    """Sources of money: [key, name, 实施期, 年度], where the form has such a cell."""
    for key, name in FUNDING_NAMES.items():
        both = [getattr(f, key) for f in (form.funding_period, form.funding_annual)]
        if any(value is not None for value in both):
            yield [key, name, *map(_yuan, both)]


def _foot(form: Form, name: str) -> str:
    text = form.text(name) or ""
    if name == "phone":
        return mask_number(text)
    if name == "filled_at" and len(text) == 14 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[8:10]}:{text[10:12]}:{text[12:]}"
    return mask(text)


def _row(indicator: Indicator) -> list[str]:
    """[level1, level2, name, value, the other columns as one note]."""
    notes = (
        f"{label} {getattr(indicator, n)}" for n, label in EXTRAS.items() if getattr(indicator, n)
    )
    return [
        indicator.level1, indicator.level2, mask(indicator.name), mask(indicator.value),
        mask("；".join(notes)),
    ]  # fmt: skip


def paired_rows(form: Form) -> list[list[int]]:
    """Lines of the official table: [index of the 实施期 row, index of the 年度 row], -1 for none.

    Rows of one class stand side by side in printed order, classes in order of appearance.
    """
    classes: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for n, row in enumerate(form.indicators):
        halves = classes.setdefault((row.level1, row.level2), ([], []))
        halves[row.phase == "annual"].append(n)
    level1 = list(dict.fromkeys(one for one, _ in classes))
    return [
        [left, right]
        for one in level1
        for (first, _), halves in classes.items()
        if first == one
        for left, right in zip_longest(*halves, fillvalue=-1)
    ]


def _remark(group: Group, pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """One remark with the cells it marks; ``pairs`` are rows printed in both halves."""
    finding = group.finding
    cells = {(-1 if f.indicator is None else f.indicator, f.field) for f in group.members}
    for one, other in pairs:
        cells |= {(other if n == one else one, name) for n, name in cells if n in (one, other)}
    data: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        "message": mask(finding.message),
        "advice": mask(finding.advice),
        "where": group.where(),
        "cells": sorted(cells),
    }
    if finding.proposals:
        data["proposals"] = [mask(p) for p in finding.proposals]
    if finding.preview:
        data["preview"] = True
    if finding.summary:
        data["shared"] = True
    return data


def _review(review: Review, groups: Sequence[Group]) -> dict[str, Any]:
    number = {f.fingerprint: n for n, g in enumerate(groups, 1) for f in g.members}
    return {
        "total": review.total,
        "grade": review.grade,
        "qualitative": review.qualitative,
        "consequence": review.consequence,
        "caps": list(review.caps),
        "smart": list(review.smart.values()),
        "items": [
            [i.item, i.max, round(i.score, 2), [[number.get(d.finding, 0) if d.code else d.reason.rstrip("。"), d.points] for d in i.deductions]]
            for i in review.items
        ],
        "manual": [i.item for i in review.items if i.manual and i.manual != BY_HAND],
        "by_hand": [i.item for i in review.items if i.manual == BY_HAND],
        "mendings": [
            {
                "cell": mask(m.cell),
                "gain": m.gain,
                "remarks": sorted({number[f] for f in m.findings if f in number}),
            }
            for m in review.mendings
        ],
        "gains": [max((review.gains.get(f.fingerprint, 0.0) for f in g.members), default=0.0) for g in groups],
        "mended": [review.mendings[-1].total, review.mendings[-1].grade] if review.mendings else [],
    }  # fmt: skip
