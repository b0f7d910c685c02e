"""An Office package with some of its parts replaced; every other part stays byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from scorer.readers.package import open_zip, read_part


def part(data: bytes, name: str) -> bytes | None:
    """One part's bytes, None if the package has no such part."""
    with open_zip(data) as pack:
        return read_part(pack, name) if name in pack.namelist() else None


def with_parts(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The package with these parts new, replaced, or (None) taken out.

    Order, dates and compression of the other members are kept; new parts come last.
    """
    stream = io.BytesIO()
    left = dict(parts)
    with open_zip(data) as pack, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in pack.infolist():
            replaced = entry.filename in left
            new = left.pop(entry.filename) if replaced else read_part(pack, entry)
            if new is not None:
                kept = zipfile.ZipInfo(entry.filename, entry.date_time)
                kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
                out.writestr(kept, new)
        for name, new in left.items():
            if new is not None:
                out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), new)
    return stream.getvalue()
