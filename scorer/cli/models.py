"""`jixiao evaluate` and `jixiao train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    EvaluationFormat,
    Output,
)
from scorer.cli.steps import wrong_use

if TYPE_CHECKING:
    pass


@app.command(cls=ChineseCommand)
def evaluate(
    rows: Annotated[
        Path, typer.Argument(metavar="标注.jsonl", help="一行一条标注指标的 JSON 文件")
    ],
    format: Annotated[
        EvaluationFormat,
        typer.Option(
            "--format", "-f", metavar="格式", help="table（看）、json 或 html（带曲线图）"
        ),
    ] = EvaluationFormat.table,
    output: Output = None,
    errors: Annotated[
        Path | None, typer.Option("--errors", metavar="文件", help="把判错的行写到这个文件")
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", metavar="文件", help="把每一行的判断写到这个文件"),
    ] = None,
) -> None:
    """用标注好的指标行检验规则和模型：精确率、召回率、F1 和置信区间。"""
    from scorer.models import evaluate as evaluation
    from scorer.models import evaluation_report
    from scorer.models.rowsfile import RowsError
    from scorer.told import told

    try:
        result = evaluation.evaluate(rows, told)
    except RowsError as error:
        wrong_use(str(error))
    if errors is not None:
        evaluation.write_rows(evaluation.errors(result), errors)
    if predictions is not None:
        evaluation.write_rows(evaluation.predictions(result), predictions)
    summary = evaluation.summary(result)
    makers = {
        "json": console.as_json,
        "html": evaluation_report.html,
        "table": evaluation_report.table,
    }
    console.emit(makers[format.value](summary), output)


@app.command(cls=ChineseCommand)
def train(
    data: Annotated[
        Path, typer.Option("--data", metavar="文件夹", help="标注数据所在的文件夹")
    ] = Path("data"),
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="文件夹", help="模型写到哪里")
    ] = Path("models"),
    reviews: Annotated[
        Path | None,
        typer.Option("--reviews", metavar="文件", help="本单位审核人的确认和驳回记录（.jsonl）"),
    ] = None,
) -> None:
    """重新训练模型并写模型卡片；同样的数据得到逐字节相同的模型。"""
    from scorer.models import train as training

    if not (data / "rows").is_dir():
        wrong_use(f"{data} 里没有 rows 文件夹。请用 --data 指到标注数据所在的文件夹。")
    extra = training.reviews_from(reviews) if reviews is not None else ()
    hashes = training.train(data, output, extra, say=console.say)
    console.emit_lines(f"{name} {digest[:12]}" for name, digest in hashes.items())
