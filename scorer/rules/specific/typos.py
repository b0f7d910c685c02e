"""S111: slips of the pen and doubled punctuation, in forms and narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from scorer.forms import Form, Place, Submission
from scorer.lexicon import load_toml
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import telling
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="S111",
    name="错别字、标点重复",
    checks="常见的错别字（拔付、布署、目项）、叠字和连在一起的两个标点。",
    item="规范完整性",
    severity="advice",
    basis="",
    bad="资金及时拔付。；",
    good="资金及时拨付。",
    status="stable",
    false_alarms=(
        "人名、地名、书名里的字，方言词，不算。",
        "扫描识别出来的错字怪识别，不怪单位。",
        "省略号、引号、括号与句号相连是对的。",
    ),
    scope="document",
)
_MARKS = re.compile(r"[，、；：。,;](?=[，、；：,;])|[，、；：,;](?=。)|。(?=。(?!。))(?<!。。)")
_FIELDS = tuple(name for name in FIELD_NAMES if name not in ("department", "unit", "total_yuan"))


@cache
def _pairs() -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    pairs = {
        p["wrong"]: (p["right"], tuple(p["unless"])) for p in load_toml("confusions.toml")["pair"]
    }
    words = sorted(pairs, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words))), pairs


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield each slip once a place."""
    for line in telling(submission):
        yield from _of(line.text, line.place, None, "narrative")
    for form in submission.forms:
        for field in _FIELDS:
            if text := form.text(field):
                yield from _of(text, form.places.get(field, form.place), form, field)
        for index, row in enumerate(form.indicators):
            for text in (row.name, row.value):
                yield from _of(text, row.place, form, "value", index)


def _of(
    text: str, place: Place, form: Form | None, field: str, index: int | None = None
) -> Iterator[Hit]:
    slips, pairs = _pairs()
    project = form.project if form else None
    said: set[str] = set()
    for match in slips.finditer(text):
        right, unless = pairs[match[0]]
        near = text[max(0, match.start() - 6) : match.end() + 6]
        if match[0] in said or any(word in near for word in unless):
            continue
        said.add(match[0])
        yield Hit(
            field=field,
            place=place,
            project=project,
            evidence=near,
            message=f"「…{near}…」里的「{match[0]}」像是「{right}」之误。",
            advice=f"请核对，是笔误就改为「{right}」。",
        )
    if index is None and (marks := _MARKS.search(text)):
        near = text[max(0, marks.start() - 8) : marks.end() + 6]
        yield Hit(
            field=field,
            place=place,
            project=project,
            evidence=near,
            message=f"「…{near}…」里两个标点连在一起。",
            advice="请删去多余的标点。",
        )
