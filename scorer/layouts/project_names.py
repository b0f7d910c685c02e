"""Projects' names: without the code that the budget system prints with them («51172325T000013862207-
污水处理站运行»), and out of a form's title where the form has no cell for them."""

from __future__ import annotations

import re

_DASH = r"[-—–_－:：\s]"
# Six figures of the region, two of the year, a letter for the kind, a number; or figures alone
_CODE = r"(?:\d{6,10}[A-Za-z]\d{3,14}|\d{10,24})"
# A code of figures alone needs a dash or a bracket: «20250101…» may be a date in a name
_FRONT = re.compile(
    rf"^(?:[\[(（【]\s*{_CODE}\s*[\])）】]{_DASH}*|{_CODE}{_DASH}+|\d{{6,10}}[A-Za-z]\d{{3,14}}|\d{{15,24}})(?=\D)"
)
_BEHIND = re.compile(rf"(?<=[^\d\s])(?:{_DASH}+{_CODE}|{_DASH}*[\[(（【]\s*{_CODE}\s*[\])）】])$")

# «“海堤加固”项目支出绩效目标表», «《海堤加固》绩效目标表»
_QUOTED = re.compile(
    r"[“\"「『《‘]([^“”\"「」『』《》‘’]{2,60})[”\"」』》’]\s*(?:项目)?(?:支出)?\s*绩效"
)


def project_in(title: str) -> str | None:
    """The project that a title names between quotation marks."""
    match = _QUOTED.search(title)
    return match[1].strip() if match else None


def is_code(text: str) -> bool:
    """True for a cell of nothing but a code: the name stands beside it."""
    return re.fullmatch(rf"[\[(（【]?{_CODE}[\])）】]?", text.strip()) is not None


def without_code(project: str) -> str:
    """A project's name as people call it; a text that is nothing but a code stays."""
    name = project.strip()
    return _BEHIND.sub("", _FRONT.sub("", name)).strip() or name
