"""Forms as a fresh XLSX in the official layout, one sheet a form, ready to print on A4."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from scorer.copies.official_sheet import Box, Sheet, form_sheet
from scorer.forms import Form

FONT = "宋体"
_MADE = datetime(2025, 1, 1, tzinfo=UTC)  # no clock in the file: equal forms give equal bytes
_BAD_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 28
# Room for what is to be written: points that these fields get even when they are blank.
_ROOM = {"overview": 46.0, "necessity": 32.0, "safeguards": 32.0, "plan": 32.0} | dict.fromkeys(
    ("goal_period", "goal_annual"), 60.0
)
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "year": {"align": "center", "font_size": 11},
    "label": {"align": "center", "border": 1, "bg_color": "#F6F8FA"},
    "text": {"align": "left", "indent": 1, "border": 1},
    "value": {"align": "left", "indent": 1, "border": 1},
    "amount": {"align": "right", "indent": 1, "border": 1, "num_format": "#,##0.##"},
}


def official_workbook(forms: Sequence[Form]) -> bytes:
    """A workbook that reads back as the same forms."""
    return workbook([(form.project or "", form_sheet(form)) for form in forms])


def workbook(sheets: Sequence[tuple[str, Sheet]], finish: Any = None) -> bytes:
    """Named sheets as XLSX bytes; ``finish(worksheet, sheet)`` may add to each of them."""
    stream = io.BytesIO()
    taken: set[str] = set()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        styles = {name: _format(book, style) for name, style in _STYLES.items()}
        styles["fen"] = _format(book, _STYLES["amount"] | {"num_format": "#,##0.00"})
        styles["yuan"] = _format(book, _STYLES["amount"] | {"num_format": "#,##0"})
        for name, sheet in sheets or [("", Sheet([10.0], (0, 0, 0, 0, 0, 1)))]:
            page = book.add_worksheet(_sheet_name(name, taken))
            _write(page, sheet, styles)
            _print_setup(page, sheet)
            if finish is not None:
                finish(page, sheet)
    return stream.getvalue()


def _format(book: Any, style: dict[str, Any]) -> Any:
    common = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
    return book.add_format(common | style)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes: short, without its signs, used once."""
    plain = _BAD_NAME.sub("", name).strip()[:_LONGEST] or "绩效目标表"
    found, n = plain, 1
    while found.lower() in taken:
        n += 1
        found = f"{plain[: _LONGEST - 3]}({n})"
    taken.add(found.lower())
    return found


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for column, wide in enumerate(sheet.widths):
        page.set_column(column, column, wide)
    for row, high in _heights(sheet).items():
        page.set_row(row, high)
    for box in sheet.boxes:
        look = styles[box.style]
        if not isinstance(box.text, str):
            look = styles["yuan" if isinstance(box.text, int) else "fen"]
        last = box.row + box.row_span - 1, box.column + box.col_span - 1
        if (box.row, box.column) != last:
            page.merge_range(box.row, box.column, *last, "", look)
        if isinstance(box.text, str) and box.text:
            page.write_string(box.row, box.column, box.text, look)
        elif isinstance(box.text, str):
            page.write_blank(box.row, box.column, None, look)
        else:
            page.write_number(box.row, box.column, box.text, look)


def _heights(sheet: Sheet) -> dict[int, float]:
    """Row heights in points that show every text: Excel does not fit merged cells itself."""
    heights: dict[int, float] = {}
    tall: list[Box] = []
    for box in sheet.boxes:
        if box.row_span > 1:
            tall.append(box)
        else:
            heights[box.row] = max(heights.get(box.row, 18.0), _needed(sheet, box))
    for box in tall:  # the last row of a merged cell takes what the others leave over
        rows = range(box.row, box.row + box.row_span)
        lacking = _needed(sheet, box) - sum(heights.get(r, 18.0) for r in rows)
        if lacking > 0:
            heights[rows[-1]] = heights.get(rows[-1], 18.0) + lacking
    return heights


def _needed(sheet: Sheet, box: Box) -> float:
    margin = 3 if "indent" in _STYLES[box.style] else 1
    wide = sum(sheet.widths[box.column : box.column + box.col_span]) - margin
    lines = sum(
        max(1, math.ceil(cell_len(line) / max(wide, 2))) for line in str(box.text).split("\n")
    )
    least = _ROOM.get(box.key, 0.0)
    return max(least, min(409.0, lines * (22.0 if box.style == "title" else 13.5) + 5))


def _print_setup(page: Any, sheet: Sheet) -> None:
    page.set_paper(9)  # A4
    if len(sheet.widths) > 9:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, max(sheet.row - 1, 0), sheet.edges[5] - 1)
    page.repeat_rows(sheet.header) if sheet.header else None
    page.set_footer("&C第 &P 页 共 &N 页")
