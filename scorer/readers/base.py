"""What every reader shares: the shape of its answer and of its refusal."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from scorer.forms import Page, Place, Problem
from scorer.readers import limits


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader got out of one file."""

    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()


class Unreadable(Exception):  # noqa: N818  # a statement about the file, not a fault of ours
    """The file is bad or of a kind we do not read; ``str()`` is the cause in Chinese.

    Raised by readers only, turned into a :class:`Problem` by ``read_document``.
    """

    def __init__(
        self, message: str, remedy: str = "", code: str = "unreadable", place: Place | None = None
    ) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.code = code
        self.place = place or Place()

    def problem(self, path: str) -> Problem:
        """The same as data."""
        return Problem(path, str(self), self.remedy, self.place, self.code)


class Clock:
    """The reader's time limit. ``check()`` raises once it has run out."""

    def __init__(self, seconds: float = limits.MAX_SECONDS) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def over(self) -> bool:
        """Whether the time has run out."""
        return time.monotonic() > self.end

    def check(self) -> None:
        """Raise :class:`Unreadable` if the time has run out."""
        if self.over():
            raise Unreadable(
                f"读了 {self.seconds:.0f} 秒还没有读完，已停止",
                "请把文件拆成几份再读",
                "limit",
            )


def cause_of(error: Exception) -> str:
    """What a library's error says, short enough for a message."""
    return f"{type(error).__name__}: {str(error)[:120]}"


def too_big(what: str, limit: int) -> Unreadable:
    """The refusal for anything above a limit; ``what`` is e.g. «单元格数»."""
    return Unreadable(
        f"{what}超过上限 {limit:,}，没有读",
        "请确认这是不是绩效目标表；确实需要时请把文件拆小",
        "limit",
    )


def struck_note(path: str, texts: Iterable[str], place: Place | None = None) -> tuple[Problem, ...]:
    """The note that struck-out text was left out: its author took it back, but not away."""
    found = [text for text in (" ".join(t.split()) for t in texts) if text]
    if not found:
        return ()
    shown = "、".join(f"「{text[:20]}」" for text in found[:3]) + "等" * (len(found) > 3)
    return (
        Problem(
            path,
            f"画了删除线的文字没有读：{shown}",
            "不要的文字请删掉；仍然有效的请去掉删除线",
            place or Place(),
            "struck",
            lost=False,
        ),
    )
