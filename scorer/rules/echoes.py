"""Words that come back in several rows and stand nowhere else in the form: another project's rows.

«茶园» in four rows of a flower festival whose name, overview and goal know of no tea. One such row the
model may doubt only a little; that several of them speak of one thing tells them.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean

from scorer.forms import Form
from scorer.rules.context import Context
from scorer.rules.counted import core_of
from scorer.rules.trades import in_topics, kin_of, pairs_in, rare_letters, telling_of

# Rows with one word, or one rare letter (茶农, 采茶机), that are not the form's own; in the training rows
# one sound form in four hundred has them and is doubted so much.
_OF_WORD, _OF_LETTER = 3, 4
_DOUBT = 0.2  # what the model must think of them on average
_TEXTS = ("project", "unit", "overview", "basis", "necessity", "safeguards", "plan",
          "goal_period", "goal_annual")  # fmt: skip


def strangers_together(form: Form, ctx: Context) -> dict[int, str]:
    """Row index -> the word that it shares with other rows and with nothing else of the form.

    Only rows with a figure or a date: what is copied in is a good form.
    """
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for index, row, target in ctx.rows():
        if target.quantities or target.moments:
            core = core_of(row.name)
            words = {word for word in telling_of(pairs_in([core])) if in_topics(word)}
            for word in words | rare_letters(core):
                rows[word].setdefault(core, index)
    often = {word: named for word, named in rows.items() if len(named) >= _least(word)}
    own = _own_words(form) if often else set()
    found: dict[int, str] = {}
    for word in sorted(often.keys() - own):
        indices = often[word].values()
        if fmean(map(ctx.doubt, indices)) >= _DOUBT:
            found.update(dict.fromkeys(indices, word))
    return found


def _least(word: str) -> int:
    return _OF_WORD if len(word) > 1 else _OF_LETTER


def _own_words(form: Form) -> set[str]:
    """Pairs of letters, and letters, of everything that the form says besides its rows."""
    texts = [form.text(name) or "" for name in _TEXTS]
    return pairs_in(texts) | kin_of(pairs_in([form.project])) | set("".join(texts))
