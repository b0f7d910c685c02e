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
    """What was read, with findings and reviews.

    Documents become text one by one: thousands of them as one tree would fill the memory.
    """
    head = dumps({"schema": SCORES_SCHEMA, "made_by": stamp(profile)})
    documents = ",\n".join(dumps(judged_json(j)) for j in judged)
    return f'{head.removesuffix("}").rstrip()},\n "documents": [{documents}]\n}}'
