"""Judged documents put away while thousands of them are ranked.

A county's 100,000 forms do not fit into memory. A shelf on disk packs each form on its own and
unpacks it when a report comes to it; in memory it only holds the objects.
"""

from __future__ import annotations

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from scorer.forms import Finding, JudgedForm, JudgedSubmission, Problem


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without its forms: what is wrong with its other tables, what was not read."""

    path: str
    unit: str | None
    findings: tuple[Finding, ...]  # those that name none of its forms
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """One judged form and what its document's other tables say of it."""

    judged: JudgedForm
    shared: tuple[Finding, ...]

    @property
    def weighed(self) -> tuple[Finding, ...]:
        """The findings that its review was made of, printed order."""
        return (*self.judged.findings, *self.shared)


class _Store(Protocol):
    def put(self, value: Any) -> int: ...
    def get(self, key: int) -> Any: ...


class _InMemory:
    def __init__(self) -> None:
        self._values: list[Any] = []

    def put(self, value: Any) -> int:
        self._values.append(value)
        return len(self._values) - 1

    def get(self, key: int) -> Any:
        return self._values[key]


class _OnDisk:
    """One temporary file without a name: it is gone when the program is."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="jixiao-")  # noqa: SIM115
        self._end = 0
        self._last: tuple[int, Any] = (-1, None)

    def put(self, value: Any) -> int:
        data = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)
        key = self._end
        self._file.seek(key)
        self._file.write(len(data).to_bytes(8, "big") + data)
        self._end += 8 + len(data)
        return key

    def get(self, key: int) -> Any:
        if self._last[0] != key:
            self._file.seek(key)
            length = int.from_bytes(self._file.read(8), "big")
            self._last = (key, pickle.loads(zlib.decompress(self._file.read(length))))
        return self._last[1]


class Shelf:
    """Judged documents in their order; any form of them can be taken out alone."""

    def __init__(
        self, documents: Iterable[JudgedSubmission] = (), *, on_disk: bool = False
    ) -> None:
        self._store: _Store = _OnDisk() if on_disk else _InMemory()
        self._documents: list[tuple[Paper, int, tuple[int, ...]]] = []
        for document in documents:
            self.add(document)

    def add(self, document: JudgedSubmission) -> None:
        """Put a document away, its forms one by one."""
        projects = {judged.form.project for judged in document.forms}
        whole = (f for f in document.findings if f.project is None or f.project not in projects)
        submission = document.submission
        paper = Paper(submission.path, submission.unit, tuple(whole), document.problems)
        rest = replace(document, submission=replace(submission, forms=()), forms=())
        keys = [
            self._store.put(Filed(form, tuple(shared_with(form, document))))
            for form in document.forms
        ]
        self._documents.append((paper, self._store.put(rest), tuple(keys)))

    def __iter__(self) -> Iterator[JudgedSubmission]:
        """The documents, whole again, one after the other."""
        for _, rest, keys in self._documents:
            document: JudgedSubmission = self._store.get(rest)
            forms = tuple(self.take(key).judged for key in keys)
            submission = replace(document.submission, forms=tuple(f.form for f in forms))
            yield replace(document, submission=submission, forms=forms)

    def papers(self) -> Iterator[tuple[Paper, tuple[int, ...]]]:
        """Each document without its forms, and the keys of its forms."""
        for paper, _, keys in self._documents:
            yield paper, keys

    def take(self, key: int) -> Filed:
        """The form of this key."""
        filed: Filed = self._store.get(key)
        return filed


def shared_with(judged: JudgedForm, document: JudgedSubmission) -> Iterator[Finding]:
    """The document's findings that speak of this form."""
    project = judged.form.project
    return (f for f in document.findings if f.project is not None and f.project == project)
