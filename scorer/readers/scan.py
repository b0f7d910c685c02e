"""Picture work for scans: seals, size, turn, slant, ruling lines. 8-bit arrays."""

from __future__ import annotations

from typing import Any

from scorer.readers.ruling import Edge, tidy

_MAX_SLANT = 0.105  # rise by run, 6 degrees; more is no slant of a scanner
_MIN_SLANT = 0.002
_LONG = 0.12  # a line that tells the slant is at least this part of the page's long side
_THICK = 20  # pixels; no line is thicker
_FEW_LINES = 2
_SPREAD = 400  # pixels over which lines must be spread to show that a page was seen askew
_SHORT = 60.0  # points: strokes of seals are shorter
_REACH = 5.0  # points: how far from a line another may end
_SPECK = 6  # pixels of ink: less is dust
_LINE = 0.003, 0.02  # the least and the greatest height of a line of text, in parts of the page
_ROOM = 6  # pixels around a text
_RED = 40  # red by so much more than green and blue
_SEAL = (0.05, 0.3)  # how wide and high a seal is, in parts of the page's long side
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


def grey(picture: Any) -> Any:
    """A picture without its colours; red seals are taken off the text beneath them."""
    import cv2
    import numpy as np

    if picture.ndim == 2:
        return picture
    plain = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    red = picture[..., 0]
    seen = (red.astype(np.int16) - picture[..., 1:].max(axis=2) > _RED).astype(np.uint8)
    size = max(plain.shape)
    # Near enough to bridge the black lines through a ring, not the space between lines of text.
    near = np.ones((size // 300, size // 300), np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(cv2.dilate(seen, near))
    low, high = (part * size for part in _SEAL)
    for x, y, width, height, _ in boxes[1:]:
        if low < width < high and low < height < high:
            seal = slice(y, y + height), slice(x, x + width)
            plain[seal] = _unsealed(plain[seal], red[seal], seen[seal])
    return plain


def _unsealed(plain: Any, red: Any, seen: Any) -> Any:
    """A part of the page without its red ink: in red light that is nearly as light as paper,
    and the black text beneath it stays black."""
    import cv2
    import numpy as np

    lift = float(np.median(plain)) - float(np.median(red[seen > 0]))
    near = cv2.dilate(seen, np.ones((3, 3), np.uint8))
    lifted = np.clip(red + max(0.0, lift) * near, 0, 255).astype(np.uint8)
    return np.maximum(plain, lifted)


def straighten(image: Any) -> Any:
    """A slanted scan turned straight, a page photographed askew squared, by the long lines."""
    import cv2
    import numpy as np

    across, down = _fan(_long_lines(image)), _fan(_long_lines(image.T))
    if across is None:
        return image
    down = down or (-across[0], 0.0)
    height, width = image.shape
    found = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        p, q = y * height / 2, x * width / 2
        s, t = across[0] + across[1] * p, down[0] + down[1] * q
        at = (p + s * q) / (1 - s * t)
        found.append((q + t * at, at))
    corners = np.array(found, np.float32)
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32) * (width / 2, height / 2)
    if np.abs(corners - square).max() < _MIN_SLANT * height / 2:
        return image
    middle = np.array([width / 2, height / 2])
    before, after = ((c + middle).astype(np.float32) for c in (corners, square))
    turn = cv2.getPerspectiveTransform(before, after)
    return cv2.warpPerspective(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _fan(lines: Any) -> tuple[float, float] | None:
    """How steep the lines are in the middle of the page, and how that changes across it.

    ``lines`` are (position, steepness). A few lines close together show no change.
    """
    import numpy as np

    if len(lines) < _FEW_LINES:
        return None
    at, steep = lines[:, 0], lines[:, 1]
    first, second = np.triu_indices(len(lines), 1)
    apart = np.abs(at[first] - at[second])
    far = apart > 0.5 * np.ptp(at)
    change = 0.0
    if len(lines) > 2 * _FEW_LINES and np.ptp(at) > _SPREAD:
        slopes = (steep[first] - steep[second])[far] / (at[first] - at[second])[far]
        change = float(np.median(slopes))
    return float(np.median(steep - change * at)), change


def _long_lines(image: Any) -> Any:
    """Long nearly level strokes: where they cross the page's middle and how steeply, in pixels
    from the middle of the page."""
    import cv2
    import numpy as np

    ink = _ink(np.ascontiguousarray(image))
    size = max(image.shape)
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 5)))
    level = cv2.getStructuringElement(cv2.MORPH_RECT, (size // 100, 1))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, level)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(strokes)
    found = []
    for number, (left, top, width, height, _) in enumerate(boxes[1:], start=1):
        if width < _LONG * size or height > _MAX_SLANT * width + _THICK:
            continue
        y, x = np.nonzero(labels[top : top + height, left : left + width] == number)
        steep, y0 = np.polyfit(x, y, 1)
        to_middle = image.shape[1] / 2 - left
        found.append((top + y0 + steep * to_middle - image.shape[0] / 2, steep))
    return np.reshape(found, (-1, 2))


def _ink(image: Any) -> Any:
    """What is darker than its surroundings: shadows are not."""
    import cv2

    return cv2.adaptiveThreshold(
        image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )


def ruling_lines(image: Any, scale: float) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical ruling lines, in units of ``scale`` a pixel."""
    ink = _ink(image)
    length = int(max(image.shape) * _LINE_SHARE)
    across = [
        Edge((y + h / 2) * scale, x * scale, (x + w) * scale)
        for x, y, w, h in _pieces(ink, (length, 1))
    ]
    down = [
        Edge((x + w / 2) * scale, y * scale, (y + h) * scale)
        for x, y, w, h in _pieces(ink, (1, length))
    ]
    across, down = tidy(across), tidy(down)
    return _ended(across, down), _ended(down, across)


def _ended(edges: list[Edge], crossing: list[Edge]) -> list[Edge]:
    """Without short strokes that end at no other line: parts of seals and large signs."""

    def meets(edge: Edge, end: float) -> bool:
        return any(
            abs(c.at - end) <= _REACH and c.low - _REACH <= edge.at <= c.high + _REACH
            for c in crossing
        )

    return [e for e in edges if e.high - e.low >= _SHORT or meets(e, e.low) or meets(e, e.high)]


def written(image: Any, cell: list[int]) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of a short text in a cell, None where there is none."""
    import cv2
    import numpy as np

    left, top, right, bottom = cell
    size = max(image.shape)
    inset = size // 200
    spot = image[top + inset : bottom - inset, left + inset : right - inset]
    if min(spot.shape) < size // 150:
        return None
    _, _, boxes, _ = cv2.connectedComponentsWithStats(_ink(np.ascontiguousarray(spot)))
    marks = boxes[1:][boxes[1:, 4] > _SPECK]
    if not len(marks):
        return None
    x0, y0 = marks[:, 0].min(), marks[:, 1].min()
    x1, y1 = (marks[:, 0] + marks[:, 2]).max(), (marks[:, 1] + marks[:, 3]).max()
    if not _LINE[0] * size < max(x1 - x0, y1 - y0) or y1 - y0 > _LINE[1] * size:
        return None
    x, y = left + inset, top + inset
    return x + x0 - _ROOM, y + y0 - _ROOM, x + x1 + _ROOM, y + y1 + _ROOM


def enlarged(spot: Any) -> Any:
    """A short text as high as the engine likes it, with paper around it."""
    import cv2

    height = max(spot.shape[0], spot.shape[1] // 8, 1)
    factor = max(1.0, 40 / height)
    large = cv2.resize(spot, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    paper = int(large.max())
    return cv2.copyMakeBorder(large, 8, 8, 12, 12, cv2.BORDER_CONSTANT, value=paper)


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
    return [b for b in found if (b[3] if wide else b[2]) <= _THICK]
