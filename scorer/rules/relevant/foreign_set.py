"""R413: goal and indicators as a whole speak of another project: a good form copied in.

The models judge a row against its own form, so a form that was copied whole looks sound to
them. Here the project's own words (name, overview, necessity) are compared with what the goal
and the rows say, by the pairs of characters that few topics share. Where the texts were copied
in as well, the name alone is left: nothing else in the form may know it, and what the form
says must fit another topic of the library far better than any topic that the name belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scorer.forms import Form, Indicator
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.stated import texts_of
from scorer.rules.trades import (
    OF_FEW,
    RARE,
    RARE_IN_NAME,
    fit_of,
    in_topics,
    kin_of,
    known_share,
    pairs_in,
    place_of,
    rare_letters,
    telling_of,
    without_signs,
)
from scorer.slogans import substance
from scorer.targets import Quantity, Target, parse_target

RULE = Rule(
    code="R413",
    name="整套目标、指标像是别的项目的",
    checks="目标和指标里找不到项目名称、概况、必要性里的事，或整张表（概况、必要性也在内）找不到名称里的事：整套是从别的项目抄来的。",
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
        "名称换了说法而指标库里同类项目就这样写的（桥梁改造写渡口、跨河），不算。",
    ),
    options={
        "least_own": 12,
        "least_name": 2,
        "least_known": 10,
        "least_rows": 4,
        "shared": 1,
        "kin": 0.25,
        "firm": 0.6,
        "covered": 0.12,
        "fit": 0.6,
        "much": 40,
    },
)

_PARTS = re.compile(r"[，。；、！？\n]")
_MANY = 20


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield once where rows (or rows and goal) and the project share no telling words."""
    found = [(i, t) for _, i, t in ctx.rows() if "满意" not in i.name and i.name]
    rows = [i for i, _ in found]
    if len(rows) < ctx.options["least_rows"]:
        return
    if _all_of_another(form, ctx) or _of_another(form, found, ctx):
        yield Hit(
            field="indicators",
            evidence="；".join(row.name for row in rows[:4]),
            message=f"目标和指标（{'、'.join(f'「{r.name}」' for r in rows[:3])}等）说的都不是"
            f"「{form.project or '这个项目'}」的事，像是从别的项目整套抄来的。",
            advice="请按本项目的概况重写目标和指标：花钱办哪几件事，就写那几件事的数量、质量、时间和效果。",
        )


def _of_another(form: Form, found: list[tuple[Indicator, Target]], ctx: Context) -> bool:
    """Whether goal and rows are of another project than what stands around them."""
    rows, targets = [i for i, _ in found], [t for _, t in found]
    firm = sum(bool(t.quantities or t.moments) for t in targets)
    # What is copied in is a good form: vague rows lose their points anyway and fit anywhere.
    if firm < ctx.options["firm"] * len(rows) or _own_number(form, targets):
        return False
    said = [text for row in rows for text in (row.name, without_signs(row.value))]
    if form.overview or form.necessity:
        return _strangers(form, said, ctx)
    return _strangers_to_name(form, rows, said, ctx)


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
    goals = [form.goal.annual, form.goal.period]
    theirs = telling_of(pairs_in(row.name for row in rows))
    known = {pair for pair in theirs if in_topics(pair)}
    if len(known) < ctx.options["least_known"] or len(telling_of(name)) < ctx.options["least_name"]:
        return False
    if theirs & pairs_in([form.project, form.unit, *goals]) or _named(name & pairs_in(said)):
        return False
    # What the library says of such projects: «退役军人服务站» may well go visiting.
    return bool(len(known & kin_of(name)) <= ctx.options["kin"] * len(known))


def _all_of_another(form: Form, ctx: Context) -> bool:
    """Whether the whole form, its texts too, is of a trade that is not its name's or its unit's."""
    project, place = form.project or "", pairs_in([place_of(form)])
    name = pairs_in([project]) - place
    if not any(0 < in_topics(pair) < OF_FEW for pair in name):
        return False  # «综合业务费» is of no trade
    text = "\n".join(_all_texts(form))
    said = pairs_in([text])
    covered = known_share(name, said)
    shared = telling_of((name | pairs_in([form.unit]) - place) & said)
    trade = {p for p in pairs_in([substance(text)]) if 0 < in_topics(p) < RARE}
    if len(trade) < ctx.options["least_known"] or covered >= ctx.options["covered"]:
        return False
    if len(shared) > (len(trade) >= ctx.options["much"]):  # in a long form one may be chance
        return False
    own = {pair for pair in name if in_topics(pair) < RARE_IN_NAME} | rare_letters(project)
    if any(text.count(word) > 1 for word in own):
        return False
    return bool(fit_of(name, trade) <= ctx.options["fit"])


def _all_texts(form: Form) -> Iterator[str]:
    """Everything that the form says besides its name."""
    texts = (form.overview, form.basis, form.necessity, form.safeguards, form.plan)
    yield from (text for text in (*texts, form.goal.annual, form.goal.period) if text)
    for row in form.indicators:
        yield from (row.name, row.value)


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
