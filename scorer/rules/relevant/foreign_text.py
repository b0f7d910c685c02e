"""R430: one text of the form speaks of another project: a good text pasted in.

The pairs of characters that few topics of the indicator library use tell a trade. A text with many
of them, none of which stands anywhere else in the form, is of another trade than the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.forms import Form
from scorer.rules.calendar import DAY
from scorer.rules.catalogue import Hit, Rule
from scorer.rules.context import Context
from scorer.rules.trades import (
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
from scorer.rules.wording import FIELD_NAMES
from scorer.slogans import substance

RULE = Rule(
    code="R430",
    name="栏目文字像是别的项目的",
    checks="概况、依据、必要性、目标、措施、计划里有一栏说的行当，在这张表别的地方一处也没有出现：像是从别的项目粘贴来的。",
    item="目标相关性",
    severity="error",
    basis="财预〔2015〕88号",
    bad="项目：招商引资工作经费　必要性：现有管网爆管214次，漏损率28%",
    good="项目：招商引资工作经费　必要性：全县闲置标准厂房6万平方米，去年新签约项目比上年少5个",
    status="stable",
    false_alarms=(
        "换了说法，但有一处用词和项目名称、概况、目标或指标相同的，不算。",
        "没有数的、只有套话的，或者只说招标、验收、考核等各行都有的做法的，不算。",
        "表里别处太空、看不出办什么的，不比。",
    ),
    options={
        "least_known": 6,
        "least_known_means": 10,
        "least_known_basis": 1,
        "least_rest": 8,
        "least_together": 15,
        "least_strange": 10,
        "least_with_overview": 22,
        "kin": 0.25,
        "covered": 0.06,
        "fit": 0.6,
        "least_far": 12,
        "fit_far": 0.25,
        "much": 15,
    },
)

_TEXTS = ("overview", "necessity", "goal_annual", "goal_period")
_GOALS = ("goal_annual", "goal_period")
_MEANS = ("safeguards", "plan")  # acceptance, tender, months: words of every trade
_TOLD = ("necessity", "goal_annual", "goal_period", *_MEANS)  # what may be pasted in together
# Words of titles that name no trade.
_OF_PAPERS = re.compile(
    r"中华人民共和国|中国共产党|国务院|关于|进一步|国家|全国|[省市县区]级|专项|资金|补助|项目|工作|建设|管理|实施|高质量发展|发展|三年行动|“?十[三四五]五”?|规划|计划|纲要|方案|条例|办法|细则|规定|意见|通知|标准|规范|法(?=》)"
)
# How any work is bought, watched and paid, whatever the trade.
_PROCEDURE = re.compile(
    r"政府采购|基本建设|财务|会计|规则|制度|办法|执行|监理|第?三方|代表|验收|招标|投标|合同|签[订字]|公示|台账|考核|审计|登记|入?固定资产|网上商城"
    r"|专人|定人|造册|拨付|支付|质保金?|进度|季度|每[月季周日]|例会|通报|抽查|监督|检查|核对|分管|负责|领导|小组|专账|专户|档案|备案|保险|询价|比价|竞价"
)
_TITLE = re.compile(r"《(?![^》]*(?:会议|纪要|专题))[^》]*》")


def check(form: Form, ctx: Context) -> Iterator[Hit]:
    """Yield each text whose trade the rest of the form does not know."""
    together = _pasted_together(form, ctx)
    for field in (*_TEXTS, *_MEANS, "basis"):
        text = form.text(field)
        if text and (
            field in together
            or _foreign(form, field, text, ctx)
            or (field in ("basis", "safeguards") and _papers_of_others(form, field, text))
            or (field in _GOALS and _of_another_trade(form, field, text, ctx))
            or (field in _GOALS and _copied_with_rows(form, text, ctx))
            or (field in _GOALS and _beside_own_rows(form, text, ctx))
            or (field in ("basis", "safeguards") and _of_another_county(form, text))
        ):
            yield Hit(
                field=field,
                evidence=text,
                message=f"「{FIELD_NAMES[field]}」写的「{text[:30]}{'…' if len(text) > 30 else ''}」与「{form.project or '这个项目'}」不是一回事，像是从别的项目粘贴来的。",
                advice="请按本项目的实际重写这一栏。",
                confidence=0.85,
            )


def _foreign(form: Form, field: str, text: str, ctx: Context) -> bool:
    if field in _TEXTS and not ctx.facts.has_figures(text):
        return False  # bland talk loses its points elsewhere
    if field == "basis":  # titles alone tell a trade; «可研批复» is of every one
        text = _OF_PAPERS.sub("|", "".join(_TITLE.findall(text)))
    if field in _MEANS:
        text = _PROCEDURE.sub("|", text)
    telling = telling_of(_said(text))
    if _known(telling) < ctx.options[_LEAST.get(field, "least_known")]:
        return False
    telling -= pairs_in([place_of(form)])
    rest = pairs_in(_rest(form, field))
    if len(telling_of(rest)) < ctx.options["least_rest"] or telling & rest:
        return False
    # A law may found many trades (就业补助 a training), parents may accept a canteen.
    means = field == "basis" or field in _MEANS
    if means and fit_of(pairs_in([form.project]), telling) > ctx.options["fit"]:
        return False
    # Of much that is told, a few common words say nothing where other trades say it all.
    named = pairs_in([form.project])
    far = field in _TEXTS and _known(telling) >= ctx.options["least_far"]
    if far and fit_of(named, telling) <= ctx.options["fit_far"]:
        return True
    return not _of_kin(form, telling, ctx)


def _papers_of_others(form: Form, field: str, text: str) -> bool:
    """Whether a text is a list of papers, and hardly one of them is of this trade: 《海商法》《票据法》
    for a tourist fair."""
    titles = _TITLE.findall(text)
    if len(titles) < _PAPERS or _BESIDE.search(_TITLE.sub("", text)):
        return False
    place, kin = pairs_in([place_of(form)]), kin_of(pairs_in([form.project, form.overview]))
    rest = pairs_in(_rest(form, field))
    told = [telling_of(_said(_OF_PAPERS.sub("|", title))) - place for title in titles]
    if not all(told) or any(telling & rest for telling in told):
        return False
    return 2 * sum(bool(telling & kin) for telling in told) < len(told)


_PAPERS = 3  # titles at least; fewer than half of them may be of a like trade
# More than titles and numbers of papers: what a unit does itself.
_BESIDE = re.compile(r"[一-龥]{9}|\d{2,}(?!年?[〕\])）号])[^\d〕\])）号年]")


def _said(text: str) -> set[str]:
    """The pairs of what a text says, without slogans, days and large numbers («万人»)."""
    return {pair for pair in pairs_in([DAY.sub("|", substance(text))]) if pair[0] not in "万亿"}


# «《望湖区居家适老化改造实施方案》»; 社区, 园区 are no counties.
_COUNTY = re.compile(
    r"《([一-龥]{2,3}(?:县|(?<![社园景灌库牧城市山老辖农矿校院小新林片地战护发治范中东西南北海郊街厂])区))(?=[一-龥]{4})"
)
_OWN_COUNTY = re.compile(r"[一-龥]{2,3}?[县区]")


def _of_another_county(form: Form, text: str) -> bool:
    """Whether a county's project goes by the papers of another county, and none of its own."""
    own = _OWN_COUNTY.match(form.unit or "")
    named = set(_COUNTY.findall(text))
    if own is None or not named:
        return False
    about = (form.unit or "") + (form.department or "") + (form.project or "")
    return not any(name in about or own[0] in name for name in named)


def _beside_own_rows(form: Form, text: str, ctx: Context) -> bool:
    """Whether a page without overview has a goal that knows neither project nor unit, while rows of
    its own stand among those that came with the goal."""
    own = telling_of(pairs_in([form.project, form.unit])) - pairs_in([place_of(form)])
    said = telling_of(_said(text)) - pairs_in([place_of(form)])
    known = {pair for pair in said if in_topics(pair)}
    if form.overview or not ctx.facts.has_figures(text) or said & own:
        return False
    if len(known) < ctx.options["least_far"]:
        return False
    rows = [pairs_in([row.name]) for row in form.indicators]
    kept = sum(bool(row & own) and not row & said for row in rows)
    return kept >= _KEPT and bool(fit_of(pairs_in([form.project]), known) <= ctx.options["fit"])


_KEPT = 2  # rows of its own


def _of_another_trade(form: Form, field: str, text: str, ctx: Context) -> bool:
    """Whether a goal fits other topics of the library far better than any of the project's name,
    and next to nothing of it stands elsewhere in the form."""
    said, name = _said(text), pairs_in([form.project])
    said -= pairs_in([place_of(form)])
    known = {pair for pair in telling_of(said) if in_topics(pair)}
    rest = pairs_in(_rest(form, field))
    least = "least_known" if ctx.facts.has_figures(text) else "least_known_means"
    if len(known) < ctx.options[least] or len(telling_of(rest)) < ctx.options["least_rest"]:
        return False
    if known_share(said, rest) >= ctx.options["covered"]:
        return False
    if len(telling_of(said) & rest) > (len(known) > ctx.options["much"]):
        return False  # in a long text one pair may be chance
    named = {pair for pair in name if in_topics(pair) < RARE_IN_NAME}
    if any(word in text for word in named | rare_letters(form.project or "")):
        return False
    return bool(fit_of(name, known) <= ctx.options["fit"])


def _copied_with_rows(form: Form, text: str, ctx: Context) -> bool:
    """Whether a goal with figures knows nothing of what name, overview and necessity say, however
    many rows were copied in with it. An empty necessity must not hide it."""
    about = [form.project, form.unit, form.overview]
    own, why = (
        telling_of(pairs_in(substance(part) for part in parts if part))
        for parts in (about, [form.necessity])
    )
    said = telling_of(_said(text)) - pairs_in([place_of(form)])
    known = {pair for pair in said if in_topics(pair)}
    if not form.overview or not ctx.facts.has_figures(text) or said & (own | why):
        return False
    if len(known) < ctx.options["least_far"] or len(own) < ctx.options["least_rest"]:
        return False
    return bool(fit_of(pairs_in([form.project]), known) <= ctx.options["fit_far"])


_LEAST = {**dict.fromkeys(_MEANS, "least_known_means"), "basis": "least_known_basis"}


def _pasted_together(form: Form, ctx: Context) -> frozenset[str]:
    """Texts that know each other, and among them all neither project, overview nor any row."""
    return _strange(form, ctx, _TOLD) or _strange(form, ctx, ("overview", *_TOLD))


def _strange(form: Form, ctx: Context, fields: tuple[str, ...]) -> frozenset[str]:
    """Those of the fields, if together they are of another trade than what is left of the form."""
    texts = {f: telling_of(_said(form.text(f) or "")) for f in fields}
    if "overview" in fields and not (texts["overview"] & texts["goal_annual"]):
        return frozenset()  # not pasted in with the others
    said = set().union(*texts.values()) - pairs_in([place_of(form)])
    rest = pairs_in(_heart(form, fields))
    if len(telling_of(rest)) < ctx.options["least_rest"]:
        return frozenset()  # a bland form knows no trade at all
    common, known = len(said & rest), _known(said)
    if "overview" in fields and known < ctx.options["least_with_overview"]:
        return frozenset()
    strange = (common <= 1 and known >= ctx.options["least_together"]) or (
        not common and known >= ctx.options["least_strange"]
    )
    named = telling_of(pairs_in([form.project])) - pairs_in([place_of(form)])
    if not strange or named & said or _of_kin(form, said, ctx, fields):
        return frozenset()
    return frozenset(f for f, telling in texts.items() if _known(telling) > 1)


def _of_kin(form: Form, telling: set[str], ctx: Context, fields: tuple[str, ...] = ()) -> bool:
    """Whether the library says such things of such projects: 全民健身 is the basis of a chess league."""
    kin = kin_of(pairs_in([form.project, None if "overview" in fields else form.overview]))
    return bool(len(telling & kin) > ctx.options["kin"] * _known(telling))


def _known(pairs: set[str]) -> int:
    """How many of the pairs some topic of the library uses."""
    return sum(in_topics(pair) > 0 for pair in pairs)


def _heart(form: Form, fields: tuple[str, ...]) -> Iterator[str]:
    """What a project is about before anything is said of why and how."""
    overview = None if "overview" in fields else form.overview
    yield from (text for text in (form.project, form.unit, overview) if text)
    for row in form.indicators:
        yield from (row.name, without_signs(row.value))


def _rest(form: Form, field: str) -> Iterator[str]:
    """What else the form says; both goals count as one text. A text that shares nothing with name,
    unit, overview and rows vouches for no other: two may come from one strange project."""
    yield from (text for text in (form.project, form.unit) if text)
    heart = telling_of(pairs_in(_heart(form, (field,))))
    for other in _TEXTS:
        if other != field and not (other.startswith("goal_") and field.startswith("goal_")):
            text = substance(form.text(other) or "")
            if pairs_in([text]) & heart:
                yield text
    for row in form.indicators:
        yield from (row.name, without_signs(row.value))
