"""Tells which files were saved, by looking at them twice a second.

Looking works on network drives, where a system's own notices do not arrive, and needs no
further library. A file that is still being written is told once it has come to rest.
"""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from scorer.readers.inputs import is_document_name

Mark = tuple[int, int]  # time of change in ns, size


def saved_files(
    files: Callable[[], Iterable[str]],
    pause: float = 0.5,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[list[str]]:
    """Lists of files that were saved, made or replaced since the last list, without end.

    The first look is taken at once, not with the first list: what is saved after the call is told.
    ``files`` is asked anew each time, so that new files of a folder are seen; a file that is
    away for a moment (Office replaces files when it saves) is told when it is back.
    """
    return _changes(_marks(files()), files, pause, sleep)


def _changes(
    known: dict[str, Mark],
    files: Callable[[], Iterable[str]],
    pause: float,
    sleep: Callable[[float], None],
) -> Iterator[list[str]]:
    moving: dict[str, Mark] = {}
    while True:
        sleep(pause)
        now = _marks(files())
        rested = [name for name, mark in moving.items() if now.get(name) == mark]
        known.update((name, now[name]) for name in rested)
        moving = {name: mark for name, mark in now.items() if known.get(name) != mark}
        if rested:
            yield rested


def watched(paths: Iterable[str]) -> Iterator[str]:
    """The files that are there now under files, folders and patterns: names only, so that a
    folder of thousands on a network drive can be looked at often."""
    for path in paths:
        if Path(path).is_dir():
            for root, folders, files in os.walk(path):
                folders[:] = [d for d in folders if not d.startswith(".")]
                names = (str(Path(root, name)) for name in files)
                yield from (name for name in names if is_document_name(name))
        elif glob.has_magic(path) and not Path(path).exists():
            yield from glob.iglob(path, recursive=True)  # noqa: PTH207  # as find_inputs does
        else:
            yield path


def _marks(files: Iterable[str]) -> dict[str, Mark]:
    found = {}
    for name in files:
        try:
            state = Path(name).stat()
        except OSError:
            continue  # away while it is replaced
        found[name] = (state.st_mtime_ns, state.st_size)
    return found
