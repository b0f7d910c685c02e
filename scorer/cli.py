"""The commands; thin. Heavy libraries are imported inside the commands that need them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import Abort, Exit, TyperException

from scorer import console
from scorer.cli_help import ChineseCommand, ChineseGroup, usage_message
from scorer.version import __version__

if TYPE_CHECKING:
    from scorer.forms import JudgedSubmission, Problem
    from scorer.profile import Profile

app = typer.Typer(cls=ChineseGroup, add_completion=False, no_args_is_help=False)


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


@app.callback(invoke_without_command=True)
def top(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
) -> None:
    """读项目支出绩效目标表，逐格指出问题、说明怎么改，按财预〔2015〕88号打分。"""
    if version:
        print(f"jixiao {__version__}")
    elif ctx.invoked_subcommand is None:
        print(ctx.get_help())


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

    settings = _profile(profile)
    if format in OFFICE and output is None:
        _wrong_use(f"{format.value} 要写到文件，请加 -o，例如 -o 结果.{format.value}。")
    judged = _judged(paths, profile)
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
        _emit_lines(lines, output)
    _leave(p for j in judged for p in j.problems)


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
    from scorer.reports.previous import earlier_totals

    settings = _profile(profile)
    if output is None:
        _wrong_use("请用 -o 写明报告放到哪个文件夹，例如 -o 审核报告。")
    if template is not None and not template.is_file():
        _wrong_use(f"没有审核意见模板 {template}。请检查路径。")
    judged = _judged(paths, profile)
    ranked = ranking.rank(judged, settings)
    before = earlier_totals(output / folder.JSON)
    try:
        for path in folder.write_folder(ranked, settings, output, template, before):
            console.emit_lines([str(path)])
    except OpinionTemplateError as error:
        _wrong_use(str(error))
    console.emit_lines(folder.summary_lines(ranked, before))
    for line in terminal.problem_lines(ranked.problems):
        console.say(line)
    _leave(ranked.problems)


@app.command(cls=ChineseCommand)
def check(
    paths: Paths,
    profile: ProfileOption = "default",
    fix: Annotated[
        bool,
        typer.Option("--fix", help="统一符号、补百分号等不用懂业务的先改好，另存一份，不动原件"),
    ] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="把每条问题写成格子上的批注，另存一份，不动原件")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="看着文件，每保存一次就重新检查；按 Ctrl-C 结束")
    ] = False,
) -> None:
    """逐条列出问题，一行一条：文件:位置: 代码 名称（程度）: 说明 → 建议。"""
    settings = _profile(profile)  # a wrong profile is wrong use, before any file is read
    if fix and watch:
        _wrong_use("--fix 和 --watch 不能一起用：改好的是另一份文件。")
    if "-" in paths and (fix or watch):
        _wrong_use("从管道读入的内容没有文件可改、可看，请写文件名。")
    judged = _check(_with_fixes(paths, settings) if fix else paths, profile)
    if annotate:
        _annotate(judged, settings)
    if watch:
        judged = _watch(paths, profile, judged)
    errors = any(
        f.severity == "error" and not f.preview
        for j in judged
        for f in (*j.findings, *(x for form in j.forms for x in form.findings))
    )
    _leave((p for j in judged for p in j.problems), otherwise=1 if errors else 0)


def _check(paths: list[str], profile: str) -> list[JudgedSubmission]:
    """Print the linter lines of these inputs; what could not be read goes to stderr."""
    from scorer.reports import terminal

    judged = _judged(paths, profile)
    console.emit_lines(terminal.check_lines(judged))
    sys.stdout.flush()  # whoever watches through a pipe wants the lines now
    for line in terminal.problem_lines(p for j in judged for p in j.problems):
        console.say(line)
    return judged


def _with_fixes(paths: list[str], settings: Profile) -> list[str]:
    """Fix every file, say what was done; the inputs with the copies in place of their files."""
    from scorer.copies.fixing import fix_file
    from scorer.pipeline import layout_words
    from scorer.readers import find_inputs
    from scorer.reports import terminal

    words = layout_words(settings.layout)
    inputs = []
    for found in find_inputs(paths):
        path = found if isinstance(found, str) else found.path
        done = fix_file(path, words)
        console.emit_lines(terminal.fix_lines(path, done.fixes))
        for note in done.notes:
            console.say(f"{path}：{note}")
        if done.copy is not None:
            console.say(f"改好的另存为 {done.copy}，原件没有动。")
        inputs.append(str(done.copy or path))
    return list(dict.fromkeys(inputs))


def _annotate(judged: list[JudgedSubmission], settings: Profile) -> None:
    """Write an annotated copy beside every file that holds forms, and say where."""
    from scorer.copies.fixing import annotate_file
    from scorer.pipeline import layout_words

    words = layout_words(settings.layout)
    for document in judged:
        if not document.forms:
            continue
        done = annotate_file(document, words)
        for note in done.notes:
            console.say(f"{done.path}：{note}")
        if done.copy is not None:
            console.say(f"带批注的另存为 {done.copy}，原件没有动。")


def _watch(
    paths: list[str], profile: str, judged: list[JudgedSubmission]
) -> list[JudgedSubmission]:
    """Check each file again when it is saved, until Ctrl-C; what was found last, by file."""
    import datetime as dt

    from scorer.reports import terminal
    from scorer.watch import saved_files, watched

    latest = {j.submission.path: j for j in judged}
    console.say(f"正在看着 {'、'.join(paths)}，保存后重新检查；按 Ctrl-C 结束。")
    try:
        for files in saved_files(lambda: watched(paths)):
            before = terminal.check_summary([latest[f] for f in files if f in latest])
            found = _check(files, profile)
            latest.update((j.submission.path, j) for j in found)
            now = f"{dt.datetime.now():%H:%M:%S}"
            names = "、".join(files)
            console.say(f"—— {now} {names}：{terminal.check_summary(found)}，上次 {before} ——")
    except KeyboardInterrupt:
        console.say("")
    return list(latest.values())


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

    words = layout_words(_profile(profile).layout)
    submissions = list(read_all(paths, words))
    if explain:
        for path in dict.fromkeys(s.path for s in submissions):
            console.emit_lines(terminal.explain_lines(explanations(path, words)))
    elif format is Format.json:
        console.emit(json_report.forms_json(submissions), output)
    elif format is Format.csv:
        console.emit(csv_report.forms_csv(submissions), output)
    else:
        _emit_lines(terminal.parse_lines(submissions), output)
    _leave(p for s in submissions for p in s.problems)


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

    _profile(profile)
    before, after = _judged([old], profile), _judged([new], profile)
    found = compare(before, after)
    if format is DiffFormat.json:
        console.emit(console.as_json(diff_report.diff_json(found)), output)
    else:
        _emit_lines(diff_report.diff_lines(found, verbose=verbose), output)
    problems = [p for j in (*before, *after) for p in j.problems]
    for line in terminal.problem_lines(problems):
        console.say(line)
    _leave(problems, otherwise=0 if found.is_clean else 1)


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

    chosen = layout.value if layout is not None else _profile(profile).template
    if output.exists():
        _wrong_use(f"{output} 已经有了，没有覆盖。请用 -o 换一个文件名。")
    console.write_file(output, blank_form(chosen, year))
    console.emit_lines([str(output)])


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
        _wrong_use(f"没有规则 {code}，最接近的是 {nearest_code(code)}。全部规则见 jixiao rule。")


@app.command(cls=ChineseCommand)
def profile(
    name: Annotated[str, typer.Argument(metavar="名称", help="内置名称或 .toml 文件")] = "default",
) -> None:
    """显示生效的配置，以及每个值来自哪里。"""
    from scorer.profile import profile_names

    settings = _profile(name)
    console.emit_lines(
        [f"配置：{settings.name}（{settings.hash}）。内置配置：{'、'.join(profile_names())}"]
        + [f"  {key} = {value}    来自 {origin}" for key, value, origin in settings.rows()]
    )


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
        _wrong_use(str(error))
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
        _wrong_use(f"{data} 里没有 rows 文件夹。请用 --data 指到标注数据所在的文件夹。")
    extra = training.reviews_from(reviews) if reviews is not None else ()
    hashes = training.train(data, output, extra, say=console.say)
    console.emit_lines(f"{name} {digest[:12]}" for name, digest in hashes.items())


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

    _profile(profile)
    try:
        kept, finding = decisions.dismiss(
            _judged([path], profile), fingerprint, reason, until.date() if until else None
        )
    except decisions.DecisionError as error:
        _wrong_use(str(error))
    console.emit_lines([f"已驳回 {finding.code}：{finding.message}", f"记在 {kept}"])


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
        _wrong_use(str(error))
    console.say(f"评分记在 {kept}")
    return _judged(paths, profile)


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
    _profile(profile)
    try:
        from scorer.web import serve as web
        from scorer.web.store import StoreError, default_address
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "scorer":
            raise
        _wrong_use(f"网页功能还没有装上（缺 {error.name}）。请运行：pip install 'jixiao[web]'")

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
        _wrong_use(str(error))


def _judged(paths: list[str], profile: str) -> list[JudgedSubmission]:
    from scorer.batch import judge_all

    with console.progress("正在审核") as tell:
        return list(judge_all(paths, profile, tell))


def _profile(name: str) -> Profile:
    from scorer.judge import profile_for
    from scorer.profile import ProfileError

    try:
        return profile_for(name)
    except ProfileError as error:
        _wrong_use(str(error))


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


def _emit_lines(lines: Iterable[str], output: Path | None) -> None:
    if output is None:
        console.emit_lines(lines)
    else:
        console.write_file(output, "\n".join([*lines, ""]).encode())


def _leave(problems: Iterable[Problem], *, otherwise: int = 0) -> NoReturn:
    """Exit 3 if some input was not read (it wins over findings), else ``otherwise``."""
    lost = any(p.lost for p in problems)
    raise typer.Exit(3 if lost else otherwise)


def _wrong_use(message: str) -> NoReturn:
    console.say(message)
    raise typer.Exit(2)


def main() -> NoReturn:
    """The console command `jixiao`."""
    console.prepare()
    try:
        code = app(standalone_mode=False)
    except Exit as leaving:
        code = leaving.exit_code
    except Abort:
        code = 130
    except TyperException as error:
        console.say(f"用法不对：{usage_message(error)}")
        code = 2
    except BrokenPipeError:  # `jixiao … | head`
        sys.stderr.close()
        code = 0
    except console.OutputError as error:
        console.say(str(error))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
