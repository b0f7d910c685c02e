"""X608: rises, falls and shares whose printed percentage is not what the sums give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.forms import Change, Share, Submission
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.sums import slack, step_of
from scorer.rules.wording import wan

RULE = Rule(
    code="X608",
    name="增减幅度、占比算错",
    checks="情况说明里的增减额、增减百分比、占比，与同一句里的金额对不上。",
    item="",
    severity="error",
    basis="预算法第十四条",
    bad="机关运行经费10万元，比上年增加2万元，增长0.25%",
    good="机关运行经费10万元，比上年增加2万元，增长25.00%",
    status="stable",
    false_alarms=(
        "金额和百分比的舍入、截尾造成的零头不算。",
        "上年为零，或没有写上年数、增减额的，无从计算。",
        "「占……总额的」没有写明总额是多少，数从别的表查得：只请单位说明。",
        "金额有增减而没有写比例，别处都写了的，只作建议。",
    ),
    scope="document",
)
_HUNDRED = Decimal(100)
_PERCENT = re.compile(r"(\d+)(?:\.(\d+))?[%％]")


def check(submission: Submission, ctx: Context) -> Iterator[Hit]:
    """Yield wrong rises and falls, then wrong shares."""
    changes = submission.ledger.changes
    habit = sum(change.percent is not None for change in changes) >= 2
    said: set[tuple[object, ...]] = set()
    for change in changes:
        key = (change.now_yuan, change.delta_yuan, change.percent, change.place.line)
        if key in said:
            continue
        said.add(key)
        yield from _change(change, habit)
    for share in submission.ledger.shares:
        yield from _share(share)


def _change(change: Change, habit: bool) -> Iterator[Hit]:
    now, delta, before = change.now_yuan, change.delta_yuan, change.before_yuan
    if now is None or delta is None:
        return
    now, delta = Decimal(now), Decimal(delta)
    step = step_of([now, delta, before or 0])
    base = Decimal(before) if before is not None else now - delta
    if before is not None and abs(now - base - delta) > slack(2, step):
        yield _hit(change, f"{wan(now)}与上年{wan(base)}相差{wan(abs(now - base))}，"
                   f"写的却是{_way(delta)}{wan(abs(delta))}。")  # fmt: skip
        return
    if base <= 0 or not delta:
        return
    right = abs(delta) / base * _HUNDRED
    if change.percent is None:
        if habit and change.before_yuan is not None:
            yield _hit(
                change,
                f"「{change.subject}」{_way(delta)}{wan(abs(delta))}没有写比例，按上年{wan(base)}算是{right:.2f}%。",
                "请补写百分比，与别处写法一致。",
                advice=True,
            )
        return
    # Both sums are rounded: the ratio may be off by their half steps, and by its own digit.
    room = (step / 2 + right / _HUNDRED * step) / base * _HUNDRED + _digit(
        change.percent, change.text
    )
    if abs(right - change.percent) > room:
        yield _hit(change, _why(change, right, base, abs(delta), now, room))
    elif change.direction and (change.direction == "up") != (delta > 0):
        yield _hit(
            change, f"金额是{_way(delta)}的，百分比却写成{'增长' if delta < 0 else '下降'}。"
        )


def _why(
    change: Change, right: Decimal, base: Decimal, delta: Decimal, now: Decimal, room: Decimal
) -> str:
    percent = change.percent or Decimal(0)
    text = f"「{change.subject}」{_way(change.delta_yuan or 0)}{wan(delta)}，上年是{wan(base)}，应为{right:.2f}%，写的却是{_plain(percent)}"
    if abs(right - percent * _HUNDRED) <= max(room * _HUNDRED, right / _HUNDRED):
        return f"{text}，像是把倍数直接写成了百分数。"
    if now and abs(delta / now * _HUNDRED - percent) <= room:
        return f"{text}，像是除以了今年的数。"
    return f"{text}。"


def _share(share: Share) -> Iterator[Hit]:
    if not share.whole_yuan:
        return
    part, whole = Decimal(share.part_yuan), Decimal(share.whole_yuan)
    right = part / whole * _HUNDRED
    room = step_of((part, whole)) / whole * _HUNDRED + _digit(share.percent, share.text)
    if abs(right - share.percent) <= room:
        return
    asked = bool(share.whole_name)
    whole_name = f"{share.whole_name}{wan(whole)}" if asked else wan(whole)
    yield Hit(
        field="shares",
        place=share.place,
        evidence=f"{share.name} {_plain(share.percent)}",
        message=f"「{share.name}」{wan(part)}，占{whole_name}的{right:.2f}%，写的却是{_plain(share.percent)}。",
        advice="请说明这个比例以什么为总额，再核对。" if asked else "请按金额重算占比。",
        severity="warning" if asked else None,
    )


def _digit(percent: Decimal, text: str) -> Decimal:
    """One unit of the last printed digit: figures are rounded by some, cut off by others.

    The sentence is asked, because a number that went through JSON has lost its zeros.
    """
    places = [len(m[2] or "") for m in _PERCENT.finditer(text) if Decimal(m[0][:-1]) == percent]
    exponent = Decimal(percent).as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(1).scaleb(-max([own, *places]))


def _plain(percent: Decimal | None) -> str:
    return f"{Decimal(percent or 0).normalize():f}%"


def _way(delta: Decimal | int) -> str:
    return "增加" if delta > 0 else "减少"


def _hit(change: Change, message: str, mend: str = "", *, advice: bool = False) -> Hit:
    return Hit(
        field="changes",
        place=change.place,
        evidence=change.text,
        message=message,
        advice=mend or "请按上年数和本年数重算增减额和百分比。",
        severity="advice" if advice else None,
    )
