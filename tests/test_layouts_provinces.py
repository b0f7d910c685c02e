"""Tables as the provinces arrange them (``arranged/``): invented projects, real kinds of grids.

In a file a paragraph with «|» is a grid (see ``gridtext``) and other lines are text; below
«===» stands what must be read (see ``bureaus.catalogue``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .bureaus.catalogue import compare, notation
from .gridtext import Block, read, table

FILES = sorted((Path(__file__).parent / "arranged").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cell_is_read(path: Path) -> None:
    text, _, wanted = path.read_text("utf-8").partition("\n===\n")
    blocks: list[Block | str] = []
    for paragraph in text.strip("\n").split("\n\n"):
        blocks += [table(paragraph)] if "|" in paragraph else paragraph.split("\n")
    assert compare([read(*blocks)], notation(wanted)).differences == []
