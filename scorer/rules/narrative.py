"""The paragraphs around the forms: what tells of this unit, and what only defines terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from scorer.forms import Line, Place, Submission

_GLOSSARY = re.compile(
    r"^第[一二三四五六七八九十]+部分.{0,4}名词解释|^[一二三四五六七八九十]+、(?:专业性较强的)?名词解释"
)
_NEXT_PART = re.compile(r"^第[一二三四五六七八九十]+部分")


def telling(submission: Submission) -> Iterator[Line]:
    """The paragraphs without the glossary."""
    return (line for line, glossary in _parted(submission.narrative) if not glossary)


def glossary(submission: Submission) -> Iterator[Line]:
    """The paragraphs of 名词解释."""
    return (line for line, glossary in _parted(submission.narrative) if glossary)


@lru_cache(maxsize=64)
def _parted(lines: tuple[Line, ...]) -> tuple[tuple[Line, bool], ...]:
    found, within = [], False
    for line in lines:
        if _GLOSSARY.search(line.text):
            within = True
        elif _NEXT_PART.search(line.text):
            within = False
        found.append((line, within))
    return tuple(found)


def paragraph_of(submission: Submission, sentence: str, place: Place) -> str:
    """The paragraph that a sentence of the ledger stands in; "" if it is not kept.

    Equal sentences are told apart by their place.
    """
    found = [line for line in submission.narrative if sentence and sentence in line.text]
    below = [line for line in found if (line.place.line or 0) <= (place.line or 0)]
    return (below or found)[-1].text if found else ""
