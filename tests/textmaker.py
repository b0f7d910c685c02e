"""Text documents of invented counties: a known form rendered the ways converters print it.

``render`` gives the lines of a document; what was put in is the truth to compare with.
Modes: "tab", "pipe", "wide" (cells parted by gaps); "space" (a text layer, one space between
columns); "cells" (wrapped cells one after the other); "lines" (wrapped cells line by line).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from scorer.forms import LEVEL2
from scorer.layouts.text.lines import width

ORDER = [name for name in LEVEL2 if "成本" not in name or name == "成本指标"]
LEVEL1 = dict.fromkeys(ORDER[:4], "产出指标") | {ORDER[-1]: "满意度指标"}
HEADS = ["一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
LABELS = {
    "overview": "项目概况",
    "basis": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
}
Row = tuple[str, str, str, str, str]  # level 2, left name and value, right name and value


@dataclass(frozen=True)
class Sample:
    """A form as its clerk filled it in."""

    county: str
    year: int
    project: str
    code: str
    department: str
    unit: str
    attribute: str
    period: str
    total: int
    annual: int
    texts: dict[str, str]
    goals: tuple[str, str]
    filled_at: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Style:
    """How a document is printed."""

    mode: str
    brackets: str = "（）"
    money: str = "元"
    blank_lines: bool = False
    furniture: bool = False  # page number, running head, watermark, repeated head row
    cut: int = 0  # signs a right-hand name has room for
    glue: bool = False  # a cut name runs into its value
    labels: str = "top"  # level-2 label on the first row, on "each", in the "middle"
    damage: float = 0.0  # share of tab rows with lost labels and shifts
    widths: tuple[int, int, int] = (7, 9, 7)  # level 2, name, value
    body: int = 34
    seed: int = 0
    rng: random.Random = field(default_factory=random.Random, compare=False)


def printed(sample: Sample, style: Style) -> Sample:
    """The sample as the style prints it: right-hand names may be cut."""
    if not style.cut:
        return sample
    rows = tuple((k, n, v, rn[: style.cut], rv) for k, n, v, rn, rv in sample.rows)
    return replace(sample, rows=rows)


def render(sample: Sample, style: Style) -> list[str]:
    """The lines of a document with one form."""
    style = replace(style, rng=random.Random(style.seed))
    sample = printed(sample, style)
    left, right = style.brackets
    out = [
        f"{sample.county}县{left}区{right}级预算部门{left}单位{right}项目支出绩效目标申报表",
        f"{left}{sample.year}年度{right}",
    ]
    strong = style.mode in ("tab", "pipe", "wide")
    table = _strong_table(sample, style) if strong else _weak_table(sample, style)
    return _spread(out + table) if style.blank_lines else out + table


def _spread(lines: list[str]) -> list[str]:
    return [part for line in lines for part in (line, "")]


def _money(value: int, style: Style) -> str:
    return f"{value:,}" if style.money == "元" else f"{value / 10000:.4f}".rstrip("0").rstrip(".")


def _funding(sample: Sample, style: Style) -> list[list[str]]:
    left, right = style.brackets
    colon = "：" if left == "（" else ":"
    total, annual = _money(sample.total, style), _money(sample.annual, style)
    names = [f"其中{colon}中央财政资金", "省级财政资金", f"市县{left}区{right}财政资金", "单位自筹"]
    amounts = [("0", "0"), ("0", "0"), (total, annual), ("0", "0")]
    rows = [[f"实施期资金总额{colon}", total, f"年度资金总额{colon}", annual]]
    rows += [[n, a, n, b] for n, (a, b) in zip(names, amounts, strict=True)]
    return [*rows, ["其他资金", "", "其他资金", ""]]


def table_rows(sample: Sample, style: Style) -> list[list[str]]:
    """The indicator rows: level 1, then both halves' level 2, name, value."""
    out: list[list[str]] = []
    last = ""
    for level2 in ORDER:
        rows = [row for row in sample.rows if row[0] == level2] or [(level2, "", "", "", "")]
        spot = (len(rows) - 1) // 2 if style.labels == "middle" else 0
        for i, (_, name, value, right_name, right_value) in enumerate(rows):
            label = level2 if i == spot or style.labels == "each" else ""
            level1 = LEVEL1.get(level2, "效益指标")
            first = "" if level1 == last else level1
            out.append([first, label, name, value, label, right_name, right_value])
            last = level1
    return out


def _head_rows(sample: Sample) -> list[list[str]]:
    return [
        ["项目名称", sample.project],
        ["主管部门及代码", f"{sample.code}-{sample.department}", "实施单位", sample.unit],
        ["项目属性", sample.attribute, "项目期", sample.period],
    ]


def _foot(sample: Sample, style: Style) -> list[str]:
    colon = "：" if style.brackets[0] == "（" else ":"
    return [f"{n}{colon}" for n in ("负责人", "经办人", "联系电话")] + [
        f"填报日期{colon}",
        sample.filled_at,
    ]


# --- cells parted by tabs, pipes, gaps ---------------------------------------------


def _strong_table(sample: Sample, style: Style) -> list[str]:
    head = f"项目资金{style.brackets[0]}{style.money}{style.brackets[1]}"
    rows = _head_rows(sample)
    rows += [[head if i == 0 else "", *row] for i, row in enumerate(_funding(sample, style))]
    rows += [[label, sample.texts[key]] for key, label in LABELS.items()]
    rows += [["", "实施期目标", "年度目标"], ["总体目标", *sample.goals]]
    lead = [] if style.mode == "wide" else [""]
    indicators = [[*lead, *row] for row in table_rows(sample, style)]
    heads = [*(["绩效指标"] if lead else []), *HEADS]
    if style.damage:
        indicators = [_damaged(row, style) for row in indicators]
    table = [*rows, heads, *indicators, _foot(sample, style)]
    return [line for row in table for line in _strong_lines(row, style)]


def _damaged(row: list[str], style: Style) -> list[str]:
    """A row whose right label is lost, or whose cells have moved left."""
    row = list(row)
    filled = [c for c in (row[3], row[4], row[6], row[7]) if c]
    if style.rng.random() < style.damage and len(filled) == 4:
        row[5] = ""
    while row and not row[0] and style.rng.random() < 2 * style.damage:
        row = row[1:]
    return row


def _strong_lines(row: list[str], style: Style) -> list[str]:
    if style.mode == "tab":
        return ["\t".join(row) + "\t" * style.rng.randint(0, 3)]
    if style.mode == "pipe":
        return ["| " + " | ".join(row) + " |"]
    sizes = {7: [14, 18, 26, 18, 18, 26, 18], 4: [22, 34, 22, 34], 3: [22, 46, 46]}
    room = sizes.get(len(row), [22, 90] if len(row) == 2 else [22] * len(row))
    wrapped = [_wrap(cell, (size - 4) / 2) for cell, size in zip(row, room, strict=True)]
    lines = []
    for n in range(max(map(len, wrapped))):
        text = ""
        for cell, size in zip(wrapped, room, strict=True):
            part = cell[n] if n < len(cell) else ""
            text += part + " " * (size - int(2 * width(part)))
        lines.append(text.rstrip())
    return lines


# --- a text layer -------------------------------------------------------------------


def _weak_table(sample: Sample, style: Style) -> list[str]:
    half = style.body / 2
    out: list[str] = []
    for row in _head_rows(sample):
        sizes = [99, style.body] if len(row) == 2 else [99, half - 4, 99, half - 4]
        out += _weak_lines(row, sizes, style)
    out += ["项目资金", f"{style.brackets[0]}{style.money}{style.brackets[1]}"]
    out += [" ".join(c for c in row if c) for row in _funding(sample, style)]
    for key, label in LABELS.items():
        out += _weak_lines([label, sample.texts[key]], [8, style.body], style)
    out += ["实施期目标 年度目标"]
    out += _weak_lines(["总体目标", *sample.goals], [99, half, half], style)
    out += [*"绩效指标", " ".join(HEADS)]
    out += _weak_indicators(sample, style)
    return [*out, " ".join(_foot(sample, style))]


def _weak_indicators(sample: Sample, style: Style) -> list[str]:
    out: list[str] = []
    rows = table_rows(sample, style)
    for n, row in enumerate(rows):
        if style.glue and row[5] and len(row[5]) == style.cut and row[6]:
            row = [*row[:5], row[5] + row[6], ""]
        if row[0] and style.mode == "cells":
            out.append(row[0])
            row = ["", *row[1:]]
        out += _weak_lines(row, [99, *style.widths, *style.widths], style)
        if style.furniture and n == len(rows) // 2:
            out += ["", "-22-", f"{sample.county}县{sample.year}年部门预算公开报告", ""]
            out += ["仅供", "内部", "审核", ""] * 4 + [" ".join(HEADS)]
    return out


def _weak_lines(row: list[str], sizes: list[float], style: Style) -> list[str]:
    if style.mode == "space":
        return [" ".join(c for c in row if c)]
    wrapped = [_wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    if style.mode == "lines":
        height = max(map(len, wrapped))
        lines = [[c[n] for c in wrapped if n < len(c) and c[n]] for n in range(height)]
        return [" ".join(parts) for parts in lines]
    return _cell_after_cell(wrapped)


def _cell_after_cell(wrapped: list[list[str]]) -> list[str]:
    """Cells in the middle of their row: a wrapped one breaks the line before and after."""
    out: list[str] = []
    line: list[str] = []
    level = 0.0
    for cell in wrapped:
        for n, part in enumerate(cell):
            if not part:
                continue
            here = n - (len(cell) - 1) / 2
            if line and here != level:
                out.append(" ".join(line))
                line = []
            line.append(part)
            level = here
    return [*out, " ".join(line)] if line else out


def _wrap(text: str, size: float) -> list[str]:
    lines = [""]
    for sign in text:
        if lines[-1] and width(lines[-1] + sign) > size:
            lines.append("")
        lines[-1] += sign
    return [line.strip() for line in lines]
