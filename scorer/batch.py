"""Many files: judged in several processes, in a stable order, each file on its own.

A file that takes its process down with it becomes a Problem; the others are done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from scorer.forms import JudgedSubmission, Problem, Submission
from scorer.judge import judge, profile_for
from scorer.pipeline import layout_words, read_input
from scorer.readers import find_inputs

FEW = 6  # starting processes costs more than it saves below this many files
Progress = Callable[[int, int], None]


def judge_all(
    paths: Sequence[str], profile: str = "default", progress: Progress | None = None
) -> Iterator[JudgedSubmission]:
    """Every document of the inputs, judged, in the order of the inputs.

    ``progress`` is told (files done, files in all). Raises ProfileError.
    """
    settings = profile_for(profile)
    found = list(find_inputs(paths))
    files = [f for f in found if isinstance(f, str)]
    results: Iterator[Iterable[JudgedSubmission]]
    results = _in_turn(files, profile) if len(files) < FEW else _in_parallel(files, profile)
    done = 0
    for entry in found:
        if isinstance(entry, Problem):
            yield judge(Submission(entry.path, problems=(entry,)), settings)
            continue
        yield from next(results)
        done += 1
        if progress is not None:
            progress(done, len(files))


def judge_file(path: str, profile: str) -> list[JudgedSubmission]:
    """One file's documents, judged. Runs in a worker process."""
    return list(_judged(path, profile))


def _judged(path: str, profile: str) -> Iterator[JudgedSubmission]:
    settings = profile_for(profile)
    words = layout_words(settings.layout)
    return (judge(submission, settings) for submission in read_input(path, words=words))


def _in_turn(files: Sequence[str], profile: str) -> Iterator[Iterable[JudgedSubmission]]:
    return (_judged(path, profile) for path in files)


def _in_parallel(files: Sequence[str], profile: str) -> Iterator[list[JudgedSubmission]]:
    """Results in order; after a crash the files not yet seen go one by one."""
    done = 0
    try:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            chunk = max(1, min(50, len(files) // (4 * (os.cpu_count() or 1))))
            for result in pool.map(judge_file, files, [profile] * len(files), chunksize=chunk):
                yield result
                done += 1
    except BrokenProcessPool:
        for path in files[done:]:
            yield _alone(path, profile)


def _alone(path: str, profile: str) -> list[JudgedSubmission]:
    """One file in a process of its own; its crash harms nobody else."""
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(judge_file, path, profile).result()
    except BrokenProcessPool:
        problem = Problem(
            path,
            "读这份文件时程序被迫停下（文件多半已损坏，或超出内存）。",
            "请用原来的软件打开，另存一份再试。",
            code="crashed",
        )
        return [judge(Submission(path, problems=(problem,)), profile_for(profile))]
