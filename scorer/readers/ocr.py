"""Scans and pictures -> lines and grids, by rapidocr (extra ``ocr``); works offline.

The text comes from OCR, the table grid from the scan's ruling lines. Small slants are
straightened and pages lying on their side are turned before the text is read.
"""

from __future__ import annotations

import importlib.util
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from scorer.forms import Page, Place, Problem
from scorer.readers import limits
from scorer.readers.base import Clock, Reading, Unreadable, too_big
from scorer.readers.ocr_slips import mended, wide_brackets
from scorer.readers.pages import assemble
from scorer.readers.ruling import Ruled, tables
from scorer.readers.stitch import Blocks
from scorer.readers.words import Run, Word

REMEDY = "请先安装文字识别：pip install 'jixiao[ocr]'"
_NEEDED = ("rapidocr", "onnxruntime", "cv2")
_POINTS_HIGH = 842.0  # an A4 page's long side; scans are measured in its points
_PIXELS_HIGH = round(11.69 * limits.OCR_DPI)
_BRACKET = re.compile("[()（）]")
_MIN_SCORE = 0.5  # below: specks and stamps read as characters
_SIDEWISE = 0.6  # so much text on its side: the page lies on its side
_UPSIDE_DOWN = 0.8  # mean certainty of a page read upside down is lower
_DOUBTFUL = 0.85  # mean certainty below which a person should check the page


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def read(data: bytes, path: str) -> Reading:
    """A picture file; each frame of a TIFF is a page."""
    if not available():
        raise Unreadable("这是图片或扫描件，本机没有装文字识别", REMEDY, "no_text")
    clock = Clock()
    pages: list[Page] = []
    problems: list[Problem] = []
    for number, image in enumerate(_frames(data), start=1):
        clock.check()
        blocks, doubt = recognise(image, number)
        pages.append(Page(number, blocks.blocks))
        if doubt:
            remedy = "请对照原件核对这一页，或换 200 dpi 以上的清晰扫描件"
            problems.append(Problem(path, doubt, remedy, Place(page=number), "ocr"))
    return Reading(tuple(pages), tuple(problems))


def drawn(page: Any) -> Any:
    """One page of a PDF as a picture with its colours."""
    width, height = page.get_size()
    scale = limits.OCR_DPI / 72
    if width * height * scale * scale > limits.MAX_PIXELS:
        raise too_big("页面的像素数", limits.MAX_PIXELS)
    return page.render(scale=scale, rev_byteorder=True).to_numpy()[..., :3].copy()


def recognise(image: Any, number: int) -> tuple[Blocks, str]:
    """Text and grids of one picture (8 bit, grey or red-green-blue)."""
    from scorer.readers import scan

    image = scan.straighten(scan.to_size(scan.grey(image), _PIXELS_HIGH))
    seen = _read_text(image)
    if seen.sidewise() > _SIDEWISE:
        image = scan.turned(image, 1)
        seen = _read_text(image)
    if seen.certainty < _UPSIDE_DOWN and seen.boxes:
        over = scan.turned(image, 2)
        other = _read_text(over)
        if other.certainty > seen.certainty:
            image, seen = over, other
    scale = _POINTS_HIGH / max(image.shape)
    ruled = tables(*scan.ruling_lines(image, scale))
    runs, certainty = seen.runs(scale), seen.certainty
    runs += _overlooked(image, ruled, runs, scale)
    frame = (0.0, 0.0, image.shape[1] * scale, image.shape[0] * scale)
    blocks = mended(assemble(runs, ruled, number, frame))
    if not blocks.blocks or not runs:
        return blocks, "这一页图片里没有认出文字"
    if certainty < _DOUBTFUL:
        return blocks, f"这一页扫描不清，识别把握只有 {certainty:.0%}"
    return blocks, ""


@lru_cache(maxsize=1)
def _engine() -> Any:
    import rapidocr

    # The angle classifier stays off: it turned «≥99%» into «%66<».
    return rapidocr.RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.max_side_len": _PIXELS_HIGH,
        }
    )


class _Seen(NamedTuple):
    """What the engine found: a box, a text, a score and the words' boxes per line."""

    boxes: list[Any]
    texts: list[str]
    words: list[Any]
    certainty: float  # mean over the characters

    def runs(self, scale: float) -> list[Run]:
        """Each line as words with boxes, in points."""
        lines = zip(self.boxes, self.texts, self.words, strict=True)
        return [_run(text, words, box, scale) for box, text, words in lines]

    def sidewise(self) -> float:
        """How much of the text stands on its side (0 to 1)."""
        sizes = [(abs(b[1] - b[0]).max(), abs(b[2] - b[1]).max()) for b in self.boxes]
        long = [(w, h) for w, h in sizes if max(w, h) > 2.5 * min(w, h)]
        return sum(h > w for w, h in long) / len(long) if len(long) > 2 else 0.0


def _read_text(image: Any) -> _Seen:
    found = _engine()(image, use_det=True, use_cls=False, use_rec=True, return_word_box=True)
    if found.txts is None:
        return _Seen([], [], [], 0.0)
    kept = [
        (box, text, words, score)
        for box, text, words, score in zip(
            found.boxes, found.txts, found.word_results, found.scores, strict=True
        )
        if score >= _MIN_SCORE and text.strip()
    ]
    characters = sum(len(text) for _, text, _, _ in kept)
    certain = sum(score * len(text) for _, text, _, score in kept)
    boxes, texts, words = ([k[i] for k in kept] for i in range(3))
    return _Seen(boxes, texts, words, certain / characters if characters else 0.0)


def _overlooked(image: Any, ruled: Sequence[Ruled], runs: Sequence[Run], scale: float) -> list[Run]:
    """Short texts in cells where the engine found none: it overlooks lone signs and digits."""
    from scorer.readers import scan

    # By its pieces: a run that goes through two cells has its middle in one of them only.
    pieces = (piece for run in runs for piece in run.pieces())
    middles = [((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2) for w in pieces]
    found: list[Run] = []
    for x0, top, x1, bottom in (side for table in ruled for side in table.rectangles()):
        if any(x0 < x < x1 and top < y < bottom for x, y in middles):
            continue
        ink = scan.written(image, [round(v / scale) for v in (x0, top, x1, bottom)])
        if ink is None:
            continue
        left, upper, right, lower = ink
        spot = image[upper:lower, left:right]
        seen = _engine()(scan.enlarged(spot), use_det=False, use_cls=False, use_rec=True)
        if seen.txts and seen.txts[0].strip() and seen.scores[0] >= _MIN_SCORE:
            word = Word(seen.txts[0].strip(), *(v * scale for v in ink))
            found.append(Run(word, partial(list, [word])))
    return found


def _run(text: str, words: Any, box: Any, scale: float) -> Run:
    """One recognised line and its words' boxes, so that it can be cut at a cell border."""
    left, top = (float(v) * scale for v in box.min(axis=0))
    right, bottom = (float(v) * scale for v in box.max(axis=0))
    whole = Word(text, left, top, right, bottom)
    if "".join(w[0] for w in words).replace(" ", "") != text.replace(" ", ""):
        return Run(whole, lambda: [whole])
    edges = [(w, [p[0] * scale for p in corners]) for w, _, corners in words if w.strip()]
    parts = wide_brackets([Word(w, min(xs), top, max(xs), bottom) for w, xs in edges])
    brackets = iter(_BRACKET.findall("".join(part.text for part in parts)))
    text = _BRACKET.sub(lambda _: next(brackets), text)
    return Run(whole._replace(text=text), lambda: parts)


def _frames(data: bytes) -> Iterator[Any]:
    """The frames of a picture file as arrays, turned as their EXIF mark says."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    try:
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > limits.MAX_PIXELS:
            raise too_big("图片的像素数", limits.MAX_PIXELS)
        for number, frame in enumerate(ImageSequence.Iterator(image)):
            if number >= limits.MAX_OCR_PAGES:
                raise too_big("图片的页数", limits.MAX_OCR_PAGES)
            turned = ImageOps.exif_transpose(frame).convert("RGBA")
            paper = Image.new("RGBA", turned.size, "white")
            yield np.asarray(Image.alpha_composite(paper, turned).convert("RGB")).copy()
    except Image.DecompressionBombError as error:
        raise too_big("图片的像素数", limits.MAX_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Unreadable(
            "图片已损坏或不完整，打不开", "请重新扫描或重新取一份", "damaged"
        ) from error
