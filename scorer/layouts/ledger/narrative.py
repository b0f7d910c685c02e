"""What the narrative states: sums and their parts, shares, procurement, counts of things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from scorer.forms import Amount, Breakdown, Change, Count, Share, Yuan
from scorer.layouts.ledger.changes import REASON, changes_with_spans
from scorer.layouts.ledger.paragraphs import Mention, Paragraph, clean_name, name_start
from scorer.layouts.money import PERCENT, parse_count

_KEY = re.compile(r"(?:其中|主要包括|包括|用于以下方面|(?:收入|支出)(?:分别)?为|分别[为是])[:,]?")
_SHARE = re.compile(
    rf"[,(]?占(?:比|(?P<whole>[^,。;:\d%]{{2,24}}?)的?(?:比例|比重)?)?(?:为|约|达)?(?P<percent>{PERCENT})"
)
_AND_SO_ON = re.compile(r"(?:[,(]?占[^,。;:%]*%\)?)?等")
_GOODS = (("货物", r"货物"), ("工程", r"工程"), ("服务", r"(?<!购买)服务"))
_TOTAL = re.compile(r"总额|合计|总计|总金额|采购(?:预算|支出|金额|资金|规模)?$")
_NUMERAL = r"[一二两三四五六七八九十]{1,3}"
_COUNT = re.compile(
    r"(?<![\d.,第])(?P<digits>\d+(?:\.\d+)?)(?P<unit>平方米|[个辆台套人户处次名件项])"
    rf"|(?<!第)(?P<words>{_NUMERAL})(?P<unit2>[辆台套名])"
)
_NO_THINGS = re.compile(r"职责|职能|名词解释")

# Finds a sum elsewhere in the document by its name.
Lookup = Callable[[str], Yuan | None]


@dataclass(slots=True)
class Narrative:
    """Everything that the paragraphs state, in printed order."""

    changes: list[Change] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    breakdowns: list[Breakdown] = field(default_factory=list)
    figures: list[Amount] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    procurement: dict[str, Amount] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    whole: Mention
    parts: list[Mention] = field(default_factory=list)
    bracketed: bool = False  # opened inside brackets: their end closes it


def read_narrative(paragraphs: Iterable[Paragraph], lookup: Lookup) -> Narrative:
    """Read all paragraphs. ``lookup`` finds the whole that a share only names."""
    found = Narrative()
    named: dict[str, Yuan] = {}
    for paragraph in paragraphs:
        mentions = paragraph.mentions()
        changes = changes_with_spans(paragraph, mentions)
        found.changes += [change for change, _ in changes]
        sums = _own_sums(mentions, [span for _, span in changes])
        groups = _groups(paragraph, sums)
        found.breakdowns += [_breakdown(paragraph, group) for group in groups]
        found.figures += [amount(paragraph, m) for m in sums]
        for mention in sums:
            named.setdefault(_core(mention.name), mention.yuan)
        found.shares += _shares(paragraph, sums, groups, named, lookup)
        _procurement(paragraph, sums, found.procurement)
        found.counts += _counts(paragraph)
    return found


def amount(paragraph: Paragraph, mention: Mention) -> Amount:
    """A mention as the ledger keeps it."""
    place = paragraph.place(mention.start)
    return Amount(mention.name, mention.yuan, place, mention.year, paragraph.section)


def _own_sums(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[Mention]:
    """Without the differences and last year's sums that comparisons state."""
    return [m for m in mentions if not any(a <= m.start < b for a, b in spans)]


# --- sums and their parts --------------------------------------------------------


def _groups(paragraph: Paragraph, sums: Sequence[Mention]) -> list[_Group]:
    """Every «甲100万元，其中：乙60万元，丙40万元», also nested and over sentences."""
    done: list[_Group] = []
    stack: list[_Group] = []
    whole: Mention | None = None  # what a sentence that begins with 其中 speaks of
    before: Mention | None = None
    for mention in sums:
        gap = paragraph.plain[before.end if before else 0 : mention.start]
        fresh = "。" in gap or before is None
        if fresh:
            stack = []
        elif stack and (")" in gap if stack[-1].bracketed else ";" in gap and len(stack) > 1):
            stack.pop()
        if REASON.search(re.split(r"[。;]", gap)[-1]):
            continue
        opener = _opener(paragraph, mention, before)
        if opener == "sentence" and whole is not None:
            stack = [_Group(whole)]
        elif opener == "clause" and before is not None:
            stack = _nested(stack, before, bracketed=gap.startswith("("))
            whole = whole if fresh or len(stack) > 1 else before
        elif fresh:
            whole = mention
        if opener and stack:
            done.append(stack[-1])
        if stack:
            stack[-1].parts.append(mention)
        before = mention
    return [group for group in done if group.parts]


def _opener(paragraph: Paragraph, mention: Mention, before: Mention | None) -> str:
    """ "sentence" or "clause" if 其中 and the like stand right before a sum's name."""
    floor = before.end if before else 0
    text = paragraph.plain[floor : max(mention.begin, floor)]
    if key := re.match(_KEY, paragraph.plain[mention.begin : mention.start]):
        text += key[0]
    last = next((m for m in reversed(list(_KEY.finditer(text)))), None)
    if last is None or re.search(r"[,。;、]", text[last.end() :].strip(",:、")):
        return ""
    ahead = re.split(r"[。!?]", text[: last.start()])
    return "sentence" if len(ahead) > 1 and len(ahead[-1].strip(';,("”')) <= 6 else "clause"


def _nested(stack: list[_Group], whole: Mention, bracketed: bool) -> list[_Group]:
    """Open a group under ``whole``. A sum as big as the open whole, after its parts, is no
    part of it but the next whole («…；支出总计100万元，其中：…»)."""
    if stack and stack[-1].parts and stack[-1].parts[-1] is whole:
        outer = stack[-1]
        if len(outer.parts) > 1 and whole.yuan >= outer.whole.yuan:
            outer.parts.pop()
            return [_Group(whole)]
        return [*stack, _Group(whole, bracketed=bracketed)]
    return [_Group(whole, bracketed=bracketed)]


def _breakdown(paragraph: Paragraph, group: _Group) -> Breakdown:
    """A single part is «of which», not a full list: open."""
    last = group.parts[-1]
    start, _ = paragraph.sentence(group.whole.start)
    _, end = paragraph.sentence(last.start)
    return Breakdown(
        whole=amount(paragraph, group.whole),
        parts=tuple(amount(paragraph, part) for part in group.parts),
        open=len(group.parts) == 1 or bool(_AND_SO_ON.match(paragraph.plain, last.end)),
        text=paragraph.text[start:end],
        place=paragraph.place(group.whole.start),
    )


# --- shares -----------------------------------------------------------------------


def _shares(
    paragraph: Paragraph,
    sums: Sequence[Mention],
    groups: Sequence[_Group],
    named: dict[str, Yuan],
    lookup: Lookup,
) -> list[Share]:
    found = []
    for mention in sums:
        match = _SHARE.match(paragraph.plain, mention.end)
        if match is None:
            continue
        name = paragraph.text[match.start("whole") : match.end("whole")] if match["whole"] else ""
        near = _whole_near(paragraph, sums, groups, mention)
        stated = (named.get(_core(name)) or lookup(_core(name))) if name else None
        whole = stated if stated is not None else near
        if whole is None:
            continue
        start, end = paragraph.sentence(mention.start)
        found.append(
            Share(
                name=mention.name,
                part_yuan=mention.yuan,
                whole_yuan=whole,
                percent=Decimal(match["percent"].strip("%")),
                text=paragraph.text[start:end],
                place=paragraph.place(mention.start),
                whole_name=name if stated is not None and stated != near else "",
            )
        )
    return found


def _whole_near(
    paragraph: Paragraph, sums: Sequence[Mention], groups: Sequence[_Group], part: Mention
) -> Yuan | None:
    """The whole of the list a sum stands in, else the first sum of its sentence."""
    for group in reversed(groups):
        if any(member is part for member in group.parts):
            return group.whole.yuan
    start, _ = paragraph.sentence(part.start)
    first = next((m for m in sums if start <= m.start), part)
    if first is part or _SHARE.match(paragraph.plain, first.end):
        return None  # the first sum of a list of parts is no whole
    return first.yuan


def _core(name: str) -> str:
    """A name without the words that do not tell sums apart: «部门（单位）项目支出总额»."""
    text = re.sub(r"[（(].*?[)）]|的|年初|本年|全年|当年|部门|单位|预算", "", name)
    return re.sub(r"(?:总额|总计|合计|总量|资金)$", "", text).removeprefix("总")


# --- procurement and counts ---------------------------------------------------------


def _procurement(paragraph: Paragraph, sums: Sequence[Mention], found: dict[str, Amount]) -> None:
    """Fill 总额, 货物, 工程, 服务 from a passage about 政府采购; the first of each counts."""
    if "采购" not in paragraph.section and "政府采购" not in paragraph.plain:
        return
    for mention in sums:
        kind = next((key for key, pattern in _GOODS if re.search(pattern, mention.name)), None)
        start, _ = paragraph.sentence(mention.start)
        about = "政府采购" in paragraph.plain[start : mention.start]
        if kind is None and "采购" in mention.name and _TOTAL.search(mention.name):
            kind = "总额"
        if kind and (about or "采购" in paragraph.section or "总额" in found):
            found.setdefault(kind, amount(paragraph, mention))


def _counts(paragraph: Paragraph) -> list[Count]:
    """Numbers of things: cars, rooms, projects. Duties and definitions count nothing."""
    if _NO_THINGS.search(paragraph.section):
        return []
    found = []
    for match in _COUNT.finditer(paragraph.plain):
        number = Decimal(match["digits"]) if match["digits"] else _numeral(match["words"])
        if number is None:
            continue
        at = match.start()
        start, end = paragraph.sentence(at)
        name = paragraph.text[name_start(paragraph.plain, start, at) : at]
        found.append(
            Count(
                clean_name(name.replace(paragraph.unit or "\0", "")),
                number,
                match["unit"] or match["unit2"],
                paragraph.section,
                paragraph.text[start:end],
                paragraph.place(at),
            )
        )
    return found


def _numeral(words: str) -> Decimal | None:
    value = parse_count(words)
    return None if value is None else Decimal(value)
