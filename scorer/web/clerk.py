"""The clerk's pages: drop a file, see it marked, mend it cell by cell, take it home."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, File, HTTPException, Request, UploadFile
from fastapi import Form as FormField
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from scorer.copies import LAYOUTS, blank_form, official_workbook
from scorer.exchange import form_from_json
from scorer.forms import LEVEL2, PHASES, Form, JudgedSubmission, Problem, Submission
from scorer.readers import sniff
from scorer.reports.grouping import remarks_on_document
from scorer.web import drafts
from scorer.web.cells import CellError, filled, halves, partner, shown, with_spare_rows
from scorer.web.drafts import Draft, Edit, StaleRowsError
from scorer.web.edits import as_edit, edits_of
from scorer.web.house import house_of
from scorer.web.pages import gain, page, render
from scorer.web.paper import paper
from scorer.web.sheet import Sheet, first_to_mend, next_grade, sheet

router = APIRouter(include_in_schema=False)
EXAMPLE = Path(__file__).with_name("example.json")
EXAMPLE_NAME = "示例：社区老年食堂助餐服务.xlsx"
STALE = "另一个窗口增删过行，刚才的修改没有存上，请对照新的表再填一次。"
PASTED = {True: "粘贴的表格.html", False: "粘贴的文字.txt"}


@router.get("/")
def home() -> HTMLResponse:
    """The drop zone."""
    return page("home.html.j2", problems=(), name="", layouts=LAYOUTS)


@router.post("/drafts")
def upload(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    html: Annotated[str, FormField()] = "",
    text: Annotated[str, FormField()] = "",
) -> Response:
    """A file, or a pasted table or text: a new draft, or why it could not be read."""
    if file is not None and file.filename:
        name, data = file.filename, file.file.read()
    else:
        pasted = html or text
        name, data = PASTED[bool(html)], pasted.encode()
    return _new_draft(request, name, data)


@router.post("/example")
def example(request: Request) -> Response:
    """A faulty form to try things on."""
    return _new_draft(request, EXAMPLE_NAME, official_workbook([example_form()]))


@router.post("/blank")
def blank(request: Request, layout: Annotated[str, FormField()] = "county") -> Response:
    """An empty official form to fill in."""
    if layout not in LAYOUTS:
        raise HTTPException(404)
    return _new_draft(request, "空白申报表.xlsx", blank_form(layout))


def example_form() -> Form:
    """The form behind «看一个示例»: both halves say the same, as a one-year project's do."""
    data = json.loads(EXAMPLE.read_text("utf-8"))
    rows = [{**row, "phase": phase} for phase in PHASES for row in data["indicators"]]
    return form_from_json({**data, "indicators": rows})


def _new_draft(request: Request, name: str, data: bytes) -> Response:
    house = house_of(request)
    problems: list[Problem] = []
    for inner, content in house.workers.unpack(name, data) if data.strip() else []:
        short = inner.replace("\\", "/").rsplit("/", 1)[-1][:200] or "未命名"
        read = house.workers.read(short, content)
        problems += [p for s in read for p in s.problems]
        found = next((s for s in read if s.forms), None)
        if found is not None:
            forms = tuple(with_spare_rows(form) for form in found.forms)
            submission = replace(found, path=short, problems=tuple(problems), forms=forms)
            judged = house.workers.judge(judgeable(submission))
            totals = [f.review.total for f in judged.forms]
            key = drafts.create(house.engine, short, content, submission, totals)
            return RedirectResponse(f"/draft/{key}/1", 303)
    return page("home.html.j2", 422, problems=problems, name=name, layouts=LAYOUTS)


@router.get("/draft/{key}")
def first_form(key: str) -> Response:
    """A draft's address without a form: its first."""
    return RedirectResponse(f"/draft/{key}/1", 303)


@router.get("/draft/{key}/{number:int}")
def form_page(request: Request, key: str, number: int) -> HTMLResponse:
    """One form of a draft: the official table to type into, the sheet beside it."""
    draft, n = _found(request, key, number)
    judged = judged_draft(request, draft)
    view = _view(draft, n, judged)
    return page(
        "form.html.j2",
        draft=draft,
        n=n,
        tabs=[
            {
                "name": f.form.project or f"第 {i + 1} 张表",
                "total": f.review.total,
                "grade": f.review.grade,
            }
            for i, f in enumerate(judged.forms)
        ],
        problems=judged.problems,
        elsewhere=remarks_on_document(judged),
        level2=LEVEL2,
        own=sniff(draft.data) in ("xlsx", "docx"),
        **_paper(draft, n, view),
        **_beside(request, draft, n, view),
    )


@router.post("/draft/{key}/{number:int}/edits")
def edit(request: Request, key: str, number: int, body: Annotated[Any, Body()]) -> Response:
    """Edits as JSON: {edits: [{mark, kind: set|add|delete, …}]}; answers what changed."""
    draft, n = _found(request, key, number)
    house = house_of(request)
    before = judged_draft(request, draft)
    sent = edits_of(body)
    refused: list[dict[str, str]] = []
    done: list[Edit] = []
    form = draft.submission.forms[n]
    for data in sent:
        try:
            made = as_edit(data)
            form = made.change(form)  # tried here, done in the store
            done.append(made)
        except CellError as error:
            refused.append({"cell": str(data.get("cell", "")), "message": str(error)})
    redraw = not all(e.merge for e in done)  # typing alone leaves the table as it is
    try:
        drafts.apply(house.engine, key, n, done)
    except (CellError, StaleRowsError) as error:
        said = STALE if isinstance(error, StaleRowsError) else str(error)
        refused.append({"cell": "", "message": said})
        redraw = True
    return _changed(request, key, n, before, paper_too=redraw, refused=refused, typed=_both(sent))


def _both(sent: Sequence[dict[str, Any]]) -> set[str]:
    """Cells that were typed into for both halves."""
    return {str(e.get("cell")) for e in sent if e.get("kind") == "set" and e.get("both")}


@router.post("/draft/{key}/{number:int}/undo")
def undo(request: Request, key: str, number: int) -> Response:
    """Take the last edit of this form back."""
    draft, n = _found(request, key, number)
    before = judged_draft(request, draft)
    drafts.undo(house_of(request).engine, key, n)
    return _changed(request, key, n, before, paper_too=True, refused=[])


def _changed(
    request: Request,
    key: str,
    n: int,
    before: JudgedSubmission,
    *,
    paper_too: bool,
    refused: list[dict[str, str]],
    typed: Collection[str] = (),
) -> JSONResponse:
    """What the page redraws after an edit."""
    draft = drafts.load(house_of(request).engine, key)
    assert draft is not None
    judged = judged_draft(request, draft)
    view = _view(draft, n, judged, before)
    marks = view.marks()
    beside = _beside(request, draft, n, view)
    answer: dict[str, Any] = {
        "total": view.review.total,
        "grade": view.review.grade,
        "gains": [[i.item, gain(i.gained), i.gained] for i in view.items if gain(i.gained)],
        "undoable": draft.edits[n],
        "shape": draft.shapes[n],
        "marks": {k: [[m.number, m.severity] for m in found] for k, found in marks.items()},
        "sheet": render("sheet.html.j2", draft=draft, n=n, **beside),
        "strip": render("strip.html.j2", draft=draft, n=n, **beside),
        "totals": [[f.review.total, f.review.grade] for f in judged.forms],
        "refused": refused,
        "mirrored": _mirrored(draft.submission.forms[n], typed),
    }
    if paper_too:
        answer["paper"] = render("paper.html.j2", **_paper(draft, n, view))
    return JSONResponse(answer)


def _mirrored(form: Form, typed: Collection[str]) -> dict[str, str]:
    """Cells of the other half that were typed along, with what they hold now."""
    others = {other for cell in typed if (other := partner(form, cell))} - set(typed)
    return {other: shown(form, other) for other in others}


def _paper(draft: Draft, n: int, view: Sheet) -> dict[str, Any]:
    form = draft.submission.forms[n]
    return {"lines": paper(form, view.marks()), "phases": halves(form), "editable": True}


def _beside(request: Request, draft: Draft, n: int, view: Sheet) -> dict[str, Any]:
    return {
        "view": view,
        "next": next_grade(view.review, house_of(request).profile),
        "first": first_to_mend(view),
        "undoable": draft.edits[n],
    }


def _view(
    draft: Draft, n: int, judged: JudgedSubmission, before: JudgedSubmission | None = None
) -> Sheet:
    return sheet(
        draft.submission.forms[n],
        judged.forms[n],
        judged,
        before=before.forms[n].review if before else None,
        first_total=draft.first_totals[n],
    )


def judged_draft(request: Request, draft: Draft) -> JudgedSubmission:
    """The draft judged as it stands; the last ones are remembered."""
    house = house_of(request)
    key = (draft.id, draft.versions)
    found = house.drafts.get(key)
    if found is None:
        found = house.workers.judge(judgeable(draft.submission))
        house.drafts.put(key, found)
    return found


def judgeable(submission: Submission) -> Submission:
    """The document as a file with these cells would be read: blank rows are not there."""
    return replace(submission, forms=tuple(filled(f)[0] for f in submission.forms))


def _found(request: Request, key: str, number: int) -> tuple[Draft, int]:
    draft = drafts.load(house_of(request).engine, key)
    if draft is None or not 1 <= number <= len(draft.submission.forms):
        raise HTTPException(404)
    return draft, number - 1
