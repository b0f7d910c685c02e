"""R417: a slogan of another trade as benefit: an archive room that enriches leisure time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scorer.forms import BENEFIT, Form
from scorer.heads import hollow
from scorer.lexicon import load_toml
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.wording import cell

RULE = Rule(
    code="R417",
    name="效益说的是别的行当",
    checks="效益写的是文化娱乐、教学、就医、增收、出行一类的话，项目名称、概况、目标里却没有这方面的内容。",
    item="目标相关性",
    severity="warning",
    basis="财预〔2015〕88号",
    bad="乡镇档案室建设：社会效益指标 建设意义：丰富群众业余生活",
    good="乡镇档案室建设：社会效益指标 群众查档等候时间：≤15分钟",
    status="stable",
    false_alarms=(
        "项目文字里提到这方面内容的（文化广场、全民健身），不算。",
        "写了数的，交给模型判断，不算。",
        "概况和目标都空着、没有文字可比的，不算。",
    ),
    label="mismatch",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A trade that benefits speak of, and the words by which a project touches it."""

    says: re.Pattern[str]
    links: re.Pattern[str]
    reason: str


@cache
def _themes() -> tuple[Theme, ...]:
    return tuple(
        Theme(
            re.compile(entry["says"]),
            re.compile("|".join(map(re.escape, entry["links"]))),
            entry["reason"],
        )
        for entry in load_toml("benefit_themes.toml")["theme"]
    )


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield soft benefit rows whose trade nothing else in the form touches."""
    if not (form.project and (form.overview or form.goal.annual or form.goal.period)):
        return
    others = "\n".join(row.name for row in form.indicators if row.level1 != BENEFIT)
    about = "\n".join(filter(None, (ctx.facts.own_text, form.basis, form.unit, others)))
    for index, row, target in ctx.rows():
        if row.level1 != BENEFIT or target.quantities or not row.name:
            continue
        name = ctx.full_name(index)
        if not (hollow(name) or ctx.unverifiable(index)):
            continue
        said = f"{name}\n{row.value}"
        theme = next((t for t in _themes() if t.says.search(said)), None)
        if theme is None or theme.links.search(about):
            continue
        yield Hit(
            indicator=index,
            field="value" if theme.says.search(row.value) else "name",
            message=f"{cell(row)}填的「{row.value}」{theme.reason}，项目里没有这方面的内容。",
            advice="请核对是不是从别的项目抄来的；换成这个项目带来的变化，写明数量。",
            confidence=0.9,
        )
