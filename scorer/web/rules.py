"""The catalogue of rules as pages: what a clerk sees who asks what a code stands for."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from scorer.reports.rule_pages import STATUS
from scorer.rules.catalogue import LETTERS, catalogue
from scorer.web.pages import page

router = APIRouter(prefix="/rules", include_in_schema=False)


@router.get("")
def index() -> HTMLResponse:
    """All rules by letter."""
    groups = [
        (letter, name, [r for r in catalogue().values() if r.letter == letter])
        for letter, (_, name) in LETTERS.items()
    ]
    return page("rules.html.j2", groups=groups)


@router.get("/{code}")
def rule(code: str) -> HTMLResponse:
    """One rule: what it checks, what it rests on, a bad and a good example."""
    found = catalogue().get(code.upper())
    if found is None:
        raise HTTPException(404)
    return page(
        "rule.html.j2", rule=found, letter=LETTERS[found.letter][1], kind=STATUS[found.status]
    )
