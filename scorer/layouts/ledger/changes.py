"""Sentences that compare two years: «比上年增加5.59万元，增长0.69%», «与上年持平»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from scorer.forms import Change, Yuan
from scorer.layouts.ledger.paragraphs import Mention, Paragraph, clean_name
from scorer.layouts.money import MONEY, PERCENT, find_money

_UP = r"增加|增长|上升|提高|增多|上涨|扩大|上浮|增"
_DOWN = r"减少|下降|降低|压减|缩减|核减|压缩|下浮|下调|减"
_VERB = rf"(?:{_UP}|{_DOWN})"
_YEAR = r"(?:上一?年度?|去年|前一年|(?:19|20)\d\d年?度?)"
_COMPARE = (
    rf"(?:(?:[比较与同和](?P<base>{_YEAR})(?P<what>[^,。;:\d]{{0,16}}?)(?P<before>{MONEY})?"
    r"(?:相比较?|比较|相较|对比|比|基础上)?)|同比)[,]?"
)
_RATE = r"(?:了|率|幅度|比例|比率|幅|约|为|达)*"
_SIZE = (
    rf"(?P<verb>{_VERB})(?!\({_VERB})(?:了|额|数)?(?:为|约)?(?:(?P<money>{MONEY})"
    rf"(?:[,、(]{{0,2}}(?:同比|[比较]{_YEAR})?(?:(?P<verb2>{_VERB}|[增降]幅|幅度){_RATE})?"
    rf"(?P<percent>{PERCENT}))?|{_RATE}(?P<only>{PERCENT})(?:[,、]{_VERB}(?P<money2>{MONEY}))?)"
)
_SAME = r"(?P<same>(?:基本|保持)?(?:持平|一致|相同|相等)|(?:基本)?(?:无|没有|未发生|未有)(?:增减)?变[化动]|(?:保持)?不变)"
_CHANGE = re.compile(rf"{_COMPARE}(?P<noun>[^,。;:\d]{{0,20}}?)(?:{_SIZE}|{_SAME})(?!的)")
# Without 比/较: both a sum and a percentage must stand there.
_BARE = re.compile(
    rf"(?<=[,;。:])(?P<noun>)(?P<verb>{_VERB})(?:了|额)?(?P<money>{MONEY})[,、(]"
    rf"(?P<verb2>{_VERB}|[增降]幅)(?:了|率|幅度|为|约)*(?P<percent>{PERCENT})"
)
# «…比上年减少1万元，其中：接待费2万元，减少0.5万元；…»: the base was named before.
_ALSO = re.compile(rf"(?<=元),(?P<noun>)(?P<verb>{_VERB})(?P<money>{MONEY})")
_PART = re.compile(
    rf"(?:其中[:,]?|[,、;])(?P<noun>[^,。;:、\d]{{2,20}}?)(?P<verb>{_VERB})(?P<money>{MONEY})"
)
REASON = re.compile(r"原因(?:是|为|在于|主要)|主要是|由于|因为")
_TOLD_REASON = re.compile(r"原因(?:是|为|在于|主要)|主要是")
_LIST = re.compile(r"其中|包括")
_LAST_YEAR = re.compile(r"上年(?!结转|结余|度?财政拨款结)|上一年|去年")


def changes_with_spans(
    paragraph: Paragraph, mentions: Sequence[Mention]
) -> list[tuple[Change, tuple[int, int]]]:
    """The comparisons with the stretch of text that each takes up: sums within it are
    differences or last year's, not this year's."""
    found: list[tuple[Change, tuple[int, int]]] = []
    for match in _matches(paragraph.plain):
        spans = [span for _, span in found]
        now = _subject(paragraph, mentions, match.start(), spans)
        change = _change(paragraph, mentions, match, now)
        if change.subject or now:
            found.append((change, match.span()))
            found += _parts(paragraph, match)
    return found


def _matches(plain: str) -> Iterator[re.Match[str]]:
    """Comparisons in order, without those that stand in the telling of a reason."""
    at = 0
    found = [
        *_CHANGE.finditer(plain),
        *(m for m in _BARE.finditer(plain) if _LAST_YEAR.search(plain, *_before_it(plain, m))),
        *(m for m in _ALSO.finditer(plain) if _CHANGE.search(plain, *_before_it(plain, m))),
    ]
    for match in sorted(found, key=lambda m: m.start()):
        if match.start() >= at and not _in_reason(plain, match.start()):
            at = match.end()
            yield match


def _before_it(plain: str, match: re.Match[str]) -> tuple[int, int]:
    """The part of the sentence before a match."""
    return plain.rfind("。", 0, match.start()) + 1, match.start()


def _in_reason(plain: str, offset: int) -> bool:
    return bool(_TOLD_REASON.search(plain, _sentence_start(plain, offset), offset))


def _sentence_start(plain: str, offset: int) -> int:
    return max(plain.rfind(mark, 0, offset) for mark in "。;") + 1


def _change(
    paragraph: Paragraph, mentions: Sequence[Mention], match: re.Match[str], now: Mention | None
) -> Change:
    groups = match.groupdict()
    start, end = paragraph.sentence(match.start())
    noun = clean_name(groups.get("noun") or "")
    subject = now.name if now else noun or _words_before(paragraph, match.start())
    percent = groups.get("percent") or groups.get("only")
    delta = groups.get("money") or groups.get("money2")
    return Change(
        subject=subject,
        now_yuan=now.yuan if now else None,
        delta_yuan=0 if groups.get("same") else _signed(delta, groups["verb"]),
        percent=Decimal(percent.strip("%")) if percent else None,
        before_yuan=_before(paragraph, mentions, match),
        direction=_direction(groups.get("verb2") or groups["verb"]) if percent else None,
        text=paragraph.text[start:end],
        place=paragraph.place(match.start()),
    )


def _signed(money: str | None, verb: str) -> Yuan | None:
    if not money:
        return None
    yuan = find_money(money)[0].yuan
    return -yuan if _direction(verb) == "down" else yuan


def _direction(verb: str) -> Literal["up", "down"]:
    return "down" if re.match(rf"{_DOWN}|降", verb) else "up"


def _before(paragraph: Paragraph, mentions: Sequence[Mention], match: re.Match[str]) -> Yuan | None:
    """Last year's sum: inside the comparison, or a sum of the sentence called 上年."""
    if money := match.groupdict().get("before"):
        return find_money(money)[0].yuan
    start = _sentence_start(paragraph.plain, match.start())
    base = re.sub(r"\D", "", match.groupdict().get("base") or "")
    for mention in mentions:
        if start <= mention.start < match.start() and (
            _is_last_years(paragraph, mention) or (base and str(mention.year) == base)
        ):
            return mention.yuan
    return None


def _is_last_years(paragraph: Paragraph, mention: Mention) -> bool:
    return bool(_LAST_YEAR.search(paragraph.plain, mention.begin, mention.start))


def _subject(
    paragraph: Paragraph, mentions: Sequence[Mention], offset: int, spans: list[tuple[int, int]]
) -> Mention | None:
    """The sum that has changed, found by walking back. After «其中：甲…，乙…，比上年» it is
    the whole, unless each part has a comparison of its own."""
    plain = paragraph.plain
    start = _sentence_start(plain, offset)
    if not plain[start:offset].strip(",:"):
        start = _sentence_start(plain, max(start - 1, 0))
    known = [
        m
        for m in mentions
        if start <= m.start < offset
        and not any(a <= m.start < b for a, b in spans)
        and not _is_last_years(paragraph, m)
    ]
    if not known:
        return None
    listing = [m.start() for m in _LIST.finditer(plain, start, offset)]
    if listing:
        parts = [m for m in known if m.start > listing[-1]]
        wholes = [m for m in known if m.start < listing[-1]]
        own = any(a > listing[-1] for a, _ in spans)
        if wholes and len(parts) != 1 and not own:
            return wholes[-1]
    return known[-1]


def _words_before(paragraph: Paragraph, offset: int) -> str:
    """The subject where no sum stands before: the words of the clause or the one before."""
    clauses = [c for c in re.split(r"[,。;:]", paragraph.plain[:offset]) if c]
    return clean_name(clauses[-1].replace(paragraph.unit or "\0", "")) if clauses else ""


def _parts(paragraph: Paragraph, match: re.Match[str]) -> list[tuple[Change, tuple[int, int]]]:
    """«…增加10万元，其中：基本支出增加3万元，项目支出增加7万元»."""
    found: list[tuple[Change, tuple[int, int]]] = []
    plain, at = paragraph.plain, match.end()
    if not plain.startswith(",其中", at):
        return found
    at += 1
    start, end = paragraph.sentence(match.start())
    while part := _PART.match(plain, at):
        change = Change(
            subject=clean_name(part["noun"]),
            now_yuan=None,
            delta_yuan=_signed(part["money"], part["verb"]),
            percent=None,
            text=paragraph.text[start:end],
            place=paragraph.place(part.start("verb")),
        )
        found.append((change, part.span()))
        at = part.end()
    return found
