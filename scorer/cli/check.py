"""`jixiao check`: findings as linter lines; corrected and annotated copies; watching."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from scorer import console
from scorer.cli.app import app
from scorer.cli.help import ChineseCommand
from scorer.cli.options import (
    Paths,
    ProfileOption,
)
from scorer.cli.steps import judged_of, leave, profile_of, wrong_use

if TYPE_CHECKING:
    from scorer.forms import JudgedSubmission
    from scorer.profile import Profile


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
    settings = profile_of(profile)  # a wrong profile is wrong use, before any file is read
    if fix and watch:
        wrong_use("--fix 和 --watch 不能一起用：改好的是另一份文件。")
    if "-" in paths and (fix or watch):
        wrong_use("从管道读入的内容没有文件可改、可看，请写文件名。")
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
    leave((p for j in judged for p in j.problems), otherwise=1 if errors else 0)


def _check(paths: list[str], profile: str) -> list[JudgedSubmission]:
    """Print the linter lines of these inputs; what could not be read goes to stderr."""
    from scorer.reports import terminal

    judged = judged_of(paths, profile)
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
    saved = saved_files(lambda: watched(paths))  # its first look, before anybody is told
    console.say(f"正在看着 {'、'.join(paths)}，保存后重新检查；按 Ctrl-C 结束。")
    try:
        for files in saved:
            before = terminal.check_summary([latest[f] for f in files if f in latest])
            found = _check(files, profile)
            latest.update((j.submission.path, j) for j in found)
            now = f"{dt.datetime.now():%H:%M:%S}"
            names = "、".join(files)
            console.say(f"—— {now} {names}：{terminal.check_summary(found)}，上次 {before} ——")
    except KeyboardInterrupt:
        console.say("")
    return list(latest.values())
