"""Puts the server together: store, workers, pages, REST, safety; and runs it."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Hashable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from scorer.forms import JudgedSubmission
from scorer.judge import profile_for
from scorer.profile import Profile
from scorer.version import __version__
from scorer.web import clerk
from scorer.web.pages import REPORT_CSS, STATIC, page
from scorer.web.safety import LOOPBACK, Safety
from scorer.web.store import open_store
from scorer.web.workers import Workers


@dataclass(frozen=True)
class Settings:
    """How one server runs. ``hosts`` are the names it answers to; ``tokens`` maps a token to
    the path prefixes that it opens (none given: everything)."""

    store: str
    profile: str = "default"
    hosts: tuple[str, ...] = LOOPBACK
    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    most_bytes: int = 64 * 1024 * 1024
    processes: int | None = None


@dataclass(frozen=True)
class House:
    """What the pages work with."""

    engine: Engine
    workers: Workers
    profile: Profile
    recent: Recent


class Recent:
    """What was judged last, by key; the oldest is forgotten first. Safe among threads."""

    def __init__(self, most: int = 100) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, JudgedSubmission] = OrderedDict()

    def get(self, key: Hashable) -> JudgedSubmission | None:
        """What was put under ``key``, None where it is not known (any more)."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: Hashable, judged: JudgedSubmission) -> None:
        """Remember it."""
        with self._lock:
            self._found[key] = judged
            if len(self._found) > self._most:
                self._found.popitem(last=False)


def create_app(settings: Settings) -> FastAPI:
    """The server as an ASGI application. Raises StoreError, ProfileError."""
    house = House(
        open_store(settings.store), Workers(settings.profile, settings.processes),
        profile_for(settings.profile), Recent(),
    )  # fmt: skip

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        house.workers.warm()
        yield
        house.workers.close()
        house.engine.dispose()

    app = FastAPI(
        title="绩效 jixiao", version=__version__, lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.state.house = house
    app.include_router(clerk.router)
    app.add_api_route("/static/report.css", _report_css, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(HTTPException, _error_page)
    app.add_middleware(
        Safety, hosts=settings.hosts, tokens=settings.tokens, most_bytes=settings.most_bytes
    )
    return app


def _report_css() -> FileResponse:
    return FileResponse(Path(REPORT_CSS), media_type="text/css")


async def _error_page(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    texts = {404: "没有找到这一页。链接可能不完整，或草稿已经过期。"}
    text = texts.get(error.status_code, str(error.detail))
    return page("error.html.j2", error.status_code, text=text)
