"""What one click on a proposal does to the form.

A proposal is a wording that could stand in the finding's cell; whole rows are written
«名称：值», with their class before them where they belong to another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scorer.forms import LEVEL2, Finding, Form
from scorer.layouts.draft import natural_level1
from scorer.web.cells import halves

_OTHER_CLASS = re.compile(r"^(\S+指标)[\u3000\s]+(.*)$")
_ROW = re.compile(r"^([^：:]{2,40})[：:](.+)$", re.DOTALL)
# A missing level 1 is mended by a row of one of its classes.
_CLASS_OF_LEVEL1 = {
    "产出指标": "数量指标",
    "效益指标": "社会效益指标",
    "满意度指标": "服务对象满意度指标",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One proposal: what it says, and the edits that a click sends."""

    text: str
    edits: tuple[dict[str, Any], ...]


def chips(finding: Finding, form: Form, row: int | None) -> list[Chip]:
    """The finding's proposals as clicks; ``row`` is its indicator's index on the page."""
    found = (Chip(text, edits(text, finding, form, row)) for text in finding.proposals)
    return [chip for chip in found if chip.edits]


def edits(text: str, finding: Finding, form: Form, row: int | None) -> tuple[dict[str, Any], ...]:
    """The edits that put a proposal into the form, () where it is no wording for a cell."""
    if row is None:
        return _field_edits(text, finding.field, form)
    level2 = ""
    if moved := _OTHER_CLASS.match(text):
        level2, text = moved[1], moved[2]
        if level2 not in LEVEL2:
            return ()
    pair = _ROW.match(text)
    whole_row = level2 or finding.field in ("name", "level2") or _is_row(text, form, row)
    if pair and whole_row:
        cells = [("name", pair[1].strip()), ("value", pair[2].strip())]
    else:
        cells = [(finding.field if finding.field in ("name", "value") else "value", text)]
    if level2:
        cells.append(("level2", level2))
    return tuple(_set(f"{row}:{name}", value) for name, value in cells)


def _is_row(text: str, form: Form, row: int) -> bool:
    """«名称：值» offered for a value means the whole row, unless the value itself has a colon."""
    pair = _ROW.match(text)
    return bool(pair) and "：" not in form.indicators[row].value and not re.match(r"[\d≥≤=]", text)


def _field_edits(text: str, field: str, form: Form) -> tuple[dict[str, Any], ...]:
    level2 = _CLASS_OF_LEVEL1.get(field, field)
    if level2 in LEVEL2:
        pair = _ROW.match(text)
        if not pair:
            return ()
        same = natural_level1(level2)
        phases = [p for p in halves(form) if not _has_class(form, p, field, same)]
        return ({"kind": "add", "level2": level2, "phases": phases or ["annual"],
                 "name": pair[1].strip(), "value": pair[2].strip()},)  # fmt: skip
    if field.startswith(("goal_", "funding.")) or field in _TEXTS:
        return (_set(f"-1:{field}", text),)
    return ()


_TEXTS = frozenset(
    "project department unit attribute period total_yuan annual_yuan overview basis necessity"
    " safeguards plan phone".split()
)


def _has_class(form: Form, phase: str, field: str, level1: str) -> bool:
    return any(
        i.phase == phase and (i.level2 == field or (field == level1 and i.level1 == level1))
        for i in form.indicators
    )


def _set(cell: str, text: str) -> dict[str, Any]:
    return {"kind": "set", "cell": cell, "text": text, "both": True}
