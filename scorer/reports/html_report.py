"""The ranked report as one self-contained HTML file: nothing is fetched, nothing installed.

Each form's data lies in a script tag of its own, read only when it is opened, so that
thousands of forms open as fast as ten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import jinja2

from scorer.profile import Profile
from scorer.ranking import BINS, Ranking
from scorer.reports.charts import chart_library
from scorer.reports.grouping import grouped
from scorer.reports.html_data import form_data, index_row
from scorer.reports.masking import mask
from scorer.reports.previous import Earlier, change_line, changes
from scorer.reports.sentences import sentence
from scorer.reports.stamp import stamp_line
from scorer.reports.steadiness import steadiness_line
from scorer.rules.catalogue import LETTERS, catalogue

UNITS_SHOWN = 12  # of the heat map; all of them stand in the workbook
COMMON_SHOWN = 10
COPIED_SHOWN = 30
LISTED = 500  # files in the lists of what was not read and of remarks on whole files
FORMS_INSIDE = 20_000  # whose own pages the file holds, the worst; browsers open no larger one


def page(
    ranking: Ranking,
    profile: Profile,
    *,
    alone: bool = False,
    before: Earlier = (),
) -> str:
    """The whole page; ``alone`` where no workbook and no papers lie beside it.

    ``before`` are the forms of an earlier report, for the column 较上次.
    """
    return "".join(page_parts(ranking, profile, alone=alone, before=before))


def page_parts(
    ranking: Ranking,
    profile: Profile,
    *,
    alone: bool = False,
    before: Earlier = (),
) -> Iterator[str]:
    """The same in pieces: thousands of forms are never in memory together."""
    gained = changes(ranking, before)
    return _template().generate(
        title=title(ranking),
        alone=alone,
        compared=bool(before),
        change=change_line(ranking, before, gained) if before else "",
        facts=facts(ranking),
        **overview(ranking),
        drawn=False,
        steady=steadiness_line(ranking),
        chart_library=chart_library(),
        departments=[d.unit for d in ranking.departments],
        problems=ranking.problems[:LISTED],
        more_problems=max(0, len(ranking.problems) - LISTED),
        lost=sum(p.lost for p in ranking.problems),
        bars=script_json(_bars(ranking.bins)),
        index=script_json([[*index_row(row), gained.get(row.place)] for row in ranking.forms]),
        rules=script_json(_rules(ranking)),
        forms=(script_json(form_data(row)) for row in ranking.forms[:FORMS_INSIDE]),
        stamp=stamp_line(profile),
    )


def overview(ranking: Ranking) -> dict[str, Any]:
    """What overview.html.j2 shows: grades, distribution, units, common faults, whole documents."""
    return {
        "grades": ranking.grades,
        "poor": money(float(ranking.amount_poor)),
        "bins": _bars(ranking.bins),
        "letters": [name for _, name in LETTERS.values()],
        "units": _heat(ranking),
        "more_units": max(0, len(ranking.units) - UNITS_SHOWN),
        "common": _common(ranking),
        "documents": _documents(ranking),
        "more_documents": max(0, sum(bool(p.findings) for p in ranking.papers) - LISTED),
        "copied": [(mask(c.text), c.units, c.forms) for c in ranking.copied[:COPIED_SHOWN]],
    }


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("scorer.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["mask"] = mask
    environment.filters["sentence"] = sentence
    return environment.get_template("report.html.j2")


def script_json(data: Any) -> str:
    """JSON that may stand inside a script tag: no text can close the tag or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def money(yuan: float) -> str:
    """A sum in words: «9.83 亿元», «1,035.80 万元»."""
    return f"{yuan / 1e8:,.2f} 亿元" if yuan >= 1e8 else f"{yuan / 1e4:,.2f} 万元"


def title(ranking: Ranking) -> str:
    """The heading of a report: unit, year, what it is."""
    years = {r.fiscal_year for r in ranking.forms} - {None}
    year = f" {years.pop()} 年" if len(years) == 1 else ""
    unit = f"{ranking.units[0].unit}" if len(ranking.units) == 1 else ""
    return f"{unit}{year}项目支出绩效目标审核".strip()


def facts(ranking: Ranking) -> list[str]:
    """Forms, units and money, in words."""
    return [
        f"{len(ranking.forms):,} 张表",
        f"{len(ranking.units):,} 个单位",
        money(float(ranking.amount)),
    ]


def _bars(bins: tuple[int, ...]) -> list[dict[str, Any]]:
    """Bars of the distribution: label, count, the grade that the bin belongs to."""
    grades = ["差"] * 6 + ["中"] * 2 + ["良", "优"]
    return [
        {"from": n * 10, "count": count, "grade": grades[n]} for n, count in enumerate(bins[:BINS])
    ]


def _heat(ranking: Ranking) -> list[dict[str, Any]]:
    """Findings a form by unit and letter; ``heat`` 0–4 for the shade, by the map's own largest."""
    units = ranking.units[:UNITS_SHOWN]
    most = max((v for u in units for v in u.letters.values()), default=0) or 1
    return [
        {
            "unit": u.unit,
            "forms": u.forms,
            "mean": u.mean,
            "cells": [(v, min(4, round(4 * v / most)) if v else 0) for v in u.letters.values()],
        }
        for u in units
    ]


def _common(ranking: Ranking) -> list[dict[str, Any]]:
    shown = ranking.common[:COMMON_SHOWN]
    most = max((c.findings for c in shown), default=0) or 1
    return [
        {"code": c.code, "name": c.name, "findings": c.findings, "forms": c.forms,
         "width": round(100 * c.findings / most)}
        for c in shown
    ]  # fmt: skip


def _documents(ranking: Ranking) -> list[tuple[str, list[Any]]]:
    """Remarks on whole documents: (path, remarks)."""
    found = (paper for paper in ranking.papers if paper.findings)
    return [(paper.path, grouped(paper.findings)) for paper in islice(found, LISTED)]


def _rules(ranking: Ranking) -> dict[str, list[str]]:
    """Name and 依据 of each rule that speaks in this report."""
    return {c: [catalogue()[c].name, catalogue()[c].basis] for c in sorted(ranking.codes)}
