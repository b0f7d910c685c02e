"""Reads and judges a bureau's files behind the pages, one after the other; goes on after a restart."""

from __future__ import annotations

import logging
import queue
import threading

from sqlalchemy import Engine

from scorer.web import batches
from scorer.web.workers import Workers


class Loader:
    """Threads that keep the worker processes busy; each file is saved as soon as it is judged."""

    def __init__(self, engine: Engine, workers: Workers, threads: int) -> None:
        self._engine = engine
        self._workers = workers
        self._queue: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"loader-{n}", daemon=True)
            for n in range(threads)
        ]

    def start(self) -> None:
        """Begin with what an earlier run left undone."""
        self.add(batches.pending(self._engine))
        for thread in self._threads:
            thread.start()

    def add(self, documents: list[int]) -> None:
        """Put documents at the end of the queue."""
        for document in documents:
            self._queue.put(document)

    def stop(self) -> None:
        """Leave after the files in hand; the rest waits in the store."""
        while not self._queue.empty():
            self._queue.get()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _run(self) -> None:
        while (document := self._queue.get()) is not None:
            try:
                file = batches.file_of(self._engine, document)
                if file is not None:  # else its batch was removed meanwhile
                    judged = self._workers.read_and_judge(*file)
                    batches.save(self._engine, document, judged)
            except Exception:  # the next file must not wait for this one
                logging.getLogger(__name__).exception("document %s", document)
