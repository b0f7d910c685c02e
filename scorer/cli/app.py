"""The command `jixiao`: its head, and what becomes of errors nobody caught."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer
from typer.exceptions import Abort, Exit, TyperException

from scorer import console
from scorer.cli.help import ChineseGroup, usage_message
from scorer.version import __version__

app = typer.Typer(cls=ChineseGroup, add_completion=False, no_args_is_help=False)


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
