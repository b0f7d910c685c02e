"""Office packages and other ZIPs, opened with limits; XML parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from scorer.readers import limits
from scorer.readers.base import Unreadable, too_big


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP and refuse it when its directory announces a bomb or a password."""
    try:
        pack = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _broken() from error
    entries = pack.infolist()
    if len(entries) > limits.MAX_MEMBERS:
        raise too_big("压缩包里的文件数", limits.MAX_MEMBERS)
    if sum(e.file_size for e in entries) > limits.MAX_UNPACKED_BYTES:
        raise too_big("解压后的字节数", limits.MAX_UNPACKED_BYTES)
    for entry in entries:
        check_ratio(entry)
    return pack


def _broken() -> Unreadable:
    return Unreadable("压缩结构已损坏或文件不完整", "请重新取一份，或用原程序打开后另存", "damaged")


def check_ratio(entry: zipfile.ZipInfo) -> None:
    """Refuse a member that unpacks to far more than any document does."""
    if entry.file_size > limits.MIN_RATIO_BYTES and entry.file_size > limits.MAX_RATIO * max(
        1, entry.compress_size
    ):
        raise Unreadable(
            f"“{entry.filename}”的压缩比异常（疑似压缩炸弹），没有解压",
            "请确认来源；确实需要时请解压后读里面的文件",
            "limit",
        )


def read_part(
    pack: zipfile.ZipFile, entry: str | zipfile.ZipInfo, most: int = limits.MAX_PART_BYTES
) -> bytes:
    """One member's bytes; stops where the real size passes ``most`` whatever was announced."""
    try:
        with pack.open(entry) as stream:
            data = stream.read(most + 1)
    except NotImplementedError as error:
        raise Unreadable("压缩方法不认识", "请用 ZIP 的默认方法重新压缩", "unsupported") from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise Unreadable("压缩包加了密码，读不了", "请去掉密码后重新压缩", "encrypted") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _broken() from error
    if len(data) > most:
        raise too_big("解压后一个部分的字节数", most)
    return data


def parse_xml(data: bytes) -> Any:
    """The root of an XML part. Entities stay unexpanded, nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
    )
    if b"<!ENTITY" in data[:4096]:
        raise Unreadable(
            "XML 里定义了实体（正常的文档没有），为安全起见没有读", "请用原程序打开后另存", "unsafe"
        )
    return etree.fromstring(data, parser)
