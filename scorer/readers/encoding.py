"""Bytes of a text file -> str: UTF-8, UTF-16 and GB18030, told apart by their bytes.

A wrong guess gives garbage that looks like text, so a guess must also *read* like
Chinese: in GB18030 most characters of real texts lie in GB2312's level 1.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from scorer.readers.radicals import as_characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
# Bad bytes a file may hold (a cut-off end, one broken character) and still be that encoding.
_MAX_BAD = 0.002
_MIN_COMMON = 0.6
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HAN_RANGES = "\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u3040-\u30ff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_HAN_RANGES}]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_MOJIBAKE = re.compile("锟斤拷|烫烫烫|屯屯屯|[ÃÂåäæçèé][\u0080-\u00bf\u0152-\u2122]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, its encoding, and how many characters were broken (as U+FFFD in it)."""

    text: str
    encoding: str
    broken: int = 0


def is_binary(sample: bytes) -> bool:
    """Whether bytes hold so many control characters that they are no 8-bit text."""
    return len(_CONTROL.findall(sample)) > max(3, len(sample) * 0.005)


def decode(data: bytes, hint: str = "") -> Decoded | None:
    """Decode a text file, or None where no known encoding gives readable text.

    ``hint`` is an encoding named inside the file (HTML, mail); it is tried first and
    believed only if it decodes.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name)
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return _lenient(data, wide)
    if is_binary(data[:_SAMPLE]):
        return None
    if hint and (named := _named(data, hint)):
        return named
    if (utf8 := _lenient(data, "utf-8")) is not None:
        return utf8
    chinese = _lenient(data, "gb18030")
    return chinese if chinese and reads_as_chinese(chinese.text) else None


def reads_as_chinese(text: str) -> bool:
    """Whether the Han characters of a text are mostly common ones (GB2312 level 1)."""
    sample = text[:_SAMPLE]
    if len(_PRIVATE.findall(sample)) > len(sample) * 0.02:
        return False
    han = len(_HAN.findall(sample))
    if han == 0:
        return sample.isascii()
    return han - len(_rare().findall(sample)) >= _MIN_COMMON * han


def count_han(text: str) -> int:
    """How many characters are Chinese, Japanese or Korean ones."""
    return len(_HAN.findall(text))


@lru_cache(maxsize=1)
def _rare() -> re.Pattern[str]:
    """Han characters outside GB2312's level 1, its 3755 commonest characters."""
    level1 = "".join(
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    )
    return re.compile(f"(?![{level1}])[{_HAN_RANGES}]")


def is_mojibake(text: str) -> bool:
    """Whether a text was decoded wrongly once and saved so («é¡¹ç›®», «椤圭洰», «锟斤拷»)."""
    sample = text[:_SAMPLE]
    if len(_MOJIBAKE.findall(sample)) * 20 > len(sample):
        return True
    # Real Chinese turned into GB18030 bytes is hardly ever valid UTF-8; «椤圭洰» is.
    again = sample.encode("gb18030", "ignore").decode("utf-8", "replace")
    han = len(_HAN.findall(again))
    return han > 3 and again.count("\ufffd") * 4 < han


def _named(data: bytes, hint: str) -> Decoded | None:
    # GB2312 and GBK labels are in practice GB18030.
    name = "gb18030" if hint.lower().replace("_", "-") in ("gb2312", "gbk", "gb-2312") else hint
    try:
        codecs.lookup(name)
        return _lenient(data, name)
    except (LookupError, ValueError):
        return None


def _lenient(data: bytes, encoding: str) -> Decoded | None:
    """Decode strictly, or with few enough broken characters; else None."""
    try:
        return Decoded(as_characters(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        text = as_characters(data.decode(encoding, "replace"))
    broken = text.count("\ufffd")
    return Decoded(text, encoding, broken) if broken <= max(1, len(text) * _MAX_BAD) else None


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 saved without its mark: one byte order reads as Chinese with ASCII between."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even = sample[: len(sample) // 2 * 2]
    for name, ends in (("utf-16-le", even[1::2]), ("utf-16-be", even[0::2])):
        text = even.decode(name, "replace")
        known = len(_HAN.findall(text)) + sum(c < "\x80" for c in text)
        plain = "\0" not in text and known > len(text) * 0.8
        if plain and 0 in ends and reads_as_chinese(text):
            return name
    return None
