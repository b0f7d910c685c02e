"""One batch as its pages show it: ranked with the decisions that hold, compared with an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from scorer.compare import FormChange, compare
from scorer.forms import JudgedForm, JudgedSubmission
from scorer.judge import judge_again
from scorer.profile import Profile
from scorer.ranking import Ranked, Ranking, rank
from scorer.reports.html_data import index_row
from scorer.web import batches
from scorer.web.batches import Decision

Spot = tuple[int, int]  # document in the store, form in it
SORTS = {"place": 0, "score": 1, "project": 3, "unit": 4, "amount": 5, "count": 6, "delta": -1}


@dataclass(frozen=True)
class Row:
    """One line of the ranking; ``cells`` as the HTML report's index, ``change`` against the
    earlier batch, None where the form is new or nothing is compared."""

    spot: Spot
    ranked: Ranked
    cells: Sequence[Any]
    change: FormChange | None
    document: JudgedSubmission

    @property
    def delta(self) -> float | None:
        """Points gained since then."""
        return self.change.gain if self.change else None


@dataclass(frozen=True)
class BatchView:
    """A batch, ranked. ``decisions`` are all those on its units."""

    ranking: Ranking
    rows: tuple[Row, ...]
    decisions: Mapping[tuple[str, str], Decision]
    compared: bool
    by_spot: Mapping[Spot, Row] = field(default_factory=dict)

    def chosen(self, filters: Mapping[str, str]) -> list[Row]:
        """The rows that a query asks for, in its order."""
        words = filters.get("q", "").lower().split()
        rows = [
            r
            for r in self.rows
            if filters.get("unit", "") in ("", r.cells[4])
            and filters.get("grade", "") in ("", r.cells[2])
            and (not filters.get("rule") or filters["rule"] in str(r.cells[9]).split())
            and all(word in _searched(r) for word in words)
        ]
        sort = filters.get("sort", "")
        name = sort.removeprefix("-")
        if name not in SORTS or name == "place":
            return rows[::-1] if sort == "-place" else rows

        def value(row: Row) -> Any:
            return row.delta if name == "delta" else row.cells[SORTS[name]]

        known = sorted((r for r in rows if value(r) is not None), key=value, reverse=sort[0] == "-")
        return [*known, *(r for r in rows if value(r) is None)]


def _searched(row: Row) -> str:
    return " ".join(str(row.cells[n]) for n in (3, 4, 7, 8, 10, 11)).lower()


def view_batch(engine: Engine, profile: Profile, batch: batches.Batch) -> BatchView:
    """Everything the batch's pages show, as the decisions stand now."""
    found, made = _decided_documents(engine, profile, batch.id)
    spots = {
        id(form): ((key, n), document)
        for key, judged in found
        for n, (document, form) in enumerate(forms_of(judged))
    }
    ranking = rank(_flat(found))
    changes = {}
    if batch.previous:
        earlier, _ = _decided_documents(engine, profile, batch.previous)
        changes = _changes(_flat(earlier), _flat(found))
    rows = tuple(_row(r, *spots[id(r.judged)], changes.get(id(r.judged))) for r in ranking.forms)
    return BatchView(ranking, rows, made, bool(batch.previous), {r.spot: r for r in rows})


def _row(ranked: Ranked, spot: Spot, document: JudgedSubmission, change: FormChange | None) -> Row:
    return Row(spot, ranked, index_row(ranked), change, document)


def forms_of(judged: Sequence[JudgedSubmission]) -> list[tuple[JudgedSubmission, JudgedForm]]:
    """All forms of one file, each with the document it stands in."""
    return [(document, form) for document in judged for form in document.forms]


def _flat(
    found: Sequence[tuple[int, tuple[JudgedSubmission, ...]]],
) -> list[JudgedSubmission]:
    return [j for _, judged in found for j in judged]


def _changes(
    old: Sequence[JudgedSubmission], new: Sequence[JudgedSubmission]
) -> dict[int, FormChange]:
    """What became of each form since the earlier batch, by the identity of its judgement."""
    pairs = compare(old, new).forms
    return {id(c.new): c for c in pairs if c.new is not None and c.old is not None}


def _decided_documents(
    engine: Engine, profile: Profile, batch: str
) -> tuple[list[tuple[int, tuple[JudgedSubmission, ...]]], dict[tuple[str, str], Decision]]:
    stored = batches.judged_of(engine, batch)
    units = batches.units_of(_flat(stored))
    made = batches.decided(engine, units)
    points = batches.points_by_hand(engine, units)
    heeded = [
        (document, tuple(_heeding(j, made, points, profile) for j in judged))
        for document, judged in stored
    ]
    return heeded, made


def _heeding(
    judged: JudgedSubmission,
    made: dict[tuple[str, str], Decision],
    points: dict[tuple[str, str, int], dict[str, float]],
    profile: Profile,
) -> JudgedSubmission:
    sidecar = batches.sidecar_of(judged, made, points)
    if not sidecar.dismissals and not sidecar.items:
        return judged
    return judge_again(judged, sidecar, profile)
