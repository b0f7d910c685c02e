"""`jixiao score`: every form with its points, the worst first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    OFFICE,
    Format,
    FormatOption,
    Output,
    Paths,
    ProfileOption,
)
from scorer.cli.steps import emit_lines, judged_of, leave, profile_of, wrong_use

if TYPE_CHECKING:
    from scorer.forms import JudgedSubmission
    from scorer.profile import Profile


@app.command(cls=ChineseCommand)
def score(
    paths: Paths,
    format: FormatOption = Format.table,
    output: Output = None,
    profile: ProfileOption = "default",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="每张表的问题都列出来")] = False,
    item: Annotated[
        list[str] | None,
        typer.Option(
            "--item",
            metavar="审核项=分",
            help="审核人自己评的分，如 条件充分性=8；留空（条件充分性=）撤回",
        ),
    ] = None,
    project: Annotated[
        str | None, typer.Option("--project", metavar="项目", help="--item 用在哪个项目的表上")
    ] = None,
) -> None:
    """给每张绩效目标表打分，差的排在前面，并列出问题和改法。"""
    from scorer.reports import csv_report, json_report, terminal
    from scorer.reports.stamp import stamp_line

    settings = profile_of(profile)
    if format in OFFICE and output is None:
        wrong_use(f"{format.value} 要写到文件，请加 -o，例如 -o 结果.{format.value}。")
    judged = judged_of(paths, profile)
    if item:
        judged = _with_items(judged, item, project, paths, profile)
    if format in OFFICE and output is not None:
        _write_office(format, judged, settings, output)
    elif format is Format.json:
        console.emit(json_report.scores_json(judged, settings), output)
    elif format is Format.csv:
        console.emit(csv_report.findings_csv(judged), output)
    else:
        lines = [*terminal.score_lines(judged, verbose=verbose), stamp_line(settings)]
        emit_lines(lines, output)
    leave(p for j in judged for p in j.problems)


def _with_items(
    judged: list[JudgedSubmission],
    items: list[str],
    project: str | None,
    paths: list[str],
    profile: str,
) -> list[JudgedSubmission]:
    """Keep the reviewer's own points beside the document and judge it again with them."""
    from scorer import decisions

    try:
        kept = decisions.keep_items(judged, [decisions.parse_item(i) for i in items], project)
    except decisions.DecisionError as error:
        wrong_use(str(error))
    console.say(f"评分记在 {kept}")
    return judged_of(paths, profile)


def _write_office(
    format: Format, judged: list[JudgedSubmission], settings: Profile, output: Path
) -> None:
    from scorer import ranking
    from scorer.reports import docx_report, html_report, xlsx_report

    ranked = ranking.rank(judged, settings)
    if format is Format.html:
        console.write_file(output, html_report.page(ranked, settings, alone=True).encode())
    elif format is Format.xlsx:
        console.write_file(output, xlsx_report.workbook(ranked, settings))
    else:
        console.write_file(output, docx_report.opinion(ranked, settings))
