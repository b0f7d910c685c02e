"""Radicals that look like characters: what a PDF's fonts give in their place.

Fonts often map to the look-alike radicals of Unicode («⽬», «⼆») instead of the characters
themselves, and whoever copies from such a PDF takes them along.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode knows the Kangxi block; the simplified radicals of the supplement have no mapping there.
RADICALS = {n: unicodedata.normalize("NFKC", chr(n)) for n in range(0x2F00, 0x2FD6)}
RADICALS[0x2F3E] = "户"  # its mapping is the traditional form, which no budget prints
RADICALS |= {
    ord(a): b
    for a, b in zip(
        "⺁⺇⺈⺌⺟⺠⺫⺬⺮⺹⻁⻄⻅⻆⻉⻋⻓⻔⻖⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "厂几刀小母民目示竹老虎西见角贝车长门阝青韦页风飞饣马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
}
_RADICAL = re.compile("[\u2e80-\u2fd5]")


def as_characters(text: str) -> str:
    """The text with the characters in place of their radicals; its length stays."""
    return text.translate(RADICALS) if _RADICAL.search(text) else text
