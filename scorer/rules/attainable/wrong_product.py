"""A316: a text's own sums do not work out: numbers times prices, or parts and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scorer.forms import Form
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import FIELD_NAMES

RULE = Rule(
    code="A316",
    name="概况里的算式不对",
    checks="项目概况写明数量、单价和金额，三者乘起来对不上；或者逐项的金额加起来不等于所写的合计。",
    item="资金匹配性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="更换伸缩缝22道（6万元/道，332万元）",
    good="更换伸缩缝22道（6万元/道，132万元）",
    false_alarms=(
        "四舍五入造成的差（百分之二以内）不算。",
        "数量和单价之间还隔着次数、月数、人数的，不验算。",
        "有一项没有写金额的，不核对合计。",
    ),
    status="stable",
    topic="own_facts",
    rank=14,
)

_FIELDS = ("overview",)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
# «22道（6万元/道，332万元）», «10000吨，补助120元/吨，共120万元»
_ITEM = re.compile(
    rf"(?P<n>{_NUMBER})(?P<many>[万千]?)(?P<unit>[一-龥]{{1,4}})(?:[（(]|[，,](?:每[一-龥]{{1,2}})?(?:单价|补助|标准|造价)?)"
    rf"(?P<price>{_NUMBER})(?P<per>万?元)/(?P<of>[一-龥]{{1,4}})[，,、；;](?:共|计|合计|小计|需)?(?:资金)?(?P<sum>{_NUMBER})(?P<in>万?元)"
)
_WHOLE = re.compile(rf"(?:合计|总计|共计)(?P<sum>{_NUMBER})(?P<in>万?元)")
_MONEY = re.compile(rf"{_NUMBER}万?元(?!/)")
_FACTOR = {"": 1, "元": 1, "千": 1000, "万": 10000, "万元": 10000}
_ROUNDED = Decimal("0.02")
_LEAST = 2  # parts of a whole


class _Item(NamedTuple):
    text: str
    product: Decimal
    stated: Decimal


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield the first sum of a text that does not work out."""
    for field in _FIELDS:
        text = form.text(field) or ""
        items = list(_items(text))
        wrong = next((x for x in items if not _close(x.product, x.stated)), None)
        if wrong is not None:
            yield _hit(field, wrong.text, f"乘起来是{_shown(wrong.product)}")
        elif (total := _wrong_total(text, items)) is not None:
            yield _hit(field, total, f"逐项加起来是{_shown(sum(x.stated for x in items))}")


def _hit(field: str, said: str, right: str) -> Hit:
    return Hit(
        field=field,
        evidence=said,
        message=f"「{FIELD_NAMES[field]}」写的「{said}」算不对，{right}。",
        advice="请核对数量、单价、金额和合计，改成算得拢的数。",
        confidence=0.9,
    )


def _items(text: str) -> Iterator[_Item]:
    """Numbers with their price and their sum, where the price is one of that unit."""
    for match in _ITEM.finditer(text):
        if match["unit"].endswith(match["of"]) or match["of"].endswith(match["unit"]):
            number = _value(match["n"]) * _FACTOR[match["many"]]
            price = _value(match["price"]) * _FACTOR[match["per"]]
            yield _Item(match[0], number * price, _value(match["sum"]) * _FACTOR[match["in"]])


def _wrong_total(text: str, items: list[_Item]) -> str | None:
    """The whole as printed, where all other sums of the text are its parts and make another."""
    wholes = list(_WHOLE.finditer(text))
    if len(wholes) != 1 or len(items) < _LEAST or len(_MONEY.findall(text)) != len(items) + 1:
        return None
    said = _value(wholes[0]["sum"]) * _FACTOR[wholes[0]["in"]]
    return None if _close(sum(x.stated for x in items), said) else wholes[0][0]


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _close(one: Decimal | int, other: Decimal) -> bool:
    return abs(one - other) <= _ROUNDED * max(abs(Decimal(one)), abs(other))


def _shown(yuan: Decimal | int) -> str:
    ten_thousands = Decimal(yuan) / 10000
    return f"{ten_thousands.normalize():f}万元"
