"""Old Word formats -> DOCX by LibreOffice, where it is installed. Never the user's profile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from scorer.readers import limits
from scorer.readers.base import Unreadable

_NAMES = ("soffice", "libreoffice")
_SUFFIXES = ((b"{\\rtf", ".rtf"), (b"PK", ".odt"))
_REMEDY = "请用 Word 或 WPS 另存为 .docx，或在本机装 LibreOffice"


def to_docx(data: bytes) -> bytes:
    """The same document as DOCX. Raises :class:`Unreadable` with the remedy."""
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(
            "这是旧的 Word（DOC、WPS、RTF、ODT）格式，本机没有转换程序", _REMEDY, "converter"
        )
    suffix = next((s for mark, s in _SUFFIXES if data.startswith(mark)), ".doc")
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(data)
        _convert(program, source, Path(folder))
        result = Path(folder) / "out" / "in.docx"
        if not result.is_file():
            raise Unreadable("旧的 Word 文件转换不了，可能已损坏或加了密码", _REMEDY, "converter")
        return result.read_bytes()


def _convert(program: str, source: Path, folder: Path) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]
    # Its own session: soffice is a script that starts the real process, and a time-out
    # must end both.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.OFFICE_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"旧的 Word 文件转换了 {limits.OFFICE_SECONDS:.0f} 秒没有完成", _REMEDY, "converter"
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
