"""绩效管理情况: how many projects, of how much money, the narrative says are managed.

«实行绩效目标管理的项目5个，涉及…1151.68万元», «共编报3个项目绩效目标», parts by category, what is
published, the whole unit's target, and projects listed one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from scorer.forms import Amount, Statement, Yuan
from scorer.layouts.ledger.narrative import amount
from scorer.layouts.ledger.paragraphs import NUMBERED, Mention, Paragraph
from scorer.layouts.money import MONEY, find_money, parse_count

_NUMERAL = r"(?P<{}>\d+|[一二两三四五六七八九十百〇零]+)"
_AFTER = (
    r"(?P<what>[^,。;:、\d]{0,40}?(?:项目|绩效目标)(?:支出)?)(?:数量|个数|总数|数)?(?:编报|编制|申报|填报|设置|公开)?(?:共计|共有|合计|总计|[共为有计])?"
    rf"{_NUMERAL.format('n')}个"
)
_BEFORE = rf"(?<!\d){_NUMERAL.format('n2')}个(?P<what2>[^,。;:、\d]{{0,24}}?(?:项目|绩效目标))"
_COUNTED = re.compile(rf"{_AFTER}|{_BEFORE}")
_LISTING = re.compile(r"分别[为是]|具体[为是]?|包括|如下")
_FUND = re.compile(r"预算|基金|资金|拨款")
_UNIT_TARGET = re.compile(r"整体(?:支出)?绩效")
_CATEGORY = re.compile(r"([^,。;:、的]{2,10}类)(?:二级)?项目")
_PLAIN_PROJECT = re.compile(
    r"^(?:.*(?:绩效|管理|编报|编制|申报|填报|纳入|设置|设定|实行|安排).*|二级|一级|预算|支出|部门|单位|本级|共|全部|所有)*项目"
)
_ITEM = re.compile(
    rf"{NUMBERED.pattern}(?P<name>[^。;]{{2,80}}?)[:,]?(?:预算|金额|资金)?(?P<money>{MONEY})[;。,]?"
)


@dataclass(slots=True)
class _Hit:
    """One count in a sentence: where its words begin and end, what it says."""

    start: int
    end: int
    count: int | None
    what: str
    at: int


def read_statements(paragraphs: Iterable[Paragraph]) -> list[Statement]:
    """All statements about performance targets, in printed order."""
    found: list[Statement] = []
    section = ""
    for paragraph in paragraphs:
        items = _items(paragraph)
        if items and found and paragraph.section == section:
            found[-1] = replace(found[-1], names=found[-1].names + tuple(items))
        elif "绩效" in paragraph.section or "绩效" in paragraph.plain:
            section = paragraph.section
            found += _of_paragraph(paragraph)
    return found


def _items(paragraph: Paragraph) -> list[Amount]:
    """Projects of an enumeration: «(1)…60万元；», one or several in a paragraph."""
    plain, found, at = paragraph.plain, [], 0
    while match := _ITEM.match(plain, at):
        name = paragraph.text[match.start("name") : match.end("name")]
        yuan = find_money(match["money"])[0].yuan
        place = paragraph.place(match.start("name"))
        found.append(Amount(name, yuan, place, section=paragraph.section))
        at = match.end()
    return found if at == len(plain) else []


def _of_paragraph(paragraph: Paragraph) -> list[Statement]:
    found: list[Statement] = []
    at = 0
    while at < len(paragraph.text):
        start, end = paragraph.sentence(at)
        if "绩效" in paragraph.section or "绩效" in paragraph.plain[start:end] or found:
            found += _of_sentence(paragraph, start, end, found)
        at = end
    return found


def _of_sentence(
    paragraph: Paragraph, start: int, end: int, earlier: list[Statement]
) -> list[Statement]:
    """The counts of one sentence, each with the sum that follows it."""
    text = paragraph.plain[start:end]
    hits = [hit for m in _COUNTED.finditer(text) if (hit := _hit(m)) is not None]
    if not hits:
        if not _UNIT_TARGET.search(text):
            return []
        target = _UNIT_TARGET.search(text)
        at = target.start() if target else 0
        hits = [_Hit(at, at, None, "整体绩效目标", at)]
    sums = [m for m in paragraph.mentions() if start <= m.start < end]
    found: list[Statement] = []
    scope = _scope(earlier)
    for hit, after in zip(hits, [*hits[1:], None], strict=True):
        limit = start + after.start if after else end
        yuan = _sum_of(paragraph, sums, start + hit.end, limit)
        if yuan is None and len(hits) == 1:
            yuan = _sum_of(paragraph, sums, start, start + hit.start)
        if hit.count is None and yuan is None:
            continue
        kind = _kind(text, hit, scope)
        scope = kind if ":" not in kind else scope
        found.append(
            Statement(
                hit.count,
                yuan,
                kind,
                names=_listed(paragraph, sums, start + hit.end, limit),
                text=paragraph.text[start:end],
                place=paragraph.place(start + hit.at),
            )
        )
    return found


def _hit(match: re.Match[str]) -> _Hit | None:
    group = "n" if match["n"] else "n2"
    count = parse_count(match[group])
    if count is None:
        return None
    return _Hit(
        match.start(), match.end(), count, match["what"] or match["what2"], match.start(group)
    )


def _sum_of(paragraph: Paragraph, sums: Iterable[Mention], start: int, end: int) -> Yuan | None:
    """The first sum of a stretch; «一般公共预算30万元、政府性基金5万元» counts together."""
    within = [m for m in sums if start <= m.start < end]
    if not within:
        return None
    total = within[0].yuan
    for before, mention in pairwise(within):
        gap = paragraph.plain[before.end : mention.begin]
        if gap not in ("、", "和") or not _FUND.search(mention.name):
            break
        total += mention.yuan
    return total


def _listed(
    paragraph: Paragraph, sums: Iterable[Mention], start: int, end: int
) -> tuple[Amount, ...]:
    """Projects named in the sentence itself: «…，分别为：会议费10万元、培训费5万元»."""
    key = _LISTING.search(paragraph.plain, start, end)
    if key is None:
        return ()
    return tuple(amount(paragraph, m) for m in sums if key.end() <= m.start < end)


def _scope(earlier: list[Statement]) -> str:
    """What the parts of a following 其中 are parts of."""
    return next((s.kind for s in reversed(earlier) if ":" not in s.kind), "projects")


def _kind(text: str, hit: _Hit, scope: str) -> str:
    ahead = text[: hit.at]
    part = "其中" in ahead or hit.what.startswith("其中")
    if _UNIT_TARGET.search(hit.what):
        return "unit"
    if match := _CATEGORY.search(hit.what):
        return _part_of(scope, match[1])
    if "公开" in re.split(r"[。;]", ahead)[-1] or "公开" in hit.what:
        return "published"
    if part and not _PLAIN_PROJECT.match(hit.what):
        return _part_of(scope, hit.what.removesuffix("绩效目标").removesuffix("项目"))
    return "projects"


def _part_of(scope: str, category: str) -> str:
    return f"published:{category}" if scope == "published" else f"category:{category}"
