"""The directory of an OLE compound file (XLS, DOC, WPS, encrypted Office files).

Only what telling the types apart and reading one stream needs. Every chain walk is
bounded by the number of sectors, so a looped chain ends as an error.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above: no sector
_NOTHING = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5  # kinds of entries
_SMALL = 4096  # shorter streams live in the root's mini stream


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream or folder of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class OleFile:
    """Read-only view of a compound file. Raises ``ValueError`` when it is damaged."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < 512:
            raise ValueError("not a compound file")
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise ValueError("bad sector size")
        self.sector = 1 << shift
        self.fat = self._read_fat()
        (first,) = struct.unpack_from("<I", data, 48)
        self.entries = _entries(self._chain(first))
        if not self.entries:
            raise ValueError("no directory")

    def check_sizes(self) -> None:
        """Raise ``ValueError`` where the header or the directory announces more than the file
        can hold: other readers set aside as much memory as is announced."""
        sectors = len(self.data) // self.sector
        counts = struct.unpack_from("<2I16xI4xI", self.data, 40)
        named = (entry.size for entry in self.entries if entry.kind in (_STREAM, _ROOT))
        if max(counts) > sectors or max(named, default=0) > len(self.data):
            raise ValueError("sizes beyond the file")

    def roots(self) -> dict[str, Entry]:
        """Streams and folders at the top level, by name."""
        found: dict[str, Entry] = {}
        waiting, seen = [self.entries[0].child], set[int]()
        while waiting:
            index = waiting.pop()
            if index in seen or index >= len(self.entries):
                continue
            seen.add(index)
            entry = self.entries[index]
            found[entry.name] = entry
            waiting += [entry.left, entry.right]
        return found

    def stream(self, entry: Entry) -> bytes:
        """The bytes of one stream."""
        if entry.size >= _SMALL:
            return self._chain(entry.start)[: entry.size]
        return self._small(entry)

    def _block(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        return self.data[start : start + self.sector]

    def _read_fat(self) -> tuple[int, ...]:
        (difat, count) = struct.unpack_from("<II", self.data, 68)
        numbers = list(struct.unpack_from("<109I", self.data, 76))
        per = self.sector // 4
        for _ in range(min(count, len(self.data) // self.sector)):
            block = self._block(difat)
            if len(block) < self.sector:
                break
            words = struct.unpack(f"<{per}I", block)
            numbers += words[:-1]
            difat = words[-1]
        blocks = [self._block(n) for n in numbers if n < _END]
        joined = b"".join(b for b in blocks if len(b) == self.sector)
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < len(self.fat) and number < _END:
            parts.append(self._block(number))
            if len(parts) > len(self.fat):
                raise ValueError("looped chain")
            number = self.fat[number]
        return b"".join(parts)

    def _small(self, entry: Entry) -> bytes:
        (first,) = struct.unpack_from("<I", self.data, 60)
        raw = self._chain(first)
        table = struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
        store = self._chain(self.entries[0].start)
        parts: list[bytes] = []
        number = entry.start
        while number < len(table):
            parts.append(store[number * 64 : number * 64 + 64])
            if len(parts) > len(table):
                raise ValueError("looped chain")
            number = table[number]
        return b"".join(parts)[: entry.size]


def _entries(raw: bytes) -> list[Entry]:
    """The 128-byte directory records."""
    found = []
    for start in range(0, len(raw) - 127, 128):
        (length, kind) = struct.unpack_from("<HB", raw, start + 64)
        name = raw[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<III", raw, start + 68)
        first, size = struct.unpack_from("<IQ", raw, start + 116)
        found.append(Entry(name, kind, left, right, child, first, size & 0xFFFFFFFF))
    return found
