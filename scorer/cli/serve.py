"""`jixiao serve`: the web pages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    ProfileOption,
)
from scorer.cli.steps import profile_of, wrong_use

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def serve(
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="地址", help="在哪个地址上开；不是本机地址的，别人要带口令才能打开"
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="端口", help="端口号")] = 8765,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            envvar="JIXIAO_STORE",
            metavar="存储",
            help="草稿和审核记录存在哪里：一个文件，或 postgresql://… 地址",
        ),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="JIXIAO_TOKEN",
            metavar="口令",
            help="打开网页要带的口令，不写就自动生成",
        ),
    ] = None,
    bureau_token: Annotated[
        str | None,
        typer.Option(
            "--bureau-token",
            envvar="JIXIAO_BUREAU_TOKEN",
            metavar="口令",
            help="财政审核的口令；单位的口令打不开审核页",
        ),
    ] = None,
    profile: ProfileOption = "default",
    browser: Annotated[bool, typer.Option(help="开好后打开浏览器")] = True,
) -> None:
    """打开网页：单位边改边看得分，财政部门批量审核。"""
    profile_of(profile)
    try:
        from scorer.web import serve as web
        from scorer.web.store import StoreError, default_address
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "scorer":
            raise
        wrong_use(f"网页功能还没有装上（缺 {error.name}）。请运行：pip install 'jixiao[web]'")

    def opened(link: str) -> None:
        if browser and sys.stdout.isatty():
            import webbrowser

            webbrowser.open(link)

    try:
        web.serve(
            host, port, store=store or default_address(), profile=profile, token=token,
            bureau_token=bureau_token, say=console.say, opened=opened,
        )  # fmt: skip
    except (web.ServeError, StoreError) as error:
        wrong_use(str(error))
