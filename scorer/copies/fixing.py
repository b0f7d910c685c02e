"""`jixiao check --fix` and `--annotate`: a copy beside the file, never over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scorer.console import OutputError, write_file
from scorer.copies.annotated import annotated_copy
from scorer.copies.corrected import Copy, CopyError, corrected_copy
from scorer.exchange import is_exchange
from scorer.fixes import Fix, fixed
from scorer.forms import Form, JudgedSubmission
from scorer.layouts.words import Words
from scorer.pipeline import read_input

FIXED, ANNOTATED = "已修正", "批注"


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
    try:
        return FixedFile(path, beside(Path(path), FIXED, copy), fixes, copy.notes)
    except OutputError as error:  # a folder that may only be read: the other files go on
        return FixedFile(path, notes=(f"没有修正：{error}",))


def annotate_file(judged: JudgedSubmission, words: Words | None = None) -> FixedFile:
    """Write the copy with every finding as a comment beside one judged document's file."""
    path = judged.submission.path
    try:
        copy = annotated_copy(Path(path).read_bytes(), path, judged, words)
        return FixedFile(path, beside(Path(path), ANNOTATED, copy), notes=copy.notes)
    except OSError:
        return FixedFile(path, notes=("压缩包、邮件里的文件和管道读入的内容没有写批注。",))
    except (CopyError, OutputError) as error:
        return FixedFile(path, notes=(f"没有写批注：{error}",))


def beside(path: Path, mark: str, copy: Copy) -> Path:
    """Write a copy as «申报表.批注.xlsx» beside its file, over nothing but the very same copy.
    Raises OutputError."""
    target = next(
        name
        for name in _names(path, mark, copy.suffix)
        if not name.exists() or name.read_bytes() == copy.data
    )
    if not target.exists():
        write_file(target, copy.data)
    return target


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


def _names(path: Path, mark: str, suffix: str) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{mark}{suffix}")
    n = 2
    while True:
        yield path.with_name(f"{path.stem}.{mark}{n}{suffix}")
        n += 1
