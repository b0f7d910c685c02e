"""`jixiao parse`: what was read, without a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    Format,
    FormatOption,
    Output,
    Paths,
    ProfileOption,
)
from scorer.cli.steps import emit_lines, leave, profile_of

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def parse(
    paths: Paths,
    format: FormatOption = Format.table,
    output: Output = None,
    profile: ProfileOption = "default",
    explain: Annotated[bool, typer.Option("--explain", help="说明每张表是怎么认出来的")] = False,
) -> None:
    """只读不评：显示从文件里读到了哪些表、哪些格子。"""
    from scorer.pipeline import explanations, layout_words, read_all
    from scorer.reports import csv_report, json_report, terminal

    words = layout_words(profile_of(profile).layout)
    submissions = list(read_all(paths, words))
    if explain:
        for path in dict.fromkeys(s.path for s in submissions):
            console.emit_lines(terminal.explain_lines(explanations(path, words)))
    elif format is Format.json:
        console.emit(json_report.forms_json(submissions), output)
    elif format is Format.csv:
        console.emit(csv_report.forms_csv(submissions), output)
    else:
        emit_lines(terminal.parse_lines(submissions), output)
    leave(p for s in submissions for p in s.problems)
