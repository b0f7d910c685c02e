"""Keeps the server to itself: who may call, how much may be sent, what a page may load."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "jixiao_token"
MOST_BYTES = 64 * 1024 * 1024
MOST_BATCH_BYTES = 512 * 1024 * 1024
BATCHES = "/bureau/batches"
HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self'; "
    b"img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cache-control": b"no-store",
}
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class TooBig(Exception):  # noqa: N818
    """More bytes came than one request may bring."""


class Safety:
    """ASGI middleware: host, origin, token and size are checked before anything is parsed.

    ``hosts`` are the names that the server answers to (a page elsewhere that points its own
    name at 127.0.0.1 gets nothing); ``tokens`` maps each accepted token to the paths that it
    does not open, empty where none is asked for; ``most_bytes`` limits one request's body,
    ``most_batch_bytes`` what a bureau loads at one time.
    """

    def __init__(
        self,
        app: App,
        hosts: Iterable[str] = LOOPBACK,
        tokens: dict[str, tuple[str, ...]] | None = None,
        most_bytes: int = MOST_BYTES,
        most_batch_bytes: int = MOST_BATCH_BYTES,
    ) -> None:
        self.app = app
        self.hosts = frozenset(h.lower() for h in hosts)
        self.tokens = tokens or {}
        self._most_bytes = most_bytes
        self._most_batch_bytes = most_batch_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.lower(): v.decode("latin-1") for k, v in scope["headers"]}
        path = scope["path"]
        if refused := self._refusal(scope, headers):
            await _answer(send, *refused)
        elif self.tokens and (given := _query_token(scope)):
            if self._opens(given, path):  # once in the address, from then on in a cookie
                await _answer(send, 303, "", _without_token(scope), given)
            else:
                await _answer(send, 403, "口令不对。")
        elif (
            self.tokens
            and not path.startswith("/static/")
            and not self._opens(_token(headers), path)
        ):
            await _answer(send, 401, "请用 jixiao serve 显示的完整网址打开（网址里带口令）。")
        else:
            await self._pass_on(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str] | None:
        host = urlsplit(f"//{headers.get(b'host', '')}").hostname or ""
        if "*" not in self.hosts and host not in self.hosts:
            return 421, "这个网址不是本程序的网址，请用 jixiao serve 显示的网址打开。"
        if scope["method"] in WRITES and not _same_origin(headers):
            return 403, "这个请求来自别的网页，没有执行。"
        length = headers.get(b"content-length", "0")
        if not length.isdigit() or int(length) > self._most(scope["path"]):
            return 413, self._too_big(scope["path"])
        return None

    def _too_big(self, path: str) -> str:
        return f"文件太大了，一次最多 {self._most(path) // 1024 // 1024} MB。"

    def _opens(self, token: str, path: str) -> bool:
        for known, closed in self.tokens.items():
            if hmac.compare_digest(known.encode(), token.encode()):
                return not path.startswith(closed)
        return False

    def _most(self, path: str) -> int:
        return self._most_batch_bytes if path == BATCHES else self._most_bytes

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; its bytes are counted as they come, whatever it declared."""
        most = self._most(scope["path"])
        seen = 0
        started = False

        async def counted() -> MutableMapping[str, Any]:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooBig
            return message

        async def sealed(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if seen > most and not started:
                return  # whatever the page makes of the cut, we say what it was
            if message["type"] == "http.response.start":
                started = True
                own = {k.lower() for k, _ in message["headers"]}
                extra = [(k, v) for k, v in HEADERS.items() if k not in own]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        with contextlib.suppress(TooBig):
            await self.app(scope, counted, sealed)
        if seen > most and not started:
            await _answer(send, 413, self._too_big(scope["path"]))


def _same_origin(headers: dict[bytes, str]) -> bool:
    """A browser says where a request comes from; programs (no Origin) may call freely."""
    origin = headers.get(b"origin")
    if origin is None:
        return headers.get(b"sec-fetch-site", "none") in ("none", "same-origin")
    return urlsplit(origin).netloc.lower() == headers.get(b"host", "").lower()


def _token(headers: dict[bytes, str]) -> str:
    given = headers.get(b"authorization", "")
    if given.lower().startswith("bearer "):
        return given[7:].strip()
    cookie = SimpleCookie(headers.get(b"cookie", ""))
    return cookie[COOKIE].value if COOKIE in cookie else ""


def _query_token(scope: Scope) -> str:
    return parse_qs(bytes(scope["query_string"]).decode("latin-1")).get("token", [""])[0]


def _without_token(scope: Scope) -> str:
    given = parse_qs(bytes(scope["query_string"]).decode("latin-1"))
    given.pop("token", None)
    rest = urlencode(given, doseq=True)
    return str(scope["path"]) + (f"?{rest}" if rest else "")


async def _answer(send: Send, status: int, text: str, location: str = "", token: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS.items()]
    if location:
        headers.append((b"location", location.encode("latin-1", "replace")))
    if token:
        cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"
        headers.append((b"set-cookie", cookie.encode("latin-1", "replace")))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
