"""What calamine does not give of an XLS or binary ET: number formats, hidden rows and columns.

A walk over the BIFF8 records of the Workbook stream; anything unexpected ends the walk
with what was found so far, since the values themselves come from calamine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from scorer.readers import ole
from scorer.readers.base import Unreadable
from scorer.readers.numbers import BUILTIN
from scorer.readers.sheet import Extras

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMAT, _XF, _ROW, _COLINFO = 0x041E, 0x00E0, 0x0208, 0x007D
_NUMBER, _RK, _FORMULA, _MULRK = 0x0203, 0x027E, 0x0006, 0x00BD
_SST, _DIMENSIONS = 0x00FC, 0x0200
_ROW_HIDDEN = 0x20
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256


def workbook(data: bytes) -> bytes:
    """The Workbook stream, whole; :class:`Unreadable` if the file does not hold it."""
    try:
        book = ole.OleFile(data)
        book.check_sizes()
        roots = book.roots()
        entry = roots.get("Workbook") or roots.get("Book")
        stream = book.stream(entry) if entry else b""
        if entry and stream and len(stream) >= entry.size and _sizes_fit(stream):
            return stream
    except (ValueError, OverflowError, struct.error):
        pass
    raise Unreadable(
        "工作簿已损坏或不完整，打不开",
        "请用 Excel 或 WPS 打开后另存；打不开就重新取一份",
        "damaged",
    )


def _sizes_fit(stream: bytes) -> bool:
    """Whether no record announces more strings than the stream can hold, or more cells than a
    sheet has: calamine sets aside as much memory as is announced."""
    for kind, body in _records(stream):
        if kind == _SST and len(body) >= 8:
            if struct.unpack_from("<I", body, 4)[0] > len(stream) // 3:
                return False
        elif kind == _DIMENSIONS and len(body) >= 12:
            first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", body)
            if first_row > end_row or first_column > end_column:
                return False
            if end_row > _MAX_ROWS or end_column > _MAX_COLUMNS:
                return False
    return True


def extras(stream: bytes) -> list[Extras]:
    """One Extras per worksheet, in the order of the sheets' streams."""
    walk = _Walk()
    try:
        for kind, body in _records(stream):
            walk.take(kind, body)
    except (struct.error, IndexError):
        pass
    return walk.sheets


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Walk:
    def __init__(self) -> None:
        self.codes: dict[int, str] = dict(BUILTIN)
        self.styles: list[int] = []  # format number of each XF
        self.sheets: list[Extras] = []
        self.inside = False
        self.depth = 0

    def take(self, kind: int, body: bytes) -> None:
        if kind == _BOF:
            self.depth += 1
            (what,) = struct.unpack_from("<H", body, 2)
            if self.depth == 1 and what == 0x10:
                self.sheets.append(Extras())
        elif kind == _EOF:
            self.depth -= 1
        elif kind == _FILEPASS:
            raise Unreadable(
                "工作簿加了密码，读不了", "请用 Excel 或 WPS 去掉密码后另存", "encrypted"
            )
        elif kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            self.codes[number] = _text(body[2:])
        elif kind == _XF:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif self.sheets and self.depth == 1:
            self._sheet_record(kind, body)

    def _sheet_record(self, kind: int, body: bytes) -> None:
        sheet = self.sheets[-1]
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            self._format(sheet, row, column, style)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for i in range((len(body) - 6) // 6):
                self._format(sheet, row, first + i, struct.unpack_from("<H", body, 4 + 6 * i)[0])
        elif kind == _ROW:
            row, flags = struct.unpack_from("<H10xH", body)
            if flags & _ROW_HIDDEN:
                sheet.hidden_rows.add(row)
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1:
                sheet.hidden_columns.update(range(first, min(last + 1, _MAX_COLUMNS)))

    def _format(self, sheet: Extras, row: int, column: int, style: int) -> None:
        code = self.codes.get(self.styles[style], "") if style < len(self.styles) else ""
        if code and code.lower() != "general":
            sheet.formats[row, column] = code


def _text(raw: bytes) -> str:
    """A BIFF8 Unicode string: length, a flag for 16-bit characters, the characters."""
    length, flags = struct.unpack_from("<HB", raw)
    wide = flags & 1
    body = raw[3 : 3 + length * (2 if wide else 1)]
    return body.decode("utf-16-le" if wide else "latin-1", "replace")
