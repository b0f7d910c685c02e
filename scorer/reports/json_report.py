"""JSON for other programs: «jixiao/forms/1» and «jixiao/scores/1»."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scorer.exchange import FORMS_SCHEMA, SCORES_SCHEMA, dumps, judged_json, submission_json
from scorer.forms import JudgedSubmission, Submission
from scorer.profile import Profile
from scorer.reports.stamp import stamp


def forms_json(submissions: Iterable[Submission]) -> str:
    """What was read."""
    return dumps({"schema": FORMS_SCHEMA, "documents": [submission_json(s) for s in submissions]})


def scores_json(judged: Iterable[JudgedSubmission], profile: Profile) -> str:
    """What was read, with findings and reviews."""
    return "".join(scores_json_parts(judged, profile))


def scores_json_parts(judged: Iterable[JudgedSubmission], profile: Profile) -> Iterator[str]:
    """The same in pieces, a document each: thousands of them as one text fill the memory."""
    head = dumps({"schema": SCORES_SCHEMA, "made_by": stamp(profile)})
    yield head.removesuffix("}").rstrip() + ',\n "documents": ['
    between = ""
    for document in judged:
        yield between + dumps(judged_json(document))
        between = ",\n"
    yield "]\n}"


def documents_in(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The documents of a file that ``scores_json_parts`` wrote, one at a time.

    Raises ValueError where a piece is no JSON. A document's first and last lines are the
    only ones of the list that begin with a brace.
    """
    piece: list[str] = []
    for line in lines:
        if line.startswith(("{", ' "documents": [')):
            piece = ["{"] if line.rstrip().endswith("{") else []
        elif piece and line.startswith("}"):
            yield json.loads("".join([*piece, "}"]))
            piece = []
        elif piece:
            piece.append(line)
