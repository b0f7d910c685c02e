"""Workbooks -> one Page with one Grid per shown sheet.

XLSX, XLSB, XLS and ET by calamine, with number formats and hidden rows read beside it;
ODS and Excel-2003 XML by their own XML. What is hidden is left out and said so.
Comments, charts and pictures are not read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from scorer.forms import Page, Place, Problem
from scorer.readers import sheet as sheets
from scorer.readers.base import Clock, Reading, Unreadable, struck_note
from scorer.readers.package import open_zip
from scorer.readers.sheet import Extras


def read(data: bytes, path: str) -> Reading:
    """All shown sheets of a workbook."""
    if data.startswith(b"PK"):
        return _read_package(data, path)
    if data.lstrip()[:1] == b"<" or data.startswith(b"\xef\xbb\xbf"):
        from scorer.readers import sheet_xml

        return sheet_xml.read_2003(data)
    return _read_calamine(data, path, _XlsSource(data))


def _read_package(data: bytes, path: str) -> Reading:
    with open_zip(data) as pack:
        if any(n == "content.xml" for n in pack.namelist()):
            from scorer.readers import sheet_xml

            return sheet_xml.read_ods(pack, path)
        return _read_calamine(data, path, _XlsxSource(pack))


class _XlsxSource:
    """Extras of an XLSX's sheets."""

    def __init__(self, pack: Any) -> None:
        from scorer.readers.xlsx_parts import Parts

        self.parts = Parts(pack)

    def of(self, name: str, index: int) -> tuple[Extras, list[str]]:  # noqa: ARG002
        return self.parts.extras(self.parts.check_extent(name))


class _XlsSource:
    """Extras of an XLS's sheets, which are in the order of the workbook."""

    def __init__(self, data: bytes) -> None:
        from scorer.readers import xls_parts

        self.extras = xls_parts.extras(xls_parts.workbook(data))

    def of(self, name: str, index: int) -> tuple[Extras, list[str]]:  # noqa: ARG002
        return (self.extras[index] if index < len(self.extras) else Extras()), []


def _read_calamine(data: bytes, path: str, source: _XlsxSource | _XlsSource) -> Reading:
    import python_calamine as calamine

    try:
        book = _guarded(calamine.CalamineWorkbook.from_filelike, io.BytesIO(data))
    except calamine.PasswordError as error:
        raise Unreadable(
            "工作簿加了密码，读不了", "请用 Excel 或 WPS 去掉密码后另存", "encrypted"
        ) from error
    clock = Clock()
    pages: list[Page] = []
    problems: list[Problem] = []
    worksheets = [m for m in book.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
    for index, meta in enumerate(worksheets):
        clock.check()
        place = Place(sheet=meta.name)
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            problems.append(sheets.hidden_note(path, meta.name, "隐藏的工作表没有读"))
            continue
        try:
            extras, missing = source.of(meta.name, index)
            found = _guarded(book.get_sheet_by_name, meta.name)
            rows = _guarded(found.to_python, True)
            texts = sheets.texts_of(rows, found.start or (0, 0), extras)
            struck = sheets.without_struck(texts, extras)
            merges = found.merged_cell_ranges or []
            pages.append(sheets.page(len(pages) + 1, meta.name, texts, merges, extras))
        except Unreadable as refusal:
            refusal.place = place
            problems.append(refusal.problem(path))
            continue
        problems.extend(_formula_note(path, place, missing))
        problems.extend(struck_note(path, struck, place))
        problems.extend(sheets.hidden_texts(path, meta.name, texts, extras))
    return Reading(tuple(pages), tuple(problems))


def _guarded(call: Callable[..., Any], *arguments: Any) -> Any:
    """Call calamine; its panics on damaged files are no ``Exception`` and would end the run."""
    try:
        return call(*arguments)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(
            "工作簿已损坏或不完整，打不开",
            "请用 Excel 或 WPS 打开后另存；打不开就重新取一份",
            "damaged",
        ) from None


def _formula_note(path: str, place: Place, missing: list[str]) -> Iterator[Problem]:
    if missing:
        cells = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        yield Problem(
            path,
            f"{cells}是公式，文件里没有存算好的结果，读成了空",
            "请用 Excel 或 WPS 打开后保存一次再读",
            place,
            "formula",
        )
