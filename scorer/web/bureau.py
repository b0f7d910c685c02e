"""The bureau's pages: load many files, rank them, decide on findings, take the papers home."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from scorer.reports import csv_report, docx_report, html_report, json_report, xlsx_report
from scorer.reports.stamp import stamp_line
from scorer.rules.catalogue import ITEMS, catalogue
from scorer.web import batches
from scorer.web.batches import CONFIRM, DISMISS, Batch, Decision, unit_of, year_of
from scorer.web.bureau_rows import labelled_rows
from scorer.web.bureau_view import BatchView, Row, view_batch
from scorer.web.downloads import attachment
from scorer.web.house import house_of
from scorer.web.pages import page
from scorer.web.paper import paper
from scorer.web.sheet import first_to_mend, sheet

router = APIRouter(prefix="/bureau", include_in_schema=False)
A_PAGE = 200
MOST_FILES = 5000
FILTERS = ("unit", "grade", "rule", "q", "sort")
REPORTS = {
    "ranking.xlsx": "排名.xlsx",
    "opinions.zip": "审核意见.zip",
    "ranking.html": "排名.html",
    "results.csv": "结果.csv",
    "results.json": "结果.json",
}


@router.get("")
def start(request: Request) -> HTMLResponse:
    """What was loaded before, and where to load more."""
    known = batches.every(house_of(request).engine)
    return page("bureau.html.j2", batches=known, trouble="")


@router.post("/batches")
async def load(request: Request) -> Response:
    """Files, a folder or ZIPs: a new batch, judged behind the page."""
    sent = await request.form(max_files=MOST_FILES)
    files = [f for f in sent.getlist("files") if isinstance(f, UploadFile) and f.filename]
    read = [(f.filename or "", await f.read()) for f in files]
    name, previous = str(sent.get("name", "")), str(sent.get("previous", ""))
    return await run_in_threadpool(_load, request, read, name, previous)


def _load(request: Request, read: list[tuple[str, bytes]], name: str, previous: str) -> Response:
    house = house_of(request)
    files = [f for given in read for f in house.workers.unpack(*given)]
    files = [(n, data) for n, data in files if not n.rsplit("/", 1)[-1].startswith(("~$", "."))]
    if not files:
        known = batches.every(house.engine)
        return page(
            "bureau.html.j2", 422, batches=known, trouble="没有收到文件，请选择文件、文件夹或 ZIP。"
        )
    today = dt.date.today()
    name = name.strip()[:100] or f"{today.month}月{today.day}日报送"
    earlier = previous if batches.find(house.engine, previous) else None
    key = batches.create(house.engine, name, files, earlier)
    house.loader.add(batches.pending(house.engine, key))
    return RedirectResponse(f"/bureau/{key}", 303)


@router.get("/{key}")
def ranking(request: Request, key: str, start: int = 0) -> HTMLResponse:
    """The batch ranked, worst first; while it is being judged, how far it is."""
    batch = _batch(request, key)
    others = [b for b in batches.every(house_of(request).engine) if b.id != key]
    if batch.done < batch.files:
        return page("progress.html.j2", batch=batch)
    view = _view(request, batch)
    filters = {name: request.query_params.get(name, "") for name in FILTERS}
    rows = view.chosen(filters)
    shown = view.ranking
    return page(
        "ranking.html.j2",
        batch=batch,
        others=others,
        view=view,
        rows=rows[start : start + A_PAGE],
        count=len(rows),
        start=start,
        a_page=A_PAGE,
        filters=filters,
        query=urlencode({k: v for k, v in filters.items() if v}),
        link=_linker(filters),
        units_all=sorted({str(r.cells[4]) for r in view.rows}),
        rules_all=_rules(view),
        title=html_report.title(shown),
        facts=html_report.facts(shown),
        problems=shown.problems,
        lost=sum(p.lost for p in shown.problems),
        stamp=stamp_line(house_of(request).profile),
        reports=REPORTS,
        alone=False,
        drawn=True,
        **html_report.overview(shown),
    )


def _linker(filters: dict[str, str]) -> Any:
    """A maker of addresses that keep the filters but for what is named."""

    def link(**changes: object) -> str:
        kept = {**filters, **{k: str(v) for k, v in changes.items()}}
        return "?" + urlencode({k: v for k, v in kept.items() if v})

    return link


def _rules(view: BatchView) -> list[tuple[str, str]]:
    codes = sorted({code for r in view.rows for code in str(r.cells[9]).split()})
    return [(code, catalogue()[code].name) for code in codes]


@router.get("/{key}/progress")
def progress(request: Request, key: str) -> JSONResponse:
    """How far a batch is: {files, done}."""
    batch = _batch(request, key)
    return JSONResponse({"files": batch.files, "done": batch.done})


@router.post("/{key}/previous")
def compare(request: Request, key: str, previous: Annotated[str, Form()] = "") -> Response:
    """Compare the batch with an earlier one, or with none."""
    _batch(request, key)
    engine = house_of(request).engine
    batches.compare_with(engine, key, previous if batches.find(engine, previous) else None)
    return RedirectResponse(f"/bureau/{key}", 303)


@router.post("/{key}/remove")
def remove(request: Request, key: str) -> Response:
    """Drop a batch; what was decided stays."""
    batches.remove(house_of(request).engine, key)
    return RedirectResponse("/bureau", 303)


@router.get("/{key}/form/{document:int}/{n:int}")
def form_page(request: Request, key: str, document: int, n: int) -> HTMLResponse:
    """One form: the table as the unit wrote it, the sheet, what can be decided."""
    batch = _batch(request, key)
    view = _view(request, batch)
    row = _row(view, document, n)
    judged, whole = row.ranked.judged, row.document
    filters = {name: request.query_params.get(name, "") for name in FILTERS}
    order = view.chosen(filters)
    at = next((i for i, r in enumerate(order) if r.spot == row.spot), -1)
    beside = sheet(judged.form, judged, whole)
    unit = unit_of(judged, whole)
    return page(
        "bureau_form.html.j2",
        batch=batch,
        row=row,
        unit=unit,
        view=beside,
        first=first_to_mend(beside),
        lines=paper(judged.form, beside.marks()),
        editable=False,
        title=judged.form.title,
        source=whole.submission.path,
        place=judged.form.place.label(),
        query=urlencode({k: v for k, v in filters.items() if v}),
        before=order[at - 1] if at > 0 else None,
        after=order[at + 1] if 0 <= at < len(order) - 1 else None,
        at=at,
        count=len(order),
        decided={f: d for (u, f), d in view.decisions.items() if u == unit},
        change=row.change,
        today=dt.date.today().isoformat(),
    )


@router.post("/{key}/form/{document:int}/{n:int}/decide")
def decide(
    request: Request,
    key: str,
    document: int,
    n: int,
    kind: Annotated[str, Form()],
    fingerprints: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    """Dismiss or confirm a finding, or take that back."""
    batch = _batch(request, key)
    row = _row(_view(request, batch), document, n)
    judged, whole = row.ranked.judged, row.document
    engine = house_of(request).engine
    unit = unit_of(judged, whole)
    reason = reason.strip()[:500]
    if kind == DISMISS and not reason:
        raise HTTPException(422, "驳回要写明理由。请退回上一页补上。")
    findings = {f.fingerprint: f for f in (*judged.findings, *judged.dismissed, *whole.findings)}
    for fingerprint in fingerprints.split():
        finding = findings.get(fingerprint)
        if kind == "withdraw":
            batches.withdraw(engine, unit, fingerprint)
        elif kind in (DISMISS, CONFIRM) and finding is not None:
            project = (finding.project or "")[:400]
            batches.decide(
                engine,
                Decision(unit, fingerprint, kind, reason, finding.code, project, _day(until)),
            )
    return _back(key, document, n, request)


def _day(text: str) -> str | None:
    try:
        return dt.date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise HTTPException(422, "截止日期要写成 2025-12-31 这样。请退回上一页改正。") from None


@router.post("/{key}/form/{document:int}/{n:int}/points")
def points(
    request: Request,
    key: str,
    document: int,
    n: int,
    item: Annotated[str, Form()],
    points: Annotated[str, Form()] = "",
) -> Response:
    """Set one of the eight items by hand; blank leaves it to the program again."""
    batch = _batch(request, key)
    row = _row(_view(request, batch), document, n)
    judged, whole = row.ranked.judged, row.document
    most = ITEMS.get(item)
    try:
        value = float(points) if points.strip() else None
    except ValueError:
        value = -1.0
    if most is None or (value is not None and not 0 <= value <= most):
        raise HTTPException(422, f"「{item}」要写 0 到 {most or 0:g} 之间的数。请退回上一页改正。")
    batches.set_points(
        house_of(request).engine, unit_of(judged, whole), (judged.form.project or "")[:400],
        year_of(judged, whole), item, value,
    )  # fmt: skip
    return _back(key, document, n, request)


def _back(key: str, document: int, n: int, request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/bureau/{quote(key)}/form/{document}/{n}{query}", 303)


@router.get("/{key}/report/{name}")
def report(request: Request, key: str, name: str) -> Response:
    """One of the reports of the command `rank`, of this batch as decided."""
    batch = _batch(request, key)
    if name not in REPORTS:
        raise HTTPException(404)
    profile = house_of(request).profile
    ranked = _view(request, batch).ranking
    makers = {
        "ranking.xlsx": lambda: xlsx_report.workbook(ranked, profile),
        "opinions.zip": lambda: _zipped(docx_report.opinions(ranked, profile)),
        "ranking.html": lambda: html_report.page(ranked, profile, alone=True).encode(),
        "results.csv": lambda: csv_report.findings_csv(ranked.documents).encode(),
        "results.json": lambda: json_report.scores_json(ranked.documents, profile).encode(),
    }
    return attachment(makers[name](), f"{batch.name} {REPORTS[name]}")


def _zipped(papers: Iterator[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in papers:
            pack.writestr(f"{name}.docx", data)
    return out.getvalue()


@router.get("/{key}/decisions")
def decisions(request: Request, key: str) -> Response:
    """Every decision on the batch's units, one JSON object a line."""
    batch = _batch(request, key)
    made = _view(request, batch).decisions.values()
    lines = (
        json.dumps(
            {"unit": d.unit, "project": d.project, "code": d.code, "fingerprint": d.fingerprint,
             "kind": d.kind, "reason": d.reason, "until": d.until},
            ensure_ascii=False,
        )
        for d in made
    )  # fmt: skip
    return attachment("\n".join([*lines, ""]).encode(), f"{batch.name} 处理记录.jsonl")


@router.get("/{key}/rows")
def rows(request: Request, key: str) -> Response:
    """The decisions as labelled rows for `jixiao train --reviews`."""
    batch = _batch(request, key)
    view = _view(request, batch)
    found = labelled_rows(list(view.ranking.documents), view.decisions)
    lines = (json.dumps(row, ensure_ascii=False) for row in found)
    return attachment("\n".join([*lines, ""]).encode(), f"{batch.name} 标注.jsonl")


@router.post("/{key}/again")
def again(request: Request, key: str) -> Response:
    """Judge every file of the batch anew, as after an update of the program or its rules."""
    _batch(request, key)
    house = house_of(request)
    batches.forget_judged(house.engine, key)
    house.batches.forget()
    house.loader.add(batches.pending(house.engine, key))
    return RedirectResponse(f"/bureau/{quote(key)}", 303)


def _batch(request: Request, key: str) -> Batch:
    found = batches.find(house_of(request).engine, key)
    if found is None:
        raise HTTPException(404)
    return found


def _view(request: Request, batch: Batch) -> BatchView:
    """The batch as it stands; the last ones are remembered until somebody decides."""
    house = house_of(request)
    key = ("batch", batch.id, batch.done, batch.previous, batches.stamp(house.engine))
    found = house.batches.get(key)
    if found is None:
        found = view_batch(house.engine, house.profile, batch)
        house.batches.put(key, found)
    return found


def _row(view: BatchView, document: int, n: int) -> Row:
    row = view.by_spot.get((document, n))
    if row is None:
        raise HTTPException(404)
    return row
