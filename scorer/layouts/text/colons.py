"""Typed lines whose label is parted from its text in a way of its own, with a colon instead.

«项目名称——公益林管护», «主管部门 ： 某县林业局», «• 项目名称：公益林管护» say what «项目名称：公益林管护»
says; so does «项目一：送戏下乡» right above the other labels of a form that does not name its project
again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scorer.forms import Line
from scorer.layouts.text.lines import LONGEST
from scorer.layouts.words import Words, fold

_DASH = re.compile(r"^(\s*[^\s:—\-][^:—\-]{1,20}?)\s*(?:——?|--)\s*(?=[^\s—\-])")
_BULLET = re.compile(r"^\s*[-–—·•●◆■◇▪○*]\s*(?=[^:：]{2,20}[:：])")
_APART = re.compile(r"(?P<label>[^\s:：]{2,20})[ \u3000][:：][ \u3000]?(?=\S)")
_PLACED = re.compile(r"\S(?:\s{2,}|[\t|│])\S")  # columns whose places tell
_PROJECT = re.compile(r"^\s*项目[一二三四五六七八九十\d]{1,2}\s*:\s*(?=\S)")
_NEAR = 4  # filled lines in which the labels of a form follow its project's


def with_colons(lines: Sequence[Line], words: Words) -> list[Line]:
    """The lines, each such label with a colon right behind it."""
    out = []
    for i, line in enumerate(lines):
        text = line.text
        if len(text) < LONGEST:
            text = _told(_without_bullet(text, words), words)
        if (match := _PROJECT.match(fold(text))) and _heads_form(lines[i + 1 :], words):
            text = "项目名称：" + text[match.end() :]
        out.append(line if text == line.text else replace(line, text=text))
    return out


def _without_bullet(text: str, words: Words) -> str:
    rest = _BULLET.sub("", text)
    return rest if _is_label(re.split("[:：]", rest)[0], words) else text


def _told(text: str, words: Words) -> str:
    if match := _DASH.match(fold(text)):
        label = text[slice(*match.span(1))]
        return f"{label}：{text[match.end() :]}" if _is_label(label, words) else text
    if _PLACED.search(text):
        return text
    return _APART.sub(lambda m: f"{m['label']}：" if _is_label(m["label"], words) else m[0], text)


def _heads_form(below: Sequence[Line], words: Words) -> bool:
    """Labels of a form follow at once, and none of them names the project."""
    near = [line.text for line in below[: 3 * _NEAR] if line.text.strip()][:_NEAR]
    labels = [re.split("[:：]", text)[0] for text in near]
    known = [words.field_of(label) or words.amount_of(label) for label in labels]
    return all(known[:2]) and len(known) > 1 and "project" not in known


def _is_label(text: str, words: Words) -> bool:
    return bool(words.field_of(text) or words.amount_of(text) or words.is_money_head(text))
