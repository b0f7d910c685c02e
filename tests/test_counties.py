"""Documents by a hand that had not seen the program, read through the one door.

``tests/counties/NAME.EXT`` is the document as people have it, ``NAME.truth.txt`` what a careful
person reads in it, in the notation of :mod:`tests.bureaus.catalogue`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bureaus.catalogue import Paper, notation, score

HERE = Path(__file__).parent / "counties"
TRUTHS = sorted(HERE.glob("*.truth.txt"))


def paper(truth: Path) -> Paper:
    """The document that a truth belongs to."""
    name = truth.name.removesuffix(".truth.txt")
    (document,) = (p for p in HERE.glob(f"{name}.*") if p != truth)
    return Paper(name, document.suffix, document.read_bytes, notation(truth.read_text("utf-8")))


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.txt"))
def test_every_cell_is_read_as_a_careful_person_reads_it(truth: Path) -> None:
    found = score(paper(truth))
    assert found.differences == []
    assert found.spurious == 0
