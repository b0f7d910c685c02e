"""Columns that line up: Chinese characters are two cells wide on a terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int) -> str:
    """The text in exactly ``width`` terminal cells, cut with «…» or padded."""
    text = " ".join(text.split())
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + "…"
    return set_cell_size(text, width)
