"""X615: the stated reasons do not add up to the change, say nothing, or are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from scorer.forms import Change, Place, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.narrative import paragraph_of
from scorer.rules.sums import signed_sums, slack
from scorer.rules.wording import wan

RULE = Rule(
    code="X615",
    name="变动原因说明不了变动",
    checks="增减变动的原因里列出的金额，相加不等于变动额；变动很大而没有写原因，或原因只把变动重说一遍。",
    item="",
    severity="warning",
    basis="预算法第十四条",
    bad="比上年增加200万元，原因是增加设备购置150万元，减少会议费10万元",
    good="比上年增加140万元，原因是增加设备购置150万元，减少会议费10万元",
    status="stable",
    false_alarms=(
        "只举一个「主要原因」而数小于变动额的，不要求加齐。",
        "原因里写「等」的，没有列全，不要求加齐。",
        "同一个变动在别处写了原因的，不再要求。",
        "变动不到二成的，不要求写明细。",
    ),
    scope="document",
    options={"large_percent": 20},
)
_REASON = re.compile(
    r"(?:主要|变动|增减|变化)*原因(?:主要)?(?:是|为|在于)?(?:因为|由于)?|主要(?:是|由于|因)|由于|因为"
)
_ENDS = re.compile(
    r"[；;]|。(?=[^。]{0,30}(?:预算|拨款|支出|收入|经费)[^。]{0,30}万元[^。]{0,40}[比较与同])"
)
_MOVES = re.compile(r"增|减|压|取消|下降|上涨|追加|新|调整")
_TAUTOLOGY = re.compile(
    r"^(?:(?:本年|今年|部分|相关|年度|财政|拨款|单位|部门|安排|基本|项目|专项|经费|资金|支出|收入|预算|的)+"
    r"(?:有所)?(?:增加|减少|增长|下降|压减|变化|变动)[了。]?)$"
)
_TOTALS = re.compile(
    r"总计|总预算|当年拨款|当年支出|收支|^(?:部门|单位)?预算(?:收入|支出)?$|拨款收入|项目支出"
)


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """One remark a change; the same change told twice (income, spending) is one."""
    told = [(c, _reason(submission, c)) for c in submission.ledger.changes if c.delta_yuan]
    explained = {abs(Decimal(change.delta_yuan or 0)) for change, reason in told if reason}
    said: dict[tuple[object, ...], Hit] = {}
    for change, reason in told:
        hit = _judge(change, reason, explained, ctx)
        if hit is not None:
            key = (hit.field, abs(change.delta_yuan or 0), reason)
            first = said.get(key)
            said[key] = _with_place(first, change.place) if first else hit
    yield from said.values()


def _judge(change: Change, reason: str, explained: set[Decimal], ctx: Context) -> Hit | None:
    delta = Decimal(change.delta_yuan or 0)
    sums = list(signed_sums(reason))
    if sums:
        return _sums(change, delta, sums, reason)
    large = change.percent is not None and change.percent >= ctx.options["large_percent"]
    if not large or not _TOTALS.search(change.subject):
        return None
    if not reason and abs(delta) not in explained:
        return _hit(change, "missing", f"「{change.subject}」{_size(change)}，没有写原因。")
    if reason and _TAUTOLOGY.match(reason):
        return _hit(
            change,
            "empty",
            f"「{change.subject}」{_size(change)}，原因只写「{reason}」，等于没有说明。",
        )
    return None


def _sums(
    change: Change, delta: Decimal, sums: list[tuple[Decimal, int]], reason: str
) -> Hit | None:
    way = 1 if delta > 0 else -1
    added = sum((value * (sign or way) for value, sign in sums), Decimal(0))
    gap = delta - added
    beyond = (added - delta) * way > 0
    partial = bool(re.search(r"等", reason)) or len(sums) == 1
    if abs(gap) <= slack(len(sums), 100) or (partial and not beyond):
        return None
    # A single cause larger than the change leaves room for an unnamed one against it.
    if len(sums) == 1 and added * way > 0 and "主要" in reason:
        return None
    listed = "、".join(f"{'增' if (s or way) > 0 else '减'}{wan(v)}" for v, s in sums)
    text = f"变动{wan(delta)}，原因里的数（{listed}）合计{wan(added)}，差{wan(abs(gap))}没有说明。"
    return _hit(change, "sums", f"「{change.subject}」{text}")


def _reason(submission: Submission, change: Change) -> str:
    """The words that tell why, from the change on to where something else begins."""
    paragraph = paragraph_of(submission, change.text, change.place)
    start = paragraph.find(change.text) if paragraph else -1
    text = paragraph[start:] if start >= 0 else change.text
    # A sentence may state two changes (income; spending): begin behind this one's subject.
    subject = text.find(change.subject) if change.subject else -1
    match = _REASON.search(text, max(subject, 0))
    if match is None:
        return ""
    rest = text[match.end() :]
    end = _ENDS.search(rest)
    sentences = rest[: end.start() if end else len(rest)].split("。")
    kept = [sentences[0], *(s for s in sentences[1:] if _MOVES.search(s) and "万元" in s)]
    return "。".join(s for s in kept if s).strip("，,：: ")


def _size(change: Change) -> str:
    way = "增加" if (change.delta_yuan or 0) > 0 else "减少"
    percent = f"（{Decimal(change.percent).normalize():f}%）" if change.percent is not None else ""
    return f"{way}{wan(abs(Decimal(change.delta_yuan or 0)))}{percent}"


def _hit(change: Change, field: str, message: str) -> Hit:
    advice = {
        "sums": "请补齐没有列出的增减项目，或核对金额。",
        "missing": "请写明哪些项目增减、各多少。",
        "empty": "请写明是哪些项目增减、各多少。",
    }[field]
    return Hit(
        field=field,
        place=change.place,
        evidence=change.text,
        message=message,
        advice=advice,
        severity=None if field == "sums" else "advice",
    )


def _with_place(hit: Hit, place: Place) -> Hit:
    return replace(hit, more=(*hit.more, place))
