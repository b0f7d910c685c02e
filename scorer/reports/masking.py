"""Telephone and identity numbers of persons are masked in what may be passed on."""

from __future__ import annotations

import re

_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<![\d.,，-])1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d|[.,]\d)")
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}[\s—–-]\d{7,8}(?!\d)")

_NUMBERS = (_IDENTITY, _MOBILE, _LANDLINE)


def mask(text: str) -> str:
    """The text with the middle of every telephone or identity number starred."""
    for pattern in _NUMBERS:
        text = pattern.sub(lambda m: _starred(m[0]), text)
    return text


def numbers_of(text: str) -> dict[str, str]:
    """The numbers that ``mask`` would star, by what it makes of them."""
    found = (m[0] for pattern in _NUMBERS for m in pattern.finditer(text))
    return {_starred(number): number for number in found}


def _starred(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"


def mask_number(text: str) -> str:
    """A cell that holds nothing but a telephone number: only its first three digits stay."""
    return re.sub(r"(?<=\d{3})\d", "*", text)
