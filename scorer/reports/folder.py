"""The ranked report of many documents as files in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scorer.console import write_file, writing
from scorer.profile import Profile
from scorer.ranking import Ranking
from scorer.reports.csv_report import findings_csv_parts
from scorer.reports.docx_report import opinions
from scorer.reports.frames import parquet_ready, write_parquet
from scorer.reports.html_report import page_parts
from scorer.reports.json_report import scores_json_parts
from scorer.reports.previous import Earlier, change_line, changes
from scorer.reports.steadiness import steadiness_line
from scorer.reports.xlsx_report import write_workbook

HTML, XLSX, OPINIONS, JSON, CSV = "排名.html", "排名.xlsx", "审核意见", "结果.json", "结果.csv"
PARQUET = {"forms": "各表得分.parquet", "findings": "问题清单.parquet"}


def write_folder(
    ranking: Ranking,
    profile: Profile,
    folder: Path,
    template: Path | None = None,
    before: Earlier = (),
) -> Iterator[Path]:
    """Write every report; yields each file (one folder for all 审核意见) as it stands whole.

    ``template`` replaces the shipped Word template; ``before`` are the forms of the report
    that this one replaces. Raises OutputError where a file cannot
    be written, OpinionTemplateError where the template cannot be used.
    """
    yield _written(folder / HTML, page_parts(ranking, profile, before=before))
    with writing(folder / XLSX) as out:
        write_workbook(ranking, profile, out)
    yield folder / XLSX
    yield _written(folder / JSON, scores_json_parts(ranking.documents, profile))
    yield _written(folder / CSV, findings_csv_parts(ranking.documents))
    for rows, name in PARQUET.items() if parquet_ready() else ():
        with writing(folder / name) as out:
            write_parquet(ranking.documents, rows, out)
        yield folder / name
    if ranking.forms:
        for name, data in opinions(ranking, profile, template):
            write_file(folder / OPINIONS / f"{name}.docx", data)
        yield folder / OPINIONS


def _written(path: Path, parts: Iterable[str]) -> Path:
    """Text written piece by piece: thousands of forms as one text would fill the memory."""
    with writing(path) as out:
        out.writelines(part.encode() for part in parts)
    return path


def summary_lines(ranking: Ranking, before: Earlier = ()) -> Iterator[str]:
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
            f"{r.project or '未写项目名称'} {r.amount / 10000:,.2f} 万元" for r in stake
        )
        yield f"差等表里资金最大的：{listed}。"
    if steady := steadiness_line(ranking):
        yield steady
    if before:
        yield change_line(ranking, before, changes(ranking, before))
