"""A stand-in for the fonts that a PDF names but does not hold.

For such a font pdfium opens one of the machine's and works out the outline of every
character on the page, twice, only to know its box: most of the time of reading. And where
the machine has no Chinese font the boxes are empty, and pdfium drops what is set character
by character. Reading asks where text stands, which the PDF itself says, never how it
looks: so characters get plain boxes, the same on every machine. Only a page that is drawn
for OCR needs real fonts.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE = 0x5A  # what we call the stand-in; the machine's fonts are called by their addresses
_CHINESE = 134  # a charset, as Windows numbers them
_GLYPHS = 0xFFFF  # as many as a font can have: some PDFs call them by number
_EM, _ASCENT, _DESCENT = 1000, 840, -80  # about what a Chinese character fills
_ASCII = range(0x20, 0x7F)


@contextmanager
def stand_in(wanted: bool = True) -> Iterator[None]:
    """Documents opened within get the stand-in; with ``wanted=False``, real fonts again."""
    fonts = _fonts()
    before, fonts.stand_in = fonts.stand_in, wanted
    try:
        yield
    finally:
        fonts.stand_in = before


class _Fonts:
    """Answers pdfium's questions about fonts; what is not about the stand-in is passed on."""

    def __init__(self) -> None:
        self.stand_in = False
        self._machine = pdfium.FPDF_GetDefaultSystemFontInfo()
        self._info = pdfium.FPDF_SYSFONTINFO(version=1)
        for name, kind in self._info._fields_[1:]:
            setattr(self._info, name, kind(partial(self._answer, name)))
        pdfium.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    def _answer(self, question: str, _: Any, *asked: Any) -> Any:
        if question == "MapFont" and self.stand_in:
            return _HANDLE
        if question in _OF_A_FONT and asked[0] == _HANDLE:
            return _OF_A_FONT[question](*asked[1:])
        if question == "Release" or not self._machine:
            return None
        return getattr(self._machine.contents, question)(self._machine, *asked)


_fonts = lru_cache(maxsize=1)(_Fonts)


@lru_cache(maxsize=1)
def _font() -> bytes:
    """A TrueType font: every character a square, the ASCII ones half as wide, no hints."""
    square, half = _box(_EM), _box(_EM // 2)
    outlines = square * _ASCII[0] + half * len(_ASCII) + square * (_GLYPHS - _ASCII[-1] - 1)
    places = range(0, len(outlines) + 1, len(square))
    # One stretch of codes, each the number of its glyph, and the stretch that ends the list.
    codes = struct.pack(
        ">7H HHH HH HH HH",
        4,
        32,
        0,
        4,
        4,
        1,
        0,
        *(0xFFFE, 0xFFFF, 0),
        *(1, 0xFFFF),
        *(0, 1),
        *(0, 0),
    )
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + codes,
        b"glyf": outlines,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0),  # 1: places as 32 bits
        ),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, *(0,) * 7, 1),
        b"hmtx": struct.pack(">Hh", _EM, 0),
        b"loca": struct.pack(f">{_GLYPHS + 1}I", *places),
        b"maxp": struct.pack(">IH13H", 0x10000, _GLYPHS, 2, 1, *(0,) * 11),
    }
    head = struct.pack(">IHHHH", 0x10000, len(tables), 0, 0, 0)
    at = len(head) + 16 * len(tables)
    body = b""
    for name, table in tables.items():
        head += struct.pack(">4sIII", name, 0, at + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return head + body


def _box(width: int) -> bytes:
    """An outline that reaches from corner to corner."""
    return struct.pack(
        ">hhhhh HH BB hh hh",
        *(1, 0, _DESCENT, width, _ASCENT),  # contours, box
        *(1, 0),  # last point, instructions
        *(1, 1),  # both points on the outline, steps of 16 bits
        *(0, width),
        *(_DESCENT, _ASCENT - _DESCENT),
    )


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """Copy where there is room; gives the size that is needed."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


_OF_A_FONT: dict[str, Callable[..., int | None]] = {
    # The whole font is table 0; a lone table is asked for to see whether it is a collection.
    "GetFontData": lambda table, *room: _copied(b"" if table else _font(), *room),
    # A name of its own: pdfium keeps the fonts in use by their names.
    "GetFaceName": lambda *room: _copied(b"stand-in\0", *room),
    "GetFontCharset": lambda: _CHINESE,
    "DeleteFont": lambda: None,
}
