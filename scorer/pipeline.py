"""Any input -> Submissions: files, folders, globs, `-`, and our own JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from scorer.exchange import ExchangeError, is_exchange, loads
from scorer.forms import Document, Problem, Submission
from scorer.layouts import explain, read_submission
from scorer.layouts.match import Explanation
from scorer.layouts.words import Words, load_words
from scorer.readers import find_inputs, read_document


def read_all(paths: Sequence[str], words: Words | None = None) -> Iterator[Submission]:
    """The submissions of all inputs, in a stable order; unreadable ones carry a Problem.

    ``words`` is the layout vocabulary with a county's own words (see Profile.layout).
    """
    for found in find_inputs(paths):
        if isinstance(found, Problem):
            yield Submission(found.path, problems=(found,))
        else:
            yield from read_input(found, words=words)


def read_input(
    path: str, data: bytes | None = None, words: Words | None = None
) -> list[Submission]:
    """The submissions of one file or `-` (an archive holds several). Never raises."""
    if path == "-" and data is None:
        data = sys.stdin.buffer.read()
    if data is None and _looks_like_ours(path):
        data = Path(path).read_bytes()
    if data is not None and is_exchange(data):
        try:
            return loads(data, path)
        except ExchangeError as error:
            problem = Problem(path, str(error), "请用 jixiao parse --format json 的输出。")
            return [Submission(path, problems=(problem,))]
    return [_read(document, words) for document in read_document(path, data)]


def layout_words(extra: Mapping[str, Any]) -> Words | None:
    """The shipped layout words with a profile's own, None where it adds none."""
    return load_words(extra) if extra else None


def explanations(path: str, words: Words | None = None) -> Iterator[tuple[str, Explanation]]:
    """(file, how a table of it was told apart) for `jixiao parse --explain`."""
    for document in read_document(path):
        yield from ((document.path, found) for found in explain(document, words))


def _looks_like_ours(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return is_exchange(file.read(4096))
    except OSError:
        return False  # read_document says why in its own words


def _read(document: Document, words: Words | None) -> Submission:
    submission = read_submission(document, words)
    if submission.forms or submission.problems:
        return submission
    problem = Problem(
        document.path,
        "没有找到项目支出绩效目标表。",
        "请确认文件里有「项目名称」和「一级指标、二级指标、三级指标、指标值」这样的表。",
        code="no-form",
    )
    return replace(submission, problems=(problem,))
