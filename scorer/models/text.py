"""Text as arrays: one spelling for equal meanings, and character n-grams without a loop.

The scorer must read some 50,000 rows a second, so a batch of texts becomes one array of
code points and every n-gram of it one hash, by whole-array arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scorer.target_numbers import SIGNS, TAILS

Ints = NDArray[np.int64]

_FULL = "".join(chr(c) for c in range(0xFF01, 0xFF5F))
_HALF = "".join(chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F))
_SPELLINGS = str.maketrans(
    _FULL + "⩾≧⩽≦〉〈﹥﹤﹪" + "“”‘’「」『』",
    _HALF + "≥≥≤≤><><%" + '"' * 8,
) | {ord(c): None for c in " \t\r\n\u3000\xa0\u200b"}

# Only words that say exactly what ≥ or ≤ says, before or behind one amount.
_FRONT = re.compile(
    rf"^(?:{'|'.join(sorted((w for w, s in SIGNS.items() if s in '≥≤'), key=len, reverse=True))})(?=\d)"
)
_TAIL = re.compile(
    rf"[≥≤]?(?P<amount>\d[\d.,]*[%‰]?[一-龥]{{0,4}}?)(?P<tail>{'|'.join(re.escape(w) for w in TAILS)})"
)

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)


@lru_cache(maxsize=40_000)
def normalise(text: str) -> str:
    """One spelling: half width, no blanks, ≥ and ≤ as one sign, quotes alike."""
    text = text.translate(_SPELLINGS)
    if ">" in text or "<" in text or "=" in text:
        text = text.replace(">=", "≥").replace("<=", "≤").replace("==", "=").replace("≥=", "≥")
    return text


@lru_cache(maxsize=40_000)
def plain_value(text: str) -> str:
    """A normalised value with its bound as a sign: «不低于95%», «95%以上» -> «≥95%»."""
    text = _FRONT.sub(lambda found: SIGNS[found[0]], text)
    tail = _TAIL.fullmatch(text)
    return f"{TAILS[tail['tail']]}{tail['amount']}" if tail else text


@dataclass(frozen=True, slots=True)
class Codes:
    """Texts laid end to end: ``code`` per character, ``row`` it belongs to, ``n`` texts."""

    code: NDArray[np.uint64]
    row: Ints
    n: int


def encode(texts: Sequence[str], fold_digits: bool = True) -> Codes:
    """Lay normalised texts end to end; digits become one sign if ``fold_digits``."""
    joined = "".join(texts)
    code = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    wide = code.astype(np.uint64)
    if fold_digits:
        wide[(code >= 48) & (code <= 57)] = 48
    return Codes(wide, np.repeat(np.arange(len(texts)), lengths), len(texts))


def ngram_hashes(codes: Codes, size: int, salt: int = 0) -> tuple[Ints, NDArray[np.uint64]]:
    """All n-grams of ``size`` characters: (row, 64-bit hash); none crosses two texts."""
    rows, hashed, _ = ngram_places(codes, size, salt)
    return rows, hashed


def ngram_places(codes: Codes, size: int, salt: int) -> tuple[Ints, NDArray[np.uint64], Ints]:
    """The same with each n-gram's place in ``codes.code``."""
    count = len(codes.code) - size + 1
    if count <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.int64)
    with np.errstate(over="ignore"):
        hashed = np.full(count, np.uint64(salt * 1000003 + size), np.uint64)
        for k in range(size):
            hashed = (hashed ^ codes.code[k : k + count]) * _STEP
            hashed ^= hashed >> np.uint64(29)
        hashed *= _MIX
        hashed ^= hashed >> np.uint64(32)
    inside = np.flatnonzero(codes.row[:count] == codes.row[size - 1 :])
    return codes.row[inside], hashed[inside], inside


def buckets(texts: Sequence[str], bits: int, sizes: Sequence[int], salt: int) -> tuple[Ints, Ints]:
    """Hashed n-grams of edge-marked texts: (row, bucket), ``bucket < 2**bits``."""
    codes = encode([f"\x02{t}\x03" for t in texts])
    parts = [ngram_hashes(codes, size, salt) for size in sizes]
    rows = np.concatenate([p[0] for p in parts])
    hashed = np.concatenate([p[1] for p in parts])
    return rows, (hashed & np.uint64((1 << bits) - 1)).astype(np.int64)
