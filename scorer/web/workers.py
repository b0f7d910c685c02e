"""Worker processes that read and judge: a file that breaks one harms nobody else.

Judging is pure Python and numpy, so threads would not help; each process keeps the models
loaded and remembers what they said of forms it has seen.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from scorer.forms import Form, JudgedSubmission, Problem, Submission, Verdict
from scorer.judge import judge, profile_for, verdicts_of
from scorer.pipeline import layout_words, read_input
from scorer.readers import sniff
from scorer.sidecar import Sidecar

T = TypeVar("T")
MOST_REMEMBERED = 500  # forms a worker keeps the models' verdicts of


class Workers:
    """Two pools, so that a long file being read never keeps a clerk's edit waiting."""

    def __init__(self, profile: str = "default", processes: int | None = None) -> None:
        self.profile = profile
        self.processes = processes or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._pools: dict[str, ProcessPoolExecutor] = {}

    def warm(self) -> None:
        """Start the judging processes and load the models, without waiting."""
        for _ in range(self.processes):
            self._submit("judge", _warm, self.profile)

    def read(self, name: str, data: bytes) -> list[Submission]:
        """What one uploaded file holds (an archive holds several); problems inside."""
        try:
            return self._run("read", _read, name, data, self.profile)
        except BrokenProcessPool:
            return [Submission(name, problems=(_crashed(name),))]

    def judge(self, submission: Submission, sidecar: Sidecar = Sidecar()) -> JudgedSubmission:  # noqa: B008
        """The document judged, heeding only the decisions given."""
        return self._run("judge", _judge, submission, sidecar, self.profile)

    def read_and_judge(self, name: str, data: bytes) -> list[JudgedSubmission]:
        """One file of a bureau's batch, judged without decisions; never raises for bad files."""
        try:
            return self._run("read", _read_and_judge, name, data, self.profile)
        except BrokenProcessPool:
            crashed = Submission(name, problems=(_crashed(name),))
            return [self.judge(crashed)]

    def unpack(self, name: str, data: bytes) -> list[tuple[str, bytes]]:
        """The files of a ZIP by name; any other file, and a ZIP that is damaged, as it came."""
        try:
            return self._run("read", _unpack, name, data)
        except BrokenProcessPool:
            return [(name, data)]

    def close(self) -> None:
        """Stop all processes."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.shutdown(cancel_futures=True)

    def _run(self, pool: str, work: Callable[..., T], *arguments: Any) -> T:
        """Do it in a worker; where a neighbour broke the pool meanwhile, once more."""
        try:
            return self._submit(pool, work, *arguments).result()
        except BrokenProcessPool:
            return self._submit(pool, work, *arguments).result()

    def _submit(self, pool: str, work: Callable[..., T], *arguments: Any) -> Future[T]:
        with self._lock:
            found = self._pools.get(pool)
            if found is not None:
                try:
                    return found.submit(work, *arguments)
                except BrokenProcessPool:
                    pass
            # Never fork: the server has threads.
            context = multiprocessing.get_context("spawn")
            found = self._pools[pool] = ProcessPoolExecutor(self.processes, mp_context=context)
            return found.submit(work, *arguments)


def _read(name: str, data: bytes, profile: str) -> list[Submission]:
    return read_input(name, data, words=layout_words(profile_for(profile).layout))


def _read_and_judge(name: str, data: bytes, profile: str) -> list[JudgedSubmission]:
    return [_judge(s, Sidecar(), profile) for s in _read(name, data, profile)]


def _unpack(name: str, data: bytes) -> list[tuple[str, bytes]]:
    from scorer.readers.archive import members
    from scorer.readers.base import Unreadable

    if sniff(data) != "zip":
        return [(name, data)]
    try:
        return [(f"{name}/{member}", inner) for member, inner in members(data)] or [(name, data)]
    except Unreadable:  # the reader says what is wrong with it
        return [(name, data)]


def _crashed(name: str) -> Problem:
    return Problem(
        name,
        "读这份文件时程序被迫停下（文件多半已损坏，或太大）。",
        "请用原来的软件打开，另存一份再试。",
        code="crashed",
    )


def _judge(submission: Submission, sidecar: Sidecar, profile: str) -> JudgedSubmission:
    return judge(
        submission, profile_for(profile), verdicts=_verdicts(submission.forms), sidecar=sidecar
    )


def _warm(profile: str) -> None:
    from scorer.forms import Indicator

    rows = (Indicator("产出指标", "数量指标", "培训人次", "≥100人次"),)
    _judge(Submission("", forms=(Form(project="培训", indicators=rows),)), Sidecar(), profile)


_remembered: OrderedDict[bytes, tuple[Verdict, ...]] = OrderedDict()


def _verdicts(forms: Sequence[Form]) -> list[tuple[Verdict, ...]] | None:
    """What the models say of each form; None where they fail, and ``judge`` then says so."""
    keys = [pickle.dumps(form) for form in forms]
    fresh = [form for key, form in zip(keys, forms, strict=True) if key not in _remembered]
    if fresh:
        spoken, mute = verdicts_of(Submission("", forms=tuple(fresh)))
        if mute:
            return None
        for form, rows in zip(fresh, spoken, strict=True):
            _remembered[pickle.dumps(form)] = rows
    found = [_remembered[key] for key in keys]
    for key in keys:
        _remembered.move_to_end(key)
    while len(_remembered) > max(MOST_REMEMBERED, len(keys)):
        _remembered.popitem(last=False)
    return found
