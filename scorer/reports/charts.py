"""The chart library that the HTML pages embed: no page fetches anything."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("vendor") / "chart.umd.min.js"


@cache
def chart_library() -> str:
    """Chart.js as it stands inside a script tag (without the address of its source map)."""
    return FILE.read_text("utf-8").partition("\n//# sourceMappingURL")[0]
