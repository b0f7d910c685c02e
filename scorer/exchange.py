"""Submissions as JSON («jixiao/forms/1») and back; the schema stands in docs/schema."""

from __future__ import annotations

import dataclasses
import itertools
import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scorer.forms import (
    Finding,
    Form,
    Funding,
    Goal,
    Indicator,
    JudgedForm,
    JudgedSubmission,
    Ledger,
    Line,
    Place,
    Problem,
    Review,
    Submission,
    Yuan,
)

FORMS_SCHEMA = "jixiao/forms/1"
SCORES_SCHEMA = "jixiao/scores/1"

_PLAIN_FIELDS = (
    "project department_code department unit fiscal_year attribute period total_yuan annual_yuan"
).split()
_TEXT_FIELDS = "overview basis necessity safeguards plan".split()
_EXTRA_FIELDS = "leader handler phone title layout".split()
_INDICATOR_EXTRAS = "declared_kind direction weight baseline explanation".split()


class ExchangeError(ValueError):
    """JSON that is not ours; the message says where and what was expected."""


def dumps(data: Any) -> str:
    """JSON text with Chinese as it is, amounts as plain numbers."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=_number)


def _number(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


# --- out -----------------------------------------------------------------------


def place_json(place: Place) -> dict[str, Any]:
    """Only the parts that are known."""
    return {k: v for k, v in dataclasses.asdict(place).items() if v is not None}


def submission_json(submission: Submission) -> dict[str, Any]:
    """One document as design.md section 7 prints it."""
    return {
        "path": submission.path,
        "sha256": submission.sha256,
        "unit": submission.unit,
        "fiscal_year": submission.fiscal_year,
        "forms": [form_json(form) for form in submission.forms],
        "ledger": ledger_json(submission.ledger),
        "narrative": [
            {"text": line.text, "place": place_json(line.place)} for line in submission.narrative
        ],
        "problems": [problem_json(p) for p in submission.problems],
    }


def form_json(form: Form) -> dict[str, Any]:
    """One form with every field of section 7; null where the form has nothing."""
    data: dict[str, Any] = {name: getattr(form, name) for name in _PLAIN_FIELDS}
    data["funding"] = {
        "period": dataclasses.asdict(form.funding_period),
        "annual": dataclasses.asdict(form.funding_annual),
    }
    data.update({name: getattr(form, name) for name in _TEXT_FIELDS})
    data["goal_period"], data["goal_annual"] = form.goal.period, form.goal.annual
    data["filled_at"] = form.filled_at
    data.update({name: getattr(form, name) for name in _EXTRA_FIELDS})
    data["place"] = place_json(form.place)
    data["places"] = {name: place_json(place) for name, place in form.places.items()}
    data["asked"] = sorted(form.asked)
    data["indicators"] = [_indicator_json(i) for i in form.indicators]
    return data


def _indicator_json(indicator: Indicator) -> dict[str, Any]:
    data: dict[str, Any] = {
        "phase": indicator.phase,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "value": indicator.value,
        "place": place_json(indicator.place),
    }
    for name in _INDICATOR_EXTRAS:
        if (value := getattr(indicator, name)) is not None:
            data[name] = value
    return data


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """The ledger's figures in yuan, each with its place."""

    def plain(value: Any) -> Any:
        if isinstance(value, Place):
            return place_json(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        if isinstance(value, Mapping):
            return {k: plain(v) for k, v in value.items()}
        if isinstance(value, tuple | list):
            return [plain(v) for v in value]
        return value

    data = plain(ledger)
    assert isinstance(data, dict)
    return data


def problem_json(problem: Problem) -> dict[str, Any]:
    """What could not be read, where, and what to do."""
    return {
        "path": problem.path,
        "code": problem.code,
        "message": problem.message,
        "remedy": problem.remedy,
        "lost": problem.lost,
        "place": place_json(problem.place),
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding; ``indicator`` is the row's index or null."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "why": finding.why,
        "advice": finding.advice,
        "proposals": list(finding.proposals),
        "basis": finding.basis,
        "confidence": round(finding.confidence, 4),
        "indicator": finding.indicator,
        "field": finding.field or None,
        "evidence": finding.evidence,
        "project": finding.project,
        "place": place_json(finding.place),
        "more_places": [place_json(p) for p in finding.more_places],
        "preview": finding.preview,
        "also": list(finding.also),
        "summary": finding.summary or None,
        "fingerprint": finding.fingerprint,
    }


def review_json(review: Review) -> dict[str, Any]:
    """The 88号 sheet."""
    return {
        "items": [
            {
                "item": item.item,
                "max": item.max,
                "score": round(item.score, 2),
                "manual": item.manual,
                "deductions": [
                    {
                        "code": d.code,
                        "points": d.points,
                        "reason": d.reason,
                        "finding": d.finding,
                        "place": place_json(d.place),
                    }
                    for d in item.deductions
                ],
            }
            for item in review.items
        ],
        "smart": review.smart,
        "total": review.total,
        "grade": review.grade,
        "qualitative": review.qualitative,
        "consequence": review.consequence,
        "caps": list(review.caps),
        "mendings": [dataclasses.asdict(m) for m in review.mendings],
    }


def judged_json(judged: JudgedSubmission) -> dict[str, Any]:
    """The parsed document with, per form, findings and review."""
    data = submission_json(judged.submission)
    data["problems"] = [problem_json(p) for p in judged.problems]
    for target, form in zip(data["forms"], judged.forms, strict=True):
        target.update(_judgement_json(form))
    data["findings"] = [finding_json(f) for f in judged.findings]
    return data


def _judgement_json(form: JudgedForm) -> dict[str, Any]:
    return {
        "findings": [finding_json(f) for f in form.findings],
        "dismissed": [finding_json(f) for f in form.dismissed],
        "review": review_json(form.review),
    }


# --- in ------------------------------------------------------------------------


def is_exchange(data: bytes) -> bool:
    """True for bytes that look like our own JSON (cheap: reads the beginning only)."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and (b'"jixiao/' in head or b'"documents"' in head)


def loads(data: bytes | str, path: str) -> list[Submission]:
    """Submissions from the JSON that `jixiao parse` prints; missing keys are allowed.

    Raises ExchangeError naming the place of the first thing that does not fit.
    """
    try:
        tree = json.loads(data, parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExchangeError(f"{path} 不是完整的 JSON：{error}") from error
    documents = _expect(tree, dict, path, "最外层").get("documents", [])
    return [
        _submission(_expect(d, dict, path, f"documents[{n}]"), path)
        for n, d in enumerate(_expect(documents, list, path, "documents"))
    ]


def _submission(data: Mapping[str, Any], path: str) -> Submission:
    name = data.get("path") or path
    forms = tuple(
        form_from_json(_expect(f, dict, path, f"forms[{n}]"), path)
        for n, f in enumerate(data.get("forms") or [])
    )
    problems = tuple(
        Problem(
            path=p.get("path", name),
            message=p.get("message", ""),
            remedy=p.get("remedy", ""),
            place=_place(p.get("place")),
            code=p.get("code", "unreadable"),
            lost=p.get("lost", True),
        )
        for p in data.get("problems") or []
        if p.get("code") != "rule-failed"
    )
    return Submission(
        path=name,
        sha256=data.get("sha256") or "",
        unit=data.get("unit"),
        fiscal_year=data.get("fiscal_year"),
        forms=forms,
        ledger=_build(Ledger, data.get("ledger")),
        problems=problems,
        narrative=tuple(_build(Line, line) for line in data.get("narrative") or []),
    )


def form_from_json(data: Mapping[str, Any], path: str = "-") -> Form:
    """A Form from design.md section 7's JSON; missing keys are missing fields.

    Numbers where text is expected become text. Raises ExchangeError for what does not fit.
    """
    texts: dict[str, Any] = {name: _text(data.get(name)) for name in _FORM_TEXTS}
    funding = _expect(data.get("funding") or {}, dict, path, "funding")
    rows = _expect(data.get("indicators") or [], list, path, "indicators")
    try:
        return Form(
            **texts,
            fiscal_year=_whole(data.get("fiscal_year")),
            total_yuan=_yuan(data.get("total_yuan")),
            annual_yuan=_yuan(data.get("annual_yuan")),
            layout=_text(data.get("layout")) or "",
            funding_period=_funding(funding.get("period")),
            funding_annual=_funding(funding.get("annual")),
            goal=Goal(_text(data.get("goal_period")), _text(data.get("goal_annual"))),
            indicators=tuple(_indicator(r, path, n) for n, r in enumerate(rows)),
            place=_place(data.get("place")),
            places={k: _place(v) for k, v in (data.get("places") or {}).items()},
            asked=frozenset(data.get("asked") or _asked(data)),
        )
    except (TypeError, AttributeError, ArithmeticError) as error:
        raise ExchangeError(
            f"{path} 里「{data.get('project')}」的内容不合格式：{error}。格式见 docs/schema/forms.schema.json。"
        ) from error


_FORM_TEXTS = tuple(
    name
    for name in (*_PLAIN_FIELDS, *_TEXT_FIELDS, "filled_at", *_EXTRA_FIELDS)
    if name not in ("fiscal_year", "total_yuan", "annual_yuan", "layout")
)


def _indicator(data: Any, path: str, n: int) -> Indicator:
    row = _expect(data, dict, path, f"indicators[{n}]")
    extras: dict[str, Any] = {k: _text(row.get(k)) for k in _INDICATOR_EXTRAS}
    return Indicator(
        level1=_text(row.get("level1")) or "",
        level2=_text(row.get("level2")) or "",
        name=_text(row.get("name")) or "",
        value=_text(row.get("value")) or "",
        phase="period" if row.get("phase") == "period" else "annual",
        place=_place(row.get("place")),
        **extras,
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def _yuan(value: Any) -> Yuan | None:
    """An amount given as a number, or as text of one («600,000»)."""
    if value is None or value == "":
        return None
    amount = Decimal(str(value).replace(",", ""))
    return int(amount) if amount == amount.to_integral_value() else amount


def _funding(data: Mapping[str, Any] | None) -> Funding:
    names = [f.name for f in dataclasses.fields(Funding)]
    return Funding(**{name: _yuan((data or {}).get(name)) for name in names})


def _asked(data: Mapping[str, Any]) -> set[str]:
    """A form from another program asks for every field it names.

    Where all five descriptive fields are named and all but one are without text, the template
    has no cells for them, as those that are published.
    """
    named = {n for n in (*_PLAIN_FIELDS, *_TEXT_FIELDS, "goal_period", "goal_annual") if n in data}
    blank = {n for n in _TEXT_FIELDS if n in data and not data[n]}
    return named - blank if len(blank) >= len(_TEXT_FIELDS) - 1 else named


def _revive(hint: Any, value: Any) -> Any:
    """Rebuild plain JSON as the annotated type: nested dataclasses, tuples, dicts, optionals."""
    if value is None:
        return None
    arguments = [a for a in typing.get_args(hint) if a is not type(None)]
    origin = typing.get_origin(hint)
    if origin is tuple:
        kinds = itertools.repeat(arguments[0]) if arguments[-1] is ... else iter(arguments)
        return tuple(_revive(kind, item) for kind, item in zip(kinds, value, strict=False))
    if origin is dict:
        return {k: _revive(arguments[1], v) for k, v in value.items()}
    if origin in (types.UnionType, typing.Union) and len(arguments) == 1:
        return _revive(arguments[0], value)
    return _build(hint, value) if dataclasses.is_dataclass(hint) else value


def _build(kind: Any, data: Mapping[str, Any] | None) -> Any:
    """A dataclass from its JSON object; unknown keys are ignored, missing ones default."""
    hints = typing.get_type_hints(kind)
    return kind(**{k: _revive(hints[k], v) for k, v in (data or {}).items() if k in hints})


def _place(data: Mapping[str, Any] | None) -> Place:
    return typing.cast("Place", _build(Place, data))


def _expect(value: Any, kind: type[Any], path: str, where: str) -> Any:
    if not isinstance(value, kind):
        wanted = "对象 {…}" if kind is dict else "数组 […]"
        raise ExchangeError(
            f"{path} 的 {where} 应是{wanted}。格式见 docs/schema/forms.schema.json。"
        )
    return value
