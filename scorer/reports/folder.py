"""The ranked report of many documents as files in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scorer.console import write_file
from scorer.profile import Profile
from scorer.ranking import Ranking
from scorer.reports.csv_report import findings_csv
from scorer.reports.docx_report import opinions
from scorer.reports.frames import parquet, parquet_ready
from scorer.reports.html_report import page
from scorer.reports.json_report import scores_json
from scorer.reports.previous import Key, change_line
from scorer.reports.steadiness import steadiness_line
from scorer.reports.xlsx_report import workbook

HTML, XLSX, OPINIONS, JSON, CSV = "排名.html", "排名.xlsx", "审核意见", "结果.json", "结果.csv"
PARQUET = {"forms": "各表得分.parquet", "findings": "问题清单.parquet"}


def write_folder(
    ranking: Ranking,
    profile: Profile,
    folder: Path,
    template: Path | None = None,
    before: dict[Key, list[float]] | None = None,
) -> Iterator[Path]:
    """Write every report; yields each file (one folder for all 审核意见) as it stands whole.

    ``template`` replaces the shipped Word template; ``before`` are the totals of the report
    that this one replaces. Raises OutputError where a file cannot
    be written, OpinionTemplateError where the template cannot be used.
    """
    yield _written(folder / HTML, page(ranking, profile, before=before).encode())
    yield _written(folder / XLSX, workbook(ranking, profile))
    yield _written(folder / JSON, scores_json(ranking.documents, profile).encode())
    yield _written(folder / CSV, findings_csv(ranking.documents).encode())
    for rows, name in PARQUET.items() if parquet_ready() else ():
        yield _written(folder / name, parquet(ranking.documents, rows))
    if ranking.forms:
        for name, data in opinions(ranking, profile, template):
            write_file(folder / OPINIONS / f"{name}.docx", data)
        yield folder / OPINIONS


def _written(path: Path, data: bytes) -> Path:
    write_file(path, data)
    return path


def summary_lines(ranking: Ranking, before: dict[Key, list[float]] | None = None) -> Iterator[str]:
    """Lines for the terminal: counts, money, what comes up most, what changed since last time."""
    grades = "，".join(f"{grade} {n}" for grade, n in ranking.grades.items())
    lost = sum(p.lost for p in ranking.problems)
    unread = f"，未能读取 {lost} 处" if lost else ""
    yield f"共 {len(ranking.forms)} 张表，{len(ranking.units)} 个单位：{grades}{unread}。"
    yield (
        f"涉及资金 {ranking.amount / 10000:,.2f} 万元，"
        f"其中差等表 {ranking.amount_poor / 10000:,.2f} 万元。"
    )
    common = "，".join(f"{c.name}（{c.forms} 张表，{c.code}）" for c in ranking.common[:3])
    yield f"最常见：{common}。" if common else "没有发现问题。"
    if stake := ranking.by_money()[:3]:
        listed = "，".join(
            f"{r.judged.form.project or '未写项目名称'} {r.amount / 10000:,.2f} 万元" for r in stake
        )
        yield f"差等表里资金最大的：{listed}。"
    if steady := steadiness_line(ranking):
        yield steady
    if before:
        yield change_line(ranking, before)
