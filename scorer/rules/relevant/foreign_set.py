"""R413: goal and indicators as a whole speak of another project: a good form copied in.

The models judge a row against its own form, so a form that was copied whole looks sound to
them. Here the project's own words (name, overview, necessity) are compared with what the goal
and the rows say, by the pairs of characters that few topics share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.stated import texts_of
from scorer.rules.trades import RARE_IN_NAME, in_topics, kin_of, pairs_in, telling_of
from scorer.slogans import substance
from scorer.targets import Quantity, Target, parse_target

RULE = Rule(
    code="R413",
    name="整套目标、指标像是别的项目的",
    checks="目标和指标里找不到项目名称、概况、必要性里的事：整套是从别的项目抄来的。",
    item="目标相关性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目：城区路灯维护　指标：疫苗冷藏箱数量 30台、接种门诊满意度 ≥90%",
    good="项目：城区路灯维护　指标：维修路灯盏数 ≥860盏、亮灯率 ≥98%",
    status="stable",
    false_alarms=(
        "指标大半没有数的，不比：那样的话放在哪里都说得通。",
        "没有概况和必要性的，名称、单位、目标里只要有一处用词在指标里出现，就不算。",
        "概况或必要性里的一个数就是指标里的数，不算。",
        "名称里的主要用词在指标里出现过（培训、维修、食堂），不算。",
    ),
    options={
        "least_own": 12,
        "least_name": 2,
        "least_known": 10,
        "least_rows": 4,
        "shared": 1,
        "kin": 0.25,
        "firm": 0.6,
    },
)

# Words of a value that only compare; how they are spelt says nothing of a trade.
_SIGN = re.compile(r"(?:不|大于|小于|高于|低于|等于|或|少于|超过|至少|控制在|以上|以下|以内)+")
_PARTS = re.compile(r"[，。；、！？\n]")
_MANY = 20


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield once where rows (or rows and goal) and the project share no telling words."""
    found = [(i, t) for _, i, t in ctx.rows() if "满意" not in i.name and i.name]
    rows = [i for i, _ in found]
    firm = sum(bool(t.quantities or t.moments) for _, t in found)
    # What is copied in is a good form: vague rows lose their points anyway and fit anywhere.
    if len(rows) < ctx.options["least_rows"] or firm < ctx.options["firm"] * len(rows):
        return
    if _own_number(form, [t for _, t in found]):
        return
    said = [text for row in rows for text in (row.name, _SIGN.sub(" ", row.value))]
    told = form.overview or form.necessity
    if _strangers(form, said, ctx) if told else _strangers_to_name(form, rows, said, ctx):
        yield Hit(
            field="indicators",
            evidence="；".join(row.name for row in rows[:4]),
            message=f"目标和指标（{'、'.join(f'「{r.name}」' for r in rows[:3])}等）说的都不是"
            f"「{form.project or '这个项目'}」的事，像是从别的项目整套抄来的。",
            advice="请按本项目的概况重写目标和指标：花钱办哪几件事，就写那几件事的数量、质量、时间和效果。",
        )


def _strangers(form: Form, said: list[str], ctx: Context) -> bool:
    """Whether overview and necessity, with or without the goal, know nothing of the rows."""
    goals = [form.goal.period, form.goal.annual]
    name = pairs_in([form.project])
    about = [form.project, form.overview, form.necessity]
    for own, other in (
        (about, [*said, *goals]),
        ([*about, *goals, form.plan], said),
    ):
        theirs_all = pairs_in(other)
        telling, theirs = telling_of(pairs_in(own)), telling_of(theirs_all)
        # Both sides must speak of something: bland rows («设备数量», «合格率») fit anywhere.
        if min(len(telling), len(theirs)) < ctx.options["least_own"]:
            continue
        if len(telling & theirs) <= ctx.options["shared"] and not _named(name & theirs_all):
            return True
    return False


def _strangers_to_name(form: Form, rows: list[Indicator], said: list[str], ctx: Context) -> bool:
    """The same for a published page: its name, unit and goal share nothing with rows that speak
    plainly of a trade of the library."""
    name = pairs_in([form.project])
    goals = [substance(goal) for goal in (form.goal.annual, form.goal.period) if goal]
    theirs = telling_of(pairs_in(row.name for row in rows))
    known = {pair for pair in theirs if in_topics(pair)}
    if len(known) < ctx.options["least_known"] or len(telling_of(name)) < ctx.options["least_name"]:
        return False
    if theirs & pairs_in([form.project, form.unit, *goals]) or _named(name & pairs_in(said)):
        return False
    # What the library says of such projects: «退役军人服务站» may well go visiting.
    return bool(len(known & kin_of(name)) <= ctx.options["kin"] * len(known))


def _named(pairs: set[str]) -> bool:
    """Whether one of these pairs of the project's name tells what it is about."""
    return any(in_topics(pair) < RARE_IN_NAME for pair in pairs)


def _own_number(form: Form, targets: Iterable[Target]) -> bool:
    """A row and the overview or necessity name one number: the rows are this project's own."""
    texts = texts_of(form, ("overview", "necessity"))
    numbers = {
        q.value for _, text in texts for c in _PARTS.split(text) for q in _telling_numbers(c)
    }
    return any(q.value in numbers for t in targets for q in _telling_numbers(t.text))


def _telling_numbers(text: str) -> list[Quantity]:
    """Amounts that do not stand in every second form."""
    return [q for q in parse_target(text).quantities if q.value >= _MANY and q.unit_kind != "rate"]
