"""Picture work for scans: size, turn, slant, ruling lines. Grey 8-bit arrays."""

from __future__ import annotations

import math
from typing import Any

from scorer.readers.ruling import Edge

_MAX_SLANT = 6.0  # degrees; more is no slant of a scanner
_MIN_SLANT = 0.12
_LINE_SHARE = 0.02  # a ruling line is at least this part of the page's long side


def to_size(image: Any, long_side: int) -> Any:
    """Scale a picture so that its long side has about ``long_side`` pixels."""
    import cv2

    factor = long_side / max(image.shape)
    if 0.8 <= factor <= 1.25:
        return image
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=how)


def turned(image: Any, quarters: int) -> Any:
    """The picture turned clockwise by 1, 2 or 3 quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(image, -quarters))


def straighten(image: Any) -> Any:
    """Turn a slanted scan straight, by the slant of its long horizontal lines."""
    import cv2

    slant = _slant(image)
    if abs(slant) < _MIN_SLANT:
        return image
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _slant(image: Any) -> float:
    """Degrees by which long lines fall to the right, 0 if there are none."""
    import cv2
    import numpy as np

    ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    least = int(max(image.shape) * 0.12)
    found = cv2.HoughLinesP(ink, 1, math.pi / 1800, 200, minLineLength=least, maxLineGap=8)
    if found is None:
        return 0.0
    lines = found.reshape(-1, 4).astype(float)
    angles = np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
    flat = angles[np.abs(angles) < _MAX_SLANT]
    return float(np.median(flat)) if len(flat) >= 3 else 0.0


def ruling_lines(image: Any, scale: float) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical ruling lines, in units of ``scale`` a pixel."""
    import cv2

    ink = cv2.adaptiveThreshold(
        image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    length = int(max(image.shape) * _LINE_SHARE)
    across = [
        Edge((y + h / 2) * scale, x * scale, (x + w) * scale)
        for x, y, w, h in _pieces(ink, (length, 1))
    ]
    down = [
        Edge((x + w / 2) * scale, y * scale, (y + h) * scale)
        for x, y, w, h in _pieces(ink, (1, length))
    ]
    return across, down


def _pieces(ink: Any, kernel: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Boxes of the strokes at least as long as the kernel; thick ones are no lines."""
    import cv2

    # A line one pixel out of true is still one line: made thicker across its direction
    # first. Gaps are not bridged here, or close-set characters would become lines; broken
    # lines are joined later, as edges.
    wide = kernel[0] > kernel[1]
    thick = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if wide else (3, 1))
    long = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    lines = cv2.morphologyEx(cv2.dilate(ink, thick), cv2.MORPH_OPEN, long)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    found = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in boxes[1:]]
    return [b for b in found if (b[3] if wide else b[2]) <= 20]
