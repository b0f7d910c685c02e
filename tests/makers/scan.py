"""Scans: pages of a PDF as pictures, slightly tilted and noisy, as an office scanner gives them."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
from PIL import Image

from . import pdf
from .sheet import Block


def pictures(
    blocks: list[Block], dpi: int = 150, tilt: float = 0.4, seed: int = 7
) -> list[Image.Image]:
    """The blocks printed and scanned: grey, tilted by ``tilt`` degrees, with grain."""
    printed = pypdfium2.PdfDocument(pdf.pdf(blocks, pdf.Print(size=9, margin=28)))
    grain = np.random.default_rng(seed)
    found: list[Image.Image] = []
    for page in printed:
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        image = image.rotate(tilt, expand=False, fillcolor=255, resample=Image.Resampling.BICUBIC)
        noise = grain.normal(0, 6, (image.height, image.width))
        pixels = np.asarray(image).astype(np.int16) + noise
        found.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    printed.close()
    return found


def png(blocks: list[Block], dpi: int = 150) -> bytes:
    """The first page as PNG."""
    stream = io.BytesIO()
    pictures(blocks, dpi)[0].save(stream, "PNG", dpi=(dpi, dpi))
    return stream.getvalue()


def scanned_pdf(blocks: list[Block], dpi: int = 150) -> bytes:
    """All pages as a PDF of pictures, without a text layer."""
    first, *rest = pictures(blocks, dpi)
    stream = io.BytesIO()
    first.save(stream, "PDF", resolution=dpi, save_all=True, append_images=rest)
    return stream.getvalue()
