"""Readers: bytes -> Document. They know files and nothing of forms.

``read_document`` never raises for bad input: what could not be read is a
:class:`~scorer.forms.Problem` of the document. Heavy libraries are imported only
by the reader that needs them.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scorer.forms import Document, Grid, Problem
from scorer.readers import limits
from scorer.readers.base import Reading, Unreadable, cause_of, too_big
from scorer.readers.inputs import find_inputs
from scorer.readers.sniff import NAMES, sniff

__all__ = ["find_inputs", "read_document", "sniff"]

STDIN = "-"

_READERS = {
    "text": "text",
    "csv": "csv",
    "markdown": "markdown",
    "html": "html",
    "pdf": "pdf",
    "xlsx": "excel",
    "xlsb": "excel",
    "xls": "excel",
    "xmlss": "excel",
    "ods": "excel",
    "docx": "word",
    "doc": "word",
    "odt": "word",
    "rtf": "word",
    "image": "ocr",
}
_CONTAINERS = {"zip": "archive", "eml": "mail", "mhtml": "mail"}
_REMEDIES = {
    "rar": "请解压后读里面的文件，或改用 ZIP 压缩",
    "7z": "请解压后读里面的文件，或改用 ZIP 压缩",
    "gz": "请解压后读里面的文件，或改用 ZIP 压缩",
    "encrypted": "请用 Office 或 WPS 打开，去掉打开密码后另存",
    "ofd": "请用 OFD 阅读器另存为 PDF 后再读",
    "msg": "请在邮件程序里把附件存出来，读附件",
    "zeros": "下载或拷贝多半中断了，请重新取一份",
    "empty": "请重新导出或重新下载",
}
_REMEDY = "请打开后另存为 PDF、Word、Excel 或文本文件再读"


def read_document(path: str | Path, data: bytes | None = None) -> list[Document]:
    """Read one input; ``data`` spares reading ``path``, ``-`` is standard input.

    Gives one Document, or one per member of a ZIP or mail. A file that cannot be
    read gives a Document without pages whose problems say why.
    """
    name = str(path)
    try:
        content = _load(name) if data is None else data
        if len(content) > limits.MAX_FILE_BYTES:
            raise too_big("文件字节数", limits.MAX_FILE_BYTES)
    except Unreadable as refusal:
        return [Document(name, "", "unknown", problems=(refusal.problem(name),))]
    except OSError as error:
        return [Document(name, "", "unknown", problems=(_os_problem(name, error),))]
    return read_bytes(content, name)


def read_bytes(data: bytes, path: str, depth: int = 0) -> list[Document]:
    """Read one file's bytes; ``depth`` counts the archives around it."""
    digest = hashlib.sha256(data).hexdigest()
    kind = "unknown"
    try:
        kind = sniff(data)
        if kind in _CONTAINERS:
            documents: list[Document] = _container(kind).documents(data, path, digest, depth)
            return documents
        found = _read(kind, data, path)
        return [Document(path, digest, kind, found.pages, _notes(found, path))]
    except Unreadable as refusal:
        problem = refusal.problem(path)
    except Exception as error:  # damaged files make libraries raise anything
        problem = Problem(
            path,
            f"文件已损坏或不完整，读不出来（{cause_of(error)}）",
            "请用 Office、WPS 或 PDF 阅读器打开，另存一份后再读；打不开就重新取一份",
            code="damaged",
        )
    return [Document(path, digest, kind, problems=(problem,))]


def _read(kind: str, data: bytes, path: str) -> Reading:
    if kind not in _READERS:
        what = NAMES.get(kind, kind)
        raise Unreadable(f"{what}，不能读", _REMEDIES.get(kind, _REMEDY), "unsupported")
    module = importlib.import_module(f"scorer.readers.{_READERS[kind]}")
    with _without_collector():
        reading: Reading = module.read(data, path)
    return reading


@contextmanager
def _without_collector() -> Iterator[None]:
    """Readers build hundreds of thousands of objects and no cycles: the cyclic collector
    would look through all of them again and again, a third of the reading time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _container(kind: str) -> Any:
    """The module whose ``documents`` opens this kind."""
    return importlib.import_module(f"scorer.readers.{_CONTAINERS[kind]}")


def _notes(found: Reading, path: str) -> tuple[Problem, ...]:
    """The reader's problems; a file without any content is one too."""
    blocks = (block for page in found.pages for block in page.blocks)
    if found.problems or any(isinstance(b, Grid) or b.text.strip() for b in blocks):
        return found.problems
    return (Problem(path, "文件里没有内容", _REMEDIES["empty"], code="empty"),)


def _load(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read(limits.MAX_FILE_BYTES + 1)
    if Path(name).stat().st_size > limits.MAX_FILE_BYTES:
        raise too_big("文件字节数", limits.MAX_FILE_BYTES)
    return Path(name).read_bytes()


def _os_problem(name: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(name, "找不到这个文件", "请核对文件名和所在文件夹", code="missing")
    if isinstance(error, PermissionError):
        return Problem(
            name, "没有权限读这个文件", "请换一个能打开它的账号，或拷贝一份", code="denied"
        )
    return Problem(
        name, f"打不开（{error.strerror or error}）", "请拷贝到本机后再读", code="denied"
    )
