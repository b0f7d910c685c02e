"""Any input -> Submissions: files, folders, globs, `-`, and our own JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scorer.exchange import ExchangeError, is_exchange, loads
from scorer.forms import Document, Problem, Submission
from scorer.layouts import read_submission
from scorer.readers import find_inputs, read_document


def read_all(paths: Sequence[str]) -> Iterator[Submission]:
    """The submissions of all inputs, in a stable order; unreadable ones carry a Problem."""
    for found in find_inputs(paths):
        if isinstance(found, Problem):
            yield Submission(found.path, problems=(found,))
        else:
            yield from read_input(found)


def read_input(path: str, data: bytes | None = None) -> list[Submission]:
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
    return [_read(document) for document in read_document(path, data)]


def _looks_like_ours(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return is_exchange(file.read(4096))
    except OSError:
        return False  # read_document says why in its own words


def _read(document: Document) -> Submission:
    submission = read_submission(document)
    if submission.forms or submission.problems:
        return submission
    problem = Problem(
        document.path,
        "没有找到项目支出绩效目标表。",
        "请确认文件里有「项目名称」和「一级指标、二级指标、三级指标、指标值」这样的表。",
        code="no-form",
    )
    return replace(submission, problems=(problem,))
