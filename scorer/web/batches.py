"""The bureau's batches in the store: files, what was judged of them, what reviewers decided."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from scorer.forms import JudgedForm, JudgedSubmission
from scorer.sidecar import Dismissal, Sidecar
from scorer.web import codec
from scorer.web.tables import batches, decisions, documents, hand_points

DISMISS, CONFIRM = "dismiss", "confirm"


@dataclass(frozen=True, slots=True)
class Batch:
    """What was loaded at one time; ``done`` of ``files`` are judged."""

    id: str
    name: str
    created: float
    previous: str | None
    files: int
    done: int


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's word on one finding of one unit."""

    unit: str
    fingerprint: str
    kind: str
    reason: str
    code: str
    project: str
    until: str | None = None


def create(
    engine: Engine, name: str, files: Iterable[tuple[str, bytes]], previous: str | None = None
) -> str:
    """Keep a new batch of files, none judged yet; gives its id."""
    key = secrets.token_urlsafe(9)
    with engine.begin() as db:
        db.execute(
            insert(batches).values(id=key, name=name, created=time.time(), previous=previous)
        )
        for n, (file, data) in enumerate(files):
            db.execute(insert(documents).values(batch=key, n=n, name=file, data=data, done=False))
    return key


def every(engine: Engine) -> list[Batch]:
    """All batches, the newest first."""
    done = func.count().filter(documents.c.done)
    joined = batches.outerjoin(documents)
    query = (
        select(batches, func.count(documents.c.id).label("files"), done.label("done"))
        .select_from(joined)
        .group_by(*batches.c)
        .order_by(batches.c.created.desc())
    )
    with engine.connect() as db:
        return [
            Batch(r.id, r.name, r.created, r.previous, r.files, r.done) for r in db.execute(query)
        ]


def find(engine: Engine, key: str) -> Batch | None:
    """One batch, None where there is none."""
    return next((b for b in every(engine) if b.id == key), None)


def remove(engine: Engine, key: str) -> None:
    """Drop a batch and its files; decisions stay, since they belong to the units."""
    with engine.begin() as db:
        db.execute(delete(batches).where(batches.c.id == key))


def compare_with(engine: Engine, key: str, previous: str | None) -> None:
    """Set the earlier batch that this one is compared with."""
    with engine.begin() as db:
        db.execute(update(batches).where(batches.c.id == key).values(previous=previous))


def pending(engine: Engine, key: str | None = None) -> list[int]:
    """Documents not judged yet, of one batch or of all."""
    query = select(documents.c.id).where(~documents.c.done).order_by(documents.c.id)
    if key is not None:
        query = query.where(documents.c.batch == key)
    with engine.connect() as db:
        return list(db.execute(query).scalars())


def file_of(engine: Engine, document: int) -> tuple[str, bytes] | None:
    """A document's name and bytes as they came."""
    query = select(documents.c.name, documents.c.data).where(documents.c.id == document)
    with engine.connect() as db:
        row = db.execute(query).first()
    return None if row is None else (row.name, row.data)


def save(engine: Engine, document: int, judged: Sequence[JudgedSubmission]) -> None:
    """Keep what was judged of a document, without any decision."""
    data = codec.dump(tuple(judged))
    with engine.begin() as db:
        db.execute(
            update(documents).where(documents.c.id == document).values(judged=data, done=True)
        )


def forget_judged(engine: Engine, key: str) -> None:
    """All documents of a batch wait to be judged again."""
    with engine.begin() as db:
        db.execute(
            update(documents).where(documents.c.batch == key).values(judged=None, done=False)
        )


def judged_of(engine: Engine, key: str) -> list[tuple[int, tuple[JudgedSubmission, ...]]]:
    """(document, what was judged of it) of a batch, in the order of its files."""
    query = (
        select(documents.c.id, documents.c.judged)
        .where(documents.c.batch == key, documents.c.done)
        .order_by(documents.c.n)
    )
    with engine.connect() as db:
        rows = db.execute(query).all()
    return [(r.id, codec.load(tuple[JudgedSubmission, ...], r.judged)) for r in rows]


# --- decisions -----------------------------------------------------------------


def decide(engine: Engine, decision: Decision) -> None:
    """Keep a decision; an older one on the same finding is replaced."""
    mine = (decisions.c.unit == decision.unit) & (decisions.c.fingerprint == decision.fingerprint)
    with engine.begin() as db:
        db.execute(delete(decisions).where(mine))
        db.execute(
            insert(decisions).values(
                unit=decision.unit, fingerprint=decision.fingerprint, kind=decision.kind,
                reason=decision.reason, code=decision.code, project=decision.project,
                until=decision.until, made=time.time(),
            )
        )  # fmt: skip


def withdraw(engine: Engine, unit: str, fingerprint: str) -> None:
    """Forget a decision."""
    mine = (decisions.c.unit == unit) & (decisions.c.fingerprint == fingerprint)
    with engine.begin() as db:
        db.execute(delete(decisions).where(mine))


def set_points(
    engine: Engine, unit: str, project: str, year: int, item: str, points: float | None
) -> None:
    """Set one item of one form by hand; None leaves it to the program again."""
    mine = (
        (hand_points.c.unit == unit)
        & (hand_points.c.project == project)
        & (hand_points.c.year == year)
        & (hand_points.c.item == item)
    )
    with engine.begin() as db:
        db.execute(delete(hand_points).where(mine))
        if points is not None:
            db.execute(
                insert(hand_points).values(
                    unit=unit, project=project, year=year, item=item, points=points,
                    made=time.time(),
                )
            )  # fmt: skip


def decided(engine: Engine, units: Collection[str]) -> dict[tuple[str, str], Decision]:
    """All decisions on these units, by unit and fingerprint."""
    query = select(decisions).where(decisions.c.unit.in_(list(units)))
    with engine.connect() as db:
        return {
            (r.unit, r.fingerprint): Decision(
                r.unit, r.fingerprint, r.kind, r.reason, r.code, r.project, r.until
            )
            for r in db.execute(query)
        }


def points_by_hand(
    engine: Engine, units: Collection[str]
) -> dict[tuple[str, str, int], dict[str, float]]:
    """Points set by hand, by unit, project and year: {item: points}."""
    query = select(hand_points).where(hand_points.c.unit.in_(list(units)))
    found: dict[tuple[str, str, int], dict[str, float]] = {}
    with engine.connect() as db:
        for r in db.execute(query):
            found.setdefault((r.unit, r.project, r.year), {})[r.item] = r.points
    return found


def stamp(engine: Engine) -> tuple[Any, ...]:
    """Changes whenever a decision is made or withdrawn."""
    with engine.connect() as db:
        parts = [
            db.execute(select(func.count(), func.max(table.c.made)).select_from(table)).one()
            for table in (decisions, hand_points)
        ]
    return tuple(tuple(p) for p in parts)


def unit_of(form: JudgedForm, document: JudgedSubmission) -> str:
    """The unit that a form's decisions are kept under."""
    return (form.form.unit or document.submission.unit or "")[:200]


def year_of(form: JudgedForm, document: JudgedSubmission) -> int:
    """The form's fiscal year, 0 where neither it nor its document says."""
    return form.form.fiscal_year or document.submission.fiscal_year or 0


def units_of(documents: Sequence[JudgedSubmission]) -> set[str]:
    """Every unit that the documents and their forms name."""
    found = {(d.submission.unit or "")[:200] for d in documents}
    return found | {unit_of(form, d) for d in documents for form in d.forms}


def sidecar_of(
    judged: JudgedSubmission,
    made: dict[tuple[str, str], Decision],
    points: dict[tuple[str, str, int], dict[str, float]],
) -> Sidecar:
    """The decisions that speak of this document, as ``judge_again`` takes them."""
    units = units_of([judged])
    found = {f.fingerprint for f in judged.findings}
    found |= {f.fingerprint for form in judged.forms for f in form.findings}
    dismissals = tuple(
        Dismissal(
            d.fingerprint, d.reason, d.code, d.project,
            dt.date.fromisoformat(d.until) if d.until else None,
        )
        for (unit, fingerprint), d in made.items()
        if d.kind == DISMISS and unit in units and fingerprint in found
    )  # fmt: skip
    items = {
        form.form.project or "": own
        for form in judged.forms
        if (own := points.get(_points_key(form, judged)))
    }
    return Sidecar(None, dismissals, items)


def _points_key(form: JudgedForm, document: JudgedSubmission) -> tuple[str, str, int]:
    return unit_of(form, document), form.form.project or "", year_of(form, document)
