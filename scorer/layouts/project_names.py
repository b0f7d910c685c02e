"""Projects' names: without the code that the budget system prints with them («51172325T000013862207-
污水处理站运行»), and out of a form's title where the form has no cell for them."""

from __future__ import annotations

import re

_DASH = r"[-—–_－:：\s]"
# Six figures of the region, two of the year, a letter for the kind, a number; or figures alone
_CODE = r"(?:\d{6,10}[A-Za-z]\d{3,14}|\d{10,24})"
# A short code («51132-») needs a dash; a code of figures alone needs a dash or a bracket: «20250101…» may be a date in a name
_FRONT = re.compile(
    rf"^(?:[\[(（【]\s*{_CODE}\s*[\])）】]{_DASH}*|{_CODE}{_DASH}+|\d{{5,9}}[-—–_－](?=[一-龥“《])|\d{{6,10}}[A-Za-z]\d{{3,14}}|\d{{15,24}})(?=\D)"
)
_BEHIND = re.compile(rf"(?<=[^\d\s])(?:{_DASH}+{_CODE}|{_DASH}*[\[(（【]\s*{_CODE}\s*[\])）】])$")

# «“海堤加固”项目支出绩效目标表», «《海堤加固》绩效目标表»
_QUOTED = re.compile(
    r"[“\"「『《‘]([^“”\"「」『』《》‘’]{2,60})[”\"」』》’]\s*(?:项目)?(?:支出)?\s*绩效"
)

# «（二）海堤加固工程» over a form; «二、专项资金» is a chapter
_HEADING = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]|(?:[一二三四五六七八九十]{1,2}|\d{1,2})[、.．]|项目[一二三四五六七八九十\d]{1,2}\s*[:：])\s*"
    r"(.{2,40}(?:项目|工程|经费|资金|补助|补贴))$"
)
_CHAPTER = re.compile(
    r"^(?:(?:部门|单位|预算|财政|政府性?|基金|重点|专项|一般|其他|本级|特定目标类|运转类|项目|支出|整体|业务|\d{4}年度?)+)"
    r"(?:项目|工程|经费|资金|补助|补贴)?$"
)


def project_over(line: str) -> str | None:
    """The project that a numbered heading over a form names."""
    match = _HEADING.match(line.strip())
    return None if match is None or _CHAPTER.match(match[1]) or "绩效" in line else match[1]


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
