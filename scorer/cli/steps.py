"""Steps that several commands take: judge, print, leave with the right exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from scorer import console

if TYPE_CHECKING:
    from scorer.forms import JudgedSubmission, Problem
    from scorer.profile import Profile
    from scorer.shelf import Shelf


def judged_of(paths: list[str], profile: str) -> list[JudgedSubmission]:
    from scorer.batch import judge_all

    with console.progress("正在审核") as tell:
        return list(judge_all(paths, profile, tell))


def shelved(paths: list[str], profile: str) -> Shelf:
    """All documents, judged and put away on disk: a county's are too many for the memory."""
    from scorer.batch import judge_all
    from scorer.shelf import Shelf

    with console.progress("正在审核") as tell:
        return Shelf(judge_all(paths, profile, tell), on_disk=True)


def profile_of(name: str) -> Profile:
    from scorer.judge import profile_for
    from scorer.profile import ProfileError

    try:
        return profile_for(name)
    except ProfileError as error:
        wrong_use(str(error))


def emit_lines(lines: Iterable[str], output: Path | None) -> None:
    if output is None:
        console.emit_lines(lines)
    else:
        console.write_file(output, "\n".join([*lines, ""]).encode())


def leave(problems: Iterable[Problem], *, otherwise: int = 0) -> NoReturn:
    """Exit 3 if some input was not read (it wins over findings), else ``otherwise``."""
    lost = any(p.lost for p in problems)
    raise typer.Exit(3 if lost else otherwise)


def wrong_use(message: str) -> NoReturn:
    console.say(message)
    raise typer.Exit(2)
