"""The clerk's pages: drop a file, see it marked, mend it cell by cell, take it home."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, cast

from fastapi import APIRouter, Body, File, HTTPException, Request, UploadFile
from fastapi import Form as FormField
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from scorer.forms import LEVEL2, PHASES, Form, JudgedSubmission, Phase, Submission
from scorer.web import drafts
from scorer.web.cells import CellError, add_row, delete_rows, filled, halves, set_cell
from scorer.web.drafts import Draft, Edit
from scorer.web.house import house_of
from scorer.web.pages import page, render
from scorer.web.paper import paper
from scorer.web.sheet import Sheet, first_to_mend, next_grade, sheet

router = APIRouter(include_in_schema=False)
MOST_EDITS = 100  # in one request
PASTED = {True: "粘贴的表格.html", False: "粘贴的文字.txt"}


@router.get("/")
def home() -> HTMLResponse:
    """The drop zone."""
    return page("home.html.j2", problems=(), name="")


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


def _new_draft(request: Request, name: str, data: bytes) -> Response:
    house = house_of(request)
    name = name.replace("\\", "/").rsplit("/", 1)[-1][:200] or "未命名"
    read = house.workers.read(name, data) if data.strip() else []
    found = [s for s in read if s.forms]
    problems = [p for s in read for p in s.problems]
    if not found:
        return page("home.html.j2", 422, problems=problems, name=name)
    submission = replace(found[0], path=name, problems=tuple(problems))
    judged = house.workers.judge(_judgeable(submission))
    totals = [f.review.total for f in judged.forms]
    key = drafts.create(house.engine, name, data, submission, totals)
    return RedirectResponse(f"/draft/{key}/1", 303)


@router.get("/draft/{key}")
def first_form(key: str) -> Response:
    """A draft's address without a form: its first."""
    return RedirectResponse(f"/draft/{key}/1", 303)


@router.get("/draft/{key}/{number}")
def form_page(request: Request, key: str, number: int) -> HTMLResponse:
    """One form of a draft: the official table to type into, the sheet beside it."""
    draft, n = _found(request, key, number)
    judged = _judged(request, draft)
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
        level2=LEVEL2,
        own="同原来的版式",
        **_paper(draft, n, view),
        **_beside(request, draft, n, view),
    )


@router.post("/draft/{key}/{number}/edits")
def edit(request: Request, key: str, number: int, body: Annotated[Any, Body()]) -> Response:
    """Edits as JSON: {edits: [{mark, kind: set|add|delete, …}]}; answers what changed."""
    draft, n = _found(request, key, number)
    house = house_of(request)
    before = _judged(request, draft)
    refused: list[dict[str, str]] = []
    done: list[Edit] = []
    form = draft.submission.forms[n]
    for data in _edits(body):
        try:
            made = _as_edit(data)
            form = made.change(form)  # tried here, done in the store
            done.append(made)
        except CellError as error:
            refused.append({"cell": str(data.get("cell", "")), "message": str(error)})
    redraw = not all(e.merge for e in done)  # typing alone leaves the table as it is
    try:
        drafts.apply(house.engine, key, n, done)
    except CellError as error:  # another window changed the rows meanwhile
        refused.append({"cell": "", "message": str(error)})
        redraw = True
    return _changed(request, key, n, before, paper_too=redraw, refused=refused)


@router.post("/draft/{key}/{number}/undo")
def undo(request: Request, key: str, number: int) -> Response:
    """Take the last edit of this form back."""
    draft, n = _found(request, key, number)
    before = _judged(request, draft)
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
) -> JSONResponse:
    """What the page redraws after an edit."""
    draft = drafts.load(house_of(request).engine, key)
    assert draft is not None
    judged = _judged(request, draft)
    view = _view(draft, n, judged, before)
    marks = view.marks()
    beside = _beside(request, draft, n, view)
    answer: dict[str, Any] = {
        "total": view.review.total,
        "grade": view.review.grade,
        "undoable": draft.edits[n],
        "version": draft.versions[n],
        "marks": {k: [[m.number, m.severity] for m in found] for k, found in marks.items()},
        "sheet": render("sheet.html.j2", draft=draft, n=n, **beside),
        "strip": render("strip.html.j2", draft=draft, n=n, **beside),
        "totals": [[f.review.total, f.review.grade] for f in judged.forms],
        "refused": refused,
    }
    if paper_too:
        answer["paper"] = render("paper.html.j2", **_paper(draft, n, view))
    return JSONResponse(answer)


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


def _judged(request: Request, draft: Draft) -> JudgedSubmission:
    """The draft judged as it stands; the last ones are remembered."""
    house = house_of(request)
    key = (draft.id, draft.versions)
    found = house.drafts.get(key)
    if found is None:
        found = house.workers.judge(_judgeable(draft.submission))
        house.drafts.put(key, found)
    return found


def _judgeable(submission: Submission) -> Submission:
    """The document as a file with these cells would be read: blank rows are not there."""
    return replace(submission, forms=tuple(filled(f)[0] for f in submission.forms))


def _found(request: Request, key: str, number: int) -> tuple[Draft, int]:
    draft = drafts.load(house_of(request).engine, key)
    if draft is None or not 1 <= number <= len(draft.submission.forms):
        raise HTTPException(404)
    return draft, number - 1


def _edits(body: Any) -> list[dict[str, Any]]:
    found = body.get("edits") if isinstance(body, dict) else None
    if not isinstance(found, list) or len(found) > MOST_EDITS:
        raise HTTPException(400, "修改的内容不合格式。")
    if not all(isinstance(e, dict) and isinstance(e.get("mark"), str) for e in found):
        raise HTTPException(400, "修改的内容不合格式。")
    return found


def _as_edit(data: dict[str, Any]) -> Edit:
    """One edit of the page. Raises CellError for what cannot be done."""
    mark, kind = data["mark"][:40], data.get("kind")
    if kind == "set":
        cell, text = str(data.get("cell", "")), str(data.get("text", ""))
        what = f"set {cell} {str(data.get('group', ''))[:12]}"

        def typed(form: Form) -> Form:
            return set_cell(form, cell, text)

        return Edit(mark, what, typed, merge="group" in data)
    if kind == "add":
        given = [p for p in data.get("phases") or [] if p in PHASES]
        phases = cast("tuple[Phase, ...]", tuple(given)) or ("annual",)
        level2, name, value = (str(data.get(k, "")) for k in ("level2", "name", "value"))
        after = [int(r) for r in data.get("after") or []]

        def added(form: Form) -> Form:
            for phase in reversed(phases):  # the later half first: rows before it keep their number
                at = next((r for r in after if _phase_of(form, r) == phase), -1)
                form = add_row(form, level2, (phase,), at, name, value)
            return form

        return Edit(mark, "add", added)
    if kind == "delete":
        rows = tuple(int(r) for r in data.get("rows") or [])

        def shortened(form: Form) -> Form:
            return delete_rows(form, rows)

        return Edit(mark, "delete", shortened)
    raise CellError("不认识的修改。")


def _phase_of(form: Form, row: int) -> str:
    return form.indicators[row].phase if 0 <= row < len(form.indicators) else ""
