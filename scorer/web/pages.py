"""Renders the templates; what every page needs is put in here."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from fastapi.responses import HTMLResponse

from scorer.forms import SEVERITY_NAMES
from scorer.reports.masking import mask
from scorer.rules.catalogue import LETTERS
from scorer.version import __version__
from scorer.web.sheet import radar

HERE = Path(__file__).parent
STATIC = HERE / "static"
REPORTS = HERE.parent / "reports" / "templates"  # the report file's own, shared
REPORT_CSS = REPORTS / "report.css"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([HERE / "templates", REPORTS]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(mask=mask, points=points, gain=gain, day=day)
    environment.filters["radar"] = radar
    environment.globals.update(version=__version__, severities=SEVERITY_NAMES, letters=LETTERS)
    return environment


def render(template: str, **values: Any) -> str:
    """One template as text."""
    return _environment().get_template(template).render(values)


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One template as a whole page."""
    return HTMLResponse(render(template, **values), status)


def points(value: float) -> str:
    """«89.9»."""
    return f"{value:.1f}"


def gain(value: float) -> str:
    """«+4.1», «−0.5», "" where nothing changed."""
    if abs(value) < 0.05:
        return ""
    return f"{'+' if value > 0 else '−'}{abs(value):.1f}"


def day(seconds: float) -> str:
    """A time of the store in local words: «11月29日 09:30»."""
    when = dt.datetime.fromtimestamp(seconds)
    return f"{when.month}月{when.day}日 {when:%H:%M}"
