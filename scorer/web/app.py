"""Puts the server together: store, workers, pages, REST, safety; and runs it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from scorer.judge import profile_for
from scorer.version import __version__
from scorer.web import bureau, clerk, clerk_files, rest, rules
from scorer.web.house import House, Recent
from scorer.web.loader import Loader
from scorer.web.pages import REPORT_CSS, STATIC, page
from scorer.web.safety import LOOPBACK, MOST_BYTES, Safety
from scorer.web.store import open_store
from scorer.web.workers import Workers


@dataclass(frozen=True)
class Settings:
    """How one server runs. ``hosts`` are the names it answers to; ``tokens`` maps a token to
    the paths that it does not open."""

    store: str
    profile: str = "default"
    hosts: tuple[str, ...] = LOOPBACK
    tokens: dict[str, tuple[str, ...]] = field(default_factory=dict)
    most_bytes: int = MOST_BYTES
    processes: int | None = None


def create_app(settings: Settings) -> FastAPI:
    """The server as an ASGI application. Raises StoreError, ProfileError."""
    profile = profile_for(settings.profile)
    engine = open_store(settings.store)
    workers = Workers(settings.profile, settings.processes)
    loader = Loader(engine, workers, workers.processes)
    house = House(engine, workers, profile, loader, Recent(100), Recent(4))

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workers.warm()
        loader.start()
        yield
        await run_in_threadpool(loader.stop)
        workers.close()
        engine.dispose()

    app = FastAPI(
        title="绩效 jixiao", version=__version__, lifespan=lifespan,
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.state.house = house
    app.include_router(clerk.router)
    app.include_router(clerk_files.router)
    app.include_router(bureau.router)
    app.include_router(rules.router)
    app.include_router(rest.router)
    app.openapi = lambda: rest.describe(app)  # type: ignore[method-assign]
    app.add_api_route("/static/report.css", _report_css, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_exception_handler(HTTPException, _error_page)
    app.add_middleware(
        Safety, hosts=settings.hosts, tokens=settings.tokens, most_bytes=settings.most_bytes
    )
    return app


def _report_css() -> FileResponse:
    return FileResponse(Path(REPORT_CSS), media_type="text/css")


async def _error_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": error.detail}, error.status_code)
    texts = {404: "没有找到这一页。链接可能不完整，或草稿已经过期。"}
    text = texts.get(error.status_code, str(error.detail))
    return page("error.html.j2", error.status_code, text=text)
