"""Where a line of a cell breaks: as Chinese typesetting does, or (``anywhere``) at any sign, as
report engines do."""

from __future__ import annotations

import re
from collections.abc import Callable

# A Latin word or a number stays whole; a closing sign never starts a line.
TOKEN = re.compile(r"(?:[A-Za-z0-9.,%+/-]+|.)[，。；：、）》”〕％？]*")


def wrap(text: str, fits: Callable[[str], bool], anywhere: bool = False) -> list[str]:
    """Lines that fit, of one cell; line breaks of the text are kept."""
    found: list[str] = []
    for part in text.split("\n"):
        line = ""
        for token in part if anywhere else TOKEN.findall(part):
            pieces = [token] if fits(token) else list(token)
            for piece in pieces:
                if line and not fits(line + piece):
                    found.append(line)
                    line = ""
                line += piece
        found.append(line)
    return [line.strip() for line in found] if len(found) > 1 else found


def columns(text: str) -> int:
    """Width in half-width signs."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)
