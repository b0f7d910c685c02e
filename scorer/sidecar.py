"""What a reviewer decided about one document: dismissed findings, items set by hand.

It lies beside the document as «name.pdf.jixiao.toml», so that it survives the next run
and goes with the file. Findings are named by fingerprint, never by page or row.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scorer.console import write_file
from scorer.forms import Finding, Problem

SUFFIX = ".jixiao.toml"
_HEAD = "# jixiao：审核人对这份文件的处理。驳回的问题按指纹对应，改版重报后仍然有效。\n"


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One finding that a reviewer struck out; ``until`` is the last day it holds."""

    fingerprint: str
    reason: str
    code: str = ""
    project: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """All decisions on one document. ``items`` maps project to {item: points}."""

    path: Path | None = None
    dismissals: tuple[Dismissal, ...] = ()
    items: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def split(
        self, findings: Sequence[Finding], today: dt.date
    ) -> tuple[list[Finding], list[Finding]]:
        """(standing, dismissed) findings."""
        struck = {d.fingerprint for d in self.dismissals if d.until is None or d.until >= today}
        standing = [f for f in findings if f.fingerprint not in struck]
        return standing, [f for f in findings if f.fingerprint in struck]

    def unmatched(self, findings: Sequence[Finding]) -> list[Problem]:
        """Dismissals that match nothing any more: worth a look, not a fault."""
        known = {f.fingerprint for f in findings}
        return [
            Problem(
                str(self.path),
                f"驳回记录 {d.code} {d.project}（{d.fingerprint}）在这份文件里已经对不上任何问题。",
                "问题多半已经改掉，可以删去这条记录。",
                code="dismissal-unmatched",
                lost=False,
            )
            for d in self.dismissals
            if d.fingerprint not in known
        ]


def load_sidecar(document: str) -> Sidecar:
    """The decisions beside a document; empty where there are none. Never raises."""
    path = Path(document + SUFFIX)
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
        dismissals = tuple(
            Dismissal(
                str(d["fingerprint"]),
                str(d["reason"]),
                str(d.get("code", "")),
                str(d.get("project", "")),
                d.get("until"),
            )
            for d in data.get("dismiss", [])
        )
        items: dict[str, dict[str, float]] = {}
        for row in data.get("item", []):
            items.setdefault(str(row["project"]), {})[str(row["item"])] = float(row["score"])
    except (FileNotFoundError, NotADirectoryError):
        return Sidecar()
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Problem(
            str(path),
            f"处理记录读不了：{error}。",
            "每条 [[dismiss]] 要有 fingerprint 和 reason，每条 [[item]] 要有 project、item、score。",
            code="sidecar",
            lost=False,
        )
        return Sidecar(path, problems=(problem,))
    return Sidecar(path, dismissals, items)


def save_sidecar(document: str, sidecar: Sidecar) -> Path:
    """Write the decisions beside the document, whole or not at all."""
    path = Path(document + SUFFIX)
    blocks = [_HEAD]
    for d in sidecar.dismissals:
        lines = [
            f"{key} = {_quoted(getattr(d, key))}"
            for key in ("fingerprint", "code", "project", "reason")
        ]
        lines += [f"until = {d.until.isoformat()}"] if d.until else []
        blocks.append("\n".join(["[[dismiss]]", *lines, ""]))
    for project, points in sidecar.items.items():
        for item, score in points.items():
            blocks.append(
                f"[[item]]\nproject = {_quoted(project)}\nitem = {_quoted(item)}\nscore = {score:g}\n"
            )
    write_file(path, "\n".join(blocks).encode("utf-8"))
    return path


def with_dismissal(sidecar: Sidecar, dismissal: Dismissal) -> Sidecar:
    """The decisions with one more; an older one on the same finding is replaced."""
    others = tuple(d for d in sidecar.dismissals if d.fingerprint != dismissal.fingerprint)
    return replace(sidecar, dismissals=(*others, dismissal))


def with_item(sidecar: Sidecar, project: str, item: str, score: float) -> Sidecar:
    """The decisions with one item of one project set by hand."""
    items = {name: dict(points) for name, points in sidecar.items.items()}
    items.setdefault(project, {})[item] = score
    return replace(sidecar, items=items)


def without_item(sidecar: Sidecar, project: str, item: str) -> Sidecar:
    """The decisions with one item of one project left to the program again."""
    items = {name: dict(points) for name, points in sidecar.items.items()}
    items.get(project, {}).pop(item, None)
    return replace(sidecar, items={name: points for name, points in items.items() if points})


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
