"""How long a project says it takes."""

from __future__ import annotations

import re

from scorer.layouts.words import fold

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_YEARS_LONG = re.compile(r"(?<!\d)(?:[2-9]|[1-4]\d|[二两三四五六七八九十]+)\s*个?年(?!度|\d)")


def several_years(text: str) -> bool:
    """True for «2023年1月—2025年12月» and «3年»; False for one year, or where none is named."""
    folded = fold(text)
    return len(set(_YEAR.findall(folded))) > 1 or bool(_YEARS_LONG.search(folded))
