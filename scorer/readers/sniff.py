"""The type of a file from its bytes; the suffix is never asked."""

from __future__ import annotations

import io
import re
import zipfile

from scorer.readers import ole
from scorer.readers.base import Unreadable
from scorer.readers.encoding import decode

# Kinds that read_document can turn into pages, or into further documents.
SUPPORTED = frozenset(
    (
        *("text", "csv", "markdown", "html", "mhtml", "eml", "pdf", "image", "zip"),
        *("xlsx", "xlsb", "xls", "xmlss", "ods", "docx", "doc", "odt", "rtf"),
    )
)
# What a person calls the kinds that we know but do not read.
NAMES = {
    "rar": "RAR 压缩包",
    "7z": "7z 压缩包",
    "gz": "gz 压缩包",
    "pptx": "PowerPoint 演示文稿",
    "ppt": "PowerPoint 演示文稿",
    "msg": "Outlook 邮件",
    "ofd": "OFD 版式文件",
    "encrypted": "加了密码的 Office 文件",
    "xml": "XML 数据文件",
    "json": "JSON 数据文件",
    "program": "程序文件",
    "binary": "不认识的二进制文件",
    "empty": "空文件",
    "zeros": "全是空字节的文件",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_OLE: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_HEAD = 1 << 16
_HTML = re.compile(rb"<(!doctype html|html|head|body|table|meta|div|style)\b", re.I)
_MAIL = re.compile(
    rb"^(mime-version|from|received|return-path|subject|to|date|content-type"
    rb"|message-id|delivered-to|x-[a-z-]+|snapshot-content-location):",
    re.I | re.M,
)
_PICTURE_BM = 54  # shortest bitmap header


def sniff(data: bytes) -> str:
    """The kind of a file: a member of ``SUPPORTED``, a key of ``NAMES``."""
    if not data:
        return "empty"
    head = data[:_HEAD]
    if kind := _by_magic(data, head):
        return kind
    if head.count(0) == len(head) and data.count(0) == len(data):
        return "zeros"
    # A few stray bytes may stand in front of a PDF's mark (mail gateways, BOMs).
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _text_kind(data, head)


def _by_magic(data: bytes, head: bytes) -> str | None:
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _zip_kind(data)
    if head.startswith(ole.MAGIC):
        return _ole_kind(data)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            text_like = mark in (b"BM", b"MZ") and (len(data) < _PICTURE_BM or 0 not in head)
            return None if text_like else kind
    return None


def _ole_kind(data: bytes) -> str:
    try:
        names = ole.OleFile(data).roots()
    except (ValueError, OverflowError):
        names = {}
    for name, kind in _OLE:
        if any(name == found or found.startswith(name) for found in names):
            return kind
    # A damaged directory: the names may still be there as plain UTF-16.
    for name, kind in _OLE[:3]:
        if not names and name.encode("utf-16-le") in data:
            return kind
    return "binary"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            names = set(pack.namelist())
            mime = pack.read("mimetype")[:80] if "mimetype" in names else b""
    except Exception:  # zipfile raises many kinds on damaged input
        return _broken_zip_kind(data)
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if b"opendocument.text" in mime:
        return "odt"
    # Backslashes: some Windows exporters write them into the names.
    return _package_kind({n.replace("\\", "/").lower() for n in names})


def _package_kind(names: set[str]) -> str:
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" not in names:
        return "zip"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(n.startswith(folder) for n in names):
            return "xlsb" if "xl/workbook.bin" in names else kind
    return "zip"


def _broken_zip_kind(data: bytes) -> str:
    """A cut-off package still names its parts in the local headers."""
    for mark, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"content.xml", "ods")):
        if mark in data:
            return kind
    return "zip"


def _text_kind(data: bytes, head: bytes) -> str:
    shown = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or 0 in head[:200]:
        if (decoded := decode(data)) is None:
            return "binary"
        shown = decoded.text[:_HEAD].encode("utf-8", "replace")
    start = shown.lstrip()
    if kind := _mail_kind(start):
        return kind
    if start.startswith(b"<"):
        return _markup_kind(start)
    if start[:1] in (b"{", b"[") and re.match(rb'\s*[{\[]\s*["{\[]', start):
        return "json"
    from scorer.readers import csv, markdown, text

    try:
        content = text.decoded(data).text
    except Unreadable:
        return "text"  # its reader says what is wrong
    if csv.delimiter(content) is not None:
        return "csv"
    marked = markdown.has_table(content) or markdown.has_headings(content)
    return "markdown" if marked else "text"


def _mail_kind(start: bytes) -> str | None:
    """Mail and MHTML begin with header lines; text files hardly ever with two of them."""
    header = re.split(rb"\r?\n\r?\n", start[:16384], maxsplit=1)[0]
    if not _MAIL.match(header) or len(_MAIL.findall(header)) < 2:
        return None
    low = header.lower()
    return "mhtml" if b"multipart/related" in low or b"snapshot-content" in low else "eml"


def _markup_kind(start: bytes) -> str:
    low = start[:4096].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in low and b"<workbook" in low:
        return "xmlss"
    if _HTML.search(start):
        return "html"
    return "xml"
