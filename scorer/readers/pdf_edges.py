"""Ruling lines of one PDF page: its path objects as horizontal and vertical edges."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2.raw as pdfium

from scorer.readers import limits
from scorer.readers.base import too_big
from scorer.readers.pdf_text import Turn
from scorer.readers.ruling import Edge

_THIN = 3.2  # a path no thicker is a line, drawn as a stroke or as a filled bar
_STRAIGHT = 0.8  # how far a line may lean
_MAX_FORM_DEPTH = 6
_MAX_SEGMENTS = 20_000
_DOT_STEP = 4.5  # dots of a dotted line are no further apart
_DOTS = 8  # so many dots in a row are a line

Matrix = tuple[float, float, float, float, float, float]
_Box = tuple[float, float, float, float]  # left, bottom, right, top
_Get = Callable[[ctypes.c_void_p, int], ctypes.c_void_p]  # an object of a page or form
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageLines(NamedTuple):
    """Upright edges of a page and what else is drawn on it."""

    across: list[Edge]
    down: list[Edge]
    picture: float  # area of the largest picture, in square points
    objects: int  # drawn objects of any kind


def read_edges(page: ctypes.c_void_p, turn: Turn, page_area: float) -> PageLines:
    """All straight lines and rectangle sides of a page, in the upright page's space."""
    walker = _Walker(page_area)
    count = pdfium.FPDFPage_CountObjects(page)
    walker.walk(pdfium.FPDFPage_GetObject, page, count, _IDENTITY, 0)
    across, down = [], []
    for box in (*walker.bars, *_dotted(walker.dots)):
        x0, top, x1, bottom = turn.box(*box)
        if x1 - x0 >= bottom - top:
            across.append(Edge((top + bottom) / 2, x0, x1))
        else:
            down.append(Edge((x0 + x1) / 2, top, bottom))
    return PageLines(across, down, walker.picture, walker.visited)


def _dotted(dots: list[tuple[float, float]]) -> list[_Box]:
    """Lines drawn dot by dot, as thin boxes."""
    found = []
    for axis in (0, 1):
        lines: dict[int, list[float]] = {}
        for dot in dots:
            lines.setdefault(round(dot[axis] * 4), []).append(dot[1 - axis])
        for at, places in lines.items():
            for low, high in _rows_of_dots(sorted(places)):
                x = at / 4
                found.append((x, low, x, high) if axis == 0 else (low, x, high, x))
    return found


def _rows_of_dots(places: list[float]) -> list[tuple[float, float]]:
    found = []
    first = 0
    for n in range(1, len(places) + 1):
        if n == len(places) or places[n] - places[n - 1] > _DOT_STEP:
            if n - first >= _DOTS:
                found.append((places[first], places[n - 1]))
            first = n
    return found


class _Walker:
    """Collects thin boxes and dots from page objects."""

    def __init__(self, page_area: float) -> None:
        self.bars: set[_Box] = set()  # neighbouring cells draw the line between them twice
        self.dots: list[tuple[float, float]] = []  # middles of what is small both ways
        self.picture = 0.0
        self.page_area = page_area
        self.visited = 0
        self._sides = (ctypes.c_float * 4)()
        parts = (ctypes.c_float.from_buffer(self._sides, 4 * n) for n in range(4))
        self._references = [ctypes.byref(part) for part in parts]

    def walk(
        self, get: _Get, holder: ctypes.c_void_p, count: int, outer: Matrix, depth: int
    ) -> None:
        """Look at the objects of a page or of a form on it."""
        self.visited += count
        if self.visited > limits.MAX_PAGE_OBJECTS:
            raise too_big("一页的图形数", limits.MAX_PAGE_OBJECTS)
        # A page has thousands of paths: what is asked of each is looked up once.
        kind_of, bounds = pdfium.FPDFPageObj_GetType, self._bounds
        path, most = pdfium.FPDF_PAGEOBJ_PATH, 0.9 * self.page_area
        for index in range(count):
            obj = get(holder, index)
            kind = kind_of(obj)
            if kind != path:
                self._other(obj, kind, outer, depth)
                continue
            left, bottom, right, top = box = bounds(obj, outer)
            width, height = right - left, top - bottom
            if width <= _THIN or height <= _THIN:
                self._bar(*box)
            elif width * height < most:
                self._outline(obj, _multiply(_matrix(obj), outer))

    def _other(self, obj: ctypes.c_void_p, kind: int, outer: Matrix, depth: int) -> None:
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = self._bounds(obj, outer)
            self.picture = max(self.picture, (right - left) * (top - bottom))
            self._bar(left, bottom, right, top)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _multiply(_matrix(obj), outer)
            count = max(0, pdfium.FPDFFormObj_CountObjects(obj))
            self.walk(pdfium.FPDFFormObj_GetObject, obj, count, inner, depth + 1)

    def _bounds(self, obj: ctypes.c_void_p, outer: Matrix) -> _Box:
        if not pdfium.FPDFPageObj_GetBounds(obj, *self._references):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self._sides
        if outer is _IDENTITY:
            return left, bottom, right, top
        (ax, ay), (bx, by) = _apply(outer, left, bottom), _apply(outer, right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def _bar(self, left: float, bottom: float, right: float, top: float) -> None:
        width, height = right - left, top - bottom
        if width > _THIN < height:
            return
        if width > _THIN or height > _THIN:
            self.bars.add((left, bottom, right, top))
        else:
            self.dots.append(((left + right) / 2, (bottom + top) / 2))

    def _outline(self, obj: ctypes.c_void_p, matrix: Matrix) -> None:
        """The straight segments of a path with an area (rectangle, whole table in one path)."""
        count = min(pdfium.FPDFPath_CountSegments(obj), _MAX_SEGMENTS)
        x, y = ctypes.c_float(), ctypes.c_float()
        start = before = (0.0, 0.0)
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(obj, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _apply(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self._side(before, point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                self._side(point, start)
            before = point

    def _side(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        if abs(a[0] - b[0]) <= _STRAIGHT or abs(a[1] - b[1]) <= _STRAIGHT:
            self._bar(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _matrix(obj: ctypes.c_void_p) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(obj, m):
        return _IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer``."""
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741
    return (
        a * k + b * m,
        a * l + b * n,
        c * k + d * m,
        c * l + d * n,
        e * k + f * m + o,
        (e * l + f * n + p),
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
