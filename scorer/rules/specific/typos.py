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
from scorer.rules.wording import FIELD_NAMES, opened_last

RULE = Rule(
    code="S111",
    name="错别字、标点重复",
    checks="常见的错别字（拔付、布署、目项）、写了两遍的词、不成对的书名号和括号、连在一起的两个标点。",
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
        "「会议会议费」这样前后两个词相接的，不算重复；没写完的文字另说。",
    ),
    scope="document",
)
_MARKS = re.compile(r"[，、；：。,;](?=[，、；：,;])|[，、；：,;](?=。)|。(?=。(?!。))(?<!。。)")
# Words that never follow themselves: a noun may («会议|会议费»), so only acts, links and adverbs.
_ONCE = (
    "完成|进行|开展|组织|实施|加强|提高|提升|保障|保证|确保|推进|推动|促进|落实|做好|负责|按照|根据|通过|为了|以及|不断|持续|及时|全面|严格|进一步|切实|积极|认真|充分"
    "|购置|采购|购买|更换|更新|安装|配备|建设|新建|改造|维修|修缮|发放|支付|拨付|补助|达到|不低于|不少于|不超过|减少|增加|降低|使用|用于|需要|可以|我县|本县|全县|全年|全部|本年|本项目|县级|一次性|由于|因此|对于|关于|其中"
)
_TWICE = re.compile(rf"({_ONCE})\1(?!再)|([了与及将把被对])\2|([一-龥]{{3,6}})\3")
_EACH = re.compile(r"[每各逐一再又]")
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"), ("【", "】"))
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
    for near, trouble, advice in _of_writing(text, whole=index is None):
        yield Hit(
            field=field,
            place=place,
            project=project,
            evidence=near,
            message=f"「…{near}…」里{trouble}。",
            advice=advice,
        )


def _of_writing(text: str, *, whole: bool) -> Iterator[tuple[str, str, str]]:
    """(where, what is wrong, how to mend) of doubled words and marks; ``whole`` texts have
    their sentences' marks, cells only words."""
    twice = _TWICE.search(text)
    if twice and not _EACH.search(twice[0]):
        yield _near(text, twice), f"「{twice[0]}」像是写重了", "请核对，是笔误就删去一遍。"
    if whole and (marks := _MARKS.search(text)):
        yield _near(text, marks), "两个标点连在一起", "请删去多余的标点。"
    if alone := _unpaired(text):
        yield _near(text, alone), f"「{alone[0]}」不成对", "请补上另一半，或删去多余的一半。"


def _near(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 8) : found.end() + 6]


def _unpaired(text: str) -> re.Match[str] | None:
    """The first sign of a pair whose other half is wanting. Brackets that only close are
    numbers of items («1）»); what broke off inside a bracket is another rule's."""
    if opened_last(text):
        return None
    for opening, closing in _PAIRS:
        more = text.count(opening) - text.count(closing)
        if more > 0:
            return re.search(f"{opening}(?=[^{closing}]*(?:{opening}|$))", text)
        if more < 0 and closing == "》":
            return re.search(closing, text)
    return None
