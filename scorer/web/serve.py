"""Runs the server for `jixiao serve`: one address, one port, a clear word where it cannot."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable

from scorer.web.app import Settings, create_app
from scorer.web.safety import LOOPBACK

BUREAU = ("/bureau",)


class ServeError(Exception):
    """The server cannot start; the message says why and what to do."""


def serve(
    host: str,
    port: int,
    *,
    store: str,
    profile: str = "default",
    token: str | None = None,
    bureau_token: str | None = None,
    say: Callable[[str], None] = print,
    opened: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted. ``opened`` is told the address once the port is ours.

    On a host other than this machine's own, clerks and the bureau each get a token, made up
    where none is given; the clerks' does not open the bureau's pages. Raises ServeError,
    StoreError.
    """
    import uvicorn

    listening = _listen(host, port)
    port = listening.getsockname()[1]
    local = host in LOOPBACK
    tokens: dict[str, tuple[str, ...]] = {}
    if not local or token or bureau_token:
        token = token or secrets.token_urlsafe(12)
        bureau_token = bureau_token or secrets.token_urlsafe(12)
        tokens = {token: BUREAU, bureau_token: ()}
    hosts = LOOPBACK if local else (*LOOPBACK, *_names(host))
    app = create_app(Settings(store=store, profile=profile, hosts=hosts, tokens=tokens))
    address = f"http://{_shown(host)}:{port}/"
    link = f"{address}?token={token}" if token else address
    say(f"绩效目标自查：{link}")
    say(f"财政审核：{address}bureau" + (f"?token={bureau_token}" if bureau_token else ""))
    say("按 Ctrl+C 结束。")
    if opened is not None:
        opened(link)
    config = uvicorn.Config(app, log_level="warning", server_header=False, ws="none")
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ServeError(
            f"{host} 的 {port} 端口用不了（{error.strerror or error}）。"
            f"多半是已经开着一个，或被别的程序占用；请换一个端口，例如 --port {port + 1}。"
        ) from error
    return listening


def _names(host: str) -> list[str]:
    """The names by which others on the network may call this machine."""
    if host not in ("0.0.0.0", "::"):
        return [host.lower()]
    own = socket.gethostname()
    found = {own.lower(), socket.getfqdn().lower()}
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(own, None)}
    return sorted(found | _outward())


def _outward() -> set[str]:
    """This machine's address on its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return {probe.getsockname()[0]}
        except OSError:
            return set()


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return next(iter(_outward()), "127.0.0.1")
    return f"[{host}]" if ":" in host else host
