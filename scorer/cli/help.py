"""Help pages and usage errors in Chinese: Typer's own are English."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

EXIT_CODES = (
    "退出码：0 完成；1 查出问题（check、diff）；2 用法不对；3 有文件没能读取（其余照常完成）。"
)


def _columns(rows: list[tuple[str, str]]) -> str:
    width = max((cell_len(left) for left, _ in rows), default=0)
    return "\n".join(f"  {left}{' ' * (width - cell_len(left))}  {right}" for left, right in rows)


def _options(command: Any) -> list[tuple[str, str]]:
    rows = []
    for param in command.params:
        if param.param_type_name != "option" or getattr(param, "hidden", False):
            continue
        value = "" if param.is_flag else f" {param.metavar or '值'}"
        rows.append((", ".join(param.opts) + value, param.help or ""))
    return [*rows, ("--help", "显示这页说明")]


class ChineseCommand(TyperCommand):
    """A command whose --help is a page in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The whole page as text."""
        arguments: list[Any] = [p for p in self.params if p.param_type_name == "argument"]
        names = " ".join(p.metavar or p.name.upper() for p in arguments)
        parts = [f"用法：{ctx.command_path} [选项] {names}".rstrip(), (self.help or "").strip()]
        inputs = [(p.metavar or p.name.upper(), p.help) for p in arguments if p.help]
        if inputs:
            parts.append("输入：\n" + _columns(inputs))
        parts.append("选项：\n" + _columns(_options(self)))
        return "\n\n".join([*parts, EXIT_CODES])


class ChineseGroup(TyperGroup):
    """The top page: every command with its one line, in the order of use."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (Typer's own signature)
        """Commands in the order in which they were defined."""
        return list(self.commands)

    def get_help(self, ctx: Any) -> str:
        """The whole page as text."""
        rows = [
            (name, (command.help or "").strip().splitlines()[0])
            for name, command in self.commands.items()
            if not command.hidden
        ]
        parts = [
            f"用法：{ctx.command_path} 命令 [选项] 文件或文件夹…",
            (self.help or "").strip(),
            "命令：\n" + _columns(rows),
            "选项：\n" + _columns(_options(self)),
            "想看某个命令怎么用，加 --help，例如：jixiao score --help",
            EXIT_CODES,
        ]
        return "\n\n".join(parts)


def usage_message(error: Any) -> str:
    """One Chinese line for a usage error: what is wrong and the nearest right thing."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = f"，最接近的是 {error.possibilities[0]}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}。"
    if kind == "MissingParameter":
        name = error.param.metavar or error.param.name if error.param else ""
        return f"少了 {name}：请写上要处理的文件或文件夹。"
    if kind == "BadParameter" and error.param is not None:
        return f"{'/'.join(error.param.opts) or error.param.name} 的值不对：{error.message}"
    if "No such command" in error.message:
        return f"没有命令 {error.message.split(chr(39))[1]}。可用的命令见 jixiao --help。"
    if kind == "NoArgsIsHelpError":
        return ""
    return str(error.message)
