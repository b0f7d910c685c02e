"""The official table of one form as rows of slots that a template prints one by one.

The order of the cells is the printed form's; which are there is what the unit's own form has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scorer.forms import FUNDING_NAMES, PHASE_NAMES, Form, Phase
from scorer.reports.html_data import EXTRAS, FOOT_FIELDS, TEXT_FIELDS, paired_rows
from scorer.web.cells import halves, shown

SEVERITY_ORDER = ("error", "warning", "advice")
LONG = frozenset(TEXT_FIELDS) | {"goal_period", "goal_annual"}
# Remarks on the whole table of indicators stand at its head.
ON_TABLE = ("indicators", "indicators_period", "indicators_annual")


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark's number on a cell."""

    number: int
    severity: str


@dataclass(slots=True)
class Slot:
    """One cell to print. ``key`` is set where it can be typed into (see ``cells``)."""

    kind: str  # head, cell, class, blank, acts
    text: str = ""
    key: str = ""
    span: int = 1
    down: int = 1
    label: str = ""  # what a screen reader says of the cell
    amount: bool = False
    long: bool = False
    note: str = ""
    marks: list[Mark] = field(default_factory=list)
    rows: tuple[int, ...] = ()  # the indicators of this line (acts) or class
    level2: str = ""

    @property
    def severity(self) -> str:
        """The gravest remark's, "" without remarks."""
        found = {mark.severity for mark in self.marks}
        return next((s for s in SEVERITY_ORDER if s in found), "")

    @property
    def numbers(self) -> str:
        return " ".join(str(mark.number) for mark in self.marks)


Marks = Mapping[str, Sequence[Mark]]
Line = list[Slot]


def paper(form: Form, marks: Marks) -> list[Line]:
    """All lines of the table. ``marks`` are the remarks by cell key, rows numbered as in ``form``."""
    return [
        *_head(form, marks),
        *_goals(form, marks),
        *_indicators(form, marks),
        *_foot(form, marks),
    ]


def _cell(form: Form, marks: Marks, name: str, label: str, span: int = 1) -> Slot:
    key = f"-1:{name}"
    amount = name.endswith("_yuan") or name.startswith("funding.")
    return Slot(
        "cell", shown(form, key), key, span, label=label, amount=amount, long=name in LONG,
        marks=list(marks.get(key, ())),
    )  # fmt: skip


def _has(form: Form, name: str) -> bool:
    return name in form.asked or bool(form.text(name))


def _head(form: Form, marks: Marks) -> Iterator[Line]:
    def head(text: str, span: int = 1, down: int = 1) -> Slot:
        return Slot("head", text, span=span, down=down)

    yield [head("项目名称", 2), _cell(form, marks, "project", "项目名称", 5)]
    if _has(form, "department"):
        code = f"（{form.department_code}）" if form.department_code else ""
        department = _cell(form, marks, "department", "主管部门", 2)
        department.note = code
        unit = _cell(form, marks, "unit", "实施单位", 2)
        yield [head("主管部门及代码", 2), department, head("实施单位"), unit]
    else:
        yield [head("实施单位", 2), _cell(form, marks, "unit", "实施单位", 5)]
    if _has(form, "attribute") or _has(form, "period"):
        yield [
            head("项目属性", 2),
            _cell(form, marks, "attribute", "项目属性", 2),
            head("项目期"),
            _cell(form, marks, "period", "项目期", 2),
        ]
    sources = [s for s in FUNDING_NAMES if _has_source(form, s)]
    if sources or _has(form, "total_yuan") or _has(form, "annual_yuan"):
        for n, name in enumerate(["", *sources]):
            first = [head("项目资金（元）", 2, len(sources) + 1)] if n == 0 else []
            yield [*first, *_sums(form, marks, name)]
    for name, label in TEXT_FIELDS.items():
        if _has(form, name):
            yield [head(label, 2), _cell(form, marks, name, label, 5)]


def _has_source(form: Form, source: str) -> bool:
    funds = (form.funding_period, form.funding_annual)
    names = {f"funding.{phase}.{source}" for phase in ("period", "annual")}
    return any(getattr(f, source) is not None for f in funds) or bool(names & form.asked)


def _sums(form: Form, marks: Marks, source: str) -> Line:
    line: Line = []
    for phase, total, span in (("period", "total_yuan", 1), ("annual", "annual_yuan", 2)):
        name = f"funding.{phase}.{source}" if source else total
        words = FUNDING_NAMES.get(source, f"{PHASE_NAMES[phase]}资金总额")
        label = f"{PHASE_NAMES[phase]}{words}" if source else words
        line += [Slot("head", words, span=span), _cell(form, marks, name, f"{label}（元）")]
    return line


def _goals(form: Form, marks: Marks) -> Iterator[Line]:
    both = halves(form)
    labels = {p: f"{PHASE_NAMES[p]}目标" for p in both}
    if len(both) == 1:
        name = f"goal_{both[0]}"
        yield [Slot("head", "总体目标", span=2), _cell(form, marks, name, labels[both[0]], 5)]
        return
    yield [Slot("head", "总体目标", down=2), *(Slot("head", labels[p], span=3) for p in both)]
    yield [_cell(form, marks, f"goal_{p}", labels[p], 3) for p in both]


def _indicators(form: Form, marks: Marks) -> Iterator[Line]:
    both = halves(form)
    span = 3 - len(both)
    on_table = dict.fromkeys(m for name in ON_TABLE for m in marks.get(f"-1:{name}", ()))
    names = [
        Slot("head", name, span=span) for _ in both for name in ("二级指标", "三级指标", "指标值")
    ]
    yield [Slot("head", "一级指标", key="table", marks=list(on_table)), *names]
    lines = paired_rows(form)
    classes = [form.indicators[max(pair)] for pair in lines]
    level1 = [row.level1 for row in classes]
    level2 = [(row.level1, row.level2) for row in classes]
    for n, pair in enumerate(lines):
        line: Line = []
        if n == 0 or level1[n] != level1[n - 1]:
            line.append(Slot("head", level1[n].removesuffix("指标"), down=_run(level1, n)))
        starts = n == 0 or level2[n] != level2[n - 1]
        for phase in both:
            side = 0 if phase == "period" else 1
            if starts:
                down = _run(level2, n)
                below = [p[side] for p in lines[n : n + down] if p[side] >= 0]
                line.append(_class(form, marks, below, span, down))
            line += _row(form, marks, pair[side], phase, span)
        here = tuple(row for row in pair if row >= 0)
        line.append(Slot("acts", rows=here, level2=classes[n].level2, label=classes[n].name))
        yield line


def _class(form: Form, marks: Marks, rows: Sequence[int], span: int, down: int) -> Slot:
    """二级指标 stands once for its rows and carries the remarks on their class."""
    if not rows:
        return Slot("blank", span=span, down=down)
    found = (m for r in rows for name in ("level1", "level2") for m in marks.get(f"{r}:{name}", ()))
    text = form.indicators[rows[0]].level2.removesuffix("指标")
    key = f"{rows[0]}:class"
    return Slot("class", text, key, span, down, marks=list(dict.fromkeys(found)), rows=tuple(rows))


def _row(form: Form, marks: Marks, row: int, phase: Phase, span: int) -> Line:
    if row < 0:
        return [Slot("blank", span=span), Slot("blank", span=span)]
    item = form.indicators[row]
    where = f"{PHASE_NAMES[phase]}{item.level2}"
    notes = (f"{label} {getattr(item, n)}" for n, label in EXTRAS.items() if getattr(item, n))
    return [
        Slot("cell", shown(form, f"{row}:name"), f"{row}:name", span,
             label=f"{where} 三级指标名称", marks=list(marks.get(f"{row}:name", ()))),
        Slot("cell", shown(form, f"{row}:value"), f"{row}:value", span,
             label=f"{where}「{item.name}」指标值", note="；".join(notes),
             marks=list(marks.get(f"{row}:value", ()))),
    ]  # fmt: skip


def _foot(form: Form, marks: Marks) -> Iterator[Line]:
    shown_fields = [(name, label) for name, label in FOOT_FIELDS.items() if _has(form, name)]
    for n in range(0, len(shown_fields), 2):
        pair = shown_fields[n : n + 2]
        line: Line = []
        for at, (name, label) in enumerate(pair):
            line.append(Slot("head", label, span=2 if at == 0 else 1))
            line.append(_cell(form, marks, name, label, 2 if len(pair) == 2 else 5))
        yield line


def _run(items: Sequence[object], start: int) -> int:
    """How many equal items stand in a row from ``start``."""
    end = start
    while end < len(items) and items[end] == items[start]:
        end += 1
    return end - start
