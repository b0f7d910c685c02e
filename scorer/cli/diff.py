"""`jixiao diff`: two submissions compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    DiffFormat,
    Output,
    ProfileOption,
)
from scorer.cli.steps import emit_lines, judged_of, leave, profile_of

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def diff(
    old: Annotated[str, typer.Argument(metavar="原来", help="上次报送的文件、文件夹或 JSON")],
    new: Annotated[str, typer.Argument(metavar="现在", help="这次报送的文件、文件夹或 JSON")],
    format: Annotated[
        DiffFormat, typer.Option("--format", "-f", metavar="格式", help="table（看）或 json")
    ] = DiffFormat.table,
    output: Output = None,
    profile: ProfileOption = "default",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="仍在的问题也列出来")] = False,
) -> None:
    """对照两次报送：改了什么、还有什么、新出了什么、哪里越改越差，各表得分前后对比。"""
    from scorer.compare import compare
    from scorer.reports import diff_report, terminal

    profile_of(profile)
    before, after = judged_of([old], profile), judged_of([new], profile)
    found = compare(before, after)
    if format is DiffFormat.json:
        console.emit(console.as_json(diff_report.diff_json(found)), output)
    else:
        emit_lines(diff_report.diff_lines(found, verbose=verbose), output)
    problems = [p for j in (*before, *after) for p in j.problems]
    for line in terminal.problem_lines(problems):
        console.say(line)
    leave(problems, otherwise=0 if found.is_clean else 1)
