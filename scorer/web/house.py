"""What the pages work with: store, workers, loader, and what they remember."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from fastapi import Request
from sqlalchemy import Engine

from scorer.forms import JudgedSubmission
from scorer.profile import Profile
from scorer.web.bureau_view import BatchView
from scorer.web.loader import Loader
from scorer.web.workers import Workers

T = TypeVar("T")


class Recent(Generic[T]):
    """What was made last, by key; the oldest is forgotten first. Safe among threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """What was put under ``key``, None where it is not known (any more)."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: Hashable, made: T) -> None:
        """Remember it."""
        with self._lock:
            self._found[key] = made
            if len(self._found) > self._most:
                self._found.popitem(last=False)

    def forget(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._found.clear()


@dataclass(frozen=True)
class House:
    """One server's parts."""

    engine: Engine
    workers: Workers
    profile: Profile
    loader: Loader
    drafts: Recent[JudgedSubmission]
    batches: Recent[BatchView]


def house_of(request: Request) -> House:
    """The house of the server that got this request."""
    return cast("House", request.app.state.house)
