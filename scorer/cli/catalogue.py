"""`jixiao rule` and `jixiao profile`: what is checked, and with which settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.steps import profile_of, wrong_use

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def rule(
    code: Annotated[
        str | None, typer.Argument(metavar="规则代码", help="例如 M201；不写就列出全部规则")
    ] = None,
) -> None:
    """规则目录，或一条规则的说明页：查什么、依据、正反例、不算问题的情形。"""
    from scorer.reports.rule_pages import catalogue_lines, render_page
    from scorer.rules.catalogue import catalogue, nearest_code

    if code is None:
        console.emit_lines(catalogue_lines(catalogue()))
    elif code.upper() in catalogue():
        console.emit_lines([render_page(catalogue()[code.upper()])])
    else:
        wrong_use(f"没有规则 {code}，最接近的是 {nearest_code(code)}。全部规则见 jixiao rule。")


@app.command(cls=ChineseCommand)
def profile(
    name: Annotated[str, typer.Argument(metavar="名称", help="内置名称或 .toml 文件")] = "default",
) -> None:
    """显示生效的配置，以及每个值来自哪里。"""
    from scorer.profile import profile_names

    settings = profile_of(name)
    console.emit_lines(
        [f"配置：{settings.name}（{settings.hash}）。内置配置：{'、'.join(profile_names())}"]
        + [f"  {key} = {value}    来自 {origin}" for key, value, origin in settings.rows()]
    )
