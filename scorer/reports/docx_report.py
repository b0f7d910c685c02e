"""项目支出绩效目标审核意见: one Word paper for each unit, from a template a bureau can replace."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorer.forms import Deduction, Review, ReviewItem
from scorer.profile import Profile
from scorer.ranking import Ranked, Ranking
from scorer.reports.grouping import Group, grouped, opinion_order, remarks_in
from scorer.reports.masking import mask
from scorer.reports.sentences import sentence
from scorer.rules.catalogue import catalogue
from scorer.shelf import Paper

TEMPLATE = Path(__file__).with_name("templates") / "opinion.docx"
MOST_FORMS = 300  # in one paper: Word opens it at once, and a unit has hardly ever so many
NAME_LENGTH = 60  # characters of a file name: 180 bytes and room for a temporary suffix


class OpinionTemplateError(ValueError):
    """The template cannot be used; the message names it, the cause and the cure."""


def opinions(
    ranking: Ranking, profile: Profile, template: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """(file name without suffix, .docx) of each unit, worst unit first; a unit of very many
    forms has several papers.

    Raises OpinionTemplateError where ``template`` cannot be opened or filled in.
    """
    groups: dict[str, list[Ranked]] = defaultdict(list)
    for row in ranking.forms:
        groups[row.unit].append(row)
    taken: set[str] = set()
    source = _template(template or TEMPLATE)
    for unit in ranking.units:
        rows = groups[unit.unit]
        for start in range(0, len(rows), MOST_FORMS):
            context = _context(unit.unit, rows[start : start + MOST_FORMS], profile)
            yield _file_name(unit.unit, taken), _filled(source, context, template or TEMPLATE)


def opinion(ranking: Ranking, profile: Profile) -> bytes:
    """One paper for all forms of the ranking, whatever their units: .docx as bytes."""
    units = "、".join(u.unit for u in ranking.units[:3]) + ("等" if len(ranking.units) > 3 else "")
    context = _context(units or "未读到绩效目标表", ranking.forms, profile)
    context["unread"] = _unread(ranking.papers)
    return _filled(TEMPLATE.read_bytes(), context, TEMPLATE)


def _template(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OpinionTemplateError(
            f"打不开审核意见模板 {path}：{error.strerror}。请检查路径。"
        ) from error


def _filled(source: bytes, context: dict[str, Any], path: Path) -> bytes:
    from docxtpl import DocxTemplate

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(source))
        document.render(context, autoescape=True)
        document.save(out)
    except Exception as error:  # whatever a hand-made template can break
        raise OpinionTemplateError(
            f"审核意见模板 {path} 用不了：{error}。请对照随程序安装的模板 {TEMPLATE} 修改。"
        ) from error
    return out.getvalue()


def _file_name(unit: str, taken: set[str]) -> str:
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", unit).strip(" .")[:NAME_LENGTH] or "未写单位"
    found, n = name, 1
    while found.casefold() in taken:
        n += 1
        found = f"{name}（{n}）"
    taken.add(found.casefold())
    return found


def _context(unit: str, rows: Sequence[Ranked], profile: Profile) -> dict[str, Any]:
    years = {r.fiscal_year for r in rows} - {None}
    papers = list({id(r.paper): r.paper for r in rows}.values())
    return {
        "unit": _text(unit),
        "year": f"{years.pop()}年" if len(years) == 1 else "",
        "count": len(rows),
        "money": f"{sum((r.amount for r in rows), Decimal(0)) / 10000:,.2f}",
        "overall": _overall(rows),
        "grades": _grades(rows),
        "forms": [_form(n, row) for n, row in enumerate(rows, 1)],
        "documents": _remarks([g for p in papers for g in grouped(p.findings)]),
        "unread": _unread(papers),
        "resubmit": any(r.grade in ("中", "差") for r in rows),
        "profile": profile.name,
    }


def _unread(papers: Iterable[Paper]) -> list[str]:
    return [
        _text(f"{Path(p.path).name} {p.place.label()}：{sentence(p.message)}{sentence(p.remedy)}")
        for paper in papers
        for p in paper.problems
    ]


def _overall(rows: Sequence[Ranked]) -> str:
    grades = [r.grade for r in rows]
    counts = "，".join(f"{g}{grades.count(g)}个" for g in "优良中差" if g in grades)
    errors = sum(
        g.finding.severity == "error" and not g.finding.preview
        for r in rows
        for g in remarks_in(r.filed)
    )
    must = f"其中必须修改的问题{errors}项，请先改。" if errors else "没有必须退回修改的问题。"
    return f"{len(rows)}个项目中，{counts}。{must}"


def _grades(rows: Sequence[Ranked]) -> list[dict[str, Any]]:
    """Forms by grade, worst grade first, each with what follows from it."""
    by_grade: dict[str, list[Ranked]] = defaultdict(list)
    for row in rows:
        by_grade[row.grade].append(row)
    return [
        {
            "grade": grade,
            "count": len(group),
            "consequence": group[0].judged.review.consequence,
            "projects": "、".join(
                f"「{_text(r.project or '未写项目名称')}」（{r.total:g}分）" for r in group
            ),
        }
        for grade in "差中良优"
        if (group := by_grade[grade])
    ]


def _form(number: int, row: Ranked) -> dict[str, Any]:
    filed = row.filed
    review = filed.judged.review
    form = filed.judged.form
    groups = sorted(remarks_in(filed), key=opinion_order)
    standing = [g for g in groups if not g.finding.preview]
    number_of = {f.fingerprint: n for n, g in enumerate(standing, 1) for f in g.members}
    known = form.annual_yuan is not None or form.total_yuan is not None
    return {
        "number": f"（{chinese_number(number)}）",
        "project": _text(form.project or "未写项目名称"),
        "money": f"{row.amount / 10000:,.2f}万元" if known else "未写金额",
        "total": f"{review.total:g}",
        "grade": review.grade,
        "consequence": review.consequence,
        "remarks": _remarks(standing),
        "first": _first(review, number_of),
        "note": _note(len(standing), len(groups) - len(standing)),
        "sheet": [_item(item, number_of) for item in review.items],
        "caps": "".join(f"{cap}。" for cap in review.caps),
    }


def _first(review: Review, number_of: Mapping[str, int]) -> str:
    """Which remarks to mend first and what that gains; "" where nothing gains."""
    if not review.mendings:
        return ""
    numbers = sorted({number_of[f] for m in review.mendings for f in m.findings if f in number_of})
    gain = round(sum(m.gain for m in review.mendings), 1)
    last = review.mendings[-1]
    where = "、".join(_text(m.cell) for m in review.mendings)
    told = f"（第{'、'.join(map(str, numbers))}条）" if numbers else ""
    return (
        f"请先修改{where}{told}，改好后预计可提高{gain:g}分，达到{last.total:g}分（{last.grade}）。"
    )


def _note(standing: int, trial: int) -> str:
    more = f"另有{trial}项供参考（试行规则，不扣分），见排名报告。" if trial else ""
    return more if standing else "没有发现需要修改的问题。" + more


def _remarks(groups: Sequence[Group]) -> list[dict[str, str]]:
    return [
        {
            "problem": _text(g.finding.message) + (f"（{g.where()}）" if g.where() else ""),
            "basis": g.finding.basis,
            "advice": _text(g.finding.advice) + _proposals(g),
        }
        for g in groups
        if not g.finding.preview
    ]


def _proposals(group: Group) -> str:
    fresh = [p.rstrip("。") for p in group.finding.proposals if p not in group.finding.advice]
    return _text("可写" + "或".join(f"「{p}」" for p in fresh) + "。") if fresh else ""


def _item(item: ReviewItem, number_of: Mapping[str, int]) -> dict[str, str]:
    """One line of the sheet; reasons point at the numbered remarks above."""
    lines = [f"扣{d.points:.2f}分：{_reason(d, number_of)}" for d in item.deductions]
    return {
        "item": item.item,
        "max": f"{item.max:g}",
        "score": f"{item.score:.2f}",
        "why": "\n".join([*lines, *([item.manual + "。"] if item.manual else [])]),
    }


def _reason(deduction: Deduction, number_of: Mapping[str, int]) -> str:
    number = number_of.get(deduction.finding)
    if number is None:
        code = f"（{deduction.code}）" if deduction.code else ""
        return _text(deduction.reason) + code
    return f"见第{number}条，{catalogue()[deduction.code].name}（{deduction.code}）"


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1–999 as a paper numbers its sections: 一, 十, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _text(text: str) -> str:
    """Masked, and without the signs that a Word file may not hold."""
    return re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", mask(text))
