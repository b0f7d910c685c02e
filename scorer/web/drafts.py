"""The clerks' drafts in the store: the file as it came, its forms as edited, every edit.

Each edit is saved before it is judged; one that arrives twice is done once; two that meet
(the same draft in two windows) are done one after the other. So nothing is ever lost.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update

from scorer.forms import Form, Submission
from scorer.web import codec
from scorer.web.tables import draft_edits, draft_forms, drafts

KEPT_DAYS = 180.0
MOST_EDITS = 500  # that can be undone


@dataclass(frozen=True, slots=True)
class Draft:
    """One file being mended; ``submission`` holds the forms as they are now."""

    id: str
    name: str
    data: bytes
    submission: Submission
    first_totals: tuple[float | None, ...]
    versions: tuple[int, ...]
    edits: tuple[int, ...]  # how many can be undone, by form
    shapes: tuple[int, ...]  # number of the row structure, by form


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one form. ``mark`` names it for good; ``merge`` joins it to the edit before,
    where that has the same ``what``: typing one word is one step to undo."""

    mark: str
    what: str
    change: Callable[[Form], Form]
    merge: bool = False
    shape: int | None = None  # of the rows that the edit was made on


class StaleRowsError(Exception):
    """The edit was made on rows that are no longer so: another window added or deleted some."""


def create(
    engine: Engine, name: str, data: bytes, submission: Submission, totals: Sequence[float]
) -> str:
    """Keep a new draft; gives its id, which nobody can guess."""
    key = secrets.token_urlsafe(16)
    now = time.time()
    with engine.begin() as db:
        db.execute(delete(drafts).where(drafts.c.touched < now - KEPT_DAYS * 86400))
        db.execute(
            insert(drafts).values(
                id=key, name=name, data=data, submission=codec.dump(submission),
                created=now, touched=now,
            )
        )  # fmt: skip
        for n, (form, total) in enumerate(zip(submission.forms, totals, strict=True)):
            db.execute(
                insert(draft_forms).values(
                    draft=key, n=n, form=codec.dump(form), version=0, first_total=total
                )
            )
    return key


def load(engine: Engine, key: str) -> Draft | None:
    """The draft as it stands, None where there is none."""
    with engine.connect() as db:
        row = db.execute(select(drafts).where(drafts.c.id == key)).first()
        if row is None:
            return None
        forms = db.execute(
            select(draft_forms).where(draft_forms.c.draft == key).order_by(draft_forms.c.n)
        ).all()
        counts = db.execute(
            select(draft_edits.c.n, func.count()).where(draft_edits.c.draft == key).group_by("n")
        ).all()
    undoable = {row[0]: row[1] for row in counts}
    now = tuple(codec.load(Form, f.form) for f in forms)
    return Draft(
        key,
        row.name,
        row.data,
        replace(codec.load(Submission, row.submission), forms=now),
        tuple(f.first_total for f in forms),
        tuple(f.version for f in forms),
        tuple(undoable.get(n, 0) for n in range(len(forms))),
        tuple(f.shape for f in forms),
    )


def original(engine: Engine, key: str) -> Submission | None:
    """The document as it was read, before any edit."""
    with engine.connect() as db:
        data = db.execute(select(drafts.c.submission).where(drafts.c.id == key)).scalar()
    return None if data is None else codec.load(Submission, data)


def apply(engine: Engine, key: str, n: int, edits: Sequence[Edit]) -> None:
    """Do the edits to form ``n``, all or none. Raises KeyError for no such form, StaleRowsError
    for edits made on other rows; whatever ``change`` raises leaves the draft as it was."""
    with engine.begin() as db:
        came, shape = _locked(db, key, n)
        form = came
        known = _marks(db, key, [e.mark for e in edits])
        for edit in edits:
            if edit.mark in known:
                continue
            if edit.shape not in (None, shape):
                raise StaleRowsError
            changed = edit.change(form)
            if changed != form and not (edit.merge and _joins(db, key, n, edit)):
                db.execute(
                    insert(draft_edits).values(
                        draft=key, n=n, mark=edit.mark, what=edit.what, before=codec.dump(form)
                    )
                )
            form = changed
        _save(db, key, n, came, form)
        _forget_old(db, key)


def undo(engine: Engine, key: str, n: int) -> str | None:
    """Take the last edit of form ``n`` back; gives what it was, None where there is none."""
    with engine.begin() as db:
        before, _ = _locked(db, key, n)
        last = db.execute(_last_edit(key, n)).first()
        if last is None:
            return None
        db.execute(delete(draft_edits).where(draft_edits.c.id == last.id))
        _save(db, key, n, before, codec.load(Form, last.before))
    return str(last.what)


def _locked(db: Connection, key: str, n: int) -> tuple[Form, int]:
    """The form and its shape, held against other writers until the transaction ends."""
    mine = (draft_forms.c.draft == key) & (draft_forms.c.n == n)
    found = db.execute(update(draft_forms).where(mine).values(version=draft_forms.c.version + 1))
    if not found.rowcount:
        raise KeyError(key)
    row = db.execute(select(draft_forms.c.form, draft_forms.c.shape).where(mine)).one()
    return codec.load(Form, row.form), row.shape


def _save(db: Connection, key: str, n: int, before: Form, form: Form) -> None:
    mine = (draft_forms.c.draft == key) & (draft_forms.c.n == n)
    moved = int(_shape_of(before) != _shape_of(form))
    values = {"form": codec.dump(form), "shape": draft_forms.c.shape + moved}
    db.execute(update(draft_forms).where(mine).values(values))
    db.execute(update(drafts).where(drafts.c.id == key).values(touched=time.time()))


def _shape_of(form: Form) -> list[tuple[str, str]]:
    """What must stay as it is for a row's number to mean the same row."""
    return [(row.phase, row.level2) for row in form.indicators]


def _marks(db: Connection, key: str, marks: Sequence[str]) -> set[str]:
    found = db.execute(
        select(draft_edits.c.mark).where(draft_edits.c.draft == key, draft_edits.c.mark.in_(marks))
    )
    return set(found.scalars())


def _last_edit(key: str, n: int) -> Select[Any]:
    mine = (draft_edits.c.draft == key) & (draft_edits.c.n == n)
    return select(draft_edits).where(mine).order_by(draft_edits.c.id.desc()).limit(1)


def _joins(db: Connection, key: str, n: int, edit: Edit) -> bool:
    last = db.execute(_last_edit(key, n)).first()
    return last is not None and last.what == edit.what


def _forget_old(db: Connection, key: str) -> None:
    oldest = (
        select(draft_edits.c.id)
        .where(draft_edits.c.draft == key)
        .order_by(draft_edits.c.id.desc())
        .offset(MOST_EDITS)
        .limit(1)
    )
    if (limit := db.execute(oldest).scalar()) is not None:
        db.execute(delete(draft_edits).where(draft_edits.c.draft == key, draft_edits.c.id <= limit))
