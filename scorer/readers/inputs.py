"""Which files to read: files, folders, globs and ``-``, in a fixed order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from scorer.forms import Problem
from scorer.readers.sniff import SUPPORTED, sniff

# Text by its bytes, but never a document: found in folders, these are passed over.
_NOT_DOCUMENTS = (
    *(".toml", ".json", ".jsonl", ".yaml", ".yml", ".ini", ".cfg", ".xml", ".log", ".lock"),
    *(".py", ".js", ".css", ".sql", ".sqlite", ".db"),
)
_DOCUMENTS = (
    *(".pdf", ".ofd", ".doc", ".docx", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".xlsm", ".et"),
    *(".ods", ".csv", ".zip", ".rar", ".7z", ".gz", ".eml", ".msg", ".mht", ".mhtml"),
)
_LOCK_MARKS = ("~$", ".~", "~wrl")
_NAMED_LIKE_TEMP = (".tmp", ".bak", "~", ".part", ".crdownload")


def find_inputs(paths: Iterable[str | Path]) -> Iterator[str | Problem]:
    """The files to read, each once, sorted inside each folder or glob.

    A named file is always given, so that ``read_document`` can say what is wrong with
    it. In folders, hidden files, lock files (``~$x.docx``) and types that we do not read
    are passed over. A path or pattern that matches nothing gives a Problem.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _expand(str(path)):
            key = found if isinstance(found, Problem) else _key(found)
            if isinstance(key, str) and key in seen:
                continue
            if isinstance(key, str):
                seen.add(key)
            yield found


def _expand(path: str) -> Iterator[str | Problem]:
    if path == "-" or Path(path).is_file():
        yield path
    elif Path(path).is_dir():
        empty = True
        for file in _walk(path):
            empty = False
            yield file
        if empty:
            yield _nothing(path, "文件夹里没有能读的文件")
    elif Path(path).exists():
        yield path  # a device or pipe: read_document says what happens
    elif glob.has_magic(path):
        yield from _glob(path)
    else:
        yield _nothing(path, "找不到这个文件或文件夹")


def _glob(pattern: str) -> Iterator[str | Problem]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # «-» and ~ as given
    kept = [p for p in found if not _is_hidden(Path(p).name)]
    if not kept:
        yield _nothing(pattern, "没有文件符合这个写法")
    for path in kept:
        if Path(path).is_dir():
            # «a/**» also matches the folders themselves; their files match on their own.
            if "**" not in pattern:
                yield from _walk(path)
        else:
            yield path


def _walk(folder: str) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        pages = {f.rsplit(".", 1)[0] for f in files if f.lower().endswith((".html", ".htm"))}
        folders[:] = sorted(
            d for d in folders if not _is_hidden(d) and not _belongs_to_saved_page(d, pages)
        )
        for name in sorted(files):
            path = str(Path(root, name))
            if not _is_hidden(name) and _is_document(path):
                yield path


def _belongs_to_saved_page(folder: str, pages: set[str]) -> bool:
    """«x_files» beside «x.html»: the pictures and scripts of a saved page."""
    stem = folder.removesuffix("_files").removesuffix(".files")
    return stem != folder and stem in pages


def _is_hidden(name: str) -> bool:
    return name.startswith((".", *_LOCK_MARKS)) or name.lower().endswith(_NAMED_LIKE_TEMP)


def _is_document(path: str) -> bool:
    suffix = Path(path).suffix.lower()
    if suffix in _NOT_DOCUMENTS:
        return False
    if suffix in _DOCUMENTS:
        return True  # whatever it holds: damaged ones are told, not passed over
    try:
        with Path(path).open("rb") as file:
            head = file.read(1 << 16)
    except OSError:
        return True  # read_document names the cause
    if head.startswith((b"PK", b"\xd0\xcf")):
        return True  # the directory may stand at the end; read_document looks closer
    kind = sniff(head)
    return kind in SUPPORTED or kind in ("empty", "zeros", "rar", "7z", "gz", "ofd")


def is_document_name(path: str) -> bool:
    """Whether a member of an archive or mail may be a document, by its name alone."""
    parts = path.replace("\\", "/").split("/")
    if "__MACOSX" in parts or any(_is_hidden(part) for part in parts):
        return False
    return Path(path).suffix.lower() not in _NOT_DOCUMENTS


def _key(path: str) -> str:
    return path if path == "-" else os.path.realpath(path)


def _nothing(path: str, message: str) -> Problem:
    return Problem(path, message, "请核对名称和所在文件夹", code="missing")
