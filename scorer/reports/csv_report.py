"""CSV that opens right in Excel: BOM, one row a form, an indicator or a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from scorer.forms import PHASE_NAMES, SEVERITY_NAMES, JudgedSubmission, Submission

BOM = "\ufeff"


def forms_csv(submissions: Iterable[Submission]) -> str:
    """One row an indicator, with its form's head."""
    head = "文件 年度 单位 项目名称 实施期金额(元) 年度金额(元) 时段 一级指标 二级指标 三级指标 指标值 位置"
    rows = (
        (s.path, f.fiscal_year, f.unit, f.project, f.total_yuan, f.annual_yuan,
         PHASE_NAMES[i.phase], i.level1, i.level2, i.name, i.value, i.place.label())
        for s in submissions
        for f in s.forms
        for i in f.indicators
    )  # fmt: skip
    return "".join(_lines(head.split(), rows))


def findings_csv(judged: Iterable[JudgedSubmission]) -> str:
    """One row a finding; forms without findings and documents' own findings included."""
    return "".join(findings_csv_parts(judged))


def findings_csv_parts(judged: Iterable[JudgedSubmission]) -> Iterator[str]:
    """The same in pieces."""
    head = "文件 单位 项目名称 总分 等级 规则 名称 程度 位置 原文 问题 建议 依据"
    return _lines(head.split(), (row for j in judged for row in _finding_rows(j)))


def _finding_rows(judged: JudgedSubmission) -> Iterable[Sequence[object]]:
    path = judged.submission.path
    for form in judged.forms:
        front = (path, form.form.unit, form.form.project, form.review.total, form.review.grade)
        for f in form.findings:
            yield (*front, f.code, f.name, SEVERITY_NAMES[f.severity], f.place.label(),
                   f.evidence, f.message, f.advice, f.basis)  # fmt: skip
        if not form.findings:
            yield (*front, *[""] * 8)
    for f in judged.findings:
        yield (path, judged.submission.unit, f.project or "（整份文件）", "", "", f.code, f.name,
               SEVERITY_NAMES[f.severity], f.place.label(), f.evidence, f.message, f.advice,
               f.basis)  # fmt: skip
    for p in judged.problems:
        yield (path, "", "", "", "", p.code, "未能读取", "", p.place.label(), "", p.message,
               p.remedy, "")  # fmt: skip


def _lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BOM)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_safe(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _safe(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return "" if value is None else value
