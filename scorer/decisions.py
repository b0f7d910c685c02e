"""What a reviewer says on the command line, kept beside the document: items by hand, dismissals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from scorer.forms import Finding, JudgedSubmission
from scorer.profile import nearest
from scorer.rules.catalogue import ITEMS
from scorer.sidecar import (
    Dismissal,
    Sidecar,
    load_sidecar,
    save_sidecar,
    with_dismissal,
    with_item,
    without_item,
)


class DecisionError(ValueError):
    """A decision that cannot be kept; the message names it and the cure."""


def parse_item(text: str) -> tuple[str, float | None]:
    """«条件充分性=8» -> ("条件充分性", 8.0); an empty score leaves the item to the program again.

    Raises DecisionError for an unknown item or points outside the item's range.
    """
    name, sign, given = text.replace("＝", "=").partition("=")
    name, given = name.strip(), given.strip()
    if not sign:
        raise DecisionError(f"「{text}」看不懂，请写成 条件充分性=8。")
    if name not in ITEMS:
        raise DecisionError(f"没有审核项「{name}」，最接近的是「{nearest(name, ITEMS)}」。")
    if not given:
        return name, None
    try:
        score = float(given)
    except ValueError:
        raise DecisionError(f"「{name}」的得分「{given}」不是数。") from None
    if not 0 <= score <= ITEMS[name]:
        raise DecisionError(f"「{name}」的得分要在 0 和 {ITEMS[name]:g} 之间，不能是 {given}。")
    return name, score


def keep_items(
    judged: Sequence[JudgedSubmission],
    items: Iterable[tuple[str, float | None]],
    project: str | None = None,
) -> Path:
    """Write the items of one form beside its document; ``project`` tells which form.

    Raises DecisionError where that does not name exactly one form of one file.
    """
    document, name = _one_form(judged, project)
    sidecar = _sidecar(document)
    for item, score in items:
        sidecar = (
            without_item(sidecar, name, item)
            if score is None
            else with_item(sidecar, name, item, score)
        )
    return save_sidecar(document, sidecar)


def _one_form(judged: Sequence[JudgedSubmission], project: str | None) -> tuple[str, str]:
    """(document, project) of the one form that is meant."""
    found = [
        (j.submission.path, form.form.project or "")
        for j in judged
        for form in j.forms
        if project is None or project in (form.form.project or "")
    ]
    exact = [pair for pair in found if pair[1] == project]
    found = exact or found
    if not found:
        raise DecisionError(f"没有找到项目「{project}」。" if project else "没有读到绩效目标表。")
    if len(found) > 1:
        names = "、".join(f"「{name}」" for _, name in found[:4])
        raise DecisionError(f"这里有{len(found)}张表（{names}…），请用 --project 写明是哪个项目。")
    return found[0]


def _sidecar(document: str) -> Sidecar:
    if not Path(document).is_file():
        raise DecisionError(f"「{document}」不是一个文件，审核记录没有地方放。请写文件的路径。")
    sidecar = load_sidecar(document)
    if sidecar.problems:
        raise DecisionError(f"{sidecar.problems[0].path}：{sidecar.problems[0].message}")
    return sidecar


def dismiss(
    judged: Sequence[JudgedSubmission], fingerprint: str, reason: str, until: dt.date | None = None
) -> tuple[Path, Finding]:
    """Strike out one finding, named by its fingerprint (or enough of its beginning).

    Raises DecisionError where it names no finding or several, or the reason is empty.
    """
    if not reason.strip():
        raise DecisionError("请用 --reason 写明驳回的理由。")
    found = {
        f.fingerprint: (j.submission.path, f)
        for j in judged
        for f in (*j.findings, *(f for form in j.forms for f in form.findings))
        if f.fingerprint.startswith(fingerprint)
    }
    if len(found) != 1:
        many = f"有{len(found)}项问题" if found else "没有问题"
        raise DecisionError(f"{many}的指纹以「{fingerprint}」开头。指纹见 Excel 的「问题清单」。")
    document, finding = next(iter(found.values()))
    decision = Dismissal(finding.fingerprint, reason, finding.code, finding.project or "", until)
    return save_sidecar(document, with_dismissal(_sidecar(document), decision)), finding
