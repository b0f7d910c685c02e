"""Streams of a PDF that unpack to more than any page holds, told before the engine unpacks them.

The engine has no limit of its own: a page of 100 KB can make it take gigabytes.
"""

from __future__ import annotations

import re
import zlib

from scorer.readers import limits
from scorer.readers.base import too_big

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")  # a zlib header
_PROBE = 2048  # packed bytes by which a stream is judged
_PACKED_HARD = 200  # times; text and drawings are packed 3 to 30 times, blank scans more


def check_streams(data: bytes) -> None:
    """Raise :class:`Unreadable` where a packed stream is a bomb."""
    for match in _STREAM.finditer(data):
        packed = memoryview(data)[match.end() :]
        if len(_unpacked(packed[:_PROBE], 1 << 20)) > _PACKED_HARD * _PROBE:
            _check(packed)


def _unpacked(packed: memoryview, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""


def _check(packed: memoryview) -> None:
    """Unpack piece by piece, keeping nothing."""
    unpacker = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = packed
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, 1 << 20))
            rest = unpacker.unconsumed_tail
            if size > limits.MAX_STREAM_BYTES:
                raise too_big("一个 PDF 数据流解压后的字节数", limits.MAX_STREAM_BYTES)
    except zlib.error:
        return  # the engine will say what is wrong
