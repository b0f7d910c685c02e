"""`jixiao dismiss`: a finding that a reviewer strikes out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    ProfileOption,
)
from scorer.cli.steps import judged_of, profile_of, wrong_use

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def dismiss(
    path: Annotated[str, typer.Argument(metavar="文件", help="有这项问题的文件")],
    fingerprint: Annotated[
        str, typer.Argument(metavar="指纹", help="问题的指纹（Excel「问题清单」最后一列）")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="理由", help="为什么不算问题")],
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", metavar="日期", formats=["%Y-%m-%d"], help="到哪天为止，如 2026-12-31"
        ),
    ] = None,
    profile: ProfileOption = "default",
) -> None:
    """驳回一项问题：不再扣分，重报后仍然有效，记在文件旁边的 .jixiao.toml 里。"""
    from scorer import decisions

    profile_of(profile)
    try:
        kept, finding = decisions.dismiss(
            judged_of([path], profile), fingerprint, reason, until.date() if until else None
        )
    except decisions.DecisionError as error:
        wrong_use(str(error))
    console.emit_lines([f"已驳回 {finding.code}：{finding.message}", f"记在 {kept}"])
