"""Text that a page shows only through a window: which cell it belongs to.

A spreadsheet's merged cell that a page break cuts is printed on both pages, each time whole
and each time clipped to the part of the cell on that page. The layer of text knows nothing
of the window: what it hides lies over the rows above or below. Such text is counted to the cell
that its window lies in.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top in PDF space
_PATHS = 8  # windows within windows that are looked at
_POINTS = 64  # of one window's outline
_INSET = 1.0  # points: surely inside a window's edge


class Clips:
    """The windows of an open text page's text objects."""

    def __init__(self, text_page: ctypes.c_void_p) -> None:
        self._page = text_page
        self._known: dict[int, Box | None] = {}

    def seen_at(self, index: int, box: Box) -> float | None:
        """The height in the window for a text (index of its first character, box) that stands
        above or below it; None for all other texts."""
        window = self._window(index)
        if window is None:
            return None
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        left, bottom, right, top = window
        if not left <= x <= right or bottom <= y <= top:
            return None
        inset = min(_INSET, (top - bottom) / 2)
        return top - inset if y > top else bottom + inset

    def _window(self, index: int) -> Box | None:
        obj = pdfium.FPDFText_GetTextObject(self._page, index)
        if not obj:
            return None
        address = ctypes.addressof(obj.contents)
        if address not in self._known:
            self._known[address] = _window_of(obj)
        return self._known[address]


def _window_of(obj: ctypes.c_void_p) -> Box | None:
    """What all outlines of an object's clip path leave visible; None for all of it."""
    path = pdfium.FPDFPageObj_GetClipPath(obj)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
    if not 0 < count <= _PATHS:
        return None
    boxes = [box for n in range(count) if (box := _outline(path, n)) is not None]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    window = max(lefts), max(bottoms), min(rights), min(tops)
    return window if window[0] < window[2] and window[1] < window[3] else None


def _outline(path: ctypes.c_void_p, n: int) -> Box | None:
    count = pdfium.FPDFClipPath_CountPathSegments(path, n)
    if not 0 < count <= _POINTS:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for k in range(count):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, n, k)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            points.append((x.value, y.value))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
