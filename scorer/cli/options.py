"""Options that several commands share, and the words they take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """Formats of the result."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    docx = "docx"


class EvaluationFormat(StrEnum):
    """Formats of the evaluation."""

    table = "table"
    json = "json"
    html = "html"


class DiffFormat(StrEnum):
    """Formats of a comparison."""

    table = "table"
    json = "json"


class Layout(StrEnum):
    """Blank forms."""

    county = "county"
    annex88 = "annex88"
    core101 = "core101"
    list = "list"


OFFICE = (Format.xlsx, Format.html, Format.docx)
Paths = Annotated[
    list[str],
    typer.Argument(metavar="文件…", help="文件、文件夹、通配符，或 - 表示从管道读入"),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="格式",
        help="table（看）、json、csv（给别的程序）、xlsx、html、docx",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="文件", help="写到文件，不写就显示在屏幕上")
]
ProfileOption = Annotated[
    str, typer.Option("--profile", metavar="名称", help="用哪套配置：内置名称或 .toml 文件")
]
