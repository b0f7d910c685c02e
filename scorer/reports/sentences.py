"""Messages put side by side read as sentences."""

from __future__ import annotations


def sentence(text: str) -> str:
    """The text with a full stop, where it has none of its own."""
    text = text.strip()
    return text if not text or text[-1] in "。！？；.!?;" else f"{text}。"
