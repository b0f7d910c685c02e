"""Documents of other people's making are read to the last cell.

Those that need a browser or an office program run where these are installed; scans and held
documents are measured by ``python -m benchmarks.bureaus --scans``.
"""

from __future__ import annotations

import pytest

from scorer.readers import ocr, read_document
from tests.bureaus import other_papers, pdf_papers  # noqa: F401  # register their documents
from tests.bureaus.catalogue import PAPERS, Paper, score
from tests.bureaus.programs import CHROMIUM
from tests.makers import libre

OPEN = [item for item in PAPERS if not item.held and not item.scan]


@pytest.mark.parametrize("item", OPEN, ids=lambda item: item.name)
def test_every_cell_is_read(item: Paper) -> None:
    if item.slow and (CHROMIUM is None or libre.PROGRAM is None):
        pytest.skip("needs a browser and an office program")
    assert not score(item).differences


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser")
def test_fonts_without_characters_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    (document,) = read_document("a.pdf", pdf_papers.garbled())
    assert {(p.code, p.place.page) for p in document.problems} == {("garbled", 1)}
    assert not any(page.blocks for page in document.pages)


def test_papers_have_names_of_their_own() -> None:
    assert len({item.name for item in PAPERS}) == len(PAPERS) >= 40
