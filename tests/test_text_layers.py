"""The golden forms of every family as text layers of PDFs give them: no reader takes another's list.

Text layers lose columns, so not every row can be right; but every form is found, and a reader made
for one kind of list must not read the others.
"""

from __future__ import annotations

import pytest

from tests.makers.corpus import golden, score
from tests.makers.expect import Score

FORMATS = ("text-layer", "text-layer-narrow", "text-layer-marked", "text-engine")


@pytest.mark.parametrize("fmt", FORMATS)
def test_every_family_is_found_and_read(fmt: str) -> None:
    total = Score()
    for item in golden():
        if item.format == fmt:
            total.add(score(item))
    assert total.found == total.forms
    assert total.field_rate >= 0.95
    assert total.f1 >= 0.92
