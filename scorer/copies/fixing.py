"""`jixiao check --fix`: a corrected copy beside the file, never over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorer.console import OutputError, write_file
from scorer.copies.corrected import Copy, CopyError, corrected_copy
from scorer.exchange import is_exchange
from scorer.fixes import Fix, fixed
from scorer.forms import Form
from scorer.layouts.words import Words
from scorer.pipeline import read_input

MARK = "已修正"


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file after fixing: where the copy stands (None: nothing to fix, or it could not be
    made), what was corrected, and sentences for the clerk."""

    path: str
    copy: Path | None = None
    fixes: tuple[Fix, ...] = ()
    notes: tuple[str, ...] = ()


def fix_file(path: str, words: Words | None = None) -> FixedFile:
    """Write the corrected copy of one file beside it."""
    try:
        data = Path(path).read_bytes()
    except OSError:
        return FixedFile(path)  # the check itself says why it cannot be read
    if is_exchange(data):
        return FixedFile(path, notes=("这是程序给出的 JSON，没有原件可改。",))
    submissions = read_input(path, data, words)
    if len(submissions) != 1 or not submissions[0].forms:
        many = len(submissions) > 1
        return FixedFile(path, notes=("压缩包和邮件里的文件没有修正，请先解压。",) if many else ())
    forms = submissions[0].forms
    try:
        copy, fixes = _best_copy(data, path, forms, words)
    except CopyError as error:
        return FixedFile(path, notes=(str(error),))
    if not fixes:
        return FixedFile(path)
    target = free_name(Path(path), copy)
    try:
        if not target.exists():
            write_file(target, copy.data)
    except OutputError as error:  # a folder that may only be read: the other files go on
        return FixedFile(path, notes=(f"没有修正：{error}",))
    return FixedFile(path, target, fixes, copy.notes)


def _best_copy(
    data: bytes, path: str, forms: tuple[Form, ...], words: Words | None
) -> tuple[Copy, tuple[Fix, ...]]:
    """The copy with all fixes; where only splitting cells keeps it from being the clerk's own
    file, without splitting."""
    copy, fixes = _copy(data, path, forms, words, split=True)
    if not copy.own:
        plain, fewer = _copy(data, path, forms, words, split=False)
        if plain.own:
            return plain, fewer
    return copy, fixes


def _copy(
    data: bytes, path: str, forms: tuple[Form, ...], words: Words | None, *, split: bool
) -> tuple[Copy, tuple[Fix, ...]]:
    done = [fixed(form, split=split) for form in forms]
    fixes = tuple(fix for _, own in done for fix in own)
    if not fixes:
        return Copy(data, Path(path).suffix, own=True), ()
    return corrected_copy(data, path, [form for form, _ in done], words), fixes


def free_name(path: Path, copy: Copy) -> Path:
    """«申报表.已修正.xlsx» beside the file, numbered where that name is taken by anything but
    the very same copy."""
    return next(
        name
        for name in _names(path, copy.suffix)
        if not name.exists() or name.read_bytes() == copy.data
    )


def _names(path: Path, suffix: str) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{MARK}{suffix}")
    n = 2
    while True:
        yield path.with_name(f"{path.stem}.{MARK}{n}{suffix}")
        n += 1
