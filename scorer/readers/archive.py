"""ZIP archives -> the documents inside, with limits on size, ratio, depth and count."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from scorer.forms import Document, Problem
from scorer.readers import limits
from scorer.readers.base import Clock, Unreadable, too_big
from scorer.readers.inputs import is_document_name
from scorer.readers.package import open_zip, read_part
from scorer.readers.places import within


def documents(data: bytes, path: str, digest: str, depth: int) -> list[Document]:
    """One Document a member, in name order; paths are «archive.zip/member»."""
    if depth >= limits.MAX_DEPTH:
        raise Unreadable(
            f"压缩包套了 {limits.MAX_DEPTH} 层以上，没有再解", "请解压后读里面的文件", "limit"
        )
    found: list[Document] = []
    unpacked = 0
    clock = Clock()
    with open_zip(data) as pack:
        entries = {_name(e): e for e in pack.infolist() if not e.is_dir()}
        for name in sorted(entries):
            if not is_document_name(name):
                continue
            if unpacked > limits.MAX_UNPACKED_BYTES or clock.over():
                found.append(_stopped(path, name))
                break
            member, size = _member(pack, entries[name], path, name, depth)
            unpacked += size
            found += member
    return found or [Document(path, digest, "zip", problems=(_nothing(path),))]


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each document in a ZIP, in name order. Raises Unreadable where any part
    of it cannot be unpacked within the limits."""
    unpacked = 0
    with open_zip(data) as pack:
        entries = {_name(e): e for e in pack.infolist() if not e.is_dir()}
        for name in sorted(filter(is_document_name, entries)):
            inner = read_part(pack, entries[name])
            unpacked += len(inner)
            if unpacked > limits.MAX_UNPACKED_BYTES:
                raise too_big("解压后的字节数", limits.MAX_UNPACKED_BYTES)
            yield name, inner


def _member(
    pack: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, name: str, depth: int
) -> tuple[list[Document], int]:
    """The documents of one member, and its size."""
    from scorer.readers import read_bytes

    inner = f"{path}/{name}"
    try:
        data = read_part(pack, entry)
    except Unreadable as refusal:
        return [Document(inner, "", "unknown", problems=(refusal.problem(inner),))], 0
    except Exception as error:  # a damaged member; the others are read
        problem = Problem(
            inner,
            f"压缩包里的这个文件已损坏（{type(error).__name__}）",
            "请重新压缩后再读",
            code="damaged",
        )
        return [Document(inner, "", "unknown", problems=(problem,))], 0
    return [within(d, name) for d in read_bytes(data, inner, depth + 1)], len(data)


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name; Windows programs write GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:  # zipfile read it as cp437
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) if raw else name
                break
            except UnicodeDecodeError:
                continue
    # Never a way out of the archive: the name is only shown, but it stands in paths.
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    return "/".join(parts) or "无名"


def _stopped(path: str, name: str) -> Document:
    inner = f"{path}/{name}"
    problem = Problem(
        inner, "压缩包太大，从这个文件起没有读", "请解压后分批读里面的文件", code="limit"
    )
    return Document(inner, "", "unknown", problems=(problem,))


def _nothing(path: str) -> Problem:
    return Problem(path, "压缩包里没有能读的文件", "请核对压缩包的内容", code="empty")
