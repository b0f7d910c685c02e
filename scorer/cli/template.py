"""`jixiao template`: the blank form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    Layout,
    ProfileOption,
)
from scorer.cli.steps import profile_of, wrong_use

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def template(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="文件", help="写到哪个 .xlsx 文件")
    ] = Path("项目支出绩效目标申报表.xlsx"),
    layout: Annotated[
        Layout | None,
        typer.Option(
            "--layout",
            metavar="表样",
            help="county（县区两半）、annex88（88号附件）、core101（101号）、list（平铺）；不写按配置",
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="年份", help="表头印哪个年度，例如 2026")
    ] = None,
    profile: ProfileOption = "default",
) -> None:
    """给一份空白申报表：带下拉表、填写提示和灰字示例，填好可直接交给 check、score。"""
    from scorer.copies import blank_form

    chosen = layout.value if layout is not None else profile_of(profile).template
    if output.exists():
        wrong_use(f"{output} 已经有了，没有覆盖。请用 -o 换一个文件名。")
    console.write_file(output, blank_form(chosen, year))
    console.emit_lines([str(output)])
