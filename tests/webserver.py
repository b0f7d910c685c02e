"""A running `jixiao serve` for tests: real sockets, a store of its own, stopped at the end."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from scorer.web.app import Settings, create_app


@contextlib.contextmanager
def running(store: Path | str, processes: int = 1, **settings: object) -> Iterator[str]:
    """The server's address while it runs; leaving stops it and its workers."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = create_app(Settings(store=str(store), processes=processes, **settings))  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
