"""JSON for other programs: «jixiao/forms/1» and «jixiao/scores/1»."""

from __future__ import annotations

from collections.abc import Iterable

from scorer.exchange import FORMS_SCHEMA, SCORES_SCHEMA, dumps, judged_json, submission_json
from scorer.forms import JudgedSubmission, Submission
from scorer.profile import Profile
from scorer.reports.stamp import stamp


def forms_json(submissions: Iterable[Submission]) -> str:
    """What was read."""
    return dumps({"schema": FORMS_SCHEMA, "documents": [submission_json(s) for s in submissions]})


def scores_json(judged: Iterable[JudgedSubmission], profile: Profile) -> str:
    """What was read, with findings and reviews."""
    return dumps(
        {
            "schema": SCORES_SCHEMA,
            "made_by": stamp(profile),
            "documents": [judged_json(j) for j in judged],
        }
    )
