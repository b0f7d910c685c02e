"""What has been filled into the fields of a PDF form.

A field keeps its value as text, and often a picture of it drawn with a font that has no Chinese:
the value is what counts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from scorer.readers import limits
from scorer.readers.pdf_clips import Box

_MOST = 4000  # signs of one field
_TYPE = 12.0  # points: the height of a field's text at most


def field_texts(page: ctypes.c_void_p) -> Iterator[tuple[str, Box]]:
    """The value of each text field that is filled in, and its box in PDF space."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), limits.MAX_PAGE_OBJECTS)
    for index in range(count):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
                text = "".join(_value(note).split("\r")).replace("\n", "")
                if text.strip():
                    yield text, _box(note)
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _value(note: ctypes.c_void_p) -> str:
    """The text kept under «V»; "" for what is no text."""
    size = pdfium.FPDFAnnot_GetStringValue(note, b"V", None, 0)
    if pdfium.FPDFAnnot_GetValueType(note, b"V") != pdfium.FPDF_OBJECT_STRING or size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (min(size, 2 * _MOST) // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, b"V", buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").partition("\0")[0]


def _box(note: ctypes.c_void_p) -> Box:
    """The field's box, as high as one line of its text."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    middle = (rect.bottom + rect.top) / 2
    half = min(rect.top - rect.bottom, _TYPE) / 2
    return rect.left, middle - half, rect.right, middle + half
