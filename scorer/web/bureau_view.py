"""One batch as its pages show it: ranked with the decisions that hold, compared with an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from scorer.forms import JudgedForm, JudgedSubmission
from scorer.judge import judge_again
from scorer.profile import Profile
from scorer.ranking import Ranked, Ranking, rank
from scorer.reports.html_data import index_row
from scorer.web import batches
from scorer.web.batches import Decision, unit_of

Spot = tuple[int, int]  # document in the store, form in it
SORTS = {"place": 0, "score": 1, "project": 3, "unit": 4, "amount": 5, "count": 6, "delta": -1}


@dataclass(frozen=True)
class Row:
    """One line of the ranking; ``cells`` as the HTML report's index, ``delta`` against the
    earlier batch: points, None where the form is new or nothing is compared."""

    spot: Spot
    ranked: Ranked
    cells: Sequence[Any]
    delta: float | None

    @property
    def key(self) -> tuple[str, str]:
        return (self.ranked.unit, self.ranked.judged.form.project or "")


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
        id(form): (document, n)
        for document, judged in found
        for n, (_, form) in enumerate(forms_of(judged))
    }
    ranking = rank([j for _, judged in found for j in judged])
    before = _totals(engine, profile, batch.previous) if batch.previous else {}
    rows = tuple(
        Row(spots[id(r.judged)], r, index_row(r), _delta(r, before)) for r in ranking.forms
    )
    return BatchView(ranking, rows, made, bool(batch.previous), {r.spot: r for r in rows})


def forms_of(judged: Sequence[JudgedSubmission]) -> list[tuple[JudgedSubmission, JudgedForm]]:
    """All forms of one file, each with the document it stands in."""
    return [(document, form) for document in judged for form in document.forms]


def judged_documents(engine: Engine, profile: Profile, batch: str) -> list[JudgedSubmission]:
    """The documents of a batch with the decisions that hold now."""
    found, _ = _decided_documents(engine, profile, batch)
    return [j for _, judged in found for j in judged]


def _decided_documents(
    engine: Engine, profile: Profile, batch: str
) -> tuple[list[tuple[int, tuple[JudgedSubmission, ...]]], dict[tuple[str, str], Decision]]:
    stored = batches.judged_of(engine, batch)
    units = batches.units_of(j for _, judged in stored for j in judged)
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


def _totals(engine: Engine, profile: Profile, batch: str) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for document in judged_documents(engine, profile, batch):
        for form in document.forms:
            unit = unit_of(form, document) or "（未写单位）"
            found[unit, form.form.project or ""].append(form.review.total)
    return dict(found)


def _delta(row: Ranked, before: dict[tuple[str, str], list[float]]) -> float | None:
    totals = before.get((row.unit, row.judged.form.project or ""))
    return round(row.judged.review.total - totals.pop(0), 1) if totals else None
