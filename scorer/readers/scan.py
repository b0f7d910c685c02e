"""Picture work for scans: size, upright, straight, ruling lines. Grey 8-bit arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from scorer.readers.ruling import Edge

_MAX_SLANT = 6.0  # degrees; more is no slant of a scanner
_MIN_SLANT = 0.12
_LINE_SHARE = 0.028  # a ruling line is at least this part of the page's long side
_SIDEWISE = 0.6  # so much text on its side: the page lies on its side


def to_size(image: Any, long_side: int) -> Any:
    """Scale a picture so that its long side has about ``long_side`` pixels."""
    import cv2

    factor = long_side / max(image.shape)
    if 0.8 <= factor <= 1.25:
        return image
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(image, None, fx=factor, fy=factor, interpolation=how)


def upright(image: Any, sidewise_share: Callable[[Any], float]) -> Any:
    """Turn a page that lies on its side by a quarter (text running up or down)."""
    if sidewise_share(image) < _SIDEWISE:
        return image
    import cv2

    return cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)


def straighten(image: Any) -> Any:
    """Turn a slanted scan straight, by the slant of its long horizontal lines."""
    import cv2

    slant = _slant(image)
    if abs(slant) < _MIN_SLANT:
        return image
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    return cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255
    )


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

    # Small gaps of a poor copy are bridged first, across the line's direction made thicker,
    # so that a line one pixel out of true is still one line.
    wide = kernel[0] > kernel[1]
    bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 1) if wide else (1, 9))
    thick = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if wide else (3, 1))
    closed = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), thick)
    long = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, long)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    found = [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in boxes[1:]]
    return [b for b in found if (b[3] if wide else b[2]) <= 20]
