"""The workbook for a bureau: 总览, 排名, 问题清单, 审核表, 规则.

Numbers are numbers, text stays text (a cell that begins with = + - @ is written as a
string, never as a formula).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, chain, count, islice
from typing import IO, Any

from rich.cells import cell_len

from scorer.forms import SEVERITY_NAMES, Finding
from scorer.profile import Profile
from scorer.ranking import Ranked, Ranking, worst_finding
from scorer.reports.stamp import stamp_line
from scorer.reports.steadiness import steadiness_line
from scorer.rules.catalogue import ITEMS, LETTERS, catalogue

GRADE_COLOURS = {"优": "#2e7d32", "良": "#1f6f8b", "中": "#b26a00", "差": "#b3261e"}
PRINTED = 290  # characters side by side that A3 shows large enough to read
LINE = 14.5  # points of one line of text
NUMBERS = ("count", "score", "money")
OVERVIEW_WIDTHS = (28, *[12] * 13)
SHEET_WIDTHS = (16, 8, 8, 90)
MOST_ROWS = 1_000_000  # of a sheet; Excel's own limit is 1,048,576
Row = Sequence[object]


def workbook(ranking: Ranking, profile: Profile) -> bytes:
    """The whole workbook as bytes."""
    out = io.BytesIO()
    write_workbook(ranking, profile, out)
    return out.getvalue()


def write_workbook(ranking: Ranking, profile: Profile, out: IO[bytes]) -> None:
    """The whole workbook, row after row: no sheet is ever in memory."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        style = _styles(book)
        _overview(book.add_worksheet("总览"), style, ranking, profile)
        _table(book, "排名", style, RANK_HEAD, _rank_rows(ranking), grade_column=2)
        _table(book, "问题清单", style, FINDING_HEAD, _finding_rows(ranking), grade_column=5)
        _sheets(book, style, ranking)
        _table(book, "规则", style, RULE_HEAD, _rule_rows())


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    styles = {
        "text": book.add_format({**base, "text_wrap": True, "align": "left", "indent": 1}),
        "head": book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": "#eef2f7",
                "bottom": 1,
                "text_wrap": True,
                "indent": 1,
            }
        ),
        "number_head": book.add_format(
            {**base, "bold": True, "bg_color": "#eef2f7", "bottom": 1, "align": "right"}
        ),
        "plain": book.add_format(base),
        "title": book.add_format({**base, "font_size": 14, "bold": True}),
        "score": book.add_format({**base, "num_format": "0.0"}),
        "money": book.add_format({**base, "num_format": "#,##0.00"}),
        "count": book.add_format({**base, "num_format": "#,##0"}),
    }
    for grade, colour in GRADE_COLOURS.items():
        styles[grade] = book.add_format(
            {**base, "bold": True, "font_color": colour, "align": "center"}
        )
    return styles


RANK_HEAD: tuple[tuple[str, int, str], ...] = (
    ("名次", 6, "count"), ("得分", 8, "score"), ("等级", 6, "grade"), ("项目", 40, "text"),
    ("单位", 30, "text"), ("主管部门", 26, "text"), ("年度", 8, "text"), ("年度金额(万元)", 14, "money"),
    ("问题数", 8, "count"), ("首要问题", 60, "text"), ("先改这几处", 44, "text"), ("可加分", 8, "score"), ("定性等级", 8, "grade"), ("处理", 30, "text"),
    ("按资金的次序", 8, "count"), ("得分最低", 8, "score"), ("得分最高", 8, "score"),
    ("名次最前", 8, "count"), ("名次最后", 8, "count"), ("可能的等级", 8, "text"),
    ("等级或名次取决于", 30, "text"), ("文件", 40, "text"),
)  # fmt: skip
FINDING_HEAD: tuple[tuple[str, int, str], ...] = (
    ("文件", 30, "text"), ("单位", 24, "text"), ("项目", 30, "text"), ("金额(万元)", 12, "money"),
    ("得分", 8, "score"), ("等级", 6, "grade"), ("程度", 6, "text"), ("规则", 7, "text"),
    ("规则名称", 18, "text"), ("位置", 20, "text"), ("原文", 26, "text"), ("问题", 50, "text"),
    ("建议", 50, "text"), ("可写", 40, "text"), ("依据", 18, "text"), ("指纹", 18, "text"),
)  # fmt: skip
RULE_HEAD: tuple[tuple[str, int, str], ...] = (
    ("代码", 8, "text"), ("类别", 10, "text"), ("名称", 24, "text"), ("程度", 8, "text"),
    ("审核项", 12, "text"), ("查什么", 60, "text"), ("依据", 20, "text"), ("状态", 8, "text"),
    ("实测", 40, "text"),
)  # fmt: skip


def _wan(amount: Decimal) -> float:
    return float(amount / 10000)


def _rank_rows(ranking: Ranking) -> Iterator[Row]:
    stake = {row.place: n for n, row in enumerate(ranking.by_money("差中良优"), 1)}
    for row in ranking.forms:
        yield _rank_row(row, stake.get(row.place))


def _sway_cells(row: Ranked) -> Row:
    """How far totals, place and grade move when one weight does; blank where not asked."""
    sway = row.sway
    if sway is None:
        return ("",) * 6
    hangs = sway.weight if sway.hangs else ""
    return sway.low, sway.high, sway.first, sway.last, "、".join(sway.grades), hangs


def _rank_row(row: Ranked, stake: int | None) -> Row:
    judged = row.judged
    form, review = judged.form, judged.review
    worst = worst_finding(judged.findings)
    return (
        row.place, review.total, review.grade, form.project or "", row.unit, form.department or "",
        str(form.fiscal_year or ""), _wan(row.amount), len(judged.findings),
        worst.message if worst else "没有发现问题", "；".join(m.cell for m in review.mendings),
        round(sum(m.gain for m in review.mendings), 1), review.qualitative, review.consequence,
        "" if stake is None else stake, *_sway_cells(row), row.paper.path,
    )  # fmt: skip


def _finding_rows(ranking: Ranking) -> Iterator[Row]:
    for row in ranking.forms:
        front = (
            row.paper.path,
            row.unit,
            row.project or "",
            _wan(row.amount),
            row.total,
            row.grade,
        )
        for finding in row.filed.weighed:
            yield (*front, *_finding_cells(finding))
    for paper in ranking.papers:
        place = (paper.path, paper.unit or "")
        for finding in paper.findings:
            yield (*place, finding.project or "（整份文件）", "", "", "", *_finding_cells(finding))


def _finding_cells(finding: Finding) -> Row:
    severity = SEVERITY_NAMES[finding.severity] + ("（试行）" if finding.preview else "")
    return (
        severity, finding.code, finding.name, finding.place.label(), finding.evidence,
        finding.message, finding.advice, "；".join(finding.proposals), finding.basis,
        finding.fingerprint,
    )  # fmt: skip


def _rule_rows() -> Iterator[Row]:
    for rule in catalogue().values():
        status = "正式" if rule.status == "stable" else "试行"
        yield (
            rule.code, f"{rule.letter} {LETTERS[rule.letter][1]}", rule.name,
            SEVERITY_NAMES[rule.severity], rule.item or "不计分", rule.checks, rule.basis, status,
            rule.measured or "尚未测得",
        )  # fmt: skip


def _table(
    book: Any,
    name: str,
    style: dict[str, Any],
    head: Sequence[tuple[str, int, str]],
    rows: Iterable[Row],
    grade_column: int | None = None,
) -> None:
    """A filterable sheet with a frozen head, widths and real numbers; a second, «名 (2)», where
    the rows are more than a sheet holds."""
    left = iter(rows)
    for number in count(1):
        first = next(left, None)
        if first is None and number > 1:
            return
        sheet = book.add_worksheet(name if number == 1 else f"{name} ({number})")
        those = chain([first], islice(left, MOST_ROWS - 1)) if first is not None else ()
        _filterable(sheet, style, head, those, grade_column)


def _filterable(
    sheet: Any,
    style: dict[str, Any],
    head: Sequence[tuple[str, int, str]],
    rows: Iterable[Row],
    grade_column: int | None,
) -> None:
    for column, (title, width, kind) in enumerate(head):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, style["number_head" if kind in NUMBERS else "head"])
    last = 0
    widths = [width for _, width, _ in head]
    for last, row in enumerate(rows, 1):
        sheet.set_row(last, _height(row, widths))
        for column, value in enumerate(row):
            _write(sheet, last, column, value, style, head[column][2])
    sheet.freeze_panes(1, 2 if grade_column else 1)
    sheet.autofilter(0, 0, last, len(head) - 1)
    # On paper the first columns, up to what is still read without a glass.
    shown = next((n for n, width in enumerate(_sums(head)) if width > PRINTED), len(head))
    sheet.print_area(0, 0, last, shown - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _sums(head: Sequence[tuple[str, int, str]]) -> Iterator[int]:
    return accumulate(width for _, width, _ in head)


def _height(row: Row, widths: Sequence[int]) -> float:
    """Points that the longest cell needs: not every program works it out for a written file."""
    lines = (
        sum(max(1, -(-cell_len(part) // max(1, width - 2))) for part in str(value).split("\n"))
        for value, width in zip(row, widths, strict=False)
        if isinstance(value, str)
    )
    return min(400.0, LINE * max(1, *lines, 1))


def _write(
    sheet: Any, row: int, column: int, value: object, style: dict[str, Any], kind: str
) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style[kind if kind in style else "text"])
        return
    text = str(value)
    sheet.write_string(
        row, column, text, style.get(text if kind == "grade" else kind, style["text"])
    )


def _overview(sheet: Any, style: dict[str, Any], ranking: Ranking, profile: Profile) -> None:
    for column, width in enumerate(OVERVIEW_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "项目支出绩效目标审核总览", style["title"])
    facts: list[Row] = [
        ("表数", len(ranking.forms)),
        ("单位数", len(ranking.units)),
        ("涉及资金(万元)", _wan(ranking.amount)),
        ("差等表涉及资金(万元)", _wan(ranking.amount_poor)),
        *((f"{grade}（张）", count) for grade, count in ranking.grades.items()),
        ("未能读取（处）", sum(p.lost for p in ranking.problems)),
    ]
    line = _block(sheet, style, 2, ("项目", "数"), facts)
    heads = ("单位", "表数", "平均分", "最低分", "资金(万元)", "差等表资金(万元)")
    letters = tuple(f"{letter} {name}" for letter, (_, name) in LETTERS.items())
    units = [
        (u.unit, u.forms, u.mean, u.worst, _wan(u.amount), _wan(u.amount_poor), *u.letters.values())
        for u in ranking.units
    ]
    line = _block(sheet, style, line + 1, (*heads, *letters), units)
    if len(ranking.departments) < len(ranking.units):
        rows = [
            (
                d.unit,
                d.forms,
                d.mean,
                d.worst,
                _wan(d.amount),
                _wan(d.amount_poor),
                *d.letters.values(),
            )
            for d in ranking.departments
        ]
        line = _block(sheet, style, line + 1, ("主管部门", *heads[1:], *letters), rows)
    common = [(f"{c.code} {c.name}", c.findings, c.forms) for c in ranking.common]
    line = _block(sheet, style, line + 1, ("常见问题", "处数", "涉及表数"), common)
    copied = [(c.text, c.forms, "、".join(c.units)) for c in ranking.copied[:50]]
    line = _block(sheet, style, line + 1, ("跨单位雷同的文字", "表数", "单位"), copied)
    lost = [(p.path, p.place.label(), p.message, p.remedy) for p in ranking.problems]
    line = _block(sheet, style, line + 1, ("未能读取的文件", "位置", "原因", "怎么办"), lost)
    for n, text in enumerate((steadiness_line(ranking), stamp_line(profile)), line + 1):
        sheet.set_row(n, 30)
        sheet.merge_range(n, 0, n, 12, text, style["text"])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _block(
    sheet: Any, style: dict[str, Any], line: int, head: Sequence[str], rows: Sequence[Row]
) -> int:
    """A small table at ``line``; returns the line after it, ``line`` itself if it is empty."""
    if not rows:
        return line
    for column, title in enumerate(head):
        number = isinstance(rows[0][column], int | float)
        sheet.write_string(line, column, title, style["number_head" if number else "head"])
    for n, row in enumerate(rows, line + 1):
        sheet.set_row(n, _height(row, OVERVIEW_WIDTHS))
        for column, value in enumerate(row):
            kind = "count" if isinstance(value, int) else "money"
            _write(
                sheet, n, column, value, style, kind if isinstance(value, int | float) else "text"
            )
    return line + len(rows) + 1


def _sheets(book: Any, style: dict[str, Any], ranking: Ranking) -> None:
    """One block a form: eight items, points, reasons."""
    sheet, line = None, 0
    for row in ranking.forms:
        if sheet is None or line > MOST_ROWS:
            number = len([s for s in book.worksheets() if s.name.startswith("审核表")])
            sheet, line = book.add_worksheet("审核表" + (f" ({number + 1})" if number else "")), 0
            for column, width in enumerate(SHEET_WIDTHS):
                sheet.set_column(column, column, width)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
        line = _sheet(sheet, style, row, line)


def _sheet(sheet: Any, style: dict[str, Any], row: Ranked, line: int) -> int:
    """One form's block at ``line``; returns the line of the next."""
    review = row.judged.review
    sheet.write_string(line, 0, f"{row.place}. {row.project or ''}", style["title"])
    sheet.write_string(
        line + 1, 0, f"{row.unit}　总分 {review.total:g}　{review.grade}：{review.consequence}",
        style["plain"],
    )  # fmt: skip
    for column, title in enumerate(("审核项", "满分", "得分", "扣分说明")):
        kind = "number_head" if column in (1, 2) else "head"
        sheet.write_string(line + 2, column, title, style[kind])
    for n, item in enumerate(review.items, line + 3):
        reasons = [f"-{d.points:.2f} {d.code} {d.reason}" for d in item.deductions]
        why = "\n".join([*reasons, *filter(None, [item.manual])])
        sheet.set_row(n, _height((item.item, "", "", why), SHEET_WIDTHS))
        sheet.write_string(n, 0, item.item, style["text"])
        sheet.write_number(n, 1, ITEMS[item.item], style["score"])
        sheet.write_number(n, 2, round(item.score, 2), style["score"])
        sheet.write_string(n, 3, why, style["text"])
    line += 4 + len(review.items)
    for cap in review.caps:
        sheet.write_string(line - 1, 0, "封顶", style["text"])
        sheet.write_string(line - 1, 3, cap, style["text"])
        line += 1
    return line
