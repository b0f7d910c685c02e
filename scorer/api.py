"""The same program from Python.

>>> import scorer
>>> submissions = scorer.read("data/samples")           # what the documents hold
>>> judged = scorer.score(submissions)                  # findings and reviews
>>> frame = scorer.to_frame(judged)                     # one row a form, a pandas DataFrame
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.forms import Form, JudgedSubmission, Submission
from scorer.judge import judge, profile_for
from scorer.pipeline import layout_words, read_all
from scorer.reports.frames import COLUMNS, MAKERS

if TYPE_CHECKING:
    import pandas as pd


def read(path: str | Path | Sequence[str | Path], *, profile: str = "default") -> list[Submission]:
    """All documents of a file, folder, glob or list of them; problems inside, never raised.

    ``profile`` (a shipped name or a TOML file) may add a county's own layout words. Raises
    scorer.profile.ProfileError for an unknown profile.
    """
    paths = [path] if isinstance(path, str | Path) else path
    words = layout_words(profile_for(profile).layout)
    return list(read_all([str(p) for p in paths], words))


def score(
    what: Iterable[Submission | Form] | Submission | Form, *, profile: str = "default"
) -> list[JudgedSubmission]:
    """Judge submissions, or bare forms (each then stands for a document of its own).

    Raises scorer.profile.ProfileError for an unknown profile.
    """
    items = [what] if isinstance(what, Submission | Form) else what
    settings = profile_for(profile)
    return [
        judge(Submission(path="", forms=(item,)) if isinstance(item, Form) else item, settings)
        for item in items
    ]


def to_frame(judged: Iterable[JudgedSubmission], rows: str = "forms") -> pd.DataFrame:
    """A DataFrame with one row a form (``rows="forms"``) or a finding (``"findings"``).

    Raises ValueError for another ``rows``.
    """
    import pandas as pd

    if rows not in MAKERS:
        raise ValueError(f"rows must be one of {', '.join(MAKERS)}, not {rows!r}")
    return pd.DataFrame(
        [row for j in judged for row in MAKERS[rows](j)], columns=list(COLUMNS[rows])
    )
