"""Invented tables written as text, for the tests of the layouts."""

from __future__ import annotations

import re

from scorer.forms import Cell, Document, Form, Grid, Line, Page, Place, Submission
from scorer.layouts import read_submission

_CELL = re.compile(r"^(.*?)(?:>(\d+))?(?:\^(\d+))?$", re.S)
Block = Line | Grid


def table(text: str, **options: bool) -> Grid:
    """A grid from lines of cells parted by «|»; «>2» spans columns, «^3» spans rows, «¶» is
    a line break in a cell."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = [line.strip() for line in text.strip().splitlines()]
    for r, line in enumerate(rows):
        column = 0
        for part in line.split("|") if line else []:
            match = _CELL.match(part.strip())
            assert match
            words, wide, high = match[1].replace("¶", "\n"), int(match[2] or 1), int(match[3] or 1)
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + k) for i in range(high) for k in range(wide)}
            cells.append(Cell(words, r, column, high, wide, Place(row=r + 1, column=column + 1)))
            column += wide
    width = max(cell.column + cell.col_span for cell in cells)
    return Grid(tuple(cells), len(rows), width, Place(table=1), **options)


def read(*blocks: Block | str, pages: list[list[Block | str]] | None = None) -> Submission:
    """The submission of blocks on one page, or of several pages."""
    sheets = pages or [list(blocks)]
    made = tuple(
        Page(n, tuple(Line(b, Place(page=n)) if isinstance(b, str) else b for b in sheet))
        for n, sheet in enumerate(sheets, start=1)
    )
    return read_submission(Document("made.xlsx", "0" * 64, "xlsx", made))


def one(*blocks: Block | str, pages: list[list[Block | str]] | None = None) -> Form:
    """The only form of a document."""
    submission = read(*blocks, pages=pages)
    assert len(submission.forms) == 1, [f.project for f in submission.forms]
    return submission.forms[0]


def rows(form: Form, phase: str | None = None) -> list[str]:
    """Indicators as «level1/level2/name=value», of one phase or with the phase in front."""
    return [
        f"{'' if phase else i.phase + ':'}{i.level1[:-2]}/{i.level2[:-2]}/{i.name}={i.value}"
        for i in form.indicators
        if phase in (None, i.phase)
    ]


HEAD = """
项目名称>2 | 塘河镇路灯更换>6
主管部门及代码>2 | 071-塘河县住建局>2 | 实施单位 | 塘河镇人民政府>3
项目属性>2 | 一次性项目>2 | 项目期 | 2年>3
项目资金¶（元）>2^3 | 实施期资金总额： | 300,000 | 年度资金总额：>2 | 120,000>2
其中：中央财政资金 | 0 | 其中：中央财政资金>2 | 0>2
市县（区）财政¶资金 | 300,000 | 市县（区）财政资金>2 | 120,000>2
项目概况>2 | 更换主街路灯，¶共两年。>6
总体目标>2^2 | 实施期目标>2 | 年度目标>4
两年换灯600盏。>2 | 本年换灯240盏。>4
"""
BODY = """
绩¶效¶指¶标^5 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标^3 | 数量指标^2 | 换灯数量 | 600盏 | 数量指标^2 | 换灯数量 | 240盏
拆旧灯杆 | 80根 | 拆旧灯杆 |
时效指标 | 完工时间 | 2026年10月 | 时效指标 | 完工时间 | 2025年¶10月
满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 服务对象满意度指 | 居民满意度 | ≥90%
"""
FOOT = "负责人： | 经办人： | 江晓舟 | 联系电话： | 6612345 | 填报日期： | 20241105 |"
TITLE = "塘河县预算部门项目支出绩效目标申报表"
