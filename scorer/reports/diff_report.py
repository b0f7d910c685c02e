"""What a resubmission mended and what it broke: lines for the terminal, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scorer.compare import Comparison, FormChange
from scorer.exchange import finding_json
from scorer.forms import SEVERITY_NAMES, Finding, Form
from scorer.reports.grouping import grouped
from scorer.reports.terminal import GRADE_COLOURS, SEVERITY_COLOURS, paint
from scorer.reports.width import fit

SCHEMA = "jixiao/diff/1"


def diff_lines(comparison: Comparison, *, verbose: bool = False) -> Iterator[str]:
    """One block a form, the most changed first; what still stands only with ``verbose``."""
    yield from summary_lines(comparison)
    for change in sorted(comparison.forms, key=_unrest, reverse=True):
        yield ""
        yield from _form_lines(change, verbose)
    if comparison.mended or comparison.fresh or (verbose and comparison.still):
        yield ""
        yield "绩效目标表以外的表和文字"
        yield from _part("新出现", comparison.fresh, None, advice=True)
        yield from _part("已改", comparison.mended, None)
        if verbose:
            yield from _part("仍在", comparison.still, None, advice=True)


def summary_lines(comparison: Comparison) -> Iterator[str]:
    """Counts first."""
    both = [c for c in comparison.forms if c.gain is not None]
    up, down = sum(c.gain > 0 for c in both if c.gain), sum(c.gain < 0 for c in both if c.gain)
    new = sum(c.old is None for c in comparison.forms)
    gone = sum(c.new is None for c in comparison.forms)
    parts = [f"{len(both)} 张表前后都有（得分升 {up}、降 {down}、不变 {len(both) - up - down}）"]
    parts += [f"新增 {new} 张"] if new else []
    parts += [f"不再出现 {gone} 张"] if gone else []
    yield f"对照：{'，'.join(parts)}。"
    counts = {
        "已改": sum(_count(c.mended, c) for c in both),
        "仍在": sum(_count(c.still, c) for c in both),
        "新出现": sum(_count(c.fresh, c) for c in both),
        "越改越差": sum(len(_worse(c)) for c in both),
    }
    yield "　　　" + "，".join(f"{name} {n} 处" for name, n in counts.items()) + "。"


def _count(findings: Sequence[Finding], change: FormChange) -> int:
    return len(grouped(findings, change.new.form if change.new else None))


def _worse(change: FormChange) -> list[str]:
    """What got worse, once for both halves of a form."""
    return list(dict.fromkeys(one.message for one in change.worse))


def _unrest(change: FormChange) -> tuple[int, int, float]:
    """What to look at first: what got worse, then what is new, then what moved most."""
    return len(change.worse), len(change.fresh), abs(change.gain or 0.0)


def _form_lines(change: FormChange, verbose: bool) -> Iterator[str]:
    yield _head(change)
    if change.renamed_from is not None:
        yield f"    项目名称原来是「{change.renamed_from}」"
    if change.new is None:
        yield "    这张表在新的文件里没有了。"
        return
    form = change.new.form
    if change.old is None:
        yield "    新增的表。"
    for message in _worse(change):
        yield f"    {paint('越改越差', 'red')} {message}"
    yield from _part("新出现", change.fresh, form, advice=True)
    yield from _part("已改", change.mended, change.old.form if change.old else form)
    if verbose:
        yield from _part("仍在", change.still, form, advice=True)
    elif change.still:
        yield f"    仍在 {_count(change.still, change)} 处（加 -v 列出）"


def _head(change: FormChange) -> str:
    name = fit(change.project, 44).rstrip()
    scores = " → ".join(
        f"{j.review.total:g} {paint(j.review.grade, GRADE_COLOURS[j.review.grade], bold=True)}"
        for j in (change.old, change.new)
        if j is not None
    )
    gain = change.gain
    moved = "" if gain is None else "  不变" if gain == 0 else f"  {gain:+g}分"
    return f"{name}  {scores}{moved}"


def _part(
    title: str, findings: Sequence[Finding], form: Form | None, *, advice: bool = False
) -> Iterator[str]:
    for group in grouped(findings, form):
        finding = group.finding
        mark = paint(SEVERITY_NAMES[finding.severity], SEVERITY_COLOURS[finding.severity])
        yield f"    {title} {mark} {finding.message}  {paint(finding.code, 'bright_black')}"
        if advice and finding.advice:
            yield f"         → {finding.advice}"


def diff_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as data («jixiao/diff/1»; docs/schema/diff.schema.json)."""
    return {
        "schema": SCHEMA,
        "forms": [_change_json(change) for change in comparison.forms],
        "documents": {
            name: [finding_json(f) for f in getattr(comparison, name)]
            for name in ("mended", "still", "fresh")
        },
    }


def _change_json(change: FormChange) -> dict[str, Any]:
    judged = change.new or change.old
    return {
        "project": judged.form.project if judged else None,
        "unit": judged.form.unit if judged else None,
        "renamed_from": change.renamed_from,
        "state": "new" if change.old is None else "gone" if change.new is None else "both",
        "before": change.before,
        "after": change.after,
        "gain": change.gain,
        "mended": [finding_json(f) for f in change.mended],
        "still": [finding_json(f) for f in change.still],
        "fresh": [finding_json(f) for f in change.fresh],
        "worse": [
            {
                "kind": one.kind,
                "message": one.message,
                "was": one.was,
                "now": one.now,
                "indicator": one.row,
                "field": one.field or None,
                "findings": [f.fingerprint for f in one.findings],
            }
            for one in change.worse
        ],
    }
