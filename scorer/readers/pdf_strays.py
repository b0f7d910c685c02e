"""Characters that pdfium sets in the wrong place, or measures by their strokes.

Where a font gives a look-alike radical («⽬») pdfium puts the character in its stead («目»). If
such a text stands inside a form of its own (a page that another program has turned, shrunk or
stamped), its place is reckoned through that form twice, and it strays from its text's line. Everywhere its box is that of its strokes, not that of
the type, as if there were white space at its sides.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from scorer.readers.pdf_clips import Box
from scorer.readers.radicals import RADICALS

Point = tuple[float, float]

_LOOK_ALIKES = re.compile("[" + "".join(sorted(set(RADICALS.values()))) + "]")
_HAN = re.compile("[\u4e00-\u9fff]")
_STROKES = 0.97  # of a character's type: strokes reach no further
_SAMPLE = 12  # of them on a page are looked at before all are
_OFF = 3.0  # points beside the line of its text: so far no raised sign stands
_NEAR = 40  # characters in which one of the same type is looked for


def stray_boxes(page: ctypes.c_void_p, text: str) -> dict[int, Box]:
    """The true boxes, in PDF space, of the characters of an open text page that stray."""
    like = [match.start() for match in _LOOK_ALIKES.finditer(text)]
    if not any(_strays(page, index) for index in like[:_SAMPLE]):
        return {}
    found = [index for index in like if _strays(page, index)]
    boxes: dict[int, Box] = {}
    for index in found:
        model = _model(page, text, index, frozenset(found))
        if model is not None:
            x0, y0 = _origin(page, model)
            x1, y1 = _place(page, index, boxes)
            left, bottom, right, top = _box(page, model)
            boxes[index] = (left + x1 - x0, bottom + y1 - y0, right + x1 - x0, top + y1 - y0)
    return boxes


def as_type(text: str, boxes: Sequence[Box]) -> list[Box]:
    """The boxes of a run's characters, those measured by their strokes as large as the others."""
    whole = [box for char, box in zip(text, boxes, strict=True) if _HAN.match(char)]
    width = max((right - left for left, _, right, _ in whole), default=0.0)
    height = max((top - bottom for _, bottom, _, top in whole), default=0.0)

    def sized(box: Box) -> Box:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2

    return [
        sized(box) if _LOOK_ALIKES.match(char) and _is_smaller(box, width, height) else box
        for char, box in zip(text, boxes, strict=True)
    ]


def _is_smaller(box: Box, width: float, height: float) -> bool:
    left, bottom, right, top = box
    return right - left < _STROKES * width and top - bottom < _STROKES * height


def _strays(page: ctypes.c_void_p, index: int) -> bool:
    """Whether a character is off the line on which its text is drawn."""
    a, b, _, _, e, f = _matrix(page, index)
    x, y = _origin(page, index)
    return abs((x - e) * b - (y - f) * a) > _OFF * math.hypot(a, b)


def _place(page: ctypes.c_void_p, index: int, boxes: dict[int, Box]) -> Point:
    """Where a stray character is drawn from: the end of the one before it in its text, or the
    text's beginning."""
    own = _matrix(page, index)
    a, b, _, _, e, f = own
    if index == 0 or _matrix(page, index - 1) != own:
        return e, f
    box = boxes.get(index - 1) or _box(page, index - 1)
    length = math.hypot(a, b)
    along = max(
        ((x - e) * a + (y - f) * b) / length for x in (box[0], box[2]) for y in (box[1], box[3])
    )
    return e + along * a / length, f + along * b / length


def _model(page: ctypes.c_void_p, text: str, index: int, strays: frozenset[int]) -> int | None:
    """A character in its right place whose box is like the stray one's."""
    own = _type(page, index)
    for step in range(1, _NEAR):
        for other in (index - step, index + step):
            inside = 0 <= other < len(text) and other not in strays
            if inside and _HAN.match(text[other]) and _type(page, other) == own:
                return other
    return None


def _type(page: ctypes.c_void_p, index: int) -> tuple[float, ...]:
    """The size and slant of a character's type."""
    return (*_matrix(page, index)[:4], pdfium.FPDFText_GetFontSize(page, index))


def _origin(page: ctypes.c_void_p, index: int) -> Point:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _box(page: ctypes.c_void_p, index: int) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


def _matrix(page: ctypes.c_void_p, index: int) -> tuple[float, float, float, float, float, float]:
    """How a character's text is drawn; (e, f) is where the text begins."""
    m = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f
