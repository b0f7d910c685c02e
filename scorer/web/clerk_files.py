"""What a clerk takes home: the corrected form, the annotated copy, the 审核意见, the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from scorer.copies import Copy, CopyError, annotated_copy, corrected_copy
from scorer.forms import JudgedSubmission
from scorer.pipeline import layout_words
from scorer.ranking import rank
from scorer.reports.docx_report import opinion
from scorer.reports.json_report import scores_json
from scorer.web.clerk import judgeable, judged_draft
from scorer.web.downloads import attachment
from scorer.web.drafts import Draft, load
from scorer.web.house import House, house_of

router = APIRouter(include_in_schema=False)


@router.get("/draft/{key}/file/{kind}")
def file(request: Request, key: str, kind: str) -> Response:
    """One of ``FILES``, of the draft as it stands."""
    house = house_of(request)
    draft = load(house.engine, key)
    if draft is None or kind not in FILES:
        raise HTTPException(404)
    stem = PurePosixPath(draft.name).stem or "绩效目标表"
    try:
        data, suffix = FILES[kind](house, draft, judged_draft(request, draft))
    except CopyError as error:
        raise HTTPException(422, str(error)) from error
    return attachment(data, f"{stem}{suffix}")


@router.get("/draft/{key}/corrected-notes")
def notes(request: Request, key: str) -> Response:
    """What the clerk should know of the corrected copy before taking it: {notes: [sentence]}."""
    house = house_of(request)
    draft = load(house.engine, key)
    if draft is None:
        raise HTTPException(404)
    try:
        copy = _corrected_copy(house, draft)
    except CopyError as error:
        return JSONResponse({"notes": [str(error)]})
    first = "您原来的文件，只改动过的格子。" if copy.own else "官方表样的 Excel。"
    return JSONResponse({"notes": [first, *copy.notes]})


def _corrected_copy(house: House, draft: Draft) -> Copy:
    words = layout_words(house.profile.layout)
    return corrected_copy(draft.data, draft.name, judgeable(draft.submission).forms, words)


def _corrected(house: House, draft: Draft, _: JudgedSubmission) -> tuple[bytes, str]:
    copy = _corrected_copy(house, draft)
    return copy.data, f"（修改后）{copy.suffix}"


def _annotated(house: House, draft: Draft, judged: JudgedSubmission) -> tuple[bytes, str]:
    words = layout_words(house.profile.layout)
    copy = annotated_copy(draft.data, draft.name, judged, words)
    return copy.data, f"（批注）{copy.suffix}"


def _opinion(house: House, _: Draft, judged: JudgedSubmission) -> tuple[bytes, str]:
    return opinion(rank([judged]), house.profile), "（审核意见）.docx"


def _json(house: House, _: Draft, judged: JudgedSubmission) -> tuple[bytes, str]:
    return scores_json([judged], house.profile).encode(), ".json"


Maker = Callable[[House, Draft, JudgedSubmission], tuple[bytes, str]]
FILES: dict[str, Maker] = {
    "corrected": _corrected,
    "annotated": _annotated,
    "opinion": _opinion,
    "json": _json,
}
