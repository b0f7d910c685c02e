"""`jixiao rank`: the report folder of a bureau."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    Paths,
    ProfileOption,
)
from scorer.cli.steps import leave, profile_of, shelved, wrong_use


@app.command(cls=ChineseCommand)
def rank(
    paths: Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件夹", help="报告写到哪个文件夹")
    ] = None,
    profile: ProfileOption = "default",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="文件", help="本单位的审核意见模板（.docx）"),
    ] = None,
) -> None:
    """把许多张表排出先后，写出排名网页、Excel 工作簿和各单位的审核意见。"""
    from scorer import ranking
    from scorer.reports import folder, terminal
    from scorer.reports.docx_report import OpinionTemplateError
    from scorer.reports.previous import earlier_forms

    settings = profile_of(profile)
    if output is None:
        wrong_use("请用 -o 写明报告放到哪个文件夹，例如 -o 审核报告。")
    if template is not None and not template.is_file():
        wrong_use(f"没有审核意见模板 {template}。请检查路径。")
    ranked = ranking.rank(shelved(paths, profile), settings)
    before = earlier_forms(output / folder.JSON)
    try:
        for path in folder.write_folder(ranked, settings, output, template, before):
            console.emit_lines([str(path)])
    except OpinionTemplateError as error:
        wrong_use(str(error))
    console.emit_lines(folder.summary_lines(ranked, before))
    for line in terminal.problem_lines(ranked.problems):
        console.say(line)
    leave(ranked.problems)
