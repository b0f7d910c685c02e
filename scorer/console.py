"""stdout for results only, stderr for everything else; files beside and renamed."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO


class OutputError(Exception):
    """The result could not be written; the message names the file, the cause, the cure."""


def prepare() -> None:
    """Characters that the console cannot show become «?» instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def say(text: str) -> None:
    """A line for the person, on stderr."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr where that is a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def emit_lines(lines: Iterable[str]) -> None:
    """The result as text lines on stdout, in the console's own encoding."""
    for line in lines:
        print(line)


def emit(text: str, output: Path | None) -> None:
    """A machine format: UTF-8 whatever the console's encoding, to stdout or a file."""
    data = text.encode("utf-8") if text.endswith("\n") else f"{text}\n".encode()
    if output is not None:
        write_file(output, data)
    elif hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:  # a test's or notebook's stdout without bytes
        sys.stdout.write(text)


def as_json(data: object) -> str:
    """JSON text with Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def write_file(path: Path, data: bytes) -> None:
    """Write beside and rename, so that nobody ever sees half a file."""
    with writing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write piece by piece: beside, and renamed once it is whole."""
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w+b") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(path)
        name = None
    except OSError as error:
        cause = error.strerror or error
        raise OutputError(f"写不了 {path}：{cause}。请换个位置，或关闭占用它的程序。") from error
    finally:
        if name is not None:
            Path(name).unlink(missing_ok=True)
