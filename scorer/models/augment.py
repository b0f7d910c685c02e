"""Forms with rows moved in from other projects: more examples of what does not belong.

Used for training alone, never for measuring the authored rows. A row moves within its fold, half of
the time from a neighbouring topic of the same field, and only if its words are special
enough to belong somewhere: «满意度» of nobody in particular fits everywhere. Half of the copies
lose their 项目概况: published forms have none, written ones nearly always do.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorer.models.corpus import LabelledForm, Labels

SHARE = 0.2  # of a form's rows that are replaced
NEAR = 0.5  # of the moved rows that come from the same field
BARE = 0.5  # of the copies that lose their overview


@dataclass(frozen=True, slots=True)
class MovedForm:
    """A form with strangers in it; ``moved`` tells which rows they are."""

    item: LabelledForm
    moved: tuple[bool, ...]


def moved_forms(
    forms: Sequence[LabelledForm],
    special: Sequence[Sequence[bool]],
    seed: int,
    receive: Sequence[bool] | None = None,
) -> list[MovedForm]:
    """One copy of each form of ``receive`` (default: all) with about SHARE of its rows
    replaced by strangers; these come from any form.

    ``special[f][r]`` says whether row r of form f may move (see the module's note).
    """
    rng = random.Random(seed)
    pools: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for f, item in enumerate(forms):
        for r, label in enumerate(item.labels):
            if special[f][r] and not label.mismatch:
                pools.setdefault((item.fold, item.field), []).append((f, r))
                pools.setdefault((item.fold, ""), []).append((f, r))
    takers = forms if receive is None else [f for f, yes in zip(forms, receive, strict=True) if yes]
    return [_with_strangers(item, forms, pools, rng) for item in takers]


def _with_strangers(
    item: LabelledForm,
    forms: Sequence[LabelledForm],
    pools: dict[tuple[int, str], list[tuple[int, int]]],
    rng: random.Random,
) -> MovedForm:
    rows, labels = list(item.form.indicators), list(item.labels)
    moved = [False] * len(rows)
    for place in rng.sample(range(len(rows)), max(1, round(SHARE * len(rows)))):
        near = rng.random() < NEAR
        pool = pools.get((item.fold, item.field if near else ""), [])
        source = [rng.choice(pool) for _ in range(8)] if pool else []
        pick = next((s for s in source if _stranger(item, forms[s[0]])), None)
        if pick is None:
            continue
        f, r = pick
        rows[place] = replace(forms[f].form.indicators[r])
        labels[place] = replace(_unknown(forms[f].labels[r]), mismatch=True)
        moved[place] = True
    overview = item.form.overview if rng.random() >= BARE else None
    form = replace(item.form, indicators=tuple(rows), overview=overview)
    return MovedForm(replace(item, form=form, labels=tuple(labels)), tuple(moved))


def _stranger(item: LabelledForm, other: LabelledForm) -> bool:
    return other.topic != item.topic and other.form.project != item.form.project


def _unknown(label: Labels) -> Labels:
    """A moved row keeps what was said of it alone; what hung on its form is unknown."""
    return replace(label, incoherent=None)
